"""Tables whose depths are in feet where the collars are in metres."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_depths import foreign
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_views import ALONG, collars, deepest


@table_rule("T505", on="tables", basis="3.28 feet are a metre")
def depths_in_other_unit(tables: Tables) -> Iterator[Remark]:
    """The depths of a table are 3.28 times as deep as the collars say, or 0.305 times.

    What it does:
    Compares the deepest row of each hole with its total depth. Where three holes or more, and most of all, show the
    feet in a metre, one of the two tables is in another unit.

    Why it matters:
    Every length and every intersection comes out more than three times too long, and the rest lies beyond the holes.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,100.0
        CL20038,1050.0,2000.0,80.0
        CL20039,1100.0,2000.0,120.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,328.0,0.12
        CL20038,0.0,262.4,0.15
        CL20039,0.0,393.6,0.10

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,100.0
        CL20038,1050.0,2000.0,80.0
        CL20039,1100.0,2000.0,120.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,100.0,0.12
        CL20038,0.0,80.0,0.15
        CL20039,0.0,120.0,0.10

    Help:
    Declare the unit of each table when it is imported.
    """
    for table in ALONG:
        sign = foreign(tables, table)
        if sign:
            both = deepest(tables, table).join(collars(tables), on="at", suffix="_collar")
            ratio = float((both["deepest"] / both["depth"]).quantile(0.5) or 0.0)
            longer, shorter = ("feet", "metres") if sign > 0 else ("metres", "feet")
            text = (
                f"the deepest rows of {both.height:,} holes lie {ratio:.2f} times as deep as their collars say:"
                f" is this table in {longer} and the collars in {shorter}?"
            )
            yield remark(
                "error",
                text,
                [tables.source(table, int(both["line"][0])), tables.source("collars", int(both["line_collar"][0]))],
            )
