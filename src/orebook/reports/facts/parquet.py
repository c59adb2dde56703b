"""Facts as a Parquet file, for data frames and databases."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import polars as pl

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.rows import fact_row, types
from orebook.reports.shapes import Shape
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_TYPES = {"text": pl.String, "number": pl.Float64, "whole": pl.Int64}


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once."""
    read = (result for result in results if isinstance(result, Facts))
    rows = [_storable(fact_row(result.doc, said)) for result in read for said in result.facts]
    schema = {column: _TYPES[kind] for column, kind in types("fact_row").items()}
    sheet = BytesIO()
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(sheet)
    yield sheet.getvalue()


def _storable(row: Shape) -> Shape:
    """A row in which every text is UTF-8, whatever a file name may hold."""
    return {
        column: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
        for column, value in row.items()
    }
