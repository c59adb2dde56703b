"""Amounts: the numbers that stand in a cell of a table, with sign, currency, percent sign and scale.

>>> [str(a.value) for a in amounts("$(53.6)")], [str(a.value) for a in amounts("(1,447")]
(['-53.6'], ['-1447'])
>>> [(str(a.value), a.currency) for a in amounts("($70) - ($61)")]
[('-70', '$'), ('-61', '$')]
>>> [(str(a.value), a.sign) for a in amounts("≥ 9.9")]
[('9.9', 'at least')]
>>> [(str(a.value), a.unit) for a in amounts("(15.7)%")], amounts("--"), amounts("Interval 4")
([('-15.7', '%')], [], [])
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from orebook.ground import units
from orebook.ground.figure import negative as negative_of
from orebook.reading.heads.cells import SIGNS
from orebook.reading.patterns import Pattern

_CURRENCIES = sorted(
    (form for forms in units.currencies().values() for form in forms if "$" in form or not form.islower()),
    key=len,
    reverse=True,
)
_NUMBER = r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_AMOUNT = Pattern(
    rf"(?P<about>~|≈|[<>]=?|≥|≤|approx\.? ?)?\s?(?P<open>\(\s?)?(?P<minus>[-–—]\s?(?=[$\d.(]))?"
    rf"(?P<currency>{'|'.join(re.escape(form) for form in _CURRENCIES)})?\s?(?P<open2>\(\s?)?(?P<minus2>[-–](?=\d))?"
    rf"(?P<digits>{_NUMBER})(?![\d])\s?(?P<percent>%)?\s?(?P<close>\)+)?\s?(?P<percent2>%)?"
)
_JOINED = Pattern(r"\s?(?:-|–|—|to|−)\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a cell: its printed digits with their sign.

    ``start`` and ``end`` hold them with currency and parentheses; ``currency`` is the code of the currency that stands
    before it (``$`` for a bare dollar), ``unit`` is ``%``, a unit that stands behind it, or nothing.
    """

    value: Decimal
    currency: str
    unit: str
    sign: str
    start: int
    end: int


@cache
def _codes() -> dict[str, str]:
    return {form: code for code, forms in units.currencies().items() for form in forms}


@cache
def _units() -> Pattern:
    forms = sorted((form for form in units.spoken() if form and form != "%"), key=len, reverse=True)
    return Pattern(rf"\s?(?P<unit>{'|'.join(map(re.escape, forms))})(?![A-Za-z])")


def amounts(plain: str) -> list[Amount]:
    """The one number of a cell, or the two ends of a range; nothing when the cell holds words, a dash or more numbers.

    >>> [(str(a.value), a.unit, a.sign) for a in amounts("~5.2 Mt")]
    [('5.2', 'Mt', '~')]
    """
    text = plain.strip()
    shift = len(plain) - len(plain.lstrip())
    first = _at(text, 0, shift)
    if first is None:
        return []
    at = first.end - shift
    joined = _JOINED.match(text, at)
    if joined and joined.end() > at:
        second = _at(text, joined.end(), shift)
        if second and _rest(text, second.end - shift):
            return [_like(first, second), second]
        return []
    return [first] if _rest(text, at) else []


def _at(text: str, at: int, shift: int) -> Amount | None:
    found = _AMOUNT.match(text, at)
    if not found:
        return None
    opened = bool(found["open"] or found["open2"])
    negative = opened or bool(found["minus"] or found["minus2"])
    digits = Decimal(found["digits"].replace(",", "").replace(" ", ""))
    percent = "%" if found["percent"] or found["percent2"] else ""
    end = found.end() if found["close"] or percent else found.end("digits")
    if found["close"] and not opened:
        return None
    start = next(
        found.start(name)
        for name in ("open", "minus", "currency", "open2", "minus2", "digits")
        if found[name] is not None
    )
    unit = percent
    if not percent and (behind := _units().match(text, end)):
        unit, end = units.spoken()[behind["unit"]], behind.end()
    value = negative_of(digits) if negative else digits
    return Amount(
        value,
        _codes().get(found["currency"] or "", ""),
        unit,
        SIGNS.get(found["about"] or "", ""),
        start + shift,
        end + shift,
    )


def _like(first: Amount, second: Amount) -> Amount:
    """The lower end of a range with the unit that is printed once, behind the upper one."""
    return Amount(
        first.value, first.currency or second.currency, first.unit or second.unit, first.sign, first.start, first.end
    )


def _rest(text: str, at: int) -> bool:
    """Whether nothing but notes stands behind a number."""
    return re.fullmatch(r"\s*(?:\(\d{1,2}\)|[*†‡§^]{1,3}|\(?[a-z]\))?\s*", text[at:]) is not None
