"""Intervals that end where they begin, or above."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth
from orebook.checks.table_views import INTERVALS, raw


@table_rule("T302", on="intervals", basis="geometry of a hole")
def interval_backwards(tables: Tables) -> Iterator[Faults]:
    """An interval does not end below its beginning.

    What it does:
    Compares from and to in whole thousandths. Both alike is an interval without length.

    Why it matters:
    Such an interval weighs nothing or less than nothing in every average; the two depths were exchanged or mistyped.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,14.0,12.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,12.0,14.0,0.12

    Help:
    Compare with the sample sheet; the intervals above and below usually tell what the depths are.
    """

    def say(row: Row) -> str:
        start, end = (depth(row[name], tables.length) for name in ("from", "to"))
        return (
            f"an interval from {start} to {end} has no length" if start == end else f"from {start} lies below to {end}"
        )

    for table in INTERVALS:
        yield Faults("error", raw(tables, table).filter(pl.col("from") >= pl.col("to")), say, {table: "line"})
