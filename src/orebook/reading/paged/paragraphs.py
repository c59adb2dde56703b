"""Paragraphs: which lines of a column belong together, by their distances, their letters and the items of lists."""

from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.layout.bullets import bullet
from orebook.reading.paged.lines import Line

LARGER = 1.12
"""Letters are larger when they are so many times as high."""
STOPPED = (".", ";", ",", "!", "?")
_PARTED = 1.3
"""Lines further apart than so many usual distances belong to different paragraphs."""
_LOOSEST = 1.6
"""Lines of one paragraph are at most so many heights apart."""
_ITEM_LOOSEST = 2.0
"""Lines of one item of a list, told by what they begin below, are at most so many heights apart."""
_AROUND = 3
"""The distances of so many lines before and behind show what is usual."""


class Item:
    """The item of a list that is being read: where its words begin, and whether they are bold."""

    def __init__(self) -> None:
        self.left, self.bold = 0.0, False

    def begins(self, line: Line) -> bool:
        """Whether a line begins an item; remembers it."""
        marks = line.marks
        if len(marks) < 2 or not bullet(line.text):
            return False
        self.left, self.bold = marks[1].left, all(mark.bold for mark in marks[1:])
        return True

    def holds(self, line: Line) -> bool:
        """Whether a line stands below the words of the item and looks like them."""
        if self.left and line.left < self.left - 2:
            self.left = 0.0
        return bool(self.left) and abs(line.left - self.left) < 3 and is_bold(line) == self.bold


def paragraphs(rows: Sequence[Line]) -> list[tuple[list[Line], bool]]:
    """The paragraphs of the lines of a column, and of each whether it belongs to an item of a list."""
    if not rows:
        return []
    item = Item()
    groups = [([rows[0]], item.begins(rows[0]))]
    bold = [is_bold(row) for row in rows]
    for at, (upper, lower, apart) in enumerate(zip(rows, rows[1:], _distances(rows), strict=False)):
        listed = not item.begins(lower) and item.holds(lower)
        near = 0 < lower.middle - upper.middle < _ITEM_LOOSEST * min(lower.height, upper.height)
        goes_on = listed and near and not _stops(upper)
        if not goes_on and _parts(upper, lower, apart, bold[at], bold[at + 1]):
            groups.append(([], listed or item.left > 0))
        groups[-1][0].append(lower)
    return groups


def _stops(line: Line) -> bool:
    return line.text.endswith((".", "!", "?"))


def _distances(rows: Sequence[Line]) -> list[float]:
    """How far each two lines are apart, as a share of the usual distance of the lines around them."""
    heights = [row.bottom - row.top for row in rows]
    apart = [max((b.top + b.bottom - a.top - a.bottom) / 2, 0.0) for a, b in pairwise(rows)]
    even = [abs(a - b) < 0.1 * min(a, b) for a, b in pairwise(heights)]
    found = []
    for at, distance in enumerate(apart):
        height = max(min(heights[at], heights[at + 1]), 0.5)
        usual = _LOOSEST * height
        for k in range(max(0, at - _AROUND), min(len(apart), at + _AROUND + 1)):
            if k != at and even[k] and 0.9 * height < apart[k] < usual:
                usual = apart[k]
        found.append(distance / usual if distance > 0 else float("inf"))
    return found


def _parts(upper: Line, lower: Line, apart: float, bold_above: bool, bold: bool) -> bool:
    """Whether a new paragraph begins with a line, so many usual distances below the line before."""
    if apart > _PARTED:
        return True
    high, low = max(upper.height, lower.height), min(upper.height, lower.height)
    if high > LARGER * low or (bold_above != bold and _labels(upper, lower)):
        return True
    listed = bullet(lower.text) is not None and not lower.text[:1].isalnum()
    return listed and upper.left < lower.left - 2


def _labels(upper: Line, lower: Line) -> bool:
    """Whether of two lines the bold one is a label, not the first of bold words."""
    bold, other = (upper, lower) if is_bold(upper) else (lower, upper)
    width = max(bold.right - bold.left, other.right - other.left)
    return bold.right - bold.left < 0.8 * width and not bold.text.endswith(STOPPED) and not bullet(bold.text)


def is_bold(line: Line) -> bool:
    """Whether all words of a line are bold."""
    return all(mark[5] for piece in line[2] for mark in piece[4]) if line[2][0][4][0][5] else False
