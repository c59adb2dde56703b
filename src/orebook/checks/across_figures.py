"""Figures told again: production and accounts of one measure, subject, period and basis, release after release."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.across_rule import Family, Told
from orebook.checks.digits import alike, in_unit
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Remembered
from orebook.checks.same import agree
from orebook.ground.fact import Fact
from orebook.ground.period import Period
from orebook.ground.range import Range
from orebook.ground.units import ONE, unit

KINDS = ("production", "financial")
_APART = frozenset(
    {
        "place",
        "label",
        "column",
        "table",
        "row",
        "relation",
        "context",
        "restated",
        "resolved",
        "qualifier",
        "bound",
        "scale",
    }
)
"""What says where a figure stands or how it was said, not what it is of."""
_BY_LABEL = ("finance.line", "finance.change")
"""Measures that mean something only with the words of their row."""
_FAR = 2
"""Figures that differ by more than this factor are of two things, whatever their keys say."""
_SUBJECTS = ("mine", "company", "subject", "segment", "property")


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """A figure that was told before: here and there."""

    here: Told
    there: Told
    now: Fact
    before: Fact

    @property
    def in_tables(self) -> bool:
        """Whether both are cells of tables, in rows that bear the same words."""
        return all(fact.about.get("place") == "table" for fact in (self.now, self.before)) and (
            label(self.now) == label(self.before)
        )

    @property
    def agrees(self) -> bool:
        """Whether both may be the same number."""
        return agree(self.now.number, in_unit(self.before.number, self.now.number.unit))

    @property
    def near(self) -> bool:
        """Whether both may be of one thing: they measure the same, and differ by less than a factor of two."""
        there = in_unit(self.before.number, self.now.number.unit)
        if unit(self.now.number.unit or "1") is ONE or not alike(self.now.number, there):
            return False
        there_now = Range.exact(there.value, there.unit).to(self.now.number.unit).middle
        sizes = sorted((abs(self.now.number.value), abs(there_now)))
        return sizes[1] <= _FAR * sizes[0] and (self.now.number.value < 0) == (there_now < 0)


def label(fact: Fact) -> str:
    """The words of the row of a figure, in small letters."""
    return " ".join(fact.about.get("label", "").lower().split())


def key(fact: Fact) -> tuple[str, ...]:
    """What a figure is of: its measure and everything that it is about, but not where it stands."""
    about = [f"{name}={value}" for name, value in fact.about.items() if name not in _APART and value]
    by_label = fact.measure in _BY_LABEL or not any(fact.about.get(name) for name in _SUBJECTS)
    return fact.measure, label(fact) if by_label else "", *sorted(about)


def figures(release: Remembered, *contexts: str) -> dict[tuple[str, ...], list[tuple[Told, Fact]]]:
    """The figures of a release by what they are of, those of some contexts.

    One without a period is of nothing; one without a subject is of what the words of its row say.
    """
    found: dict[tuple[str, ...], list[tuple[Told, Fact]]] = defaultdict(list)
    for record in release.of(*KINDS):
        for fact in record.facts:
            told = fact.about.get("period") and any(fact.about.get(name) for name in (*_SUBJECTS, "label"))
            if told and fact.about.get("context", "") in contexts and plain(fact) and fact.figure.unit:
                found[key(fact)].append((Told(release, record), fact))
    return found


def told_again(family: Family) -> list[Again]:
    """Every figure that an earlier release tells, beside the last that does; none that has two values in a release."""
    return family.kept("figures told again", lambda: list(_told_again(family)))


def _told_again(family: Family) -> Iterator[Again]:
    last: dict[tuple[str, ...], tuple[Told, Fact]] = {}
    for release in family.releases:
        own = {name: one for name, some in figures(release, "announced", "").items() if (one := _only(some))}
        for name, (here, now) in own.items():
            if name in last:
                yield Again(here, last[name][0], now, last[name][1])
        last.update(own)


def _only(some: list[tuple[Told, Fact]]) -> tuple[Told, Fact] | None:
    """The one figure that is meant: the cell of a table, if no two differ."""
    tables = [one for one in some if one[1].about.get("place") == "table"]
    first = (tables or some)[0]
    bounds = {one[1].about.get("bound", "") for one in some}
    same = all(_alike(first[1], fact) for _, fact in some)
    return first if same and bounds == {""} else None


def _alike(one: Fact, other: Fact) -> bool:
    there = in_unit(other.number, one.number.unit)
    return alike(one.number, there) and agree(one.number, there)


def period_of(fact: Fact) -> Period | None:
    """The period of a figure, if it can be read."""
    try:
        return Period.parse(fact.about.get("period", ""))
    except ValueError:
        return None


def said(fact: Fact) -> str:
    """What a figure is of, in words."""
    keys = (*_SUBJECTS, "deposit", "period")
    about = ", ".join(dict.fromkeys(fact.about[name] for name in keys if fact.about.get(name)))
    name = label(fact) if fact.measure in _BY_LABEL else fact.measure.partition(".")[2].replace("_", " ")
    return f"{name}{f' ({about})' if about else ''}"
