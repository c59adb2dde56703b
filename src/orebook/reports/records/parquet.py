"""Records as a Parquet file, a row for each, grades nested in it."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Records
from orebook.reports.shards import parquet, rows
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""


def page(results: Iterable[Records | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once."""
    yield parquet("records", (row for result in results if isinstance(result, Records) for row in rows(result)))
