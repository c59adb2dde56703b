"""Intervals of one table that share a piece of a hole."""

from collections.abc import Iterator

from orebook.checks.table_overlaps import overlaps
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth, stretch
from orebook.checks.table_views import INTERVALS, name_of

_CURES = {
    "touch": "they only touch: the lower one may begin where the upper one ends",
    "alike": "the rows are alike: one may be kept",
    "again": "it is the same piece again: a duplicate or a second assay, of which one must be chosen",
    "finer": "shorter ones cover it and their mean agrees: the finer ones may be kept",
    "nested": "two zones hold one piece of the hole",
    "both": "one piece of core cannot be in both",
}
"""What is said of each kind of overlap; the first two and ``finer`` can be mended without a person."""


@table_rule("T305", on="intervals", basis="one piece of core is in one sample")
def intervals_overlap(tables: Tables) -> Iterator[Faults]:
    """An interval begins above the end of another one of its hole.

    What it does:
    Puts the intervals of each hole in order and compares each with the deepest end above it. Three kinds can be mended
    without a person, and are warnings: overlaps below 0.01 m (setting ``touching_m``), rows that are alike, and a long
    interval that shorter ones cover by 95 % or more with a mean within 5 %. The same piece assayed again and zones that
    lie in one another are warnings, too. All others are errors. Control samples are left out.

    Why it matters:
    Metal is counted twice, and lengths add up to more than there is hole.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12
        CL20037,11.0,13.0,0.20
        ----
        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12
        CL20037,10.0,12.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,type,cu_pct
        CL20037,10.0,12.0,,0.12
        CL20037,12.0,14.0,,0.20
        CL20037,12.0,14.0,field duplicate,0.21

    Help:
    Compare with the sample sheet; say in ``type`` what is a duplicate, and keep one of several assays of one piece.
    """
    for table in INTERVALS:
        yield from _of(tables, table)


def _of(tables: Tables, table: str) -> Iterator[Faults]:
    def say(row: Row) -> str:
        here = stretch(row["from"], row["to"], tables.length)
        other = stretch(row["other_from"], row["other_to"], tables.length)
        shared = depth(min(row["to"], row["other_to"]) - row["from"], tables.length)
        return f"{row['hole']} {here} and {other} share {shared}; {_CURES[row['kind']]}"

    found = name_of(tables, overlaps(tables, table))
    at = {table: "lines"}
    hard = found["kind"] == "both"
    yield Faults("error", found.filter(hard), say, at)
    yield Faults("warning", found.filter(~hard), say, at)
