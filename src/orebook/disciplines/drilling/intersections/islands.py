"""Islands: the stretches of a hole that no intersection can leave, and what can be said of each at once.

Most islands need no search: the whole of one is lawful, or nothing in it is. They are found straight from the samples,
without making pieces; the others are made into pieces and searched. That this gives what a search of the whole hole
gives is proved in ``orebook.maths.chains`` and held by tests.
"""

import numpy as np

from orebook.disciplines.drilling.intersections.pieces import AS_BREAK, LEFT_OUT, Samples, Terms, counted, fill
from orebook.maths.chains import EXCESS, LENGTH, Ints, Law, Pieces, Room, best_of_row
from orebook.maths.compiled import bare


@bare
def usual(samples: Samples, terms: Terms, law: Law) -> bool:
    """Whether islands can be judged by their sums alone: lengths weigh, gaps break, and nothing is left out."""
    plain = samples.density.size == 0 and terms.gap == AS_BREAK and terms.missing != LEFT_OUT
    return plain and law.projected == 0 and law.objective != EXCESS


@bare
def searched(
    samples: Samples,
    begin: int,
    end: int,
    terms: Terms,
    law: Law,
    pieces: Pieces,
    rows: Ints,
    room: Room,
    first: Ints,
    last: Ints,
    place: int,
) -> int:
    """The best intersections of some samples of a hole by search, as rows; where the next may be written."""
    m = fill(samples, begin, end, terms, pieces, rows)
    after = best_of_row(pieces, 0, m, law, room, first, last, place)
    for one in range(place, after):
        first[one], last[one] = rows[first[one]], rows[last[one]]
    return after


@bare
def quick(
    samples: Samples,
    begins: Ints,
    ends: Ints,
    terms: Terms,
    law: Law,
    pieces: Pieces,
    rows: Ints,
    room: Room,
    first: Ints,
    last: Ints,
    found: Ints,
) -> None:
    """The same for many stretches under a usual rule: islands first, a search only where their sums settle nothing.

    What the stretches hold is written from the first sample of the first on; ``found`` says how many each has.
    """
    tops, bottoms, grade, below, _, split, _, _ = samples
    least, scale, place = terms.cut + terms.above - 0.5, terms.scale, begins[0]
    for row in range(len(begins)):
        k, end, before = begins[row], ends[row], place
        while k < end:
            if not grade[k] * scale >= least:
                k += 1
                continue
            start = final = k
            length = content = total = run = run_content = 0
            rich = True
            while k < end and (k == start or (tops[k] == bottoms[k - 1] and not (split.size and split[k]))):
                one = counted(grade[k], below.size > 0 and below[k], terms)
                long = np.int64(bottoms[k]) - tops[k]
                if not one.good:
                    run += long
                    run_content += long * one.cut
                    k += 1
                    if run > law.max_run or k == start + 1 or (one.missing and terms.missing == AS_BREAK):
                        break
                    continue
                if run_content < law.min_run_average * run:
                    break
                rich = rich and (one.cut > 0 or law.objective == LENGTH)
                length, content, total = length + run + long, content + run_content + long * one.cut, total + run
                run = run_content = 0
                final = k
                k += 1
            if not length or (length < law.min_length and content < law.enough):
                continue
            lawful = content >= law.min_average * length and length <= law.max_length and total <= law.max_total
            if rich and lawful:
                first[place], last[place] = start, final
                place += 1
            else:
                place = searched(samples, start, final + 1, terms, law, pieces, rows, room, first, last, place)
        found[row] = place - before
