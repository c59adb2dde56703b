"""The resource statement: what categories add up to."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from orebook.ground.quantity import Q


def total_tonnes(tonnes: Iterable[Q]) -> Q:
    """Tonnes of several categories or deposits together; likewise their metal.

    Raises ``TypeError`` when there is none.

    >>> total_tonnes([4.0, 10.5])
    14.5
    """
    return reduce(add, tonnes)


def mean_grade(tonnes: Iterable[Q], grades: Iterable[Q]) -> Q:
    """Grade of several categories together: weighted by tonnes, ``Σ t·g ÷ Σ t``.

    The tonnes occur twice, so for ranges ``ground.range.weighted_mean`` is the tight form of the same formula. Source:
    definition; catalogue code MR313.

    >>> mean_grade([4.0, 12.0], [1.5, 0.5])
    0.75
    """
    masses = list(tonnes)
    return reduce(add, (mass * grade for mass, grade in zip(masses, grades, strict=True))) / reduce(add, masses)
