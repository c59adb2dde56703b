"""One estimate in two releases."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.across_estimates import Known, Stated, announces, by_release, same_cutoff
from orebook.checks.across_rule import Family, across_rule, grade_for, row, when
from orebook.checks.digits import in_unit, significant
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import fact
from orebook.ground.fact import Fact
from orebook.ground.range import Range

_SLIP = Decimal("0.1")
"""A figure that differs by less was meant to be the same."""
_TELLING = 3


@across_rule("A201", basis="one estimate has one value", catalogue="EX226")
def estimate_told_otherwise(family: Family) -> Iterator[Remark]:
    """One figure of an estimate is another than in an earlier release, and the others are the same.

    What it does:
    Looks for an estimate of the same category in an earlier release with which all figures agree but one: tonnes and
    grade are the same, the metal is not. A lone figure is compared with that of the same deposit, if it comes within a
    tenth. A release whose headline speaks of a new estimate is left alone. Between two
    tables such a figure cannot be; a sentence is a warning, an equivalent, which depends on prices, a note.

    Why it matters:
    An estimate is quoted for years, from one release to the next. What slips once is copied from then on.

    Flagged:

        # Wold Gold reports on Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.
        ====
        # Wold Gold drills Fairlight

        September 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 42.1 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.

    Fine:

        # Wold Gold reports on Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.07 g/t Au for
        contained gold of 1,417,000 ounces.
        ====
        # Wold Gold drills Fairlight

        September 9, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        The Fairlight project has an inferred mineral resource of 41 million tonnes averaging 1.07 g/t Au for
        contained gold of 1.42 Moz.

    Help:
    Copy the estimate from its table, whole.
    """
    known = Known()
    for release in family.releases:
        own = by_release(family).get(release.doc, [])
        for one in own if not announces(release) else ():
            if one.category and (twin := _twin(one, known.like(one), own)):
                yield _said(one, *twin)
        known.add(own)


def _twin(one: Stated, known: list[Stated], beside: list[Stated]) -> tuple[Stated, list[tuple[Fact, Fact]]] | None:
    """The estimate that one was meant to be, with the figures that differ; nothing where one agrees as a whole."""
    found: tuple[Stated, list[tuple[Fact, Fact]]] | None = None
    for other in known:
        equal, unequal = one.compared(other)
        if equal and not unequal and (len(equal) > 1 or len(one.figures) == 1):
            return None
        if (
            found is None
            and same_cutoff(one, other)
            and _one_place(one, other)
            and _slipped(one, other, equal, unequal)
        ):
            found = other, unequal
    if found is None or any(_whole(found[0], other) for other in beside):
        return None
    return found


def _slipped(one: Stated, other: Stated, equal: list[tuple[Fact, Fact]], unequal: list[tuple[Fact, Fact]]) -> bool:
    """Whether two estimates are one with a slip: two figures are equal, or one and the other nearly is.

    A lone figure of a named deposit slipped when it is nearly that of before.
    """
    if len(unequal) != 1:
        return False
    if len(equal) > 1:
        return any(significant(here.number) >= _TELLING for here, _ in equal)
    if not equal:
        return len(one.figures) == 1 and bool(one.names) and one.names == other.names and _near(*unequal[0])
    return significant(equal[0][0].number) >= _TELLING and _near(*unequal[0])


def _near(here: Fact, there: Fact) -> bool:
    other = in_unit(there.number, here.number.unit)
    size = Range.exact(other.value, other.unit or "1").to(here.number.unit or "1").middle
    return abs(here.number.value - size) <= _SLIP * max(abs(size), abs(here.number.value))


def _one_place(one: Stated, other: Stated) -> bool:
    """Whether the names of both deposits have a word in common, or one has no name."""
    return not (one.names and other.names) or bool(one.names & other.names)


def _whole(known: Stated, beside: Stated) -> bool:
    """Whether the release quotes the estimate rightly in another place as well."""
    equal, unequal = beside.compared(known)
    return len(equal) > 1 and not unequal


def _said(one: Stated, other: Stated, unequal: list[tuple[Fact, Fact]]) -> Remark:
    here, there = unequal[0]
    tables = one.in_table and other.in_table and bool(one.names) and one.names == other.names
    grade = "note" if here.about.get("analyte", "").endswith("Eq") else "error" if tables else "warning"
    release = other.told.release
    same = "; the other figures are the same" if len(one.figures) > 1 else ""
    text = f"{one.seen.said()}: {fact(here)} here, {fact(there)} in {when(release)}{same}"
    expected = there.number.range() if grade == "error" else None
    return remark(grade_for(release, one.told.release, grade), text, [here, row(other.told, there)], expected)
