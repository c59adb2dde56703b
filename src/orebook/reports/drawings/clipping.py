"""Clipping: what of a line lies within a frame, for drawings that show a part of the ground."""

from collections.abc import Sequence
from itertools import pairwise

from orebook.reports.drawings.placing import Box

Point = tuple[float, float]


def clipped(start: Point, end: Point, room: Box) -> tuple[Point, Point] | None:
    """The part of a straight piece that lies in a rectangle; nothing where none does.

    Source: Liang and Barsky, by the shares at which the piece crosses the four edges.

    >>> clipped((-5.0, 5.0), (15.0, 5.0), Box(0, 0, 10, 10))
    ((0.0, 5.0), (10.0, 5.0))
    >>> clipped((-5.0, 20.0), (15.0, 20.0), Box(0, 0, 10, 10)) is None
    True
    """
    run, rise = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for towards, away in (
        (-run, start[0] - room.left),
        (run, room.right - start[0]),
        (-rise, start[1] - room.top),
        (rise, room.bottom - start[1]),
    ):
        if towards == 0.0:
            if away < 0.0:
                return None
        elif towards < 0.0:
            first = max(first, away / towards)
        else:
            last = min(last, away / towards)
    if first > last:
        return None
    return (start[0] + first * run, start[1] + first * rise), (start[0] + last * run, start[1] + last * rise)


def seen_first(line: Sequence[Point], room: Box) -> Point | None:
    """The first point of a line that a rectangle shows; nothing where it shows none.

    >>> seen_first([(-5.0, -5.0), (-5.0, 5.0), (5.0, 5.0)], Box(0, 0, 10, 10))
    (0.0, 5.0)
    """
    found = (clipped(start, end, room) for start, end in pairwise(line))
    return next((piece[0] for piece in found if piece is not None), None)
