"""Facts as one JSON object, with what could not be used."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.shapes import Shape, array, assist, fact, trouble
from orebook.reports.trouble import Trouble


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the object piece by piece."""
    troubles: list[Shape] = []
    assists: list[Shape] = []
    return array("facts", _facts(results, troubles, assists), troubles, assists)


def _facts(results: Iterable[Facts | Trouble], troubles: list[Shape], assists: list[Shape]) -> Iterator[Shape]:
    for result in results:
        if isinstance(result, Trouble):
            troubles.append(trouble(result))
            continue
        assists += [] if result.assist is None else [assist(result.doc, result.assist)]
        said = zip_longest(result.facts, result.stands)
        yield from (fact(result.doc, one, result.head, stand) for one, stand in said)
