"""Stations without depth or direction."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_stations import stations
from orebook.checks.table_views import holes, numbers


@table_rule("T202", on="surveys", basis="a station is a depth and a direction")
def orientation_missing(tables: Tables) -> Iterator[Faults]:
    """A station lacks its depth, its azimuth or its dip.

    What it does:
    Looks for surveys in which one of the three is empty. A vertical station needs no azimuth, and a hole without any
    usable station has a rule of its own.

    Why it matters:
    Such a station is left out of the path of the hole, which then bends from its neighbour above to the one below.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,,-61.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,,-90.0
        CL20037,30.0,235.0,-89.0

    Help:
    Fill it in from the survey report; a depth without a measurement needs no row.
    """
    keys = [tables.key("depth"), "azimuth_deg", "dip_deg"]
    if tables.has("surveys", "hole", *keys):
        frame = numbers(tables, "surveys", *keys)
        vertical = pl.col("dip_deg").abs() == 90.0
        lacking = pl.any_horizontal(
            pl.col(keys[0]).is_null(),
            pl.col("azimuth_deg").is_null() & ~vertical.fill_null(value=False),
            pl.col("dip_deg").is_null(),
        )
        sound = holes(tables, "surveys").is_in(stations(tables)["at"].unique().implode()).fill_null(value=True)
        yield Faults(
            "warning",
            frame.filter(lacking & sound),
            lambda row: f"this station has no {some([key for key in keys if row[key] is None])}",
            {"surveys": "line"},
        )
