"""Holes all of whose stations are unusable."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_stations import stations
from orebook.checks.table_views import holes_of, name_of


@table_rule("T203", on="surveys", basis="a path needs a direction")
def no_usable_station(tables: Tables) -> Iterator[Faults]:
    """A hole has surveys, and none of them is usable.

    What it does:
    A usable station has a depth of nought or more, an azimuth from 0 to 360 and a dip from -90 to 90; vertical ones
    need no azimuth. Holes that have rows and no usable one are named.

    Why it matters:
    Such a hole has no direction. Others assume that it is vertical; then every sample lies somewhere else.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,,
        CL20037,30.0,235.0,

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,,
        CL20037,30.0,235.0,-60.0

    Help:
    Find the survey report of the hole, or give its planned direction and say so in ``method``.
    """
    if not tables.has("surveys", "hole", tables.key("depth"), "azimuth_deg", "dip_deg"):
        return
    named = holes_of(tables, "surveys").group_by("at").agg(pl.col("line").min(), pl.len().alias("rows"))
    usable = stations(tables).select("at").unique()
    rows = name_of(tables, named.join(usable, on="at", how="anti")).sort("line")
    yield Faults(
        "error",
        rows,
        lambda row: f"none of {many(row['rows'], 'row')} of {row['hole']} has a usable depth, azimuth and dip",
        {"surveys": "line"},
    )
