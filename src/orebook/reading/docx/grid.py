"""Grids: the rows and cells of a table, and which columns and rows each cell covers."""

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.reading.docx.names import AROUND, CELL, DELETED, ROW, W, is_on, leading
from orebook.reading.docx.xml import Element

_SAID, _SPAN, _DOWN, _BESIDE = f"{W}tcPr", f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_ROW_SAID = f"{W}trPr"
_WIDEST = 1000
"""A cell that says it covers more columns than this is not believed."""


@dataclass(slots=True)
class Space:
    """A cell with its place: the column it begins in, the columns and rows that it covers, its number in its row."""

    cell: Element
    column: int
    span: int
    number: int
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """The rows of a table from the top, and how many of them the file calls header."""

    rows: list[list[Space]]
    heads: int
    deleted: int = 0


def grid(table: Element) -> Grid:
    """The cells of a table in their columns; what is hidden under a cell that reaches down is left out."""
    found = Grid([], 0)
    reaching: dict[int, Space] = {}
    for row in flat(table, ROW):
        said = next((child for child in row if child.tag == _ROW_SAID), None)
        if said is not None and said.find(f"{W}del") is not None:
            found.deleted += 1
            continue
        spaces, reaching = _row(row, _skipped(said), reaching)
        if found.heads == len(found.rows) and said is not None and is_on(said.find(f"{W}tblHeader")):
            found.heads += 1
        found.rows.append(spaces)
    if found.heads == len(found.rows):
        found.heads = 0
    return found


def _row(row: Element, column: int, above: dict[int, Space]) -> tuple[list[Space], dict[int, Space]]:
    """The cells that begin in a row, and those that reach down from it."""
    spaces: list[Space] = []
    reaching: dict[int, Space] = {}
    for number, cell in enumerate(flat(row, CELL), 1):
        span, down, beside = 1, None, None
        own = leading(cell, _SAID)
        for said in own if own is not None else ():
            kind = said.tag
            if kind == _SPAN:
                span = _count(said)
            elif kind == _DOWN:
                down = said
            elif kind == _BESIDE:
                beside = said
        if beside is not None and beside.get(f"{W}val") != "restart" and spaces:
            spaces[-1].span += span
            column += span
            continue
        if down is not None and down.get(f"{W}val") != "restart" and column in above:
            reaching[column] = above[column]
            above[column].rows += 1
        else:
            spaces.append(Space(cell, column, span, number))
            if down is not None:
                reaching[column] = spaces[-1]
        column += span
    return spaces, reaching


def _skipped(said: Element | None) -> int:
    """How many columns a row leaves out at its beginning."""
    before = said.find(f"{W}gridBefore") if said is not None else None
    return 0 if before is None else _count(before)


def _count(element: Element | None) -> int:
    value = element.get(f"{W}val") if element is not None else None
    return min(max(int(value), 1), _WIDEST) if value is not None and value.isdecimal() and len(value) < 10 else 1


def flat(around: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a name, also those that stand in wrappers, without what was deleted."""
    for child in around:
        if child.tag == tag:
            yield child
        elif child.tag in AROUND and child.tag not in DELETED:
            yield from flat(child, tag)
