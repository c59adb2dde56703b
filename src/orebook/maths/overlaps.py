"""Overlaps: how much of each stretch of a line lies in each bin, and what the bins hold of the values there.

Stretches and bins are walked down once, which gives every pair of them that overlaps; each variable is then added up
over these pairs. The loops take the same turns whatever the numbers are, since a processor that guesses wrong which way
a loop goes loses more time than the sum takes. What belongs to one line stays near the processor.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import Floats, Ints, Places, Small
from orebook.maths.compiled import bare, compiled

Numbers = NDArray[np.uint32]

Told = tuple[Floats, Floats, Small, Small]
"""For one variable: totals, what they are divided by, lengths, and numbers of stretches with a value."""

ONE = np.uint64(1)
NONE = np.uint64(0)


class Pairs(NamedTuple):
    """Room for the pairs of a line: a stretch and a bin, by their numbers in it, and the length that they share.

    ``until`` says for each bin how many pairs there are to the end of it, ``reach`` how long they are together. In
    ``part`` a variable has its value times the length of each pair.
    """

    row: Numbers
    bin: Numbers
    over: Small
    until: Numbers
    reach: Ints
    part: Floats


class Sums(NamedTuple):
    """Room for what the bins of a line hold: a row for each variable, a column for each bin.

    ``total`` is value times weight times length, ``heavy`` weight times length, ``long`` the length and ``number`` the
    stretches with a value; ``met`` are all stretches of a bin, ``covered`` their length in it, ``low`` and ``high`` its
    ends. ``fine`` says which variables have enough, ``keep`` whether the bin is kept.
    """

    total: Floats
    heavy: Floats
    long: Small
    number: Small
    met: Small
    covered: Small
    low: Places
    high: Places
    fine: NDArray[np.bool_]
    keep: NDArray[np.bool_]


@compiled
def room_for_pairs(rows: int, bins: int) -> Pairs:
    """Room for the pairs of a line of so many stretches and bins."""
    size = rows + bins + 1
    return Pairs(
        np.empty(size, dtype=np.uint32),
        np.empty(size, dtype=np.uint32),
        np.empty(size, dtype=np.int32),
        np.empty(bins, dtype=np.uint32),
        np.empty(bins, dtype=np.int64),
        np.empty(size),
    )


@compiled
def room_for_sums(variables: int, size: int) -> Sums:
    """Room for so many variables in so many bins."""
    shape = variables, size
    return Sums(
        np.empty(shape),
        np.empty(shape),
        np.empty(shape, dtype=np.int32),
        np.empty(shape, dtype=np.int32),
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.int32),
        np.empty(shape, dtype=np.bool_),
        np.empty(size, dtype=np.bool_),
    )


@bare
def walk(low: Places, high: Places, a: Places, b: Places, pairs: Pairs) -> int:
    """The pairs of stretches and bins that overlap, neither of which overlap among themselves; how many they are."""
    row, into, over, until, reach, _ = pairs
    i, j, n, rows, bins = NONE, NONE, NONE, np.uint64(len(low)), np.uint64(len(a))
    length = np.int64(0)
    while i < rows and j < bins:
        bottom, top = high[i], b[j]
        shared = max(min(bottom, top) - max(low[i], a[j]), 0)
        row[n], into[n], over[n] = i, j, shared
        n += np.uint64(shared > 0)
        length += shared
        until[j], reach[j] = n, length
        i, j = i + np.uint64(bottom <= top), j + np.uint64(top <= bottom)
    while j < bins:
        until[j], reach[j] = n, length
        j += ONE
    return int(n)


@bare
def stretches_met(pairs: Pairs, count: int, rows: Ints, met: Small, covered: Small) -> None:
    """How many stretches each bin meets, and over what length; those of one row, where rows are named, count once."""
    many, length = np.uint32(0), np.int64(0)
    for m in range(len(met)):
        met[m], covered[m] = pairs.until[m] - many, pairs.reach[m] - length
        many, length = pairs.until[m], pairs.reach[m]
    if len(rows) == 0:
        return
    met[:] = 0
    before, last = np.int64(-1), np.int64(-1)
    for s in range(count):
        j, row = np.int64(pairs.bin[s]), np.int64(rows[pairs.row[s]])
        met[j] += j != before or row != last
        before, last = j, row


@bare
def add_up(x: Floats, cap: float, pairs: Pairs, count: int, sums: Sums, told: Told) -> None:
    """A variable added up over the pairs of a line, by length, each stretch a row of its own.

    As if each stretch had a value; then what has none is taken away, which is seldom.
    """
    (row, into, over, _, _, part), (total, heavy, long, number) = pairs, told
    missing = 0
    for s in range(count):
        value = x[row[s]]
        there = abs(value) < np.inf
        part[s] = min(value, cap) * over[s] if there else 0.0
        missing += not there
    for j in range(len(total)):
        total[j], long[j], number[j] = 0.0, sums.covered[j], sums.met[j]
    for s in range(count if missing else 0):
        if not abs(x[row[s]]) < np.inf:
            long[into[s]] -= over[s]
            number[into[s]] -= 1
    for s in range(count):
        total[into[s]] += part[s]
    for j in range(len(total)):
        heavy[j] = long[j]


@bare
def add_up_weighed(
    x: Floats,
    cap: float,
    weights: Floats,
    rows: Ints,
    pairs: Pairs,
    count: int,
    told: Told,
) -> None:
    """The same by length and weight, or by length alone where there are no weights; rows may be named."""
    total, heavy, long, number = told
    for m in range(len(total)):
        total[m], heavy[m], long[m], number[m] = 0.0, 0.0, 0, 0
    before, last = np.int64(-1), np.int64(-1)
    for s in range(count):
        i, j, shared = pairs.row[s], np.int64(pairs.bin[s]), pairs.over[s]
        value, weight = x[i], weights[i] if len(weights) else 1.0
        if not (abs(value) < np.inf and weight == weight):
            continue
        row = np.int64(rows[i] if len(rows) else i)
        total[j] += min(value, cap) * weight * shared
        heavy[j] += weight * shared
        long[j] += shared
        number[j] += j != before or row != last
        before, last = j, row


@bare
def close_up(sums: Sums, size: int, asked: int) -> int:
    """Move the bins that are kept to the front of the room; how many they are."""
    keep, kept = sums.keep, 0
    for m in range(size):
        kept += keep[m]
    if kept == size:
        return size
    met, low, high = sums.met, sums.low, sums.high
    to = 0
    for m in range(size):
        met[to], low[to], high[to] = met[m], low[m], high[m]
        to += keep[m]
    for v in range(len(sums.total)):
        total, heavy, long, number = sums.total[v], sums.heavy[v], sums.long[v], sums.number[v]
        to = 0
        for m in range(size):
            total[to], heavy[to], long[to], number[to] = total[m], heavy[m], long[m], number[m]
            to += keep[m]
    for v in range(asked):
        to = 0
        for m in range(size):
            sums.fine[v, to] = sums.fine[v, m]
            to += keep[m]
    return kept
