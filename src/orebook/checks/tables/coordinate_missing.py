"""Collars without coordinates."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_views import numbers


@table_rule("T108", on="collars", basis="geometry of a hole")
def coordinate_missing(tables: Tables) -> Iterator[Faults]:
    """A collar has no easting or no northing.

    What it does:
    Looks for collars in which one of the two is empty or no number.

    Why it matters:
    A hole without a place lies on no map and on no section, and no sample of it has coordinates.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,,2000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0

    Help:
    Give every hole its planned coordinates until it is surveyed, and say so in its status.
    """
    keys = [tables.key(name) for name in ("easting", "northing")]
    if tables.has("collars", *keys):
        frame = numbers(tables, "collars", *keys)
        lacking = frame.filter(pl.any_horizontal(pl.col(keys).is_null()))
        yield Faults(
            "error",
            lacking,
            lambda row: f"this collar has no {some([key for key in keys if row[key] is None])}",
            {"collars": "line"},
        )
