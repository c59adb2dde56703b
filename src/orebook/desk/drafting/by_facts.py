"""By facts: what a book would say in a release, fact by fact, for documents that were not drafted from it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from orebook.book.folder import Book
from orebook.book.making import make
from orebook.book.problems import BookError
from orebook.desk.drafting import drilling, quarter
from orebook.desk.drafting.asked import Asked
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

_DEPTHS = ("from", "to")
_ENDS = frozenset({"to"})
"""What sentences leave out where they say the length of an interval."""

Key = tuple[str, str, tuple[tuple[str, str], ...]]


class Known(NamedTuple):
    """What the book has of a fact: the value, its address, and the words that a draft would print."""

    value: float
    address: str
    printed: str


def facts_of(book: Book, period: str = "") -> dict[Key, Known]:
    """Every fact that a draft of the book would say, by what it is about; one that is said in two ways is left out."""
    found: dict[Key, Known] = {}
    twice: set[Key] = set()
    for key, known in _said(book, period):
        if key in found and found[key].value != known.value:
            twice.add(key)
        found.setdefault(key, known)
    return {key: known for key, known in found.items() if key not in twice}


def _said(book: Book, period: str) -> Iterator[tuple[Key, Known]]:
    """Yield the facts of each draft that the book allows."""
    for kind in (drilling, quarter):
        asked = Asked(book, "draft", None, period if kind is quarter else "")
        needed = kind.needs(asked, book.tables())
        if not needed:
            continue
        try:
            draft = compose(kind.source(asked, make(book, needed, record=False)), Shelf(ROOM, []))
        except (BookError, LayoutError):
            continue  # a book that cannot draft this has nothing to be compared with
        reading = read_bytes("draft.md", as_bytes(draft, "md"))
        places = placed_in(register_of(draft), lines_of(reading.layout))
        yield from _joined(reading.facts, [each for each in places if not each.gone])


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
        if told is not None and fact.measure not in _PLACES:
            source = fact.source
            yield Placed(source.start, source.end, told.value, told.address, told.printed, told.value)


_PLACES = ("drilling.from", "drilling.to", "drilling.hole")
"""What a fact is told by is no figure of its own."""
