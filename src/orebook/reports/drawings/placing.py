"""Placing: where labels stand so that none lies over another, as near to what they name as may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST = 400
"""So many boxes keep labels off one piece of a line."""

_NEAR = (0, -1, 1, -2, 2)
"""Steps across and down from where a label over its point would stand."""

_OUT = (8.0, 34.0, 70.0, 120.0, 180.0)
_RISES = (0, -1, 1, -2, 2, -3, 3, -5, 5, -8, 8, -12, 12)
"""How far out from its point a label may stand, in pixels, and how many steps up or down."""


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
        return bool(self.free(np.array([[box.left, box.right]]), np.array([[box.top, box.bottom]])).item())

    def free(self, across: Floats, down: Floats) -> NDArray[np.bool_]:
        """For each stretch across and each stretch down whether nothing meets the box that both make.

        >>> Taken([Box(0, 0, 10, 10)]).free(np.array([[5, 15], [10, 20]]), np.array([[5, 15]])).tolist()
        [[False], [True]]
        """
        left, top, right, bottom = held = self._held[:, : self._many]
        near = (left < across.max()) & (across.min() < right) & (top < down.max()) & (down.min() < bottom)
        left, top, right, bottom = held[:, near]
        beside = (across[:, :1] < right) & (left < across[:, 1:])
        level = (down[:, :1] < bottom) & (top < down[:, 1:])
        met = beside.astype(np.float32) @ level.astype(np.float32).T  # counts what meets each of both
        return np.asarray(met == 0)


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
    return [_taken(*_beside(label), _nearest(label.height, reach), room, used) for label in labels]


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
    half, rise = label.width / 2, label.height / 2
    across = np.array([[x - half, x + half] for x in (label.x + each * half for each in _NEAR)])
    down = np.array([[y - rise, y + rise] for y in (label.y + each * label.height for each in _NEAR)])
    return _first(across, down, np.arange(len(_NEAR) ** 2).reshape(len(_NEAR), -1).T.ravel(), room, taken)


def along(tracks: Iterable[Sequence[tuple[float, float]] | Floats], apart: float = 6.0) -> Floats:
    """Small boxes along lines, which keep labels off them: the left, top, right and bottom of each.

    >>> along([[(0.0, 0.0), (6.0, 0.0)]], 6.0).tolist()
    [[-1.0, -1.0, 1.0, 1.0], [5.0, -1.0, 7.0, 1.0]]
    """
    kept = [track for track in tracks if len(track)]
    if not kept:
        return np.empty((0, 4))
    points = np.concatenate([np.asarray(track, dtype=np.float64) for track in kept])
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


def _taken(across: Floats, down: Floats, order: NDArray[np.int64], room: Box, used: Taken) -> Box | None:
    """The first place that nothing meets, which then is taken."""
    box = _first(across, down, order, room, used)
    if box is not None:
        used.add(box)
    return box


def _first(across: Floats, down: Floats, order: NDArray[np.int64], room: Box, used: Taken) -> Box | None:
    """The first place within a room that nothing meets: ``order`` are numbers of a stretch across with one down."""
    wide = (across[:, 0] >= room.left) & (across[:, 1] <= room.right)
    high = (down[:, 0] >= room.top) & (down[:, 1] <= room.bottom)
    possible = (used.free(across, down) & wide[:, None] & high)[order // len(down), order % len(down)]
    if not possible.any():
        return None
    one, other = divmod(int(order[possible.argmax()]), len(down))
    (left, right), (top, bottom) = across[one].tolist(), down[other].tolist()
    return Box(left, top, right, bottom)


def _beside(label: Wanted) -> tuple[Floats, Floats]:
    """The stretches across to the right and left of a point where a label may stand, and those up and down."""
    step, top = label.height * 0.6, label.y - label.height / 2
    right = [[label.x + out, label.x + out + label.width] for out in _OUT]
    left = [[label.x - out - label.width, label.x - out] for out in _OUT]
    down = [[top + rise * step, top + rise * step + label.height] for rise in _RISES]
    return np.array([*right, *left]), np.array(down)


@cache
def _nearest(height: float, reach: float) -> NDArray[np.int64]:
    """The places beside a point, the nearest to it first, right before left."""
    out, rise, left = (each.ravel() for each in np.meshgrid(_OUT, _RISES, (0, 1), indexing="ij"))
    away = out + np.abs(rise) * height * 0.6
    order = np.lexsort((left, away))
    across, down = (np.arange(count) for count in (len(_OUT), len(_RISES)))
    at, which, side = (each.ravel() for each in np.meshgrid(across, down, (0, 1), indexing="ij"))
    numbers = (at + side * len(_OUT)) * len(_RISES) + which
    return np.asarray(numbers[order[away[order] <= reach]])
