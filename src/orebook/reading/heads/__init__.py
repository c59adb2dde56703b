"""Heads and cells: what the words above a column, beside a row and inside a cell of a table mean."""
