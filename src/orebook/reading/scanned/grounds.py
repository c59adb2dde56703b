"""Filled areas, such as the dark heads of tables: their ground becomes paper, and their letters ink."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orebook.reading.scanned.pictures import Grey

_CELL = 3.0
"""Points: the side of the squares by which areas are found; letters are finer."""
_FILLED = 0.55
_WIDE, _HIGH = 24.0, 6.0
"""Points: smaller areas are letters of a headline."""
_GROUND = 205
"""A ground is darker; one that is lighter does not trouble recognition."""
_CONTRAST = 50
_MARGIN = 25
_MOST_INK = 0.5
_CORNERS = 8
_BRIDGED = 0.3
_TALLEST = 60.0
"""Points: so high may be what is written in an area, from side to side."""
_FRINGE = 2
"""Pixels: the edge of an area is neither ground nor paper."""


class Area(NamedTuple):
    """A filled area in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def without_grounds(grey: Grey, areas: Sequence[Area]) -> Grey:
    """A page whose filled areas are turned into white ones with dark letters.

    >>> page = np.full((120, 300), 255, dtype=np.uint8)
    >>> page[30:80, 40:260] = 40
    >>> page[50:60, 60:90] = 250
    >>> clear = without_grounds(page, filled_areas(page, 2.0))
    >>> int(clear[55, 75]) < 20, int(clear[35, 200]), int(clear[100, 10])
    (True, 255, 255)
    """
    if not areas:
        return grey
    clear = grey.copy()
    for left, top, right, bottom in areas:
        part = _cleared(clear[top:bottom, left:right])
        clear[max(0, top - _FRINGE) : bottom + _FRINGE, max(0, left - _FRINGE) : right + _FRINGE] = 255
        within = part[_FRINGE:-_FRINGE, _FRINGE:-_FRINGE]
        clear[top + _FRINGE : bottom - _FRINGE, left + _FRINGE : right - _FRINGE] = within
        corner = min(bottom - top, right - left) // _CORNERS
        for high in (slice(top, top + corner), slice(bottom - corner, bottom)):
            clear[high, left : left + corner] = clear[high, right - corner : right] = 255  # rounded ones
    return clear


def filled_areas(grey: Grey, dots: float) -> list[Area]:
    """The areas of a level page of so many dots a point that are filled with something darker, from the top down."""
    side = max(1, round(_CELL * dots))
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    if not rows or not columns:
        return []
    squares = (grey[: rows * side, : columns * side] < _GROUND).reshape(rows, side, columns, side)
    filled = squares.mean(axis=(1, 3)) > _FILLED
    found: list[list[int]] = []  # left, top, right, bottom in squares
    for row in np.flatnonzero(filled.any(axis=1)).tolist():
        for left, right in _runs(filled[row]):
            if (right - left) * side < _WIDE * dots:
                continue
            home = next((box for box in found if row <= box[3] <= row + 1 and left < box[2] and right > box[0]), None)
            if home is None:
                found.append([left, row, right, row + 1])
            else:
                home[0], home[2], home[3] = min(home[0], left), max(home[2], right), row + 1
    boxes = _bridged([Area(*(place * side for place in box)) for box in found], grey, side, _TALLEST * dots)
    return [_fitted(grey, box, side) for box in boxes if box.bottom - box.top >= _HIGH * dots]


def _bridged(areas: Sequence[Area], grey: Grey, side: int, tallest: float) -> list[Area]:
    """The areas, those put together that are parted only by what is written from one side of them to the other."""
    whole: list[Area] = []
    for area in areas:
        for at, above in enumerate(whole):
            level = abs(above.left - area.left) <= side and abs(above.right - area.right) <= side
            if level and 0 < area.top - above.bottom < tallest:
                between = grey[above.bottom : area.top, area.left : area.right] < _GROUND
                if between.mean(axis=1).min() > _BRIDGED:
                    whole[at] = above._replace(bottom=area.bottom)
                    break
        else:
            whole.append(area)
    return whole


def side_by_side(areas: Sequence[Area], gap: float) -> list[Area]:
    """Areas that stand beside or below one another, drawn out until they meet, as the cells of a table do.

    >>> side_by_side([Area(0, 0, 100, 30), Area(110, 0, 200, 30), Area(0, 36, 100, 60)], 20)
    [Area(left=0, top=0, right=105, bottom=33), Area(left=105, top=0, right=200, bottom=30), Area(left=0, top=33, ...)]
    """
    joined = list(areas)
    for at, one in enumerate(areas):
        for to, other in enumerate(areas):
            middle = (one.right + other.left) // 2
            if 0 <= other.left - one.right <= gap and _beside(one.top, one.bottom, other.top, other.bottom):
                joined[at], joined[to] = joined[at]._replace(right=middle), joined[to]._replace(left=middle)
            middle = (one.bottom + other.top) // 2
            if 0 <= other.top - one.bottom <= gap and _beside(one.left, one.right, other.left, other.right):
                joined[at], joined[to] = joined[at]._replace(bottom=middle), joined[to]._replace(top=middle)
    return joined


def _beside(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two stretches lie side by side for most of the shorter."""
    return min(end, other_end) - max(start, other_start) > 0.8 * min(end - start, other_end - other_start)


def _runs(filled: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    steps = np.diff(np.concatenate(([False], filled, [False])).astype(np.int8))
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def _fitted(grey: Grey, area: Area, side: int) -> Area:
    """An area with its true edges, which may lie within a square of those of its squares."""
    left, top = max(0, area.left - side), max(0, area.top - side)
    part = grey[top : area.bottom + side, left : area.right + side] < _GROUND
    rows, columns = np.flatnonzero(part.mean(axis=1) > 0.4), np.flatnonzero(part.mean(axis=0) > 0.4)
    if not rows.size or not columns.size:
        return area
    return Area(left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)


def _cleared(part: Grey) -> Grey:
    """An area whose ground is white: turned to its opposite where its letters are lighter than the ground."""
    ground = float(np.median(part))
    lighter = float((part > ground + _CONTRAST).mean())
    darker = float((part < ground - _CONTRAST).mean())
    if max(lighter, darker) > _MOST_INK:
        return part
    if lighter > darker:
        part, ground = 255 - part, 255 - ground
    reach = max(30.0, ground - _MARGIN)
    white: Grey = np.clip(part.astype(np.float32) * (255 / reach), 0, 255).astype(np.uint8)
    return white
