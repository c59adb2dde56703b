"""Values that are half a detection limit, or the limit itself, written as if they were measured."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_repeats import repeats
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import value


@table_rule("T406", on="values", basis="below detection is not a number")
def half_limit_in_bulk(tables: Tables) -> Iterator[Remark]:
    """Many values are half a detection limit, or the limit, without being marked so.

    What it does:
    Looks at the smallest value of each column where it occurs in bulk (twenty rows and 5 % of the values) and is not
    marked as below detection. Where all other small values are whole multiples of twice as much, or where it is half of
    a known detection limit, it is half a limit; else it may be the limit.

    Why it matters:
    Half a limit was put in the place of "less than". Whoever takes it for a measurement finds metal where none was
    found, and nobody can put another number in its place any more.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,500.0

        assays
        hole,from_m,to_m,au_gpt
        <30 rows>CL20037,{0},{1},0.005
        <60 rows>CL20037,{30},{31},0.{11}

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,500.0

        assays
        hole,from_m,to_m,au_gpt,au_gpt_below
        <30 rows>CL20037,{0},{1},0.01,true
        <60 rows>CL20037,{30},{31},0.{11},

    Help:
    Import the certificates with their signs: <0.01 stays <0.01, and every view of it is named.
    """
    for one in repeats(tables):
        if one.kind in ("half", "limit"):
            said = "half a detection limit of " + value(2 * one.value) if one.kind == "half" else "the detection limit"
            text = (
                f"{one.rows:,} of {one.known:,} values of {one.column} are {value(one.value)}, the smallest:"
                f" this looks like {said}, and is not marked as below it"
            )
            yield remark("note", text, [tables.source("assays", one.line, one.column)])
