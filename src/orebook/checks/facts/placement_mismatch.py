"""Securities times price against the proceeds."""

import re
from collections.abc import Callable, Iterator

from orebook.checks.digits import Digits, alike, fits, in_unit, nearest
from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure, number
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_KIND = r"(?:flow-through |common |FT |charity |hard[- ]dollar |ordinary |new |the |fully paid |special )"
_PAPER = rf"{_KIND}{{0,3}}(?:units?|shares?|securities|subscription receipts|warrants)"
_MONEY = r"(?:[A-Z]{1,3})?\s?[$€£]\s?\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion)|[MB]\b)?"
_PLACED = Pattern(
    rf"\b(?P<count>\d[\d,]{{3,14}}(?:\.\d+)?(?:\smillion)?)\s{_PAPER}\b[^.;]{{0,60}}?"
    r"\bat\s(?:a |an |the )?(?:issue |offering |subscription |purchase )?(?:price of )?"
    rf"(?P<price>{_MONEY})\s(?:per|each)\b"
    rf"[^;]{{0,70}}?\b(?:proceeds|consideration|raise|amount)\b[^.;]{{0,40}}?(?P<gross>{_MONEY})",
    re.IGNORECASE,
)


@rule("F408", on="document", basis="arithmetic", catalogue="FN1110")
def placement_mismatch(reading: Reading) -> Iterator[Remark]:
    """Securities times their price are not the proceeds that stand with them.

    What it does:
    Where a sentence gives a number of shares or units, a price for each, and the gross proceeds, multiplies and
    compares. The price is exact; numbers and proceeds stand for all that round to them.

    Why it matters:
    The three figures go into three filings. One of them was left over from the term sheet.

    Flagged:

        Tansy Silver closes private placement

        The Company issued 12,500,000 units at a price of $0.24 per unit for gross proceeds of $3,200,000.

    Fine:

        Tansy Silver closes private placement

        The Company issued 12,500,000 units at a price of $0.24 per unit for gross proceeds of $3,000,000.

    Help:
    Multiply again, and say if the proceeds are of more than one kind of security.
    """
    for place in places(reading, _PLACED, hints=("proceeds", "consideration", "raise", "amount")):
        count, price, gross = (_only(place, name) for name in ("count", "price", "gross"))
        if count is None or price is None or gross is None or price.value <= 0:
            continue
        paid = in_unit(Figure(price.value, price.unit), gross.unit)
        if not alike(paid, gross) or fits(_proceeds(count, paid), gross):
            continue
        expected = _proceeds(count, paid)(nearest).to(gross.unit)
        text = (
            f"{number(count.value)} at {figure(price)} make {between(expected, step=gross.step)};"
            f" {figure(gross)} stands here"
        )
        spans = [source(reading, place.block, *place.match.span(name)) for name in ("gross", "count", "price")]
        yield remark("warning", text, spans, expected)


def _only(place: Place, name: str) -> Figure | None:
    found = quantities(place.match[name])
    return found[0].figure if len(found) == 1 and not found[0].is_range else None


def _proceeds(count: Figure, price: Figure) -> Callable[[Digits], Range]:
    """Number times price; the price is what each security cost, to the last digit."""
    bare = Figure(count.value, "")
    return lambda read: read(bare) * Range.exact(price.value, price.unit)
