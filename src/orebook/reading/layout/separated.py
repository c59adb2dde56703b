"""Tables whose cells are kept apart by semicolons, as spreadsheets write them out."""

from collections.abc import Sequence

from orebook.ground.source import Document
from orebook.reading.layout import Table
from orebook.reading.layout.lines import Line
from orebook.reading.layout.mending import Draft
from orebook.reading.layout.tables import draft, table
from orebook.reading.layout.values import is_value
from orebook.reading.text import cleaned

_SIGN = ";"
_FEWEST = 2
"""Signs in each row."""
_ROWS = 3
"""A head and two rows at the least."""


def heads(line: Line) -> bool:
    """Whether a line holds as many semicolons as a row has at the least."""
    return line.words.count(_SIGN) >= _FEWEST


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it.

    Its rows have the same number of semicolons, and those below the head hold values in most cells.
    """
    wanted, last = lines[at].words.count(_SIGN), at
    while last < len(lines) and not lines[last].blank and lines[last].words.count(_SIGN) == wanted:
        last += 1
    rows = lines[at:last]
    if len(rows) < _ROWS or not all(_is_row(line) for line in rows[1:]):
        return None, max(last, at + 1)
    drafts = [_cells(document.text, line) for line in rows]
    ruled = 0 if any(sign.isdigit() for sign in rows[0].words) else 1
    return table(drafts, "tabs", rows[0].start, rows[-1].end, ruled=ruled), last


def _is_row(line: Line) -> bool:
    """Whether a third of the cells are values; sentences with semicolons are not."""
    cells = line.words.split(_SIGN)
    return 3 * sum(is_value(cell.strip()) for cell in cells) >= len(cells)


def _cells(text: str, line: Line) -> Draft:
    """The cells of one line; one that is left empty keeps its column."""
    texts, begin = [], line.start
    while True:
        sign = text.find(_SIGN, begin, line.end)
        texts.append(cleaned(text, begin, sign if sign >= 0 else line.end))
        if sign < 0:
            return draft(texts)
        begin = sign + 1
