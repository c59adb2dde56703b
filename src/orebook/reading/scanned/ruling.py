"""Ruling lines on a scanned page: found, remembered as the grid of its tables, and painted white.

Letters that touch a line, or stand in a box, are what recognition fails at most often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.skew import INK

Mask = npt.NDArray[np.bool_]

_ACROSS, _DOWN = 30.0, 15.0
"""Points: shorter runs of ink may be letters."""
_SURE_DOWN = 54.0
"""Points: no stem of a letter is longer; shorter upright lines must end on lines across."""
_THICK = 3.0
"""Points: what is thicker is no line but an area."""
_GAP = 1.5
"""Points: so far apart two runs may be and still belong to one line."""


class Line(NamedTuple):
    """A ruling line in pixels: its middle, where it starts and ends along itself, and how thick it is."""

    at: float
    start: int
    end: int
    thick: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page without its ruling lines, and the lines."""

    grey: Grey
    across: Sequence[Line]
    down: Sequence[Line]


def without_rules(grey: Grey, dots: float) -> Ruled:
    """Find the ruling lines of a level page of so many dots a point, and paint them white.

    >>> page = np.full((300, 300), 255, dtype=np.uint8)
    >>> page[100:103, 20:280] = 0
    >>> found = without_rules(page, 2.5)
    >>> found.across, found.down, int(found.grey.min())
    ([Line(at=101.5, start=20, end=280, thick=3)], [], 255)
    """
    ink = grey < INK
    across = _lines(ink, _ACROSS * dots, dots)
    down = _lines(np.ascontiguousarray(ink.T), _DOWN * dots, dots)
    down = [line for line in down if line.end - line.start > _SURE_DOWN * dots or _held(line, across, dots)]
    if not across and not down:
        return Ruled(grey, across, down)
    clean = grey.copy()
    for line in across:
        _paint(clean, line)
    for line in down:
        _paint(clean.T, line)
    return Ruled(clean, across, down)


def _lines(ink: Mask, least: float, dots: float) -> list[Line]:
    """The lines along the rows of a page: long runs of ink, those of neighbouring rows put together."""
    rows, starts, ends = _runs(ink, least)
    open_lines: list[list[int]] = []  # first row, last row, start, end
    closed: list[list[int]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        still = []
        home: list[int] | None = None
        for line in open_lines:
            if row - line[1] > _GAP * dots:
                closed.append(line)
                continue
            if home is None and start < line[3] and end > line[2]:
                home = line
            elif home is not None and start < line[3] and end > line[2] and line[0] < home[0]:
                home[0], home[2], home[3] = line[0], min(home[2], line[2]), max(home[3], line[3])
                continue
            still.append(line)
        if home is None:
            home = [row, row, start, end]
            still.append(home)
        home[1], home[2], home[3] = row, min(home[2], start), max(home[3], end)
        open_lines = still
    found = [
        Line((first + last + 1) / 2, start, end, last - first + 1)
        for first, last, start, end in closed + open_lines
        if last - first + 1 <= _THICK * dots
    ]
    return sorted(found)


def _runs(ink: Mask, least: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The runs of ink of at least so many pixels: their rows, starts and ends."""
    height, width = ink.shape
    edged = np.zeros((height, width + 1), dtype=np.int8)
    edged[:, :-1] = ink
    flat = np.diff(edged.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(flat == 1), np.flatnonzero(flat == -1)
    long = ends - starts >= least
    starts, ends = starts[long], ends[long]
    rows = starts // (width + 1)
    return rows, starts - rows * (width + 1), ends - rows * (width + 1)


def _held(line: Line, across: Sequence[Line], dots: float) -> bool:
    """Whether an upright line ends on lines across, as the sides of a box do."""
    near = _GAP * 2 * dots

    def meets(height: int) -> bool:
        return any(abs(each.at - height) <= near and each.start - near <= line.at <= each.end + near for each in across)

    return meets(line.start) and meets(line.end)


def _paint(grey: Grey, line: Line) -> None:
    """Paint a line white, with the grey fringe about it."""
    first, last = int(line.at - line.thick / 2), int(line.at + line.thick / 2)
    grey[max(0, first - 1) : last + 1, max(0, line.start - 1) : line.end + 1] = 255
