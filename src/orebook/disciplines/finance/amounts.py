"""Amounts of money: per share, changes between periods, parts and totals, currencies.

Percentages are fractions of one; an exchange rate is units of the wanted currency for one unit of the given.
"""

from collections.abc import Iterable
from functools import reduce
from operator import add

from orebook.ground.quantity import Q


def per_share(amount: Q, shares: Q) -> Q:
    """An amount for each share, on the weighted average of the period.

    Source: IAS 33; catalogue code FN1101.

    >>> per_share(18.0, 40.0)
    0.45
    """
    return amount / shares


def implied_shares(amount: Q, for_each: Q) -> Q:
    """The number of shares that an amount and its per-share figure imply; one number fits all measures of a period.

    Source: definition; catalogue code FN1102.

    >>> implied_shares(18.0, 0.45)
    40.0
    """
    return amount / for_each


def change(now: Q, before: Q) -> Q:
    """Change of a measure between two periods; below nothing when it fell.

    >>> change(17.0, 27.0)
    -10.0
    """
    return now - before


def relative_change(now: Q, before: Q) -> Q:
    """Change of a measure as a fraction of what it was.

    ``before`` occurs twice: as ``now ÷ before − 1`` the ranges stay tight, see ``growth``. Source:
    definition; catalogue code PR1008.

    >>> relative_change(22.0, 20.0)
    0.1
    """
    return (now - before) / before


def growth(now: Q, before: Q) -> Q:
    """How many times a measure is what it was; one less than that is its relative change.

    >>> growth(22.0, 20.0)
    1.1
    """
    return now / before


def sum_of_parts(parts: Iterable[Q]) -> Q:
    """The whole of some parts, such as realized and unrealized gains.

    Raises ``TypeError`` when there is none. Source: definition; catalogue code FN1106.

    >>> sum_of_parts([17.5, -0.5])
    17.0
    """
    return reduce(add, parts)


def exchanged(amount: Q, rate: Q) -> Q:
    """An amount in another currency.

    >>> exchanged(3.5, 1.25)
    4.375
    """
    return amount * rate
