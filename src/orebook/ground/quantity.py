"""Quantities: whatever a formula of the trade may be asked about.

A formula is written once. Given numbers it computes, given polars expressions it fills a column, given ``Range``s it
says which results could have been printed. All it asks of its operands is arithmetic.
"""

from typing import Protocol, Self, TypeVar


class Quantity(Protocol):
    """Something that can be added, subtracted, multiplied and divided: a number, an expression, a range."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...


Q = TypeVar("Q", bound=Quantity)
"""One kind of quantity: all operands of a formula are of the same kind, and so is its result."""
