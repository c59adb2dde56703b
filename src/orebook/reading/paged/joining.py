"""Tables over several pages: pieces with the same columns are one table, and a head that is said again is set aside."""

from collections.abc import Sequence

from orebook.reading.paged.found import Found, FoundCell, Row, settled

_EDGE = 6.0
"""Points: the borders of columns agree within this."""
_SHIFT = 40.0
"""Points: the text of left and right pages may be shifted by so much."""


def goes_on(upper: Found, lower: Found) -> list[int] | None:
    """For each column of the lower piece the column of the upper one that it goes on with; nothing if it does not."""
    if upper.ruled and lower.ruled:
        return _same_edges(upper, lower)
    return _same_places(upper, lower)


def _same_edges(upper: Found, lower: Found) -> list[int] | None:
    if upper.width != lower.width:
        return None
    shift = lower.left - upper.left
    if abs(shift) > _SHIFT:
        return None
    pairs = zip(upper.columns, lower.columns, strict=True)
    same = all(abs(a[0] + shift - b[0]) < _EDGE and abs(a[1] + shift - b[1]) < _EDGE for a, b in pairs)
    return list(range(upper.width)) if same else None


def _same_places(upper: Found, lower: Found) -> list[int] | None:
    """Columns without borders agree where each overlaps one and only one of the others."""
    if lower.width > upper.width:
        return None
    found: list[int] = []
    for begin, end in lower.columns:
        touched = [at for at, (left, right) in enumerate(upper.columns) if min(right, end) - max(left, begin) > 0]
        if len(touched) != 1 or (found and touched[0] <= found[-1]):
            return None
        found.append(touched[0])
    return found if len(found) > 1 and len(found) >= upper.width - 1 else None


def repeated_heads(upper: Found, lower: Found) -> int:
    """How many rows at the top of the lower piece say again what the rows at the top of the upper piece say."""
    count = 0
    for first, again in zip(upper.rows[:6], lower.rows[:6], strict=False):
        if _said(first) != _said(again) or (count >= max(upper.heads, 1) and not upper.heads):
            break
        count += 1
    return count


def other_heads(upper: Found, lower: Found) -> bool:
    """Whether the lower piece has heads of its own, which are not those of the upper one."""
    return repeated_heads(upper, lower) == 0 and (lower.heads > 0 or _headed(upper, lower))


def _headed(upper: Found, lower: Found) -> bool:
    """Whether both begin with a bold row and go on with rows that are not."""
    return all(len(table.rows) > 1 and _bold(table.rows[0]) and not _bold(table.rows[1]) for table in (upper, lower))


def _bold(row: Row) -> bool:
    return all(mark.bold for cell in row for mark in cell.marks)


def _said(row: Row) -> list[str]:
    return [cell.text for cell in row]


def moved(rows: Sequence[Row], place: Sequence[int]) -> list[Row]:
    """Rows with their cells in other columns."""
    return [settled([_moved(cell, place) for cell in row]) for row in rows]


def _moved(cell: FoundCell, place: Sequence[int]) -> FoundCell:
    last = place[min(cell.column + cell.span, len(place)) - 1]
    column = place[min(cell.column, len(place) - 1)]
    return FoundCell(cell.marks, column, last - column + 1, cell.rows)
