"""Interval sums: what intersections hold, of the grade that chose them and of the grades that are carried along."""

from typing import NamedTuple

import numpy as np

from orebook.disciplines.drilling.flat import Floats
from orebook.disciplines.drilling.pieces import AS_BREAK, LEFT_OUT, Samples, Terms, counted, whole
from orebook.maths.chains import Flags, Ints
from orebook.maths.compiled import compiled

(
    LENGTH,
    ASSAYED,
    WEIGHT,
    METAL,
    UNCUT,
    WASTE,
    WASTE_WEIGHT,
    WASTE_METAL,
    BEST_WEIGHT,
    BEST_METAL,
    BELOW_SAMPLES,
    BELOW_METAL,
    BELOW_FULL,
) = range(13)
"""What is summed of the deciding grade: lengths in thousandths, metal as weight times whole steps of grade, of all, of
the waste, of the richest sample, and of samples below detection, for which also as if their limit counted in full."""


@compiled
def _sum(samples: Samples, first: int, last: int, terms: Terms, into: Ints) -> None:
    """The sums of one intersection."""
    lows, highs, grade, below, density, _, _, _ = samples
    into[:] = 0
    dense = 0
    for k in range(first, last + 1):
        flag = below.size > 0 and bool(below[k])
        one = counted(grade[k], flag, terms)
        before, dense = dense, whole(density[k], terms.dense) if density.size else 1
        gap = lows[k] - highs[k - 1] if k > first else 0
        if gap > 0 and terms.gap != AS_BREAK:
            weight = 0 if terms.gap == LEFT_OUT else gap * (before + dense) // 2
            into[WASTE] += gap
            into[WEIGHT] += weight
            into[WASTE_WEIGHT] += weight
        length = highs[k] - lows[k]
        weight = 0 if one.missing and terms.missing == LEFT_OUT else length * dense
        into[ASSAYED] += 0 if one.missing else length
        into[WEIGHT] += weight
        into[METAL] += weight * one.cut
        into[UNCUT] += weight * one.raw
        if not one.good:
            into[WASTE] += length
            into[WASTE_WEIGHT] += weight
            into[WASTE_METAL] += weight * one.cut
        if weight * one.cut > into[BEST_METAL]:
            into[BEST_METAL], into[BEST_WEIGHT] = weight * one.cut, weight
        if flag:
            into[BELOW_SAMPLES] += 1
            into[BELOW_METAL] += weight * one.cut
            full = counted(grade[k], False, terms)
            into[BELOW_FULL] += weight * full.cut
    into[LENGTH] = highs[last] - lows[first]


@compiled
def interval_sums(samples: Samples, first: Ints, last: Ints, terms: Terms) -> Ints:
    """The sums of every intersection: a row for each, a column for each of the sums named above."""
    into = np.empty((len(first), 13), dtype=np.int64)
    for one in range(len(first)):
        _sum(samples, first[one], last[one], terms, into[one])
    return into


class Carried(NamedTuple):
    """A grade that is carried along: values with NaN for none, flags, and the share of a detection limit that counts.

    ``zero`` is 1 when a sample without a value counts as no grade, and depth without a sample too.
    """

    grade: Floats
    below: Flags
    above: Flags
    share: float
    zero: int


MEAN, LOWER, UPPER, CARRIED_LENGTH, ALL_BELOW, ANY_ABOVE = range(6)
"""What is found of a carried grade: its mean, the same with values below detection as nought and as their limit, the
assayed length, 1 when all that counts is below detection, 1 when some value is over the range of its method."""


@compiled
def carried_means(lows: Ints, highs: Ints, density: Floats, carried: Carried, first: Ints, last: Ints) -> Floats:
    """The mean of a carried grade over every intersection, by length or by length and density."""
    grade, below, above, share, zero = carried
    into = np.zeros((len(first), 6))
    for one in range(len(first)):
        weight = metal = under = length = 0.0
        all_below, any_above = True, False
        for k in range(first[one], last[one] + 1):
            dense = density[k] if density.size else 1.0
            long = float(highs[k] - lows[k])
            gap = float(lows[k] - highs[k - 1]) if k > first[one] else 0.0
            value = grade[k]
            if not value >= 0.0:
                weight += zero * long * dense
                all_below = all_below and not zero
                value = 0.0
            else:
                length += long
                weight += long * dense
                if below.size and below[k]:
                    under += long * dense * value
                else:
                    metal += long * dense * value
                    all_below = False
                any_above = any_above or (above.size > 0 and above[k])
            weight += zero * gap * dense
        into[one, MEAN] = (metal + share * under) / weight if weight else np.nan
        into[one, LOWER] = metal / weight if weight else np.nan
        into[one, UPPER] = (metal + under) / weight if weight else np.nan
        into[one, CARRIED_LENGTH] = length / 1000.0
        into[one, ALL_BELOW] = all_below and length > 0
        into[one, ANY_ABOVE] = any_above
    return into


@compiled
def any_of(flag: Flags, first: Ints, last: Ints) -> Flags:
    """Whether some sample of each intersection is flagged."""
    into = np.zeros(len(first), dtype=np.bool_)
    if flag.size:
        for one in range(len(first)):
            into[one] = flag[first[one] : last[one] + 1].any()
    return into
