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

NEVER = 2**62
"""More than any place."""

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


class Telling(NamedTuple):
    """What is told: the least share in millionths, whether of every bin, and by what places are divided."""

    millionths: int
    every: bool
    scale: float


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
    if len(kinds.owner) and int(kinds.owner.max()) >= asked:
        raise ValueError(f"a variable is owned by number {int(kinds.owner.max())}, and {asked} decide; ask for more")
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
    _hold(chunks, given, wanted, edges, Telling(round(least * 1_000_000), every, scale), found, counts)
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
    return Held(*kept, found.state)  # type: ignore[arg-type,call-arg]


@side_by_side
def _hold(
    chunks: Ints, stretches: Stretches, kinds: Kinds, bins: Bins, telling: Telling, found: Held, counts: Ints
) -> None:
    for c in each(len(chunks) - 1):
        counts[c] = _chunk(chunks[c], chunks[c + 1], stretches, kinds, bins, telling, found)


@compiled
def _chunk(first: int, last: int, stretches: Stretches, kinds: Kinds, bins: Bins, telling: Telling, found: Held) -> int:
    """Some lines one after another; gives the number of bins that are kept."""
    start = bins.starts[first]
    n = start
    for k in range(first, last):
        begin, end, turn = stretches.starts[k], stretches.starts[k + 1], bins.starts[k]
        while turn < bins.starts[k + 1]:
            stop = _disjoint(bins.low, bins.high, turn, bins.starts[k + 1])
            while begin < end and stretches.high[begin] <= bins.low[turn]:
                begin += 1
            shape = len(kinds.values), stop - turn
            total, heavy, long = np.empty(shape), np.empty(shape), np.empty(shape, dtype=np.int64)
            number, met = np.empty(shape, dtype=np.int32), np.empty(stop - turn, dtype=np.int32)
            rows = stretches.rows[begin:end] if len(stretches.rows) else stretches.rows
            places, edges = (
                (stretches.low[begin:end], stretches.high[begin:end]),
                (bins.low[turn:stop], bins.high[turn:stop]),
            )
            for v in range(len(total)):
                weights = stretches.weights[begin:end] if kinds.weighted[v] else stretches.weights[:0]
                told = total[v], heavy[v], long[v], number[v], met
                _sum(kinds.values[v, begin:end], kinds.caps[v], weights, rows, places, edges, told)
            n = _tell(k, turn, kinds.owner, bins, telling, (total, heavy, long, number, met), found, n)
            turn = stop
    return int(n - start)


@compiled
def _tell(
    k: int,
    turn: int,
    owner: Ints,
    bins: Bins,
    telling: Telling,
    sums: tuple[NDArray[np.float64], NDArray[np.float64], Ints, Small, Small],
    found: Held,
    n: int,
) -> int:
    """What the bins from ``turn`` on hold, those that are kept from ``n`` on; gives the place after the last."""
    total, heavy, long, number, met = sums
    asked = len(found.share)
    for m in range(len(met)):
        j = turn + m
        width = np.int64(bins.high[j]) - bins.low[j]
        least = telling.millionths * width if bins.short[j] == 0 else NEVER
        some = telling.every
        for v in range(asked):
            fine = long[v, m] > 0 and long[v, m] * 1_000_000 >= least
            found.state[v, j] = TOLD if fine else REFUSED if met[m] > 0 else EMPTY
            some |= fine
        if not some:
            continue
        found.low[n], found.high[n] = bins.low[j] / telling.scale, bins.high[j] / telling.scale
        found.line[n], found.stretches[n] = k, met[m]
        for v in range(asked):
            found.length[v, n], found.share[v, n] = long[v, m] / telling.scale, long[v, m] / width
            found.number[v, n] = number[v, m]
        for v in range(len(total)):
            mine = owner[v] < 0 or found.state[owner[v], j] == TOLD
            found.mean[v, n] = total[v, m] / heavy[v, m] if mine else np.nan
        n += 1
    return n


@compiled
def _disjoint(a: Places, b: Places, turn: int, stop: int) -> int:
    """The end of the bins from ``turn`` on that do not overlap."""
    j = turn + 1
    while j < stop and a[j] >= b[j - 1]:
        j += 1
    return j


@compiled
def _sum(
    x: Floats,
    cap: float,
    weights: Floats,
    rows: Ints,
    places: tuple[Places, Places],
    edges: tuple[Places, Places],
    told: tuple[Floats, Floats, Ints, Small, Small],
) -> None:
    """Down the stretches of a line and some disjoint bins, of which each is told when its end is passed."""
    (low, high), (a, b), (total, heavy, long, number, met) = places, edges, told
    j, value_sum, weight_sum, length, valued, all_met = 0, 0.0, 0.0, np.int64(0), 0, 0
    seen, seen_valued = np.int64(-1), np.int64(-1)
    for i in range(len(low) + 1):
        last = i == len(low)
        begin, end = (NEVER, NEVER) if last else (np.int64(low[i]), np.int64(high[i]))
        value, weight = (np.nan, 1.0) if last else (x[i], weights[i] if len(weights) else 1.0)
        row = np.int64(i) if last or len(rows) == 0 else rows[i]
        there = abs(value) < np.inf and weight == weight
        weight = weight if there else 0.0
        value = min(value, cap) * weight if there else 0.0
        while j < len(a):
            overlap = min(end, np.int64(b[j])) - max(begin, np.int64(a[j]))
            if overlap > 0:
                value_sum += value * overlap
                weight_sum += weight * overlap
                all_met += row != seen
                seen = row
                if there:
                    length += overlap
                    valued += row != seen_valued
                    seen_valued = row
            if end < b[j]:
                break
            total[j], heavy[j], long[j], number[j], met[j] = value_sum, weight_sum, length, valued, all_met
            value_sum, weight_sum, length, valued, all_met = 0.0, 0.0, np.int64(0), 0, 0
            seen, seen_valued = np.int64(-1), np.int64(-1)
            j += 1
