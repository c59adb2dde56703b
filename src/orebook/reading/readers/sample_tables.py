"""Tables of samples from the surface: rock chips, grabs and soils, each with its number and its grades.

A table is read if its first columns head the numbers of samples, if it gives places or says by its caption that the
samples are from the surface, and if nothing tells of depths, of concentrates or of standards.
"""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure, negative
from orebook.reading.drilling.drill_words import any_of
from orebook.reading.drilling.row_status import RowStatus
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole, roles
from orebook.reading.layout import Row, Table
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 22

_NUMBERS = Pattern(
    r"samples?(?: ?_?(?:id|no\.?|nos\.?|number|name|#|tag))?|site(?: id)?|station(?: id)?", re.IGNORECASE
)
_SURFACE = any_of("surface")
_OTHER = Pattern(
    r"\b(?:composites?|concentrates?|leach\w*|metallurg\w*|standards?|blanks?|duplicates?|CRM|test ?work"
    r"|drill\w*|core)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 3


def records(release: Release) -> Iterable[Record]:
    """Every sample of every table of samples from the surface, with its grades."""
    for order, table in enumerate(release.layout.tables(), 1):
        column = _of_numbers(table)
        if column >= 0:
            columns = roles(table, "drilling")
            if _is_of_samples(table, columns):
                yield from _samples(release, table, columns, column, order)


def _of_numbers(table: Table) -> int:
    """The column that heads the numbers of samples, or -1."""
    said = [" ".join(" ".join(words).split()) for words in table.header[:_LOOKED_AT]]
    return next((column for column, words in enumerate(said) if _NUMBERS.fullmatch(words)), -1)


def _is_of_samples(table: Table, columns: dict[int, ColumnRole]) -> bool:
    measures = {role.measure for role in columns.values()}
    if "drilling.grade" not in measures or measures & {"drilling.hole", "drilling.from", "drilling.to"}:
        return False
    said = " ".join([table.caption.plain if table.caption else "", *(" ".join(words) for words in table.header)])
    if _OTHER.search(said):
        return False
    places = {role.measure for role in roles(table, "collars").values()}
    return bool(_SURFACE.search(said)) or {"collars.easting", "collars.northing"} <= places


def _samples(
    release: Release, table: Table, columns: dict[int, ColumnRole], names: int, order: int
) -> Iterator[Record]:
    caption = table.caption.plain.strip()[:120] if table.caption else str(order)
    status = RowStatus.of(table, release.document.text)
    for row in table.rows:
        name = row.plain(names).strip(" *†^#:")
        facts = list(_grades(release, row, columns, names))
        if any(fact.measure == "sampling.grade" for fact in facts) and any(c.isdigit() for c in name):
            about = {"place": "table", "table": caption, "context": status.said(row)}
            yield release.record("surface_sample", facts, hole=name, **about)


def _grades(release: Release, row: Row, columns: dict[int, ColumnRole], names: int) -> Iterator[Fact]:
    for cell in row.cells:
        role, found = columns.get(cell.column), cells.number(cell.text)
        if role is None or found is None or cell.column == names:
            continue
        measure = {"drilling.grade": "sampling.grade", "drilling.length": "sampling.length"}.get(role.measure)
        if measure and role.unit:
            figure = found.figure(role.unit)
            if found.value < 0:
                figure = Figure(negative(found.value), role.unit, "<")  # a negative assay is below detection
            said = {"column": role.header, "analyte": role.analyte} if role.analyte else {"column": role.header}
            yield release.fact(measure, figure, cell.text, found.start, found.end, **said)
