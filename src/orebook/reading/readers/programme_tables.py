"""Drill programmes in tables: so many holes and so many metres, by year, method or area."""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.fact import Fact, Record
from orebook.reading.drilling.programme_halves import Pair, lower_halves, pair_of
from orebook.reading.drilling.row_status import RowStatus
from orebook.reading.heads import cells
from orebook.reading.layout import Cell, Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 11

_HOLES = Pattern(
    r"(?:(?:no\.?|number|#|n°|count|total)(?: of)? ?(?:drill ?|bore ?)?holes?|(?:drill ?|bore ?)?holes)"
    r"(?: (?:drilled|completed|planned|count|#|\(#\)))?",
    re.IGNORECASE,
)
_METRES = Pattern(
    r"(?:total |drilled |planned )?(?:metres|meters|metreage|meterage|feet|footage|m|length|depth)"
    r"(?: (?:drilled|completed|planned))?(?: ?[(\[](?:m|ft|metres|meters|feet)[)\]])?",
    re.IGNORECASE,
)
_FEET = Pattern(r"\b(?:feet|footage|ft)\b", re.IGNORECASE)
_YEAR = Pattern(r"(?:19|20)\d\d")


def records(release: Release) -> Iterable[Record]:
    """Every row of a table with a column of holes and one of metres, and of its halves on the pages below."""
    blocks = [block for block in release.layout.blocks if block.table is None or block.part != "tail"]
    order = 0
    for at, block in enumerate(blocks):
        if block.table is None:
            continue
        order += 1
        if columns := _columns(block.table):
            status = RowStatus.of(block.table, release.document.text)
            caption = block.table.caption.plain.strip()[:120] if block.table.caption else str(order)
            yield from _rows(release, block.table, columns, status, caption)
            below = [one.table for one in blocks[at + 1 :]]
            for half in lower_halves(_pairs(block.table, columns), below):
                yield from _half(release, half, columns[2], status, caption)


def _pairs(table: Table, columns: tuple[int, int, str]) -> list[Pair]:
    """Holes and metres of the rows that have both."""
    both = [[cells.number(cell.text) if (cell := row.cell(at)) else None for at in columns[:2]] for row in table.rows]
    return [(holes.value, metres.value) for holes, metres in both if holes and metres]


def _half(release: Release, table: Table, unit: str, status: RowStatus, caption: str) -> Iterator[Record]:
    """The rows of a half that has lost heads and labels; what is left of a label stands for it."""
    for row in table.rows:
        found = pair_of(row)
        if found is None:
            continue
        facts = [_fact(release, found[0], "holes", "hole"), _fact(release, found[1], "metres", unit)]
        label = _label(row, found[0].column)
        about = {"place": "table", "table": caption, "context": status.said(row), "row": label}
        yield release.record("drill_program", [fact for fact in facts if fact], what=label, zone=label, **about)


def _columns(table: Table) -> tuple[int, int, str] | None:
    """The column of holes, that of metres, and the unit of these."""
    heads = [" ".join(" ".join(words).split()).strip(" :*") for words in table.header]
    holes = next((column for column, head in enumerate(heads) if _HOLES.fullmatch(head)), None)
    metres = next((column for column, head in enumerate(heads) if _METRES.fullmatch(head)), None)
    if holes is None or metres is None:
        return None
    counted = [cell for row in table.rows if (cell := row.cell(holes)) and cells.number(cell.text)]
    return (holes, metres, "ft" if _FEET.search(heads[metres]) else "m") if counted else None


def _rows(
    release: Release, table: Table, columns: tuple[int, int, str], status: RowStatus, caption: str
) -> Iterator[Record]:
    holes, metres, unit = columns
    area = year = ""
    for row in table.rows:
        label = _label(row, min(columns[:2]))
        if not label.lower().strip().startswith(("sub", "total", "grand")):
            first = row.plain(0)
            area = first if first and not _YEAR.fullmatch(first) else area
            year = next((cell.plain for cell in row.cells if _YEAR.fullmatch(cell.plain)), "" if first else year)
        facts = [
            fact
            for measure, column, named in (("holes", holes, "hole"), ("metres", metres, unit))
            if (fact := _fact(release, row.cell(column), measure, named))
        ]
        if len(facts) == 2:
            about = {"place": "table", "table": caption, "context": status.said(row), "row": label}
            yield release.record("drill_program", facts, what=label, zone=area, period=year, **about)


def _label(row: Row, end: int) -> str:
    """The words of a row before its numbers, and its year."""
    said = (cell for cell in row.cells if cell.column < end and cell.plain)
    return " ".join(cell.plain for cell in said if _YEAR.fullmatch(cell.plain) or cells.number(cell.text) is None)


def _fact(release: Release, cell: Cell | None, measure: str, unit: str) -> Fact | None:
    found = cells.number(cell.text) if cell else None
    if cell is None or found is None:
        return None
    return release.fact(f"programmes.{measure}", found.figure(unit), cell.text, found.start, found.end)
