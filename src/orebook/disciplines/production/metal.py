"""Metal in rock and metal recovered."""

from orebook.ground.quantity import Q


def contained_metal(tonnes: Q, grade: Q) -> Q:
    """Metal in an amount of rock: tonnes times grade.

    Tonnes times grams per tonne are grams; ranges convert by themselves. Source: definition; catalogue code MR312.

    >>> contained_metal(10_000_000.0, 1.5)
    15000000.0
    """
    return tonnes * grade


def metal_produced(tonnes: Q, grade: Q, recovery: Q) -> Q:
    """Metal that reaches the product: ore milled times head grade times recovery, ``M = T·f·R``.

    Recovery is a fraction of one. Source: definition; catalogue code PR1002.

    >>> metal_produced(1000.0, 0.02, 0.9)
    18.0
    """
    return contained_metal(tonnes, grade) * recovery


def head_grade(metal: Q, tonnes: Q, recovery: Q) -> Q:
    """Head grade that ore, metal and recovery imply.

    >>> head_grade(18.0, 1000.0, 0.9)
    0.02
    """
    return metal / (tonnes * recovery)


def attributable(amount: Q, interest: Q) -> Q:
    """A holder's part of an amount on the 100 % basis; the interest is a fraction of one.

    Source: definition; catalogue code PR1007.

    >>> attributable(34_044.0, 0.5)
    17022.0
    """
    return amount * interest


def implied_recovery(metal: Q, tonnes: Q, grade: Q) -> Q:
    """Recovery that metal, ore and head grade imply: metal made for metal fed, a fraction of one.

    Source: definition; catalogue code PR1002 solved for the recovery.

    >>> implied_recovery(18.0, 1000.0, 0.02)
    0.9
    """
    return metal / contained_metal(tonnes, grade)
