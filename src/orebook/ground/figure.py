"""Figures: numbers as they were said.

A figure is a quotation, so nothing changes it: it keeps its digits, its unit and its sign. To compute with it, ask for
its range.

>>> Figure.parse("12.30 g/t").range()
Range(12.295, 12.305, 'g/t')
>>> str(Figure.parse("<0.005 ppm"))
'<0.005 ppm'
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from orebook.ground import units
from orebook.ground.range import INFINITY, Range

SIGNS = ("", "~", "<", ">", "up to", "at least")
"""What may stand before a figure: nothing, about, less than, more than, at most, at least."""

_WRITTEN = re.compile(r"(?P<sign>up to|at least|[<>~]?)\s*(?P<number>-?[\d,]*\.?\d+(?:E[+-]?\d+)?)\s*(?P<unit>.*)")


@dataclass(frozen=True)
class Figure:
    """A number as it was said. The digits of ``value`` are its precision.

    ``Decimal("12.30")`` is not ``Decimal("12.3")``. Trailing zeros of a whole number count as printed unless the
    reader has seen otherwise and written the exponent: ``Decimal("1660E+3")`` is to the thousand. ``unit`` is a name
    that ``units.csv`` makes possible; a unit that the text does not give is the empty string, and such a figure
    computes as a bare number.

    >>> Figure.parse("1660E+3 oz").range()
    Range(1659500, 1660500, 'oz')
    """

    value: Decimal
    unit: str = ""
    sign: str = ""

    def __post_init__(self) -> None:
        if self.sign not in SIGNS:
            raise ValueError(f"a figure has no sign {self.sign!r}; the signs are {', '.join(map(repr, SIGNS))}")

    @classmethod
    def parse(cls, text: str) -> "Figure":
        """Read a figure such as ``1,250 koz``, ``<0.005 ppm`` or ``up to 3.2 %``.

        >>> Figure.parse("ten ounces")
        Traceback (most recent call last):
            ...
        ValueError: not a figure: 'ten ounces'; write a number and a unit, such as '1.50 g/t'
        """
        match = _WRITTEN.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a figure: {text!r}; write a number and a unit, such as '1.50 g/t'")
        written = match["unit"].strip()
        name = units.spoken().get(written) or units.spoken().get(written.lower()) or written
        if name:
            units.unit(name)
        return cls(Decimal(match["number"].replace(",", "")), name, match["sign"])

    @cached_property
    def step(self) -> Decimal:
        """The size of the last digit that was said.

        >>> Figure.parse("12.30 g/t").step
        Decimal('0.01')
        """
        exponent = self.value.as_tuple().exponent
        return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

    @property
    def digits(self) -> str:
        """The number as printed, without its unit: the form in which it travels."""
        return f"{self.value:f}"

    def range(self) -> Range:
        """All the values that may have been said as this figure.

        Counts are exact. A word such as *about* gives up one more digit: about 1.66 is 1.61 to 1.71. *Up to*, *less
        than* and ``<`` open the lower end down to nothing, *at least*, *over* and ``>`` the upper end.

        >>> Figure.parse("~1.66 Moz").range()
        Range(1.61, 1.71, 'Moz')
        >>> Figure.parse("<0.01 g/t").range()
        Range(0, 0.01, 'g/t')
        >>> Figure.parse("at least 2.5 %").range()
        Range(2.45, Infinity, '%')
        >>> Figure.parse("76 holes").range()
        Range(76, 76, 'hole')
        """
        return self._range

    @cached_property
    def _range(self) -> Range:
        unit = units.unit(self.unit or "1")
        half = Decimal(0) if unit.counted and self.step <= 1 else self.step / 2
        if self.sign == "~":
            return Range.around(self.value, self.step * 5, unit)
        if self.sign == "<":
            return Range(min(Decimal(0), self.value), self.value, unit)
        if self.sign == ">":
            return Range(self.value, INFINITY, unit)
        said = Range.around(self.value, half, unit)
        if self.sign == "up to":
            return Range(min(Decimal(0), said.low), said.high, unit)
        if self.sign == "at least":
            return Range(said.low, INFINITY, unit)
        return said

    def __str__(self) -> str:
        gap = " " if self.sign.isalpha() or " " in self.sign else ""
        return f"{self.sign}{gap}{Decimal(f'{self.value:f}'):,f} {self.unit}".rstrip()


def negative(value: Decimal) -> Decimal:
    """A number with the other sign, all its digits kept, as Python's minus would not; nought stays nought.

    >>> negative(Decimal("9" * 30)) == -Decimal("9" * 30), negative(Decimal("0.0"))
    (False, Decimal('0.0'))
    """
    return value.copy_negate() if value else value
