"""Estimates told again: resources and reserves of one issuer by what they are of, release after release."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from orebook.checks.across_rule import Family, Told
from orebook.checks.digits import alike, in_unit
from orebook.checks.estimates import Estimate, estimate
from orebook.checks.remembered import Remembered
from orebook.checks.same import agree
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure

KINDS = ("resource", "reserve")
_ASIDE = frozenset({"historical", "sensitivity", "planned", "other company"})
"""What is said of an estimate that is not the company's own, or not the one it stands by."""
_COMMON = frozenset(
    "project property deposit deposits zone mine island lake creek river hill mount the of north south east west gold "
    "silver copper exploration licence license licences mining lease permit total combined all global in situ insitu "
    "au ag cu zn pb and resource resources estimate open pit underground".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """An estimate as one release states it."""

    told: Told
    seen: Estimate

    @property
    def category(self) -> str:
        """The category in small letters."""
        return self.seen.category.lower().replace("&", "and")

    @property
    def names(self) -> frozenset[str]:
        """The words of the deposit's name that tell it from others."""
        return frozenset(word for word in self.seen.deposit.lower().split() if word not in _COMMON)

    @property
    def figures(self) -> dict[str, Fact]:
        """Tonnes, grades and metal by name."""
        own = {f"grade {name}": one for name, one in self.seen.grades.items()}
        own |= {f"metal {name}": one for name, one in self.seen.metals.items()}
        return {"tonnes": self.seen.tonnes, **own} if self.seen.tonnes is not None else own

    @property
    def in_table(self) -> bool:
        """Whether it is a row of a table."""
        return self.told.record.about.get("place") == "table"

    def compared(self, other: "Stated") -> tuple[list[tuple[Fact, Fact]], list[tuple[Fact, Fact]]]:
        """The figures that both have and that agree, and those that do not; their units may be unsaid."""
        equal: list[tuple[Fact, Fact]] = []
        unequal: list[tuple[Fact, Fact]] = []
        for name, fact in self.figures.items():
            there = other.figures.get(name)
            if there is not None and alike(fact.number, in_unit(there.number, fact.number.unit)):
                (equal if agree(fact.number, in_unit(there.number, fact.number.unit)) else unequal).append(
                    (fact, there)
                )
        return equal, unequal


def stated(release: Remembered) -> list[Stated]:
    """The estimates by which a release stands, in its order."""
    records = sorted(release.of(*KINDS), key=lambda record: record.source.start)
    own = [record for record in records if record.about.get("context", "") not in _ASIDE]
    return [Stated(Told(release, record), estimate(record)) for record in own]


def by_release(family: Family) -> dict[str, list[Stated]]:
    """The estimates of every release that has some, in the order of the releases."""
    return family.kept(
        "estimates", lambda: {release.doc: found for release in family.releases if (found := stated(release))}
    )


def announces(release: Remembered) -> bool:
    """Whether a release says at its head that an estimate is new or was changed."""
    return any(saying.about == "head" for saying in release.said("updated"))


def same_category(one: Stated, other: Stated) -> bool:
    """Whether two estimates are of one kind and one category, both said."""
    return bool(one.category) and one.category == other.category and _kind(one) == _kind(other)


def same_cutoff(one: Stated, other: Stated) -> bool:
    """Whether no two cut-offs are printed, or the same."""
    said = {each.told.record.about.get("cutoff", "") for each in (one, other)} - {""}
    return len(said) < 2


def _kind(one: Stated) -> str:
    return one.told.record.kind


def earlier(family: Family, release: Remembered) -> Iterator[Stated]:
    """Every estimate of the releases before one, the last release first."""
    releases = family.releases[: family.releases.index(release)]
    known = by_release(family)
    yield from chain.from_iterable(known.get(one.doc, ()) for one in reversed(releases))


def bare_figure(fact: Fact) -> Figure:
    """The figure without a word such as *about*."""
    return replace(fact.number, sign="")


def digits_of(one: Stated) -> tuple[str, ...]:
    """The figures of an estimate as printed: two statements with the same ones need not both be kept."""
    return tuple(f"{name} {fact.number.digits} {fact.number.unit}" for name, fact in sorted(one.figures.items()))


class Known:
    """The estimates that were stated so far, each set of figures once and with the last release that has it."""

    def __init__(self) -> None:
        self._by_category: dict[tuple[str, str], dict[tuple[object, ...], Stated]] = {}

    def like(self, one: Stated) -> list[Stated]:
        """Those of the same kind and category, the last stated first."""
        return list(self._by_category.get((_kind(one), one.category), {}).values())[::-1]

    def add(self, some: list[Stated]) -> None:
        """Remember what a release states."""
        for one in some:
            states = self._by_category.setdefault((_kind(one), one.category), {})
            key = (digits_of(one), one.names)
            states.pop(key, None)
            states[key] = one
            while len(states) > _MOST:
                del states[next(iter(states))]


_MOST = 60
"""So many sets of figures of one category are remembered."""
