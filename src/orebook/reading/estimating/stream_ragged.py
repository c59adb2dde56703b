"""Ragged rows of a stream: rows under groups of columns that have lost the empty cells of whole groups.

Which groups a row fills is told by the totals, along the row and down the columns; what they leave open stays open.
"""

from collections.abc import Sequence
from decimal import Decimal

from orebook.reading.estimating.estimates import category_in
from orebook.reading.estimating.stream_heads import Shape
from orebook.reading.estimating.stream_rows import StreamRow
from orebook.reading.estimating.vanished import Shape as Groups
from orebook.reading.estimating.vanished import placed


def filled(rows: list[StreamRow], shape: Shape) -> list[StreamRow]:
    """The rows, ragged ones made whole where the totals tell how: a dash stands in every cell that was lost."""
    groups = shape.groups
    size = len(groups[0])
    if len(groups) < 2 or any(len(group) != size for group in groups) or all(row.whole for row in rows):
        return rows
    total = next((at for at, row in enumerate(rows) if row.whole and category_in(" ".join(row.label)) == "Total"), None)
    if total is None or any(cell.dash for row in rows for cell in row.cells):
        return rows
    table = rows[: total + 1]
    bare = [[cell.value or Decimal(0) for cell in row.cells] for row in table]
    names = [shape.columns[group[0]].group for group in groups]
    adding = tuple(place for place in range(size) if shape.columns[groups[0][place]].role in ("tonnes", "metal"))
    known = placed(bare, Groups(len(groups), size, names[-1] == "Total", adding), total)
    return [_whole(row, at, size, len(groups)) for row, at in zip(table, known, strict=True)] + rows[total + 1 :]


def _whole(row: StreamRow, at: Sequence[int] | None, size: int, count: int) -> StreamRow:
    """A row with its figures in the groups where they belong."""
    if row.whole or at is None or len(at) * size != len(row.cells):
        return row
    empty = row.cells[0]._replace(value=None, dash=True)
    cells = [empty] * (size * count)
    for place, group in enumerate(at):
        cells[group * size : (group + 1) * size] = row.cells[place * size : (place + 1) * size]
    return StreamRow(row.label, cells, whole=True)
