"""Surveys of holes that have no collar."""

from collections.abc import Iterator

from orebook.checks.table_ids import orphans
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T201", on="surveys", basis="one hole has one collar")
def survey_without_collar(tables: Tables) -> Iterator[Faults]:
    """A hole has surveys or measured planes, but no collar.

    What it does:
    Looks for each hole of the tables of surveys and structures among the collars. Where a collar is called nearly so
    (another hyphen, a leading zero, O for 0), it is named.

    Why it matters:
    Without a collar the hole has no beginning, and its measurements are lost.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL-20037,0.0,235.0,-60.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Help:
    Add the collar, or write the hole as the table of collars does.
    """
    for table in ("surveys", "structures"):
        yield from orphans(tables, table)
