"""Facts for people: a table for each document, in the order of reading."""

from collections.abc import Iterable, Iterator

from orebook.ground.fact import Fact
from orebook.reports.paper import Paper, columns, fit, shown
from orebook.reports.results import Facts, Trouble

_HEADER = ("line", "measure", "figure", "about")
_UNSAID = frozenset({"place", "label", "column", "table", "row"})
"""Where a fact stands in the document; the line says it shorter."""


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a table for each document."""
    for result in results:
        if isinstance(result, Facts):
            count = len(result.facts)
            yield f"{paper.ink('strong', shown(result.doc))}: {count:,} {'fact' if count == 1 else 'facts'}\n"
            yield from _table([_row(fact) for fact in result.facts], paper)
            yield "\n"


def _row(fact: Fact) -> tuple[str, str, str, str]:
    about = " · ".join(f"{key} {value}" for key, value in fact.about.items() if value and key not in _UNSAID)
    return str(fact.source.line), fact.measure, shown(str(fact.figure)), shown(about)


def _table(rows: list[tuple[str, str, str, str]], paper: Paper) -> Iterator[str]:
    """Yield the lines of a table: numbers to the right, words to the left, the last column as wide as the paper allows."""
    if not rows:
        return
    widths = [min(max(columns(row[at]) for row in [_HEADER, *rows]), 48) for at in range(3)]
    room = max(paper.width - sum(widths) - 6, 20) if paper.width else None
    for number, row in enumerate([_HEADER, *rows]):
        line, measure, figure, about = (*(fit(row[at], widths[at]) for at in range(3)), row[3])
        last = fit(about, room) if room else about
        words = "  ".join((_right(line, widths[0]), _left(measure, widths[1]), _right(figure, widths[2]), last))
        yield (words if number else paper.ink("faint", words)).rstrip() + "\n"


def _right(words: str, width: int) -> str:
    return " " * (width - columns(words)) + words


def _left(words: str, width: int) -> str:
    return words + " " * (width - columns(words))
