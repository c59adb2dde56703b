"""Precision: how many of the zeros of a whole number are digits, as its neighbours tell.

"1,660,000 oz" beside 648,000 and 1,012,000 in a column is said to the thousand; alone it is taken literally. Neighbours
say how many of the printed zeros are digits; they never add a digit that was not printed.

>>> [str(v) for v in settled([Decimal(1660000), Decimal(648000), Decimal(1012000)])]
['1.660E+6', '6.48E+5', '1.012E+6']
>>> settled([Decimal(10), Decimal("12.4")])
[Decimal('10'), Decimal('12.4')]
>>> settled([Decimal(5000)])
[Decimal('5000')]
"""

from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.layout import Layout

_SMALL = 1000
"""Whole numbers below this are taken literally: ten million dollars beside twenty are not five to fifteen."""

_LITERAL = frozenset({"length", "angle", "time"})
"""Depths, bearings and durations in whole numbers are measured to the unit."""


def settled(values: list[Decimal]) -> list[Decimal]:
    """The same numbers, their common trailing zeros taken as rounding; a single number as it is."""
    if len(values) < 2 or any(_exponent(value) < 0 or 0 < abs(value) < _SMALL for value in values):
        return values
    zeros = min(_trailing_zeros(value) for value in values if value) if any(values) else 0
    return [value.quantize(Decimal(1).scaleb(zeros)) if value else value for value in values] if zeros else values


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _trailing_zeros(value: Decimal) -> int:
    digits = f"{abs(value):f}"
    return len(digits) - len(digits.rstrip("0"))


def _rounded(unit: str) -> bool:
    """Whether figures of this unit are rounded to thousands: masses and money are, depths and counts are not."""
    if not unit:
        return False
    known = units.unit(unit)
    return not known.counted and bool(known.dimension) and known.dimension[0][0] not in _LITERAL


def settle(records: list[Record], layout: Layout) -> None:
    """Write the exponent of every whole number, from the figures of its kind in the same table or paragraph."""
    starts = [block.text.start for block in layout.blocks]
    groups: dict[tuple[object, ...], list[tuple[Record, int, Figure]]] = defaultdict(list)
    for record in records:
        for place, fact in enumerate(record.facts):
            if isinstance(fact.figure, Figure) and _rounded(fact.figure.unit):
                block = bisect_right(starts, fact.source.start)
                key = (block, fact.measure, fact.figure.unit, fact.about.get("analyte"), fact.about.get("label"))
                groups[key].append((record, place, fact.figure))
    for group in groups.values():
        values = [figure.value for _, _, figure in group]
        for (record, place, figure), value in zip(group, settled(values), strict=True):
            if str(value) != str(figure.value):
                old = record.facts[place]
                record.facts[place] = Fact(old.measure, Figure(value, figure.unit, figure.sign), old.about, old.source)
