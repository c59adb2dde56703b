"""Dips of surveys with a sign against the others."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark
from orebook.checks.table_dips import LEVEL, all_upwards, upwards
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import angle, many
from orebook.checks.table_stations import against_hole, stations
from orebook.checks.table_views import name_of

_FEW = 0.25
"""Where more than this share of the holes goes up, up-holes are usual and no longer worth a note."""


@table_rule("T206", on="surveys", basis="down is negative")
def dip_against_majority(tables: Tables) -> Iterator[Remark | Faults]:
    """The sign of a dip is against the rest of its hole, or the hole against the rest of the table.

    What it does:
    In a book, down is negative. Where most dips of the table are positive, it was probably written the other way round:
    one warning. A station against the sign of its hole, whose opposite fits the hole better, is a warning. A hole that
    goes up where few do is a note, because up-holes exist. Dips within 10 degrees of level may change their sign.

    Why it matters:
    With one sign lost, the hole turns back on itself, and all below it lies somewhere else.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,235.0,60.5
        CL20037,60.0,235.0,-61.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        UG-12,1000.0,2050.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,235.0,-60.5
        UG-12,0.0,90.0,3.0
        UG-12,30.0,90.5,-1.0

    Help:
    Compare with the survey report; declare the sign when the table is imported.
    """
    view = stations(tables)
    if not view.height:
        return
    yield from all_upwards(tables, "surveys", view)
    yield Faults("warning", name_of(tables, against_hole(tables)), _say, {"surveys": "line"}, ("dip_deg",))
    if upwards(view) <= 0.5:
        yield Faults("note", name_of(tables, _up_holes(view)), _say_hole, {"surveys": "line"}, ("dip_deg",))


def _up_holes(view: pl.DataFrame) -> pl.DataFrame:
    """The holes that go up, where few do."""
    holes = view.group_by("at").agg(pl.col("dip").median(), pl.col("line").first(), pl.len().alias("rows"))
    up = holes.filter(pl.col("dip") > LEVEL).sort("line")
    return up if up.height <= _FEW * holes.height else up.clear()


def _say(row: Row) -> str:
    return f"dip {angle(row['dip'])} is against the rest of {row['hole']}, about {angle(row['middle'])}"


def _say_hole(row: Row) -> str:
    return f"{row['hole']} goes up by {angle(row['dip'])} ({many(row['rows'], 'station')}); most holes here go down"
