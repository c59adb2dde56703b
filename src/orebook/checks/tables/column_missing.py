"""Tables that lack a column which they need."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, some
from orebook.ground.schema import schema
from orebook.ground.schema import tables as known_tables


@table_rule("T501", on="tables", basis="schema of the table")
def column_missing(tables: Tables) -> Iterator[Remark]:
    """A table lacks a column that it needs, or a column of numbers holds text.

    What it does:
    Compares each table with its schema: required columns must be there, numbers must be numbers. A table that counts
    lengths in another unit than the book is named as such.

    Why it matters:
    The other rules pass over what is not there; without this one, their silence would look like good news.

    Flagged:

        collars
        hole,easting_m
        CL20037,1000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

    Help:
    Map the column when the table is imported; each book counts all its lengths in one unit.
    """
    other = "ft" if tables.length == "m" else "m"
    for table in known_tables():
        frame = tables.frame(table)
        if not frame.height:
            continue
        head = [tables.source(table, 1)]
        columns = schema(table).keys(tables.length)
        lacking = [name for name, column in columns.items() if column.required and name not in frame.columns]
        elsewhere = [name for name in schema(table).keys(other) if name in frame.columns and name not in columns]
        if elsewhere:
            said = f"{some(elsewhere)} {do(len(elsewhere), 'counts', 'count')} in {other}"
            yield remark("error", f"{said}; this book counts lengths in {tables.length}", head)
        elif lacking:
            yield remark("error", f"{table} {do(len(lacking), 'has', 'have')} no column {some(lacking)}", head)
        wordy = [
            name
            for name, column in columns.items()
            if column.type == "number" and name in frame.columns and frame[name].dtype == pl.String
        ]
        if wordy:
            yield remark("warning", f"{some(wordy)} {do(len(wordy), 'is', 'are')} text and should be numbers", head)
