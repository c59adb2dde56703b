"""Headers: which rows of a table are its header, and which words stand above which column."""

from collections.abc import Sequence

from orebook.reading.layout import Cell
from orebook.reading.layout.values import is_group, is_holder, is_name, is_period, is_span, is_unit, is_value

_DEEPEST = 6
"""More header rows than this are not seen in the trade."""


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text.plain]


def header_depth(rows: Sequence[Sequence[Cell]], ruled: int = 0) -> int:
    """How many rows at the top are header; ``ruled`` of them are set apart by the document itself."""
    depth = 0
    valued = any(is_value(cell.text.plain) for row in rows[1:200] for cell in row)
    for index, row in enumerate(rows[: max(_DEEPEST, ruled)]):
        if index >= ruled and (
            not _could_head(row, index) or (index and not _goes_on(rows[index - 1], row, valued=valued))
        ):
            break
        depth = index + 1
    return depth if depth < len(rows) else min(ruled, len(rows))


def _could_head(row: Sequence[Cell], index: int) -> bool:
    """Whether nothing in the row speaks against its being header."""
    cells = _filled(row)
    spans = sum(is_span(cell.text.plain) for cell in cells) > 1
    if any(
        (is_value(cell.text.plain) and not (spans and is_span(cell.text.plain))) or is_holder(cell.text.plain)
        for cell in cells
    ):
        return False
    if index == 0:
        return len(cells) > 0
    return not (row and is_name(row[0].text.plain))


def _goes_on(above: Sequence[Cell], row: Sequence[Cell], *, valued: bool) -> bool:
    """Whether a row below a header row belongs to the header too."""
    upper, lower = _filled(above), _filled(row)
    if not upper:
        return True
    if not lower or (len(lower) == 1 and lower[0].column == 0):
        return False
    unlabelled = bool(row[0].text.plain) and not above[0].text.plain
    grouped = len(upper) + unlabelled < len(lower) or any(cell.span > 1 for cell in upper)
    if not row[0].text.plain and len(lower) > 1 and (grouped or valued):
        return True
    if grouped and valued:
        return True
    return valued and all(is_unit(cell.text.plain) or is_period(cell.text.plain) for cell in lower[1:])


def straightened(head: Sequence[Sequence[Cell]], width: int) -> list[list[Cell]]:
    """Put the cells of short header rows over their columns.

    A label column is often written once, over two header rows, and a group's head stands in one cell for several
    columns: then the lower row has too few cells, and the upper one even fewer.
    """
    rows = [list(row) for row in head]
    if not rows or any(cell.span > 1 for row in rows for cell in row):
        return rows
    labels = 0
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        short = width - len(row)
        if short <= 0 or not row or row[-1].column >= len(row):
            continue
        if at == len(rows) - 1:
            if at > 0 or (short == 1 and all(is_period(cell.text.plain) or is_unit(cell.text.plain) for cell in row)):
                labels = short if len(row) > short else 0
                rows[at] = [cell._replace(column=cell.column + labels) for cell in row]
        elif labels and len(row) > labels:
            rows[at] = _spread(row, labels, width)
    return rows


def _spread(row: list[Cell], labels: int, width: int) -> list[Cell]:
    """Labels keep their columns; the heads behind them share the rest, if it can be shared evenly."""
    groups = len(row) - labels
    each, rest = divmod(width - labels, groups)
    if rest:
        return row
    return row[:labels] + [cell._replace(column=labels + each * at, span=each) for at, cell in enumerate(row[labels:])]


def stacked(head: Sequence[Sequence[Cell]], width: int) -> tuple[list[list[Cell]], tuple[tuple[str, ...], ...]]:
    """The header rows with their groups, and for each column the words above it from top to bottom."""
    rows = [[cell for cell in row if cell.text.plain] for row in head]
    for at in range(len(rows) - 1):
        rows[at] = _reaching(rows[at], rows[at + 1], width)
    over: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for cell in row:
            for column in range(cell.column, min(cell.column + cell.span, width)):
                over[column].append(cell.plain)
    return rows, tuple(tuple(words) for words in over)


def _reaching(row: list[Cell], below: list[Cell], width: int) -> list[Cell]:
    """Let the heads of groups reach over the columns up to the next head, where that is what they mean."""
    if not row or any(cell.span > 1 for cell in row):
        return row
    taken = {column for cell in below for column in range(cell.column, cell.column + cell.span)}
    ends = [cell.column for cell in row[1:]] + [width]
    reaches = []
    for cell, end in zip(row, ends, strict=True):
        reach = max((c for c in range(cell.column, end) if c in taken), default=cell.column)
        reaches.append(reach - cell.column + 1)
    under = [
        [low.plain for low in below if cell.column <= low.column < cell.column + reach]
        for cell, reach in zip(row, reaches, strict=True)
    ]
    groups = [words for words in under if len(words) > 1]
    if not groups:
        return row
    repeated = any(groups.count(words) > 1 for words in groups)
    periods = all(is_period(word) for words in groups for word in words)
    return [
        cell._replace(span=reach)
        if reach > 1 and len(words) > 1 and (repeated or periods or is_group(cell.plain))
        else cell
        for cell, reach, words in zip(row, reaches, under, strict=True)
    ]
