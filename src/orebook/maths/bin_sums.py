"""Bin sums: what bins hold of the stretches under them, exactly, and which of them hold enough.

A value is constant along its stretch, so its sum over a bin is linear in the overlap of the two and nothing is
approximated. One pass over stretches and bins, many lines side by side, serves any number of variables.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import Bins, Codes, Floats, Ints, Places, Small, places, still
from orebook.maths.compiled import compiled, each, side_by_side

CHUNKS = 32
"""In how many parts lines are shared out among the processors."""

TOLD, REFUSED, EMPTY = range(3)
"""What became of a variable in a bin."""

NO_OWNER = -1
"""The owner of a variable whose mean is told wherever a bin is kept."""


class Stretches(NamedTuple):
    """Stretches laid on lines: line ``k`` has the rows ``starts[k]`` to ``starts[k + 1]``.

    ``rows`` name the stretch that each row is a part of, where stretches were cut, else nothing. ``weights`` multiply
    the length, none is one everywhere; a row whose weight is not a number counts as without value.
    """

    starts: Ints
    low: Places
    high: Places
    rows: Ints
    weights: Floats


class Kinds(NamedTuple):
    """Variables: a row of ``values`` for each, first those that decide whether a bin holds enough.

    A value above its cap counts as the cap, one that is no finite number is missing. ``weighted`` says whether weights
    count for a variable, or the bare length. The mean of a variable is told where that of its ``owner`` is.
    """

    values: Floats
    caps: Floats
    weighted: NDArray[np.bool_]
    owner: Ints


class Held(NamedTuple):
    """What bins hold, for those that are kept, line after line.

    Both ends and the line of each bin, how many stretches it meets, and for each variable the mean; for those that
    decide, the share of the bin that has values, its length, and the number of stretches with a value. ``state`` says
    of every bin, kept or not, and of each of these ``TOLD``, ``REFUSED`` or, where there is no stretch, ``EMPTY``.
    """

    low: Floats
    high: Floats
    line: NDArray[np.uint32]
    stretches: Small
    mean: Floats
    share: Floats
    length: Floats
    number: Small
    state: Codes


def held(
    stretches: Stretches, kinds: Kinds, bins: Bins, *, asked: int, least: float, every: bool, scale: float
) -> Held:
    """The bins in which one of the first ``asked`` variables has values over at least that share of it, or every bin.

    Shares are decided in whole millionths; a bin that is marked as short is never accepted, nor is one without any
    value. Places and lengths are divided by ``scale``. Bins of a line are sorted by their lower end and may overlap.

    >>> from orebook.maths.bins import plain_bins
    >>> no, lines = np.empty(0), np.array([0, 2])
    >>> stretches = Stretches(lines, np.array([0, 5]), np.array([5, 20]), no, no)
    >>> gold = Kinds(np.array([[10.0, 0.0]]), np.array([np.inf]), np.array([False]), np.array([0]))
    >>> bins = plain_bins(np.array([0, 1]), np.array([0]), np.array([20]), np.array([1]))
    >>> held(stretches, gold, bins, asked=1, least=0.5, every=False, scale=10.0).mean.tolist()
    [[2.5]]
    """
    many, lines = len(bins.low), len(stretches.starts) - 1
    chunks = np.linspace(0, lines, min(lines, CHUNKS) + 1).astype(np.int64)
    found = Held(
        np.empty(many),
        np.empty(many),
        np.empty(many, dtype=np.uint32),
        np.empty(many, dtype=np.int32),
        np.empty((len(kinds.values), many)),
        np.empty((asked, many)),
        np.empty((asked, many)),
        np.empty((asked, many), dtype=np.int32),
        np.empty((asked, many), dtype=np.uint8),
    )
    counts = np.zeros(len(chunks) - 1, dtype=np.int64)
    given = Stretches(
        still(stretches.starts, np.int64),
        places(stretches.low),
        places(stretches.high),
        still(stretches.rows, np.int64),
        still(stretches.weights, np.float64),
    )
    wanted = Kinds(*(still(array, dtype) for array, dtype in zip(kinds, _KIND_TYPES, strict=True)))
    edges = Bins(still(bins.starts, np.int64), places(bins.low), places(bins.high), bins.many, still(bins.short))
    _hold(chunks, given, wanted, edges, round(least * 1_000_000), every, scale, found, counts)
    return _together(found, bins.starts[chunks], counts)


_KIND_TYPES = (np.float64, np.float64, np.bool_, np.int64)


def _together(found: Held, begin: Ints, counts: Ints) -> Held:
    """What the chunks kept, moved together; each kept its bins from its own beginning on."""
    many = int(counts.sum())
    for array in found[:-1]:
        to = 0
        for start, count in zip(begin.tolist(), counts.tolist(), strict=False):
            if to != start and count:
                array[..., to : to + count] = array[..., start : start + count]
            to += count
    spare = many < found.state.shape[1] // 2
    kept = [array[..., :many].copy() if spare else array[..., :many] for array in found[:-1]]
    return Held(*kept, found.state)  # type: ignore[arg-type]


@side_by_side
def _hold(
    chunks: Ints,
    stretches: Stretches,
    kinds: Kinds,
    bins: Bins,
    millionths: int,
    every: bool,
    scale: float,
    found: Held,
    counts: Ints,
) -> None:
    for c in each(len(chunks) - 1):
        many = len(kinds.values)
        sums, lengths = np.zeros((2, many)), np.zeros((3, many), dtype=np.int64)
        lengths[2] = -1
        start = bins.starts[chunks[c]]
        n = start
        for k in range(chunks[c], chunks[c + 1]):
            begin, end, turn = stretches.starts[k], stretches.starts[k + 1], bins.starts[k]
            while turn < bins.starts[k + 1]:
                stop = _disjoint(bins, turn, bins.starts[k + 1])
                while begin < end and stretches.high[begin] <= bins.low[turn]:
                    begin += 1
                before = n
                n = _walk(
                    stretches, kinds, bins, begin, end, turn, stop, millionths, every, scale, found, n, sums, lengths
                )
                found.line[before:n] = k
                turn = stop
        counts[c] = n - start


@compiled
def _disjoint(bins: Bins, turn: int, stop: int) -> int:
    """The end of the bins from ``turn`` on that do not overlap."""
    j = turn + 1
    while j < stop and bins.low[j] >= bins.high[j - 1]:
        j += 1
    return j


@compiled
def _walk(
    stretches: Stretches,
    kinds: Kinds,
    bins: Bins,
    begin: int,
    end: int,
    turn: int,
    stop: int,
    millionths: int,
    every: bool,
    scale: float,
    found: Held,
    n: int,
    sums: Floats,
    lengths: Ints,
) -> int:
    """Down the stretches, telling each of some disjoint bins when its end is passed; gives the number of kept bins."""
    j, met, before, never = turn, 0, np.int64(-1), np.int64(2**62)
    for i in range(begin, end + 1):
        low = np.int64(stretches.low[i]) if i < end else never
        high = np.int64(stretches.high[i]) if i < end else never
        while j < stop:
            if low < bins.high[j] and high > bins.low[j]:
                row = stretches.rows[i] if len(stretches.rows) else np.int64(i)
                met += row != before
                before = row
                overlap = min(high, bins.high[j]) - max(low, bins.low[j])
                _add(stretches, kinds, i, row, overlap, sums, lengths)
            if high < bins.high[j]:
                break
            n = _tell(kinds.owner, bins, j, met, millionths, every, scale, found, n, sums, lengths)
            j, met, before = j + 1, 0, np.int64(-1)
    return n


@compiled
def _add(stretches: Stretches, kinds: Kinds, i: int, row: int, overlap: int, sums: Floats, lengths: Ints) -> None:
    """A piece of a stretch, added to the sums of value times weight and of weights, to lengths and numbers."""
    for v in range(len(kinds.values)):
        value = kinds.values[v, i]
        weight = stretches.weights[i] * overlap if kinds.weighted[v] else float(overlap)
        if abs(value) < np.inf and weight == weight:
            sums[0, v] += min(value, kinds.caps[v]) * weight
            sums[1, v] += weight
            lengths[0, v] += overlap
            lengths[1, v] += row != lengths[2, v]
            lengths[2, v] = row


@compiled
def _tell(
    owner: Ints,
    bins: Bins,
    j: int,
    met: int,
    millionths: int,
    every: bool,
    scale: float,
    found: Held,
    n: int,
    sums: Floats,
    lengths: Ints,
) -> int:
    """What one bin holds, if it is kept; the sums begin anew."""
    if met == 0:
        found.state[:, j] = EMPTY
        if not every:
            return n
    width, some = np.int64(bins.high[j]) - bins.low[j], False
    for v in range(len(found.share)):
        fine = lengths[0, v] > 0 and bins.short[j] == 0 and lengths[0, v] * 1_000_000 >= millionths * width
        if met > 0:
            found.state[v, j] = TOLD if fine else REFUSED
        some |= fine
    if some or every:
        found.low[n], found.high[n], found.stretches[n] = bins.low[j] / scale, bins.high[j] / scale, met
        for v in range(len(sums[0])):
            own = owner[v]
            told = sums[1, v] > 0.0 and (own < 0 or found.state[own, j] == TOLD)
            found.mean[v, n] = sums[0, v] / sums[1, v] if told else np.nan
        for v in range(len(found.share)):
            found.share[v, n], found.length[v, n] = lengths[0, v] / width, lengths[0, v] / scale
            found.number[v, n] = lengths[1, v]
        n += 1
    sums[:] = 0.0
    lengths[:2], lengths[2] = 0, -1
    return n
