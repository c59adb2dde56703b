"""Printed: tables and passages as they will stand on the page, every cell with its number and where that comes from.

Whoever makes a table fit to print rounds here, once, and keeps beside the printed words the unrounded value and its
address. Formats only set type: they neither round nor compute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import polars as pl

from orebook.reports.itself import Itself

Value = int | float | str | bool | None
"""What a cell stands for, unrounded; nothing where there is no value."""

Align = Literal["left", "right", "center"]
RowKind = Literal["row", "part", "words", "total"]
"""What a row is: an ordinary one, a part of the row above, words across the columns, a total."""


class Address(NamedTuple):
    """Where a value stands in the book: the table, the row (its position as stored, or an id) and the column."""

    table: str
    row: int | str
    column: str

    def __str__(self) -> str:
        return f"{self.table}[{self.row}].{self.column}"


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column of a printed table.

    ``key`` is its name for programs (``au_gpt``), ``head`` what is printed above it, its unit included; ``unit`` is a
    name of ``units.csv`` or nothing; ``decimals`` is how many are printed, nothing for words. ``values`` says what a
    file for programs gets: the printed digits, the unrounded value, or both.
    """

    key: str
    head: str
    unit: str = ""
    decimals: int | None = None
    align: Align = "left"
    values: Literal["printed", "unrounded", "both"] = "printed"
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell: its words as printed, the unrounded value behind them, and the address of that value.

    A cell of several numbers, such as a range, has them as ``figures``, and the address of the first.
    """

    text: str
    value: Value = None
    address: Address | None = None
    figures: "tuple[Spoken, ...]" = ()


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a printed table; ``depth`` says how deep a part lies in the rows above it.

    The last cell of a row of ``words`` runs across all columns that are left.
    """

    cells: tuple[PrintedCell, ...]
    kind: RowKind = "row"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PrintedTable(Itself):
    """A table fit to print. ``remarks`` is what whoever prints it should know: a decimal that was added, and why.

    ``marked`` says that rows point to the footnotes by their numbers, so that even a single one is numbered.

    >>> row = PrintedRow((PrintedCell("1.20", 1.2049),))
    >>> PrintedTable("assays", "Table 1", (PrintedColumn("au_gpt", "Au (g/t)"),), (row,)).cells()
    [['1.20']]
    """

    name: str
    caption: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    footnotes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    marked: bool = False

    def cells(self) -> list[list[str]]:
        """The printed words, row by row; words that run across columns leave the rest of the row empty."""
        return [[cell.text for cell in filled(row, len(self.columns))] for row in self.rows]

    def column(self, key: str) -> list[str]:
        """The printed words of one column.

        Raises ``KeyError`` for a column that the table does not have.
        """
        keys = [column.key for column in self.columns]
        if key not in keys:
            raise KeyError(f"the table {self.name} has no column {key!r}; its columns are {', '.join(keys)}")
        at = keys.index(key)
        return [row[at] for row in self.cells()]

    def addressed(self) -> Iterator[tuple[int, PrintedColumn, PrintedCell]]:
        """Yield every cell that says something, with the number of its row and its column."""
        for number, row in enumerate(self.rows):
            for column, cell in zip(self.columns, row.cells, strict=False):
                if cell.text:
                    yield number, column, cell


def filled(row: PrintedRow, width: int) -> Sequence[PrintedCell]:
    """The cells of a row, with empty ones up to the width of its table."""
    return (*row.cells, *(PrintedCell("") for _ in range(width - len(row.cells))))


class Spoken(NamedTuple):
    """A figure in a sentence: the stretch of the words that says it, its unrounded value, and the address of that."""

    start: int
    end: int
    value: Value
    address: Address

    def shifted(self, by: int) -> "Spoken":
        """The same further back in longer words."""
        return self._replace(start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose on a page: a title, a heading, a paragraph or a bullet, and the figures that stand in it.

    ``forward`` says that it looks ahead of the day on which it is published.
    """

    text: str
    kind: Literal["title", "heading", "paragraph", "bullet"] = "paragraph"
    figures: tuple[Spoken, ...] = ()
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Printed(Itself):
    """A page fit to print: tables and passages in order, and the parameters that made them.

    ``doc`` names it, ``remark`` is what one should know about how it was made.
    """

    doc: str
    parts: tuple[PrintedTable | Passage, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    failed: bool = False

    def tables(self) -> list[PrintedTable]:
        """The tables of the page."""
        return [part for part in self.parts if isinstance(part, PrintedTable)]

    def said(self) -> Iterator[tuple[str, Address, str]]:
        """Yield every figure that has an address, in tables and in sentences, with words that tell it from others."""
        for part in self.parts:
            if isinstance(part, Passage):
                for each in part.figures:
                    yield part.text[each.start : each.end], each.address, _sentence(part.text, each)
                continue
            for row, column, cell in part.addressed():
                words = f"{column.head}: {', '.join(one.text for one in part.rows[row].cells[:3] if one.text)}"
                if cell.figures:
                    yield from ((cell.text[each.start : each.end], each.address, words) for each in cell.figures)
                elif cell.address is not None:
                    yield cell.text, cell.address, words


def _sentence(text: str, figure: Spoken) -> str:
    """The sentence of a text in which a figure stands.

    >>> _sentence("Copper rose. Gold fell to 3,000 ounces. All was sold.", Spoken(26, 38, 3000.0, Address("t", 0, "v")))
    'Gold fell to 3,000 ounces.'
    """
    begin = text.rfind(". ", 0, figure.start)
    end = text.find(". ", figure.end)
    return text[begin + 2 if begin >= 0 else 0 : end + 1 if end >= 0 else len(text)]


@dataclass(frozen=True, slots=True)
class Sheet(Itself):
    """A table of the book as it is stored, unrounded: for programs, and for a look at it."""

    doc: str
    frame: pl.DataFrame
    remark: str = ""
    failed: bool = False
