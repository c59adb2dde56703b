"""Stations above the collar."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth
from orebook.checks.table_views import rows


@table_rule("T212", on="surveys", basis="geometry of a hole")
def station_above_collar(tables: Tables) -> Iterator[Faults]:
    """The depth of a station or of a measured plane is negative.

    What it does:
    Compares the depths of surveys and structures with nought.

    Why it matters:
    Nothing of a hole lies above its collar; the number is a code, or dip and depth were exchanged.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,-60.0,235.0,0.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Help:
    Compare with the survey report.
    """

    def say(row: Row) -> str:
        return f"depth {depth(row['depth'], tables.length)} lies above the collar"

    for table in ("surveys", "structures"):
        yield Faults("error", rows(tables, table).filter(pl.col("depth") < 0), say, {table: "line"})
