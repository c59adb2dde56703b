"""What was said: the facts or the records of a document that was read, with what one needs to show them."""

from orebook.desk.inputs import Opened
from orebook.ground.source import Document, Source
from orebook.reports.results import Facts, Head, Records, Stand
from orebook.reports.standing import text_sha256

_AROUND = 32
"""So many characters on either side find a quote again in a text that was set anew."""


def facts_of(read: Opened) -> Facts:
    """The facts of a document, in the order of its text, each with its record and its places."""
    document = read.reading.document
    found = [
        (fact, _stand(document, fact.source, number, record.kind))
        for number, record in enumerate(read.reading.records, 1)
        for fact in record.facts
    ]
    found.sort(key=lambda one: one[0].source.start)
    facts, stands = tuple(fact for fact, _ in found), tuple(stand for _, stand in found)
    return Facts(document.name, facts, read.remark, head=_head(read), stands=stands, assist=read.assist)


def records_of(read: Opened) -> Records:
    """The records of a document, in its order, each with its places."""
    document, records = read.reading.document, tuple(read.reading.records)
    stands = tuple(_stand(document, record.source, number, record.kind) for number, record in enumerate(records, 1))
    return Records(document.name, records, read.remark, head=_head(read), stands=stands, assist=read.assist)


def _stand(document: Document, source: Source, record: int, kind: str) -> Stand:
    places = document.places(source.start, source.end)
    sure = document.sure(source.start, source.end) if places else 1.0
    before = document.text[max(source.start - _AROUND, 0) : source.start]
    return Stand(record, kind, places, sure, before, document.text[source.end : source.end + _AROUND])


def _head(read: Opened) -> Head:
    context = read.reading.context
    text = text_sha256(read.reading.document)
    return Head(read.sha256, context.get("issuer", ""), context.get("date", ""), text)
