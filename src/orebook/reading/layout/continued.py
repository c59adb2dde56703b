"""Continued tables: one table that a page break has cut in two is one again, two that were written as one are two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orebook.reading.layout import Block, Cell, Row, Table
from orebook.reading.layout.mending import is_page_mark
from orebook.reading.layout.values import is_period, is_value
from orebook.reading.text import Text

_TYPED = frozenset({"tabs", "pipes", "aligned", "cells"})
"""Tables that end where their lines end; a page in tags says itself where one ends."""
_NARROWEST = 3
_APART = 3
"""At most so many lines (a number, "continued") stand between the halves."""


def continued(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the halves of tables put together.

    The lower half has no head of its own, or says the head of the upper half again below the number of a page.
    """
    found: list[Block] = []
    halves: dict[int, list[Row]] = {}
    for block in blocks:
        if block.table is None:
            found.append(block)
            continue
        upper, marks = _above(found)
        rows = _lower_rows(upper.table, block.table, marked=marks > 0) if upper is not None else None
        if rows is None or upper is None or upper.table is None:
            found.append(block)
            continue
        place = len(found) - marks - 1
        del found[place + 1 :]
        halves.setdefault(place, []).extend(rows)
        upper.table = replace(upper.table, end=block.table.end)
    for place, rows in halves.items():
        table = found[place].table
        if table is not None:
            found[place].table = replace(table, rows=(*table.rows, *rows))
    parts: list[Block] = []
    for block in found:
        parts.extend((block,) if block.table is None else _parted(block, block.table))
    return parts


def _above(found: Sequence[Block]) -> tuple[Block | None, int]:
    """The table above, and how many marks of a page stand between."""
    for marks, block in enumerate(reversed(found[-_APART - 1 :])):
        if block.table is not None:
            return block, marks
        if not is_page_mark(block.text.plain):
            break
    return None, 0


def _lower_rows(upper: Table | None, lower: Table | None, *, marked: bool) -> Sequence[Row] | None:
    """The rows that a lower half adds to the upper one; nothing if the two are no halves."""
    if upper is None or lower is None or upper.how != lower.how or upper.how not in _TYPED:
        return None
    if upper.width != lower.width or upper.width < _NARROWEST:
        return None
    if marked and upper.header == lower.header and any(upper.header):
        return lower.rows
    if any(upper.header[1:]) and not any(lower.header[1:]):
        return (*(row for row in lower.header_rows if row.cells), *lower.rows)
    return None


def _parted(block: Block, table: Table) -> Iterator[Block]:
    """The block, or several where new heads of periods stand in the middle of a table of periods."""
    if not any(is_period(word) for words in table.header[1:] for word in words):
        yield block
        return
    rows = table.rows
    cuts = [at for at in range(1, len(rows) - 1) if _is_head(rows[at]) and _is_valued(rows[at + 1])]
    if not cuts:
        yield block
        return
    first, header, header_rows, start = 0, table.header, table.header_rows, table.start
    for cut in cuts:
        end = rows[cut - 1].cells[-1].text.end
        yield replace(
            block, table=replace(table, rows=rows[first:cut], header=header, header_rows=header_rows, end=end)
        )
        first, header, header_rows = cut + 1, _heads(rows[cut], table.width), (rows[cut],)
        start = rows[cut].cells[0].text.start
        block = Block("table", Text("", (0,), (start,), (0,)))
        table = replace(table, start=start, end=rows[-1].cells[-1].text.end, caption=None)
    yield replace(block, table=replace(table, rows=rows[first:], header=header, header_rows=header_rows, start=start))


def _is_head(row: Row) -> bool:
    """Whether every cell behind the label is a period, two or more of them."""
    behind = [cell for cell in row.cells if cell.column]
    return len(behind) > 1 and all(is_period(cell.plain) and not is_value(cell.plain) for cell in behind)


def _is_valued(row: Row) -> bool:
    return any(is_value(cell.plain) for cell in row.cells if cell.column)


def _heads(row: Row, width: int) -> tuple[tuple[str, ...], ...]:
    """The words over each column."""
    over: list[Cell | None] = [row.cell(column) for column in range(width)]
    return tuple((cell.plain,) if cell is not None else () for cell in over)
