"""More sound core than core."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_views import numbers

_LOOSE = 1.0
"""So many per cent may come from rounding both."""


@table_rule("T412", on="values", basis="a part is no more than the whole")
def rqd_above_recovery(tables: Tables) -> Iterator[Faults]:
    """The RQD of a run is more than its recovery.

    What it does:
    Compares both, allowing 1 % for rounding. RQD counts the sound pieces of the core that came up, so it is at most the
    recovery.

    Why it matters:
    One of the two is mistyped, or the columns were exchanged.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        recoveries
        hole,from_m,to_m,recovery_pct,rqd_pct
        CL20037,10.0,13.0,72.0,95.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        recoveries
        hole,from_m,to_m,recovery_pct,rqd_pct
        CL20037,10.0,13.0,95.0,72.0

    Help:
    Compare with the log of the run.
    """
    if tables.has("recoveries", "recovery_pct", "rqd_pct"):
        frame = numbers(tables, "recoveries", "recovery_pct", "rqd_pct")
        possible = pl.col("rqd_pct").is_between(0.0, 100.0 + tables.setting("recovery_over_pct"))
        more = frame.filter(
            possible & (pl.col("recovery_pct") >= 0.0) & (pl.col("rqd_pct") > pl.col("recovery_pct") + _LOOSE)
        )
        yield Faults(
            "error",
            more,
            lambda row: f"RQD {value(row['rqd_pct'])} % is more than the recovery, {value(row['recovery_pct'])} %",
            {"recoveries": "line"},
        )
