"""Numbers that are missing in a series of holes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_ids import spellings
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, many, some

_LEAST = 4
"""A series of fewer holes tells nothing."""

_BLOCK = 10
"""Where more numbers than this are missing at once, another block of numbers begins."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A hole of a series: its number, and how it is called."""

    number: int
    name: str
    line: int
    digits: str


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
    for series in _series(spellings(tables)).values():
        for block in _blocks(sorted(series, key=lambda one: (one.number, one.line))):
            first, last = block[0], block[-1]
            present = {one.number for one in block}
            span = last.number - first.number + 1
            missing = span - len(present)
            if len(present) >= _LEAST and 0 < missing <= len(present):
                absent = [number for number in range(first.number, last.number) if number not in present]
                text = (
                    f"{first.name} to {last.name} span {span:,} numbers, {len(present):,} of them"
                    f" {do(len(present), 'has', 'have')} a collar; {many(missing, 'number')}"
                    f" {do(missing, 'is', 'are')} not accounted for: {some(list(_names(absent, first)), most=8)}"
                )
                yield remark("note", text, [tables.source("collars", one.line) for one in _around(block)])


def _series(spelled: pl.DataFrame) -> dict[str, list[_Numbered]]:
    """Holes by what stands before their running number: the last number of the name, unless it is one digit alone."""
    parts = spelled.sort("line").select(
        "line", "hole", runs=pl.col("hole").str.strip_chars().str.extract_all(r"\d+|\D+")
    )
    series: dict[str, list[_Numbered]] = defaultdict(list)
    for line, name, runs in parts.iter_rows():
        places = [place for place, run in enumerate(runs) if run.isdecimal() and len(run) < 10]
        if not places:
            continue
        place = places[-1]
        if len(runs[place]) == 1:
            place = max(places, key=lambda each: (len(runs[each]), each))
        head = "".join(runs[:place]).upper()
        series[head].append(_Numbered(int(runs[place]), name, line, runs[place]))
    return series


def _blocks(series: Sequence[_Numbered]) -> Iterator[list[_Numbered]]:
    """A series in order, cut where many numbers in a row are missing."""
    block: list[_Numbered] = []
    for one in series:
        if block and one.number - block[-1].number > _BLOCK + 1:
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def _names(absent: Iterable[int], like: _Numbered) -> Iterator[str]:
    """The names that missing numbers would have, stretches of them as one."""
    head = like.name.strip()[: like.name.strip().rindex(like.digits)]
    stretch: list[int] = []
    for number in [*absent, -1]:
        if stretch and number != stretch[-1] + 1:
            first, last = (f"{head}{end:0{len(like.digits)}d}" for end in (stretch[0], stretch[-1]))
            yield first if len(stretch) == 1 else f"{first} to {last}"
            stretch = []
        stretch.append(number)


def _around(block: Sequence[_Numbered]) -> Iterator[_Numbered]:
    """The holes before each missing stretch, and the last of the block."""
    for one, following in pairwise(block):
        if following.number > one.number + 1:
            yield one
            yield following
