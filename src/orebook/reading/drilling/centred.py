"""Centred names: tables in which the name of a hole stands in the middle of the rows of its hole.

The rows of one hole go down: where a depth is less than the one above, the next hole begins. If that makes as many
groups as there are names, one in each, the names are centred and each is its group's. If it does not, only the rows
that bear a name themselves are sure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from orebook.reading.drilling import holes
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole
from orebook.reading.layout import Table


@dataclass(slots=True)
class _Line:
    """What matters of a row: its name, where it begins, whether it lies in the row above."""

    name: str
    begin: Decimal | None
    part: bool


def centred_names(table: Table, columns: Mapping[int, ColumnRole]) -> list[str] | None:
    """The hole of each row, nothing for a row whose hole cannot be told; no list when each name begins its group."""
    lines = _lines(table, columns)
    told = [line for line in lines if line.begin is not None and not line.part]
    if not told or told[0].name or sum(bool(line.name) for line in lines) < 2:
        return None
    first = next(line for line in lines if line.name or (line.begin is not None and not line.part))
    if first.name:
        return None  # a name in a row of its own above its group
    groups = _groups(lines)
    named = [[line.name for line in group if line.name] for group in groups]
    if all(len(names) == 1 for names in named):
        return [names[0] for group, names in zip(groups, named, strict=True) for _ in group]
    return [line.name for line in lines]


def _lines(table: Table, columns: Mapping[int, ColumnRole]) -> list[_Line]:
    hole = next((column for column, role in columns.items() if role.measure == "drilling.hole"), None)
    begin = next((column for column, role in columns.items() if role.measure == "drilling.from"), None)
    if hole is None or begin is None:
        return []
    found: list[_Line] = []
    for row in table.rows:
        said = row.plain(hole)
        cell = row.cell(begin)
        number = cells.number(cell.text) if cell else None
        part = any(holes.relation(one.plain) == "including" for one in row.cells[:4])
        name = said.strip(" *†^#:+") if holes.is_name(said) and not holes.relation(said) else ""
        found.append(_Line(name, number.value if number else None, part))
    return found


def _groups(lines: list[_Line]) -> list[list[_Line]]:
    """The rows between two places where the depth falls."""
    groups: list[list[_Line]] = [[]]
    deepest: Decimal | None = None
    for line in lines:
        if line.begin is not None and not line.part:
            if deepest is not None and line.begin < deepest:
                groups.append([])
            deepest = line.begin
        groups[-1].append(line)
    return groups
