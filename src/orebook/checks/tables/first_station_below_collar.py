"""Holes whose first station lies below the collar."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth
from orebook.checks.table_stations import stations
from orebook.checks.table_views import name_of


@table_rule("T211", on="surveys", basis="geometry of a hole")
def first_station_below_collar(tables: Tables) -> Iterator[Faults]:
    """The first station of a hole lies below its collar.

    What it does:
    Looks for holes without a station at depth nought.

    Why it matters:
    Above its first station the hole is taken to run straight, as it runs there. Over a hundred metres that is a guess.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,50.0,235.0,-60.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,50.0,235.0,-60.0

    Help:
    Add the direction at the collar, measured on the rig or as planned, and say so in ``method``.
    """
    first = stations(tables).group_by("at").agg(pl.col("depth").min(), pl.col("line").get(pl.col("depth").arg_min()))
    late = name_of(tables, first.filter(pl.col("depth") > 0).sort("line"))

    def say(row: Row) -> str:
        return f"{row['hole']} is first surveyed at {depth(row['depth'], tables.length)}, not at its collar"

    yield Faults("note", late, say, {"surveys": "line"})
