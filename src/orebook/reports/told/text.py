"""What was done, for people."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper, shown
from orebook.reports.results import Told
from orebook.reports.trouble import Trouble


def page(results: Iterable[Told | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the lines; the first of each is strong."""
    for result in results:
        if isinstance(result, Told):
            for number, line in enumerate(result.lines[:1] if paper.quiet else result.lines):
                words = shown(line)
                yield f"{words if number else paper.ink('strong', words)}\n"
