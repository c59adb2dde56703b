"""What the trades know: formulas over quantities and tables, without files, printing or rounding."""
