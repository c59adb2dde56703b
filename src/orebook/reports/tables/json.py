"""Tables as one JSON object, every cell with its words, its unrounded value and its address."""

from collections.abc import Iterable, Iterator

import polars as pl

from orebook.reports.cells import table_shape
from orebook.reports.pages import Result
from orebook.reports.paper import Paper
from orebook.reports.printed import Printed, Sheet
from orebook.reports.shapes import Shape, array, trouble


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield the object piece by piece."""
    troubles: list[Shape] = []
    return array("tables", _tables(results, troubles), troubles)


def _tables(results: Iterable[Result], troubles: list[Shape]) -> Iterator[Shape]:
    for result in results:
        if isinstance(result, Printed):
            yield from (table_shape(result.doc, table) for table in result.tables())
        elif isinstance(result, Sheet):
            frame = result.frame.with_columns(pl.selectors.temporal().cast(pl.String))
            yield {"doc": result.doc, "columns": frame.columns, "rows": frame.to_dicts()}
        else:
            troubles.append(trouble(result))
