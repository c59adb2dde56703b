"""Pieces: samples as a choice of intersections sees them, under the policies of a rule set, in whole numbers.

Depths become thousandths of their unit and grades whole numbers of a millionth of theirs (ten-thousandths for ppm), so
that "at least 2.0 m" and "mean at the cut-off" mean what they say and no result depends on the order of a sum. Places
are held in 32 bits and reckoned with in 64: a length times a grade does not fit into 32.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.chains import Flags, Ints, Pieces
from orebook.maths.compiled import bare, compiled

Floats = NDArray[np.float64]
Places = NDArray[np.int32]

STEPS = 1000.0
"""Steps of a depth in one unit of it."""

AS_ZERO, AS_BREAK, LEFT_OUT = 0, 1, 2
"""What a sample without a value, or depth without a sample, stands for."""

NO_ROW = -1
"""The row of a piece that stands for depth without a sample."""


class Samples(NamedTuple):
    """Samples hole after hole, one array for each property; one of no length says that nothing is known of it.

    ``low`` and ``high`` are depths in thousandths of their unit, no sample over another; ``grade`` has NaN where there
    is no value, ``below`` says that it is a detection limit, ``split`` that the sample must not be joined to the one
    above, ``near`` and ``far`` are places of its ends along the line on which least lengths are measured.
    """

    low: Places
    high: Places
    grade: Floats
    below: Flags
    density: Floats
    split: Flags
    near: Floats
    far: Floats


class Terms(NamedTuple):
    """What a rule set says of a sample, in whole numbers: ``scale`` steps in one unit of grade, cut-off and top-cut in
    them (``top`` below nought is none), ``above`` 1 when the cut-off itself does not qualify, ``cut_first`` 1 when the
    top-cut comes before the cut-off, policies for what is missing, and the share of a detection limit that counts.
    """

    scale: float
    cut: int
    above: int
    top: int
    cut_first: int
    missing: int
    gap: int
    below: float
    dense: float


class Counted(NamedTuple):
    """The grade of one sample as it counts: uncut, cut, whether it qualifies, and whether there is none."""

    raw: int
    cut: int
    good: bool
    missing: bool


@bare
def whole(value: float, steps: float) -> int:
    """A number in whole steps."""
    return int(np.rint(value * steps))


@bare
def counted(value: float, below: bool, terms: Terms) -> Counted:
    """A grade under the terms of a rule set; a value below nought is no value."""
    if not value >= 0.0:
        return Counted(0, 0, False, True)
    raw = whole(value * terms.below if below else value, terms.scale)
    cut = min(raw, terms.top) if terms.top >= 0 else raw
    judged = cut if terms.cut_first else raw
    return Counted(raw, cut, not below and judged >= terms.cut + terms.above, False)


@compiled
def row_of_pieces(size: int) -> tuple[Pieces, Ints]:
    """Room for the pieces of one hole, and for the sample that each stands for."""
    return (
        Pieces(
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.bool_),
            np.empty(size, dtype=np.bool_),
            np.empty(size, dtype=np.int64),
            np.empty(size, dtype=np.int64),
        ),
        np.empty(size, dtype=np.int64),
    )


@bare
def fill(samples: Samples, begin: int, end: int, terms: Terms, into: Pieces, rows: Ints) -> int:
    """The samples ``begin`` up to ``end`` of one hole as pieces, with the sample of each; how many they are.

    Depth without a sample is as dense as its neighbours where density weighs.
    """
    tops, bottoms, grade, below, density, split, near, far = samples
    at, lengths, known, weights, content, good, broken, nears, fars = into
    m = dense = 0
    after = True
    reached = np.int64(tops[begin])
    for k in range(begin, end):
        start, stop = np.int64(tops[k]), np.int64(bottoms[k])
        length, gap = stop - start, start - reached
        one = counted(grade[k], below.size > 0 and below[k], terms)
        apart = after or (split.size > 0 and split[k]) or (gap > 0 and terms.gap == AS_BREAK)
        left = one.missing and terms.missing == LEFT_OUT
        before, dense = dense, whole(density[k], terms.dense) if density.size else 1
        if gap > 0 and terms.gap != AS_BREAK:
            counts = 0 if terms.gap == LEFT_OUT else gap
            at[m], lengths[m], known[m], content[m], good[m], broken[m] = reached, gap, counts, 0, False, after
            weights[m] = counts * (before + dense) // 2
            rows[m], nears[m], fars[m] = NO_ROW, 0, 0
            m += 1
        after = one.missing and terms.missing == AS_BREAK
        weight = 0 if left else length * dense
        at[m], lengths[m], known[m], weights[m], content[m] = (
            start,
            length,
            0 if left else length,
            weight,
            weight * one.cut,
        )
        good[m], broken[m], rows[m] = one.good, apart or after, k
        if near.size:
            nears[m], fars[m] = whole(near[k], STEPS), whole(far[k], STEPS)
        reached = stop
        m += 1
    return m
