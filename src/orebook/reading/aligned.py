"""Tables whose columns are held by blanks, as in a code block or a typewritten statement.

Numbers of one column stand one below the other, so the columns are the stretches of the line that the rows with numbers
use. Heads, and labels that are wrapped over several lines, are then put into the columns above and beside which they
stand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orebook.ground.source import Document
from orebook.reading.layout import Cell, Table
from orebook.reading.lines import Line
from orebook.reading.tables import Draft, table
from orebook.reading.text import Text, joined, tidy
from orebook.reading.typed import Chunk, Shape, chunk_text, over, shaped
from orebook.reading.typed_heads import typed_head
from orebook.reading.values import is_name, is_unit

_GAP = re.compile(r"\S {2,}(?=\S)")
_DEEP = 12
"""A line that begins so far to the right is the head of a group or a title in the middle."""
_FEWEST_HEADS = 3
"""A single row of numbers is a table below so many heads."""


@dataclass(slots=True)
class _Rows:
    """The rows as they grow: fragments of words by their columns, waiting for the line with the numbers."""

    width: int
    waiting: dict[int, list[Text]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    def add(self, column: int, words: Text) -> None:
        self.waiting.setdefault(column, []).append(words)

    def close(self) -> None:
        """Make a row of what waits."""
        if self.waiting:
            nothing = Text("", (0,), (0,), (0,))
            texts = [tidy(joined(self.waiting.get(column, [nothing]))) for column in range(self.width)]
            self.drafts.append([Cell(words, column) for column, words in enumerate(texts)])
            self.waiting = {}


def gapped(line: Line) -> bool:
    """Whether a line has gaps of two blanks or more between words, or begins far to the right."""
    return line.indent >= _DEEP or ("  " in line.words and _GAP.search(line.words) is not None)


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it.

    Without a table the number says up to where there is none.
    """
    shapes = _region(lines, at)
    after = at + max(len(shapes), 1)
    first = next((k for k, shape in enumerate(shapes) if shape.valued), None)
    if first is None:
        return None, after
    valued = [shape for shape in shapes[first:] if shape.valued]
    columns = _columns(valued)
    if len(columns) < 2 or (len(valued) < 2 and not _headed_alone(shapes, first, columns)):
        return None, after
    top = _top(shapes, first, columns)
    if top:
        return None, at + top
    last = _bottom(shapes, first, columns)
    first = _head_end(shapes, first, columns)
    header = typed_head(document.text, shapes[:first], columns)
    rows = _rows(document.text, shapes[first:last], columns)
    end = shapes[last - 1].line.end
    return table([*header, *rows], "aligned", lines[at].start, end, ruled=len(header)), at + last + _skipped(lines, at, shapes[:last])


def _region(lines: Sequence[Line], at: int) -> list[Shape]:
    """The lines that may belong together; one blank line may stand between rows with numbers."""
    shapes: list[Shape] = []
    for k in range(at, len(lines)):
        line = lines[k]
        if line.blank:
            if not (k + 1 < len(lines) and gapped(lines[k + 1]) and shapes and shapes[-1].valued):
                break
            if not shape(lines[k + 1]).valued:
                break
            continue
        if "|" in line.words or "\t" in line.words:
            break
        shapes.append(shape(line))
    return shapes


def _columns(valued: Sequence[Shape]) -> list[Chunk]:
    """The stretches of a line that the rows with numbers use."""
    spans = sorted(chunk for shape in valued for chunk in shape.chunks)
    columns: list[Chunk] = []
    for start, end in spans:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _top(shapes: Sequence[Shape], first: int, columns: Sequence[Chunk]) -> int:
    """How many lines at the top are a title: words that begin over the labels and reach beyond them."""
    top = 0
    for k, shape in enumerate(shapes[:first]):
        start, end = shape.chunks[0]
        over = len(shape.chunks) == 1 and start < columns[0][1]
        if over and (shape.rule or end > columns[1][0]):
            top = k + 1
    return top


def _head_end(shapes: Sequence[Shape], first: int, columns: Sequence[Chunk]) -> int:
    """Where the header ends: below the last rule under the labels; the first label may be wrapped above its numbers."""
    for k in range(first - 1, -1, -1):
        if shapes[k].rule and shapes[k].chunks[0][0] < columns[0][1]:
            return k + 1
    end = first
    while end and len(shapes[end - 1].chunks) == 1 and shapes[end - 1].chunks[0][1] <= columns[0][1]:
        if shapes[end - 1].rule or not _goes_on(shapes[end - 1], shapes[end], columns):
            break
        end -= 1
    return end


def _bottom(shapes: Sequence[Shape], first: int, columns: Sequence[Chunk]) -> int:
    """Where the rows end: before words that run across the columns."""
    last = first
    for k in range(first, len(shapes)):
        shape = shapes[k]
        across = len(shape.chunks) == 1 and not shape.rule and shape.chunks[0][0] < columns[0][1] < columns[1][0]
        if across and shape.chunks[0][1] > columns[1][0] + 8:
            break
        if shape.valued or shape.rule:
            last = k + 1
    return last


def _rows(text: str, shapes: Sequence[Shape], columns: Sequence[Chunk]) -> list[Draft]:
    """The rows; words without a number wait for the line that has one, a line of its own stands alone."""
    rows = _Rows(len(columns))
    before: Shape | None = None
    for shape in shapes:
        if shape.rule:
            rows.close()
            before = None
            continue
        if before is not None and not _goes_on(before, shape, columns):
            rows.close()
        for chunk in shape.chunks:
            rows.add(over(chunk, columns)[0], chunk_text(text, shape.line, chunk))
        before = shape
        if shape.valued:
            rows.close()
            before = None
    rows.close()
    return rows.drafts


def _goes_on(upper: Shape, lower: Shape, columns: Sequence[Chunk]) -> bool:
    """Whether the words of a line without numbers go on in the line below it."""
    if len(upper.chunks) > 1 or upper.chunks[0][0] >= columns[0][1]:
        return True
    if upper.line.words.endswith(":") or lower.chunks[0][0] >= columns[0][1]:
        return not upper.line.words.endswith(":")
    return lower.line.words[0].islower() or lower.line.words[0] == "(" or lower.line.indent - upper.line.indent == 1


