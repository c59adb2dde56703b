"""Tables: from rows of cells, however they were seen, to a table with a header over every column.

Every way of writing a table (tabs, pipes, tags, blanks) gives the same draft: rows of cells from left to right, empty
ones among them. What is common to all tables happens here once: a sign or a closing parenthesis that strayed into a
cell of its own is put back, columns that only pad are dropped, header rows are told from rows, what a page break left
between the rows is taken out, heads of groups reach over their columns.
"""

from collections import Counter
from collections.abc import Sequence

from orebook.reading.layout import Cell, Row, Table
from orebook.reading.layout.headers import header_depth, stacked, straightened
from orebook.reading.layout.mending import Draft, mended, without_furniture, without_marks
from orebook.reading.text import Text

_FEWEST = 3
"""A label and two columns of figures, for columns of signs to be told from them."""


_new = tuple.__new__
"""Makes a cell in half the time that its class takes: a document has hundreds."""


def draft(texts: Sequence[Text], spans: Sequence[int] = ()) -> Draft:
    """Cells from left to right, each in the columns after the one before."""
    if not spans:
        return [_new(Cell, (text, column, 1)) for column, text in enumerate(texts)]
    cells: Draft = []
    column = 0
    for text, span in zip(texts, spans, strict=True):
        cells.append(Cell(text, column, span))
        column += span
    return cells


def table(rows: list[Draft], how: str, start: int, end: int, ruled: int = 0) -> Table:
    """Make a table of rows of cells.

    ``ruled`` is the number of rows that the document itself sets apart as header (a rule below them, header tags);
    more may belong to it.
    """
    rows = mended(rows)
    depth = header_depth(rows, ruled)
    body = without_marks(without_furniture(rows[:depth], rows[depth:]))
    width = _width(body or rows)
    if (heads := _heads_of_filled(rows[:depth], body, width)) is not None:
        body, width = heads
    head = straightened(rows[:depth], width)
    head, body, width = _without_padding(head, body)
    header_rows, header = stacked(head, width)
    return Table(
        rows=tuple([Row(cells) for row in body if (cells := tuple([cell for cell in row if cell.text.plain]))]),
        header_rows=tuple(Row(tuple(row)) for row in header_rows),
        header=header,
        start=start,
        end=end,
        how=how,
    )


def _width(rows: list[Draft]) -> int:
    """How many columns most rows have."""
    counts = Counter(row[-1].column + row[-1].span for row in rows if row)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _heads_of_filled(head: list[Draft], body: list[Draft], width: int) -> tuple[list[Draft], int] | None:
    """The rows without the columns that only hold signs, where the head has a cell for each of the others.

    A statement may give every currency sign a cell of its own, below a head that knows nothing of it.
    """
    heads = {row[-1].column + 1 for row in head if row}
    if len(heads) != 1 or not _FEWEST <= min(heads) < width:
        return None
    filled = sorted({cell.column for row in body for cell in row if cell.text.plain})
    if len(filled) not in heads or len(filled) < _FEWEST or len(filled) >= width:
        return None
    if any(cell.span > 1 for row in (*head, *body) for cell in row):
        return None
    place = {column: at for at, column in enumerate(filled)}
    rows = [[cell._replace(column=place[cell.column]) for cell in row if cell.column in place] for row in body]
    return rows, len(filled)


def _without_padding(head: list[Draft], body: list[Draft]) -> tuple[list[Draft], list[Draft], int]:
    """Drop the columns that hold nothing, and join a head to the values that stand one column beside it.

    The last that comes out is the number of columns that are left.
    """
    width = max([cell.column + cell.span for row in (*head, *body) for cell in row], default=0)
    full = {cell.column for row in body for cell in row if cell.text.plain}
    if len(full) == width or not body:
        return head, body, width
    filled, headed = [column in full for column in range(width)], [False] * width
    for row in head:
        for cell in row:
            if cell.text.plain and cell.span == 1:
                headed[cell.column] = True
    place = _places(filled, headed)
    head, body = [_moved(row, place) for row in head], [_moved(row, place) for row in body]
    return head, body, max([cell.column + cell.span for row in (*head, *body) for cell in row], default=0)


def _places(filled: list[bool], headed: list[bool]) -> list[int]:
    """For each old column the new one; a column that is dropped goes to its left neighbour's place."""
    width = len(filled)
    kept = [filled[c] or headed[c] for c in range(width)]
    for c in range(width):
        if headed[c] and not filled[c]:
            beside = [d for d in (c + 1, c - 1) if 0 <= d < width and filled[d] and not headed[d]]
            if beside:
                kept[c] = False
                headed[beside[0]] = True
    place, at = [], -1
    for c in range(width):
        if kept[c]:
            at += 1
        lonely_head = not kept[c] and headed[c] and not filled[c] and c + 1 < width and kept[c + 1]
        place.append(max(at + 1 if lonely_head else at, 0))
    place.append(at + 1)
    return place


def _moved(row: Draft, place: list[int]) -> Draft:
    cells: Draft = []
    for cell in row:
        column = place[cell.column]
        last = place[cell.column + cell.span - 1]
        if cell.text.plain or not cells or cells[-1].column < column:
            cells.append(_new(Cell, (cell.text, column, max(last - column + 1, 1))))
    return cells
