"""Intervals that lack one of their ends."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_views import INTERVALS, raw


@table_rule("T303", on="intervals", basis="geometry of a hole")
def interval_end_missing(tables: Tables) -> Iterator[Faults]:
    """An interval has no from or no to.

    What it does:
    Looks for intervals in which one of the two is empty or no number. Control samples need none.

    Why it matters:
    Its grade belongs to no piece of core and is left out of everything.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,12.0,,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,type,cu_pct
        CL20037,12.0,14.0,,0.12
        CL20037,,,standard,0.55

    Help:
    Fill it in from the sample sheet; say in ``type`` what is a standard, a blank or a duplicate.
    """
    for table in INTERVALS:
        keys = {"from": tables.key("from"), "to": tables.key("to")}
        lacking = raw(tables, table).filter(pl.any_horizontal(pl.col("from", "to").is_null()))
        yield Faults(
            "error",
            lacking,
            lambda row, keys=keys: (
                f"this interval has no {some([key for end, key in keys.items() if row[end] is None])}"
            ),  # type: ignore[misc]
            {table: "line"},
        )
