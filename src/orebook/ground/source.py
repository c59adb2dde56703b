"""Sources: where something was said, so exactly that anyone can open it and look."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Box(NamedTuple):
    """A box on a page: points (1/72 inch) from the upper left corner of the page as a reader sees it, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where on the page, or in which part of a file, a stretch of a document stands.

    ``page`` counts from one, 0 where the format has no pages; ``box`` is ``None`` where it has no boxes; ``where``
    names the part for people (``table 2, row 3, cell 1``); ``origin`` says whose the letters are: ``native``, ``ocr``.
    """

    page: int
    box: Box | None = None
    where: str = ""
    origin: str = "native"


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

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The boxes or parts in which a stretch stands, one for each line of it; none where the text is the file.

        Raises ``ValueError`` for a stretch that is not in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"characters {start} to {end} of a text of {len(self.text)}")
        return ()

    def sure(self, start: int, end: int) -> float:
        """How sure it is that these are the letters of a stretch (0 to 1): 1 where no one had to recognise them.

        Raises ``ValueError`` for a stretch that is not in the text.

        >>> Document("note.txt", "ore").sure(0, 3)
        1.0
        """
        self.places(start, end)
        return 1.0

    def source(self, start: int, end: int) -> Source:
        """A stretch of this document."""
        return Source(self.name, self.line(start), start, end, self.text[start:end])
