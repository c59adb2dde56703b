"""Stretches: whole places from low to high, both included, of which some lie in others, taken apart.

A stretch that shorter ones fill says nothing new; one that they fill but for a single gap says what lies in the gap.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


class Piece(NamedTuple):
    """A stretch that shares no place with another piece, and where it came from.

    ``whole`` is the stretch that it is, or is the rest of; ``parts`` are the pieces, by their number, that were taken
    from that.
    """

    low: int
    high: int
    whole: int
    parts: tuple[int, ...]


class TakenApart(NamedTuple):
    """Pieces without a shared place; stretches that pieces fill, with those; stretches that cut across some."""

    pieces: tuple[Piece, ...]
    filled: tuple[tuple[int, tuple[int, ...]], ...]
    crossing: tuple[int, ...]


def share_places(low: Places, high: Places) -> bool:
    """Whether any two stretches share a place.

    >>> share_places(np.array([1, 5]), np.array([4, 9])), share_places(np.array([1, 4]), np.array([4, 9]))
    (False, True)
    """
    order = np.lexsort((high, low))
    return bool(np.any(low[order][1:] <= np.maximum.accumulate(high[order])[:-1]))


def take_apart(low: Sequence[int], high: Sequence[int]) -> TakenApart:
    """Pieces that share no place, from stretches of which some lie in others; the shortest come first.

    The answer does not depend on the order of the stretches, but for the numbers by which it calls them.

    >>> found = take_apart([1, 1, 4], [9, 6, 6])  # nine places, the first six, and the fourth to the sixth
    >>> [(piece.low, piece.high, piece.whole, piece.parts) for piece in found.pieces]
    [(4, 6, 2, ()), (1, 3, 1, (0,)), (7, 9, 0, (1, 0))]
    """
    pieces: list[Piece] = []
    filled: list[tuple[int, tuple[int, ...]]] = []
    crossing: list[int] = []
    laid: list[tuple[int, int, int]] = []  # low, high and number of each piece, in order
    for at in sorted(range(len(low)), key=lambda at: (high[at] - low[at], low[at])):
        start, end = low[at], high[at]
        first = bisect_left(laid, (start, start - 1, -1))
        if first and laid[first - 1][1] >= start:
            crossing.append(at)
            continue
        last = bisect_left(laid, (end + 1, start, -1))
        inside = laid[first:last]
        if inside and inside[-1][1] > end:
            crossing.append(at)
            continue
        gaps = _gaps(start, end, inside)
        parts = tuple(number for _, _, number in inside)
        if not gaps:
            filled.append((at, parts))
        elif len(gaps) > 1:
            crossing.append(at)
        else:
            laid.insert(bisect_left(laid, (*gaps[0], 0)), (*gaps[0], len(pieces)))
            pieces.append(Piece(*gaps[0], at, parts))
    return TakenApart(tuple(pieces), tuple(filled), tuple(crossing))


def _gaps(start: int, end: int, inside: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The stretches from start to end that nothing inside covers."""
    found, free = [], start
    for low, high, _ in inside:
        if low > free:
            found.append((free, low - 1))
        free = high + 1
    return [*found, (free, end)] if free <= end else found
