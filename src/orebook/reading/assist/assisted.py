"""Assisted readings: a reading, and among its facts what a model proposed and the document bears out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from orebook.ground.fact import Record
from orebook.reading.assist.accept import accept
from orebook.reading.assist.answers import parsed
from orebook.reading.assist.passages import Open, passages
from orebook.reading.assist.report import Proposal, Refused, Report, UnansweredError
from orebook.reading.assist.request import Request, requests
from orebook.reading.reading import Reading
from orebook.reading.restated import mark_restated

Ask = Callable[[Request], str]
"""Puts a request to a model and hands back the words of its answer; raises ``UnansweredError`` where it has none."""

_MOST_REQUESTS = 12
"""So many requests at most are made for one document; what is left is counted."""


class Assisted(NamedTuple):
    """A reading with the facts that were proposed and borne out among its own, and what came of the asking."""

    reading: Reading
    report: Report


def assisted(reading: Reading, ask: Ask) -> Assisted:
    """Ask about the passages whose figures no reader understood, and take in what the document bears out.

    The reading that is given stays as it is. Where no answer can be had, the facts are those that it has.

    >>> from orebook.reading.read import read_text
    >>> reading = read_text("note.txt", "The mill at Fern Hollow put through 4,100 tonnes of rock.")
    >>> said = '{"facts": [{"passage": "p1", "quote": "4,100 tonnes", "measure": "milling.ore_milled", "value": 4100}]}'
    >>> found = assisted(reading, lambda request: said)
    >>> [(fact.measure, str(fact.figure)) for fact in found.reading.facts if fact.read_by == "assist"]
    [('milling.ore_milled', '4,100 t')]
    >>> str(found.report)
    '1 passage asked about: 1 proposal, 1 accepted'
    """
    open_ = Open.of(reading)
    asked = passages(open_)
    todo = requests(asked)
    proposals: list[Proposal] = []
    refused: list[Refused] = []
    report = Report(passages=len(asked))
    for request in todo[:_MOST_REQUESTS]:
        try:
            words = ask(request)
        except UnansweredError as problem:
            report = replace(report, problem=str(problem))
            break
        answer = parsed(words)
        report = replace(report, answers=report.answers + 1, odd=report.odd + (answer is None))
        if answer is not None:
            proposals += answer.proposals
            refused += answer.refused
    left = sum(request.size for request in todo[_MOST_REQUESTS:])
    found = accept(open_, asked, proposals)
    report = replace(report, left=left, accepted=found.number, refused=(*refused, *found.refused))
    return Assisted(_with(reading, found.records), replace(report, passages=len(asked) - left))


def _with(reading: Reading, more: Iterable[Record]) -> Reading:
    """A reading with more records, of which those that say again what a fuller one says are marked; the others stay."""
    fresh = list(more)
    if not fresh:
        return reading
    before = [replace(record, about=dict(record.about)) for record in reading.records]
    mark_restated([*before, *fresh])
    records = sorted([*reading.records, *fresh], key=lambda record: (record.source.start, record.source.end))
    return Reading(reading.document, reading.layout, records, reading.context)
