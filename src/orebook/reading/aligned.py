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
from orebook.reading.text import Text, inline, joined, tidy
from orebook.reading.values import is_holder, is_value, is_year

_GAP = re.compile(r"\S {2,}(?=\S)")
_CHUNK = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[-=_–—]{2,}(?: +[-=_–—]{2,})*")
_CURRENCY = re.compile(r"(?:US|CA|C|A|CDN|NZ)?[$€£]|\(\$?")
_DEEP = 12
"""A line that begins so far to the right is the head of a group or a title in the middle."""
_FAR = 16
"""A currency sign stands at most so far before its number."""

Chunk = tuple[int, int]


@dataclass(slots=True)
class _Shape:
    """One line of the region: its chunks by their places in the line, and what kind of line it is."""

    line: Line
    chunks: list[Chunk]
    rule: bool
    valued: bool


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
    ruled = any(shape.rule for shape in shapes)
    columns = _columns(valued)
    if len(columns) < 2 or (len(valued) < 2 and not ruled):
        return None, after
    top = _top(shapes, first, columns)
    if top:
        return None, at + top
    last = _bottom(shapes, first, columns)
    first = _head_end(shapes, first, columns)
    header = _header(document.text, shapes[:first], columns)
    rows = _rows(document.text, shapes[first:last], columns)
    end = shapes[last - 1].line.end
    return table([*header, *rows], "aligned", lines[at].start, end, ruled=len(header)), at + last


def _region(lines: Sequence[Line], at: int) -> list[_Shape]:
    """The lines that may belong together; one blank line may stand between rows with numbers."""
    shapes: list[_Shape] = []
    for k in range(at, len(lines)):
        line = lines[k]
        if line.blank:
            if not (k + 1 < len(lines) and gapped(lines[k + 1]) and shapes and shapes[-1].valued):
                break
            if not _shape(lines[k + 1]).valued:
                break
            continue
        if "|" in line.words or "\t" in line.words:
            break
        shapes.append(_shape(line))
    return shapes


def _shape(line: Line) -> _Shape:
    rule = _RULE.fullmatch(line.words) is not None
    chunks: list[Chunk] = []
    for found in _CHUNK.finditer(line.words):
        start, end = found.start() + line.indent, found.end() + line.indent
        if (
            chunks
            and start - chunks[-1][1] <= _FAR
            and _is_currency(line, chunks[-1])
            and found[0][0] in "0123456789.(-–—"
        ):
            start = chunks.pop()[0]
        chunks.append((start, end))
    valued = not rule and any(_is_number(_words(line, chunk)) for chunk in chunks[0 if len(chunks) == 1 else 1 :])
    return _Shape(line, chunks, rule, valued and len(chunks) > 1)


def _words(line: Line, chunk: Chunk) -> str:
    return line.words[chunk[0] - line.indent : chunk[1] - line.indent]


def _is_currency(line: Line, chunk: Chunk) -> bool:
    return chunk[1] - chunk[0] <= 4 and _CURRENCY.fullmatch(_words(line, chunk)) is not None


def _is_number(words: str) -> bool:
    return (is_value(words) and not is_year(words)) or is_holder(words)


def _columns(valued: Sequence[_Shape]) -> list[Chunk]:
    """The stretches of a line that the rows with numbers use."""
    spans = sorted(chunk for shape in valued for chunk in shape.chunks)
    columns: list[Chunk] = []
    for start, end in spans:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _top(shapes: Sequence[_Shape], first: int, columns: Sequence[Chunk]) -> int:
    """How many lines at the top are a title: words that begin over the labels and reach beyond them."""
    top = 0
    for k, shape in enumerate(shapes[:first]):
        start, end = shape.chunks[0]
        over = len(shape.chunks) == 1 and start < columns[0][1]
        if over and (shape.rule or end > columns[1][0]):
            top = k + 1
    return top


def _head_end(shapes: Sequence[_Shape], first: int, columns: Sequence[Chunk]) -> int:
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


def _bottom(shapes: Sequence[_Shape], first: int, columns: Sequence[Chunk]) -> int:
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


def _header(text: str, shapes: Sequence[_Shape], columns: Sequence[Chunk]) -> list[Draft]:
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


def _headed(text: str, shape: _Shape, chunk: Chunk, below: _Shape | None, columns: Sequence[Chunk]) -> list[Cell]:
    """The cells that a chunk of a head makes: one over its columns, or one for each word over a column of its own."""
    middle = (chunk[0] + chunk[1]) / 2
    reach = chunk
    if below is not None:
        reach = next((span for span in below.chunks if span[0] <= middle < span[1]), chunk)
    over = _over(reach, columns)
    words = [
        (found.start() + chunk[0], found.end() + chunk[0]) for found in re.finditer(r"\S+", _words(shape.line, chunk))
    ]
    if reach is chunk and len(over) > 1 and len(words) == len(over):
        return [Cell(_text(text, shape.line, word), column) for word, column in zip(words, over, strict=True)]
    return [Cell(_text(text, shape.line, chunk), over[0], len(over))]


def _over(chunk: Chunk, columns: Sequence[Chunk]) -> list[int]:
    """The columns that a chunk stands over, or the nearest."""
    over = [at for at, column in enumerate(columns) if chunk[0] < column[1] and column[0] < chunk[1]]
    if over:
        return over
    middle = (chunk[0] + chunk[1]) / 2
    return [min(range(len(columns)), key=lambda at: abs((columns[at][0] + columns[at][1]) / 2 - middle))]


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


def _rows(text: str, shapes: Sequence[_Shape], columns: Sequence[Chunk]) -> list[Draft]:
    """The rows; words without a number wait for the line that has one, a line of its own stands alone."""
    rows = _Rows(len(columns))
    before: _Shape | None = None
    for shape in shapes:
        if shape.rule:
            rows.close()
            before = None
            continue
        if before is not None and not _goes_on(before, shape, columns):
            rows.close()
        for chunk in shape.chunks:
            rows.add(_over(chunk, columns)[0], _text(text, shape.line, chunk))
        before = shape
        if shape.valued:
            rows.close()
            before = None
    rows.close()
    return rows.drafts


def _goes_on(upper: _Shape, lower: _Shape, columns: Sequence[Chunk]) -> bool:
    """Whether the words of a line without numbers go on in the line below it."""
    if len(upper.chunks) > 1 or upper.chunks[0][0] >= columns[0][1]:
        return True
    if upper.line.words.endswith(":") or lower.chunks[0][0] >= columns[0][1]:
        return not upper.line.words.endswith(":")
    return lower.line.words[0].islower() or lower.line.words[0] == "(" or lower.line.indent - upper.line.indent == 1


def _text(text: str, line: Line, chunk: Chunk) -> Text:
    begin = line.begin
    words = tidy(inline(text, begin + chunk[0], begin + chunk[1]))
    sign, gap, number = words.plain.partition(" ")
    if gap and _CURRENCY.fullmatch(sign):
        return joined([words.slice(0, len(sign)), words.slice(len(words.plain) - len(number), len(words.plain))], "")
    return words
