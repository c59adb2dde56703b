"""Rules on lots, contracts, prices and hedges: T7."""
