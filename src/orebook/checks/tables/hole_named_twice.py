"""Holes with several rows in the table of collars."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_views import holes_of, name_of


@table_rule("T102", on="collars", basis="one hole has one collar")
def hole_named_twice(tables: Tables) -> Iterator[Faults]:
    """Several rows of collars have the same hole.

    What it does:
    Compares the names of the holes in the table of collars, letter by letter, and says whether the rows differ in
    anything else.

    Why it matters:
    Samples find their collar by the name of the hole. With two collars they lie in two places, or in whichever comes
    first.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20037,1050.0,2000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0

    Help:
    Keep one row for each hole; where two companies or programmes used one name, put the programme in front of it.
    """
    if not tables.has("collars", "hole"):
        return
    view = holes_of(tables, "collars")
    several = view.filter(pl.len().over("at") > 1)
    groups = several.group_by("at").agg(pl.col("line")).sort(pl.col("line").list.first())
    frame = tables.frame("collars").select(pl.exclude("origin_step", "origin_row"))

    def say(row: Row) -> str:
        kinds = frame[[line - 2 for line in row["line"]]].n_unique()
        how = "the rows are alike: keep one" if kinds == 1 else f"{kinds} of them differ: one hole has one collar"
        return f"{many(len(row['line']), 'row')} are called {row['hole']}; {how}"

    yield Faults("error", name_of(tables, groups), say, {"collars": "line"})
