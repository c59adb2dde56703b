"""Interval sums: what intersections hold, of the grade that chose them and of the grades that are carried along."""

from typing import NamedTuple

import numpy as np

from orebook.disciplines.drilling.flat import Floats
from orebook.disciplines.drilling.intersections.pieces import AS_ZERO, LEFT_OUT, Places, Samples, Terms, counted, whole
from orebook.maths.chains import Flags, Ints
from orebook.maths.compiled import bare, compiled, each, side_by_side

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


@side_by_side
def interval_sums(samples: Samples, first: Ints, last: Ints, terms: Terms) -> Ints:
    """The sums of every intersection: a row for each of the sums named above, a column for each intersection."""
    found = np.empty((13, len(first)), dtype=np.int64)
    for number in each(len(first)):
        _sums_of(samples, first[number], last[number], terms, found, number)
    return found


@bare
def _sums_of(samples: Samples, first: int, last: int, terms: Terms, sums: Ints, number: int) -> None:
    """The sums of one intersection, into its column."""
    found = sums[:, number]
    lows, highs, grade, below, density, _, _, _ = samples
    assayed = all_weight = metal = uncut = waste = waste_weight = waste_metal = best = best_weight = dense = 0
    below_samples = below_metal = below_full = 0
    for k in range(first, last + 1):
        flag = below.size > 0 and bool(below[k])
        one = counted(grade[k], flag, terms)
        before, dense = dense, whole(density[k], terms.dense) if density.size else 1
        gap = int(lows[k]) - int(highs[k - 1]) if k > first else 0
        if gap > 0:
            weight = gap * (before + dense) // 2 if terms.gap == AS_ZERO else 0
            waste, all_weight, waste_weight = waste + gap, all_weight + weight, waste_weight + weight
        length = int(highs[k]) - int(lows[k])
        weight = 0 if one.missing and terms.missing == LEFT_OUT else length * dense
        assayed += 0 if one.missing else length
        held = weight * one.cut
        all_weight, metal, uncut = all_weight + weight, metal + held, uncut + weight * one.raw
        if not one.good:
            waste, waste_weight, waste_metal = waste + length, waste_weight + weight, waste_metal + held
        if held > best:
            best, best_weight = held, weight
        if flag:
            below_samples, below_metal = below_samples + 1, below_metal + held
            below_full += weight * counted(grade[k], False, terms).cut
    found[LENGTH], found[ASSAYED], found[WEIGHT], found[METAL] = highs[last] - lows[first], assayed, all_weight, metal
    found[UNCUT], found[WASTE], found[WASTE_WEIGHT], found[WASTE_METAL] = uncut, waste, waste_weight, waste_metal
    found[BEST_WEIGHT], found[BEST_METAL] = best_weight, best
    found[BELOW_SAMPLES], found[BELOW_METAL], found[BELOW_FULL] = below_samples, below_metal, below_full


@compiled
def hole_lengths(starts: Ints, lows: Places, highs: Places, grade: Floats) -> Ints:
    """The sampled and the assayed length of every hole, in thousandths: a row for each hole."""
    found = np.zeros((len(starts) - 1, 2), dtype=np.int64)
    for hole in range(len(starts) - 1):
        sampled = assayed = 0
        for k in range(starts[hole], starts[hole + 1]):
            length = int(highs[k]) - int(lows[k])
            sampled += length
            assayed += length if grade[k] >= 0.0 else 0
        found[hole, 0], found[hole, 1] = sampled, assayed
    return found


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
def carried_means(lows: Places, highs: Places, density: Floats, carried: Carried, first: Ints, last: Ints) -> Floats:
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
