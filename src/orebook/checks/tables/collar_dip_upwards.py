"""Dips of collars with a sign against the others."""

from collections.abc import Iterator

from orebook.checks.rule import Remark
from orebook.checks.table_dips import against_majority, all_upwards, collar_dips
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import angle


@table_rule("T119", on="collars", basis="down is negative")
def collar_dip_upwards(tables: Tables) -> Iterator[Remark | Faults]:
    """The dip of a collar is positive, against the other collars or against the convention of the book.

    What it does:
    In a book, down is negative. Where most dips are positive, the whole table was probably written the other way round.
    Where few are, each is a hole that goes up, or has lost its sign: a note.

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
    few = against_majority(collar_dips(tables))
    yield Faults("note", few, lambda row: f"dip {angle(row['dip'])} points up; most point down", {"collars": "line"})
