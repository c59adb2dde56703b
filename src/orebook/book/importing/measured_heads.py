"""Measured heads: what a head of a table of records says besides its name: the unit, the currency, thousands.

>>> measured("Ore milled (short tons)"), measured("Amount (CAD 000s)")
(Measured(key='oremilled', unit='ton'), Measured(key='amount', unit='CAD thousand'))
>>> measured("Ore milled wmt"), measured("Revenue, in millions of US dollars")
(Measured(key='oremilled', unit='wmt'), Measured(key='revenue', unit='USD million'))
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from orebook.book.importing.heads import key, parted
from orebook.ground import units
from orebook.ground.schema import Schema, unit_of

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{1,40})[)\]}]")
_SCALES = {
    "thousand": ("000", "000s", "000's", "'000", "'000s", "thousand", "thousands", "k", "x1000", "in thousands"),
    "million": ("million", "millions", "mm", "mln", "in millions", "000000", "000,000"),
    "billion": ("billion", "billions", "bn"),
}
_FILLERS = ("in", "of", "the", "expressed", "all", "amounts")
_MOST_WORDS = 6
WET = ("wmt", "kwmt", "Mwmt")
"""Units of tonnes with their water."""


class Measured(NamedTuple):
    """A head without its unit, as the letters and digits of its name, and the unit: of ``units.csv``, or of money."""

    key: str
    unit: str


@cache
def measured(words: str, below: str = "") -> Measured:
    """What a head says; ``below`` is its cell in a row of units."""
    said = words.strip()
    inside = [each.strip() for each in _BRACKETS.findall(said)]
    rest = _BRACKETS.sub(" ", said)
    unit = next((found for each in inside if (found := said_unit(each))), "") or said_unit(below)
    parts = [part for part in re.split(r"[\s_,;:]+", parted(rest)) if part]
    if not unit:
        for size in range(min(_MOST_WORDS, len(parts) - 1), 0, -1):
            if found := said_unit(" ".join(parts[-size:])):
                while size < len(parts) - 1 and parts[-size - 1].lower() in _FILLERS:
                    size += 1
                return Measured(key(" ".join(parts[:-size])), found)
    return Measured(key(" ".join(parts)), unit)


@cache
def said_unit(words: str) -> str:
    """The unit that some words are, with money and its scale: ``CAD thousand``, ``million``; nothing for others.

    >>> [said_unit(each) for each in ("$000", "US$ millions", "C$", "tonnes", "%", "thousands of dollars", "kt", "t/d")]
    ['$ thousand', 'USD million', 'CAD', 't', '%', '$ thousand', 'kt', 't/d']
    >>> said_unit("ore"), said_unit("d"), said_unit("US$ per pound"), said_unit("CAD/t")
    ('', 'd', 'USD/lb', 'CAD/t')
    """
    said = " ".join(words.strip("()[] .").split())
    small = said.lower()
    if not said:
        return ""
    found = units.spoken().get(said) or units.spoken().get(small) or unit_of(f"x_{small}")
    if not found and said in units.rows():
        found = said
    return found or _quotient(said) or _money(said)


_PER = re.compile(r"(?P<above>[^/]{0,20}?)\s?(?:/|\bper\b)\s?(?P<below>[A-Za-z ]{1,20})")


def _quotient(said: str) -> str:
    """Money for a unit: ``USD/lb``, ``/lb`` where the money is not named; nothing for anything else."""
    found = _PER.fullmatch(said)
    if found is None:
        return ""
    above = found["above"].strip()
    money, below = _money(above) if above else "", said_unit(found["below"])
    right = below in units.rows() and (money in units.currencies() if above else True)
    return f"{money}/{below}" if right else ""


def _money(said: str) -> str:
    """A currency with its scale, or either alone."""
    currency, rest = "", said
    for form, code in _forms().items():
        at = rest.lower().find(form.lower()) if len(form) > 1 else rest.find(form)
        if at >= 0 and not rest[:at][-1:].isalpha() and not rest[at + len(form) :][:1].isalpha():
            currency, rest = code, f"{rest[:at]} {rest[at + len(form) :]}"
            break
        if at >= 0 and rest[at + len(form) :].lower() in ("m", "mm", "k", "bn"):
            currency, rest = code, rest[at + len(form) :]
            break
    left = [word for word in rest.lower().replace(".", "").split() if word not in (*_FILLERS, "dollars", "dollar")]
    if not left:
        return currency
    whole = "".join(left)
    scale = next((scale for scale, forms in _SCALES.items() if " ".join(left) in forms or whole in forms), "")
    if not scale and currency and whole == "m":
        scale = "million"
    return " ".join(filter(None, (currency, scale))) if scale else ""


@cache
def _forms() -> Mapping[str, str]:
    """Every way of writing a currency, the longest first."""
    known = {form: code for code, forms in units.currencies().items() for form in (*forms, code) if code != "¢"}
    return dict(sorted(known.items(), key=lambda each: -len(each[0])))


def money_of(unit: str) -> str:
    """The currency in a unit as heads say it, or nothing.

    >>> money_of("CAD thousand"), money_of("million"), money_of("t"), money_of("USD/lb")
    ('CAD', '', '', 'USD')
    """
    first = unit.partition("/")[0].partition(" ")[0]
    return first if first in units.currencies() else ""


def per(unit: str) -> str:
    """The unit for which a price in the unit of a head is paid, or nothing.

    >>> per("USD/lb"), per("/lb"), per("t/d"), per("CAD thousand")
    ('lb', 'lb', '', '')
    """
    return unit.partition("/")[2] if money_of(unit) or unit[:1] == "/" else ""


def factor(unit: str, own: str) -> float | None:
    """What turns numbers in the unit of a head into that of a column, nothing where they measure different things.

    ``own`` is empty for counts and money, which a scale turns.

    >>> factor("ton", "t"), factor("CAD thousand", ""), factor("t/d", "t"), factor("", "t")
    (0.90718474, 1000.0, None, 1.0)
    """
    if not unit or unit == own:
        return 1.0
    if not own:
        scale = unit.rpartition(" ")[2]
        counted = unit in units.rows() and units.rows()[unit].dimension == "count"
        plain = counted or money_of(unit) == unit.partition("/")[0]
        return float(units.SCALES[scale]) if scale in units.SCALES else 1.0 if plain else None
    try:
        return float(units.unit(unit).ratio(units.unit(own)))
    except (units.UnknownUnitError, units.IncompatibleUnitsError):
        return None


def claimed(kind: Schema, column: str, unit: str) -> str:
    """The column of a table that a head claims when it says a unit: wet tonnes are another column than dry ones.

    Nothing where the column cannot hold what the head says.
    """
    own = next(each for each in kind.columns if each.name == column)
    if own.type != "number" or not unit:
        return column
    if unit in WET and not own.unit.endswith("wmt") and not column.startswith("wet"):
        wet = [each.name for each in kind.columns if each.name in ("wet", f"wet_{column}", f"{column}_wet")]
        return wet[0] if wet else ""
    return column if factor(unit, own.unit) is not None else ""
