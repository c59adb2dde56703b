"""Bins: stretches laid end to end on many lines, bins of equal length over them, and two sets that cut each other.

A **line** is one of many axes that are worked on side by side; its stretches are the rows ``starts[k]`` to ``starts[k +
1]`` of flat arrays. Places are whole numbers, so that every length and every comparison is exact. A value is constant
along its stretch, so its sum over a bin is linear in the overlap of the two and nothing is approximated.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from orebook.maths.compiled import bare, compiled, each, side_by_side
from orebook.maths.room import room

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Small = NDArray[np.int32]
Codes = NDArray[np.uint8]

Number = TypeVar("Number", bound=np.generic)

USED, NOT_A_NUMBER, NO_LENGTH, BACKWARDS, REPEATED, OVERLAPPING = range(6)
"""What becomes of a stretch when a line is laid."""

IN_ORDER, TIED, OUT_OF_ORDER = range(3)
"""How the stretches of a line stand."""

KEEP, FULL, DISCARD, ADD_TO_PREVIOUS, DISTRIBUTE = range(5)
"""What becomes of the piece that is left at the end of a run of equal bins."""

MOST = 1_000_000_000
"""Places beyond this are no numbers that anybody means; twice as much still fits into a place."""


class Bins(NamedTuple):
    """Bins line after line: where each line begins, both ends of each, how many each run has, and which are short."""

    starts: Ints
    low: Places
    high: Places
    many: Ints
    short: Codes


def plain_bins(starts: Ints, low: Ints | Places, high: Ints | Places, many: Ints) -> Bins:
    """Bins of which none is a short last one."""
    return Bins(starts, places(low), places(high), many, np.zeros(len(low), dtype=np.uint8))


def still(array: NDArray[Any], dtype: type[Number] | None = None) -> NDArray[Number]:
    """The same numbers, not to be written: whoever owns them, one kernel serves all."""
    seen = np.ascontiguousarray(array, dtype=dtype).view()
    seen.flags.writeable = False
    return seen


def places(array: Ints | Places) -> Places:
    """Whole numbers as places, not to be written."""
    return still(array, np.int32)


def laid(starts: Ints, low: Floats, high: Floats, *, scale: float, touch: int) -> tuple[Places, Places, Codes, Codes]:
    """Stretches as whole numbers (places times ``scale``), each place of a line covered once.

    Rows are sorted by line and lower end. One that begins more than ``touch`` before the end of its predecessor
    overlaps it and is not used; one that begins within ``touch`` before begins where the predecessor ends. The third
    array says for each row ``USED`` or why not. The last says for each line whether its rows are ``IN_ORDER``, whether
    some have the same ends (``TIED``), or whether the line has to be sorted first (``OUT_OF_ORDER``).

    >>> low, high = np.array([0.0, 1.0, 1.5]), np.array([1.0, 2.0, 3.0])
    >>> [array.tolist() for array in laid(np.array([0, 3]), low, high, scale=10, touch=0)]
    [[0, 10, 20], [10, 20, 30], [0, 0, 5], [0]]
    """
    a, b, code = room(len(low), np.int32, np.int32, np.uint8)
    order = np.zeros(len(starts) - 1, dtype=np.uint8)
    lines = still(starts, np.int64), still(low, np.float64), still(high, np.float64)
    _lay(*lines, float(scale), int(touch), a, b, code, order)
    return a, b, code, order


@side_by_side
def _lay(
    starts: Ints, low: Floats, high: Floats, scale: float, touch: int, a: Places, b: Places, code: Codes, order: Codes
) -> None:
    for k in each(len(starts) - 1):
        order[k] = _lay_one(starts[k], starts[k + 1], low, high, scale, touch, a, b, code)


@bare
def _lay_one(
    one: int, two: int, low: Floats, high: Floats, scale: float, touch: int, a: Places, b: Places, code: Codes
) -> int:
    """One line, and how its stretches stand."""
    code[one:two] = USED
    if _end_to_end(low[one:two], high[one:two], scale, a[one:two], b[one:two]):
        return IN_ORDER
    ends, whole = (low[one:two], high[one:two]), (a[one:two], b[one:two])
    return _one_by_one(ends, scale, touch, whole, code[one:two])


@bare
def _end_to_end(low: Floats, high: Floats, scale: float, a: Places, b: Places) -> bool:
    """A line as whole numbers, and whether each of its stretches has length and begins where the last ends, or later.

    Most lines are so. Nothing here depends on the stretch before, so that a processor does several at once.
    """
    wrong = 0
    for i in range(len(low)):
        x, y = low[i] * scale, high[i] * scale
        near = abs(x) < MOST and abs(y) < MOST
        wrong += not near
        a[i], b[i] = np.int32(np.rint(x if near else 0.0)), np.int32(np.rint(y if near else 0.0))
    for i in range(len(low)):
        wrong += b[i] <= a[i]
    for i in range(1, len(low)):
        wrong += a[i] < b[i - 1]
    return wrong == 0


@bare
def _one_by_one(
    ends: tuple[Floats, Floats], scale: float, touch: int, whole: tuple[Places, Places], code: Codes
) -> int:
    """A line whose stretches are looked at one after another, and how they stand."""
    (low, high), (a, b) = ends, whole
    before, end = np.int64(-(2**62)), np.int64(-(2**62))
    low_before, high_before, order = -np.inf, -np.inf, IN_ORDER
    for i in range(len(low)):
        x, y = low[i], high[i]
        if not (abs(x) * scale < MOST and abs(y) * scale < MOST):
            a[i], b[i], code[i] = 0, 0, NOT_A_NUMBER
            continue
        if x <= low_before:
            order = max(order, _standing(x, y, low_before, high_before))
        low_before, high_before = x, y
        p, q = np.int64(np.rint(x * scale)), np.int64(np.rint(y * scale))
        a[i], b[i] = max(p, end), q
        if q <= p:
            code[i] = NO_LENGTH if q == p else BACKWARDS
        elif p == before and q == end:
            code[i] = REPEATED
        elif p < end - touch or q <= end:
            code[i] = OVERLAPPING
        else:
            before, end = p, q
    return order


@bare
def _standing(low: float, high: float, low_before: float, high_before: float) -> int:
    """How a stretch stands to the one before it, which begins no lower."""
    if low < low_before or high < high_before:
        return OUT_OF_ORDER
    return TIED if high == high_before else IN_ORDER


def equal_bins(
    run_starts: Ints, low: Places, high: Places, anchor: Places, *, length: int, tail: int, most: int = 200_000_000
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
    runs = still(low, np.int64), still(high, np.int64), still(anchor, np.int64)
    counts = _counts(*runs, int(length), int(tail))
    total = int(counts.sum())
    if total > most:
        raise ValueError(f"bins of length {length} would be {total:,}, more than {most:,}; choose a greater length")
    at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    a, b, short = room(total, np.int32, np.int32, np.uint8)
    _fill(*runs, still(at), int(length), int(tail), a, b, short)
    return Bins(at[run_starts], a, b, counts, short)


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
def _fill(
    low: Ints, high: Ints, anchor: Ints, at: Ints, length: int, tail: int, a: Places, b: Places, short: Codes
) -> None:
    for r in each(len(low)):
        _fill_run((low[r], high[r], anchor[r]), length, tail, at[r], at[r + 1], a, b, short)


@bare
def _fill_run(
    ends: tuple[int, int, int], length: int, tail: int, first: int, stop: int, lows: Places, highs: Places, tails: Codes
) -> None:
    """The bins of one run, which has so many of them as there is room for."""
    a, b, short = lows[first:stop], highs[first:stop], tails[first:stop]
    (low, high, anchor), n = ends, len(a)
    if n == 0:
        return
    short[:] = 0
    if tail == DISTRIBUTE:
        for i in range(n):
            a[i], b[i] = low + (high - low) * i // n, low + (high - low) * (i + 1) // n
        return
    grid = anchor + (low - anchor) // length * length
    for i in range(n):
        a[i], b[i] = grid + i * length, grid + (i + 1) * length
    a[0] = low
    if b[n - 1] > high:
        short[n - 1] = tail == DISCARD
    if (b[n - 1] > high and tail != FULL) or tail == ADD_TO_PREVIOUS:
        b[n - 1] = high


def crossed(
    starts: tuple[Ints, Ints], low: tuple[Places, Places], high: tuple[Places, Places]
) -> tuple[Ints, Places, Places, Ints, Ints]:
    """Two sets of stretches on the same lines, cut at the ends of both: line, both ends and both rows of each piece.

    A row is -1 where one of the sets has nothing.

    >>> each = [np.array([0, 1])] * 2, [np.array([0]), np.array([4])], [np.array([6]), np.array([9])]
    >>> [array.tolist() for array in crossed(*each)]
    [[0, 0, 0], [0, 4, 6], [4, 6, 9], [0, 0, -1], [-1, 0, 0]]
    """
    one = still(starts[0], np.int64), places(low[0]), places(high[0])
    return _crossed(*one, still(starts[1], np.int64), places(low[1]), places(high[1]))


@compiled
def _crossed(
    starts: Ints, low: Places, high: Places, other_starts: Ints, other_low: Places, other_high: Places
) -> tuple[Ints, Places, Places, Ints, Ints]:
    most = 2 * (len(low) + len(other_low))
    a, b = np.empty(most, np.int32), np.empty(most, np.int32)
    line, one, two = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    n, never = 0, np.int64(2**62)
    for k in range(len(starts) - 1):
        i, j, at = starts[k], other_starts[k], -never
        while i < starts[k + 1] or j < other_starts[k + 1]:
            here = max(np.int64(low[i]), at) if i < starts[k + 1] else never
            there = max(np.int64(other_low[j]), at) if j < other_starts[k + 1] else never
            begin = min(here, there)
            end = min(
                np.int64(high[i]) if here == begin else here, np.int64(other_high[j]) if there == begin else there
            )
            line[n], a[n], b[n] = k, begin, end
            one[n], two[n] = (i if here == begin else -1), (j if there == begin else -1)
            n += 1
            at = end
            i += here == begin and high[i] <= end
            j += there == begin and other_high[j] <= end
    return line[:n], a[:n], b[:n], one[:n], two[:n]
