"""Beside: the figures of a document beside those of the book, worked out once for each state of both."""

from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from orebook.book.folder import Book
from orebook.desk.crew.batch import Job
from orebook.desk.drafting.against import beside_book as known_beside
from orebook.desk.drafting.by_facts import Said, Sayings, facts_of, period_of
from orebook.desk.looking import Looked, beside_book, placed
from orebook.faces.web.papers.library import Held, Library
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.works import Work
from orebook.ground.telling import heard_by
from orebook.reading.placed import Placed
from orebook.reading.reading import Reading
from orebook.reports.trouble import Trouble

_SOON_S = 0.4
"""So long a page waits for it before it is shown without."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the numbers of a document lead in the book, and why others could not be compared."""

    placed: tuple[Placed, ...]
    note: str = ""


@dataclass(frozen=True)
class _Sayings(Sayings):
    """What drafts of the book would say, kept as long as its files stand."""

    shelf: Shelf | None = None

    def of(self, period: str) -> Said:
        """What the book says of a period."""
        if self.shelf is None:
            return super().of(period)
        return self.shelf.kept(("said of", period), lambda book: facts_of(book, period))


class Beside:
    """The documents of one server beside its book."""

    def __init__(self, shelf: Shelf, library: Library) -> None:
        self._shelf, self._library = shelf, library
        self._begun: dict[object, Work] = {}
        self._lock = Lock()

    def put(self, looked: Looked, held: Held, link: str) -> tuple[Looked, str, Work | None]:
        """A document with its figures put beside the book, what there is to say of that, and the work that does it yet.

        ``link`` is the page that shows the document.
        """
        shelf = self._shelf
        if not shelf.book.tables():
            return looked, "", None
        key = ("beside", held.item.name, held.stamp)
        found: Placing | None = shelf.there(key)
        if found is None:
            work = self._begin(key, looked.reading, held, link)
            shelf.works.wait(work, _SOON_S)
            found = shelf.there(key)
        if found is None:
            return looked, work.problem, work if work.state == "running" else None
        return beside_book(looked, held.stamp[2], found.placed) if found.placed else looked, found.note, None

    def _begin(self, key: tuple[object, ...], reading: Reading, held: Held, link: str) -> Work:
        with self._lock:
            work = self._begun.get(key)
            if work is None or work.state != "running":
                do = partial(self._put, key, reading, held)
                work = self._shelf.works.begin(f"Putting {held.key} beside the book", do, link)
                self._begun = {name: one for name, one in self._begun.items() if one.state == "running"} | {key: work}
        return work

    def _put(self, key: tuple[object, ...], reading: Reading, held: Held, work: Work) -> None:
        work.step(0, saying="what the book would say is made of its tables")
        with heard_by(work.step):
            self._shelf.kept(key, lambda book: self._placing(book, reading, held, work))

    def _placing(self, book: Book, reading: Reading, held: Held, work: Work) -> Placing:
        """Where the numbers lead: looked for within the limits of the document, whatever it holds."""
        notes: list[str] = []
        known = known_beside(book, [held.item.place or held.item.name], notes, _Sayings(book.folder, shelf=self._shelf))
        if known.facts is not None:  # of another process is asked only what it is told beforehand
            said = {period: known.facts.of(period) for period in ("", period_of(reading))}
            known = replace(known, facts=Sayings(book.folder, said))
        found = self._library.done(Job(held.item, partial(placed, known)), held, work)
        if isinstance(found, Trouble):
            return Placing((), f"not compared with the book: {found.what}")
        return Placing(found, "; ".join(notes))
