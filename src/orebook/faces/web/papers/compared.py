"""Compared: an edited draft put beside the book, so that each number that is another now is told in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from orebook.desk.drafting.against import against_draft
from orebook.desk.inputs import fetched
from orebook.desk.looking import Looked, beside_book, look
from orebook.desk.work import Hands, Job, each
from orebook.faces.web.papers.drafted import Wanted, waited
from orebook.faces.web.papers.drops import Dropped
from orebook.faces.web.papers.library import Held
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.works import Work
from orebook.reports.trouble import Trouble

OFF, GONE, OPEN = "D117", "D118", "D119"
"""The rules that put a document beside its book: other numbers, numbers that are gone, gaps that are left open."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What came of a comparison: ``title`` and ``link`` are those of the draft, ``counts`` has findings by rule."""

    title: str
    link: str
    numbers: int
    counts: Mapping[str, int]

    @property
    def agree(self) -> int:
        """How many numbers are those of the book."""
        return self.numbers - self.counts[OFF] - self.counts[GONE]


def comparing(shelf: Shelf, file: Dropped, held: Held, wanted: Wanted, link: str, draft: str) -> Work:
    """The work that puts a document beside the draft of now, the same however often it is asked for.

    ``link`` is the page of the comparison, ``draft`` that of the draft.
    """
    key = "beside", wanted, shelf.state()
    work = file.tried.get(key)
    if work is None or work.state == "failed":
        do = partial(_compare, shelf, held, wanted, draft)
        work = file.tried[key] = shelf.works.begin(f"Comparing {file.name} with the book", do, link)
    return work


def _compare(shelf: Shelf, held: Held, wanted: Wanted, draft: str, _: Work) -> Looked | Trouble:
    drafted = waited(shelf, wanted, draft).register
    data = fetched(held.item)
    if isinstance(data, Trouble):
        return data
    job = Job(held.item, partial(look, held.stamp[2]))
    looked = next(iter(each([job], Hands(1, minded=not held.light))))
    if isinstance(looked, Trouble):
        return looked
    known = against_draft(shelf.book, held.item.name, data, drafted)
    return beside_book(looked, held.stamp[2], known.placed(held.item.name, looked.reading))


def beside(looked: Looked, title: str, link: str) -> Beside:
    """What came of a comparison."""
    codes = [finding.code for finding in looked.checked.findings]
    return Beside(
        title, link, len(looked.reading.placed or ()), {code: codes.count(code) for code in (OFF, GONE, OPEN)}
    )
