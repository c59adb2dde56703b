"""Assembled records as pages: one object for each intercept, collar, resource or row of a statement."""

DEFAULT = "jsonl"
