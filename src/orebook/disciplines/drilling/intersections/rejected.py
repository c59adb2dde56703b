"""Rejected: stretches at or above the cut-off that are in no intersection, and the rule that kept each out.

A candidate is what lies between intersections on one island: from its first sample that qualifies to its last, with the
waste between that the rules would have let pass.
"""

import numpy as np

from orebook.disciplines.drilling.intersections.pieces import Samples, Terms, fill, row_of_pieces
from orebook.maths.bins import still
from orebook.maths.chains import (
    C0,
    C1,
    FAR,
    FIRST,
    FURTHER,
    K0,
    K1,
    L0,
    L1,
    LAST,
    NEAR,
    T0,
    T1,
    W0,
    W1,
    Flags,
    Ints,
    Law,
    Pieces,
    island,
    room_for,
)
from orebook.maths.compiled import bare, compiled

REASONS = (
    "min_length",
    "short_high_metal",
    "min_average",
    "max_waste_total",
    "max_length",
    "min_coverage",
    "objective",
)
"""The option of the rule set that keeps a candidate out; ``objective`` where its neighbours are worth more."""


@bare
def _why(nodes: Ints, x: int, y: int, law: Law) -> int:
    """The first rule that a stretch fails."""
    length, content = nodes[y, L1] - nodes[x, L0], nodes[y, C1] - nodes[x, C0]
    measured = abs(nodes[y, FURTHER] - nodes[x, NEAR]) if law.projected else length
    if measured < law.min_length and content < law.enough:
        return 0 if law.enough >= FAR else 1
    if content < law.min_average * (nodes[y, W1] - nodes[x, W0]):
        return 2
    if nodes[y, T1] - nodes[x, T0] > law.max_total:
        return 3
    if length > law.max_length:
        return 4
    return 5 if 1000 * (nodes[y, K1] - nodes[x, K0]) < law.coverage * length else 6


@bare
def _of_row(
    pieces: Pieces,
    m: int,
    rows: Ints,
    inside: Flags,
    law: Law,
    nodes: Ints,
    first: Ints,
    last: Ints,
    why: Ints,
    place: int,
) -> int:
    """The candidates of one hole; where the next may be written."""
    k = 0
    while k < m:
        if not pieces.good[k]:
            k += 1
            continue
        count, k, _, _ = island(pieces, k, m, law, nodes, True)
        x = -1
        for y in range(count + 1):
            taken = y == count or inside[rows[nodes[y, FIRST]]]
            if not taken and x < 0:
                x = y
            if taken and x >= 0:
                first[place], last[place] = rows[nodes[x, FIRST]], rows[nodes[y - 1, LAST]]
                why[place] = _why(nodes, x, y - 1, law)
                place += 1
                x = -1
    return place


@compiled
def candidates(
    starts: Ints, samples: Samples, terms: Terms, law: Law, inside: Flags, first: Ints, last: Ints, why: Ints
) -> int:
    """All candidates of all holes; how many they are. ``inside`` says which samples are in an intersection."""
    longest = 2 * (starts[1:] - starts[:-1]).max() if len(starts) > 1 else 0
    pieces, rows = row_of_pieces(longest)
    nodes = room_for(longest).nodes
    place = 0
    for hole in range(len(starts) - 1):
        m = fill(samples, starts[hole], starts[hole + 1], terms, pieces, rows)
        place = _of_row(pieces, m, rows, inside, law, nodes, first, last, why, place)
    return place


def rejected(
    starts: Ints, samples: Samples, terms: Terms, law: Law, first: Ints, last: Ints
) -> tuple[Ints, Ints, Ints]:
    """The first and last sample of each rejected candidate, and the number of the reason, given what was chosen."""
    size = len(samples.low)
    marks = np.zeros(size + 1, dtype=np.int64)
    marks[first] += 1
    marks[last + 1] -= 1
    inside = np.cumsum(marks)[:-1] > 0
    ones, others, why = (np.empty(size, dtype=np.int64) for _ in range(3))
    count = candidates(still(starts), samples, terms, law, inside, ones, others, why)
    return ones[:count], others[:count], why[:count]
