"""Tables as JSON, one row a line: the printed words and the unrounded values under the keys of the columns."""

from collections.abc import Iterable, Iterator

from orebook.reports.cells import row_shapes
from orebook.reports.pages import Result
from orebook.reports.paper import Paper
from orebook.reports.printed import Printed, Sheet
from orebook.reports.shapes import line

_AT_ONCE = 100_000
"""So many rows of a stored table are written at once."""


def page(results: Iterable[Result], paper: Paper) -> Iterator[str]:
    """Yield a line for each row."""
    for result in results:
        if isinstance(result, Printed):
            for table in result.tables():
                yield from (line(shape) for shape in row_shapes(result.doc, table))
        elif isinstance(result, Sheet):
            for at in range(0, result.frame.height, _AT_ONCE):
                yield result.frame.slice(at, _AT_ONCE).write_ndjson()
