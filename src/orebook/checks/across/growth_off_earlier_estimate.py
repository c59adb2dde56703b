"""Percentages of growth against the estimate that an earlier release gives."""

from collections.abc import Iterator

from orebook.checks.across_estimates import Stated, by_release
from orebook.checks.across_rule import Family, across_rule, row, when
from orebook.checks.digits import Digits, alike, fits, in_unit, nearest
from orebook.checks.intercepts import plain
from orebook.checks.remembered import Kept
from orebook.checks.rule import Remark, remark
from orebook.checks.saying import between, fact, figure
from orebook.disciplines.finance.amounts import growth
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range


@across_rule("A203", basis="arithmetic", catalogue="MR316")
def growth_off_earlier_estimate(family: Family) -> Iterator[Remark]:
    """A stated percentage of growth is not the change from the estimate of an earlier release.

    What it does:
    Where a release says by what percentage an estimate grew or fell, takes the new figures of that deposit and category
    from it, the old ones from the last release before that has others, and compares. It is enough that tonnes, grade or
    metal gives the percentage. Since a deposit may have been cut otherwise, this is a warning.

    Why it matters:
    The old figure is often not in the release that announces the new one, so that nobody can see the slip: the quotient
    for the change, or another category.

    Flagged:

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (koz) |
        |---|---|---|---|---|
        | Fairlight | Inferred | 5.8 | 1.07 | 200 |
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate. Inferred
        resources grew by 197%.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (koz) |
        |---|---|---|---|---|
        | Fairlight | Inferred | 12.7 | 0.97 | 394 |

    Fine:

        May 6, 2024 - Wold Gold Corp. (TSXV: WLD) drills.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (koz) |
        |---|---|---|---|---|
        | Fairlight | Inferred | 5.8 | 1.07 | 200 |
        ====
        # Wold Gold updates the Mineral Resource Estimate at Fairlight

        July 9, 2024 - Wold Gold Corp. (TSXV: WLD) has an updated mineral resource estimate. Inferred
        resources grew by 97%.

        | Deposit | Category | Tonnes (Mt) | Au (g/t) | Au (koz) |
        |---|---|---|---|---|
        | Fairlight | Inferred | 12.7 | 0.97 | 394 |

    Help:
    Divide the difference by the figure of the last release, and print both figures beside the percentage.
    """
    for place, release in enumerate(family.dated):
        own = by_release(family).get(release.doc, [])
        for record in release.of("resource_change"):
            by = record.get("resources.change")
            names, category = _names(record, own), record.about.get("category", "").lower()
            now = [one for one in own if _meant(names, category, one)]
            if by is None or not plain(by) or not now:
                continue
            known = [by_release(family).get(other.doc, []) for other in family.dated[:place] if other.day < release.day]
            before = _before(now, [[one for one in some if _meant(names, category, one)] for some in known])
            yield from _compared(by, now, before)


def _names(record: Kept, own: list[Stated]) -> frozenset[str]:
    """The deposit of which a percentage is said; where none is, the only one that the release has in that category."""
    if deposit := record.about.get("deposit", ""):
        return frozenset(deposit.lower().split())
    named = {one.names for one in own if one.category == record.about.get("category", "").lower() and one.names}
    return next(iter(named)) if len(named) == 1 else frozenset()


def _meant(names: frozenset[str], category: str, one: Stated) -> bool:
    """Whether a percentage is about the deposit and the category of an estimate."""
    return bool(category) and category == one.category and bool(names & one.names)


def _before(now: list[Stated], known: list[list[Stated]]) -> list[Stated]:
    """The estimates of the last release that has others: those of its tables, else those said with several figures."""
    for fit, fits_before in ((_row, _row), (_stated, _row), (_whole, _whole)):
        here = [one for one in now if fit(one)]
        for some in reversed(known):
            there = [one for one in some if fits_before(one)]
            if any(one.compared(other)[1] for one in here for other in there):
                return there
    return []


def _stated(one: Stated) -> bool:
    return bool(one.figures)


def _row(one: Stated) -> bool:
    return one.in_table


def _whole(one: Stated) -> bool:
    return len(one.figures) > 1


def _compared(by: Fact, now: list[Stated], before: list[Stated]) -> Iterator[Remark]:
    pairs = [(pair, there) for here in now for there in before for pair in _all_pairs(here, there)]
    if not pairs or any(_gives(here.number, there.number, by.number) for (here, there), _ in pairs):
        return
    metal = [one for one in pairs if one[0][0].measure == "resources.metal"] or pairs
    tables = [one for one in metal if one[1].in_table] or metal
    (here, there), old = tables[0]
    expected = abs(_growth(nearest, here.number, there.number))
    text = (
        f"from {fact(there)} in {when(old.told.release)} to {fact(here)} is a change of"
        f" {between(expected, step=by.number.step)}; {figure(by.number)} stands here"
    )
    yield remark("warning", text, [by, here, row(old.told, there)], expected)


def _all_pairs(here: Stated, there: Stated) -> list[tuple[Fact, Fact]]:
    equal, unequal = here.compared(there)
    return [*unequal, *equal]


def _gives(now: Figure, before: Figure, share: Figure) -> bool:
    other = in_unit(before, now.unit)
    if not alike(now, other) or other.value <= 0:
        return False
    return fits(lambda read: abs(_growth(read, now, other)), share)


def _growth(read: Digits, now: Figure, before: Figure) -> Range:
    return (growth(read(now), read(in_unit(before, now.unit))).to("1") - 1).to("%")
