"""Rows of a stream: the numbers of a flattened table, cut into rows by the count of its columns and by its labels.

Between two labels a row has as many numbers as the table has columns; a dash counts for one. A row that has fewer is
kept apart: it has lost empty cells, and the count does not tell which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.reading.estimating.estimate_columns import FIGURES, Column
from orebook.reading.estimating.stream_heads import Shape
from orebook.reading.estimating.stream_words import Word
from orebook.reading.heads.unit_words import unit_of

_LONGEST_LABEL = 14
_SMALL = 1000


@dataclass(slots=True)
class StreamRow:
    """A label and the cells behind it; ``whole`` where every column of the table has one."""

    label: list[str] = field(default_factory=list)
    cells: list[Word] = field(default_factory=list)
    whole: bool = False


def rows(words: Sequence[Word], shape: Shape) -> Iterator[StreamRow]:
    """The rows behind a head, up to words that are no label."""
    row, width = StreamRow(), len(shape.columns)
    for word in words[shape.label :]:
        if word.cell:
            row.cells.append(word)
            if len(row.cells) == width:
                row.whole = True
                yield row
                row = StreamRow()
            continue
        if row.cells and len(row.cells) not in shape.breaks:
            if _numbers_a_name(row):
                row.label.append(row.cells.pop().plain)
            else:
                yield row
                row = StreamRow()
        row.label.append(word.plain)
        if len(row.label) > _LONGEST_LABEL or _is_column(row.label):
            return
    if row.cells:
        yield row


def _numbers_a_name(row: StreamRow) -> bool:
    """Whether the one number of a row belongs to its label: "Pipe 4 Indicated"."""
    only = row.cells[0]
    return (
        len(row.cells) == 1 and bool(row.label) and only.value is not None and not only.unit
        and "." not in only.plain and only.value < _SMALL
    )  # fmt: skip


def _is_column(label: list[str]) -> bool:
    """Whether another head begins: two units among the words."""
    return sum(bool(unit_of(word.strip("()"))) and word.strip("()") != "t" for word in label[-6:]) > 1


Said = tuple[Column, Word, Figure]
"""A figure of an estimate, with its column and where it is printed."""


def figures(cells: Sequence[Word], columns: Sequence[Column]) -> list[Said]:
    """The cells that hold figures of an estimate, with their columns; the unit that a cell prints comes first."""
    return [
        (column, cell, Figure(cell.value, _unit(column, cell)))
        for column, cell in zip(columns, cells, strict=True)
        if column.role in FIGURES and cell.value is not None and (cell.unit != "%" or column.role == "grade")
    ]


def _unit(column: Column, cell: Word) -> str:
    return cell.unit or column.unit


def agreement(said: Sequence[Said]) -> list[int]:
    """For each metal of an estimate: 2 where tonnes times grade makes it as printed, 1 where nearly, 0 where not."""
    tonnes = next((figure for column, _, figure in said if column.role == "tonnes"), None)
    found: list[int] = []
    for column, _, metal in said:
        grade = next(
            (figure for other, _, figure in said if other.role == "grade" and other.analyte == column.analyte), None
        )
        if column.role != "metal" or tonnes is None or grade is None:
            continue
        if not (_mass(tonnes.unit) and _mass(metal.unit) and _share(grade.unit)):
            continue
        contained = (tonnes.range() * grade.range()).to(metal.unit)
        printed = metal.range()
        if contained.low <= printed.high and printed.low <= contained.high:
            found.append(2)
        else:
            far = contained.low > printed.high * 2 or printed.low > contained.high * 2
            found.append(0 if far else 1)
    return found


def _mass(unit: str) -> bool:
    return units.known(unit) and units.unit(unit).dimension == (("mass", 1),)


def _share(unit: str) -> bool:
    return units.known(unit) and not units.unit(unit).dimension
