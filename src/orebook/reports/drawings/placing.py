"""Placing: where labels stand so that none lies over another, as near to what they name as may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST = 400
"""So many boxes keep labels off one piece of a line."""

_NEAR = (0, -1, 1, -2, 2)
_AROUND = np.array([(shift, rise) for rise in _NEAR for shift in _NEAR])
"""Steps across and down from where a label over its point would stand."""

_OUT = (8.0, 34.0, 70.0, 120.0, 180.0)
_RISES = (0, -1, 1, -2, 2, -3, 3, -5, 5, -8, 8, -12, 12)
"""How far out from its point a label may stand, in pixels, and how many steps up or down."""

_TOGETHER = 24
"""So many places are tried at a time: most labels find one among the first."""


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
    """What is taken of a drawing: boxes, all of which are looked at together for the places that a label may have.

    >>> used = Taken([Box(0, 0, 10, 10)])
    >>> used.leaves(Box(5, 5, 15, 15)), used.leaves(Box(10, 0, 20, 10))
    (False, True)
    """

    def __init__(self, boxes: "Iterable[Box] | Floats" = ()) -> None:
        self._held = np.empty((4, 64))
        self._many = 0
        self.add_all(boxes)

    def add(self, box: Box) -> None:
        """Take a box more."""
        self.add_all([box])

    def add_all(self, boxes: "Iterable[Box] | Floats") -> None:
        """Take some boxes more: their left, top, right and bottom."""
        rows = np.asarray(boxes if isinstance(boxes, np.ndarray) else list(boxes), dtype=np.float64).reshape(-1, 4)
        many = self._many + len(rows)
        if many > self._held.shape[1]:
            wider = np.empty((4, 2 * many))
            wider[:, : self._many] = self._held[:, : self._many]
            self._held = wider
        self._held[:, self._many : many] = rows.T
        self._many = many

    def leaves(self, box: Box) -> bool:
        """Whether nothing that is taken meets a box."""
        return self.first(np.array([box])) is not None

    def first(self, places: Floats) -> int | None:
        """The number of the first of some boxes that nothing meets; nothing where each is met.

        >>> Taken([Box(0, 0, 10, 10)]).first(np.array([[5, 5, 15, 15], [10, 0, 20, 10]]))
        1
        """
        if not len(places):
            return None
        low, high = places.min(axis=0), places.max(axis=0)
        left, top, right, bottom = held = self._held[:, : self._many]
        near = (left < high[2]) & (low[0] < right) & (top < high[3]) & (low[1] < bottom)
        left, top, right, bottom = held[:, near]
        for start, end in pairwise((*range(0, len(places), _TOGETHER), len(places))):
            own = places[start:end, :, None]
            met = (own[:, 0] < right) & (left < own[:, 2]) & (own[:, 1] < bottom) & (top < own[:, 3])
            free = ~met.any(axis=1)
            if free.any():
                return int(start + free.argmax())
        return None


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
    return [_chosen(_places(label, reach), room, used) for label in labels]


def beside_first(
    labels: Sequence[Wanted], room: Box, lines: Iterable[Box] | Floats, *, reach: float = 300.0
) -> list[Box | None]:
    """A box for each label beside its point and off some lines; those without room there may stand over lines.

    None stands over another label.

    >>> beside_first([Wanted(50, 50, 40, 14)], Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    [Box(left=58.0, top=43.0, right=98.0, bottom=57.0)]
    """
    found = beside(labels, room, Taken(lines), reach=reach)
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
    x, y = label.x + _AROUND[:, 0] * label.width / 2, label.y + _AROUND[:, 1] * label.height
    half, rise = label.width / 2, label.height / 2
    places = np.column_stack([x - half, y - rise, x + half, y + rise])
    return _chosen(places, room, taken, take=False)


def along(tracks: Iterable[Sequence[tuple[float, float]]], apart: float = 6.0) -> Floats:
    """Small boxes along lines, which keep labels off them: the left, top, right and bottom of each.

    >>> along([[(0.0, 0.0), (6.0, 0.0)]], 6.0).tolist()
    [[-1.0, -1.0, 1.0, 1.0], [5.0, -1.0, 7.0, 1.0]]
    """
    kept = [track for track in tracks if len(track)]
    if not kept:
        return np.empty((0, 4))
    points = np.array([point for track in kept for point in track], dtype=np.float64)
    begins = np.cumsum([0, *(len(track) for track in kept)])[:-1]
    onward = np.ones(len(points), dtype=bool)
    onward[begins] = False  # no piece leads from the line before to the first point of a line
    ends = np.flatnonzero(onward)
    run = points[ends] - points[ends - 1]
    pieces = np.clip(np.ceil(np.hypot(run[:, 0], run[:, 1]) / apart), 1, _MOST).astype(np.int64)
    whole = np.repeat(np.arange(len(ends)), pieces)
    number = np.arange(len(whole)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 1
    inner = points[ends - 1][whole] + run[whole] * number[:, None] / pieces[whole][:, None]
    at = np.concatenate([points[begins], inner])
    return np.hstack([at - 1.0, at + 1.0])


def _chosen(places: Floats, room: Box, used: Taken, *, take: bool = True) -> Box | None:
    """The first place within a room that nothing meets, which then is taken."""
    inside = (places[:, 0] >= room.left) & (places[:, 2] <= room.right)
    inside &= (places[:, 1] >= room.top) & (places[:, 3] <= room.bottom)
    places = places[inside]
    if (number := used.first(places)) is None:
        return None
    box = Box(*places[number].tolist())
    if take:
        used.add(box)
    return box


def _places(label: Wanted, reach: float) -> Floats:
    """Where a label may stand, the nearest to its point first."""
    out, rise, left = _ways(label.height, reach)
    top = label.y - label.height / 2 + rise
    begin = np.where(left, label.x - out - label.width, label.x + out)
    end = np.where(left, label.x - out, label.x + out + label.width)
    return np.column_stack([begin, top, end, top + label.height])


@cache
def _ways(height: float, reach: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """How far out and down from its point a label of a height may stand, and whether to the left, the nearest first."""
    step = height * 0.6
    out, rise, left = (each.ravel() for each in np.meshgrid(_OUT, _RISES, (False, True), indexing="ij"))
    away = out + np.abs(rise) * step
    order = np.lexsort((left, away))
    order = order[away[order] <= reach]
    return out[order], rise[order] * step, left[order]
