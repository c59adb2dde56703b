"""Amounts of change against the two figures."""

from collections.abc import Iterator

from orebook.checks.changes import Change, Stated, changes
from orebook.checks.digits import Digits, alike, fits, in_unit, nearest
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.finance.amounts import change as change_of
from orebook.ground.range import Range
from orebook.reading.reading import Reading


@rule("F402", on="document", basis="arithmetic", catalogue="PR1008")
def stated_change_mismatch(reading: Reading) -> Iterator[Remark]:
    """A stated change is not the difference of its two figures.

    What it does:
    Where a sentence says that something rose or fell from one figure to another, and it or the next sentence gives the
    amount, subtracts the two and compares.

    Why it matters:
    One of the three was updated and the others were not.

    Flagged:

        Alder Copper reports annual results

        Operating costs rose to $31.4 million from $27.9 million in 2018. The $4.5 million increase reflects diesel
        prices.

    Fine:

        Alder Copper reports annual results

        Operating costs rose to $31.4 million from $27.9 million in 2018. The $3.5 million increase reflects diesel
        prices.

    Help:
    Subtract the unrounded figures and round once.
    """
    for change in changes(reading):
        for by in change.by:
            if by.figure.unit != "%" and alike(in_unit(by.figure, change.now.figure.unit), change.now.figure):
                yield from _compared(change, by)


def _compared(change: Change, by: Stated) -> Iterator[Remark]:
    said = by.figure

    def implied(read: Digits) -> Range:
        return abs(change_of(read(change.now.figure), read(change.before.figure)))

    if said.sign or fits(implied, said):
        return
    expected = implied(nearest).to(said.unit)
    text = (
        f"from {figure(change.before.figure)} to {figure(change.now.figure)} is a change of"
        f" {between(expected, step=said.step)}; {figure(said)} stands here"
    )
    yield remark("error", text, [by.source, change.now.source, change.before.source], expected)
