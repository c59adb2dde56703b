"""Bands: rows of a ruled grid that hold several rows of numbers, because no rule stands between them."""

from collections.abc import Sequence

from orebook.reading.paged.found import FoundCell, Row, in_order
from orebook.reading.paged.lines import Line, Segment, is_number, rows_of_marks, segment_of
from orebook.reading.paged.marks import Mark
from orebook.reading.paged.table_columns import Column
from orebook.reading.paged.table_rows import gathered

_FEWEST = 2
"""Rows of numbers in a band."""
_MANY = 3
"""So many rows of numbers are told by themselves; fewer need a label each."""


def parted(band: Row, where: Sequence[Column]) -> list[Row]:
    """The rows of numbers that stand in a band of a grid; the band itself if it is one row."""
    if len(band) < 2 or any(cell.rows > 1 for cell in band):
        return [band]
    lines = _lines(band)
    rows = [line for line in lines if _counts(line, where)]
    labelled = sum(line.segments[0].left < where[0][1] for line in rows)
    if len(rows) < _FEWEST or (len(rows) < _MANY and labelled < len(rows)):
        return [band]
    spans = {cell.column: cell.span for cell in band}
    return [_row(group, band, spans) for group in gathered(lines, where, [])]


def _lines(band: Row) -> list[Line]:
    """The lines of a band, each cell one segment of them."""
    owner = {id(mark): at for at, cell in enumerate(band) for mark in cell.marks}
    lines: list[Line] = []
    for row in rows_of_marks(mark for cell in band for mark in cell.marks):
        parts: dict[int, list[Mark]] = {}
        for mark in row:
            parts.setdefault(owner[id(mark)], []).append(mark)
        pieces: list[Segment] = [segment_of(parts[at]) for at in sorted(parts)]
        lines.append(Line(min(p.top for p in pieces), max(p.bottom for p in pieces), pieces))
    return lines


def _counts(line: Line, where: Sequence[Column]) -> bool:
    """Whether a line has a number behind the first column."""
    return any(segment.left > where[0][1] - 1 and is_number(segment.text) for segment in line.segments)


def _row(lines: Sequence[Line], band: Row, spans: dict[int, int]) -> Row:
    """The cells that stand on some lines of a band."""
    owner = {id(mark): cell.column for cell in band for mark in cell.marks}
    cells: dict[int, list[Mark]] = {}
    for line in lines:
        for mark in line.marks:
            cells.setdefault(owner[id(mark)], []).append(mark)
    return [FoundCell(in_order(marks), column, spans[column]) for column, marks in sorted(cells.items())]
