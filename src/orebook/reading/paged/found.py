"""Tables as they are found on a sheet: cells of words in columns and rows, before they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.reading.paged.lines import printed_once, rows_of_marks
from orebook.reading.paged.marks import Mark


class FoundCell(NamedTuple):
    """Words of a cell in reading order; the column it begins in, and how many columns and rows it covers."""

    marks: Sequence[Mark]
    column: int
    span: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """The words with blanks between."""
        return " ".join([mark.text for mark in self.marks])


Row = list[FoundCell]


@dataclass(slots=True)
class Found:
    """A table on a sheet: its rows, how many of them are heads, its box, and where its columns begin and end."""

    rows: list[Row]
    left: float
    top: float
    right: float
    bottom: float
    columns: list[tuple[float, float]] = field(default_factory=list)
    heads: int = 0
    ruled: bool = False
    inner: list["Found"] = field(default_factory=list)
    """Tables that stand inside of its cells."""

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.columns)


_MOST_HEADS = 4


def bold_heads(rows: Sequence[Row]) -> int:
    """How many rows at the top are bold, where most others are not: those that the table itself shows as its head."""
    bold = [bool(row) and all(mark.bold for cell in row for mark in cell.marks) for row in rows]
    first = next((at for at, one in enumerate(bold) if not one), len(bold))
    return first if 0 < first <= _MOST_HEADS and 2 * sum(bold[first:]) < len(bold) - first else 0


def settled(cells: Iterable[FoundCell]) -> Row:
    """The cells of a row from left to right: those that begin in one column as one, none reaching into the next."""
    row: Row = []
    for cell in sorted(cells, key=lambda cell: cell.column):
        last = row[-1] if row else None
        if last is not None and last.column == cell.column:
            row[-1] = last._replace(
                marks=in_order([*last.marks, *cell.marks]),
                span=max(last.span, cell.span),
                rows=max(last.rows, cell.rows),
            )
            continue
        if last is not None and last.column + last.span > cell.column:
            row[-1] = last._replace(span=cell.column - last.column)
        row.append(cell)
    return row


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """The words of a cell line by line."""
    many = list(marks)
    return (
        many if len(many) < 2 else [mark for row in rows_of_marks(many) for part in printed_once(row) for mark in part]
    )
