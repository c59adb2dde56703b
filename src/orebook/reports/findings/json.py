"""Findings as one JSON object, with what could not be used."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Checked
from orebook.reports.shapes import Shape, array, finding, trouble
from orebook.reports.trouble import Trouble


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the object piece by piece."""
    troubles: list[Shape] = []
    return array("findings", _findings(results, troubles), troubles)


def _findings(results: Iterable[Checked | Trouble], troubles: list[Shape]) -> Iterator[Shape]:
    for result in results:
        if isinstance(result, Trouble):
            troubles.append(trouble(result))
        else:
            yield from (finding(result.document.name, found) for found in result.findings)
