"""Agreeing: which figures of a document a check compared with others and found in order.

No rule says of a figure that it is right. So some figures are exchanged for others and the rules look once more: where
one now notices that several places disagree, it had compared those places before and found nothing. Figures that no
rule would miss stay unmarked, and so do those of which something was noticed as they stand.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from orebook import checks
from orebook.ground.fact import Fact, Words
from orebook.ground.source import Source
from orebook.reading.reading import Reading

_ROUNDS = tuple((step, turn) for step in (1, 4, 16) for turn in range(4))
"""In each round every fourth figure is another one, in runs of this length: most others do not move."""

_FACTORS = tuple(map(Decimal, ("0.61", "0.67", "0.71", "0.58", "0.73", "0.64", "0.69")))
_LETTER = "F"


def agreeing(reading: Reading) -> frozenset[Source]:
    """The places of the figures that rules compare with others and find to agree.

    >>> from orebook.reading.read import read_text
    >>> table = "| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |\\n|---|---|---|---|---|\\n"
    >>> rows = "| KH-07 | 100.0 | 112.0 | 12.0 | 2.10 |\\n| KH-08 | 55.0 | 61.5 | 7.5 | 1.85 |\\n"
    >>> sorted(source.quote for source in agreeing(read_text("a.md", table + rows)))
    ['100.0', '112.0', '12.0']
    """
    rules = checks.wanted(_LETTER)
    noticed = {source for rule in rules for finding in rule(reading) for source in finding.sources}
    found: set[Source] = set()
    for step, turn in _ROUNDS:
        moved = _moved(reading, step, turn)
        for rule in rules:
            found.update(source for finding in rule(moved) if len(finding.sources) > 1 for source in finding.sources)
    figures = {fact.source for fact in reading.facts if not isinstance(fact.figure, Words)}
    return frozenset((found & figures) - noticed)


def _moved(reading: Reading, step: int, turn: int) -> Reading:
    """The same reading with some of its figures exchanged for smaller ones of as many digits."""
    records = deepcopy(reading.records)
    number = 0
    for record in records:
        facts = list(_exchanged(record.facts, number, step, turn))
        number += len(facts)
        record.facts = facts
    return Reading(reading.document, reading.layout, records, reading.context)


def _exchanged(facts: list[Fact], number: int, step: int, turn: int) -> Iterator[Fact]:
    for at, fact in enumerate(facts, number):
        figure = fact.figure
        if (at // step) % 4 != turn or isinstance(figure, Words) or not figure.value:
            yield fact
            continue
        other = (figure.value * _FACTORS[at % len(_FACTORS)]).quantize(figure.step)
        yield replace(
            fact, figure=replace(figure, value=other if other != figure.value else figure.value + figure.step)
        )
