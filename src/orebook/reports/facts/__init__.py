"""Facts as pages: a table to read, and rows for programs."""

DEFAULT = "table"
