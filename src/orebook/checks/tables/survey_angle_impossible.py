"""Directions of surveys that no hole can have."""

from collections.abc import Iterator

from orebook.checks.table_angles import impossible
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T205", on="surveys", basis="geometry of a hole")
def survey_angle_impossible(tables: Tables) -> Iterator[Faults]:
    """The azimuth or dip of a station lies outside what angles can be.

    What it does:
    Azimuth must lie from 0 to 360 degrees, both included, dip from -90 to 90.

    Why it matters:
    An angle that cannot be is another column, a missing decimal point, or a code for "not measured".

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,999.0,-61.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,360.0,-60.0
        CL20037,30.0,0.5,-61.0

    Help:
    Compare with the survey report; a depth that was not measured needs no row.
    """
    yield from impossible(tables, "surveys")
