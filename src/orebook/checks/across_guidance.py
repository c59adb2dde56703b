"""Guidance told again: what a company foresaw for a period, as it stood at each release."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.across_figures import KINDS, key
from orebook.checks.across_rule import Family, Told
from orebook.checks.digits import alike, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Kept, Remembered
from orebook.checks.same import agree
from orebook.ground.fact import Fact


@dataclass(frozen=True, slots=True, eq=False)
class Guided:
    """Guidance of one release for one measure and period: from its low to its high end, or one figure."""

    told: Told
    ends: tuple[Fact, ...]

    def same(self, other: "Guided") -> bool:
        """Whether both name the same ends."""
        if len(self.ends) != len(other.ends):
            return False
        return all(_agree(here, there) for here, there in zip(self.ends, other.ends, strict=True))

    def alike(self, other: "Guided") -> bool:
        """Whether both measure the same, so that they can be compared."""
        here, there = self.ends[0].number, in_unit(other.ends[0].number, self.ends[0].number.unit)
        return alike(here, there)


def _agree(here: Fact, there: Fact) -> bool:
    other = in_unit(there.number, here.number.unit)
    return alike(here.number, other) and agree(here.number, other)


def guidance(release: Remembered) -> dict[tuple[str, ...], Guided]:
    """The guidance of a release by what it is of; what has two ranges in one release is left out."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], Guided]] = defaultdict(dict)
    for record in release.of(*KINDS):
        if not record.about.get("period") or not _foreseen(record):
            continue
        ends = [fact for fact in record.facts if plain(fact) and fact.figure.unit]
        for measure in dict.fromkeys(key(fact) for fact in ends):
            own = sorted((fact for fact in ends if key(fact) == measure), key=lambda fact: fact.number.value)
            digits = tuple(fact.number.digits for fact in own)
            found[measure].setdefault(digits, Guided(Told(release, record), tuple(own[:: max(len(own) - 1, 1)])))
    return {measure: next(iter(ways.values())) for measure, ways in found.items() if len(ways) == 1}


def _foreseen(record: Kept) -> bool:
    """Whether a record is guidance: called so, or a plan that has two ends."""
    context = record.about.get("context")
    bounds = {fact.about.get("bound") for fact in record.facts}
    return context == "guidance" or (context == "planned" and {"low", "high"} <= bounds)


def guided_again(family: Family) -> Iterator[tuple[Guided, Guided]]:
    """Yield guidance beside the last that an earlier release gave for the same measure and period."""
    last: dict[tuple[str, ...], Guided] = {}
    for release in family.dated:
        own = guidance(release)
        yield from ((now, last[name]) for name, now in own.items() if name in last and now.alike(last[name]))
        last.update(own)
