"""Facts as JSON, one object a line."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.shapes import fact, line
from orebook.reports.trouble import Trouble


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a line for each fact."""
    for result in results:
        if isinstance(result, Facts):
            for said, stand in zip_longest(result.facts, result.stands):
                yield line(fact(result.doc, said, result.head, stand))
