"""Collars that all lie at one elevation."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import plain
from orebook.checks.table_views import numbers

_LEAST = 5
"""So many places must lie at one elevation before it is remarkable."""


@table_rule("T110", on="collars", basis="the ground is not a plane")
def elevation_constant(tables: Tables) -> Iterator[Remark]:
    """All collars have the same elevation, although they lie at different places.

    What it does:
    Counts the places of the collars and their elevations: five places or more at a single elevation are remarked on.

    Why it matters:
    Such an elevation was filled in. Everything that is measured downwards is as far off as the ground is uneven.

    Flagged:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,0.0
        CL20038,1050.0,2000.0,0.0
        CL20039,1100.0,2000.0,0.0
        CL20040,1150.0,2000.0,0.0
        CL20041,1200.0,2000.0,0.0

    Fine:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,310.2
        CL20038,1050.0,2000.0,310.9
        CL20039,1100.0,2000.0,311.4
        CL20040,1150.0,2000.0,312.0
        CL20041,1200.0,2000.0,311.7

    Help:
    Take the elevation from the survey of the collars or from a terrain model; holes from one level underground may
    stay.
    """
    east, north, up = (tables.key(name) for name in ("easting", "northing", "elevation"))
    if not tables.has("collars", east, north, up):
        return
    places = numbers(tables, "collars", east, north, up).drop_nulls(up)
    height = places[up].first()
    if (
        places[up].n_unique() == 1
        and isinstance(height, float)
        and places.select(pl.struct(east, north).n_unique()).item() >= _LEAST
    ):
        text = f"all {places.height:,} collars lie at {plain(height)} {tables.length}"
        yield remark("warning", text, [tables.source("collars", int(places["line"][0]), up)])
