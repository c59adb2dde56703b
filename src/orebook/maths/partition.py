"""Partition: a run of stretches cut at their ends into parts of nearly one length."""

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import Ints, Places, places, still
from orebook.maths.compiled import compiled


def partition(
    starts: Ints, low: Places, high: Places, *, target: int, shortest: int, longest: int
) -> tuple[Ints, Ints]:
    """The first stretch of every part of every run, and the run of each part.

    Run ``k`` has the stretches ``starts[k]`` to ``starts[k + 1]``, end to end. Among all ways to cut it at their ends
    the one is found with the fewest parts outside ``shortest`` and ``longest``, then the least sum of ``(length -
    target)²``, then the fewest parts, then the shortest last part. A part above ``longest`` is one stretch that is so
    long by itself. Exact, by dynamic programming; the cost grows with the stretches times those that fit into
    ``longest``.

    >>> low = np.array([0, 15, 25, 30]); high = np.array([15, 25, 30, 40])
    >>> [array.tolist() for array in partition(np.array([0, 4]), low, high, target=20, shortest=10, longest=30)]
    [[0, 2], [0, 0]]
    """
    marks = _marks(still(starts, np.int64), places(low), places(high), target, shortest, longest)
    first = np.flatnonzero(marks)
    return first, np.searchsorted(starts, first, side="right") - 1


@compiled
def _marks(starts: Ints, low: Places, high: Places, target: int, shortest: int, longest: int) -> NDArray[np.bool_]:
    """Which stretches begin a part."""
    marks = np.zeros(len(low), dtype=np.bool_)
    for k in range(len(starts) - 1):
        begin, many = starts[k], starts[k + 1] - starts[k]
        bad, cost = np.zeros(many + 1, dtype=np.int64), np.zeros(many + 1, dtype=np.int64)
        parts, cut = np.zeros(many + 1, dtype=np.int64), np.zeros(many + 1, dtype=np.int64)
        for m in range(1, many + 1):
            end, found = np.int64(high[begin + m - 1]), False
            for i in range(m - 1, -1, -1):
                length = end - (low[begin] if i == 0 else high[begin + i - 1])
                if length > longest and i < m - 1:
                    break
                worse = bad[i] + (length < shortest or length > longest)
                far, number = cost[i] + (length - target) ** 2, parts[i] + 1
                if not found or (worse, far, number) < (bad[m], cost[m], parts[m]):
                    bad[m], cost[m], parts[m], cut[m], found = worse, far, number, i, True
        m = many
        while m > 0:
            m = cut[m]
            marks[begin + m] = True
    return marks
