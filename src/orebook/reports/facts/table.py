"""Facts for people: a table for each document, in the order of reading."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.checks.saying import figure
from orebook.ground.fact import Fact, Words
from orebook.reports.about import about
from orebook.reports.paper import Paper, columns, fit, shown
from orebook.reports.results import Facts
from orebook.reports.standing import named
from orebook.reports.trouble import Trouble

_HEADER = ("measure", "figure", "about")
_WIDEST = 32
"""So many columns at most for measures and figures; longer words are cut."""


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a table for each document."""
    for result in results:
        if isinstance(result, Facts):
            count = len(result.facts)
            yield f"{paper.ink('strong', shown(result.doc))}: {count:,} {'fact' if count == 1 else 'facts'}\n"
            places = [named(stand.places) for stand in result.stands]
            rows = [_row(fact, place) for fact, place in zip_longest(result.facts, places)]
            yield from _table(("place" if any(places) else "line", *_HEADER), rows, paper)
            yield "\n"


def _row(fact: Fact, place: str | None) -> tuple[str, str, str, str]:
    """The place of a fact, its measure, its figure, and what it is about."""
    words = fact.figure.value if isinstance(fact.figure, Words) else figure(fact.figure)
    return shown(place or str(fact.source.line)), fact.measure, shown(words), shown(" · ".join(about(fact)))


def _table(header: tuple[str, str, str, str], rows: list[tuple[str, str, str, str]], paper: Paper) -> Iterator[str]:
    """Yield the lines of a table: figures to the right, words to the left; cut only where the paper ends."""
    if not rows:
        return
    widths = [min(max(columns(row[at]) for row in [header, *rows]), _WIDEST) for at in range(3)]
    room = max(paper.width - sum(widths) - 6, 20) if paper.width else None
    for number, row in enumerate([header, *rows]):
        line, measure, value = (fit(row[at], widths[at]) for at in range(3))
        rest = fit(row[3], room) if room else row[3]
        words = "  ".join((_right(line, widths[0]), _left(measure, widths[1]), _right(value, widths[2]), rest))
        yield (words if number else paper.ink("faint", words)).rstrip() + "\n"


def _right(words: str, width: int) -> str:
    return " " * (width - columns(words)) + words


def _left(words: str, width: int) -> str:
    return words + " " * (width - columns(words))
