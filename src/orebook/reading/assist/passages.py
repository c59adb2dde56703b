"""Passages: what of the prose holds figures that no reader understood, and may be asked about.

>>> from orebook.reading.read import read_text
>>> said = "Hole NX-07 cut 12.0 m of 1.50 g/t gold. The mill ran through 4,100 tonnes of rock."
>>> reading = read_text("note.txt", said)
>>> [(one.id, one.plain[-30:].strip()) for one in passages(Open.of(reading))]
[('p1', 'through 4,100 tonnes of rock.')]
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from orebook.ground.fact import Words
from orebook.reading.assist.proposed_measures import fitting
from orebook.reading.language.quantities import Quantity
from orebook.reading.read import understand
from orebook.reading.reading import Reading
from orebook.reading.release import Release, Sentence

_LONGEST_SENTENCE = 2_000
"""What is longer is a table that has lost its shape."""

_ROOM = 1_200
"""A passage ends with the sentence that makes it longer than this."""


@dataclass(frozen=True)
class Open:
    """A reading, what rules its document, and which stretches its facts have understood, in order."""

    reading: Reading
    release: Release
    taken: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, reading: Reading) -> "Open":
        """A reading that is looked over for what it has missed."""
        spans = {
            (fact.source.start, fact.source.end)
            for fact in reading.facts
            if not (isinstance(fact.figure, Words) and fact.figure.unit == "text")
        }
        return cls(reading, understand(reading.layout), _merged(sorted(spans)))

    @cached_property
    def prose(self) -> str:
        """All words of the prose, in small letters with one blank between two, to look for names."""
        return " ".join(" ".join(block.plain.split()) for block in self.reading.layout.prose()).lower()

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a fact has understood some of a stretch of the document."""
        at = bisect_left(self.taken, end, key=lambda span: span[0])
        return at > 0 and self.taken[at - 1][1] > start

    def is_read(self, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether a fact has understood a figure of a sentence."""
        return self.is_taken(*sentence.text.span(quantity.number_start, quantity.number_end))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches in order, those that meet made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


@dataclass(frozen=True)
class Passage:
    """Some sentences of one paragraph that are asked about together, under a name; ``units`` are those of its figures
    that nobody has read."""

    id: str
    sentences: tuple[Sentence, ...]
    units: frozenset[str]

    @cached_property
    def plain(self) -> str:
        """The words of the passage, one blank between two."""
        return " ".join(" ".join(sentence.plain.split()) for sentence in self.sentences)

    @property
    def under(self) -> str:
        """The heading under which it stands."""
        return " ".join(self.sentences[0].block.section.split())


def passages(open_: Open) -> list[Passage]:
    """The passages of the prose that hold a figure which a measure could have and no fact has understood.

    Tables are not among them: the unit of a cell stands in its head, so that a quote of it says too little.
    """
    found: list[Passage] = []
    for sentences in _pieces(open_.release.sentences()):
        said = frozenset(unit for sentence in sentences for unit in _unread(open_, sentence))
        if said:
            found.append(Passage(f"p{len(found) + 1}", sentences, said))
    return found


def _pieces(sentences: list[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Sentences that stand together in one paragraph, as many as there is room for."""
    for _, block in groupby(sentences, key=lambda sentence: id(sentence.block)):
        piece: list[Sentence] = []
        size = 0
        for sentence in block:
            if len(sentence.plain) > _LONGEST_SENTENCE:
                continue
            piece.append(sentence)
            size += len(sentence.plain)
            if size >= _ROOM:
                yield tuple(piece)
                piece, size = [], 0
        if piece:
            yield tuple(piece)


def _unread(open_: Open, sentence: Sentence) -> Iterator[str]:
    """Yield the units of the figures of a sentence that are worth asking about."""
    for quantity in sentence.quantities:
        measures = fitting(quantity.unit)
        is_said = quantity.unit or any(word in sentence.small for measure in measures for word in measure.spoken)
        if measures and is_said and not open_.is_read(sentence, quantity):
            yield quantity.unit
