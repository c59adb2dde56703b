"""What a good engineer writes for the same work with pandas, polars and DuckDB: each library in its best way known."""
