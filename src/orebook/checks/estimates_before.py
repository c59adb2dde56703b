"""What a release gives as the estimate of before, and how many shares it counts: figures that earlier releases have."""

import re
from collections.abc import Iterator

from orebook.checks.changes import changes
from orebook.checks.places import places, sentence_at, source
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.ground.units import unit
from orebook.reading.estimating.estimates import category_in
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_MASS = (("mass", 1),)
_SHARES = Pattern(
    r"\b(?P<count>\d[\d,.]{2,14}(?:\smillion)?)\s(?:common\s|ordinary\s|fully paid\s){0,2}shares\s"
    r"(?:(?:are\s|were\s)?issued\sand\s|currently\s){0,2}outstanding\b"
)


def before(reading: Reading) -> Iterator[tuple[str, Figure, Source]]:
    """Yield the figures that are given as those of the estimate before, each with its category and its place."""
    for change in changes(reading):
        figure = change.before.figure
        block, start, end = sentence_at(reading, change.before.source)
        category = category_in(block.plain[start:end]) if block is not None else ""
        if category and not figure.sign and unit(figure.unit or "1").dimension == _MASS:
            yield category, figure, change.before.source
    for record in reading.of("resource", "reserve"):
        if record.about.get("context") == "previously reported" and record.about.get("category"):
            yield from _previous(reading, record.about["category"], record.source)


def _previous(reading: Reading, category: str, where: Source) -> Iterator[tuple[str, Figure, Source]]:
    """Yield the only mass of a sentence that compares with the estimate before."""
    block, start, end = sentence_at(reading, where)
    if block is None or not re.search(r"\b(?:previous|prior|compared (?:to|with)|versus)\b", block.plain[start:end]):
        return
    first, last = where.start, where.end
    for quantity in quantities(block.plain, start, end):
        place = source(reading, block, quantity.start, quantity.end)
        if first <= place.start < last and unit(quantity.unit or "1").dimension == _MASS and not quantity.is_range:
            yield category, quantity.figure, place


def shares(reading: Reading) -> Iterator[tuple[Figure, Source]]:
    """Yield how many shares are said to be outstanding."""
    for place in places(reading, _SHARES, hints=("outstanding",), tail=True):
        found = quantities(place.block.plain, *place.match.span("count"))
        if len(found) == 1 and not found[0].is_range:
            yield found[0].figure, place.source
