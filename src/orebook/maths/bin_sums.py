"""Bin sums: what bins hold of the stretches under them, exactly, and which of them hold enough.

A value is constant along its stretch, so its sum over a bin is linear in the overlap of the two and nothing is
approximated. One pass over stretches and bins, many lines side by side, serves any number of variables.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import Bins, Codes, Floats, Ints, Rows, Small, still
from orebook.maths.compiled import compiled, each, side_by_side


class Sums(NamedTuple):
    """What bins hold: for each variable and bin the mean, the weight, the length and number of stretches with a value.

    ``stretches`` counts those with or without a value. Where there is no value the mean is not a number.
    """

    mean: Floats
    weight: Floats
    length: Ints
    number: Small
    stretches: Small


def sums(
    starts: Ints, low: Ints, high: Ints, values: Floats, bins: Bins, *, weights: Floats, caps: Floats, rows: Ints
) -> Sums:
    """What each bin holds of each variable (``values``: one row for each), exactly by overlap.

    A value that is not a finite number adds neither to the mean nor to the weight. ``weights`` multiply the overlap; an
    empty array is one everywhere, and a stretch whose weight is not a number counts as without value. A value above its
    ``caps`` counts as the cap. ``rows`` name the stretch that each row is a part of, where stretches were cut; empty if
    not. Bins of a line are sorted by their lower end and may overlap.

    >>> bins = Bins(np.array([0, 1]), np.array([0]), np.array([20]), np.array([1]), np.zeros(1, dtype=np.uint8))
    >>> stretches = np.array([0, 2]), np.array([0, 5]), np.array([5, 20]), np.array([[10.0, 0.0]])
    >>> no = np.empty(0)
    >>> sums(*stretches, bins, weights=no, caps=np.array([np.inf]), rows=no.astype(np.int64)).mean.tolist()
    [[2.5]]
    """
    places = still(starts), still(low), still(high)
    edges = still(bins.starts), still(bins.low), still(bins.high)
    kinds, many = len(values), len(bins.low)
    held = Sums(
        np.empty((kinds, many)),
        np.empty((kinds, many if len(weights) else 0)),
        np.empty((kinds, many), dtype=np.int64),
        np.empty((kinds, many), dtype=np.int32),
        np.empty(many, dtype=np.int32),
    )
    _sum(*places, still(values), still(weights), still(caps), still(rows), *edges, *held)  # type: ignore[arg-type]
    return held


@side_by_side
def _sum(
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
    mean: Floats,
    weight: Floats,
    length: Ints,
    count: Small,
    stretches: Small,
) -> None:
    for k in each(len(starts) - 1):
        begin, turn = starts[k], bin_starts[k]
        while turn < bin_starts[k + 1]:
            stop = _disjoint(a, b, turn, bin_starts[k + 1])
            while begin < starts[k + 1] and high[begin] <= a[turn]:
                begin += 1
            row, overlap, at = _pieces(low, high, begin, starts[k + 1], a, b, turn, stop)
            heavy = _weighed(overlap[: at[-1]], weights, row)
            _different(row, at, rows, stretches[turn:stop])
            for v in range(len(values)):
                number = count[v, turn:stop]
                _add(values[v], caps[v], row, overlap, heavy, at, mean[v, turn:stop], length[v, turn:stop], number)
                if len(weights):
                    _weight(values[v], row, heavy, at, weight[v, turn:stop])
                if len(rows):
                    _different_with_value(values[v], heavy, row, at, rows, number)
            turn = stop


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
            if abs(value) < np.inf and heavy[n] == heavy[n]:
                total += min(value, cap) * heavy[n]
                weight += heavy[n]
                length += overlap[n]
                pieces += 1
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


class Accepted(NamedTuple):
    """Whether each of the asked variables is accepted in each bin, and in how many bins of a line some variable is."""

    good: NDArray[np.bool_]
    counts: Ints


def accepted(bins: Bins, sums: Sums, *, asked: int, least: float) -> Accepted:
    """Where the first variables have values over at least that share of a bin; never in a short one.

    Decided in whole millionths. A bin that has no value at all is not accepted.
    """
    good = np.empty((asked, len(bins.low)), dtype=np.bool_)
    counts = np.empty(len(bins.starts) - 1, dtype=np.int64)
    _accept(bins.starts, bins.low, bins.high, bins.short, sums.length[:asked], round(least * 1_000_000), good, counts)
    return Accepted(good, counts)


@side_by_side
def _accept(
    starts: Ints, a: Ints, b: Ints, short: Codes, length: Ints, millionths: int, good: NDArray[np.bool_], counts: Ints
) -> None:
    for k in each(len(starts) - 1):
        for v in range(len(length)):
            long, fine = length[v], good[v]
            for j in range(starts[k], starts[k + 1]):
                enough = long[j] * 1_000_000 >= millionths * (b[j] - a[j])
                fine[j] = enough and long[j] > 0 and short[j] == 0
        counts[k] = 0
        for j in range(starts[k], starts[k + 1]):
            counts[k] += _some(good, j)


def kept(bins: Bins, sums: Sums, passed: Accepted, *, owner: Ints, every: bool, scale: float) -> Kept:
    """The bins in which some variable is accepted, or every bin, with places and lengths divided by ``scale``.

    A mean is not a number where the variable that owns it is not accepted.
    """
    good = passed.good
    counts = np.diff(bins.starts) if every else passed.counts
    at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    many, kinds, asked = int(at[-1]), len(sums.mean), len(good)
    found = Kept(
        np.empty(many),
        np.empty(many),
        np.empty(many, dtype=np.uint32),
        np.empty(many, dtype=np.int32),
        np.empty((kinds, many)),
        np.empty((asked, many)),
        np.empty((asked, many)),
        np.empty((asked, many), dtype=np.int32),
    )
    _keep(at, bins.starts, bins.low, bins.high, good, owner, every, scale, *sums, *found)  # type: ignore[arg-type]
    return found


@compiled
def _some(good: NDArray[np.bool_], j: int) -> bool:
    """Whether any variable is accepted in a bin."""
    found = False
    for v in range(len(good)):
        found |= good[v, j]
    return found


@side_by_side
def _keep(
    at: Ints,
    starts: Ints,
    a: Ints,
    b: Ints,
    good: NDArray[np.bool_],
    owner: Ints,
    every: bool,
    scale: float,
    mean: Floats,
    _weight: Floats,
    length: Ints,
    number: Small,
    stretches: Small,
    low: Floats,
    high: Floats,
    line: Rows,
    met: Small,
    means: Floats,
    share: Floats,
    long: Floats,
    numbers: Small,
) -> None:
    for k in each(len(at) - 1):
        here = slice(at[k], at[k + 1])
        row = np.empty(at[k + 1] - at[k], dtype=np.uint32)
        n = 0
        for j in range(starts[k], starts[k + 1]):
            if every or _some(good, j):
                row[n] = j
                n += 1
        line[here] = k
        for n in range(len(row)):
            low[at[k] + n], high[at[k] + n], met[at[k] + n] = a[row[n]] / scale, b[row[n]] / scale, stretches[row[n]]
        for v in range(len(mean)):
            _pick(row, good[owner[v]], mean[v], means[v, here])
        for v in range(len(good)):
            _told(row, a, b, scale, length[v], number[v], share[v, here], long[v, here], numbers[v, here])


@compiled
def _pick(row: Rows, good: NDArray[np.bool_], mean: Floats, means: Floats) -> None:
    for n in range(len(row)):
        means[n] = mean[row[n]] if good[row[n]] else np.nan


@compiled
def _told(
    row: Rows, a: Ints, b: Ints, scale: float, length: Ints, number: Small, share: Floats, long: Floats, numbers: Small
) -> None:
    """The length of each kept bin that has values, its share of the bin, and the number of stretches."""
    for n in range(len(row)):
        j = row[n]
        share[n], long[n], numbers[n] = length[j] / (b[j] - a[j]), length[j] / scale, number[j]
