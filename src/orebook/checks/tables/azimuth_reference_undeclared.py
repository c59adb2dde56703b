"""Azimuths without the north that they are counted from."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule

_NORTHS = ("grid", "true", "magnetic")


@table_rule("T207", on="surveys", basis="an azimuth is counted from a north")
def azimuth_reference_undeclared(tables: Tables) -> Iterator[Remark]:
    """Nobody says from which north the azimuths are counted.

    What it does:
    Looks whether the book declares grid, true or magnetic north for its azimuths.

    Why it matters:
    Magnetic and grid north differ by ten degrees and more in many places: at the end of a hole of 500 m that is 80 m.

    Flagged:

        azimuth: unknown

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Fine:

        azimuth: grid

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Help:
    Declare what the survey report says: grid, true or magnetic.
    """
    if tables.azimuth_reference.strip().lower() in _NORTHS:
        return
    for table in ("surveys", "collars"):
        if tables.has(table, "azimuth_deg") and tables.frame(table)["azimuth_deg"].count():
            said = tables.azimuth_reference or "nothing"
            text = f"azimuths are counted from grid, true or magnetic north; {said} is declared"
            yield remark("warning", text, [tables.source(table, 1, "azimuth_deg")])
            return
