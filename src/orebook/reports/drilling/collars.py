"""Collars: the table of holes, and below it the metres that they have together."""

from collections.abc import Sequence

import polars as pl

from orebook.disciplines.drilling.programme import metres_drilled
from orebook.disciplines.drilling.programmes import programmes
from orebook.reports.drilling.columns import Row, Source, sources
from orebook.reports.drilling.intersections import natural
from orebook.reports.drilling.layouts import Layout
from orebook.reports.drilling.programmes import FIGURES
from orebook.reports.printed import Address, PrintedCell, PrintedRow, PrintedTable
from orebook.reports.rounding import exact

USUAL = ("hole", "easting", "northing", "elevation", "azimuth", "dip", "depth")
"""Columns that are printed when the layout names none."""

_POSITION = "position"


def collar_table(
    table: pl.DataFrame, layout: Layout, *, notes: Sequence[str] = (), name: str = "collars"
) -> PrintedTable:
    """The table of holes: where each begins, how it points, how long it is.

    With ``total`` in the layout the depths are added up below it, from the unrounded numbers. Raises ``LayoutError``
    for a column that is not there.

    >>> found = collar_table(pl.DataFrame({"hole": ["A2", "A1"], "depth_m": [100.004, 50.004]}), Layout(total=True))
    >>> found.cells()
    [['A1', '50.00'], ['A2', '100.00'], ['Total', '150.01']]
    """
    whole = table.with_row_index(_POSITION)
    found = sources(whole, layout, USUAL) if layout.columns else _usual(whole, layout)
    rows = whole.to_dicts()
    if layout.order == "hole":
        rows.sort(key=lambda row: natural(str(row["hole"])))
    printed = [_row(row, found, layout, name) for row in rows]
    if layout.total:
        printed.append(_total(rows, found, layout, _total_row(table)))
    below = layout.notes if layout.notes is not None else notes
    columns = tuple(source.printed for source in found)
    return PrintedTable(name, layout.caption, columns, tuple(printed), tuple(below))


def _usual(table: pl.DataFrame, layout: Layout) -> list[Source]:
    return [source for source in sources(table, layout, USUAL) if source.name in USUAL]


def _row(row: Row, found: Sequence[Source], layout: Layout, name: str) -> PrintedRow:
    at = int(row[_POSITION])
    return PrintedRow(tuple(source.cell(row, layout, Address(name, at, source.keys[0])) for source in found))


def _total_row(table: pl.DataFrame) -> int:
    """The row of all programmes together among the totals of the book."""
    several = len(programmes(table))
    return several if several > 1 else 0


def _total(rows: Sequence[Row], found: Sequence[Source], layout: Layout, at: int) -> PrintedRow:
    """The row of the total: the depths added up before they are rounded."""
    cells = [PrintedCell("") for _ in found]
    cells[0] = PrintedCell(layout.total_words)
    for column, source in enumerate(found):
        depths = [source.value(row) for row in rows] if source.name == "depth" else []
        known = [exact(depth) for depth in depths if isinstance(depth, int | float)]
        if known:
            metres = float(metres_drilled(known))
            cells[column] = PrintedCell(
                source.text(metres, layout), metres, Address(FIGURES, at, f"drilled_{source.printed.unit}")
            )
    return PrintedRow(tuple(cells), "total")
