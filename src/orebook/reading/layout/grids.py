"""Grids: tables that a page builds of boxes, one box for every row and in it one for every cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.source import Document
from orebook.reading.layout import Table
from orebook.reading.layout.tables import draft, table
from orebook.reading.layout.tags import INLINE, Tag
from orebook.reading.layout.values import is_holder, is_value
from orebook.reading.text import Text, inline, tidy

_BOXES = frozenset("div span section article ul ol li p dl dt dd main header figure".split())
_LONGEST_CELL = 90
_LONGEST_SOURCE = 2000
_MOST_CELLS = 60

Stretch = tuple[int, int]
"""The numbers of the tag that opens a box and of the one that closes it."""


class Grid(NamedTuple):
    """A table of boxes, and the number of the tag that ends it."""

    table: Table
    last: int


@dataclass(slots=True)
class _Box:
    """A box that is still open: where it began, how many boxes it holds, and whether it can be a cell or a row."""

    name: str
    start: int
    marker: int
    cells: list[Stretch] = field(default_factory=list)
    worded: bool = False
    plain: bool = True


@dataclass(slots=True)
class _Item:
    """A row of cells, or a box alone with words; ``start``, ``end`` and ``outer`` (the box around) are tag numbers."""

    start: int
    end: int
    cells: list[Stretch]
    outer: int


def grids(document: Document, tags: Sequence[Tag]) -> dict[int, Grid]:
    """The tables of boxes, by the number of the tag that opens each."""
    if sum(tag.name in _BOXES for tag in tags) < 6:
        return {}
    items, foreign = _items(document.text, tags)
    found: dict[int, Grid] = {}
    for run in _runs(items, foreign):
        made = _table(document, tags, run)
        if made is not None:
            found[run[0].start] = Grid(made, run[-1].end)
    return found


def _items(text: str, tags: Sequence[Tag]) -> tuple[list[_Item], list[int]]:
    """Rows and lonely boxes in reading order; and for each tag how many so far were neither boxes nor inline."""
    items: list[_Item] = []
    foreign: list[int] = []
    waiting: list[_Box] = []
    opened: dict[str, int] = {}
    strange, words = 0, 0
    for at, tag in enumerate(tags):
        if words < tag.start and waiting and not text[words : min(tag.start, words + 300)].isspace():
            waiting[-1].worded = True
        words = tag.end
        if tag.name in _BOXES:
            if not tag.closing:
                waiting.append(_Box(tag.name, at, len(items)))
                opened[tag.name] = opened.get(tag.name, 0) + 1
            elif opened.get(tag.name):
                while waiting:
                    box = waiting.pop()
                    opened[box.name] -= 1
                    whole = box.name == tag.name
                    _close(tags, box, at, items, waiting[-1] if waiting else None, whole=whole)
                    if whole:
                        break
        elif tag.name not in INLINE and tag.name != "br":
            strange += 1
            if waiting:
                waiting[-1].plain = False
        foreign.append(strange)
    return items, foreign


def _close(tags: Sequence[Tag], box: _Box, end: int, items: list[_Item], outer: _Box | None, *, whole: bool) -> None:
    """Say of a box that is complete whether it is a cell or a row."""
    size = tags[end].start - tags[box.start].end
    small = whole and box.plain and size <= _LONGEST_SOURCE
    cell = small and len(box.cells) <= (_MOST_CELLS if box.worded else 1)
    around = outer.start if outer is not None else -1
    if small and box.name == "dl" and len(box.cells) > 3 and len(box.cells) % 2 == 0:
        del items[box.marker :]
        pairs = zip(box.cells[::2], box.cells[1::2], strict=True)
        items.extend(_Item(left[0], right[1], [left, right], box.start) for left, right in pairs)
        cell = False
    elif cell:
        del items[box.marker :]
        items.append(_Item(box.start, end, [], around))
    elif small and not box.worded and 1 < len(box.cells) <= _MOST_CELLS:
        del items[box.marker :]
        items.append(_Item(box.start, end, box.cells, around))
    elif not box.worded and len(items) == box.marker + 1 and items[-1].cells:
        items[-1].outer = around
    if outer is None:
        return
    if cell:
        outer.cells.append((box.start, end))
    else:
        outer.plain = False


def _runs(items: Sequence[_Item], foreign: Sequence[int]) -> Iterator[list[_Item]]:
    """Rows of as many cells, one right below the other; a box alone may stand between two of them."""
    run: list[_Item] = []
    lonely: _Item | None = None
    for item in items:
        near = bool(run) and foreign[item.start] == foreign[(lonely or run[-1]).end]
        if not item.cells:
            if near and lonely is None:
                lonely = item
                continue
        elif near and _alike(run, lonely, item):
            run.extend([lonely, item] if lonely else [item])
            lonely = None
            continue
        if len(run) > 1:
            yield run
        run, lonely = ([item] if item.cells else []), None
    if len(run) > 1:
        yield run


def _alike(run: Sequence[_Item], lonely: _Item | None, item: _Item) -> bool:
    """Whether a row belongs to the rows above it; only the first may have a box of its own, as the head of a table."""
    if len(item.cells) != len(run[0].cells) or (item.outer != run[-1].outer and len(run) > 1):
        return False
    return lonely is None or lonely.outer in (run[-1].outer, item.outer)


def _table(document: Document, tags: Sequence[Tag], run: Sequence[_Item]) -> Table | None:
    """The table that rows of boxes make; there must be numbers in it, and no long words."""
    rows: list[list[Text]] = []
    valued = 0
    for item in run:
        cells = [_text(document, tags, cell) for cell in item.cells or [(item.start, item.end)]]
        if any(len(cell.plain) > _LONGEST_CELL for cell in cells):
            return None
        valued += any(is_value(cell.plain) or is_holder(cell.plain) for cell in cells[1:])
        rows.append(cells)
    width = len(run[0].cells)
    if not valued or 2 * valued < len(run) - 1 or (width == 2 and (len(run) < 3 or 3 * valued < 2 * (len(run) - 1))):
        return None
    return table([draft(row) for row in rows], "html", tags[run[0].start].start, tags[run[-1].end].end)


def _text(document: Document, tags: Sequence[Tag], cell: Stretch) -> Text:
    return tidy(inline(document.text, tags[cell[0]].end, tags[cell[1]].start))
