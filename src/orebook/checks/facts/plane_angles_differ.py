"""Angles between one hole and one zone, from true thicknesses."""

import re
from collections.abc import Iterator
from itertools import combinations

from orebook.checks.digits import MEASURED, Digits
from orebook.checks.intercepts import Intercept, by_hole, intercepts
from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.disciplines.drilling.zones.core_angles import core_angle, thickness_ratio
from orebook.ground.range import Range
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_MOST = 40
_EXPLAINED = Pattern(
    r"\b(?:true (?:thickness|width)|zone|hole)s?\b[^.]{0,120}?"
    r"\b(?:is|are|was|were) (?:(?:tightly |locally |gently )?folded"
    r"|measured (?:against|from|on) (?:\w+ ){0,3}contacts?)\b",
    re.IGNORECASE,
)
"""What explains different angles in one hole: a zone that is folded, a thickness measured on the core itself."""


@rule("F113", on="records", basis="geometry", catalogue="EX225")
def plane_angles_differ(reading: Reading) -> Iterator[Remark]:
    """Two intervals of one hole meet their zone at angles that one plane and a straight hole cannot give.

    What it does:
    True thickness by length is the sine of the angle between core and zone. A straight hole through one plane has one
    such angle, so the ranges of all its intervals must meet. Folds, bends of the hole, other zones and estimates can
    explain a difference, so this is a warning; a text that says that the zone is folded, or that thicknesses were
    measured against contacts in the core, has explained it.

    Why it matters:
    Where a text calls a zone continuous and its dip predictable, true thicknesses must follow from one dip.

    Flagged:

        Sedge Zinc drills Coble Hill

        | Hole | From (m) | To (m) | Interval (m) | True Width (m) | Zn (%) |
        |---|---|---|---|---|---|
        | CH-08 | 61.0 | 69.0 | 8.0 | 4.0 | 9.10 |
        | and | 120.0 | 126.0 | 6.0 | 5.7 | 7.75 |

    Fine:

        Sedge Zinc drills Coble Hill

        | Hole | From (m) | To (m) | Interval (m) | True Width (m) | Zn (%) |
        |---|---|---|---|---|---|
        | CH-08 | 61.0 | 69.0 | 8.0 | 4.0 | 9.10 |
        | and | 120.0 | 126.0 | 6.0 | 3.0 | 7.75 |
        ----
        Sedge Zinc drills Coble Hill

        | Hole | From (m) | To (m) | Interval (m) | True Width (m) | Zn (%) |
        |---|---|---|---|---|---|
        | CH-08 | 61.0 | 69.0 | 8.0 | 4.0 | 9.10 |
        | and | 120.0 | 126.0 | 6.0 | 5.7 | 7.75 |

        True width in hole CH-08 was measured against contacts in the core.

    Help:
    Say whether the zone is folded, the hole bends, or the thickness is an estimate of another kind.
    """
    if next(places(reading, _EXPLAINED, hints=("fold", "contact")), None) is not None:
        return
    for hole, rows in by_hole(intercepts(reading)).items():
        measured = [one for one in rows if one.thickness and one.length and one.record.parent is None][:_MOST]
        pair = next((pair for pair in combinations(measured, 2) if _apart(*pair)), None)
        if pair is not None:
            yield _remark(hole, *pair)


def _apart(one: Intercept, other: Intercept) -> bool:
    zones = {one.record.about.get("zone", ""), other.record.about.get("zone", "")}
    if len(zones) > 1:
        return False
    return not any(_sine(one, read).meets(_sine(other, read)) for read in MEASURED)


def _sine(one: Intercept, read: Digits) -> Range:
    if one.thickness is None or one.length is None:
        return Range(0, 1)
    ratio = thickness_ratio(read(one.depth(one.thickness)), read(one.depth(one.length)))
    return Range(ratio.low, ratio.high)


def _remark(hole: str, one: Intercept, other: Intercept) -> Remark:
    words = [
        f"{figure(each.depth(each.thickness))} of {figure(each.depth(each.length))} is {_angles(each)}"
        for each in (one, other)
        if each.thickness and each.length
    ]
    stand = [fact for each in (one, other) for fact in (each.thickness, each.length) if fact]
    text = f"{hole}: {' and '.join(words)} between core and zone; one plane gives a straight hole one angle"
    return remark("warning", text, stand)


def _angles(one: Intercept) -> str:
    sine = _sine(one, MEASURED[0])
    low, high = (core_angle(float(end)) for end in (sine.low, sine.high))
    return f"{low:.1f} to {high:.1f}°"
