"""Tables whose cells are kept apart by tabs."""

from collections.abc import Sequence

from orebook.ground.source import Document
from orebook.reading.layout import Table
from orebook.reading.layout.lines import Line
from orebook.reading.layout.mending import Draft
from orebook.reading.layout.tables import draft, table
from orebook.reading.layout.values import is_value
from orebook.reading.text import cleaned

_FEWEST_TABS = 2
"""Rows that a blank line parts have three cells or more."""


def tabbed(document: Document, line: Line) -> bool:
    """Whether a line holds a tab that parts something."""
    return "\t" in line.words or (not line.blank and document.text.find("\t", line.begin, line.start) >= 0)


def table_at(document: Document, lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that starts on a line, and the number of the first line after it.

    Without a table the number says up to where there is none.
    """
    last = at
    while last < len(lines) and (
        _bridged(document, lines, last) if lines[last].blank else _belongs(document, lines, last)
    ):
        last += 1
    rows = [cells(document, line) for line in lines[at:last] if not line.blank]
    if len(rows) < 2 or sum(_count(row) > 1 for row in rows) < 2:
        return None, last
    return table(rows, "tabs", lines[at].start, lines[last - 1].end), last


def _belongs(document: Document, lines: Sequence[Line], at: int) -> bool:
    """A line with a tab, or one without between two that have some."""
    if tabbed(document, lines[at]):
        return True
    return (
        at + 1 < len(lines)
        and not lines[at + 1].blank
        and tabbed(document, lines[at + 1])
        and len(lines[at].words) < 80
    )


def _bridged(document: Document, lines: Sequence[Line], blank: int) -> bool:
    """Whether a blank line stands between two rows: as many tabs in both, and numbers in the lower."""
    if blank + 1 >= len(lines) or lines[blank + 1].blank or not tabbed(document, lines[blank + 1]):
        return False
    above, below = lines[blank - 1], lines[blank + 1]
    text = document.text
    tabs = text.count("\t", below.begin, below.stop)
    if tabs < _FEWEST_TABS or text.count("\t", above.begin, above.stop) != tabs:
        return False
    return any(is_value(cell.strip()) for cell in text[below.begin : below.stop].split("\t"))


def _count(row: Draft) -> int:
    return sum(1 for cell in row if cell.text.plain)


def cells(document: Document, line: Line) -> Draft:
    """The cells of one line; one that is left empty keeps its column."""
    text = document.text
    texts = []
    begin = line.begin
    while begin <= line.stop:
        tab = text.find("\t", begin, line.stop)
        end = tab if tab >= 0 else line.stop
        texts.append(cleaned(text, begin, end))
        if tab < 0:
            break
        begin = tab + 1
    return draft(texts)
