"""Samples whose grades could not be told apart, but whose hole and depths can: rows of tables that ran together."""

from collections.abc import Iterator
from typing import NamedTuple

from orebook.checks.memo import per_reading
from orebook.ground.figure import Figure
from orebook.ground.source import Source
from orebook.reading.drilling.stream_columns import in_order
from orebook.reading.drilling.streams import Stream, Token, streams, value
from orebook.reading.reading import Reading

_LONG = 120
_FEWEST = 5
_LONGEST = 60
"""Metres that a sample or a composite may be long in a table of such rows."""


class SampleRow(NamedTuple):
    """A row that begins with its hole, its beginning and its end."""

    hole: str
    start: Figure
    end: Figure
    source: Source


@per_reading
def sample_rows(reading: Reading) -> list[SampleRow]:
    """The rows of every stream whose head says hole, from and to in this order, and whose depths bear that out."""
    return [row for stream in run_on_tables(reading) for row in _rows(reading, stream)]


@per_reading
def run_on_tables(reading: Reading) -> list[Stream]:
    """The tables of holes or samples that ran together into one line of text."""
    long = [block.text for block in reading.layout.prose(tail=True) if len(block.plain) > _LONG]
    return [stream for text in long for stream in streams(text)]


def _rows(reading: Reading, stream: Stream) -> Iterator[SampleRow]:
    columns = in_order(stream, "drilling")
    if [role.name for role in columns[:2]] != ["from", "to"] or len(stream.groups) < _FEWEST:
        return
    pairs = [(group.hole, group.runs[0].tokens[:2]) for group in stream.groups]
    whole = [(hole, pair) for hole, pair in pairs if _is_interval(pair)]
    if len(whole) * 10 < len(pairs) * 9:
        return
    unit = columns[0].unit or "m"
    for hole, (first, last) in whole:
        where = reading.document.source(*stream.text.span(hole.start, last.end))
        yield SampleRow(hole.said, Figure(value(first), unit), Figure(value(last), unit), where)


def _is_interval(pair: list[Token]) -> bool:
    return (
        len(pair) == 2
        and all(token.kind == "number" for token in pair)
        and 0 < value(pair[1]) - value(pair[0]) <= _LONGEST
    )
