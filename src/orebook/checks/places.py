"""Places in the words of a document that match a pattern."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.memo import per_document, shared
from orebook.ground.source import Source
from orebook.reading.language.sentences import spans
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern, note
from orebook.reading.reading import Reading

_AROUND = 240
_NESTED = 6
"""So many blocks may begin within another, as tables do in a text without lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """A match in a block of the document, with what stands around it and where it stands."""

    block: Block
    match: re.Match[str]
    source: Source

    @property
    def around(self) -> str:
        """The sentence that holds the match, or as much of it as matters."""
        plain, start, end = self.block.plain, self.match.start(), self.match.end()
        before = max(plain.rfind(". ", max(0, start - _AROUND), start) + 2, start - _AROUND, 0)
        after = plain.find(". ", end, end + _AROUND)
        return plain[before : after if after >= 0 else end + _AROUND]


def places(
    reading: Reading, pattern: Pattern | re.Pattern[str], *, hints: tuple[str, ...] = (), tail: bool = False
) -> Iterator[Place]:
    """Every match of a pattern in the sentences of a document; boilerplate only if asked for.

    ``hints`` are words in small letters of which a block must have one, so that most blocks are passed over quickly.
    """
    yield from shared(reading, (pattern, hints, tail), lambda: _places(reading, pattern, hints, tail=tail))


def _places(
    reading: Reading, pattern: Pattern | re.Pattern[str], hints: tuple[str, ...], *, tail: bool
) -> Iterator[Place]:
    whole, whole_small = _whole(reading)
    if hints and not any(hint in whole_small for hint in hints):
        return
    if isinstance(pattern, Pattern) and pattern.is_barred_by(whole):
        return
    for block, small in _prose(reading):
        if (block.part == "tail" and not tail) or (hints and not any(hint in small for hint in hints)):
            continue
        for match in pattern.finditer(block.plain):
            yield Place(block, match, source(reading, block, match.start(), match.end()))


@per_document
def _whole(reading: Reading) -> tuple[str, str]:
    """All sentences, and in small letters: for most rules a look at them shows that no block has what they look for."""
    whole = "\n".join(block.plain for block, _ in _prose(reading))
    note(whole)
    return whole, whole.lower()


@per_document
def _prose(reading: Reading) -> list[tuple[Block, str]]:
    """The blocks of sentences, each with its words in small letters."""
    return [(block, block.plain.lower()) for block in reading.layout.prose(tail=True)]


def source(reading: Reading, block: Block, start: int, end: int) -> Source:
    """Where a stretch of a block stands in the document."""
    return reading.document.source(*block.text.span(start, end))


@per_document
def _stretches(reading: Reading) -> list[tuple[int, int, int]]:
    """Where each block begins and ends, with its number, in the order of the document."""
    found = []
    for number, block in enumerate(reading.layout.blocks):
        table = block.table
        start, end = (table.start, table.end) if table is not None else (block.text.start, block.text.end)
        found.append((start, end, number))
    return sorted(found)


def block_at(reading: Reading, place: Source) -> int:
    """The number of the block in which something stands: a paragraph, a bullet or a table.

    The key by which figures of one table or one paragraph meet; below nothing where there is no layout.
    """
    stretches = _stretches(reading)
    last = bisect_right(stretches, (place.start, 1 << 62)) - 1
    for start, end, number in reversed(stretches[max(0, last - _NESTED) : last + 1]):
        if start <= place.start < end:
            return number
    return stretches[last][2] if last >= 0 else -1


def sentence_at(reading: Reading, place: Source) -> tuple[Block | None, int, int]:
    """The sentence that holds a place: its block, and where in the block it begins and ends; of a table nothing."""
    number = block_at(reading, place)
    if number < 0 or reading.layout.blocks[number].table is not None:
        return None, 0, 0
    block = reading.layout.blocks[number]
    for start, end in spans(block.plain):
        first, last = block.text.span(start, end)
        if first <= place.start < last:
            return block, start, end
    return None, 0, 0
