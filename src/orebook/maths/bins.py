"""Bins: stretches laid end to end on many lines, cut into bins, with what each bin holds.

A **line** is one of many axes that are worked on side by side; its stretches are the rows ``starts[k]`` to ``starts[k +
1]`` of flat arrays. Places are whole numbers, so that every length and every comparison is exact. A value is constant
along its stretch, so its sum over a bin is linear in the overlap of the two and nothing is approximated.
"""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from orebook.maths.compiled import compiled, each, side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Rows = NDArray[np.uint32]
Codes = NDArray[np.uint8]

Number = TypeVar("Number", bound=np.generic)

USED, NOT_A_NUMBER, NO_LENGTH, BACKWARDS, REPEATED, OVERLAPPING = range(6)
"""What becomes of a stretch when a line is laid."""

IN_ORDER, TIED, OUT_OF_ORDER = range(3)
"""How the stretches of a line stand."""

KEEP, FULL, DISCARD, ADD_TO_PREVIOUS, DISTRIBUTE = range(5)
"""What becomes of the piece that is left at the end of a run of equal bins."""

MOST = 1e12
"""Places beyond this are no numbers that anybody means."""


class Bins(NamedTuple):
    """Bins line after line: where each line begins, both ends of each bin, its run, and whether it is a short last."""

    starts: Ints
    low: Ints
    high: Ints
    run: Ints
    short: Codes


class Sums(NamedTuple):
    """What bins hold: for each variable and bin the mean, the weight, the length and number of stretches with a value.

    ``stretches`` counts those with or without a value. Where there is no value the mean is not a number.
    """

    mean: Floats
    weight: Floats
    length: Ints
    number: Small
    stretches: Small


def _still(array: NDArray[Number]) -> NDArray[Number]:
    """The same numbers, not to be written: whoever owns them, one kernel serves all."""
    seen = np.ascontiguousarray(array).view()
    seen.flags.writeable = False
    return seen


def laid(
    starts: Ints, low: Floats, high: Floats, *, scale: float, touch: int
) -> tuple[Ints, Ints, Codes, NDArray[np.uint8]]:
    """Stretches as whole numbers (places times ``scale``), each place of a line covered once.

    Rows are sorted by line and lower end. One that begins more than ``touch`` before the end of its predecessor
    overlaps it and is not used; one that begins within ``touch`` before begins where the predecessor ends. The third
    array says for each row ``USED`` or why not. The last says for each line whether its rows are ``IN_ORDER``, whether
    some have the same ends (``TIED``), or whether the line has to be sorted first (``OUT_OF_ORDER``).

    >>> low, high = np.array([0.0, 1.0, 1.5]), np.array([1.0, 2.0, 3.0])
    >>> [array.tolist() for array in laid(np.array([0, 3]), low, high, scale=10, touch=0)]
    [[0, 10, 0], [10, 20, 0], [0, 0, 5], [0]]
    """
    return _laid(_still(starts), _still(low), _still(high), float(scale), int(touch))


@side_by_side
def _laid(
    starts: Ints, low: Floats, high: Floats, scale: float, touch: int
) -> tuple[Ints, Ints, Codes, NDArray[np.uint8]]:
    a, b = np.empty(len(low), dtype=np.int64), np.empty(len(low), dtype=np.int64)
    code, order = np.zeros(len(low), dtype=np.uint8), np.zeros(len(starts) - 1, dtype=np.uint8)
    for k in each(len(starts) - 1):
        before, end, last = np.int64(-(2**62)), np.int64(-(2**62)), -1
        for i in range(starts[k], starts[k + 1]):
            a[i], b[i] = 0, 0
            if not (abs(low[i]) < MOST and abs(high[i]) < MOST):
                code[i] = NOT_A_NUMBER
                continue
            if last >= 0 and low[i] <= low[last]:
                same = low[i] == low[last]
                tied = same and high[i] == high[last]
                order[k] = max(order[k], TIED if tied else IN_ORDER if same and high[i] > high[last] else OUT_OF_ORDER)
            last = i
            p, q = np.int64(np.rint(low[i] * scale)), np.int64(np.rint(high[i] * scale))
            if q <= p:
                code[i] = NO_LENGTH if q == p else BACKWARDS
            elif p == before and q == end:
                code[i] = REPEATED
            elif p < end - touch or q <= end:
                code[i] = OVERLAPPING
            else:
                before = p
                a[i], b[i] = max(p, end), q
                end = q
    return a, b, code, order


def equal_bins(
    run_starts: Ints, low: Ints, high: Ints, anchor: Ints, *, length: int, tail: int, most: int = 200_000_000
) -> Bins:
    """Bins of one length over the runs of many lines, counted from the anchor of each run and cut at its ends.

    ``tail`` says what becomes of a last piece that is shorter than ``length``: it stays (``KEEP``), is made as long as
    the others (``FULL``), is marked as short (``DISCARD``), lengthens its predecessor (``ADD_TO_PREVIOUS``), or the run
    is cut into equal bins of at least ``length`` (``DISTRIBUTE``, which counts from the run's own lower end). Raises
    ``ValueError`` for more than ``most`` bins.

    >>> run = np.array([0, 1]), np.array([0]), np.array([70]), np.array([0])
    >>> equal_bins(*run, length=20, tail=KEEP).high.tolist(), equal_bins(*run, length=20, tail=DISTRIBUTE).high.tolist()
    ([20, 40, 60, 70], [23, 46, 70])
    """
    low, high, anchor = _still(low), _still(high), _still(anchor)
    counts = _counts(low, high, anchor, int(length), int(tail))
    total = int(counts.sum())
    if total > most:
        raise ValueError(f"bins of length {length} would be {total:,}, more than {most:,}; choose a greater length")
    at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    a, b, short = _filled(low, high, anchor, _still(at), int(length), int(tail))
    return Bins(at[run_starts], a, b, np.repeat(np.arange(len(low)), counts), short)


@compiled
def _counts(low: Ints, high: Ints, anchor: Ints, length: int, tail: int) -> Ints:
    counts = np.zeros(len(low), dtype=np.int64)
    for r in range(len(low)):
        if high[r] <= low[r]:
            continue
        if tail == DISTRIBUTE:
            counts[r] = max(1, (high[r] - low[r]) // length)
            continue
        last = -((anchor[r] - high[r]) // length)
        counts[r] = last - (low[r] - anchor[r]) // length
        if tail == ADD_TO_PREVIOUS and counts[r] > 1 and anchor[r] + last * length > high[r]:
            counts[r] -= 1
    return counts


@side_by_side
def _filled(low: Ints, high: Ints, anchor: Ints, at: Ints, length: int, tail: int) -> tuple[Ints, Ints, Codes]:
    a = np.empty(at[-1], dtype=np.int64)
    b = np.empty(at[-1], dtype=np.int64)
    short = np.zeros(at[-1], dtype=np.uint8)
    for r in each(len(low)):
        n = at[r + 1] - at[r]
        if tail == DISTRIBUTE:
            for i in range(n):
                a[at[r] + i] = low[r] + (high[r] - low[r]) * i // n
                b[at[r] + i] = low[r] + (high[r] - low[r]) * (i + 1) // n
        elif n:
            grid = anchor[r] + (low[r] - anchor[r]) // length * length
            for i in range(n):
                a[at[r] + i] = max(low[r], grid + i * length)
                b[at[r] + i] = min(high[r], grid + (i + 1) * length)
            last = at[r + 1] - 1
            if grid + n * length > high[r]:
                short[last] = tail == DISCARD
                b[last] = grid + n * length if tail == FULL else high[r]
            elif tail == ADD_TO_PREVIOUS:
                b[last] = high[r]
    return a, b, short


def sums(
    starts: Ints, low: Ints, high: Ints, values: Floats, bins: Bins, *, weights: Floats, caps: Floats, rows: Ints
) -> Sums:
    """What each bin holds of each variable (``values``: one row for each), exactly by overlap.

    A value that is not a finite number adds neither to the mean nor to the weight. ``weights`` multiply the overlap; an
    empty array is one everywhere, and a stretch whose weight is not a number counts as without value. A value above its
    ``caps`` counts as the cap. ``rows`` name the stretch that each row is a part of, where stretches were cut; empty if
    not. Bins of a line are sorted by their lower end and may overlap.

    >>> bins = Bins(np.array([0, 1]), np.array([0]), np.array([20]), np.array([0]), np.zeros(1, dtype=np.uint8))
    >>> stretches = np.array([0, 2]), np.array([0, 5]), np.array([5, 20]), np.array([[10.0, 0.0]])
    >>> no = np.empty(0)
    >>> sums(*stretches, bins, weights=no, caps=np.array([np.inf]), rows=no.astype(np.int64)).mean.tolist()
    [[2.5]]
    """
    places = _still(starts), _still(low), _still(high)
    edges = _still(bins.starts), _still(bins.low), _still(bins.high)
    return Sums(*_sums(*places, _still(values), _still(weights), _still(caps), _still(rows), *edges))


@side_by_side
def _sums(
    starts: Ints,
    low: Ints,
    high: Ints,
    values: Floats,
    weights: Floats,
    caps: Floats,
    rows: Ints,
    bin_starts: Ints,
    a: Ints,
    b: Ints,
) -> tuple[Floats, Floats, Ints, Small, Small]:
    bins, kinds = len(a), len(values)
    mean, length = np.empty((kinds, bins)), np.empty((kinds, bins), dtype=np.int64)
    weight = np.empty((kinds, bins if len(weights) else 0))
    count, stretches = np.empty((kinds, bins), dtype=np.int32), np.empty(bins, dtype=np.int32)
    for k in each(len(starts) - 1):
        begin, turn = starts[k], bin_starts[k]
        while turn < bin_starts[k + 1]:
            stop = _disjoint(a, b, turn, bin_starts[k + 1])
            while begin < starts[k + 1] and high[begin] <= a[turn]:
                begin += 1
            row, overlap, at = _pieces(low, high, begin, starts[k + 1], a, b, turn, stop)
            heavy = _weighed(overlap[: at[-1]], weights, row)
            _different(row, at, rows, stretches[turn:stop])
            for v in range(kinds):
                number = count[v, turn:stop]
                _add(values[v], caps[v], row, overlap, heavy, at, mean[v, turn:stop], length[v, turn:stop], number)
                if len(weights):
                    _weight(values[v], row, heavy, at, weight[v, turn:stop])
                if len(rows):
                    _different_with_value(values[v], heavy, row, at, rows, number)
            turn = stop
    return mean, weight, length, count, stretches


@compiled
def _disjoint(a: Ints, b: Ints, turn: int, stop: int) -> int:
    """The end of the bins from ``turn`` on that do not overlap."""
    j = turn + 1
    while j < stop and a[j] >= b[j - 1]:
        j += 1
    return j


@compiled
def _pieces(
    low: Ints, high: Ints, begin: int, end: int, a: Ints, b: Ints, turn: int, stop: int
) -> tuple[Rows, Floats, Rows]:
    """The pieces in which stretches and disjoint bins cut each other: row and overlap; bin ``j`` ends at ``at[j + 1]``.

    Without a branch for which of the two ends first, since a processor cannot guess it.
    """
    most = end - begin + stop - turn + 1
    row, overlap = np.empty(most, np.uint32), np.empty(most, np.float64)
    at = np.zeros(stop - turn + 1, np.uint32)
    n, i, j = 0, begin, turn
    while i < end and j < stop:
        size = min(high[i], b[j]) - max(low[i], a[j])
        row[n], overlap[n] = i, size
        n += size > 0
        done = high[i] <= b[j]
        at[j - turn + 1] = n
        i += done
        j += 1 - done
    at[j - turn + 1 :] = n
    return row, overlap, at


@compiled
def _weighed(overlap: Floats, weights: Floats, row: Rows) -> Floats:
    """The weight of each piece."""
    if len(weights) == 0:
        return overlap
    heavy = np.empty(len(overlap))
    for n in range(len(overlap)):
        heavy[n] = overlap[n] * weights[row[n]]
    return heavy


@compiled
def _add(
    x: Floats,
    cap: float,
    row: Rows,
    overlap: Floats,
    heavy: Floats,
    at: Rows,
    mean: Floats,
    long: Ints,
    number: Small,
) -> None:
    """The mean of each bin, the length and number of its pieces that have a value and a weight."""
    for j in range(len(mean)):
        total, weight, length, pieces = 0.0, 0.0, 0.0, 0
        for n in range(at[j], at[j + 1]):
            value = x[row[n]]
            there = abs(value) < np.inf and heavy[n] == heavy[n]
            value = min(value, cap)
            total += value * heavy[n] if there else 0.0
            weight += heavy[n] if there else 0.0
            length += overlap[n] if there else 0.0
            pieces += there
        mean[j], long[j], number[j] = total / weight, np.int64(length), pieces


@compiled
def _weight(x: Floats, row: Rows, heavy: Floats, at: Rows, weight: Floats) -> None:
    """The weight of each bin."""
    for j in range(len(weight)):
        total = 0.0
        for n in range(at[j], at[j + 1]):
            total += heavy[n] if abs(x[row[n]]) < np.inf and heavy[n] == heavy[n] else 0.0
        weight[j] = total


@compiled
def _different(row: Rows, at: Rows, rows: Ints, stretches: Small) -> None:
    """How many stretches each bin meets."""
    for j in range(len(stretches)):
        stretches[j] = at[j + 1] - at[j]
        if len(rows):
            for n in range(at[j] + 1, at[j + 1]):
                stretches[j] -= rows[row[n]] == rows[row[n - 1]]


@compiled
def _different_with_value(x: Floats, heavy: Floats, row: Rows, at: Rows, rows: Ints, number: Small) -> None:
    """How many stretches with a value each bin has, where rows are parts of stretches."""
    for j in range(len(number)):
        number[j], before = 0, -1
        for n in range(at[j], at[j + 1]):
            if abs(x[row[n]]) < np.inf and heavy[n] == heavy[n]:
                number[j] += rows[row[n]] != before
                before = rows[row[n]]


class Kept(NamedTuple):
    """The bins that are kept: both ends, the line, the stretches, and for each variable mean, share, length, number."""

    low: Floats
    high: Floats
    line: Rows
    stretches: Small
    mean: Floats
    share: Floats
    length: Floats
    number: Small


def accepted(bins: Bins, sums: Sums, *, asked: int, least: float) -> NDArray[np.bool_]:
    """For each of the first variables and each bin, whether at least that share of the bin has values; never a short one.

    Decided in whole millionths. A bin that has no value at all is not accepted.
    """
    return _accepted(bins.low, bins.high, bins.short, sums.length[:asked], round(least * 1_000_000))


@side_by_side
def _accepted(a: Ints, b: Ints, short: Codes, length: Ints, millionths: int) -> NDArray[np.bool_]:
    good = np.empty(length.shape, dtype=np.bool_)
    for j in each(len(a)):
        for v in range(len(length)):
            enough = length[v, j] * 1_000_000 >= millionths * (b[j] - a[j])
            good[v, j] = enough and length[v, j] > 0 and short[j] == 0
    return good


def kept(bins: Bins, sums: Sums, good: NDArray[np.bool_], *, owner: Ints, every: bool, scale: float) -> Kept:
    """The bins in which some variable is accepted, or every bin, with places and lengths divided by ``scale``.

    ``good`` says what is accepted; a mean is not a number where the variable that owns it is not.
    """
    counts = _numbers(bins.starts, good, every)
    at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    edges = bins.starts, bins.low, bins.high
    return Kept(*_kept(at, *edges, good, owner, every, scale, sums.mean, sums.length, sums.number, sums.stretches))


@side_by_side
def _numbers(starts: Ints, good: NDArray[np.bool_], every: bool) -> Ints:
    counts = np.zeros(len(starts) - 1, dtype=np.int64)
    for k in each(len(counts)):
        for j in range(starts[k], starts[k + 1]):
            counts[k] += every or good[:, j].any()
    return counts


@side_by_side
def _kept(
    at: Ints,
    starts: Ints,
    a: Ints,
    b: Ints,
    good: NDArray[np.bool_],
    owner: Ints,
    every: bool,
    scale: float,
    mean: Floats,
    length: Ints,
    number: Small,
    stretches: Small,
) -> tuple[Floats, Floats, Rows, Small, Floats, Floats, Floats, Small]:
    many, kinds, asked = at[-1], len(mean), len(good)
    low, high = np.empty(many), np.empty(many)
    line, met = np.empty(many, dtype=np.uint32), np.empty(many, dtype=np.int32)
    means, share, long = np.empty((kinds, many)), np.empty((asked, many)), np.empty((asked, many))
    numbers = np.empty((asked, many), dtype=np.int32)
    for k in each(len(at) - 1):
        n = at[k]
        for j in range(starts[k], starts[k + 1]):
            if not (every or good[:, j].any()):
                continue
            low[n], high[n], line[n], met[n] = a[j] / scale, b[j] / scale, k, stretches[j]
            for v in range(kinds):
                means[v, n] = mean[v, j] if good[owner[v], j] else np.nan
            for v in range(asked):
                share[v, n], long[v, n] = length[v, j] / (b[j] - a[j]), length[v, j] / scale
                numbers[v, n] = number[v, j]
            n += 1
    return low, high, line, met, means, share, long, numbers


def crossed(starts: tuple[Ints, Ints], low: tuple[Ints, Ints], high: tuple[Ints, Ints]) -> tuple[Ints, ...]:
    """Two sets of stretches on the same lines, cut at the ends of both: line, both ends and both rows of each piece.

    A row is -1 where one of the sets has nothing.

    >>> each = [np.array([0, 1])] * 2, [np.array([0]), np.array([4])], [np.array([6]), np.array([9])]
    >>> [array.tolist() for array in crossed(*each)]
    [[0, 0, 0], [0, 4, 6], [4, 6, 9], [0, 0, -1], [-1, 0, 0]]
    """
    one = _still(starts[0]), _still(low[0]), _still(high[0])
    return _crossed(*one, _still(starts[1]), _still(low[1]), _still(high[1]))


@compiled
def _crossed(
    starts: Ints, low: Ints, high: Ints, other_starts: Ints, other_low: Ints, other_high: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    most = 2 * (len(low) + len(other_low))
    line, a, b = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    one, two = np.empty(most, np.int64), np.empty(most, np.int64)
    n, never = 0, np.int64(2**62)
    for k in range(len(starts) - 1):
        i, j, at = starts[k], other_starts[k], -never
        while i < starts[k + 1] or j < other_starts[k + 1]:
            here = max(low[i], at) if i < starts[k + 1] else never
            there = max(other_low[j], at) if j < other_starts[k + 1] else never
            begin = min(here, there)
            end = min(high[i] if here == begin else here, other_high[j] if there == begin else there)
            line[n], a[n], b[n] = k, begin, end
            one[n], two[n] = (i if here == begin else -1), (j if there == begin else -1)
            n += 1
            at = end
            i += here == begin and high[i] <= end
            j += there == begin and other_high[j] <= end
    return line[:n], a[:n], b[:n], one[:n], two[:n]
