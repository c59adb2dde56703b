"""Quantities in sentences: sizes of metal, ore, grades, money and unit costs, alone and from one end to another."""

from orebook.ground import units
from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.said import Said, joined
from orebook.reports.quarter.tables import decimals_of, is_money
from orebook.reports.quarter.writing import Money, written
from orebook.reports.rounding import exact, rounded

_MILLION = 1_000_000
_OF_A_DAY = {"t/d": "tonnes per calendar day", "ton/d": "short tons per calendar day"}


def size_words(value: float, unit: str, money: Money, measure: str = "") -> str:
    """A figure as a sentence tells it, with its unit.

    >>> size_words(43_200_000.0, "lb", Money("CAD")), size_words(88.0, "%", Money("CAD"))
    ('43.2 million pounds', '88.0%')
    >>> size_words(1050.4, "USD/oz", Money("CAD")), size_words(5.2e7, "CAD", Money("CAD"))
    ('US$1,050 per ounce', '$52.0 million')
    """
    number, after = _parts(value, unit, money, measure)
    return f"{number}{after}"


def ends_words(low: Amount, high: Amount, money: Money, measure: str = "") -> Said:
    """Two ends as a sentence tells them, the unit once where both are told in it; one figure where they print alike.

    >>> from orebook.reports.printed import Address
    >>> low, high = (Amount(value, "lb", {}, Address("guidance", 0, "low")) for value in (4.3e7, 4.6e7))
    >>> ends_words(low, high, Money("CAD")).text
    '43.0 to 46.0 million pounds'
    """
    (first, unit), (last, other) = (_parts(each.value, each.unit, money, measure) for each in (low, high))
    if (first, unit) == (last, other):
        return Said.amount(f"{first}{unit}", low)
    begin = first if unit == other and unit[:1] in ("", " ") and not is_money(low.unit) else f"{first}{unit}"
    return joined([Said.amount(begin, low), Said.amount(f"{last}{other}", high)], " to ")


def _parts(value: float, unit: str, money: Money, measure: str) -> tuple[str, str]:
    """The digits with what stands before them, and what follows."""
    if is_money(unit):
        return money.words(value, unit), ""
    over, _, per = unit.partition("/")
    if is_money(over):
        digits = written(rounded(abs(value), decimals_of(measure, unit)))
        return f"{money.before(over)}{digits}", f" per {_one(per)}"
    row = units.rows().get(unit)
    name = _OF_A_DAY.get(unit) or (row.words[0] if row and row.words else unit)
    if unit == "%":
        return written(rounded(value, decimals_of(measure, unit))), "%"
    if abs(value) < _MILLION:
        digits = written(rounded(value, decimals_of(measure, unit)))
        return digits, f" {unit if over and per and unit not in _OF_A_DAY else name}"
    return written(rounded(exact(value) / _MILLION, 1)), f" million {name}"


def _one(unit: str) -> str:
    """The name of one of a unit."""
    row = units.rows().get(unit)
    names = row.words if row else ()
    return next((name for name in names if not name.endswith("s")), unit)
