"""Rows of a whole page: its words grouped to lines and stretches at once, from their boxes as columns of numbers."""

from collections.abc import Sequence
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from orebook.reading.paged.lines import (
    NUMBER_GAP,
    OVER,
    SAME_LINE,
    WIDE_GAP,
    Segment,
    are_apart,
    row_ends,
    segments,
    segments_of,
)
from orebook.reading.paged.marks import Mark

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_FEW = 24
"""So few words are grouped sooner one by one."""
_FAR = 1e6
"""Points: further than anything on a page."""
_new = tuple.__new__


def page_segments(marks: Sequence[Mark], sides: Floats | None = None) -> list[Segment]:
    """The segments of the words of a page, line by line: what ``segments`` gives, sooner where words are many.

    ``sides`` are the boxes of the words (left, top, right, bottom in points), where one has them already.

    >>> words = [Mark(40 * (at % 5), 20 * (at // 5), 40 * (at % 5) + 25, 20 * (at // 5) + 10, "a") for at in range(30)]
    >>> page_segments(words) == segments(words), len(page_segments(words))
    (True, 30)
    """
    if len(marks) < _FEW:
        return segments(marks)
    if sides is None:
        sides = np.array([mark[:4] for mark in marks], dtype=np.float64)
    order, rows = _in_rows(sides)
    left, top, right, bottom = sides[order].T
    height = bottom - top
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = rows[1:] != rows[:-1]
    reach = np.maximum.accumulate(right + rows * _FAR) - rows * _FAR
    gap = np.zeros(len(rows))
    gap[1:] = left[1:] - reach[:-1]
    gap[fresh] = 0.0
    words = list(itemgetter(*order.tolist())(marks))
    starts = fresh | (gap > WIDE_GAP * height)
    for at in ((gap > NUMBER_GAP * height) & ~starts).nonzero()[0].tolist():
        starts[at] = are_apart(words[at - 1], words[at])
    found = _made(words, starts.nonzero()[0], top, right, bottom)
    odd = set(rows[(gap < -OVER * height) & (gap < -OVER * (right - left))].tolist())
    return _mended(found, words, rows, starts, odd) if odd else found


def _in_rows(sides: Floats) -> tuple[Places, Places]:
    """The words row by row and from left to right, and the number of the row of each."""
    left, top, _, bottom = sides.T
    twice, height = top + bottom, bottom - top
    order = twice.argsort(kind="stable")
    level, high = twice[order], height[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = level[1:] - level[:-1] >= 2 * SAME_LINE * max(3.0, float(height.max()))
    first = fresh.nonzero()[0]
    last = np.append(first[1:], len(order))
    spread = level[last - 1] - level[first]
    for at in (spread >= 2 * SAME_LINE * np.maximum(3.0, np.minimum.reduceat(high, first))).nonzero()[0].tolist():
        begin, end = int(first[at]), int(last[at])
        for place in row_ends(level[begin:end].tolist(), high[begin:end].tolist()):
            fresh[begin + place] = True
    rows = fresh.cumsum() - 1
    return order[(rows * _FAR + left[order]).argsort(kind="stable")], rows


def _made(words: list[Mark], first: Places, top: Floats, right: Floats, bottom: Floats) -> list[Segment]:
    """The segments that begin at some of the words."""
    begin, end = first.tolist(), [*first[1:].tolist(), len(words)]
    texts = [word[4] for word in words]
    tops, bottoms = (_usual(side, first, begin, end) for side in (top, bottom))
    return [
        _new(Segment, (words[a][0], upper, most, lower, words[a:b], " ".join(texts[a:b])))
        for a, b, upper, most, lower in zip(
            begin, end, tops, np.maximum.reduceat(right, first).tolist(), bottoms, strict=True
        )
    ]


def _usual(side: Floats, first: Places, begin: list[int], end: list[int]) -> list[float]:
    """The middle one of the sides of the words of each segment; of an even number the lower of the two."""
    found: list[float] = side[first].tolist()
    for at in (np.minimum.reduceat(side, first) != np.maximum.reduceat(side, first)).nonzero()[0].tolist():
        a, b = begin[at], end[at]
        found[at] = sorted(side[a:b].tolist())[(b - a - 1) // 2]
    return found


def _mended(
    found: list[Segment], words: list[Mark], rows: Places, starts: npt.NDArray[np.bool_], odd: set[int]
) -> list[Segment]:
    """The segments with those of rows in which words lie over others made anew."""
    row_of = rows[starts].tolist()
    bounds = np.append(np.flatnonzero(np.diff(rows, prepend=-1)), len(rows)).tolist()
    mended: list[Segment] = []
    done = -1
    for row, segment in zip(row_of, found, strict=True):
        if row not in odd:
            mended.append(segment)
        elif row != done:
            mended += segments_of(words[bounds[row] : bounds[row + 1]])
            done = row
    return mended
