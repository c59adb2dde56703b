"""Values that nothing can have."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_SHARES = ("milling.recovery", "metallurgy.recovery", "tenure.interest", "tenure.option_interest", "resources.interest")
_GRADES = ("drilling.grade", "milling.head_grade", "resources.grade", "sampling.grade", "stockpiles.grade")


@rule("F604", on="facts", basis="what a measure can be", catalogue="PR1012")
def impossible_value(reading: Reading) -> Iterator[Remark]:
    """A figure lies outside what its measure can have.

    What it does:
    Checks dips (at most 90 degrees), azimuths (at most 360), recoveries, interests and shares (at most 100 %), and
    grades (at most the whole rock).

    Why it matters:
    Two columns were exchanged, a unit was mistaken, or a point was lost.

    Flagged:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -160 | 131.0 |

    Fine:

        Fell Resources drills Sallow Ridge

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | SR-03 | 512340 | 6871220 | 310 | 90 | -60 | 131.0 |

    Help:
    Compare head, unit and digits with the source.
    """
    for fact in reading.facts:
        limit = _LIMITS.get(fact.measure)
        if limit is not None and plain(fact):
            yield from limit(fact)


def _share(fact: Fact) -> Iterator[Remark]:
    if fact.number.unit == "%" and fact.number.value > 100:
        yield _remark(fact, "is more than the whole", Range(0, 100, "%"))


def _grade(fact: Fact) -> Iterator[Remark]:
    named = fact.number.unit
    if named and not unit(named).dimension and named != "1":
        whole = Range.exact(1).to(named)
        if fact.number.range().low > whole.high:
            yield _remark(fact, "is more than the rock itself", Range(0, whole.high, named))


def _angle(most: int, words: str) -> Callable[[Fact], Iterator[Remark]]:
    def limit(fact: Fact) -> Iterator[Remark]:
        if abs(fact.number.value) > Decimal(most):
            yield _remark(fact, words, Range(-most, most, "degree"))

    return limit


def _remark(fact: Fact, words: str, expected: Range) -> Remark:
    name = fact.measure.partition(".")[2].replace("_", " ")
    return remark("error", f"{name}: {figure(fact.number)} {words}", [fact], expected)


_LIMITS: dict[str, Callable[[Fact], Iterator[Remark]]] = {
    "collars.dip": _angle(90, "is steeper than vertical"),
    "geometry.dip": _angle(90, "is steeper than vertical"),
    "collars.azimuth": _angle(360, "is more than a full turn"),
    **dict.fromkeys((*_SHARES, "drilling.share"), _share),
    **dict.fromkeys(_GRADES, _grade),
}
