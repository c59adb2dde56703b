"""Placed numbers that are not the numbers of the book any more."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.rule import Remark, remark, rule
from orebook.reading.placed import Placed, placed_by_itself
from orebook.reading.reading import Reading

_NUMBER = re.compile(r"\d[\d,]{0,30}(?:\.\d{1,12})?")
_SCALES = (1.0, 1e3, 1e6, 1e9)
_HAIR = 1e-9


@rule("D117", on="document", basis="the book that the document was drafted from")
def number_off_book(reading: Reading) -> Iterator[Remark]:
    """A number is not the one that the book has at its address.

    What it does:
    A page that was drafted from a book says the unrounded value and the address of every number; for other documents
    orebook check --book takes them from the register of the draft, or from the facts that both say: intervals are told
    by most of their numbers, so that a hole or a depth that was changed is found as well. The printed digits have to be
    that value, rounded.

    Why it matters:
    Somebody has changed a digit since the draft was made, or the book has got new rows. Only one of the two is right.

    Flagged:

        <!DOCTYPE html>
        <html><body>
        <p>Hole KR-04 returned <data id="n1" value="29.1402" data-address="intercepts[0].length_m">29.41 m</data>.</p>
        </body></html>

    Fine:

        <!DOCTYPE html>
        <html><body>
        <p>Hole KR-04 returned <data id="n1" value="29.1402" data-address="intercepts[0].length_m">29.1 m</data>.</p>
        </body></html>

    Help:
    Ask orebook why with the address, then correct the document or the book; orebook draft makes the document anew.
    """
    for placed in reading.placed or placed_by_itself(reading.document):
        if placed.gone:
            continue
        words = " ".join(reading.document.text[placed.start : placed.end].split())
        source = reading.document.source(placed.start, placed.end)
        if placed.of:
            said = f"{words} is printed; the book has these numbers of {placed.of} ({placed.address})"
            yield remark("error", said, [source])
        elif placed.value is None:
            said = f"{words} is printed; the book has no such number any more ({placed.address})"
            yield remark("warning", said, [source])
        elif (printed := _NUMBER.search(words)) and not _agrees(printed[0], placed):
            told = _told(printed[0], placed)
            yield remark("error", f"{words} is printed; the book has {told} ({placed.address})", [source])


def _agrees(printed: str, placed: Placed) -> bool:
    """Whether printed digits are the value of the book, rounded, in the scale of the draft."""
    digits = Decimal(printed.replace(",", ""))
    half = 0.5 * 10.0 ** min(int(digits.as_tuple().exponent), 0)
    value = abs(placed.value or 0.0)
    off = (abs(float(digits) - value / scale) - value / scale * _HAIR for scale in _scales(placed))
    return any(each <= half * (1 + _HAIR) for each in off)


def _scales(placed: Placed) -> tuple[float, ...]:
    """By what the value was divided to be printed: as the draft did it, or in ones, thousands, millions, billions."""
    drafted = _NUMBER.search(placed.drafted)
    if drafted is None or not placed.was:
        return _SCALES
    digits = float(drafted[0].replace(",", ""))
    half = 0.5 * 10.0 ** -len(drafted[0].partition(".")[2])
    was = abs(placed.was)
    exact = tuple(scale for scale in _SCALES if abs(digits - was / scale) <= half * (1 + _HAIR))
    return exact[:1] or ((was / digits,) if digits else _SCALES)


def _told(printed: str, placed: Placed) -> str:
    """The value of the book as the document would print it."""
    decimals = len(printed.partition(".")[2])
    value = placed.value or 0.0
    digits = float(printed.replace(",", ""))
    scale = min(_scales(placed), key=lambda each: abs(abs(value) / each - digits))
    return f"{abs(value) / scale:,.{decimals}f}"
