"""Continued tables: a table that a page break or a blank line has cut in two is one table again."""

from collections.abc import Sequence
from dataclasses import replace

from orebook.reading.layout import Block, Row, Table
from orebook.reading.mending import is_page_mark

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
    for block in blocks:
        if block.table is not None:
            upper, marks = _above(found)
            if upper is not None and upper.table is not None:
                whole = _whole(upper.table, block.table, marked=marks > 0)
                if whole is not None:
                    del found[len(found) - marks :]
                    upper.table = whole
                    continue
        found.append(block)
    return found


def _above(found: Sequence[Block]) -> tuple[Block | None, int]:
    """The table above, and how many marks of a page stand between."""
    for marks, block in enumerate(reversed(found[-_APART - 1 :])):
        if block.table is not None:
            return block, marks
        if not is_page_mark(block.text.plain):
            break
    return None, 0


def _whole(upper: Table, lower: Table, *, marked: bool) -> Table | None:
    """Both halves as one table, if they are that."""
    if upper.how != lower.how or upper.how not in _TYPED or upper.width != lower.width or upper.width < _NARROWEST:
        return None
    again = marked and upper.header == lower.header and any(upper.header)
    headless = any(upper.header[1:]) and not any(lower.header[1:])
    if not (again or headless):
        return None
    labels: tuple[Row, ...] = () if again else tuple(row for row in lower.header_rows if row.cells)
    return replace(upper, rows=(*upper.rows, *labels, *lower.rows), end=lower.end)
