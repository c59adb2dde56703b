"""Bin sums: what bins hold of the stretches under them, exactly, and which of them hold enough.

A value is constant along its stretch, so its sum over a bin is linear in the overlap of the two and nothing is
approximated. One pass over stretches and bins, many lines side by side, serves any number of variables.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import Bins, Codes, Floats, Ints, Number, Places, Small, places, still
from orebook.maths.compiled import bare, each, hands, side_by_side
from orebook.maths.overlaps import (
    Pairs,
    Sums,
    add_up,
    add_up_weighed,
    close_up,
    room_for_pairs,
    room_for_sums,
    stretches_met,
    walk,
)
from orebook.maths.touches import Touches, add_up_touching, equal_step, room_for_touches, touch

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
    chunks = np.linspace(0, lines, min(lines, hands()) + 1).astype(np.int64)
    found, columns = _room_for(many, len(kinds.values), asked)
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
    for each_kind in columns:
        _together(each_kind, bins.starts[chunks], counts)
    return _first(found, int(counts.sum()))


_KIND_TYPES = (np.float64, np.float64, np.bool_, np.int64)


def _room_for(many: int, variables: int, asked: int) -> tuple[Held, tuple[Floats, Small]]:
    """Room for what so many bins hold, and the same as rows of numbers: in few large pieces, which come quicker."""
    numbers = np.empty((2 + variables + 2 * asked, many))
    small = np.empty((2 + asked, many), dtype=np.int32)
    mean, share = numbers[2 : 2 + variables], numbers[2 + variables : 2 + variables + asked]
    length, line = numbers[2 + variables + asked :], small[0].view(np.uint32)
    state = np.empty((asked, many), dtype=np.uint8)
    return Held(numbers[0], numbers[1], line, small[1], mean, share, length, small[2:], state), (numbers, small)


@side_by_side
def _together(columns: NDArray[Number], begin: Ints, counts: Ints) -> None:
    """What the chunks kept, moved together; each kept its bins from its own beginning on."""
    for row in each(len(columns)):
        column, to = columns[row], np.int64(0)
        for chunk in range(len(counts)):
            start, count = begin[chunk], counts[chunk]
            for i in range(count if start != to else 0):
                column[to + i] = column[start + i]
            to += count


def _first(found: Held, many: int) -> Held:
    """The first bins of those for which there was room; where it is largely empty it is not kept."""
    spare = many < found.state.shape[1] // 2
    kept = [array[..., :many].copy() if spare else array[..., :many] for array in found[:-1]]
    return Held(*kept, found.state)  # type: ignore[arg-type,call-arg]


@side_by_side
def _hold(
    chunks: Ints, stretches: Stretches, kinds: Kinds, bins: Bins, telling: Telling, found: Held, counts: Ints
) -> None:
    for c in each(len(chunks) - 1):
        rows, most = _most(stretches.starts, chunks[c], chunks[c + 1]), _most(bins.starts, chunks[c], chunks[c + 1])
        touches, pairs, sums = (
            room_for_touches(rows),
            room_for_pairs(rows, most),
            room_for_sums(len(kinds.values), most + 1),
        )
        counts[c] = _chunk(chunks[c], chunks[c + 1], stretches, kinds, bins, telling, touches, pairs, sums, found)


@bare
def _most(starts: Ints, first: int, last: int) -> int:
    """The most that one of some lines has."""
    most = 0
    for k in range(first, last):
        most = max(most, starts[k + 1] - starts[k])
    return most


@bare
def _chunk(
    first: int,
    last: int,
    stretches: Stretches,
    kinds: Kinds,
    bins: Bins,
    telling: Telling,
    touches: Touches,
    pairs: Pairs,
    sums: Sums,
    found: Held,
) -> int:
    """Some lines one after another; gives the number of bins that are kept."""
    plain = len(stretches.rows) == 0
    for v in range(len(kinds.weighted)):
        plain = plain and not kinds.weighted[v]
    start = bins.starts[first]
    n = start
    for k in range(first, last):
        begin, end, turn = stretches.starts[k], stretches.starts[k + 1], bins.starts[k]
        while turn < bins.starts[k + 1]:
            stop = _end_to_end(bins.low, bins.high, turn, bins.starts[k + 1])
            begin = _reaching(stretches.high, begin, end, bins.low[turn])
            if not (plain and _sum_touching(begin, end, turn, stop, stretches, kinds, bins, touches, sums)):
                _sum(begin, end, turn, stop, stretches, kinds, bins, pairs, sums)
            _judge(turn, stop, bins, telling, sums, found.state)
            n = _tell(k, close_up(sums, stop - turn, len(found.share)), kinds, telling.scale, sums, found, n)
            turn = stop
    return int(n - start)


@bare
def _end_to_end(a: Places, b: Places, turn: int, stop: int) -> int:
    """The end of the bins from ``turn`` on of which each begins where the one before ends."""
    j = turn + 1
    while j < stop and a[j] == b[j - 1]:
        j += 1
    return j


@bare
def _reaching(high: Places, begin: int, end: int, place: int) -> int:
    """The first stretch from ``begin`` on that ends beyond a place."""
    if begin == end or high[begin] > place:
        return begin
    while begin < end:
        middle = (begin + end) // 2
        if high[middle] > place:
            end = middle
        else:
            begin = middle + 1
    return begin


@bare
def _sum_touching(
    begin: int,
    end: int,
    turn: int,
    stop: int,
    stretches: Stretches,
    kinds: Kinds,
    bins: Bins,
    touches: Touches,
    sums: Sums,
) -> bool:
    """What ``_sum`` finds, where bins are of one length and no stretch reaches into three of them; else false."""
    size = stop - turn
    a, b, low, high = bins.low[turn:stop], bins.high[turn:stop], sums.low[:size], sums.high[:size]
    met, covered, step = sums.met[: size + 1], sums.covered[: size + 1], equal_step(a, b)
    if step == 0 or not touch(stretches.low[begin:end], stretches.high[begin:end], a, b, step, touches, met, covered):
        return False
    for m in range(size):
        low[m], high[m] = a[m], b[m]
    for v in range(len(kinds.values)):
        told = (
            sums.total[v, : size + 1],
            sums.heavy[v, : size + 1],
            sums.long[v, : size + 1],
            sums.number[v, : size + 1],
        )
        add_up_touching(kinds.values[v, begin:end], kinds.caps[v], touches, met, covered, told)
    return True


@bare
def _sum(
    begin: int,
    end: int,
    turn: int,
    stop: int,
    stretches: Stretches,
    kinds: Kinds,
    bins: Bins,
    pairs: Pairs,
    sums: Sums,
) -> None:
    """What the bins from ``turn`` to ``stop`` hold of the stretches from ``begin`` to ``end``, for every variable."""
    size = stop - turn
    a, b, low, high = bins.low[turn:stop], bins.high[turn:stop], sums.low[:size], sums.high[:size]
    for m in range(size):
        low[m], high[m] = a[m], b[m]
    count = walk(stretches.low[begin:end], stretches.high[begin:end], a, b, pairs)
    rows = stretches.rows[begin:end] if len(stretches.rows) else stretches.rows
    stretches_met(pairs, count, rows, sums.met[:size], sums.covered[:size])
    for v in range(len(kinds.values)):
        x, cap = kinds.values[v, begin:end], kinds.caps[v]
        told = sums.total[v, :size], sums.heavy[v, :size], sums.long[v, :size], sums.number[v, :size]
        if kinds.weighted[v] or len(rows):
            weights = stretches.weights[begin:end] if kinds.weighted[v] else stretches.weights[:0]
            add_up_weighed(x, cap, weights, rows, pairs, count, told)
        else:
            add_up(x, cap, pairs, count, sums, told)


@bare
def _judge(turn: int, stop: int, bins: Bins, telling: Telling, sums: Sums, state: Codes) -> None:
    """Which variables have enough in the bins from ``turn`` to ``stop``, and which of these are kept."""
    size, millionths = stop - turn, np.float64(telling.millionths)
    keep, met, low, high, short = sums.keep[:size], sums.met, sums.low, sums.high, bins.short[turn:stop]
    for m in range(size):
        keep[m] = telling.every
    for v in range(len(state)):
        long, fine, said = sums.long[v, :size], sums.fine[v, :size], state[v, turn:stop]
        for m in range(size):
            share = np.float64(long[m]) * 1_000_000.0
            least = millionths * (np.float64(high[m]) - np.float64(low[m]))
            enough = (long[m] > 0) & (share >= least) & (short[m] == 0)
            said[m] = TOLD if enough else REFUSED if met[m] > 0 else EMPTY
            fine[m] = enough
            keep[m] |= enough


@bare
def _tell(k: int, size: int, kinds: Kinds, scale: float, sums: Sums, found: Held, n: int) -> int:
    """What ``size`` bins of line ``k`` hold, written from ``n`` on; gives the place after the last.

    Nothing but plain arithmetic down one array after another: a processor then does several at once.
    """
    stop = n + size
    a, b, low, high = sums.low[:size], sums.high[:size], found.low[n:stop], found.high[n:stop]
    for m in range(size):
        low[m], high[m] = a[m] / scale, b[m] / scale
    line, met, stretches = found.line[n:stop], sums.met[:size], found.stretches[n:stop]
    for m in range(size):
        line[m], stretches[m] = k, met[m]
    for v in range(len(found.share)):
        long, valued = sums.long[v, :size], sums.number[v, :size]
        length, share, number = found.length[v, n:stop], found.share[v, n:stop], found.number[v, n:stop]
        for m in range(size):
            length[m], number[m] = long[m] / scale, valued[m]
        for m in range(size):
            share[m] = long[m] / (np.float64(b[m]) - np.float64(a[m]))
    for v in range(len(sums.total)):
        total, heavy, mean, owner = sums.total[v, :size], sums.heavy[v, :size], found.mean[v, n:stop], kinds.owner[v]
        for m in range(size):
            mean[m] = total[m] / heavy[m]
        if owner >= 0:
            fine = sums.fine[owner, :size]
            for m in range(size):
                mean[m] = mean[m] if fine[m] else np.nan
    return stop
