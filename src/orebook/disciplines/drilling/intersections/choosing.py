"""Choosing: which samples of each hole make its intersections, for all holes at once.

A rule set is turned into whole numbers, each hole into pieces, and the pieces into the best intersections, exactly and
whichever end one begins at (handbook, section 6), or by a greedy pass where the rule set asks for one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from orebook.disciplines.drilling.intersections.greedy import BOTH, DOWN, EXACT, UP, Manner, greedy_row
from orebook.disciplines.drilling.intersections.islands import quick, searched, usual
from orebook.disciplines.drilling.intersections.pieces import (
    AS_BREAK,
    AS_ZERO,
    LEFT_OUT,
    STEPS,
    Samples,
    Terms,
    fill,
    row_of_pieces,
)
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.ground.schema import unit_of
from orebook.maths.bins import still
from orebook.maths.chains import (
    ALLOW,
    EXCESS,
    FAR,
    FORBID,
    LENGTH,
    METAL,
    Ints,
    Law,
    gathered,
    room_for,
    shares,
)
from orebook.maths.compiled import compiled, each, side_by_side

_POLICY = {"zero": AS_ZERO, "error": AS_ZERO, "break": AS_BREAK, "exclude": LEFT_OUT}
_OBJECTIVE = {"metal": METAL, "excess": EXCESS, "length": LENGTH}
_DIRECTION = {"none": EXACT, "down": DOWN, "up": UP, "both_richer": BOTH}
VIEW = {"zero": 0.0, "half": 0.5, "full": 1.0, "sqrt2": 0.5**0.5}
"""The share of a detection limit that a value below it counts for, by the name of the view."""

_DECIMALS = {"ppm": 4, "ppb": 4}
_MOST_DECIMALS = 6
_DENSITY_STEPS = 1000.0


class Numbers(NamedTuple):
    """A rule set in whole numbers: what it says of a sample, of an intersection, and of the way to go."""

    terms: Terms
    law: Law
    manner: Manner


@dataclass(frozen=True, slots=True)
class Chosen:
    """Chosen intersections: the stretch of samples that each was sought in, its first and its last sample."""

    row: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.row)


class TooLargeError(ValueError):
    """Grades, densities and depths so great that their products are no longer exact."""


def scale_for(samples: Samples, rule: RuleSet, reach: float) -> float:
    """Steps of grade in one unit: 10⁶ for percent and grams per tonne, 10⁴ for ppm, fewer where sums would overflow.

    ``reach`` is the length of the longest hole in thousandths.
    """
    most = float(np.fmax.reduce(samples.grade, initial=0.0))
    most = max(most, rule.cutoff, rule.least_average or 0.0, rule.min_waste_grade or 0.0, 1.0)
    heavy = float(np.fmax.reduce(samples.density, initial=0.0)) * _DENSITY_STEPS if samples.density.size else 1.0
    for decimals in range(_DECIMALS.get(unit_of(rule.on), _MOST_DECIMALS), -1, -1):
        if most * 10.0**decimals * max(reach, 1.0) * max(heavy, 1.0) < FAR / 2:
            return float(10.0**decimals)
    raise TooLargeError(
        f"{rule.on} reaches {most:g} over {reach / STEPS:g} of depth, which is no grade; "
        "look for a wrong unit or a code"
    )


def numbers(rule: RuleSet, scale: float, *, dense: bool) -> Numbers:
    """A rule set in whole numbers, with so many steps in a unit of grade.

    >>> zone = RuleSet(name="zone", on="au_gpt", cutoff=0.3, top_cut=None, min_length=2, max_waste_run=3)
    >>> numbers(zone, 1e6, dense=False).law.min_length
    2000
    """
    heavy = _DENSITY_STEPS if dense else 1.0

    def grade(value: float | None, none: int) -> int:
        return none if value is None else min(round(value * scale), FAR)

    def length(value: float | None) -> int:
        return FAR if value is None else min(round(value * STEPS), FAR)

    left_out = "exclude" in (rule.missing_sample, rule.gap)
    return Numbers(
        Terms(
            scale=scale,
            cut=grade(rule.cutoff, 0),
            above=int(rule.cutoff_op == "gt"),
            top=grade(rule.top_cut, -1),
            cut_first=int(rule.top_cut_stage == "before_classification"),
            missing=_POLICY[rule.missing_sample],
            gap=_POLICY[rule.gap],
            below=VIEW[rule.bdl_view],
            dense=heavy,
        ),
        Law(
            objective=_OBJECTIVE[rule.objective],
            touching=ALLOW if rule.touching == "allow" else FORBID,
            cut=grade(rule.cutoff, 0),
            min_average=grade(rule.least_average, -1),
            min_length=length(rule.min_length),
            enough=FAR if rule.short_high_metal is None else grade(rule.short_high_metal * STEPS * heavy, FAR),
            max_run=length(rule.max_waste_run),
            max_total=length(rule.max_waste_total),
            min_run_average=grade(rule.min_waste_grade, -1),
            max_length=length(rule.max_length),
            coverage=round(rule.min_coverage * 1000) if left_out else 0,
            projected=int(rule.min_length_basis != "downhole"),
        ),
        Manner(_DIRECTION[rule.direction], int(rule.cutoff_on == "running_mean"), int(rule.start_end == "on_any")),
    )


@compiled
def _share(
    begins: Ints,
    ends: Ints,
    samples: Samples,
    terms: Terms,
    law: Law,
    manner: Manner,
    longest: int,
    first: Ints,
    last: Ints,
    found: Ints,
) -> None:
    """Work out some stretches one after another; what they hold is written from the first sample of the first on."""
    pieces, rows = row_of_pieces(2 * longest)
    room = room_for(2 * longest)
    if manner.direction == EXACT and usual(samples, terms, law):
        quick(samples, begins, ends, terms, law, pieces, rows, room, first, last, found)
        return
    place = begins[0]
    for row in range(len(begins)):
        begin, end, before = begins[row], ends[row], place
        if manner.direction == EXACT:
            place = searched(samples, begin, end, terms, law, pieces, rows, room, first, last, place)
        else:
            m = fill(samples, begin, end, terms, pieces, rows)
            place = greedy_row(pieces, m, law, manner, first, last, place)
            for one in range(before, place):
                first[one], last[one] = rows[first[one]], rows[last[one]]
        found[row] = place - before


@side_by_side
def _choose(
    begins: Ints,
    ends: Ints,
    cuts: Ints,
    samples: Samples,
    terms: Terms,
    law: Law,
    manner: Manner,
    longest: int,
    first: Ints,
    last: Ints,
    found: Ints,
) -> None:
    """Work out shares of the stretches side by side."""
    for share in each(len(cuts) - 1):
        one, two = cuts[share], cuts[share + 1]
        _share(begins[one:two], ends[one:two], samples, terms, law, manner, longest, first, last, found[one:two])


def choose(begins: Ints, ends: Ints, samples: Samples, rule: Numbers) -> Chosen:
    """The intersections of each stretch of samples, ``begins[k]`` up to ``ends[k]``, all of one hole each.

    Stretches stand in the order of the samples and share none.

    >>> zone = RuleSet(name="zone", on="au_gpt", cutoff=10, top_cut=None, min_length=1, max_waste_run=3)
    >>> depths, none = np.arange(6, dtype=np.int32) * 1000, np.empty(0)
    >>> grades = np.array([10.0, 0, 0, 12, 30])
    >>> samples = Samples(depths[:-1], depths[1:], grades, none > 0, none, none > 0, none, none)
    >>> choose(np.array([0]), np.array([5]), samples, numbers(zone, 1e6, dense=False))
    Chosen(row=array([0]), first=array([0]), last=array([4]))
    """
    cuts = shares(begins, ends)
    size = int(ends.max()) if len(ends) else 0
    longest = int((ends - begins).max()) if len(ends) else 0
    first, last = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    found = np.zeros(len(begins), dtype=np.int64)
    seen = Samples(*(still(column) for column in samples))
    _choose(still(begins, np.int64), still(ends, np.int64), still(cuts), seen, *rule, longest, first, last, found)
    return Chosen(*gathered(begins, cuts, found, first, last))
