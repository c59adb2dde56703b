"""Records as JSON, one object a line."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.reports.paper import Paper
from orebook.reports.results import Records
from orebook.reports.shapes import line, record
from orebook.reports.trouble import Trouble


def page(results: Iterable[Records | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a line for each record."""
    for result in results:
        if isinstance(result, Records):
            for said, stand in zip_longest(result.records, result.stands):
                yield line(record(result.doc, said, result.head, stand))
