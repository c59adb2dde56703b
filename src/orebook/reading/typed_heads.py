"""Heads of tables whose columns are held by blanks: each word is put over the column above which it stands."""

import re
from collections.abc import Sequence

from orebook.reading.layout import Cell
from orebook.reading.tables import Draft
from orebook.reading.text import Text, joined
from orebook.reading.typed import Chunk, Shape, chunk_text, over

_WORD = re.compile(r"\S+")


def typed_head(text: str, shapes: Sequence[Shape], columns: Sequence[Chunk]) -> list[Draft]:
    """The lines above the numbers as header rows; a rule below a head says how far it reaches."""
    rows: list[Draft] = []
    for k, shape in enumerate(shapes):
        if shape.rule:
            continue
        below = next((later for later in shapes[k + 1 : k + 4] if later.rule), None)
        cells: Draft = []
        for chunk in shape.chunks:
            cells.extend(_headed(text, shape, chunk, below, columns))
        rows.append(_padded(cells, len(columns)))
    return rows


def _headed(text: str, shape: Shape, chunk: Chunk, below: Shape | None, columns: Sequence[Chunk]) -> list[Cell]:
    """The cells that a chunk of a head makes: one over its columns, or one for each column with its words."""
    middle = (chunk[0] + chunk[1]) / 2
    reach = chunk
    if below is not None:
        reach = next(
            (span for span in below.chunks if span[0] <= middle < span[1] and not _whole(span, columns)), chunk
        )
    under = over(reach, columns)
    if reach is chunk and len(under) > 1:
        parts = _dealt(shape, chunk, [columns[column] for column in under])
        if parts:
            return [Cell(chunk_text(text, shape.line, part), column) for part, column in zip(parts, under, strict=True)]
    return [Cell(chunk_text(text, shape.line, chunk), under[0], len(under))]


def _whole(span: Chunk, columns: Sequence[Chunk]) -> bool:
    """Whether a rule runs below the labels and the numbers alike, and so says nothing of groups."""
    return span[0] < columns[0][1] and span[1] > columns[1][0]


def _dealt(shape: Shape, chunk: Chunk, columns: Sequence[Chunk]) -> list[Chunk]:
    """The words of a chunk dealt to the columns below: one word to each, or each word and its unit in brackets."""
    words = [(found.start() + chunk[0], found.end() + chunk[0]) for found in _WORD.finditer(shape.words(chunk))]
    if len(words) == len(columns):
        return words
    parts: list[Chunk] = []
    for word in words:
        if parts and shape.words(word)[0] in "([%$":
            parts[-1] = (parts[-1][0], word[1])
        else:
            parts.append(word)
    return parts if len(parts) == len(columns) else []


def _padded(cells: Draft, width: int) -> Draft:
    """The cells of a row with empty ones between them; two heads over one column become one."""
    row: Draft = []
    column = 0
    for cell in sorted(cells, key=lambda cell: cell.column):
        if row and cell.column < column:
            last = row[-1]
            row[-1] = Cell(
                joined([last.text, cell.text]), last.column, max(last.span, cell.column + cell.span - last.column)
            )
        else:
            row.extend(Cell(cell.text.slice(0, 0), empty) for empty in range(column, cell.column))
            row.append(cell)
        column = row[-1].column + row[-1].span
    nothing = Text("", (0,), (0,), (0,))
    return row + [Cell(nothing, empty) for empty in range(column, width)]
