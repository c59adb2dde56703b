"""Typed lines: a line whose words are held apart by blanks, as chunks that each have their place in the line."""

from collections.abc import Sequence
from dataclasses import dataclass

from orebook.reading.layout.lines import Line
from orebook.reading.layout.values import is_holder, is_value, is_year
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, inline, joined, tidy

_CHUNK = Pattern(r"\S+(?: \S+)*")
_RULE = Pattern(r"[-=_–—]{2,}(?: +[-=_–—]{2,})*")
_RULES = frozenset("-=_–—")
_CURRENCY = Pattern(r"(?:US|CA|C|A|CDN|NZ)?[$€£]|\(\$?")
_LAST_NUMBER = Pattern(r"(?<=[A-Za-z)%]) (?P<number>[($€£-]{0,3}\d[\d,]{0,14}(?:\.\d{1,4})?\)?%?)$")
_SIGN = 5
"""The sign of a currency and the blank behind it are at most so long."""
_FAR = 16
"""A currency sign stands at most so far before its number."""

Chunk = tuple[int, int]


@dataclass(slots=True)
class Shape:
    """One line: its chunks by their places in it, whether it is a rule, whether numbers follow a label, its number."""

    line: Line
    chunks: list[Chunk]
    rule: bool
    valued: bool
    number: int = 0

    def words(self, chunk: Chunk) -> str:
        """The words of a chunk."""
        return _words(self.line, chunk)


def shaped(line: Line, number: int = 0) -> Shape:
    """The chunks of a line; a currency sign far before its number belongs to it."""
    words, indent = line.words, line.start - line.begin
    chunks: list[Chunk] = []
    for found in _CHUNK.finditer(words):
        start, end = found.span()
        if chunks and words[start] in "0123456789.(-–—":
            sign, last = chunks[-1]
            if start + indent - last <= _FAR and _is_currency(words[sign - indent : last - indent]):
                del chunks[-1]
                start = sign - indent
        chunks.append((start + indent, end + indent))
    rule = words[:1] in _RULES and _RULE.fullmatch(words) is not None
    valued = False
    if not rule:
        for start, end in chunks[1:]:
            if _is_number(words[start - indent : end - indent]):
                valued = True
                break
    return Shape(line, chunks, rule, valued, number)


_BAND = Pattern(r"[A-Z][^.;!?]{2,44}")


def is_band(shape: Shape, below: Shape | None) -> bool:
    """Whether a few words alone in their line are the name of the rows below them, however far they reach."""
    words = shape.line.words
    return (
        below is not None and below.valued and not shape.rule and len(shape.chunks) == 1 and len(words.split()) <= 6
        and _BAND.fullmatch(words) is not None and below.chunks[0][0] <= shape.chunks[0][0] + 4
    )  # fmt: skip


def unglued(shapes: Sequence[Shape]) -> None:
    """Part a label from its first number where a single blank holds them together, as most rows show it.

    The number ends where the first numbers of at least two other rows end, which have one chunk more.
    """
    for shape in shapes:
        found = _LAST_NUMBER.search(shape.words(shape.chunks[0]))
        if not found:
            continue
        start, end = shape.chunks[0]
        more = [other for other in shapes if len(other.chunks) == len(shape.chunks) + 1]
        if sum(abs(other.chunks[1][1] - end) <= 1 and other.chunks[0][1] < end for other in more) > 1:
            shape.chunks[:1] = [(start, start + found.start()), (start + found.start("number"), end)]


def _words(line: Line, chunk: Chunk) -> str:
    indent = line.start - line.begin
    return line.words[chunk[0] - indent : chunk[1] - indent]


def _is_currency(words: str) -> bool:
    return len(words) <= 4 and _CURRENCY.fullmatch(words) is not None


def _is_number(words: str) -> bool:
    return (is_value(words) and not is_year(words)) or is_holder(words)


def over(chunk: Chunk, columns: Sequence[Chunk]) -> list[int]:
    """The columns that a chunk stands over, or the nearest."""
    found = [at for at, column in enumerate(columns) if chunk[0] < column[1] and column[0] < chunk[1]]
    if found:
        return found
    middle = (chunk[0] + chunk[1]) / 2
    return [min(range(len(columns)), key=lambda at: abs((columns[at][0] + columns[at][1]) / 2 - middle))]


def chunk_text(text: str, line: Line, chunk: Chunk) -> Text:
    """The words of a chunk, tied to the document; a currency sign is put to its number."""
    begin = line.begin
    words = tidy(inline(text, begin + chunk[0], begin + chunk[1]))
    if " " not in words.plain[:_SIGN]:
        return words
    sign, gap, number = words.plain.partition(" ")
    if gap and _CURRENCY.fullmatch(sign):
        return joined([words.slice(0, len(sign)), words.slice(len(words.plain) - len(number), len(words.plain))], "")
    return words
