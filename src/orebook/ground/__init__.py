"""What every room stands on: figures, ranges, units, periods, sources, facts, findings and the schemas of tables."""
