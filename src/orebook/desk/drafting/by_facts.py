"""By facts: what a book would say in a release, fact by fact, for documents that were not drafted from it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from orebook.book.folder import Book, find
from orebook.book.making import make
from orebook.book.problems import BookError
from orebook.desk.drafting import drilling, quarter
from orebook.desk.drafting.asked import Asked
from orebook.desk.drafting.by_intervals import Key, Known, intervals_of, is_of_interval, placed_by_intervals
from orebook.desk.drafting.files import as_bytes
from orebook.ground.fact import Fact, Words
from orebook.reading.placed import Placed
from orebook.reading.read import read_bytes
from orebook.reading.reading import Reading
from orebook.reading.tokens import lines_of
from orebook.reports.layouts import LayoutError
from orebook.reports.release.composing import ROOM, compose
from orebook.reports.release.register import placed_in, register_of
from orebook.reports.templating import Shelf

_LOOKS = frozenset({"column", "table", "label", "place", "zone", "context"})
"""What a fact says of how its document looks."""

_REPORTED = re.compile(r"\d{4}(?:-(?:Q[1-4]|H[12]|9M))?")
"""The labels of periods that are reported on: quarters, halves, nine months, years."""

_DEPTHS = ("from", "to")
_ENDS = frozenset({"to"})
"""What sentences leave out where they say the length of an interval."""


class Said(NamedTuple):
    """What drafts of a book would say, by what it is about, and the period of the draft on a quarter."""

    facts: Mapping[Key, Known] = MappingProxyType({})
    period: str = ""


@dataclass(frozen=True)
class Sayings:
    """What drafts of a book would say of one period or another, each made when it is first asked for."""

    folder: Path
    known: dict[str, Said] = field(default_factory=dict)

    def of(self, period: str) -> Said:
        """What the book says of a period; of its last whole quarter when none is named."""
        if period not in self.known:
            self.known[period] = facts_of(find(str(self.folder)), period)
        return self.known[period]


def known_for(reading: Reading, of: Callable[[str], Said]) -> Mapping[Key, Known]:
    """What the book would say where a document speaks: of its own last quarter, and of that of the document."""
    last, own = of(""), period_of(reading)
    return last.facts if own in ("", last.period) else {**last.facts, **of(own).facts}


def period_of(reading: Reading) -> str:
    r"""The period that a document reports on: the last of those of which it says nearly the most; nothing without any.

    >>> from orebook.reading.read import read_text
    >>> said = "Stang Mine\n\n| Production | Three Months Ended September 30, 2019 | 2018 |\n|---|---|---|\n"
    >>> period_of(read_text("a.md", said + "| Ore milled (tonnes) | 1,840,000 | 1,790,000 |\n"))
    '2019-Q3'
    """
    labels = (fact.about.get("period", "") for fact in reading.facts)
    counts = Counter(label for label in labels if _REPORTED.fullmatch(label))
    most = max(counts.values(), default=0)
    return max((label for label, count in counts.items() if 2 * count >= most), default="")


def facts_of(book: Book, period: str = "") -> Said:
    """Every fact that a draft of the book would say, by what it is about; one that is said in two ways is left out.

    Where a period is named, what is said of it alone.
    """
    found: dict[Key, Known] = {}
    twice: set[Key] = set()
    told = ""
    for key, known, of in _said(book, period):
        told = told or of
        if key in found and found[key].value != known.value:
            twice.add(key)
        found.setdefault(key, known)
    return Said({key: known for key, known in found.items() if key not in twice}, told)


def _said(book: Book, period: str) -> Iterator[tuple[Key, Known, str]]:
    """Yield the facts of each draft that the book allows, with the period of the draft."""
    for kind in (quarter,) if period else (drilling, quarter):
        asked = Asked(book, "draft", None, period if kind is quarter else "")
        needed = kind.needs(asked, book.tables())
        if not needed:
            continue
        try:
            source = kind.source(asked, make(book, needed, record=False))
            draft = compose(source, Shelf(ROOM, []))
        except (BookError, LayoutError):
            continue  # a book that cannot draft this has nothing to be compared with
        reading = read_bytes("draft.md", as_bytes(draft, "md"))
        places = placed_in(register_of(draft), lines_of(reading.layout))
        for key, known in _joined(reading.facts, [each for each in places if not each.gone]):
            yield key, known, source.period


def _joined(facts: Sequence[Fact], places: Sequence[Placed]) -> Iterator[tuple[Key, Known]]:
    """Yield each fact whose number was placed."""
    at: dict[int, Placed] = {start: each for each in places for start in range(each.start, each.end)}
    for fact in facts:
        placed = at.get(fact.source.start)
        if placed is not None and placed.value is not None and not isinstance(fact.figure, Words):
            known = Known(placed.value, placed.address, placed.drafted)
            yield from ((key, known) for key in dict.fromkeys((_key(fact), _key(fact, _ENDS))))


def _key(fact: Fact, less: frozenset[str] = frozenset()) -> Key:
    """What a fact is about, however its document looks and to however many digits it prints depths."""
    said = ((key, _plain(said) if key in _DEPTHS else said) for key, said in fact.about.items())
    return fact.measure, fact.figure.unit, tuple(sorted(one for one in said if one[0] not in _LOOKS | less))


def _plain(depth: str) -> str:
    try:
        return f"{Decimal(depth).normalize():f}"
    except ArithmeticError:
        return depth


def placed_by_facts(reading: Reading, known: Mapping[Key, Known]) -> Iterator[Placed]:
    """Yield the numbers of a document that say what the book says as well, with what the book has."""
    for fact in reading.facts:
        told = None if isinstance(fact.figure, Words) else known.get(_key(fact))
        if told is not None and not is_of_interval(told):
            source = fact.source
            yield Placed(source.start, source.end, told.value, told.address, told.printed, told.value)
    yield from placed_by_intervals(reading.facts, intervals_of(known))
