"""Writing the text of a file from its words: lines, headings and tables, each word with its place."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, count, repeat
from operator import add, sub
from typing import NamedTuple

from orebook.ground.source import Box
from orebook.reading.paged.document import Area, PagedDocument, Part, Slot, Words


class Word(NamedTuple):
    """A word as a page shows it; ``box`` where the format has boxes; ``sure``, how sure whoever recognised it is.

    ``site`` is the number of its page or part where that is not the one at which the writer is.
    """

    text: str
    box: Box | None = None
    sure: float = 1.0
    site: int = 0


_new = tuple.__new__
"""Makes a named tuple in a third of the time that its class takes; cells are many."""


class Run(NamedTuple):
    """Words of one page or part: their texts, their boxes, of those in doubt how sure they are, and the ``site``."""

    texts: Sequence[str]
    boxes: Sequence[Area] = ()
    doubts: Sequence[tuple[int, float]] = ()
    site: int = 0


class Cell(NamedTuple):
    """The words of a cell in reading order, its column, and how many columns and rows it covers."""

    words: Sequence[Word] | Run
    column: int
    span: int = 1
    rows: int = 1


class Writer:
    """Writes one text: words with blanks between, a line break after a line, a tab between the cells of a row.

    ``at_page`` says where what follows stands. ``document`` ends the writing.

    >>> writer = Writer()
    >>> writer.at_page(1)
    >>> writer.line([Word("Table"), Word("1:")])
    >>> rows = ["Hole", "From"], ["A1", "2.0"]
    >>> writer.table([[Cell([Word(text)], at) for at, text in enumerate(row)] for row in rows])
    >>> writer.document("a.pdf", "pdf").text
    'Table 1:\\n\\nHole\\tFrom\\nA1\\t2.0\\n\\n'
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._words = Words()
        self._parts: list[Part] = []
        self._site = 0
        self._begun = -1

    def at_page(self, number: int, name: str = "", origin: str = "native") -> None:
        """Say on which page (from one), or in which part, what follows stands; ``name`` is what people call it."""
        self._site = number
        if name:
            self._words.names[number] = name
        if origin != "native" and number not in self._words.sites[-1:]:
            self._words.origins[number] = origin

    def name(self, number: int, name: str) -> None:
        """Say what people call a page or part, without going there."""
        self._words.names[number] = name

    def names(self, names: Iterable[str], first: int) -> None:
        """Say what people call pages or parts that follow one another, without going there."""
        self._words.names.update(enumerate(names, first))

    def line(self, words: Iterable[Word] | Run) -> None:
        """A line of prose."""
        if self._begun < 0:
            self._begun = self._size
        self._put(words)
        self._pieces.append("\n")
        self._size += 1

    def lines(self, words: Run, said: Sequence[str]) -> None:
        """Lines of prose of one page at once: their words, and what each line says with blanks between."""
        if self._begun < 0:
            self._begun = self._size
        self._run(words, "\n".join(said))
        self._add("\n")

    def gap(self) -> None:
        """What stands apart on the page is parted by a blank line."""
        if self._begun >= 0:
            self._pieces.append("\n")
            self._size += 1

    def heading(self, words: Iterable[Word] | Run, level: int = 2) -> None:
        """A heading, where the file itself says that it is one."""
        self._settle()
        start = self._size
        self._put(words)
        self._parts.append(Part("heading", start, self._size, level))
        self._add("\n\n")

    def aside(self, lines: Iterable[Iterable[Word] | Run]) -> None:
        """Lines that are no part of what is read: the head that runs over all pages, the number of a page."""
        self._settle()
        start = self._size
        for line in lines:
            self._put(line)
            self._add("\n")
        self._parts.append(Part("aside", start, self._size))
        self._add("\n")

    def table(self, rows: Iterable[Sequence[Cell]], heads: int = 0) -> None:
        """A table: its rows from the top, cells from left to right; ``heads`` header rows that the file tells."""
        self._settle()
        start = self._size
        written = tuple(self._row(row) for row in rows)
        self._parts.append(Part("table", start, self._size, 0, written, heads))
        self._add("\n")

    def document(self, name: str, form: str, remarks: Sequence[str] = ()) -> PagedDocument:
        """The document that was written; the writer is used up."""
        self._settle()
        return PagedDocument(name, "".join(self._pieces), form, tuple(self._parts), self._words, tuple(remarks))

    def _row(self, cells: Sequence[Cell]) -> tuple[Slot, ...]:
        slots: list[Slot] = []
        for words, column, span, high in cells:
            if slots:
                self._pieces.append("\t")
                self._size += 1
            start = self._size
            self._put(words)
            slots.append(_new(Slot, (start, self._size, column, span, high)))
        self._add("\n")
        return tuple(slots)

    def _settle(self) -> None:
        """End the lines of prose that are being written."""
        if self._begun >= 0:
            self._parts.append(Part("text", self._begun, self._size))
            self._begun = -1
            self._add("\n")

    def _run(self, run: Run, said: str = "") -> None:
        """Words of a page, put down all at once: each begins one character behind the one before."""
        texts, boxes, doubts, site = run
        if not texts:
            return
        places = self._words
        for at, sure in doubts:
            places.doubts[len(places.starts) + at] = sure
        if boxes:
            places.boxes.extend(boxes)
        if len(texts) == 1:
            text = texts[0]
            places.starts.append(self._size)
            self._size += len(text)
            places.ends.append(self._size)
            places.sites.append(site or self._site)
            self._pieces.append(text)
            return
        lengths = list(map(len, texts))
        ends = list(map(add, accumulate(lengths), count(self._size)))
        places.ends.extend(ends)
        places.starts.extend(map(sub, ends, lengths))
        places.sites.extend(repeat(site or self._site, len(texts)))
        self._add(said or " ".join(texts))

    def _put(self, words: Iterable[Word] | Run) -> None:
        if isinstance(words, Run):
            self._run(words)
            return
        many = list(words)
        places = self._words
        at = self._size
        if len(many) == 1 and many[0].box is None:
            text, _, _, site = many[0]
            places.starts.append(at)
            places.ends.append(at + len(text))
            places.sites.append(site or self._site)
            self._pieces.append(text)
            self._size += len(text)
            return
        for text, _, sure, _ in many:
            places.starts.append(at)
            if sure < 1:
                places.doubts[len(places.starts) - 1] = sure
            at += len(text)
            places.ends.append(at)
            at += 1
        places.sites.extend([word.site or self._site for word in many])
        places.boxes.extend([word.box for word in many if word.box is not None])
        self._add(" ".join([word.text for word in many]))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
