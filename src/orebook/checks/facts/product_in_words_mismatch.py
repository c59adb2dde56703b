"""Quantity times price in one sentence."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from orebook.checks.digits import Digits, fits, nearest, significant
from orebook.checks.places import places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, number
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NUMBER = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,3})?"
_UNIT = r"(?:tonnes?|tons?|ounces?|oz|pounds?|lbs?|kg|shares?|units?|t)\b"
_MONEY = r"(?:US|A|C|AU|CA|AUD|CAD|USD)?\s?\$\s?"
_PRODUCT = Pattern(
    rf"(?<![\w.,$-])(?P<many>{_NUMBER})\s(?P<unit>{_UNIT})(?:\sper\s(?:annum|year))?(?:\s\([a-z]{{1,6}}\))?"
    rf"(?P<of>[^.;$0-9]{{0,60}}?)\s(?:at|@)\s(?:an?\s(?:average\s)?price\sof\s)?{_MONEY}(?P<price>{_NUMBER})\s?"
    rf"(?:per|/|an?)\s?(?P<each>{_UNIT})[^.;$0-9]{{0,40}}?\b(?:generat\w+|gives?|giv(?:e|ing)|yield\w*|equals?|equivalent\sto"
    rf"|total(?:s|l?ing)?|worth|amount\w*\sto|or|for(?:\sgross\sproceeds\sof)?)\s(?:a\stotal\sof\s|about\s|approximately\s)?"
    rf"{_MONEY}(?P<sum>{_NUMBER})(?![\w,.]*\d)(?!\s?(?:million|billion|M\b|bn|per\b|/))"
)


@rule("F412", on="document", basis="arithmetic")
def product_in_words_mismatch(reading: Reading) -> Iterator[Remark]:
    """A quantity at a price does not make the amount that the same sentence gives.

    What it does:
    Multiplies where a sentence says how much of something at which price makes which amount. An amount that no
    rounding allows is remarked on. One with more digits than quantity and price was multiplied from just these: it is
    remarked on if it fits another whole price.

    Why it matters:
    The amount goes into tables and headlines without its factors.

    Flagged:

        Ingle Gold speaks of by-products

        Selling 24,000 tonnes per annum of salt at A$1,031 per tonne would generate A$24,768,000 annually.

    Fine:

        Ingle Gold speaks of by-products

        Selling 24,000 tonnes per annum of salt at A$1,031 per tonne would generate A$24,744,000 annually.

    Help:
    Multiply again, and say which price is meant.
    """
    for place in places(reading, _PRODUCT, hints=("$",), tail=True):
        match = place.match
        if _one(match["unit"]) != _one(match["each"]):
            continue
        many, price, said = (Figure(Decimal(match[name].replace(",", ""))) for name in ("many", "price", "sum"))
        exact = many.value * price.value
        if exact == said.value or not many.value or not exact:
            continue
        implied = _times(many, price, nearest)
        where = source(reading, place.block, *match.span())
        here = source(reading, place.block, *match.span("sum"))
        text = f"{number(many.value)} x {number(price.value)} is {number(exact)}; {number(said.value)} stands here"
        if not fits(partial(_times, many, price), said):
            text = f"{number(many.value)} x {number(price.value)} makes {between(implied, step=said.step)};"
            yield remark("warning", f"{text} {number(said.value)} stands here", [here, where], implied)
        elif significant(said) > max(significant(many), significant(price)) and said.value % many.value == 0:
            yield remark("warning", text, [here, where], implied)


def _times(one: Figure, other: Figure, read: Digits) -> Range:
    made = read(one) * read(other)
    return Range(made.low, made.high, "1")


def _one(unit: str) -> str:
    known = {"t": "tonne", "oz": "ounce", "lb": "pound"}
    bare = unit.lower().removesuffix("s")
    return known.get(bare, bare)
