"""Intervals of holes that have no collar."""

from collections.abc import Iterator

from orebook.checks.table_ids import orphans
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_views import INTERVALS


@table_rule("T301", on="intervals", basis="one hole has one collar")
def interval_without_collar(tables: Tables) -> Iterator[Faults]:
    """A hole has samples or logged intervals, but no collar.

    What it does:
    Looks for each hole of the tables of intervals among the collars. Where a collar is called nearly so (another
    hyphen, a leading zero, O for 0), it is named. One remark for each hole and table.

    Why it matters:
    Without a collar its samples have no place: they are in no composite, no section and no release.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20O37,0.0,2.0,0.12
        CL20O37,2.0,4.0,0.15

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,2.0,0.12
        CL20037,2.0,4.0,0.15

    Help:
    Add the collar, or write the hole as the table of collars does.
    """
    for table in INTERVALS:
        yield from orphans(tables, table)
