"""Sources: where something was said, so exactly that anyone can open it and look."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Source(NamedTuple):
    """A stretch of a document: ``text[start:end] == quote``. Lines count from one."""

    doc: str
    line: int
    start: int
    end: int
    quote: str

    def __str__(self) -> str:
        return f"{self.doc}:{self.line}"


@dataclass(frozen=True)
class Document:
    """A document as it was decoded, never edited: everything that is said about it points into ``text``.

    ``format`` is the name of the format that reads it (``text``, ``markdown``, ``html``).

    >>> Document("note.txt", "first\\nsecond line").source(6, 12)
    Source(doc='note.txt', line=2, start=6, end=12, quote='second')
    """

    name: str
    text: str
    format: str = "text"

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def line(self, offset: int) -> int:
        """The number of the line that holds this character, from one."""
        return bisect_right(self._line_starts, offset)

    def column(self, offset: int) -> int:
        """The place of a character in its line, from one."""
        return offset - self._line_starts[self.line(offset) - 1] + 1

    def line_span(self, number: int) -> tuple[int, int]:
        """Where a line starts and where it ends, without its line break."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return start, end

    def source(self, start: int, end: int) -> Source:
        """A stretch of this document."""
        return Source(self.name, self.line(start), start, end, self.text[start:end])
