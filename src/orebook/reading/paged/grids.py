"""Ruled grids: tables whose cells have borders, cells that cover several columns or rows among them."""

from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.paged.bands import parted
from orebook.reading.paged.found import Found, FoundCell, bold_heads, in_order, settled
from orebook.reading.paged.lattice import NARROWEST, Area, Lattice
from orebook.reading.paged.lines import is_number, rows_of_marks, segments_of
from orebook.reading.paged.marks import Mark
from orebook.reading.paged.ruling import CLOSE, Network, places

_FEWEST_CELLS = 4
_SPARSE = 0.3
"""A grid with a smaller share of filled cells needs a full first row or column; charts have neither."""
_NEXT_BAND = 3.0
"""Bands of cells may lie so many of their heights apart and still be one table (every other row is shaded)."""
_MOST_HEADS = 4
_OPEN_LINES = 3
"""So many lines in a cell over all columns are rows of their own."""
_FEWEST_INNER = 3
"""A table inside of a cell has at least so many rows of several cells."""

Cells = dict[tuple[int, int], tuple[int, int, list[Mark]]]
"""Cells by their first row and column: last row, last column, words."""


def grids(marks: Sequence[Mark], crossing: list[Network]) -> tuple[list[Found], list[Mark]]:
    """The ruled tables that networks of rules make on a sheet, and the words that stand in none."""
    found: list[Found] = []
    left = list(marks)
    for network in _whole(crossing):
        lattice = Lattice.of(network)
        if lattice is None:
            continue
        inside, outside = lattice.parted(left)
        table = _table(lattice, inside)
        if table is not None and not _is_mere_head(table, outside):
            found.append(table)
            left = outside
    return found, left


def _whole(found: list[Network]) -> list[Network]:
    """The networks that are no bands of a table of which every other row is shaded: such a table has no borders."""
    stacks: list[list[Network]] = []
    for network in found:
        above = next((stack for stack in reversed(stacks) if _goes_on(stack[-1], network)), None)
        if above is None:
            stacks.append([network])
        else:
            above.append(network)
    return [stack[0] for stack in stacks if len(stack) == 1]


def _goes_on(upper: Network, lower: Network) -> bool:
    """Whether a network below has the same columns, not far below."""
    last, first = max(rule.at for rule in upper.across), lower.across[0].at
    high = max(lower.across[-1].at - first, 10.0)
    if not -CLOSE <= first - last <= _NEXT_BAND * high:
        return False
    here, there = places(upper.down, NARROWEST), places(lower.down, NARROWEST)
    return len(here) == len(there) > 2 and all(abs(a - b) < CLOSE for a, b in zip(here, there, strict=True))


def _table(lattice: Lattice, inside: Sequence[tuple[int, int, Mark]]) -> Found | None:
    """The table that words make in a lattice; nothing if it is a frame or a chart."""
    areas = lattice.areas()
    words: dict[Area, list[Mark]] = {}
    for row, column, mark in inside:
        words.setdefault(areas[row][column], []).append(mark)
    if _is_open(lattice, words):
        return None
    cells: Cells = {}
    for (row, column, low, last), marks in sorted(words.items()):
        for first, end, some in _dealt(lattice, marks, column, last):
            cells[row, first] = (low, end, some)
    if not _is_table(lattice, cells):
        return None
    inner = [_built(lattice, _taken(cells, area), area) for area in _inner(lattice, areas, cells)]
    whole = _built(lattice, cells, (0, 0, lattice.high - 1, lattice.wide - 1))
    whole.inner = inner
    return whole


def _is_mere_head(table: Found, outside: Sequence[Mark]) -> bool:
    """Whether a grid is only the head of a table whose rows have no borders: words, and numbers in line below."""
    if len(table.rows) > _MOST_HEADS or any(is_number(cell.text) for row in table.rows for cell in row[1:]):
        return False
    high = (table.bottom - table.top) / len(table.rows)
    below = [
        mark
        for mark in outside
        if table.bottom - 2 < mark[1] < table.bottom + 1.2 * high
        and table.left - 6 < mark[0]
        and mark[2] < table.right + 6
    ]
    columns = {
        at
        for mark in below
        if is_number(mark[4])
        for at, (left, right) in enumerate(table.columns)
        if left < (mark[0] + mark[2]) / 2 < right
    }
    return len(columns) > 1


def _is_open(lattice: Lattice, words: dict[Area, list[Mark]]) -> bool:
    """Whether most words stand in bands without any border between columns: only the head has borders."""
    whole = [
        marks
        for (_, column, _, last), marks in words.items()
        if column == 0 and last == lattice.wide - 1 and len(rows_of_marks(marks)) >= _OPEN_LINES
    ]
    return 2 * sum(map(len, whole)) > sum(map(len, words.values()))


def _built(lattice: Lattice, cells: Cells, part: Area) -> Found:
    """A table of the cells in a part of a lattice."""
    top, left, bottom, right = part
    rows: dict[int, list[FoundCell]] = {}
    for (row, column), (low, last, marks) in sorted(cells.items()):
        cell = FoundCell(in_order(marks), column - left, last - column + 1, low - row + 1)
        rows.setdefault(row, []).append(cell)
    xs, ys = lattice.xs[left : right + 2], lattice.ys
    columns = list(pairwise(xs))
    apart = [settled(part) for row in rows.values() for part in parted(row, columns)]
    return Found(apart, xs[0], ys[top], xs[-1], ys[bottom + 1], columns, bold_heads(apart), ruled=True)


def _dealt(lattice: Lattice, marks: list[Mark], column: int, last: int) -> list[tuple[int, int, list[Mark]]]:
    """The words of a cell by columns: wide gaps at the edges of columns part cells whose borders are missing."""
    whole = [(column, last, marks)]
    if last == column:
        return whole
    found: dict[int, list[Mark]] = {}
    for line in rows_of_marks(marks):
        reached = -1
        for segment in segments_of(line):
            first, end = lattice.column(segment.left + 1), lattice.column(segment.right - 1)
            if first != end or first <= reached:
                return whole
            reached = first
            found.setdefault(first, []).extend(segment.marks)
    return [(at, at, some) for at, some in sorted(found.items())] if len(found) > 1 else whole


def _is_table(lattice: Lattice, cells: Cells) -> bool:
    """Whether cells are filled as those of tables are."""
    rows: dict[int, set[int]] = {}
    for row, column in cells:
        rows.setdefault(row, set()).add(column)
    columns = {column for _, column in cells}
    if len(cells) < _FEWEST_CELLS or len(rows) < 2 or len(columns) < 2 or max(map(len, rows.values())) < 2:
        return False
    first_column = sum(0 in filled for filled in rows.values())
    full = len(rows[min(rows)]) > 0.5 * lattice.wide or first_column > 0.6 * lattice.high
    return full or len(cells) >= _SPARSE * lattice.wide * lattice.high


def _inner(lattice: Lattice, areas: list[list[Area]], cells: Cells) -> list[Area]:
    """The parts of a lattice that are tables inside of a cell.

    The cell stands under one head, and the cell left of it goes down along all rows of the table inside.
    """
    found: list[Area] = []
    for row in range(1, lattice.high):
        for column in range(lattice.wide - 1):
            top, _, low, last = areas[row][column]
            if top != row or low - top < _FEWEST_INNER or last != column or last + 1 >= lattice.wide:
                continue
            _, first, head_low, end = areas[0][last + 1]
            if first != last + 1 or end == first or head_low >= row:
                continue
            filled = [y for y in range(top, low + 1) if sum((y, x) in cells for x in range(first, end + 1)) > 1]
            if len(filled) >= _FEWEST_INNER and all(
                lattice.walls[y][first] and (end + 1 == lattice.wide or lattice.walls[y][end + 1])
                for y in range(top, low + 1)
            ):
                found.append((filled[0], first, filled[-1], end))
    return found


def _taken(cells: Cells, part: Area) -> Cells:
    """The cells of a part, which are taken away from the others."""
    top, left, bottom, right = part
    inside = [(y, x) for y, x in cells if top <= y <= bottom and left <= x <= right]
    return {place: cells.pop(place) for place in inside}
