"""Placing: where labels stand so that none lies over another, as near to what they name as may be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, hypot
from typing import NamedTuple

_MOST = 400
"""So many boxes keep labels off one piece of a line."""

_NEAR = (0, -1, 1, -2, 2)
"""Steps away from where a label over its point would stand."""

_SQUARE = 24.0
"""Pixels of a side of the squares by which boxes are found."""


class Box(NamedTuple):
    """A rectangle in pixels: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether some point lies in both."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Whether all of this lies in the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that wants to stand at a point: its size in pixels, and what it names."""

    x: float
    y: float
    width: float
    height: float


class Taken:
    """What is taken of a drawing: boxes, kept by the squares that they touch, so that few are looked at for a place.

    >>> used = Taken([Box(0, 0, 10, 10)])
    >>> used.leaves(Box(5, 5, 15, 15)), used.leaves(Box(10, 0, 20, 10))
    (False, True)
    """

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}
        for each in boxes:
            self.add(each)

    def add(self, box: Box) -> None:
        """Take a box more."""
        for square in _squares(box):
            self._squares.setdefault(square, []).append(box)

    def leaves(self, box: Box) -> bool:
        """Whether nothing that is taken meets a box."""
        return not any(box.meets(other) for square in _squares(box) for other in self._squares.get(square, ()))


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    """The squares that a box touches."""
    for across in range(floor(box.left / _SQUARE), floor(box.right / _SQUARE) + 1):
        for down in range(floor(box.top / _SQUARE), floor(box.bottom / _SQUARE) + 1):
            yield across, down


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places along a line, each as near as may be to where it is wanted, in order, at least so far from one another.

    Where there is no room they stand closer. Meets the least sum of squares of the ways they are moved (pools of
    neighbours that would touch take the mean).

    >>> spread([10.0, 12.0, 40.0], 10.0, 0.0, 100.0)
    [6.0, 16.0, 40.0]
    >>> spread([99.0, 99.0], 10.0, 0.0, 100.0)
    [90.0, 100.0]
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    gap = min(apart, (high - low) / max(len(wanted) - 1, 1))
    pools: list[tuple[float, int]] = []  # mean of (wanted - gap * rank), and how many
    for rank, at in enumerate(order):
        mean, count = wanted[at] - gap * rank, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    placed = [0.0] * len(wanted)
    rank = 0
    top = high - gap * (len(wanted) - 1)
    for mean, count in pools:
        for _ in range(count):
            placed[order[rank]] = min(max(mean, low), top) + gap * rank
            rank += 1
    return placed


def beside(
    labels: Sequence[Wanted], room: Box, taken: "Taken | Sequence[Box]" = (), *, reach: float = 300.0
) -> list[Box | None]:
    """A box for each label beside its point: right or left of it, level or a little off, none over another.

    The first labels choose first. A label without room within ``reach`` pixels gets none. What is placed is taken.

    >>> beside([Wanted(50, 50, 40, 14), Wanted(50, 52, 40, 14)], Box(0, 0, 200, 100))
    [Box(left=58.0, top=43.0, right=98.0, bottom=57.0), Box(left=2.0, top=45.0, right=42.0, bottom=59.0)]
    """
    used = taken if isinstance(taken, Taken) else Taken(taken)
    found: list[Box | None] = []
    for label in labels:
        chosen = next((each for each in _places(label, reach) if each.within(room) and used.leaves(each)), None)
        if chosen is not None:
            used.add(chosen)
        found.append(chosen)
    return found


def beside_first(
    labels: Sequence[Wanted], room: Box, lines: Sequence[Box], *, reach: float = 300.0
) -> list[Box | None]:
    """A box for each label beside its point and off some lines; those without room there may stand over lines.

    None stands over another label.

    >>> beside_first([Wanted(50, 50, 40, 14)], Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    [Box(left=58.0, top=43.0, right=98.0, bottom=57.0)]
    """
    found = beside(labels, room, lines, reach=reach)
    without = [number for number, each in enumerate(found) if each is None]
    again = beside([labels[number] for number in without], room, [each for each in found if each], reach=reach)
    for number, place in zip(without, again, strict=True):
        found[number] = place
    return found


def around(label: Wanted, room: Box, taken: Taken) -> Box | None:
    """A box for a label over its point or as near to it as may be; nothing where no room is near.

    >>> around(Wanted(50, 50, 20, 10), Box(0, 0, 100, 100), Taken())
    Box(left=40.0, top=45.0, right=60.0, bottom=55.0)
    """
    for rise in _NEAR:
        for shift in _NEAR:
            x, y = label.x + shift * label.width / 2, label.y + rise * label.height
            box = Box(x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)
            if box.within(room) and taken.leaves(box):
                return box
    return None


def along(track: Sequence[tuple[float, float]], apart: float = 6.0) -> list[Box]:
    """Small boxes along a line, which keep labels off it.

    >>> along([(0.0, 0.0), (6.0, 0.0)], 6.0)
    [Box(left=-1.0, top=-1.0, right=1.0, bottom=1.0), Box(left=5.0, top=-1.0, right=7.0, bottom=1.0)]
    """
    found = [Box(x - 1, y - 1, x + 1, y + 1) for x, y in track[:1]]
    for (x, y), (to_x, to_y) in pairwise(track):
        pieces = min(max(1, ceil(hypot(to_x - x, to_y - y) / apart)), _MOST)
        for number in range(1, pieces + 1):
            at_x, at_y = x + (to_x - x) * number / pieces, y + (to_y - y) * number / pieces
            found.append(Box(at_x - 1, at_y - 1, at_x + 1, at_y + 1))
    return found


def _places(label: Wanted, reach: float) -> list[Box]:
    """Where a label may stand, the nearest to its point first."""
    step = label.height * 0.6
    found = []
    for out in (8.0, 34.0, 70.0, 120.0, 180.0):
        for rise in (0, -1, 1, -2, 2, -3, 3, -5, 5, -8, 8, -12, 12):
            top = label.y - label.height / 2 + rise * step
            right = Box(label.x + out, top, label.x + out + label.width, top + label.height)
            left = Box(label.x - out - label.width, top, label.x - out, top + label.height)
            found += [(out + abs(rise) * step, 0, right), (out + abs(rise) * step, 1, left)]
    return [each for away, _, each in sorted(found, key=lambda one: one[:2]) if away <= reach]
