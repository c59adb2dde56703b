"""Grids: the rows and cells of a table, and which columns and rows each cell covers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from orebook.reading.docx.names import AROUND, CELL, DELETED, PARAGRAPH, ROW, TEXT, W, is_on, leading
from orebook.reading.docx.signs import of_font
from orebook.reading.docx.xml import Element

_SAID, _SPAN, _DOWN, _BESIDE = f"{W}tcPr", f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_ROW_SAID, _VALUE, _PARAGRAPH_SAID = f"{W}trPr", f"{W}val", f"{W}pPr"
_BEFORE, _HEAD = f"{W}gridBefore", f"{W}tblHeader"
_READ = (ROW, CELL, PARAGRAPH, TEXT, _PARAGRAPH_SAID, _SPAN, _DOWN, _BESIDE, _BEFORE, _HEAD)
_BEGINS = frozenset({ROW, CELL, PARAGRAPH})
_WIDEST = 1000
"""A cell that says it covers more columns than this is not believed."""


@dataclass(slots=True)
class Space:
    """A cell with its place: the column it begins in, the columns and rows that it covers, its number in its row.

    ``words`` are its paragraphs where they are known already.
    """

    cell: Element
    column: int
    span: int
    number: int
    rows: int = 1
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """The rows of a table from the top, and how many of them the file calls header."""

    rows: list[list[Space]]
    heads: int
    deleted: int = 0


def grid(table: Element) -> Grid:
    """The cells of a table in their columns; what is hidden under a cell that reaches down is left out."""
    found = Grid([], 0)
    reaching: dict[int, Space] = {}
    for row in flat(table, ROW):
        said = next((child for child in row if child.tag == _ROW_SAID), None)
        if said is not None and said.find(f"{W}del") is not None:
            found.deleted += 1
            continue
        spaces, reaching = _row(row, _skipped(said), reaching)
        if found.heads == len(found.rows) and said is not None and is_on(said.find(_HEAD)):
            found.heads += 1
        found.rows.append(spaces)
    if found.heads == len(found.rows):
        found.heads = 0
    return found


def _row(row: Element, column: int, above: dict[int, Space]) -> tuple[list[Space], dict[int, Space]]:
    """The cells that begin in a row, and those that reach down from it."""
    laying = _Laying(column, above)
    for cell in flat(row, CELL):
        laying.begin(cell)
        own = leading(cell, _SAID)
        for said in own if own is not None else ():
            laying.say(said)
        laying.end()
    return laying.spaces, laying.reaching


class _Laying:
    """Lays the cells of a row side by side."""

    def __init__(self, column: int, above: dict[int, Space]) -> None:
        self.spaces: list[Space] = []
        self.reaching: dict[int, Space] = {}
        self._above, self._column, self._number = above, column, 0
        self._cell: Element | None = None

    def skip(self, columns: int) -> None:
        """So many columns at the beginning of the row are left out."""
        self._column += columns

    def begin(self, cell: Element) -> None:
        """The next cell begins."""
        self._cell = cell
        self._number += 1
        self._span, self._down, self._beside = 1, "", ""

    def say(self, said: Element) -> None:
        """Something that the cell says of itself."""
        kind = said.tag
        if kind == _SPAN:
            self._span = _count(said)
        elif kind == _DOWN:
            self._down = said.get(_VALUE) or "continue"
        elif kind == _BESIDE:
            self._beside = said.get(_VALUE) or "continue"

    def follow(self, words: list[str], cell: Element) -> list[str]:
        """A cell ends with its words and the next begins: where the words of that are to be put."""
        self.end(words)
        self._cell = cell
        self._number += 1
        self._span, self._down, self._beside = 1, "", ""
        return []

    def end(self, words: list[str] | None = None) -> None:
        """The cell ends; one that goes on with another is no cell of its own."""
        if self._cell is None:
            return
        column, cell, span, self._cell = self._column, self._cell, self._span, None
        self._column += span
        if not (self._down or self._beside):
            self.spaces.append(Space(cell, column, span, self._number, 1, words or []))
        elif self._beside == "continue" and self.spaces:
            self.spaces[-1].span += span
        elif self._down == "continue" and column in self._above:
            self.reaching[column] = self._above[column]
            self.reaching[column].rows += 1
        else:
            self.spaces.append(Space(cell, column, span, self._number, 1, words or []))
            if self._down:
                self.reaching[column] = self.spaces[-1]


def plain_grid(table: Element, labelled: Callable[[str, Element], str]) -> Grid:
    """The cells of a table in which there is nothing but words, with their paragraphs, in one pass over its elements.

    ``labelled`` gives the words of a paragraph with the number that a list puts before them, from what the paragraph
    says of itself.
    """
    found = Grid([], 0)
    laying = _Laying(0, {})
    words: list[str] = []
    said: Element | None = None
    text = ""
    for element in table.iter(*_READ):
        tag = element.tag
        if tag == TEXT:
            text += element.text or ""
        elif tag in _BEGINS:
            if text:
                words += _spoken(text, said, labelled)
                text = ""
            said = None
            if tag == CELL:
                words = laying.follow(words, element)
            elif tag == ROW:
                laying.end(words)
                words = []
                laying = _Laying(0, laying.reaching)
                found.rows.append(laying.spaces)
        elif tag == _PARAGRAPH_SAID:
            said = element
        elif tag == _BEFORE:
            laying.skip(_count(element))
        elif tag == _HEAD:
            if found.heads == len(found.rows) - 1 and is_on(element):
                found.heads += 1
        else:
            laying.say(element)
    if text:
        words += _spoken(text, said, labelled)
    laying.end(words)
    if found.heads == len(found.rows):
        found.heads = 0
    return found


def _spoken(text: str, said: Element | None, labelled: Callable[[str, Element], str]) -> list[str]:
    """The words of a paragraph on one line, with its number; none for one without words."""
    plain = " ".join((text if text.isascii() else of_font("", text)).split())
    return [plain if said is None else labelled(plain, said)] if plain else []


def _skipped(said: Element | None) -> int:
    """How many columns a row leaves out at its beginning."""
    before = said.find(_BEFORE) if said is not None else None
    return 0 if before is None else _count(before)


def _count(element: Element | None) -> int:
    value = element.get(_VALUE) if element is not None else None
    return min(max(int(value), 1), _WIDEST) if value is not None and value.isdecimal() and len(value) < 10 else 1


def flat(around: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a name, also those that stand in wrappers, without what was deleted."""
    for child in around:
        if child.tag == tag:
            yield child
        elif child.tag in AROUND and child.tag not in DELETED:
            yield from flat(child, tag)
