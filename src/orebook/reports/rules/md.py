"""Rules as Markdown: their pages, one after the other."""

from collections.abc import Iterable, Iterator

from orebook.checks import Rule
from orebook.reports.paper import Paper
from orebook.reports.trouble import Trouble


def page(results: Iterable[Rule | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the page of each rule."""
    rules = (rule for rule in results if isinstance(rule, Rule))
    for number, rule in enumerate(rules):
        yield ("\n" if number else "") + rule.page
