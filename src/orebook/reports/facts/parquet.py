"""Facts as a Parquet file, for data frames and databases."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.shards import parquet, rows
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once."""
    yield parquet("facts", (row for result in results if isinstance(result, Facts) for row in rows(result)))
