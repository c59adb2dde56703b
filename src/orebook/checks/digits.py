"""What printed digits may stand for: rounded to nearest, cut off, or with zeros that only fill up.

A rule says that figures cannot hold only when none of these readings lets them. They are tried in this order.

>>> nearest(Figure.parse("540 koz")), cut_off(Figure.parse("540 koz")), filled_up(Figure.parse("540 koz"))
(Range(539.5, 540.5, 'koz'), Range(540, 541, 'koz'), Range(535, 545, 'koz'))
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import IncompatibleUnitsError, known, unit

Digits = Callable[[Figure], Range]
"""A way of reading printed digits: from a figure to all that it may stand for."""


def nearest(figure: Figure) -> Range:
    """Rounded to the nearest unit of the last printed digit, as a figure is read by itself."""
    return figure.range()


def cut_off(figure: Figure) -> Range:
    """Cut off after the last printed digit: 12.3 is 12.3 up to 12.4. Counts and figures with a word stay."""
    if figure.sign or unit(figure.unit or "1").counted:
        return figure.range()
    ends = sorted((figure.value, figure.value + figure.step.copy_sign(figure.value)))
    return Range(ends[0], ends[1], figure.unit or "1")


def filled_up(figure: Figure) -> Range:
    """Zeros at the end of a whole number only fill up: 540 is 535 to 545. Other figures stay as they are."""
    digits = figure.value.as_tuple().digits
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    if figure.sign or figure.step < 1 or not zeros or not figure.value or unit(figure.unit or "1").counted:
        return figure.range()
    half = figure.step.scaleb(zeros) / 2
    return Range(figure.value - half, figure.value + half, figure.unit or "1")


ALL: tuple[Digits, ...] = (nearest, cut_off, filled_up)
"""Every reading, for figures that are rounded at will: money, tonnes, metal."""

MEASURED: tuple[Digits, ...] = (nearest, cut_off)
"""The readings of what is measured along a hole or in a laboratory: zeros at the end are digits."""


def fits(compute: Callable[[Digits], Range], said: Figure, readings: Iterable[Digits] = ALL) -> bool:
    """Whether some reading of the operands gives some reading of the figure.

    ``compute`` makes the range of a formula from the way in which its operands are to be read.

    >>> tonnes, grade = Figure.parse("16.3 Mt"), Figure.parse("1.02 g/t")
    >>> fits(lambda read: read(tonnes) * read(grade), Figure.parse("540 koz"))
    True
    >>> fits(lambda read: read(tonnes) * read(grade), Figure.parse("545 koz"))
    False
    """
    ways = tuple(readings)
    said_as = [way(said) for way in ways]
    for way in ways:
        computed = compute(way)
        if any(computed.meets(printed) for printed in said_as):
            return True
    return False


def in_unit(figure: Figure, other: str) -> Figure:
    """A figure without a unit, or in dollars of no country, taken to be in the unit or currency of its neighbour.

    >>> str(in_unit(Figure.parse("12.5"), "m")), str(in_unit(Figure.parse("5 $ million"), "CAD thousand"))
    ('12.5 m', '5 CAD million')
    """
    if not figure.unit:
        return replace(figure, unit=other)
    money = unit(other or "1").money
    if money and unit(figure.unit).money == "$":
        named = figure.unit.replace("$", money)
        return replace(figure, unit=named) if known(named) else figure
    return figure


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures measure the same kind of thing, so that they can be compared.

    >>> alike(Figure.parse("5 m"), Figure.parse("5 km")), alike(Figure.parse("5 m"), Figure.parse("5 t"))
    (True, False)
    """
    try:
        unit(one.unit or "1").ratio(unit(other.unit or "1"))
    except IncompatibleUnitsError:
        return False
    return True


def significant(figure: Figure) -> int:
    """How many digits of a figure say something: zeros at the end of a whole number do not.

    >>> [significant(Figure.parse(said)) for said in ("14.6", "5000", "0.050")]
    [3, 1, 2]
    """
    digits = "".join(map(str, figure.value.as_tuple().digits)).lstrip("0")
    return len(digits if figure.step < 1 else digits.rstrip("0"))
