"""Quantities: every number of a sentence with its currency, scale, unit, sign and the thing it counts.

>>> [str(q.figure) for q in quantities("up to 253 g/t Sc2O3 over 29.14 m for about US$17.6 million in 45 drill holes")]
['up to 253 g/t', '29.14 m', '~17.6 USD million', '45 hole']
>>> [str(q.figure) for q in quantities("1.5 m at ≥ 9.99 g/t Au and ≤0.02% Cu")]
['1.5 m', 'at least 9.99 g/t', '<0.02 %']
>>> [q.analyte for q in quantities("14.43% zinc and 8.23 Au g/t over 0.5 m")]
['Zn', 'Au', '']
>>> [[str(f) for f in q.figures] for q in quantities("5,100 to 7,300 tonnes, for 30 to 43 million EVs")]
[['5,100 t', '7,300 t'], ['30 million vehicle', '43 million vehicle']]
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.reading.language.counted_units import (
    CURRENCY,
    CURRENCY_STARTS,
    RAND,
    is_glued,
    unit_behind,
    unit_name,
    unit_pattern,
)
from orebook.reading.language.number_words import WORDS, spelled_out
from orebook.reading.patterns import Pattern

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:'\d{3})+(?![\d,])(?:\.\d+)?"
    r"|(?<!\d )\d{1,3}(?: \d{3})+(?!,?\d| \d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
)
_NUMBER = Pattern(
    rf"(?<![\w,$€£])(?=[\d.efhnostEFHNOST\u017f{CURRENCY_STARTS}])(?<![\d$€£]\.)"
    rf"(?:(?=[{CURRENCY_STARTS}])(?P<currency>{CURRENCY}|{RAND})\s?)?"
    rf"(?:(?=[\d.])(?P<digits>{_DIGITS})|(?P<word>{WORDS}(?![A-Za-z])))"
)
_UNTIL = Pattern(
    rf"\s?(?:–|—|-|~|\bto\b|\band\b)\s?(?:(?:{CURRENCY}|R)\s?)?(?P<digits>{_DIGITS})(?![\d.]*\d[/-]\d)", re.IGNORECASE
)
_BEFORE = Pattern(
    r"(?P<about>approximately|approx\.?|about|roughly|around|some|nearly|almost|circa|c\.|~|≈|±)"
    r"|(?P<upto>up to(?: as much as)?|as much as|as high as|(?:a )?maximum(?: of)?|max\.?(?: of)?|as many as"
    r"|up to approximately)"
    r"|(?P<least>at least|(?:a )?minimum(?: of)?|no less than|as low as|≥|>=)"
    r"|(?P<more>more than|greater than|in excess of|exceeding|(?<!\w)over|>)"
    r"|(?P<less>less than|fewer than|within|<=?|≤)",
    re.IGNORECASE,
)
_SIGN_ENDS = tuple(
    "approximately approx approx. about roughly around some nearly almost circa c. ~ ≈ ± to as maximum of max max."
    " least minimum than exceeding over within > < ≥ ≤ >= <=".split()
)
"""How the words end that may stand before a figure and change what it says."""

_SIGNS = {"about": "~", "upto": "up to", "least": "at least", "more": ">", "less": "<"}
_ORDINAL = Pattern(r"(?:st|nd|rd|th)\b|\s(?:first|second|third|fourth)\b")
_LONGEST_NUMBER = 40
_THOUSAND = 1000
_YEAR = Pattern(r"(?:19|20)\d\d")
_NOT_AFTER = Pattern(r"[\w]|[.,/:-]\d|-[A-Z]|°\d|st\b|nd\b|rd\b|th\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence says it: one figure, or two for a range.

    ``start`` and ``end`` are places in the plain text that hold currency, number, scale and unit; ``number_start``
    and ``number_end`` the digits alone. ``noun`` is the counted thing as printed ("diamond drill holes"); ``per``
    what a price or a rate is for ("pound copper"); ``money`` whether it is an amount; ``analyte`` the metal or oxide
    that follows the unit.
    """

    figures: tuple[Figure, ...]
    start: int
    end: int
    number_start: int
    number_end: int
    noun: str = ""
    analyte: str = ""
    analyte_end: int = 0
    spelled: bool = False

    @property
    def figure(self) -> Figure:
        """The figure; of a range the lower one."""
        return self.figures[0]

    @property
    def unit(self) -> str:
        """The unit of the figures, or nothing."""
        return self.figures[0].unit

    @property
    def is_range(self) -> bool:
        """Whether two ends were given."""
        return len(self.figures) == 2

    def measures(self, base: str) -> bool:
        """Whether the unit is of that base dimension alone: ``length``, ``mass``, ``time``.

        >>> quantities("29.14 m")[0].measures("length")
        True
        """
        return bool(self.unit) and units.unit(self.unit).dimension == ((base, 1),)

    @property
    def money(self) -> bool:
        """Whether it is an amount of money, not a price."""
        if not self.unit:
            return False
        dimension = units.unit(self.unit).dimension
        return len(dimension) == 1 and dimension[0][0].startswith("money:")

    @property
    def fraction(self) -> bool:
        """Whether it is a percentage, a grade or another share of mass."""
        return bool(self.unit) and self.unit != "1" and not units.unit(self.unit).dimension


def quantities(plain: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every quantity in a stretch of plain text, in order."""
    stop = len(plain) if end is None else end
    found: list[Quantity] = []
    at = start
    while match := _NUMBER.search(plain, at, stop):
        quantity = _quantity(plain, match, stop)
        at = max(quantity.end if quantity else match.end(), match.start() + 1)
        if quantity:
            found.append(quantity)
    return found


def _quantity(plain: str, match: re.Match[str], stop: int) -> Quantity | None:
    """One quantity from its number on, or nothing when the digits belong to a name."""
    spelled = match["word"] is not None
    if len(match[0]) > _LONGEST_NUMBER:
        return None
    values = [spelled_out(match["word"]) if spelled else _decimal(match["digits"])]
    number_end = match.end()
    if not spelled:
        until = _UNTIL.match(plain, number_end, stop)
        if until and _is_range(plain, match, until, stop):
            values = [_in_thousands(values[0], until), _decimal(until["digits"])]
            number_end = until.end()
        elif _NOT_AFTER.match(plain, number_end) and not is_glued(plain, number_end, stop):
            return None
    if not spelled and _ORDINAL.match(plain, number_end):
        return None
    unit, end, noun, name, name_end = unit_behind(plain, match["currency"] or "", number_end, stop)
    if spelled and not unit and plain[number_end : number_end + 2] == ", ":
        unit, end, noun, name, name_end = unit_behind(plain, "", number_end + 1, stop)  # "two, broad sections"
        unit = unit if noun else ""
    if noun and not spelled and _YEAR.fullmatch(match["digits"]):
        unit, end, noun = "", number_end, ""  # "the 2011 diamond drill holes" are not two thousand
    if spelled and not unit:
        return None
    sign = _sign(plain, match.start(), unit)
    begin = match.start() if match["currency"] else match.start("word" if spelled else "digits")
    figures = tuple(Figure(value, unit, sign) for value in values)
    return Quantity(figures, begin, end, begin, number_end, noun, name, name_end, spelled)


def _in_thousands(low: Decimal, until: re.Match[str]) -> Decimal:
    """The lower end of a range whose thousands are printed once, behind the upper: "710-780,000 ounces".

    >>> [[str(f) for f in q.figures] for q in quantities("710-780,000 ounces, 5 to 7,000 t")]
    [['710,000 oz', '780,000 oz'], ['5 t', '7,000 t']]
    """
    high, dashed = until["digits"], until[0].lstrip()[0] in "-–—~"
    short = dashed and high.endswith(",000") and low == low.to_integral_value() and low < _THOUSAND
    return low.scaleb(3) if short and 0 <= _decimal(high) - low * _THOUSAND <= low * _THOUSAND else low


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace("'", "").replace(" ", ""))


def _is_range(plain: str, match: re.Match[str], until: re.Match[str], stop: int) -> bool:
    """Two numbers are one range when they rise and share what follows; "and" needs "between" before."""
    joined = plain[match.end() : until.start("digits")].strip().lower()
    if joined.startswith("and") and not re.search(
        r"\bbetween\s+\S{0,4}$", plain[max(0, match.start() - 14) : match.start()]
    ):
        return False
    low, high = _decimal(match["digits"]), _decimal(until["digits"])
    if low > high or (joined == "-" and match["currency"] is None and low == high):
        return False
    if joined == "to" and re.search(r"\bfrom\s+$", plain[max(0, match.start() - 8) : match.start()], re.IGNORECASE):
        unit = unit_pattern().match(plain, until.end() + 1, stop)
        if not unit or unit_name(unit) in ("m", "ft"):
            return False  # "from 127.8 to 156.9 m" are two depths
    return not _NOT_AFTER.match(plain, until.end()) or is_glued(plain, until.end(), stop)


def _sign(plain: str, at: int, unit: str) -> str:
    """The word that widens or opens a figure, when it stands right before it."""
    window = max(0, at - 26)
    before = plain[window:at].rstrip()
    sign = ""
    for _ in range(2) if before.lower().endswith(_SIGN_ENDS) else ():
        found = next((m for m in _BEFORE.finditer(before) if m.end() == len(before)), None)
        if not found or (found.start() and before[found.start() - 1].isalpha()):
            break
        kind = found.lastgroup or ""
        if kind == "more" and found[0].lower() == "over" and (unit in ("m", "ft") or not unit):
            break  # "over 29.14 m" says along which length
        sign = _SIGNS[kind] if not sign or kind != "about" else sign
        before = before[: found.start()].rstrip()
    return sign
