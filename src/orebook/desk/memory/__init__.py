"""Memory: what releases said, kept between runs as Parquet, so that a new one is checked against all of them.

A folder holds one file for each issuer and is meant for thousands of releases; a single file is meant for a few, for it
is read and written whole.
"""
