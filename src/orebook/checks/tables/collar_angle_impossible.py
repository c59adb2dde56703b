"""Directions of collars that no hole can have."""

from collections.abc import Iterator

from orebook.checks.table_angles import impossible
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T118", on="collars", basis="geometry of a hole")
def collar_angle_impossible(tables: Tables) -> Iterator[Faults]:
    """The azimuth or dip of a collar lies outside what angles can be.

    What it does:
    Azimuth must lie from 0 to 360 degrees, both included, dip from -90 to 90.

    Why it matters:
    An angle that cannot be is another column, a missing decimal point, or a code for "unknown".

    Flagged:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,235.0,-600.0

    Fine:

        collars
        hole,easting_m,northing_m,azimuth_deg,dip_deg
        CL20037,1000.0,2000.0,360.0,-60.0
        CL20038,1050.0,2000.0,0.0,-90.0

    Help:
    Compare with the drill log; leave unknown angles empty.
    """
    yield from impossible(tables, "collars")
