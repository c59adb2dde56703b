"""Greedy passes: intersections as tools find them that go down or up a hole and take what comes first.

They are here to repeat results of such tools. Their answer depends on the end at which they begin, and the exact choice
(``orebook.maths.chains``) never holds less.

A pass begins at a sample that qualifies and goes on while no limit is met. Judging samples, it takes in waste only up
to another sample that qualifies, and only while the mean with that sample stays high enough. Judging the running mean,
it goes on while the mean with each next sample stays high enough, and then ends where it stands or at its last sample
that qualifies. What it has found is kept if it is lawful; the next begins after it.
"""

from typing import NamedTuple

from orebook.maths.chains import ALLOW, Ints, Law, Pieces, turn
from orebook.maths.compiled import bare

EXACT, DOWN, UP, BOTH = 0, 1, -1, 2
"""Which way to go: not at all, or down, or up, or both and keep what holds more."""


class Manner(NamedTuple):
    """How a pass goes: its direction, 1 when the running mean is judged, 1 when it may end on waste."""

    direction: int
    running: int
    on_any: int


class Sums(NamedTuple):
    """What a stretch holds."""

    length: int
    known: int
    weight: int
    content: int


@bare
def _stretch(pieces: Pieces, one: int, other: int) -> Sums:
    """The sums over the pieces between two, both included, whichever is first."""
    length = known = weight = content = 0
    for k in range(min(one, other), max(one, other) + 1):
        length += pieces.length[k]
        known += pieces.known[k]
        weight += pieces.weight[k]
        content += pieces.content[k]
    return Sums(length, known, weight, content)


@bare
def _reach(pieces: Pieces, start: int, end: int, law: Law, manner: Manner, step: int) -> int:
    """How far a pass that begins at a piece comes: its last piece."""
    last, k = start, start
    length, weight, content = pieces.length[k], pieces.weight[k], pieces.content[k]
    run = total = run_weight = run_content = 0
    while 0 <= k + step < end and not pieces.broken[k + 1 if step > 0 else k]:
        k += step
        length += pieces.length[k]
        weight += pieces.weight[k]
        content += pieces.content[k]
        if length > law.max_length or (manner.running and content < law.min_average * weight):
            break
        if not pieces.good[k]:
            run, total = run + pieces.length[k], total + pieces.length[k]
            run_weight, run_content = run_weight + pieces.weight[k], run_content + pieces.content[k]
            if run > law.max_run or total > law.max_total:
                break
            last = k if manner.on_any else last
            continue
        if run_content < law.min_run_average * run_weight or content < law.min_average * weight:
            break
        run = run_weight = run_content = 0
        last = k
    return last


@bare
def _pass(
    pieces: Pieces, end: int, law: Law, manner: Manner, step: int, first: Ints, last: Ints, place: int
) -> tuple[int, int]:
    """One pass over a hole: where the next intersection may be written, and what all of them hold."""
    k = 0 if step > 0 else end - 1
    held = 0
    while 0 <= k < end:
        if not pieces.good[k]:
            k += step
            continue
        stop = _reach(pieces, k, end, law, manner, step)
        sums = _stretch(pieces, k, stop)
        top, bottom = min(k, stop), max(k, stop)
        measured = abs(pieces.far[bottom] - pieces.near[top]) if law.projected else sums.length
        long = measured >= law.min_length or sums.content >= law.enough
        known = 1000 * sums.known >= law.coverage * sums.length
        k = stop + step
        if long and known and sums.content >= law.min_average * sums.weight and sums.length <= law.max_length:
            first[place], last[place] = top, bottom
            place += 1
            held += sums.content
            if law.touching != ALLOW and 0 <= k < end and not pieces.broken[max(k, stop)]:
                k += step
    return place, held


@bare
def greedy_row(pieces: Pieces, end: int, law: Law, manner: Manner, first: Ints, last: Ints, place: int) -> int:
    """The intersections of one hole by a greedy pass, from the top down; where the next may be written.

    Of both passes the one that holds more is kept, of equal ones that from the top.
    """
    step = -1 if manner.direction == UP else 1
    after, held = _pass(pieces, end, law, manner, step, first, last, place)
    if manner.direction == BOTH:
        then, other = _pass(pieces, end, law, manner, -step, first, last, place)
        if other > held:
            after, step = then, -step
        else:
            after, held = _pass(pieces, end, law, manner, step, first, last, place)
    if step < 0:
        turn(first, place, after)
        turn(last, place, after)
    return after
