"""Importing: from a table as a company has it to a table of the book, every guess shown, every row accounted for."""
