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
from orebook.reading.layout.lines import Line
from orebook.reading.layout.mending import Draft
from orebook.reading.layout.piled import is_hole_head, starts_head
from orebook.reading.layout.tables import table
from orebook.reading.layout.typed import Chunk, Shape, chunk_text, is_band, over, shaped, unglued
from orebook.reading.layout.typed_heads import dense, typed_head
from orebook.reading.layout.values import is_name
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, joined, tidy

_GAP = Pattern(r"\S {2,}(?=\S)")
_DEEP = 12
"""A line that begins so far to the right is the head of a group or a title in the middle."""
_UNFINISHED = Pattern(r"(?:,| (?:per|of|and|from|for|to|by|in|the))$", re.IGNORECASE)
_ACROSS = 8
"""Words that run so far into the columns of numbers are prose."""
_LABEL = 60
"""A label over several rows is at most so long."""
_FEWEST_HEADS = 3
"""A single row of numbers is a table if it has so many cells, and a head for each."""


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
    return line.start - line.begin >= _DEEP or ("  " in line.words and _GAP.search(line.words) is not None)


def headed(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without gaps could be the head of rows that have some, the line below it being such a row."""
    return gapped(lines[at + 1]) and bool(starts_head(lines[at]))


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it.

    Without a table the number says up to where there is none.
    """
    shapes = _region(lines, at)
    after = shapes[-1].number + 1 if shapes else at + 1
    first = next((k for k, shape in enumerate(shapes) if shape.valued), None)
    if first is None:
        return None, after
    valued = [shape for shape in shapes[first:] if shape.valued]
    unglued(valued)
    columns = _columns(valued)
    if len(columns) < 2 or (len(valued) < 2 and not _headed_alone(shapes, first)):
        return None, after
    top = _top(shapes, first, columns)
    if top:
        return None, shapes[top - 1].number + 1
    last = _bottom(shapes, first, columns)
    first = _head_end(shapes, first, columns)
    header = typed_head(document.text, shapes[:first], columns)
    rows = _rows(document.text, shapes[first:last], columns)
    end = shapes[last - 1]
    return table([*header, *rows], "aligned", lines[at].start, end.line.end, ruled=len(header)), end.number + 1


def _headed_alone(shapes: Sequence[Shape], first: int) -> bool:
    """Whether a single row of numbers is one of a table: there is a rule, or a head for every number."""
    if any(shape.rule for shape in shapes):
        return True
    heads = max((len(shape.chunks) for shape in shapes[:first]), default=0)
    numbers = len(shapes[first].chunks)
    return numbers >= _FEWEST_HEADS and heads in (numbers, numbers - 1)


def _region(lines: Sequence[Line], at: int) -> list[Shape]:
    """The lines that may belong together; one blank line may stand between rows with numbers, or below their head."""
    shapes: list[Shape] = []
    valued: Shape | None = None
    labels, numbers = 0, 0
    for k in range(at, len(lines)):
        line = lines[k]
        if line.blank:
            if not shapes or not _bridged(lines, k, shapes[-1], valued):
                break
            continue
        if "|" in line.words or "\t" in line.words:
            break
        shape = shaped(line, k)
        if valued is not None and len(shape.chunks) == 1 and not shape.rule:
            start, end = shape.chunks[0]
            below = shaped(lines[k + 1]) if k + 1 < len(lines) and not lines[k + 1].blank else None
            if start < labels and end > numbers + _ACROSS and not is_band(shape, below):
                break
        shapes.append(shape)
        if shape.valued:
            labels = max(labels, shape.chunks[0][1])
            numbers = min(numbers, shape.chunks[1][0]) if valued else shape.chunks[1][0]
            valued = shape
    return shapes


def _bridged(lines: Sequence[Line], blank: int, above: Shape, valued: Shape | None) -> bool:
    """Whether a table goes on below a blank line: with a row of numbers, or with a label and such a row below it."""
    if blank + 1 >= len(lines) or lines[blank + 1].blank:
        return False
    below = shaped(lines[blank + 1])
    if below.valued and gapped(lines[blank + 1]):
        return above.valued or (valued is None and _heads(above, below))
    if valued is None or len(below.chunks) != 1 or blank + 2 >= len(lines) or len(below.line.words) > _LABEL:
        return False
    row = shaped(lines[blank + 2])
    return row.valued and len(row.chunks) == len(valued.chunks) and abs(row.chunks[-1][1] - valued.chunks[-1][1]) < 3


def _heads(above: Shape, below: Shape) -> bool:
    """Whether a line has a head for every cell of the row below it, or for every number."""
    cells = len(below.chunks)
    bare = len(above.chunks) == cells - 1 and above.chunks[0][0] >= below.chunks[0][1]
    return cells >= _FEWEST_HEADS and (len(above.chunks) >= cells or bare)


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
    """How many lines at the top are a title: words that begin over the labels and reach beyond them, or stand alone
    above a rule.
    """
    top, headed = 0, False
    for k, shape in enumerate(shapes[:first]):
        start, end = shape.chunks[0]
        alone = len(shape.chunks) == 1 and start < columns[0][1] and not (headed and is_band(shape, shapes[k + 1]))
        if alone and (not headed if shape.rule else end > columns[1][0] and not dense(shape, columns)):
            top = k + 1
        headed = headed or (len(shape.chunks) > 1 and not shape.rule)
    return top


def _head_end(shapes: Sequence[Shape], first: int, columns: Sequence[Chunk]) -> int:
    """Where the header ends: below the last rule under the labels; the first label may be wrapped above its numbers,
    and may be that of a group of rows.
    """
    for k in range(first - 1, -1, -1):
        if shapes[k].rule and shapes[k].chunks[0][0] < columns[0][1]:
            return k + 1
    end = first
    while end and len(shapes[end - 1].chunks) == 1:
        label = shapes[end - 1]
        if label.chunks[0][1] > columns[0][1] and not is_band(label, shapes[end] if end < len(shapes) else None):
            break
        if label.rule or not (_goes_on(shapes, end - 1, columns) or _grouping(shapes, end - 1)):
            break
        end -= 1
    return end


def _grouping(shapes: Sequence[Shape], at: int) -> bool:
    """Whether a label alone below the heads stands over the rows that follow; a corner in brackets does not."""
    words = shapes[at].line.words
    corner = words[0] in "([" or "$" in words or "000" in words or is_hole_head(shapes[at].line)
    return not corner and any(len(shape.chunks) > 1 for shape in shapes[:at])


def _bottom(shapes: Sequence[Shape], first: int, columns: Sequence[Chunk]) -> int:
    """Where the rows end: before words that run across the columns."""
    last = first
    for k in range(first, len(shapes)):
        shape = shapes[k]
        across = len(shape.chunks) == 1 and not shape.rule and shape.chunks[0][0] < columns[0][1] < columns[1][0]
        below = shapes[k + 1] if k + 1 < len(shapes) else None
        if across and shape.chunks[0][1] > columns[1][0] + _ACROSS and not is_band(shape, below):
            break
        if shape.valued or shape.rule or _named(shape, columns):
            last = k + 1
    return last


def _named(shape: Shape, columns: Sequence[Chunk]) -> bool:
    """Whether a line without numbers is a row all the same: a name, and words that say there is nothing."""
    return len(shape.chunks) > 1 and shape.chunks[0][0] < columns[0][1] and is_name(shape.words(shape.chunks[0]))


def _rows(text: str, shapes: Sequence[Shape], columns: Sequence[Chunk]) -> list[Draft]:
    """The rows; words without a number wait for the line that has one, a line of its own stands alone."""
    rows = _Rows(len(columns))
    for k, shape in enumerate(shapes):
        if shape.rule:
            rows.close()
            continue
        for chunk in shape.chunks:
            rows.add(over(chunk, columns)[0], chunk_text(text, shape.line, chunk))
        if shape.valued or k + 1 == len(shapes) or not _goes_on(shapes, k, columns):
            rows.close()
    rows.close()
    return rows.drafts


def _goes_on(shapes: Sequence[Shape], at: int, columns: Sequence[Chunk]) -> bool:
    """Whether the words of a line without numbers go on in the line below it."""
    upper, lower = shapes[at], shapes[at + 1]
    labelled = lower.chunks[0][0] < columns[0][1]
    small = lower.line.words[0].islower() or lower.line.words[0] == "("
    if len(upper.chunks) > 1 or upper.chunks[0][0] >= columns[0][1]:
        return not (labelled and not small and (_named(upper, columns) or is_name(lower.words(lower.chunks[0]))))
    if upper.line.words.endswith(":") or not labelled:
        return not upper.line.words.endswith(":")
    return small or _UNFINISHED.search(upper.line.words) is not None or _hangs(shapes, at)


def _hangs(shapes: Sequence[Shape], at: int) -> bool:
    """Whether a line is set in by one blank below the label that it goes on with, and is not the first of several."""
    lower = shapes[at + 1]
    if lower.line.indent - shapes[at].line.indent != 1:
        return False
    after = shapes[at + 2] if at + 2 < len(shapes) else None
    return not (lower.valued and after is not None and after.line.indent == lower.line.indent)
