"""Dips of collars with a sign against the others."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark
from orebook.checks.table_dips import LEVEL, against_majority, all_upwards, collar_dips
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import angle
from orebook.checks.table_stations import stations
from orebook.checks.table_views import holes


@table_rule("T119", on="collars", basis="down is negative")
def collar_dip_upwards(tables: Tables) -> Iterator[Remark | Faults]:
    """The dip of a collar is positive, against the other collars or against the convention of the book.

    What it does:
    In a book, down is negative. Where most dips are positive, the whole table was probably written the other way round.
    Where few are, each is a hole that goes up, or has lost its sign: a note, unless it is level within 10 degrees or
    its surveys go up, too.

    Why it matters:
    A hole with the opposite sign rises where it sinks, and all its intervals lie above the ground.

    Flagged:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,235.0,60.0
        CL20038,1050.0,2000.0,235.0,60.0
        CL20039,1100.0,2000.0,235.0,-60.0

    Fine:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,235.0,-60.0
        CL20038,1050.0,2000.0,235.0,-90.0

    Help:
    Declare the sign when the table is imported; compare single holes with the drill log.
    """
    if not tables.has("collars", "dip_deg"):
        return
    yield from all_upwards(tables, "collars", collar_dips(tables))
    few = _unconfirmed(tables, against_majority(collar_dips(tables)))
    yield Faults("note", few, lambda row: f"dip {angle(row['dip'])} points up; most point down", {"collars": "line"})


def _unconfirmed(tables: Tables, few: pl.DataFrame) -> pl.DataFrame:
    """Collars that point up by more than a little, and whose surveys do not."""
    steep = few.filter(pl.col("dip") > LEVEL)
    up = stations(tables).group_by("at").agg(pl.col("dip").median()).filter(pl.col("dip") > 0.0)
    at = holes(tables, "collars").gather(steep["line"] - 2)
    return steep.filter(~at.is_in(up["at"].implode()).fill_null(value=False))
