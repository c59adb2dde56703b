"""Rules as one JSON object."""

from collections.abc import Iterable, Iterator

from orebook.checks import Rule
from orebook.reports.paper import Paper
from orebook.reports.shapes import Shape, array, rule
from orebook.reports.trouble import Trouble


def page(results: Iterable[Rule | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the object piece by piece."""
    troubles: list[Shape] = []
    return array("rules", (rule(each) for each in results if isinstance(each, Rule)), troubles)
