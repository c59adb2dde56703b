"""Widths: how wide the columns of a printed table are, in letters: numbers and names whole, heads over a few lines."""

import re

from orebook.reports.printed import PrintedTable

_DAY = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\([^ ()]{1,8} of [^ ()]{1,12}\)")
"""What is not parted at the end of a line: a day, and a unit in brackets."""

_LINES = (1, 2, 3, 4)
"""Over so many lines a head may run."""

_SET_IN = 2
"""A part is set in by so many letters for each level."""

_SHORTEST = 14
"""The names of rows keep room for so many letters, whatever else there is."""


def widths(table: PrintedTable, room: float, gap: float) -> list[float]:
    """The width of each column in letters, ``gap`` between two of them included, where a line holds ``room`` letters.

    Heads run over as few lines as let the table fit; only then do the names of rows run over several, too.

    >>> from orebook.reports.printed import PrintedCell, PrintedColumn, PrintedRow
    >>> columns = (PrintedColumn("hole", "Hole"), PrintedColumn("au_gpt", "Au grade, uncut (g/t)"))
    >>> rows = (PrintedRow((PrintedCell("HB-01"), PrintedCell("12.30"))),)
    >>> table = PrintedTable("drilling", "", columns, rows)
    >>> widths(table, 40, 2), widths(table, 22, 2)
    ([7, 23], [7, 13])
    """
    cells = _longest(table)
    heads = [column.head for column in table.columns]
    found: list[float] = []
    for lines in _LINES:
        found = [max(cell, _head(head, lines)) + gap for cell, head in zip(cells, heads, strict=True)]
        if sum(found) <= room:
            return found
    found[0] = max(room - sum(found[1:]), min(found[0], _SHORTEST + gap))
    return found


def _longest(table: PrintedTable) -> list[int]:
    """The longest cell of each column; words that run across columns count for none."""
    found = [0] * len(table.columns)
    for row in table.rows:
        cells = row.cells[:-1] if row.kind == "words" else row.cells
        for at, cell in enumerate(cells):
            found[at] = max(found[at], len(cell.text) + (row.depth * _SET_IN if at == 0 else 0))
    return found


def _head(words: str, lines: int) -> int:
    """How wide a head is over so many lines, none of its words parted."""
    if lines == 1:
        return len(words)
    parts = _DAY.sub(lambda found: found[0].replace(" ", "\u00a0"), words).split(" ")
    wide = max(max(map(len, parts)), -(-len(words) // lines))
    while _lines(parts, wide) > lines:
        wide += 1
    return wide


def _lines(parts: list[str], wide: int) -> int:
    """Over how many lines words of a head run in so much room."""
    count, at = 1, -1
    for part in parts:
        if at + 1 + len(part) > wide and at >= 0:
            count, at = count + 1, -1
        at += 1 + len(part)
    return count
