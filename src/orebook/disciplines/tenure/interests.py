"""Interests in a property: stages of an earn-in, and who holds the whole."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from orebook.ground.quantity import Q


def earned_interest(stages: Iterable[Q]) -> Q:
    """Interest after all stages of an earn-in: what each stage adds.

    Raises ``TypeError`` when there is none. Source: definition; catalogue code FN1111.

    >>> earned_interest([35.0, 15.0])
    50.0
    """
    return reduce(add, stages)


def whole_interest(holders: Iterable[Q]) -> Q:
    """The interests of all holders of one thing together; never above the whole.

    >>> whole_interest([50.0, 30.0, 20.0])
    100.0
    """
    return reduce(add, holders)


def remaining_interest(whole: Q, earned: Q) -> Q:
    """What an owner keeps when another has earned an interest.

    >>> remaining_interest(100.0, 35.0)
    65.0
    """
    return whole - earned
