"""Bends that are sharper than rods allow."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import angle, plain, stretch
from orebook.checks.table_stations import courses, turned_round
from orebook.checks.table_views import name_of

_LEAST = 1.0
"""Angles that instruments do not tell, in degrees."""


@table_rule("T208", on="surveys", basis="geometry of a hole")
def dogleg_above_tolerance(tables: Tables) -> Iterator[Faults]:
    """A hole bends more sharply between two stations than the tolerance.

    What it does:
    Takes the angle between the directions of neighbouring stations over 30 m of hole. Setting
    ``dogleg_deg_per_30m``, 10 degrees where nobody says otherwise. Angles below one degree are left alone, because
    instruments do not tell them; a sign of the dip against its hole or an azimuth turned round has a rule of its own.

    Why it matters:
    Rods do not bend so. An angle is mistyped, or two surveys were mixed.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,235.0,-82.0
        CL20037,60.0,236.0,-61.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,236.0,-62.0

    Help:
    Compare both stations with the survey report; a wedge or a steered hole may stay.
    """
    most = tables.setting("dogleg_deg_per_30m")
    sharp = courses(tables).filter((pl.col("dogleg") > most) & (pl.col("turn") > _LEAST) & ~turned_round(tables))

    def say(row: Row) -> str:
        where = stretch(row["depth_above"], row["depth"], tables.length)
        return (
            f"{row['hole']} turns by {angle(row['turn'])} from {where}: {plain(row['dogleg'])}° over 30 m,"
            f" more than {plain(most)}°"
        )

    yield Faults("warning", name_of(tables, sharp), say, {"surveys": "lines"}, ("azimuth_deg", "dip_deg"))
