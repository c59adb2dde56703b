"""Rules on production: mill sheets, stockpiles, guidance and leach pads."""
