"""Collars far away from all others."""

from collections.abc import Iterator

from orebook.checks.table_grid import places
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import plain


@table_rule("T121", on="collars", basis="a project has an extent")
def collar_far_from_others(tables: Tables) -> Iterator[Faults]:
    """A collar lies far away from the other collars.

    What it does:
    Draws a box around the middle eight tenths of five or more collars, with three times its width and 1,000 m of room
    on each side, and names the collars outside. Bounds that were declared for easting and northing have a rule of their
    own.

    Why it matters:
    A digit was mistyped or lost. One such hole makes every map a dot.

    Flagged:

        collars
        hole,easting_m,northing_m
        <6 rows>CL2003{1},43200{0}.0,6132000.0
        CL20040,472000.0,6132000.0

    Fine:

        collars
        hole,easting_m,northing_m
        <6 rows>CL2003{1},43200{0}.0,6132000.0
        CL20040,432700.0,6132000.0

    Help:
    Compare with the survey of the collars; another prospect may stay.
    """
    if not tables.has("collars", "hole", tables.key("easting"), tables.key("northing")):
        return
    view = places(tables)
    east, north = view["east"].median(), view["north"].median()

    def say(row: Row) -> str:
        aside = f"{plain(row['east'] - east)} east and {plain(row['north'] - north)} north"
        return f"{row['hole']} lies {aside} of the middle of the collars, in {tables.length}"

    quoted = (tables.key("easting"), tables.key("northing"))
    yield Faults("warning", view.filter("far"), say, {"collars": "line"}, quoted)
