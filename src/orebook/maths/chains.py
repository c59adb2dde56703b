"""Chains: the best choice of disjoint stretches in rows of pieces, exactly, whichever end one begins at.

A row is a sequence of pieces, each with a length and a content; some are good. A chain is a stretch that begins and
ends with a good piece and obeys a ``Law``. Of all sets of chains that do not overlap, the best has, in this order: the
greatest value in all, the fewest chains, the least length, the smallest sum of the places where they begin. The four
add up along a row and their order survives addition, so one pass of dynamic programming finds the best. All numbers
are whole: every sum is exact and every comparison means what it says.

A row falls into islands, which no chain can leave: a break, too long a run of pieces that are not good, or too poor a
run is their shore. Most islands need no search. Where the whole island is lawful and nothing in it is worth less than
nothing, it is the best chain itself. Where adding a good piece at an end can do no harm (all of them better than the
average asked for, and no upper limit in reach), a run of good pieces is taken as a whole or not at all, and the search
goes over runs instead of pieces. Whether that holds is seen from the pieces of each island, so the answer is always
the exact one.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.bins import still
from orebook.maths.compiled import bare, compiled, each, side_by_side

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = 2**62
"""A limit that nothing reaches: no limit. Contents times weights of a whole row have to stay below it."""

METAL, EXCESS, LENGTH = 0, 1, 2
"""What a chain is worth: its content, its content above a cut, its length."""

FORBID, ALLOW = 0, 1
"""Whether a chain may begin at the piece that follows another chain."""


class Pieces(NamedTuple):
    """Rows of pieces one after another: one array for each property, all of one length.

    ``at`` is where a piece begins, ``known`` the part of its ``length`` that is known, ``weight`` what its part of an
    average weighs, ``content`` its value times its weight, nought or more. A ``broken`` piece must not be joined to the
    one before. ``near`` and ``far`` are the places of its ends across a plane or in height; they are read only when the
    law measures along them.
    """

    at: Ints
    length: Ints
    known: Ints
    weight: Ints
    content: Ints
    good: Flags
    broken: Flags
    near: Ints
    far: Ints


class Law(NamedTuple):
    """What makes a stretch a chain, and what it is worth.

    A chain has at least ``min_length`` or the content ``enough``, and at most ``max_length``; its average is at least
    ``min_average`` (below nought: nothing is asked). Runs of pieces that are not good are at most ``max_run`` long,
    with an average of at least ``min_run_average``, all of them together at most ``max_total``. The known length is at
    least ``coverage`` thousandths of the length. ``projected`` is 1 when the least length is measured from ``near`` to
    ``far``.
    """

    objective: int
    touching: int
    cut: int
    min_average: int
    min_length: int
    enough: int
    max_run: int
    max_total: int
    min_run_average: int
    max_length: int
    coverage: int
    projected: int


class Room(NamedTuple):
    """Room in which an island is worked out: nodes, the best keys up to each of them, and where each best came from."""

    nodes: Ints
    best: Ints
    came: Ints


FIRST, LAST, PLACE, JOINED, NEAR, FURTHER, L0, K0, W0, C0, T0, L1, K1, W1, C1, T1 = range(16)
"""A node is a run of good pieces of an island, or one of them: first and last piece, where it begins, 1 when it
follows the node before without a piece between, the places across of its ends, and for both ends the sums of length,
known length, weight, content and waste since the beginning of the island."""

NOTHING, WHOLE, SEARCH = 0, 1, 2
"""What is to be said of an island: no chain in it, one chain over all of it, or that a search must tell."""


@compiled
def room_for(pieces: int) -> Room:
    """Room for islands of at most so many pieces."""
    return Room(
        np.empty((pieces + 1, 16), dtype=np.int64),
        np.empty((pieces + 2, 4), dtype=np.int64),
        np.empty(pieces + 2, dtype=np.int64),
    )


@bare
def gain(objective: int, cut: int, length: int, weight: int, content: int) -> int:
    """What a stretch is worth."""
    if objective == METAL:
        return content
    if objective == EXCESS:
        return content - cut * weight
    return length


@bare
def lawful(nodes: Ints, x: int, y: int, law: Law) -> bool:
    """Whether the stretch from node ``x`` to ``y`` is long, rich and known enough, and not too long or too poor."""
    length, content = nodes[y, L1] - nodes[x, L0], nodes[y, C1] - nodes[x, C0]
    if content < law.min_average * (nodes[y, W1] - nodes[x, W0]):
        return False
    if length > law.max_length or nodes[y, T1] - nodes[x, T0] > law.max_total:
        return False
    if 1000 * (nodes[y, K1] - nodes[x, K0]) < law.coverage * length:
        return False
    measured = abs(nodes[y, FURTHER] - nodes[x, NEAR]) if law.projected else length
    return bool(measured >= law.min_length or content >= law.enough)


@bare
def verdict(nodes: Ints, count: int, law: Law, rich: bool) -> int:
    """What can be said of an island at once; it is ``rich`` when every good piece of it is worth something."""
    if not law.projected and nodes[count - 1, L1] < law.min_length and nodes[count - 1, C1] < law.enough:
        return NOTHING
    return WHOLE if rich and law.objective != EXCESS and lawful(nodes, 0, count - 1, law) else SEARCH


@bare
def _above(best: Ints, one: int, other: int) -> bool:
    """Whether the key ``one`` is greater than the key ``other``."""
    for part in range(4):
        if best[one, part] != best[other, part]:
            return bool(best[one, part] > best[other, part])
    return False


@bare
def _copy(best: Ints, one: int, other: int) -> None:
    """Write the key ``other`` where the key ``one`` stands."""
    for part in range(4):
        best[one, part] = best[other, part]


@bare
def turn(one: Ints, begin: int, end: int) -> None:
    """Turn the order of some numbers of an array."""
    low, high = begin, end - 1
    while low < high:
        one[low], one[high] = one[high], one[low]
        low += 1
        high -= 1


@bare
def search(law: Law, count: int, room: Room) -> None:
    """The best key up to each node of an island, and the node it came from, below nought where no chain ends."""
    nodes, best, came = room
    for part in range(4):
        best[0, part] = 0
    for x in range(count):
        came[x + 1] = -2
    for x in range(count):
        if came[x + 1] == -2 or _above(best, x, x + 1):
            _copy(best, x + 1, x)
            came[x + 1] = -1
        before = x - 1 if nodes[x, JOINED] and law.touching == FORBID else x
        for y in range(x, count):
            length = nodes[y, L1] - nodes[x, L0]
            if length > law.max_length or nodes[y, T1] - nodes[x, T0] > law.max_total:
                break
            if not lawful(nodes, x, y, law):
                continue
            weight, content = nodes[y, W1] - nodes[x, W0], nodes[y, C1] - nodes[x, C0]
            value = best[before, 0] + gain(law.objective, law.cut, length, weight, content)
            if came[y + 1] != -2 and value < best[y + 1, 0]:
                continue
            key = count + 1
            best[key, 0], best[key, 1] = value, best[before, 1] - 1
            best[key, 2], best[key, 3] = best[before, 2] - length, best[before, 3] - nodes[x, PLACE]
            if came[y + 1] == -2 or _above(best, key, y + 1):
                _copy(best, y + 1, key)
                came[y + 1] = x


@bare
def walk_back(law: Law, count: int, room: Room, first: Ints, last: Ints, place: int) -> int:
    """Write down the chains that the search found, in the order of the row; where the next may be written."""
    nodes, came = room.nodes, room.came
    begin, y = place, count
    while y > 0:
        x = came[y]
        if x < 0:
            y -= 1
            continue
        first[place], last[place] = nodes[x, FIRST], nodes[y - 1, LAST]
        place += 1
        y = x - 1 if nodes[x, JOINED] and law.touching == FORBID else x
    turn(first, begin, place)
    turn(last, begin, place)
    return place


@bare
def island(pieces: Pieces, begin: int, end: int, law: Law, nodes: Ints, apart: bool) -> tuple[int, int, bool, bool]:
    """The island that begins at a good piece: how many nodes, the piece after it, whether every good piece is worth
    something, and whether runs of good pieces stay whole.

    Nodes are runs of good pieces, or single ones where they shall stand ``apart``.
    """
    at, lengths, knowns, weights, contents, good, broken, near, far = pieces
    rich, plain = True, law.projected == 0 and law.max_length >= FAR
    count = length = known = weight = content = total = 0
    run = run_known = run_weight = run_content = 0
    k = begin
    while k < end and not (k > begin and broken[k]):
        if not good[k]:
            run += lengths[k]
            if run > law.max_run:
                break
            run_known, run_weight, run_content = (
                run_known + knowns[k],
                run_weight + weights[k],
                run_content + contents[k],
            )
            k += 1
            continue
        if run and run_content < law.min_run_average * run_weight:
            break
        length, known, weight, content = length + run, known + run_known, weight + run_weight, content + run_content
        if run or apart or not count:
            total += run
            node = nodes[count]
            node[FIRST], node[PLACE], node[NEAR], node[JOINED] = k, at[k], near[k], count > 0 and not run
            node[L0], node[K0], node[W0], node[C0], node[T0] = length, known, weight, content, total
            count += 1
        run = run_known = run_weight = run_content = 0
        held, heavy = contents[k], weights[k]
        rich = rich and gain(law.objective, law.cut, lengths[k], heavy, held) > 0
        plain = plain and held >= law.min_average * heavy
        length, known, weight, content = length + lengths[k], known + knowns[k], weight + heavy, content + held
        node = nodes[count - 1]
        node[LAST], node[FURTHER] = k, far[k]
        node[L1], node[K1], node[W1], node[C1], node[T1] = length, known, weight, content, total
        k += 1
    return count, k, rich, rich and plain and total <= law.max_total


@bare
def best_of_row(pieces: Pieces, begin: int, end: int, law: Law, room: Room, first: Ints, last: Ints, place: int) -> int:
    """The best chains of the pieces ``begin`` up to ``end``, written from ``place`` on; where the next may stand."""
    k = begin
    while k < end:
        if not pieces.good[k]:
            k += 1
            continue
        start, apart = k, False
        while True:
            count, k, rich, plain = island(pieces, start, end, law, room.nodes, apart)
            said = verdict(room.nodes, count, law, rich)
            if said != SEARCH or plain or apart:
                break
            apart = True
        if said == WHOLE:
            first[place], last[place] = room.nodes[0, FIRST], room.nodes[count - 1, LAST]
            place += 1
        elif said == SEARCH:
            search(law, count, room)
            place = walk_back(law, count, room, first, last, place)
    return place


@compiled
def _share(
    begins: Ints, ends: Ints, pieces: Pieces, law: Law, longest: int, first: Ints, last: Ints, found: Ints
) -> None:
    """Work out some rows one after another; what they hold is written from the first piece of the first on."""
    room = room_for(longest)
    place = begins[0]
    for row in range(len(begins)):
        start = place
        place = best_of_row(pieces, begins[row], ends[row], law, room, first, last, place)
        found[row] = place - start


@side_by_side
def _best_of_rows(
    begins: Ints, ends: Ints, cuts: Ints, pieces: Pieces, law: Law, longest: int, first: Ints, last: Ints, found: Ints
) -> None:
    """Work out shares of the rows side by side."""
    for share in each(len(cuts) - 1):
        one, two = cuts[share], cuts[share + 1]
        _share(begins[one:two], ends[one:two], pieces, law, longest, first, last, found[one:two])


def shares(begins: Ints, ends: Ints, parts: int = 32) -> Ints:
    """Rows cut into at most so many shares with about as many pieces each: where each share begins, and the end.

    >>> shares(np.array([0, 10, 20, 30]), np.array([10, 20, 30, 40]), 2).tolist()
    [0, 2, 4]
    """
    sums = np.cumsum(ends - begins)
    if not len(sums):
        return np.zeros(1, dtype=np.int64)
    marks = np.searchsorted(sums, np.arange(1, parts) * (sums[-1] / parts)) + 1
    return np.unique(np.concatenate([[0], marks.clip(max=len(sums)), [len(sums)]])).astype(np.int64)


def gathered(begins: Ints, cuts: Ints, found: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """What the shares wrote, put together: the row of each chain, and each column."""
    rows = np.repeat(np.arange(len(found), dtype=np.int64), found)
    sums = np.concatenate([[0], np.cumsum(found)])
    parts = [(begins[one], sums[two] - sums[one]) for one, two in pairwise(cuts) if two > one]
    return rows, *(np.concatenate([column[at : at + many] for at, many in parts] or [column[:0]]) for column in columns)


def best_chains(begins: Ints, ends: Ints, pieces: Pieces, law: Law) -> tuple[Ints, Ints, Ints]:
    """The best chains of every row: the row, the first and the last piece of each, in the order of the rows.

    Row ``r`` has the pieces ``begins[r]`` up to ``ends[r]``; rows follow one another. Source: section 6 of the drilling
    handbook; the answer is the same for a row that is read from its other end with ``-at`` for ``at``.

    >>> grades, ones = np.array([10, 0, 0, 12, 30]), np.ones(5, dtype=np.int64)
    >>> pieces = Pieces(np.arange(5), ones, ones, ones, grades, grades >= 10, grades < 0, ones, ones)
    >>> law = Law(METAL, FORBID, 10, 10, 1, FAR, 3, FAR, -1, FAR, 0, 0)
    >>> best_chains(np.array([0]), np.array([5]), pieces, law)
    (array([0]), array([0]), array([4]))
    """
    cuts = shares(begins, ends)
    size = int(ends.max()) if len(ends) else 0
    longest = int((ends - begins).max()) if len(ends) else 0
    first, last = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    found = np.zeros(len(begins), dtype=np.int64)
    seen = Pieces(*(still(column) for column in pieces))
    _best_of_rows(still(begins, np.int64), still(ends, np.int64), still(cuts), seen, law, longest, first, last, found)
    rows, first, last = gathered(begins, cuts, found, first, last)
    return rows, first, last
