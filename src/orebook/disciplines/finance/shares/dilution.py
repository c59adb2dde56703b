"""Dilution: what options, warrants and convertibles would add to the shares, and which of them dilute.

Options and warrants enter by the treasury-stock method: their proceeds buy shares at the average price of the period.
Convertibles enter with their shares and give back what they cost. Instruments are taken in from the most dilutive on,
as long as the figure per share falls; what would raise it stays out, and in a loss everything does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orebook.ground.quantity import Q

_MOST = float("inf")


def treasury_stock_shares(options: Q, exercise_price: Q, average_price: Q) -> Q:
    """Shares that options would add: all of them less those that their proceeds would buy at the average price.

    Negative when the exercise price is above the average price; such options are left out. Source: IAS 33, paragraphs
    45 and 46.

    >>> treasury_stock_shares(100.0, 15.0, 20.0)
    25.0
    """
    return options - options * exercise_price / average_price


@dataclass(frozen=True, slots=True)
class Potential:
    """What may become shares: how many they would add over the period, and what they would add to its income.

    ``shares`` and ``income`` are those of the period, weighted by the days on which the instrument stood.
    """

    name: str
    shares: float
    income: float = 0.0

    @property
    def for_each(self) -> float:
        """Income given back for each share that is added: the smaller, the more it dilutes."""
        return self.income / self.shares if self.shares else _MOST


@dataclass(frozen=True, slots=True)
class Stage:
    """One instrument in the order of taking in: what the figure per share is with it, and whether it dilutes."""

    name: str
    shares: float
    income: float
    per_share: float
    dilutes: bool


@dataclass(frozen=True, slots=True)
class Diluted:
    """Shares and income after all that dilutes, and how that came about."""

    shares: float
    income: float
    stages: tuple[Stage, ...]

    @property
    def per_share(self) -> float:
        """Diluted income for each share."""
        return self.income / self.shares


def diluted(income: float, shares: float, potentials: Sequence[Potential], *, control: float | None = None) -> Diluted:
    """Take in all that dilutes.

    ``control`` is the profit from continuing operations, which decides alone; without it ``income`` does. In a loss
    nothing dilutes. An instrument that adds no share dilutes nothing. Source: IAS 33, paragraphs 41 to 44.

    >>> found = diluted(10.0, 2.0, [Potential("bond", 2.0, 3.0), Potential("option", 0.5)])
    >>> found.shares, found.income, [stage.name for stage in found.stages if stage.dilutes]
    (4.5, 13.0, ['option', 'bond'])
    """
    decides = income if control is None else control
    taken, added, stages = shares, 0.0, []
    for each in sorted(potentials, key=lambda one: (one.for_each, one.name)):
        better = taken > 0 and decides > 0 and each.shares > 0
        now = (decides + added) / taken if taken else 0.0
        then = (decides + added + each.income) / (taken + each.shares) if taken + each.shares else 0.0
        dilutes = better and then < now
        if dilutes:
            taken, added = taken + each.shares, added + each.income
        stages.append(Stage(each.name, each.shares, each.income, then, dilutes))
    return Diluted(taken, income + added, tuple(stages))
