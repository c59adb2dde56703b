"""The estimate of before, as a later release quotes it."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.across_estimates import Stated, by_release
from orebook.checks.across_rule import Family, across_rule, row, when
from orebook.checks.digits import alike
from orebook.checks.rule import Remark, remark
from orebook.checks.same import agree
from orebook.checks.saying import fact, figure
from orebook.checks.sayings import Saying
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range

_NEAR = Decimal("0.1")
"""A figure that comes within a tenth was meant to be that of the earlier release."""


@across_rule("A204", basis="one thing has one value", catalogue="MR316")
def previous_estimate_told_otherwise(family: Family) -> Iterator[Remark]:
    """A release gives another figure for the estimate of before than the earlier release has.

    What it does:
    Where a release says from what figure an estimate grew or fell, or what the previous one was, looks for that figure
    among the estimates of the category in all earlier releases. Where none has it and one nearly does, remarks on it.

    Why it matters:
    The growth of an estimate is measured from the previous one. A previous one that nobody published measures nothing.

    Flagged:

        # Wold Gold reports on Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (oz) |
        |---|---|---|---|---|
        | Fairlight | Indicated | 11.66 | 1.07 | 401,000 |
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate. Indicated ounces increased
        by 38% to 520,000 ounces from 378,000 ounces in the previous estimate.

    Fine:

        # Wold Gold reports on Fairlight

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (oz) |
        |---|---|---|---|---|
        | Fairlight | Indicated | 11.66 | 1.07 | 401,000 |
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate. Indicated ounces increased
        by 30% to 520,000 ounces from 401,000 ounces in the previous estimate.

    Help:
    Take the previous estimate from the release that published it.
    """
    known: list[Stated] = []
    for release in family.dated:
        for saying in release.said("estimate before"):
            category, said = _figure(saying)
            masses = [pair for one in known if one.category == category for pair in _masses(one, said)]
            near = [pair for pair in masses if _within(said, pair[1].number)]
            if near and not any(agree(said, there.number) for _, there in masses):
                one, there = near[-1]
                text = (
                    f"{figure(said)} stands here as the estimate of before ({category});"
                    f" {when(one.told.release)} has {fact(there)}"
                )
                yield remark("warning", text, [saying.source, row(one.told, there)])
        known += by_release(family).get(release.doc, [])


def _figure(saying: Saying) -> tuple[str, Figure]:
    category, value, unit = saying.about.split("|")
    return category.lower().replace("&", "and"), Figure(Decimal(value), unit)


def _masses(one: Stated, said: Figure) -> list[tuple[Stated, Fact]]:
    """Tonnes or metal of an estimate, whichever the figure may be of: tonnes are not compared with ounces."""
    metal = said.unit.endswith(("oz", "lb"))
    facts = one.seen.metals.values() if metal else [one.seen.tonnes, *one.seen.metals.values()]
    return [(one, there) for there in facts if there is not None and alike(said, there.number)]


def _within(said: Figure, other: Figure) -> bool:
    there = Range.exact(other.value, other.unit or "1").to(said.unit or "1").middle
    return abs(said.value - there) <= _NEAR * abs(there)
