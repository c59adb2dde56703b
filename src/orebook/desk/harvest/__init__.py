"""The harvest: the facts of many documents in a folder of Parquet shards that grows and is read as one table.

The shards are the truth: each is written whole, and its foot names the documents in it. ``.orebook`` beside them holds
an index that may be deleted. A document is known by the SHA-256 of its bytes and is in the folder once, as the program
that read it last reads it.
"""
