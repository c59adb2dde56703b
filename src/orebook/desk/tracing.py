"""Tracing: the holes of a book in space, for other programs."""

from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.prepared import core_samples, laid_paths
from orebook.book.problems import BookError
from orebook.ground.schema import ABOVE, BELOW, TOKEN
from orebook.reports.traced import Traces, traces

TRACES = "traces"
"""What they are called."""

_STEP = {"m": 10.0, "ft": 30.0}
"""How far apart the points of a trace are, in the unit of the book."""


def traced(book: Book) -> Traces:
    """Collars, points along all holes, and the samples with the positions of both ends."""
    with book.still():
        settings = book.settings
        bench = Bench(settings, book.table)
        paths = laid_paths(bench)
        collars = bench.need("collars", "traces").drop("row")
        has_samples = bench.table("assays") is not None
        table = core_samples(bench).drop("row") if has_samples else None
    if table is not None:
        ends = paths.ends(table)
        placed = [column for column in ends.columns if column.startswith(("easting", "northing", "elevation"))]
        plain = [column for column in table.columns if not column.endswith((BELOW, ABOVE, TOKEN))]
        table = table.select(plain).with_columns(ends.select(placed).get_columns())
    try:
        points = paths.trace(_STEP[settings.length])
    except ValueError as problem:
        raise BookError(f"{book.folder}: traces: {problem}") from None
    return traces(book.folder.resolve().name, collars, points, table, crs=settings.crs)
