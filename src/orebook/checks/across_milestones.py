"""Milestones told again: what is to happen, of which kind and where, as it stood at each release."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orebook.checks.across_rule import Family, Told
from orebook.checks.remembered import Remembered
from orebook.ground.fact import Fact
from orebook.ground.period import Period
from orebook.reading.patterns import Pattern

_COMMON = frozenset(
    "project property mine deposit zone the of and gold silver copper island north south east west".split()
)
_OPENING = 12
"""A date that stands so near the beginning of a sentence opens it."""
_LONGEST = 3660
"""A time of more days than this is no date."""


@dataclass(frozen=True, slots=True, eq=False)
class Milestone:
    """Something that is planned or was done: its kind, the words of the place, and when."""

    told: Told
    fact: Fact
    kind: str
    where: frozenset[str]
    when: Period
    planned: bool

    def same(self, other: "Milestone") -> bool:
        """Whether both are of one kind, at one place that both name."""
        return self.kind == other.kind and bool(self.where & other.where)


@cache
def _kinds() -> list[tuple[str, Pattern, bool]]:
    """The kinds of milestones: a name, the words that say it, and whether it happens once only."""
    text = files("orebook.checks").joinpath("across_milestones.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [(row["kind"], Pattern(row["said"], re.IGNORECASE), row["once"] == "yes") for row in rows]


def happens_once(kind: str) -> bool:
    """Whether a kind of milestone is reached once and not again."""
    return any(name == kind and once for name, _, once in _kinds())


def milestones(release: Remembered) -> list[Milestone]:
    """The dated events of a release whose kind is known, of which a release gives one date each."""
    found: dict[tuple[str, frozenset[str], bool], list[Milestone]] = {}
    for record in release.of("milestone"):
        for fact in record.all("milestones.date"):
            event = fact.about.get("event", "")
            kinds = [name for name, words, _ in _kinds() if words.search(event)]
            when = _period(str(fact.figure))
            where = _where(record.about)
            if len(kinds) == 1 and when is not None and where and _leads(where, fact, record.around.lower()):
                planned = fact.about.get("status") == "planned"
                one = Milestone(Told(release, record), fact, kinds[0], where, when, planned)
                found.setdefault((one.kind, where, planned), []).append(one)
    return [some[0] for some in found.values() if len({str(one.fact.figure) for one in some}) == 1]


def _leads(where: frozenset[str], fact: Fact, sentence: str) -> bool:
    """Whether the place, if the sentence names it, stands before the date: "in 2026, Gorse to follow" is not Gorse."""
    at = sentence.find(" ".join(fact.source.quote.lower().split()))
    named = [sentence.find(word) for word in where if word in sentence]
    return at < _OPENING or not named or min(named) < at


def _where(about: dict[str, str]) -> frozenset[str]:
    words = " ".join(about.get(key, "") for key in ("mine", "property")).lower().split()
    return frozenset(words) - _COMMON


def _period(label: str) -> Period | None:
    try:
        found = Period.parse(label)
    except ValueError:
        return None
    open_end = found.start.year < 1900 or found.end.year > 2200
    return None if open_end or (found.end - found.start).days > _LONGEST else found


def told_again(family: Family) -> Iterator[tuple[Milestone, Milestone]]:
    """Yield each milestone beside the last that an earlier release told of the same kind and place."""
    known: list[Milestone] = []
    for release in family.dated:
        own = milestones(release)
        for now in own:
            before = next(
                (one for one in reversed(known) if one.same(now) and one.told.release.day < release.day), None
            )
            if before is not None:
                yield now, before
        known = [one for one in known if not any(one.same(now) and one.planned == now.planned for now in own)] + own
