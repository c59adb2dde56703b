"""Intervals that begin above the collar."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth
from orebook.checks.table_views import INTERVALS, rows


@table_rule("T304", on="intervals", basis="geometry of a hole")
def interval_above_collar(tables: Tables) -> Iterator[Faults]:
    """An interval begins above the collar.

    What it does:
    Compares from with nought.

    Why it matters:
    Nothing of a hole lies above its collar; a minus sign slipped in, or the number is a code.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,-2.0,2.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,2.0,0.12

    Help:
    Compare with the sample sheet.
    """

    def say(row: Row) -> str:
        return f"from {depth(row['from'], tables.length)} lies above the collar"

    for table in INTERVALS:
        yield Faults("error", rows(tables, table).filter(pl.col("from") < 0), say, {table: "line"})
