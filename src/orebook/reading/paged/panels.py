"""Panels: boxes with text of their own beside other text, as slides and first pages have them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from orebook.reading.paged.lines import Line, Segment, lines, segments
from orebook.reading.paged.marks import Mark, Rule
from orebook.reading.paged.ruling import CLOSE

_LARGEST = 0.6
"""A box that covers more of the page is its frame."""
_FEWEST_LINES = 2
_LONG = 4
"""A box of so many lines is a panel even if its lines have several parts; shorter ones may be bands of a table."""
_LEVEL, _SHORT = 0.8, 3
"""A box most of whose lines have so few words and stand level with others is a column of a table."""
_MOST = 60
_NARROWEST, _LOWEST = 60.0, 20.0
"""Points."""


@dataclass(slots=True)
class Panel:
    """A box on a page and what stands in it."""

    left: float
    top: float
    right: float
    bottom: float
    items: list[Segment]

    @property
    def area(self) -> float:
        """Its size."""
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, mark: Mark) -> bool:
        """Whether a word stands in it."""
        x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def boxes(across: Sequence[Rule], down: Sequence[Rule], whole: float) -> list[Panel]:
    """The boxes that rules make, the smallest first; ``whole`` is the size of the page."""
    made: list[Panel] = []
    for at, left in enumerate(down):
        for right in down[at + 1 :]:
            same = abs(left.start - right.start) < CLOSE and abs(left.end - right.end) < CLOSE
            if not same or right.at - left.at < _NARROWEST or left.end - left.start < _LOWEST:
                continue
            ends = [rule for rule in across if rule.start < left.at + CLOSE and rule.end > right.at - CLOSE]
            if all(any(abs(rule.at - side) < CLOSE for rule in ends) for side in (left.start, left.end)):
                made.append(Panel(left.at, left.start, right.at, left.end, []))
                break
        if len(made) > _MOST:
            break
    alone = [box for box in made if not any(_adjoins(box, other) for other in made)]
    return sorted((box for box in alone if box.area < _LARGEST * whole), key=lambda box: box.area)


def _adjoins(box: Panel, other: Panel) -> bool:
    """Whether two boxes are cells of one row."""
    level = abs(box.top - other.top) < CLOSE and abs(box.bottom - other.bottom) < CLOSE
    return level and min(abs(box.right - other.left), abs(other.right - box.left)) < CLOSE


def panels(marks: Sequence[Mark], found: Sequence[Panel], every: Sequence[Mark]) -> tuple[list[Panel], list[Mark]]:
    """The boxes that are panels, with what stands in them, and the words outside of them.

    ``every`` are the words of the whole page, those in tables too, ``marks`` those that may stand in panels.
    """
    left = list(marks)
    kept: list[Panel] = []
    for box in found:
        inside = [mark for mark in left if box.holds(mark)]
        if len(inside) < _FEWEST_LINES:
            continue
        items = segments(inside)
        if not _is_panel(box, items, every):
            continue
        box.items = items
        kept.append(box)
        left = [mark for mark in left if not box.holds(mark)]
    return kept, left


def _is_panel(box: Panel, items: Sequence[Segment], marks: Sequence[Mark]) -> bool:
    """Whether a box holds lines of its own, and other lines stand beside it."""
    rows = lines(items)
    if len(rows) < _FEWEST_LINES:
        return False
    single = sum(len(row.segments) == 1 for row in rows)
    if len(rows) < _LONG and 2 * single <= len(rows):
        return False
    beside = [
        mark
        for mark in marks
        if box.top < (mark[1] + mark[3]) / 2 < box.bottom and (mark[2] < box.left or mark[0] > box.right)
    ]
    lines_beside = len({round((mark[1] + mark[3]) / 8) for mark in beside})
    return lines_beside > (0 if 2 * single > len(rows) else 1) and not _is_column(rows, beside)


def _is_column(rows: Sequence[Line], beside: Sequence[Mark]) -> bool:
    """Whether the lines of a box are cells of a shaded column: short, and each level with words beside it."""
    middles = sorted([(mark[1] + mark[3]) / 2 for mark in beside])
    level = sum(_any_near(middles, row.middle, 0.3 * row.height) for row in rows)
    short = sum(len(row.marks) <= _SHORT for row in rows)
    return level >= _LEVEL * len(rows) and short >= _LEVEL * len(rows)


def _any_near(values: Sequence[float], value: float, reach: float) -> bool:
    at = bisect_left(values, value - reach)
    return at < len(values) and values[at] <= value + reach
