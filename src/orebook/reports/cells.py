"""Cells: printed tables as plain objects and rows for programs, each cell with its value and its address."""

from collections.abc import Iterator

import polars as pl

from orebook.reports.printed import Address, PrintedTable, filled
from orebook.reports.shapes import VERSION, Shape

CELLS: dict[str, pl.DataType] = {
    "doc": pl.String(),
    "table": pl.String(),
    "row": pl.Int64(),
    "kind": pl.String(),
    "column": pl.String(),
    "head": pl.String(),
    "unit": pl.String(),
    "printed": pl.String(),
    "number": pl.Float64(),
    "from_table": pl.String(),
    "from_row": pl.String(),
    "from_column": pl.String(),
}
"""The columns of a table of printed cells: what is printed where, the unrounded number, and where that comes from."""


def table_shape(doc: str, table: PrintedTable) -> Shape:
    """A printed table as a plain object."""
    return {
        "schema_version": VERSION,
        "doc": doc,
        "name": table.name,
        "caption": table.caption,
        "columns": [
            {"key": column.key, "head": column.head, "unit": column.unit, "decimals": column.decimals}
            for column in table.columns
        ],
        "rows": [
            {
                "kind": row.kind,
                "depth": row.depth,
                "cells": [
                    {"text": cell.text, "value": cell.value, "address": _address(cell.address)} for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "footnotes": list(table.footnotes),
        "remarks": list(table.remarks),
    }


def _address(found: Address | None) -> Shape | None:
    return None if found is None else {"table": found.table, "row": found.row, "column": found.column}


def row_shapes(doc: str, table: PrintedTable) -> Iterator[Shape]:
    """Yield each row of a printed table as a plain object, under the keys of its columns."""
    keys = [column.key for column in table.columns]
    for row in table.rows:
        cells = list(zip(keys, filled(row, len(keys)), strict=True))
        yield {
            "schema_version": VERSION,
            "doc": doc,
            "table": table.name,
            "kind": row.kind,
            "depth": row.depth,
            "printed": {key: cell.text for key, cell in cells},
            "values": {key: cell.value for key, cell in cells},
        }


def cell_rows(doc: str, table: PrintedTable) -> Iterator[tuple[object, ...]]:
    """Yield each cell that says something as a row of the columns ``CELLS``."""
    for number, column, cell in table.addressed():
        value = float(cell.value) if isinstance(cell.value, int | float) else None
        place = cell.address or ("", "", "")
        kind = table.rows[number].kind
        head = (doc, table.name, number, kind, column.key, column.head, column.unit)
        yield (*head, cell.text, value, *(str(part) for part in place))
