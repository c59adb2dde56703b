"""Traces as comma-separated values: the points along the holes, every digit kept."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.traced import Traces
from orebook.reports.trouble import Trouble


def page(results: Iterable[Traces | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the points of every hole, the head once."""
    first = True
    for result in results:
        if isinstance(result, Traces):
            yield result.points.write_csv(include_header=first)
            first = False
