"""Drafted: the drafts of a book as pages show them, each made once until the book or its templates change."""

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.desk.config import settings_for
from orebook.desk.draft import draft
from orebook.desk.drafting.own_templates import FOLDER
from orebook.desk.drafting.proof import Proof, proofread
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.works import Work
from orebook.reports.release.draft import Draft

_REMEMBERED = 16
"""So many drafts are remembered; those that nobody asked for the longest go first."""


class Wanted(NamedTuple):
    """A draft that somebody wants to see: which release, of which period, on which day."""

    what: str
    period: str = ""
    day: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What an address says of it."""
        return {name: value for name, value in self._asdict().items() if value}


def proof_of(shelf: Shelf, wanted: Wanted, link: str) -> Work:
    """The work whose result is the proof of a draft, the same for all who ask; one that failed begins anew."""
    works: OrderedDict[object, Work] = shelf.held("drafts", OrderedDict)
    key = wanted, shelf.state(), tuple(_templates(shelf.book))
    work = works.get(key)
    if work is None or work.state == "failed":
        work = works[key] = shelf.works.begin(f"Drafting {wanted.what}", partial(_proof, shelf.book, wanted), link)
        while len(works) > _REMEMBERED:
            works.popitem(last=False)
    return work


def waited(shelf: Shelf, wanted: Wanted, link: str) -> Proof:
    """A draft, however long it takes.

    Raises ``BookError`` where none can be made.
    """
    work = proof_of(shelf, wanted, link)
    shelf.works.wait(work)
    return proof_in(work)


def proof_in(work: Work) -> Proof:
    """The draft that a work has made.

    Raises ``BookError`` where none could be.
    """
    if work.state == "failed":
        raise BookError(work.problem)
    proof: Proof = work.result
    return proof


def _templates(book: Book) -> Iterator[tuple[str, int, int]]:
    """Yield what the templates of a book are known by."""
    folder = book.folder / FOLDER
    for file in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        told = file.stat()
        yield file.name, told.st_size, told.st_mtime_ns


def _proof(book: Book, wanted: Wanted, _: Work) -> Proof:
    answer = draft(
        "quarter" if wanted.what == "quarter" else "drilling",
        day=wanted.day,
        period=wanted.period,
        dry_run=True,
        book=str(book.folder),
        wait=int(book.wait_s),
    )
    (made,) = (one for one in answer.results if isinstance(one, Draft))
    name = Path(f"{wanted.what}-{wanted.period}" if wanted.period else wanted.what)
    settings = settings_for(str(book.folder / "drafts" / name), {})
    return proofread(made, settings, answer.notes)
