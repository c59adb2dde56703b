"""Tables as a Parquet file: a stored table as it is, or a row for each printed cell with its value and its address."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import polars as pl

from orebook.reports.cells import CELLS, cell_rows
from orebook.reports.pages import Result
from orebook.reports.paper import Paper
from orebook.reports.printed import Printed, Sheet

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""


def page(results: Iterable[Result], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once.

    A Parquet file holds one table: a single stored one, or the cells of all printed ones. Raises ``ValueError`` for
    several stored tables.
    """
    found = list(results)
    stored = [result.frame for result in found if isinstance(result, Sheet)]
    printed = [result for result in found if isinstance(result, Printed)]
    if len(stored) > 1 or (stored and printed):
        raise ValueError("a Parquet file holds one table; ask for one at a time")
    rows = [row for result in printed for table in result.tables() for row in cell_rows(result.doc, table)]
    frame = stored[0] if stored else pl.DataFrame(rows, schema=CELLS, orient="row")
    sheet = BytesIO()
    frame.write_parquet(sheet)
    yield sheet.getvalue()
