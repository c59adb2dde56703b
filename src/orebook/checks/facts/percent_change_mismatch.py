"""Percentages of change against the two figures."""

from collections.abc import Iterator

from orebook.checks.changes import Change, Stated, changes
from orebook.checks.digits import Digits, fits, nearest
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.finance.amounts import growth
from orebook.ground.range import Range
from orebook.reading.reading import Reading


@rule("F403", on="document", basis="arithmetic", catalogue="PR1008")
def percent_change_mismatch(reading: Reading) -> Iterator[Remark]:
    """A stated percentage is not the change between its two figures.

    What it does:
    Where a sentence says that something rose or fell by a percentage from one figure to another, divides the two and
    compares.

    Why it matters:
    Percentages make headlines. A new figure of twice the old one is a rise of 100 %, not of 200 %.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        Indicated ounces increased by 50% to 520,000 ounces from 402,000 ounces in the previous estimate.

    Fine:

        Hazel Gold updates the Birk Crag resource

        Indicated ounces increased by 29% to 520,000 ounces from 402,000 ounces in the previous estimate.

    Help:
    Divide the difference by the earlier figure.
    """
    for change in changes(reading):
        for by in change.by:
            if by.figure.unit == "%" and change.now.figure.unit != "%" and change.before.figure.value > 0:
                yield from _compared(change, by)


def _compared(change: Change, by: Stated) -> Iterator[Remark]:
    def implied(read: Digits) -> Range:
        times = growth(read(change.now.figure), read(change.before.figure))
        return abs(times.to("1") - 1).to("%")

    if by.figure.sign or change.now.figure.value <= 0 or fits(implied, by.figure):
        return
    expected = implied(nearest)
    text = (
        f"from {figure(change.before.figure)} to {figure(change.now.figure)} is a change of"
        f" {between(expected, step=by.figure.step)}; {figure(by.figure)} stands here"
    )
    yield remark("error", text, [by.source, change.now.source, change.before.source], expected)
