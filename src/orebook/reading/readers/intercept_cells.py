"""Intercepts written as sentences in the cells of a table: remarks beside a row, or a whole list in one cell.

Some pages lose the rows of a table: all its holes stand in one cell, all their intervals in the next, what these
include in a third. The first hole then goes with the first interval, and so on; where the counts differ nothing is
read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.ground.fact import Record
from orebook.reading.drilling import build, holes
from orebook.reading.drilling.cells import said_in
from orebook.reading.drilling.mentions import Mention
from orebook.reading.layout import Cell, Row
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release
from orebook.reading.text import Text

ORDER = 22

_TOGETHER = Pattern(r"[\s*†,]*(?:&|and|plus)[\s*]*", re.IGNORECASE)
_PART = Pattern(r"\bincl", re.IGNORECASE)


def records(release: Release) -> Iterable[Record]:
    """The intercepts of tables whose cells hold whole lists of them."""
    for order, table in enumerate(release.layout.tables(), 1):
        caption = table.caption.plain.strip()[:120] if table.caption else str(order)
        about = {"place": "table", "table": caption, "context": "announced"}
        yield from _lists(release, [*table.header_rows, *table.rows], about)


@dataclass
class _List:
    """A cell that holds several groups of intervals, and the label of its row."""

    text: Text
    label: str
    groups: list[list[Mention]]


def _lists(release: Release, rows: list[Row], about: dict[str, str]) -> Iterator[Record]:
    named: list[str] = []
    parents: list[Record] = []
    for row in rows:
        for cell in row.cells:
            names = _names(cell)
            if len(names) > 1:
                named, parents = names, []
                continue
            groups = _groups(cell.text) if named else []
            if len(groups) != len(named) or len(groups) < 2:
                continue
            held = _List(cell.text, row.cells[0].plain, groups)
            made = list(_read(release, held, named, parents, about))
            yield from made
            parents = parents or made


def _names(cell: Cell) -> list[str]:
    """The holes of a cell that holds nothing but holes."""
    found = holes.find(cell.text.plain)
    rest = cell.text.plain
    for _, _, name in found:
        rest = rest.replace(name, " ")
    return [name for _, _, name in found] if not rest.strip(" ,;*†\n") else []


def _groups(text: Text) -> list[list[Mention]]:
    """The intervals of a cell; those joined by "&" belong to one hole."""
    groups: list[list[Mention]] = []
    for mention in said_in(text):
        if groups and _TOGETHER.fullmatch(text.plain, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _read(
    release: Release, held: _List, named: list[str], parents: list[Record], about: dict[str, str]
) -> Iterator[Record]:
    included = bool(_PART.search(held.label)) and len(parents) == len(named)
    for at, (hole, group) in enumerate(zip(named, held.groups, strict=True)):
        for mention in group:
            relation = "including" if included else "primary"
            record = build.intercept(mention, held.text, hole, relation, {**about, "label": held.label}).record(release)
            if included:
                record.parent = parents[at]
                parents[at].children.append(record)
            yield record
