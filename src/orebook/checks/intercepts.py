"""Intercepts as the rules on drilling see them: depths, length, thickness and grades of one interval."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from orebook.checks.digits import Digits, in_unit
from orebook.checks.memo import per_reading
from orebook.checks.places import block_at
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_LENGTH = (("length", 1),)
_TIED = 20
"""So many characters may stand between an interval and what it is said to include."""


@dataclass(frozen=True, slots=True, eq=False)
class Intercept:
    """One interval of a hole. What the document does not say is nothing; figures with a word (*up to*) are left out."""

    record: Record
    hole: str
    start: Fact | None
    end: Fact | None
    length: Fact | None
    thickness: Fact | None
    grades: dict[str, Fact]

    def depth(self, fact: Fact) -> Figure:
        """A depth or length with its unit: that of the interval's length where none is printed, or else metres."""
        named = self.length.number.unit if self.length else ""
        return in_unit(fact.number, named or "m")

    def bounds(self, read: Digits) -> tuple[Range, Range] | None:
        """Where the interval begins and ends; the end from the length when only that is printed."""
        if self.start is None:
            return None
        start = read(self.depth(self.start))
        if self.end is not None:
            return start, read(self.depth(self.end))
        return (start, start + read(self.depth(self.length))) if self.length is not None else None

    def said(self) -> str:
        """The interval in words: by its depths or by its length."""
        if self.start is not None and self.end is not None:
            return f"{self.start.number.value:f} to {self.end.number.value:f} m"
        if self.length is not None:
            below = f" from {self.start.number.value:f} m" if self.start is not None else ""
            return f"{self.length.number.value:f} m{below}"
        return "the interval"


@per_reading
def intercepts(reading: Reading) -> list[Intercept]:
    """Every intercept of a document, in the order in which it is said."""
    return [intercept(record) for record in reading.of("drill_intercept")]


def intercept(record: Record) -> Intercept:
    """One record as an intercept."""
    grades: dict[str, Fact] = {}
    for fact in record.all("drilling.grade"):
        if plain(fact) and not unit(fact.number.unit or "1").dimension:
            grades.setdefault(fact.about.get("analyte", ""), fact)
    return Intercept(
        record,
        record.about.get("hole", ""),
        _measured(record, "drilling.from"),
        _measured(record, "drilling.to"),
        _measured(record, "drilling.length"),
        _measured(record, "drilling.true_thickness"),
        grades,
    )


def _measured(record: Record, measure: str) -> Fact | None:
    fact = record.get(measure)
    if fact is None or not plain(fact):
        return None
    named = fact.number.unit
    return fact if not named or unit(named).dimension == _LENGTH else None


@per_reading
def strays(reading: Reading) -> list[tuple[Intercept, Intercept]]:
    """Included intervals that lie in no interval of their hole, each with the one that it follows."""
    found: list[tuple[Intercept, Intercept]] = []
    last: dict[tuple[int, str], Intercept] = {}
    for one in intercepts(reading):
        key = (block_at(reading, one.record.source), one.hole)
        before = last.get(key)
        if one.record.about.get("relation") != "including":
            last[key] = one
            if before is None or not _set_apart(before.record, one.record):
                continue
        if one.record.parent is None and before is not None and _told_apart(one):
            found.append((before, one))
    return found


def _set_apart(parent: Record, part: Record) -> bool:
    """Whether the words call an interval included that was set apart because it does not lie in the one before."""
    if "table" in (parent.about.get("place"), part.about.get("place")):
        return False
    including = any(fact.about.get("relation") == "including" for fact in part.facts)
    apart = min(fact.source.start for fact in part.facts) - max(fact.source.end for fact in parent.facts)
    return including and 0 <= apart <= _TIED


def _of_one_hole(parent: Record, child: Record) -> bool:
    holes = {record.about.get("hole", "") for record in (parent, child)} - {""}
    return len(holes) < 2


def _told_apart(one: Intercept) -> bool:
    """Whether an interval can be put to others of its hole: in a table without names of holes it cannot."""
    return bool(one.hole) or one.record.about.get("place") != "table"


def plain(fact: Fact) -> bool:
    """Whether a fact is a figure without a word such as *up to* or *about*."""
    return isinstance(fact.figure, Figure) and not fact.figure.sign


def by_hole(all_of_them: Iterable[Intercept]) -> dict[str, list[Intercept]]:
    """Intercepts by hole; those without a hole are left out."""
    holes: dict[str, list[Intercept]] = defaultdict(list)
    for one in all_of_them:
        if one.hole:
            holes[one.hole].append(one)
    return holes


@per_reading
def families(reading: Reading) -> list[tuple[Intercept, list[Intercept]]]:
    """Every intercept that holds others, with those that it holds."""
    return [
        (one, [intercept(child) for child in one.record.children if _of_one_hole(one.record, child)])
        for one in intercepts(reading)
        if one.record.children and _told_apart(one)
    ]


def mouthful(one: Intercept) -> str:
    """The hole and the interval in words, for the beginning of a message."""
    return f"{one.hole}, {one.said()}" if one.hole else one.said()


__all__ = ["Intercept", "by_hole", "families", "intercept", "intercepts", "mouthful", "plain", "strays"]
