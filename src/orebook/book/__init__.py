"""The book: a folder of plain tables, what came into it, and how every result in it was made."""
