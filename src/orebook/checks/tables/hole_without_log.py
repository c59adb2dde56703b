"""Holes that nobody logged."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_ids import holes_without
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, some
from orebook.checks.table_views import collars


@table_rule("T504", on="tables", basis="count")
def hole_without_log(tables: Tables) -> Iterator[Remark]:
    """Holes have a collar and no rows of lithology.

    What it does:
    Counts the collars that the table of lithology does not speak of, where there is one. One note for all.

    Why it matters:
    A section drawn from the log has nothing there, and a domain cut from it none of their samples.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0

        lithology
        hole,from_m,to_m,rock
        CL20037,0.0,88.0,gabbro

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        lithology
        hole,from_m,to_m,rock
        CL20037,0.0,88.0,gabbro

    Help:
    Add their logs, or know that they are missing.
    """
    bare = holes_without(tables, "lithology")
    if bare.height:
        names = some(bare["hole"].head(6).to_list(), bare.height)
        count = f"{bare.height:,} of {collars(tables).height:,} holes {do(bare.height, 'has', 'have')}"
        text = f"{count} no lithology: {names}"
        yield remark("note", text, [tables.source("collars", line) for line in bare["line"].head(6)])
