"""Side by side: tables whose columns are said twice, so that a row holds two rows of one list.

Each part has the columns from one name to the next; the other columns of the page are left out of it.
"""

from dataclasses import replace

from orebook.reading.heads.columns import ColumnRole, heading, roles
from orebook.reading.layout import Row, Table

_DATA = 2


def parts(table: Table, kind: str) -> list[tuple[Table, dict[int, ColumnRole]]]:
    """The tables that stand beside each other in one, each with its columns; most often the one itself.

    They are parted where the head of the names of holes stands again, if every part then has as much as the first.
    """
    whole = [(table, roles(table, kind))]
    named = [column for column, words in enumerate(table.header) if _names_holes(words, kind)]
    if len(named) < _DATA:
        return whole
    ends = [*named[1:], table.width]
    found = [_part(table, 0 if column == named[0] else column, end) for column, end in zip(named, ends, strict=True)]
    read = [(one, roles(one, kind)) for one in found]
    first = {role.measure for role in read[0][1].values() if role.measure}
    alike = all(first <= {role.measure for role in columns.values()} for _, columns in read)
    return read if alike and len(first) > _DATA else whole


def _names_holes(words: tuple[str, ...], kind: str) -> bool:
    return heading(*(" ".join(word.split()) for word in words), tables=(kind,)).measure == f"{kind}.hole"


def _part(table: Table, begin: int, end: int) -> Table:
    """The columns from one to before another, in their places."""
    rows = tuple(Row(tuple(cell for cell in row.cells if begin <= cell.column < end)) for row in table.rows)
    header = tuple(words if begin <= column < end else () for column, words in enumerate(table.header))
    return replace(table, rows=tuple(row for row in rows if row.cells), header=header)
