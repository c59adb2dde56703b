"""Programmes: how much was drilled in how many holes."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from orebook.ground.quantity import Q


def metres_drilled(depths: Iterable[Q]) -> Q:
    """Metres of a programme: the depths of its holes added up.

    Raises ``TypeError`` when there is no hole. Source: definition; catalogue code EX227.

    >>> metres_drilled([161.5, 254.0, 143.0])
    558.5
    """
    return reduce(add, depths)


def mean_depth(metres: Q, holes: Q) -> Q:
    """Mean length of the holes of a programme.

    >>> mean_depth(1200.0, 8.0)
    150.0
    """
    return metres / holes
