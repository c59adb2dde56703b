"""Intervals that end below the end of their hole."""

from collections.abc import Iterator

from orebook.checks.table_depths import beyond
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth, stretch
from orebook.checks.table_views import INTERVALS, name_of


@table_rule("T307", on="intervals", basis="geometry of a hole")
def interval_below_hole(tables: Tables) -> Iterator[Faults]:
    """An interval ends below the end of its hole.

    What it does:
    Compares the end of each interval with the total depth in the table of collars. Both stand for all that rounds to
    them: where total depths are whole metres, 120.4 m is not below 120 m.

    Why it matters:
    Core from below the end of a hole does not exist: a depth, a hole name or a row is mistyped.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.5

        assays
        hole,from_m,to_m,cu_pct
        CL20037,118.0,122.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.5

        assays
        hole,from_m,to_m,cu_pct
        CL20037,118.0,120.5,0.12

    Help:
    Compare both depths with the drill log; a hole that was deepened needs its new depth in the table of collars.
    """
    for table in INTERVALS:

        def say(row: Row) -> str:
            here, end = stretch(row["from"], row["to"], tables.length), depth(row["end"], tables.length)
            return f"{here} ends below the end of {row['hole']}, {end}"

        yield Faults(
            "error", name_of(tables, beyond(tables, table, "to")), say, {table: "line", "collars": "collar_line"}
        )
