"""Total depths that are nought or less."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import plain
from orebook.checks.table_views import numbers


@table_rule("T117", on="collars", basis="geometry of a hole")
def total_depth_not_positive(tables: Tables) -> Iterator[Faults]:
    """The total depth of a hole is nought or less.

    What it does:
    Compares the total depth of each collar with nought.

    Why it matters:
    Such a hole has no length, and everything in it lies beyond its end; nought usually means "not known".

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,0.0

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.0

    Help:
    Take the depth from the drill log; leave it empty where it is not known.
    """
    key = tables.key("depth")
    if tables.has("collars", "hole", key):
        rows = numbers(tables, "collars", key).filter(pl.col(key) <= 0.0)
        yield Faults(
            "error",
            rows,
            lambda row: f"a hole {plain(row[key])} {tables.length} deep has no length",
            {"collars": "line"},
        )
