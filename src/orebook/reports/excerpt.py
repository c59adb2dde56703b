"""Excerpts: the line of a document around some places, with the places underlined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.ground.source import Document, Source
from orebook.reports.paper import glyph

_WORD = 12
"""A line is cut between words, if one ends within so many characters."""

Span = tuple[int, int]
"""From the first character of a line to the one after the last."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a line, and below it the marks under the places that it shows; ``at`` is where the first begins."""

    line: int
    words: str
    marks: str
    at: int = 0


def excerpts(document: Document, sources: Iterable[Source], room: int) -> list[Excerpt]:
    """The lines that hold these places, in the order in which the places are given, ``room`` columns wide.

    >>> text = "Indicated resources of 10.0 Mt at 1.50 g/t hold 550 koz of gold."
    >>> note = Document("note.txt", text)
    >>> for found in excerpts(note, [note.source(48, 55)], 40):
    ...     print(found.words, found.marks, sep="\\n")
    …Mt at 1.50 g/t hold 550 koz of gold.
                         ^^^^^^^
    """
    lines: dict[int, dict[Span, int]] = {}
    for rank, source in enumerate(sources):
        for number, span in _by_line(document, source):
            lines.setdefault(number, {}).setdefault(span, rank)
    groups = [
        (min(ranks[span] for span in group), number, group)
        for number, ranks in lines.items()
        for group in _together(sorted(ranks), room * 3 // 4)
    ]
    return [
        Excerpt(number, *_window(*document.line_span(number), document.text, group, room), group[0][0])
        for _, number, group in sorted(groups)
    ]


def _by_line(document: Document, source: Source) -> Iterator[tuple[int, Span]]:
    """A place as stretches of single lines: the first line, and the last when there are several."""
    first, last = source.line, document.line(max(source.start, source.end - 1))
    for number in sorted({first, last}):
        start, end = document.line_span(number)
        yield number, (max(source.start, start), max(min(source.end, end), max(source.start, start)))


def _together(spans: list[Span], room: int) -> Iterator[list[Span]]:
    """The places of a line in groups that can be seen at once."""
    group: list[Span] = []
    for span in spans:
        if group and span[1] - group[0][0] > room:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _window(start: int, end: int, text: str, spans: list[Span], room: int) -> tuple[str, str]:
    """The part of a line that shows these places, and the marks under them."""
    first, last = spans[0][0], min(max(finish for _, finish in spans), spans[0][0] + room)
    lead = max((room - (last - first)) * 2 // 3, 0)
    begin = start if end - start <= room or first - start <= lead else first - lead
    finish = min(end, begin + room)
    if finish == end:
        begin = max(start, min(begin, end - room))
    ahead, behind = begin > start, finish < end
    if ahead and (blank := text.find(" ", begin, min(begin + _WORD, first))) >= 0:
        begin = blank
    if behind and (blank := text.rfind(" ", max(finish - _WORD, last), finish)) >= 0:
        finish = blank + 1
    words, marks = _drawn(text, begin + ahead, finish - behind, spans)
    return "…" * ahead + words + "…" * behind, (" " * ahead + marks).rstrip()


def _drawn(text: str, begin: int, finish: int, spans: list[Span]) -> tuple[str, str]:
    """Characters of a document as they can be shown, and a mark for each column that lies in a place."""
    words: list[str] = []
    marks: list[str] = []
    for at in range(begin, finish):
        char, width = glyph(text[at])
        inside = any(start <= at < max(end, start + 1) for start, end in spans)
        words.append(char)
        marks.append(("^" if inside else " ") * width)
    if any(start >= finish for start, _ in spans):
        marks.append("^")
    return "".join(words), "".join(marks)
