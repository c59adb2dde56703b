"""Intervals told again: each interval of a release beside the same one in the last release that told of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orebook.checks.across_rule import Family, Told
from orebook.checks.digits import significant
from orebook.checks.intercepts import Intercept, intercept
from orebook.checks.remembered import Remembered, hole_of
from orebook.checks.same import agree
from orebook.ground.fact import Fact

_EQUIVALENT = "Eq"
_TELLING = 2
"""A length of so many digits tells an interval of a hole from others."""


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """An interval with the release that tells of it."""

    told: Told
    seen: Intercept

    @property
    def in_table(self) -> bool:
        """Whether it is a row of a table."""
        return self.told.record.about.get("place") == "table"

    @property
    def metals(self) -> dict[str, Fact]:
        """The grades that were measured."""
        return {name: grade for name, grade in self.seen.grades.items() if not name.endswith(_EQUIVALENT)}

    @property
    def equivalents(self) -> dict[str, Fact]:
        """The grades that were computed from others."""
        return {name: grade for name, grade in self.seen.grades.items() if name.endswith(_EQUIVALENT)}


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """An interval that was told before: here and there."""

    here: Interval
    there: Interval

    @property
    def same_length(self) -> bool:
        """Whether both end in the same place, or are equally long."""
        return _same_length(self.here.seen, self.there.seen) is True

    def changed(self) -> list[tuple[Fact, Fact]]:
        """The measured grades that differ, here and there."""
        return [
            pair for pair in _pairs(self.here.metals, self.there.metals) if not agree(pair[0].number, pair[1].number)
        ]

    def changed_equivalents(self) -> list[tuple[Fact, Fact]]:
        """The computed grades that differ, here and there."""
        both = _pairs(self.here.equivalents, self.there.equivalents)
        return [pair for pair in both if not agree(pair[0].number, pair[1].number)]


def _pairs(here: dict[str, Fact], there: dict[str, Fact]) -> list[tuple[Fact, Fact]]:
    return [(grade, there[name]) for name, grade in here.items() if name in there]


def told_again(family: Family) -> list[Again]:
    """Every interval of every release that an earlier release tells of, beside the last that does."""
    return family.kept("intervals told again", lambda: list(_told_again(family)))


def _told_again(family: Family) -> Iterator[Again]:
    history: dict[str, list[Interval]] = defaultdict(list)
    for release in family.releases:
        own = _intervals(release)
        for hole, rows in own.items():
            for here in rows:
                there = _before(here, rows, history[hole])
                if there is not None:
                    yield Again(here, there)
        for hole, rows in own.items():
            told = {_stretch(row.seen) for row in rows}
            history[hole] = [row for row in history[hole] if _stretch(row.seen) not in told] + rows


def _stretch(seen: Intercept) -> tuple[Decimal | None, ...]:
    """Where an interval lies, as printed: a later one in the same place takes the place of the earlier."""
    return tuple(fact.number.value if fact is not None else None for fact in (seen.start, seen.end, seen.length))


def _intervals(release: Remembered) -> dict[str, list[Interval]]:
    """The intervals of a release by hole, each beginning and length once, tables first."""
    rows: dict[str, list[Interval]] = defaultdict(list)
    for record in release.of("drill_intercept"):
        hole, seen = hole_of(record), intercept(record)
        if not ("/" in hole and len(record.about.get("hole", "")) > 3) or not seen.grades:
            continue
        if seen.start is None and seen.length is None:
            continue
        rows[hole].append(Interval(Told(release, record), seen))
    return {hole: _each_once(sorted(some, key=lambda one: not one.in_table)) for hole, some in rows.items()}


def _each_once(rows: list[Interval]) -> list[Interval]:
    kept: list[Interval] = []
    for one in rows:
        if not any(_one_stretch(one.seen, other.seen) for other in kept):
            kept.append(one)
    return kept


def _one_stretch(one: Intercept, other: Intercept) -> bool:
    """Whether two intervals may be one: the same beginning, as far as both print it, and the same length."""
    begin = one.start is None or other.start is None or _same_begin(one, other)
    return begin and bool(_same_length(one, other))


def _same_begin(one: Intercept, other: Intercept) -> bool:
    return one.start is not None and other.start is not None and agree(one.start.number, other.start.number)


def _same_length(one: Intercept, other: Intercept) -> bool | None:
    """Whether two intervals end together; nothing where they cannot be compared."""
    for here, there in ((one.end, other.end), (one.length, other.length)):
        if here is not None and there is not None:
            return agree(here.number, there.number)
    return None


def _before(here: Interval, beside: list[Interval], history: list[Interval]) -> Interval | None:
    """The same interval in the last release that has its beginning: of its length, or else with its grades."""
    near = [one for one in history if _same_begin(here.seen, one.seen)]
    if here.seen.start is None or not near:
        return _by_length(here, beside, history)
    last = near[-1].told.release
    rows = [one for one in near if one.told.release is last]
    same = [one for one in rows if _same_length(here.seen, one.seen)]
    if same:
        return min(same, key=lambda one: (len(Again(here, one).changed()), not one.in_table))
    others = [one for one in rows if _only_length_differs(here, one) and not _has(beside, one) and not _has(near, here)]
    return others[0] if len(others) == 1 else None


def _by_length(here: Interval, beside: list[Interval], history: list[Interval]) -> Interval | None:
    """The only interval of the hole in the last release that has its length, where one of the two prints no beginning.

    Of two lengths alone it is not known that they are one interval: a grade must agree, or the only one be near.
    """
    some = [one for one in history if _one_stretch(here.seen, one.seen) and not _same_begin(here.seen, one.seen)]
    rows = [one for one in some if one.told.release is some[-1].told.release]
    twins = [one for one in beside if one is not here and _one_stretch(here.seen, one.seen)]
    if len(rows) != 1 or twins or here.seen.length is None or significant(here.seen.length.number) < _TELLING:
        return None
    both = _pairs(here.metals, rows[0].metals)
    changed = Again(here, rows[0]).changed()
    if len(changed) < len(both) or (len(both) == 1 and _near(*both[0])):
        return rows[0]
    return None


def _near(here: Fact, there: Fact) -> bool:
    one, other = here.number, there.number
    return one.unit == other.unit and 10 * abs(one.value - other.value) <= max(one.value, other.value)


def _has(rows: list[Interval], one: Interval) -> bool:
    return any(_same_begin(other.seen, one.seen) and _same_length(other.seen, one.seen) for other in rows)


def _only_length_differs(here: Interval, there: Interval) -> bool:
    """Whether two intervals from one depth have the same measured grades and other lengths."""
    both = _pairs(here.metals, there.metals)
    if _same_length(here.seen, there.seen) is not False or len(both) < len(here.metals):
        return False
    telling = [pair for pair in both if len(pair[0].number.value.as_tuple().digits) > 1 and pair[0].number.value]
    relations = {
        one.told.record.about.get("relation", "primary") in ("including", "and including") for one in (here, there)
    }
    return bool(telling) and len(relations) == 1 and all(agree(one.number, other.number) for one, other in both)
