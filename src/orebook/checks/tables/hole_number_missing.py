"""Numbers that are missing in a series of holes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from orebook.checks.rule import Remark, remark
from orebook.checks.table_ids import spellings
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, many, some
from orebook.disciplines.drilling.series import Numbered, blocks


@table_rule("T107", on="collars", basis="count")
def hole_number_missing(tables: Tables) -> Iterator[Remark]:
    """A numbered series of holes lacks some of its numbers.

    What it does:
    Takes the running number out of each name (``CL20037``, ``EUG-11-083``, and ``NMD182`` for its wedge ``NMD182W1``),
    puts holes with the same letters in order, and lists the numbers between them that no collar has. More than ten
    missing numbers in a row begin another block; a block that lacks more numbers than it has is no series.

    Why it matters:
    A hole that was abandoned, not sampled, or not sent: whoever adds up metres or publishes results is asked for it.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20036,1000.0,2000.0
        CL20037,1050.0,2000.0
        CL20039,1100.0,2000.0
        CL20040,1150.0,2000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20036,1000.0,2000.0
        CL20037,1050.0,2000.0
        CL20038,1075.0,2000.0
        CL20039,1100.0,2000.0

    Help:
    Say for each missing number what became of it: give it a row with a status, or note it as not used.
    """
    spelled = spellings(tables).sort("line")
    lines = spelled["line"].to_list()
    for block in blocks(spelled["hole"]):
        first, last = block.holes[0], block.holes[-1]
        span, missing = last.number - first.number + 1, len(block.absent)
        text = (
            f"{first.name} to {last.name} span {span:,} numbers, {block.present:,} of them"
            f" {do(block.present, 'has', 'have')} a collar; {many(missing, 'number')}"
            f" {do(missing, 'is', 'are')} not accounted for: {some(block.names(), most=8)}"
        )
        yield remark("note", text, [tables.source("collars", lines[one.place]) for one in _around(block.holes)])


def _around(holes: Sequence[Numbered]) -> Iterator[Numbered]:
    """The holes before and after each missing stretch."""
    for one, following in pairwise(holes):
        if following.number > one.number + 1:
            yield one
            yield following
