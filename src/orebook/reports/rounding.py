"""Rounding: numbers as they are printed. Here, and nowhere else, does a number of the book lose digits.

A float is taken for the decimal number with fifteen significant digits that it stands for: 2.675 is two point six seven
five although the machine holds a little less, and a mean that comes out as 2.6749999999999998 because of the order in
which it was added up is the same 2.675. A half is rounded away from zero, as people do: 2.675 prints 2.68, and -2.675
prints -2.68.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import isfinite

Number = int | float | Decimal | Fraction

_DIGITS = 15
"""So many digits of a float are certain; what follows is how the machine writes it."""

_MOST_NOUGHTS = 21
"""No number with more places before or behind its point is a measure of anything."""

_WIDE = Context(prec=60)
_WAYS = {
    "nearest": Context(prec=60, rounding=ROUND_HALF_UP),
    "up": Context(prec=60, rounding=ROUND_CEILING),
    "down": Context(prec=60, rounding=ROUND_FLOOR),
}
_FINEST = 3
"""Depths are kept in thousandths; three decimals show them all."""


def exact(value: Number) -> Decimal:
    """The decimal number that a value stands for.

    Raises ``ValueError`` for what is no finite number.

    >>> exact(2.675), exact(0.1 + 0.2), exact(Fraction(1, 8)), exact(12)
    (Decimal('2.675'), Decimal('0.3'), Decimal('0.125'), Decimal('12'))
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Fraction):
        return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    if isinstance(value, int):
        return Decimal(value)
    if not isfinite(value):
        raise ValueError(f"{value} is no number to print; give a missing value as None")
    return Decimal(f"{value:.{_DIGITS}g}")


def rounded(value: Number, decimals: int, *, towards: str = "nearest") -> Decimal:
    """A number with so many decimals, a half away from zero; fewer than none rounds to tens and hundreds.

    ``towards`` is ``nearest``, ``up`` for a value that is at most what is printed (``<``) or ``down`` for one that is
    at least that (``>=``).

    >>> rounded(2.675, 2), rounded(-2.675, 2), rounded(1250, -2), rounded(0.004, 2, towards="up")
    (Decimal('2.68'), Decimal('-2.68'), Decimal('1.3E+3'), Decimal('0.01'))
    """
    found = _WAYS[towards].quantize(exact(value), _step(decimals))
    return found or found.copy_abs()


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def digits(value: Number, decimals: int, *, thousands: str = ",", minus: str = "-", towards: str = "nearest") -> str:
    """The digits of a number as they are printed, thousands parted, zeros at the end kept.

    >>> digits(14133.4, 1), digits(440245, 0, thousands=""), digits(-55.0, 0, minus="−"), digits(-0.001, 2)
    ('14,133.4', '440245', '−55', '0.00')
    """
    found = rounded(value, decimals, towards=towards)
    words = f"{found.copy_abs():,f}"
    if thousands != ",":
        words = words.replace(",", thousands)
    return minus + words if found.is_signed() else words


def as_is(value: Number, *, thousands: str = "") -> str:
    """All digits of a number, none added and none lost; one with many noughts and no measure is written with its power.

    >>> as_is(127.81), as_is(3.0), as_is(1e-7), as_is(2500000.5, thousands=",")
    ('127.81', '3', '0.0000001', '2,500,000.5')
    >>> as_is(-1e308), as_is(2.5e-300)
    ('-1e308', '2.5e-300')
    """
    with localcontext(_WIDE):
        found = exact(value).normalize()
    if abs(found.adjusted()) > _MOST_NOUGHTS:
        return f"{found:e}".replace("e+", "e")
    return f"{found:,f}".replace(",", thousands)


def adds_up(begin: Number, end: Number, length: Number, decimals: int) -> bool:
    """Whether printed depths give the printed length: ``round(to) - round(from) = round(length)``.

    >>> adds_up(0.25, 10.5, 10.25, 1), adds_up(0.25, 10.5, 10.25, 2)
    (False, True)
    """
    between = rounded(end, decimals) - rounded(begin, decimals)
    return between == rounded(length, decimals)


def decimals_that_add(rows: Iterable[tuple[Number, Number, Number]], decimals: int) -> int:
    """The fewest decimals, from those asked for up to three, with which the depths of all rows give the lengths.

    Each row is from, to and length. Depths are kept in thousandths, so three decimals always do unless the length
    itself is another. Source: handbook of drilling, 7.6.

    >>> decimals_that_add([(3.0, 4.5, 1.5), (0.25, 10.5, 10.25)], 1)
    2
    """
    held: Sequence[tuple[Number, Number, Number]] = [row for row in rows if adds_up(*row, _FINEST)]
    for tried in range(decimals, _FINEST):
        if all(adds_up(*row, tried) for row in held):
            return tried
    return max(decimals, _FINEST) if held else decimals
