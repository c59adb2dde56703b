"""Collars: where holes start, how they point and how long they are, from tables."""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.fact import Fact, Record, Words
from orebook.ground.figure import Figure
from orebook.reading.drilling import holes
from orebook.reading.drilling.row_status import RowStatus
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole
from orebook.reading.heads.side_by_side import parts
from orebook.reading.layout import Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 10

_PLACED = {"collars.easting", "collars.northing"}
_POINTED = {"collars.azimuth", "collars.dip"}
_STATUS = Pattern(r"(?:hole |drill(?:ing)? |assay )?(?:status|state|progress)", re.IGNORECASE)
_GRID = ("NAD", "WGS", "GDA", "MGA", "UTM", "AMG", "Zone")


def records(release: Release) -> Iterable[Record]:
    """Every collar of every table that gives coordinates or directions, and the total below it."""
    for order, table in enumerate(release.layout.tables(), 1):
        for part, columns in parts(table, "collars"):
            if is_of_collars(columns):
                yield from _collars(release, part, columns, order)


def is_of_collars(columns: dict[int, ColumnRole]) -> bool:
    """A collar table names holes and gives two of their coordinates, or both directions."""
    measures = {role.measure for role in columns.values()}
    return "collars.hole" in measures and (measures >= _PLACED or measures >= _POINTED)


def _collars(release: Release, table: Table, columns: dict[int, ColumnRole], order: int) -> Iterator[Record]:
    grid = _grid(table)
    caption = table.caption.plain.strip()[:120] if table.caption else str(order)
    seen: set[str] = set()
    status = RowStatus.of(table, release.document.text)
    state = next((column for column, words in enumerate(table.header) if _STATUS.fullmatch(" ".join(words))), -1)
    for row in table.rows:
        about = {"place": "table", "table": caption, "grid": grid, "context": status.said(row)}
        if state >= 0:
            about["status"] = row.plain(state)[:60]
        hole = next((row.plain(column) for column, role in columns.items() if role.measure == "collars.hole"), "")
        facts = list(_facts(release, row, columns))
        if hole.lower().strip(" :").startswith(("total", "sum", "grand total")):
            yield from _total(release, row, columns, about)
        elif holes.is_name(hole) and len(facts) > 2 and _placed(facts):
            name = hole.strip(" *†^#:+")
            if name not in seen:
                yield release.record("drill_collar", facts, hole=name, **about)
            seen.add(name)


def _placed(facts: list[Fact]) -> bool:
    measures = {fact.measure for fact in facts}
    return bool(measures & _PLACED) or measures >= _POINTED


def _facts(release: Release, row: Row, columns: dict[int, ColumnRole]) -> Iterator[Fact]:
    for cell in row.cells:
        role = columns.get(cell.column)
        if not role or not role.measure.startswith("collars."):
            continue
        about = {"column": role.header}
        if role.measure == "collars.hole":
            name = cell.plain.strip(" *†^#:+")
            start = cell.text.plain.find(name)
            if name and holes.is_name(name):
                yield release.fact(role.measure, Words(name, "name"), cell.text, start, start + len(name), **about)
        elif found := cells.number(cell.text):
            unit = "degree" if _GLOBE.search(role.header) else role.unit
            yield release.fact(role.measure, found.figure(unit), cell.text, found.start, found.end, **about)
        elif (order := _ANGLES.fullmatch(role.header)) and (both := _TWO_ANGLES.fullmatch(cell.plain)):
            lead = len(cell.text.plain) - len(cell.text.plain.lstrip())
            names = ("dip", "azimuth") if order[1][0] in "dDiI" else ("azimuth", "dip")
            for name, group in zip(names, (1, 2), strict=True):
                start, end = both.start(group) + lead, both.end(group) + lead
                figure = Figure(cells.decimal(both[group].replace("–", "-").replace("−", "-")), "degree")
                yield release.fact(f"collars.{name}", figure, cell.text, start, end, **about)


_GLOBE = Pattern(r"\b(?:lat(?:itude)?|long(?:itude)?)\b", re.IGNORECASE)
_ANGLES = Pattern(r"(dip|incl\w*|azi?m?\w*)\s?(?:/|&|and|-)\s?(?:dip|incl\w*|azi?m?\w*).{0,14}", re.IGNORECASE)
_TWO_ANGLES = Pattern(r"([-–−]?\d{1,3}(?:\.\d+)?)\s?°?\s?(?:/|,|\s)\s?([-–−]?\d{1,3}(?:\.\d+)?)\s?°?")
"""Dip and azimuth in one cell: ``-60/045``."""


def _total(release: Release, row: Row, columns: dict[int, ColumnRole], about: dict[str, str]) -> Iterator[Record]:
    """The metres below a collar table."""
    for cell in row.cells:
        role = columns.get(cell.column)
        found = cells.number(cell.text)
        if found and role and (role.measure == "collars.depth" or role.unit in ("m", "ft")):
            fact = release.fact(
                "programmes.total", found.figure(role.unit), cell.text, found.start, found.end, column=role.header
            )
            yield release.record("drill_program", [fact], row="Total", **about)
            return


def _grid(table: Table) -> str:
    """The grid that the heads or the caption name."""
    said = [" ".join(words) for words in table.header] + ([table.caption.plain] if table.caption else [])
    for words in said:
        tokens = words.replace("(", " ").replace(")", " ").split()
        named = [token.strip(",.;") for token in tokens]
        first = next((i for i, token in enumerate(named) if token.startswith(_GRID[:4])), None)
        if first is not None:
            tail = [
                token
                for token in named[first : first + 4]
                if any(c.isdigit() for c in token) or token.startswith(_GRID)
            ]
            return " ".join(tail)
    return ""
