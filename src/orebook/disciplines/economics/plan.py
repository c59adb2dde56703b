"""The life of a plan: what its average years add up to."""

from orebook.ground.quantity import Q


def life_of_plan(average: Q, years: Q, tail: Q) -> Q:
    """Production over a plan: the average of its steady years times their number, and what the other years add.

    Source: definition; catalogue code PE608.

    >>> life_of_plan(40.0, 9.0, 30.0)
    390.0
    """
    return average * years + tail


def tail_production(total: Q, average: Q, years: Q) -> Q:
    """What is left of a plan's total for the years outside its average; never below nothing.

    >>> tail_production(390.0, 40.0, 9.0)
    30.0
    """
    return total - average * years


def demand(use: Q, count: Q) -> Q:
    """Material that some number of things takes: use in each times their number.

    >>> demand(0.25, 4_000_000.0)
    1000000.0
    """
    return use * count
