"""Intervals of one hole that overlap without one holding the other."""

from collections.abc import Iterator
from itertools import pairwise

from orebook.checks.digits import nearest
from orebook.checks.intercepts import Intercept, by_hole, intercepts, mouthful
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.range import Range
from orebook.reading.reading import Reading


@rule("F104", on="records", basis="geometry of a hole", catalogue="EX221")
def overlapping_intervals(reading: Reading) -> Iterator[Remark]:
    """Two intervals of one hole overlap, and neither lies in the other.

    What it does:
    Looks at the intervals of each hole that stand side by side in one table or list. Composites with other cut-offs may
    overlap, so this is only a note.

    Why it matters:
    Metal in the stretch that both claim would be counted twice by whoever adds the rows up.

    Flagged:

        Cairn Nickel drills Otter Dyke

        | Hole | From (m) | To (m) | Interval (m) | Ni (%) |
        |---|---|---|---|---|
        | OD-57 | 33.0 | 64.0 | 31.0 | 0.41 |
        | OD-57 | 61.0 | 77.0 | 16.0 | 0.38 |

    Fine:

        Cairn Nickel drills Otter Dyke

        | Hole | From (m) | To (m) | Interval (m) | Ni (%) |
        |---|---|---|---|---|
        | OD-57 | 33.0 | 61.0 | 28.0 | 0.41 |
        | OD-57 | 61.0 | 77.0 | 16.0 | 0.38 |

    Help:
    Say which cut-off each of the two was composited with, or end one where the other begins.
    """
    for rows in by_hole(intercepts(reading)).values():
        tops = [(one, bounds) for one in rows if one.record.parent is None and (bounds := one.bounds(nearest))]
        tops.sort(key=lambda row: row[1][0].low)
        for (upper, first), (lower, second) in pairwise(tops):
            if _side_by_side(reading, upper, lower) and _overlap(first, second):
                text = f"{mouthful(lower)} begins above the end of {upper.said()} and ends below it"
                yield remark("note", text, [lower.record, upper.record])


def _side_by_side(reading: Reading, one: Intercept, other: Intercept) -> bool:
    if block_at(reading, one.record.source) != block_at(reading, other.record.source):
        return False
    keys = ("place", "context")
    return all(one.record.about.get(key) == other.record.about.get(key) for key in keys)


def _overlap(first: tuple[Range, Range], second: tuple[Range, Range]) -> bool:
    unit = first[0].unit
    start, end = second[0].to(unit), second[1].to(unit)
    return first[0].high < start.low and start.high < first[1].low and first[1].high < end.low
