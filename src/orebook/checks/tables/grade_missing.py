"""Samples without grades."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_values import assayed, values
from orebook.ground.schema import TOKEN


@table_rule("T409", on="values", basis="count")
def grade_missing(tables: Tables) -> Iterator[Remark]:
    """Samples have no value in a column of grades, and nothing says why.

    What it does:
    Counts, column by column, the rows without a value and without a token (``NS``, ``IS``, ``LNR``) that says why. One
    note for the whole table.

    Why it matters:
    Not sampled, not analysed and not yet back are dealt with in different ways, and an empty cell does not tell which.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct,ni_pct
        CL20037,10.0,12.0,0.12,0.03
        CL20037,12.0,14.0,0.20,

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct,ni_pct,ni_pct_token
        CL20037,10.0,12.0,0.12,0.03,
        CL20037,12.0,14.0,0.20,,IS

    Help:
    Write a token where it is known why there is no value.
    """
    frame, lacking = tables.frame("assays"), []
    first = frame.height
    for one in assayed(tables):
        empty = values(tables, one.column).is_null()
        if f"{one.column}{TOKEN}" in frame.columns:
            empty = empty & frame[f"{one.column}{TOKEN}"].is_null()
        if empty.any():
            lacking.append((one.column, empty.sum()))
            first = min(first, int(empty.arg_true()[0]))
    if lacking:
        said = some([f"{column} {count:,}" for column, count in lacking], most=60)
        yield remark("note", f"rows without a value, of {frame.height:,}: {said}", [tables.source("assays", first + 2)])
