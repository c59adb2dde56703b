"""Drafting: what a draft of a release is told from a book, and the files in which it lies."""
