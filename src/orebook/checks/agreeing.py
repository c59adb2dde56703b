"""Agreeing: which figures of a document a check compared with others and found in order.

No rule says of a figure that it is right. So some figures are exchanged for others and the rules look once more: where
one now notices that several places disagree, it had compared those places before and found nothing. Figures that no
rule would miss stay unmarked, and so do those of which something was noticed as they stand.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import count

from orebook import checks
from orebook.checks.memo import share
from orebook.ground.fact import Fact, Words
from orebook.ground.source import Source
from orebook.ground.telling import counted
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
    others = _others(reading)
    found: set[Source] = set()
    for step, turn in counted(_ROUNDS, "rounds of other figures"):
        moved = _moved(reading, others, step, turn)
        for rule in rules:
            found.update(source for finding in rule(moved) if len(finding.sources) > 1 for source in finding.sources)
    figures = {fact.source for fact in reading.facts if not isinstance(fact.figure, Words)}
    return frozenset((found & figures) - noticed)


def _others(reading: Reading) -> list[list[Fact]]:
    """For every record its facts, each figure exchanged for a smaller one of as many digits."""
    numbers = count()
    return [[_other(fact, next(numbers)) for fact in record.facts] for record in reading.records]


def _other(fact: Fact, at: int) -> Fact:
    """A fact with another figure; words and noughts stay."""
    figure = fact.figure
    if isinstance(figure, Words) or not figure.value:
        return fact
    other = (figure.value * _FACTORS[at % len(_FACTORS)]).quantize(figure.step)
    return replace(fact, figure=replace(figure, value=other if other != figure.value else figure.value + figure.step))


def _moved(reading: Reading, others: list[list[Fact]], step: int, turn: int) -> Reading:
    """The same reading with some of its facts exchanged for the others; its records know one another as before."""
    numbers = count()
    records = [
        replace(
            record,
            facts=[
                other if (next(numbers) // step) % 4 == turn else fact
                for fact, other in zip(record.facts, exchanged, strict=True)
            ],
        )
        for record, exchanged in zip(reading.records, others, strict=True)
    ]
    known = {id(record): moved for record, moved in zip(reading.records, records, strict=True)}
    for record in records:
        record.parent = None if record.parent is None else known.get(id(record.parent), record.parent)
        record.children = [known.get(id(child), child) for child in record.children]
    moved = Reading(reading.document, reading.layout, records, reading.context)
    share(reading, moved)
    return moved
