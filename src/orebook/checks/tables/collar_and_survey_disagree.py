"""Collars that point elsewhere than their first station."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_angles import possible, turn
from orebook.checks.table_dips import collar_dips
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import angle, depth
from orebook.checks.table_stations import against_hole, stations
from orebook.checks.table_views import holes, name_of, numbers

_NEAR_M = 50.0
"""A first station deeper than this says little about the collar."""


@table_rule("T213", on="surveys", basis="geometry of a hole")
def collar_and_survey_disagree(tables: Tables) -> Iterator[Faults]:
    """The direction in the table of collars is not that of the first station.

    What it does:
    Takes the angle between the direction of each collar and that of its first station, if that lies within 50 m. More
    than 10 degrees are remarked on (setting ``collar_to_survey_deg``). A collar with the opposite sign has a rule of
    its own.

    Why it matters:
    The rig stood otherwise than planned, an azimuth is counted from another north, or one of the two is of another
    hole.

    Flagged:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,235.0,-60.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,215.0,-45.0

    Fine:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,235.0,-60.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,236.5,-60.5

    Help:
    Keep in the table of collars what was measured at the collar.
    """
    if not tables.has("collars", "hole", "azimuth_deg", "dip_deg"):
        return
    both, most = _pairs(tables), tables.setting("collar_to_survey_deg")
    signs = collar_dips(tables)["line"].implode()
    other_sign = pl.col("collar_line").is_in(signs) & (pl.col("turned") <= most)

    def say(row: Row) -> str:
        return (
            f"{row['hole']} points to {angle(row['azimuth_deg'])}/{angle(row['dip_deg'])} at its collar and to"
            f" {angle(row['azimuth'])}/{angle(row['dip'])} at {depth(row['depth'], tables.length)}:"
            f" {angle(row['turn'])} apart"
        )

    apart = both.filter((pl.col("turn") > most) & ~other_sign)
    at = {"surveys": "line", "collars": "collar_line"}
    yield Faults("warning", name_of(tables, apart), say, at, ("azimuth_deg", "dip_deg"))


def _pairs(tables: Tables) -> pl.DataFrame:
    """First stations beside their collars: the ``turn`` between both, and ``turned``, that with the other sign."""
    planned = numbers(tables, "collars", "azimuth_deg", "dip_deg").with_columns(holes(tables, "collars"))
    planned = planned.filter(possible()).rename({"line": "collar_line"}).drop("hole").unique("at", keep="first")
    sound = stations(tables).join(against_hole(tables).select("line"), on="line", how="anti", maintain_order="left")
    first = sound.unique("at", keep="first", maintain_order=True)
    near = first.filter(pl.col("depth") <= tables.in_unit(_NEAR_M) * 1000.0)
    near = near.join(planned, on="at", maintain_order="left").with_columns(other_sign=-pl.col("dip_deg"))
    return near.with_columns(
        turn(near, "azimuth", "dip", "azimuth_deg", "dip_deg"),
        turn(near, "azimuth", "dip", "azimuth_deg", "other_sign").alias("turned"),
    )
