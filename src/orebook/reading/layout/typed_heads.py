"""Heads of tables whose columns are held by blanks: each word is put over the column above which it stands."""

from collections.abc import Sequence

from orebook.reading.layout import Cell
from orebook.reading.layout.mending import Draft
from orebook.reading.layout.piled import starts_head
from orebook.reading.layout.typed import Chunk, Shape, chunk_text, over
from orebook.reading.layout.values import is_group
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, joined

_WORD = Pattern(r"\S+")


def typed_head(text: str, shapes: Sequence[Shape], columns: Sequence[Chunk]) -> list[Draft]:
    """The lines above the numbers as header rows; a rule below a head says how far it reaches."""
    rows: list[Draft] = []
    for k, shape in enumerate(shapes):
        if shape.rule:
            continue
        below = next((later for later in shapes[k + 1 : k + 4] if later.rule), None)
        cells: Draft = [
            Cell(chunk_text(text, shape.line, part), column) for column, part in enumerate(dense(shape, columns))
        ]
        if not cells and below is None and k + 1 < len(shapes) and len(shapes[k + 1].chunks) > len(shape.chunks):
            cells = _repeated(text, shape, shapes[k + 1], columns) or _shared(text, shape, columns)
        for chunk in () if cells else shape.chunks:
            cells.extend(_headed(text, shape, chunk, below, columns))
        rows.append(_padded(cells, len(columns)))
    return rows


def _headed(text: str, shape: Shape, chunk: Chunk, below: Shape | None, columns: Sequence[Chunk]) -> list[Cell]:
    """The cells that a chunk of a head makes: one over its columns, or one for each column with its words."""
    middle = _middle(chunk)
    reach = chunk
    if below is not None:
        reach = next(
            (span for span in below.chunks if span[0] <= middle < span[1] and not _whole(span, columns)), chunk
        )
    under = over(reach, columns)
    if reach is chunk and len(under) > 1:
        parts = dealt(shape, chunk, [columns[column] for column in under])
        if parts:
            return [Cell(chunk_text(text, shape.line, part), column) for part, column in zip(parts, under, strict=True)]
    return [Cell(chunk_text(text, shape.line, chunk), under[0], len(under))]


def _middle(chunk: Chunk) -> float:
    return (chunk[0] + chunk[1]) / 2


def _repeated(text: str, shape: Shape, lower: Shape, columns: Sequence[Chunk]) -> Draft:
    """The heads of groups over heads that come again: each reaches as far as these, the last to the end.

    Heads over the labels, before the first of those that come again, stand for themselves.
    """
    words = [lower.words(chunk) for chunk in lower.chunks]
    words = words[1:] if lower.chunks[0][0] < columns[0][1] else words
    labels = len(columns) - len(words)
    starts = [at for at, word in enumerate(words) if word == words[0]]
    if labels < 1 or len(starts) < 2:
        return []
    size = starts[1]
    if size < 2 or any(words[at : at + size] != words[:size] for at in starts):
        return []
    corner = [chunk for chunk in shape.chunks if chunk[0] < columns[labels - 1][1]]
    groups = shape.chunks[len(corner) :]
    ends = [at + size for at in starts]
    if ends[-1] < len(words):
        starts, ends = [*starts, ends[-1]], [*ends, len(words)]
    if len(starts) != len(groups) or len(corner) > labels:
        return []
    over_labels = [Cell(chunk_text(text, shape.line, chunk), at) for at, chunk in enumerate(corner)]
    return over_labels + [
        Cell(chunk_text(text, shape.line, chunk), start + labels, end - start)
        for chunk, start, end in zip(groups, starts, ends, strict=True)
    ]


def _shared(text: str, shape: Shape, columns: Sequence[Chunk]) -> Draft:
    """The heads of groups, where no rule says how far they reach: each column belongs to the nearest.

    A head over the labels stands for itself.
    """
    corner = shape.chunks[:1] if shape.chunks[0][0] < columns[0][1] else []
    groups = shape.chunks[len(corner) :]
    if len(groups) < (2 if corner else 1) or not all(is_group(shape.words(chunk)) for chunk in groups):
        return []
    middles = [(chunk[0] + chunk[1]) / 2 for chunk in groups]
    nearest = [
        min(range(len(middles)), key=lambda at: abs(middles[at] - (column[0] + column[1]) / 2))
        for column in columns[1:]
    ]
    if any(nearest.count(at) < 2 for at in range(len(middles))):
        return []
    return [Cell(chunk_text(text, shape.line, chunk), 0) for chunk in corner] + [
        Cell(chunk_text(text, shape.line, chunk), nearest.index(at) + 1, nearest.count(at))
        for at, chunk in enumerate(groups)
    ]


def _whole(span: Chunk, columns: Sequence[Chunk]) -> bool:
    """Whether a rule runs below the labels and the numbers alike, and so says nothing of groups."""
    return span[0] < columns[0][1] and span[1] > columns[1][0]


def dealt(shape: Shape, chunk: Chunk, columns: Sequence[Chunk], first: int = 1) -> list[Chunk]:
    """The words of a chunk dealt to the columns below: one to each, or each with its unit.

    ``first`` words belong to the first column. Nothing comes out where words and columns do not agree in number.
    """
    words = [(found.start() + chunk[0], found.end() + chunk[0]) for found in _WORD.finditer(shape.words(chunk))]
    words[:first] = [(words[0][0], words[min(first, len(words)) - 1][1])]
    if len(words) == len(columns):
        return words
    parts: list[Chunk] = []
    for word in words:
        if parts and shape.words(word)[0] in "([%$":
            parts[-1] = (parts[-1][0], word[1])
        else:
            parts.append(word)
    return parts if len(parts) == len(columns) else []


def dense(shape: Shape, columns: Sequence[Chunk]) -> list[Chunk]:
    """The heads of all columns in a line that has single blanks between them; nothing if it is no such line."""
    words = starts_head(shape.line) if len(shape.chunks) == 1 else 0
    return dealt(shape, shape.chunks[0], columns, words) if words else []


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
