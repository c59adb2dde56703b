"""Holes that ended before they were started."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T120", on="collars", basis="order of days")
def ended_before_started(tables: Tables) -> Iterator[Faults]:
    """A hole was ended before it was started.

    What it does:
    Compares the first and the last day of drilling where both are written as year, month and day.

    Why it matters:
    Day and month were exchanged in one of them, or the day belongs to another hole.

    Flagged:

        collars
        hole,easting_m,northing_m,started,ended
        CL20037,1000.0,2000.0,2020-10-09,2020-09-13

    Fine:

        collars
        hole,easting_m,northing_m,started,ended
        CL20037,1000.0,2000.0,2020-09-10,2020-09-13

    Help:
    Compare with the drill log, and write days as 2020-09-13.
    """
    if tables.has("collars", "hole", "started", "ended"):
        days = [pl.col(name).cast(pl.String).str.to_date("%Y-%m-%d", strict=False) for name in ("started", "ended")]
        frame = tables.frame("collars").select("hole", *days).with_row_index("line", 2)
        rows = frame.filter(pl.col("ended") < pl.col("started"))
        yield Faults(
            "error",
            rows,
            lambda row: f"ended on {row['ended']}, before it was started on {row['started']}",
            {"collars": "line"},
        )
