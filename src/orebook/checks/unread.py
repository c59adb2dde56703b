"""Rows of a table of estimates that nobody understood: what is left out cannot be missing from a sum."""

from bisect import bisect_left

from orebook.checks.memo import per_reading
from orebook.checks.places import block_at
from orebook.ground.fact import Record
from orebook.reading.layout import Table
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_FIGURE = Pattern(r"(?<![\w.,])\d[\d,]{0,14}(?:\.\d{1,4})?(?![\w.,]*\d)")
_KINDS = ("resource", "reserve")
_ROW = 3
"""So many figures that no record holds, beyond what stands between any two records, are a row."""


def all_read(reading: Reading, rows: list[Record]) -> bool:
    """Whether every row between the first and the last of some records of one table was understood.

    In a table each row with two figures or more must touch a record; in a text whose rows ran together the figures
    between two records must be about as many everywhere.
    """
    first, last = min(row.source.start for row in rows), max(row.source.end for row in rows)
    block = reading.layout.blocks[block_at(reading, rows[0].source)]
    if block.table is not None and block.table.start <= first < block.table.end:
        return not any(_is_unread(reading, start, end) for start, end in _figured(block.table) if first < start < last)
    gaps = _gaps(reading, first, last)
    return not gaps or max(gaps) < min(gaps) + _ROW


@per_reading
def _spans(reading: Reading) -> list[tuple[int, int]]:
    return sorted((record.source.start, record.source.end) for record in reading.of(*_KINDS))


def _is_unread(reading: Reading, start: int, end: int) -> bool:
    spans = _spans(reading)
    at = bisect_left(spans, (start, start))
    near = spans[max(0, at - 4) : at + 4]
    return not any(begin < end and start < stop for begin, stop in near)


def _figured(table: Table) -> list[tuple[int, int]]:
    """Where the rows begin and end that have two figures or more."""
    found = []
    for row in table.rows:
        cells = [cell for cell in row.cells if _FIGURE.search(cell.plain)]
        if len(cells) > 1:
            found.append((cells[0].text.start, cells[-1].text.end))
    return found


def _gaps(reading: Reading, first: int, last: int) -> list[int]:
    """How many figures stand between each two records that follow one another in a stretch of text."""
    spans = [span for span in _spans(reading) if first <= span[0] < last]
    gaps, reach = [], spans[0][1] if spans else first
    for start, end in spans[1:]:
        if start > reach:
            gaps.append(len(_FIGURE.findall(reading.document.text, reach, start)))
        reach = max(reach, end)
    return gaps
