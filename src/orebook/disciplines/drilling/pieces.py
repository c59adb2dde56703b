"""Pieces: samples as a choice of intersections sees them, under the policies of a rule set, in whole numbers.

Depths become thousandths of their unit and grades whole numbers of a millionth of theirs (ten-thousandths for ppm), so
that "at least 2.0 m" and "mean at the cut-off" mean what they say and no result depends on the order of a sum.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.chains import (
    C0,
    C1,
    FAR,
    FIRST,
    FURTHER,
    JOINED,
    K0,
    K1,
    L0,
    L1,
    LAST,
    NEAR,
    PLACE,
    T0,
    T1,
    W0,
    W1,
    Flags,
    Ints,
    Law,
    Pieces,
    gain,
)
from orebook.maths.compiled import compiled

Floats = NDArray[np.float64]

STEPS = 1000.0
"""Steps of a depth in one unit of it."""

AS_ZERO, AS_BREAK, LEFT_OUT = 0, 1, 2
"""What a sample without a value, or depth without a sample, stands for."""

NO_ROW = -1
"""The row of a piece that stands for depth without a sample."""


class Samples(NamedTuple):
    """Samples hole after hole, one array for each property; one of no length says that nothing is known of it.

    ``start`` and ``stop`` are depths, ``grade`` has NaN where there is no value, ``below`` says that it is a detection
    limit, ``split`` that the sample must not be joined to the one above, ``near`` and ``far`` are places of its ends
    along the line on which least lengths are measured.
    """

    start: Floats
    stop: Floats
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


@compiled
def whole(value: float, steps: float) -> int:
    """A number in whole steps."""
    return int(np.rint(value * steps))


@compiled
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


@compiled
def next_candidate(grade: Floats, begin: int, end: int, terms: Terms) -> int:
    """The next sample that may qualify: a quick look at the grade alone."""
    least = terms.cut + terms.above - 0.5
    scale = terms.scale
    for k in range(begin, end):
        if grade[k] * scale >= least:
            return k
    return end


@compiled
def island_of(
    samples: Samples, begin: int, end: int, terms: Terms, law: Law, nodes: Ints, apart: bool
) -> tuple[int, int, bool, bool]:
    """The island that begins at a sample, as ``orebook.maths.chains.island`` has it, from samples without pieces.

    How many nodes it has, none when the first sample does not qualify; the sample after it; whether
    every sample that qualifies is worth something; whether runs of them stay whole.
    """
    tops, bottoms, grade, below, density, split, near, far = samples
    rich, plain = True, law.projected == 0 and law.max_length >= FAR
    count = length = known = weight = content = total = 0
    run = run_known = run_weight = run_content = dense = 0
    reached, k = whole(tops[begin], STEPS), begin
    while k < end and not (k > begin and split.size and split[k]):
        start = reached if k > begin and tops[k] == bottoms[k - 1] else whole(tops[k], STEPS)
        before, dense = dense, whole(density[k], terms.dense) if density.size else 1
        if start > reached:
            if terms.gap == AS_BREAK:
                break
            run += start - reached
            if terms.gap == AS_ZERO:
                run_known += start - reached
                run_weight += (start - reached) * ((before + dense) // 2 if density.size else 1)
        reached = whole(bottoms[k], STEPS)
        long = reached - start
        one = counted(grade[k], below.size > 0 and below[k], terms)
        if not one.good:
            run += long
            k += 1
            if run > law.max_run or not count or (one.missing and terms.missing == AS_BREAK):
                break
            if not one.missing or terms.missing != LEFT_OUT:
                run_known, run_weight = run_known + long, run_weight + long * dense
                run_content += long * dense * one.cut
            continue
        if run > law.max_run or run_content < law.min_run_average * run_weight:
            break
        length, known, weight, content = length + run, known + run_known, weight + run_weight, content + run_content
        if run or apart or not count:
            total += run
            node = nodes[count]
            node[FIRST], node[PLACE], node[JOINED] = k, start, count > 0 and not run
            node[NEAR] = whole(near[k], STEPS) if near.size else 0
            node[L0], node[K0], node[W0], node[C0], node[T0] = length, known, weight, content, total
            count += 1
        run = run_known = run_weight = run_content = 0
        heavy = long * dense
        held = heavy * one.cut
        rich = rich and gain(law.objective, law.cut, long, heavy, held) > 0
        plain = plain and held >= law.min_average * heavy
        length, known, weight, content = length + long, known + long, weight + heavy, content + held
        node = nodes[count - 1]
        node[LAST], node[FURTHER] = k, whole(far[k], STEPS) if far.size else 0
        node[L1], node[K1], node[W1], node[C1], node[T1] = length, known, weight, content, total
        k += 1
    return count, k, rich, rich and plain and total <= law.max_total


@compiled
def fill(
    samples: Samples, begin: int, end: int, terms: Terms, into: Pieces, rows: Ints
) -> int:
    """The samples ``begin`` up to ``end`` of one hole as pieces, with the sample of each; how many they are.

    Depth without a sample is as dense as its neighbours where density weighs.
    """
    tops, bottoms, grade, below, density, split, near, far = samples
    at, lengths, known, weights, content, good, broken, nears, fars = into
    m = dense = 0
    after = True
    reached = whole(tops[begin], STEPS)
    for k in range(begin, end):
        start, stop = whole(tops[k], STEPS), whole(bottoms[k], STEPS)
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
        at[m], lengths[m], known[m], weights[m], content[m] = start, length, 0 if left else length, weight, weight * one.cut
        good[m], broken[m], rows[m] = one.good, apart or after, k
        if near.size:
            nears[m], fars[m] = whole(near[k], STEPS), whole(far[k], STEPS)
        reached = stop
        m += 1
    return m
