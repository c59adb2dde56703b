"""What was sold and what was hedged: lots from shipment to final settlement, and the value of derivatives."""
