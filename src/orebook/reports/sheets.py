"""Sheets: stored tables made fit to look at, every digit kept."""

from math import isfinite

import polars as pl

from orebook.ground.schema import unit_of
from orebook.reports.drilling.heads import head, titled
from orebook.reports.printed import Passage, Printed, PrintedCell, PrintedColumn, PrintedRow, PrintedTable, Sheet
from orebook.reports.rounding import as_is


def seen(sheet: Sheet, *, most: int) -> Printed:
    """A stored table as a page, its first rows only when there are more than ``most``, which is said below it.

    >>> page = seen(Sheet("assays", pl.DataFrame({"hole": ["A", "B"], "au_gpt": [1.25, None]})), most=1)
    >>> page.tables()[0].cells(), page.tables()[0].footnotes
    ([['A', '1.25']], ('The table has 2 rows; a file gets them all.',))
    """
    frame = sheet.frame.head(most)
    columns = tuple(_column(frame, name) for name in frame.columns)
    rows = tuple(
        PrintedRow(tuple(_cell(value, column) for value, column in zip(row, columns, strict=True)))
        for row in frame.iter_rows()
    )
    left = (f"The table has {sheet.frame.height:,} rows; a file gets them all.",) if sheet.frame.height > most else ()
    table = PrintedTable(sheet.doc, "", columns, rows, left)
    return Printed(sheet.doc, (Passage(sheet.doc, "heading"), table), remark=sheet.remark)


def _column(frame: pl.DataFrame, name: str) -> PrintedColumn:
    number = frame.schema[name].is_numeric()
    known = head(name)
    title = titled(known.words, known.unit, "brackets") if number and unit_of(name) else name
    return PrintedColumn(name, title, known.unit, None, "right" if number else "left")


def _cell(value: object, column: PrintedColumn) -> PrintedCell:
    if value is None or value != value:
        return PrintedCell("")
    if isinstance(value, bool | str):
        return PrintedCell(str(value), value)
    if isinstance(value, int | float):
        return PrintedCell(as_is(value) if isfinite(value) else str(value), value)
    return PrintedCell(str(value), str(value))
