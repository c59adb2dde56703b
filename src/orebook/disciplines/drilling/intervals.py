"""Intervals along a hole: how long they are, what they hold, and what is left of them outside their parts.

All lengths are along the hole, in metres; grades are means over the length.
"""

from collections.abc import Iterable

from orebook.ground.quantity import Q


def interval_length(start: Q, end: Q) -> Q:
    """Length of an interval: ``to`` less ``from``, in the unit of the depths.

    Source: definition; catalogue code EX220.

    >>> interval_length(127.5, 156.5)
    29.0
    """
    return end - start


def metal_length(length: Q, grade: Q) -> Q:
    """Metal of an interval as length times grade: gram-metres for metres and grams per tonne.

    Source: definition; also called grade-thickness.

    >>> metal_length(20.0, 1.5)
    30.0
    """
    return length * grade


def residual_length(length: Q, parts: Iterable[Q]) -> Q:
    """Length of an interval outside the parts that are reported within it.

    >>> residual_length(12.0, [2.0, 3.5])
    6.5
    """
    rest = length
    for part in parts:
        rest = rest - part
    return rest


def residual_metal(length: Q, grade: Q, parts: Iterable[tuple[Q, Q]]) -> Q:
    """Metal of an interval outside its parts, ``L·G − Σ l·g``, as length times grade.

    Each part is its length and its grade. Below nothing is impossible: the parts hold more than the whole. Every
    operand occurs once, so ranges give the exact range. Source: definition; catalogue code EX222.

    >>> residual_metal(10.0, 5.0, [(2.0, 30.0)])
    -10.0
    """
    rest = metal_length(length, grade)
    for part_length, part_grade in parts:
        rest = rest - metal_length(part_length, part_grade)
    return rest


def residual_grade(length: Q, grade: Q, parts: Iterable[tuple[Q, Q]]) -> Q:
    """Mean grade of an interval outside its parts, ``(L·G − Σ l·g) ÷ (L − Σ l)``, in the unit of the grade.

    Lengths occur twice: ask for the corners of the whole formula when the operands are ranges. Source: definition.

    >>> residual_grade(42.7, 3.14, [(4.2, 21.60)])
    1.126...
    """
    inside = list(parts)
    return residual_metal(length, grade, inside) / residual_length(length, [part for part, _ in inside])
