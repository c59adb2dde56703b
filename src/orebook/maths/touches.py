"""Touches: what equal bins hold of stretches none of which reaches into more than two of them.

Samples are seldom longer than composites, so that this is the common case; what it finds is what ``overlaps`` finds, to
the last bit. The bin of a stretch is reckoned from its place, not looked for, so that a processor does several at once.
"""

from typing import NamedTuple

import numpy as np

from orebook.maths.bins import Floats, Places, Small
from orebook.maths.compiled import bare, compiled
from orebook.maths.overlaps import Told

ONE = np.uint64(1)


class Touches(NamedTuple):
    """Room for the stretches of a line: the bin in which each begins, and how much of it lies there and in the next.

    In ``part`` and ``rest`` a variable has its value times these two lengths.
    """

    bin: Small
    here: Small
    there: Small
    part: Floats
    rest: Floats


@compiled
def room_for_touches(rows: int) -> Touches:
    """Room for the stretches of a line."""
    return Touches(
        np.empty(rows, dtype=np.int32),
        np.empty(rows, dtype=np.int32),
        np.empty(rows, dtype=np.int32),
        np.empty(rows),
        np.empty(rows),
    )


@bare
def equal_step(a: Places, b: Places) -> int:
    """The length of bins that stand end to end and are of one length, the first and the last excepted; 0 if not.

    The first may be shorter.
    """
    if len(a) < 3:
        return 0
    step = b[1] - a[1]
    wrong = np.int64(b[0] - a[0] > step)
    for m in range(1, len(a)):
        wrong += a[m] != a[1] + (m - 1) * step
    return 0 if wrong else step


@bare
def touch(
    low: Places, high: Places, a: Places, b: Places, step: int, into: Touches, met: Small, covered: Small
) -> bool:
    """Where stretches lie in bins of one length; false if one of them may reach into a third bin.

    ``met`` and ``covered`` are filled with the number of stretches that each bin meets and their length in it; both
    have one place more than there are bins.
    """
    size, long, bins, here, there = np.float64(step), np.int32(step), into.bin, into.here, into.there
    grid, first, last, end = np.int32(b[0] - step), a[0], b[len(b) - 1], np.int32(len(a) - 1)
    far = 0
    for i in range(len(low)):
        top, bottom = low[i], high[i]
        k = np.int32(np.float64(top - grid) / size)
        j = min(max(k, np.int32(0)), end)
        edge = np.int32(last if j == end else grid + (j + 1) * long)
        bins[i] = j
        here[i] = max(min(bottom, edge) - max(top, first), 0)
        there[i] = max(min(bottom, last) - max(top, edge), 0)
        far += there[i] > long
    if far:
        return False
    met[:], covered[:] = 0, 0
    for i in range(len(low)):
        this = np.uint64(bins[i])
        covered[this] += here[i]
        covered[this + ONE] = there[i]
        met[this] += here[i] > 0
        met[this + ONE] = there[i] > 0
    return True


@bare
def add_up_touching(x: Floats, cap: float, into: Touches, met: Small, covered: Small, told: Told) -> None:
    """A variable added up over the stretches of a line, by length, each stretch a row of its own.

    ``told`` has one place more than there are bins. A bin begins with what reaches into it from the one above.
    """
    (bins, here, there, part, rest), (total, heavy, long, number) = into, told
    missing = 0
    for i in range(len(x)):
        value = x[i]
        given = abs(value) < np.inf
        counts = min(value, cap) if given else 0.0
        part[i], rest[i] = counts * here[i], 0.0 + counts * there[i]
        missing += not given
    for m in range(len(total)):
        total[m], long[m], number[m] = 0.0, covered[m], met[m]
    for i in range(len(x)):
        this = np.uint64(bins[i])
        total[this] += part[i]
        total[this + ONE] = rest[i]
    for i in range(len(x) if missing else 0):
        if not abs(x[i]) < np.inf:
            this = np.uint64(bins[i])
            after = this + ONE
            long[this], number[this] = long[this] - here[i], number[this] - (here[i] > 0)
            long[after], number[after] = long[after] - there[i], number[after] - (there[i] > 0)
    for m in range(len(total)):
        heavy[m] = long[m]
