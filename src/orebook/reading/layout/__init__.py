"""Layout: a document as blocks in reading order, some of them tables, each tied to its place in the original."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.source import Document
from orebook.reading.text import Text

KINDS = ("front", "title", "heading", "paragraph", "bullet", "caption", "note", "table")
"""What a block can be. ``front`` is front matter of a web page, ``note`` a footnote to a table."""

PARTS = ("head", "body", "tail")
"""Where in the release a block stands; ``tail`` is boilerplate: contacts, cautions, what the company is."""


class Cell(NamedTuple):
    """One cell of a table; ``column`` counts from zero, ``span`` says how many columns it covers."""

    text: Text
    column: int
    span: int = 1

    @property
    def plain(self) -> str:
        """The words of the cell, without blanks around them."""
        return self.text.plain.strip()


class Row(NamedTuple):
    """One row of a table: its cells from left to right; a column may be without a cell."""

    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell | None:
        """The cell that covers a column, if there is one."""
        return next((cell for cell in self.cells if cell.column <= column < cell.column + cell.span), None)

    def plain(self, column: int) -> str:
        """The words in a column, or nothing."""
        found = self.cell(column)
        return found.plain if found else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: header rows, rows, what stands above (caption) and below it (notes).

    ``header`` holds for each column the words above it, from the top header row to the lowest, a group's words
    repeated for every column that it covers: ``("Three Months Ended Sept 30", "2011")``. ``how`` says by which signs
    it was seen: tabs, pipes, html, aligned, cells (one to a line), stream (all on one line).
    """

    rows: tuple[Row, ...]
    header_rows: tuple[Row, ...]
    header: tuple[tuple[str, ...], ...]
    start: int
    end: int
    how: str
    caption: Text | None = None
    notes: tuple[Text, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.header)


@dataclass(slots=True)
class Block:
    """A stretch of a document that belongs together.

    ``section`` is the heading under which it stands (or nothing), ``part`` whether it is head, body or tail of the
    release.
    """

    kind: str
    text: Text
    part: str = "body"
    section: str = ""
    level: int = 0
    table: Table | None = None

    @property
    def plain(self) -> str:
        """The words of the block."""
        return self.text.plain


@dataclass(slots=True)
class Layout:
    """All blocks of a document, in the order in which one reads them."""

    document: Document
    blocks: list[Block] = field(default_factory=list)

    def prose(self, *, tail: bool = False) -> Iterator[Block]:
        """The blocks that are read as sentences; boilerplate only if asked for."""
        for block in self.blocks:
            if block.table is None and block.kind != "front" and (tail or block.part != "tail"):
                yield block

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        for block in self.blocks:
            if block.table is not None and block.part != "tail":
                yield block.table
