"""Metal equivalents: several metals as one, by a coefficient for each.

``Eq = g1 + Σ gi · ci`` with ``ci = (pi · ri · fi) ÷ (p1 · r1 · f1)``: price, recovery and payable share of each metal
against those of the first. Grades keep the units in which they are printed; the coefficient carries the conversion.
"""

from collections.abc import Iterable

from orebook.ground.quantity import Q


def equivalent_grade(primary: Q, others: Iterable[tuple[Q, Q]]) -> Q:
    """Equivalent grade: the primary grade and each other grade times its coefficient.

    Source: definition.

    >>> equivalent_grade(1.0, [(80.0, 0.0125)])
    2.0
    """
    whole = primary
    for grade, coefficient in others:
        whole = whole + grade * coefficient
    return whole


def coefficient(equivalent: Q, primary: Q, other: Q) -> Q:
    """The coefficient that an equivalent of two metals implies: ``(Eq − g1) ÷ g2``.

    Every row of one statement must imply the same. Source: definition; catalogue code EQ706.

    >>> coefficient(2.0, 1.0, 80.0)
    0.0125
    """
    return (equivalent - primary) / other


def worth_ratio(price: Q, recovery: Q, first_price: Q, first_recovery: Q) -> Q:
    """Coefficient of a metal from prices and recoveries, prices for one and the same unit of grade.

    >>> worth_ratio(25.0, 0.7, 2000.0, 0.9)
    0.00972222...
    """
    return price * recovery / (first_price * first_recovery)
