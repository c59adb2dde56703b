"""Cells: the number, the range or the mark of absence that one cell of a table holds.

>>> cell = Text("<0.01", (0,), (0,), (5,))
>>> number(cell).figure("g/t")
Figure(value=Decimal('0.01'), unit='g/t', sign='<')
>>> number(Text("≥9.99", (0,), (0,), (5,))).sign
'at least'
"""

import re
from decimal import Decimal
from typing import NamedTuple

from orebook.ground.figure import Figure, negative
from orebook.reading.drilling.drill_words import words
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_NUMBER = r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d,.])|\d+(?:\.\d+)?|\.\d+"
_ONE = Pattern(
    rf"(?P<sign>[<>]=?|[~≈≥≤]|up to|at least)?\s*(?:\+(?=\d))?(?P<minus>[-–−](?=\s?[\d.]))?\s*(?P<digits>{_NUMBER})"
    r"(?P<after>(?:(?<=\d\.\d)\s\d(?=\s*$))?\s*(?:[%°]|m|metres|meters|ft|feet|g/t|gpt|ppm|ppb)?\s*[*†‡§+]*)"
)
_TWO = Pattern(
    rf"(?:from\s+)?(?P<low>{_NUMBER})\s*(?:m|ft)?\s*(?:-|–|—|to)\s*(?P<high>{_NUMBER}|EOH|end of hole)\s*(?:m|ft)?"
    rf"(?:\s*[(,]\s*(?P<size>{_NUMBER})\s*(?:m|ft)?\s*\)?)?",
    re.IGNORECASE,
)
SIGNS = {"<": "<", "≤": "<", "<=": "<", ">": ">", "≥": "at least", ">=": "at least", "~": "~", "≈": "~"}
"""What a sign before a number says; "up to" claims a highest value, which no ≤ does."""


class Number(NamedTuple):
    """A number in a cell: its value, its sign, and the places of its digits in the text of the cell."""

    value: Decimal
    sign: str
    start: int
    end: int

    def figure(self, unit: str) -> Figure:
        """The number as a figure in the unit of its column."""
        return Figure(self.value, unit, self.sign)


def decimal(digits: str) -> Decimal:
    """The value of printed digits, their thousands joined.

    >>> decimal("7,412,905"), decimal("3, 871")
    (Decimal('7412905'), Decimal('3871'))
    """
    return Decimal(digits.replace(",", "").replace(" ", ""))


def number(text: Text) -> Number | None:
    """The one number of a cell, or nothing when the cell holds words, a range or several numbers.

    >>> number(Text("-60°", (0,), (0,), (4,)))
    Number(value=Decimal('-60'), sign='', start=0, end=3)
    >>> number(Text("NSI", (0,), (0,), (3,)))
    """
    plain = text.plain
    lead = len(plain) - len(plain.lstrip())
    found = _ONE.match(plain, lead)
    if not found or plain[found.end() :].strip(" .;,"):
        return None
    value = decimal(found["digits"])
    start = found.start("minus") if found["minus"] else found.start("digits")
    return Number(
        negative(value) if found["minus"] else value,
        SIGNS.get(found["sign"], found["sign"] or ""),
        start,
        found.end("digits"),
    )


def pair(text: Text) -> tuple[Number, Number | None] | None:
    """The two depths of a cell such as ``12-13`` or ``98 to EOH``; the second is nothing for the end of the hole.

    >>> low, high = pair(Text("12.5 - 13 m", (0,), (0,), (11,)))
    >>> low.value, high.value
    (Decimal('12.5'), Decimal('13'))
    """
    found = _TWO.fullmatch(text.plain.strip())
    if not found:
        return None
    lead = len(text.plain) - len(text.plain.lstrip())
    low = Number(decimal(found["low"]), "", found.start("low") + lead, found.end("low") + lead)
    if not found["high"][0].isdigit():
        return low, None
    return low, Number(decimal(found["high"]), "", found.start("high") + lead, found.end("high") + lead)


def size_of_pair(text: Text) -> Number | None:
    """The length behind the two depths of a cell: ``120.1-124.0 m (3.9 m)``.

    >>> size_of_pair(Text("12.5-13 m (0.5 m)", (0,), (0,), (17,))).value
    Decimal('0.5')
    """
    found = _TWO.fullmatch(text.plain.strip())
    if not found or not found["size"]:
        return None
    lead = len(text.plain) - len(text.plain.lstrip())
    return Number(decimal(found["size"]), "", found.start("size") + lead, found.end("size") + lead)


_NOTHING = Pattern(rf"(?<![\w-]){words('nothing mark')}(?![\w])", re.IGNORECASE)


def nothing(text: Text) -> tuple[int, int] | None:
    """Where a cell says that a hole holds nothing of note.

    >>> nothing(Text("NSI", (0,), (0,), (3,)))
    (0, 3)
    >>> nothing(Text("Did not reach target depth", (0,), (0,), (26,)))
    (0, 26)
    """
    found = _NOTHING.search(text.plain)
    return found.span() if found else None


def is_blank(plain: str) -> bool:
    """Whether a cell holds no more than a dash.

    >>> is_blank(" - "), is_blank("0.5")
    (True, False)
    """
    return not plain.strip(" -–—.|*")
