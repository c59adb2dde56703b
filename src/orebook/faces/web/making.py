"""Making for pages: results made of the book for a look at them, once for everybody, until its files change."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from orebook.book.folder import Book
from orebook.book.making import Done, made
from orebook.book.rests import RESTS, ROWS
from orebook.book.results import results
from orebook.desk.answer import AskedWronglyError
from orebook.desk.grounds import made_with, result_of
from orebook.desk.printing import PAGES, made_of, names, wanted
from orebook.faces.web.shelf import Shelf

_FIRST = ("quarter", "drilling")
"""The pages that are shown: what they are made of is asked for the most."""


def page_done(shelf: Shelf, name: str) -> Done:
    """What a page of that name is made of."""
    return shelf.kept(("done", name), lambda book: made_of(book, name))


TENURE = ("interests", "earn_ins", "milestones", "permits", "royalties", "tenure")
"""What is held, is to be done and was agreed: results that stand on a day."""


def done_on(shelf: Shelf, day: str) -> Done:
    """What is held and agreed as it stood on a day, or on the last day that the book tells of when none is said.

    Raises ``AskedWronglyError`` for what is no day.
    """
    try:
        said = date.fromisoformat(day) if day else None
    except ValueError:
        raise AskedWronglyError(f"{day!r} is no day; write one such as 2011-09-30") from None
    return shelf.kept(("tenure", said), lambda book: _made_on(book, said))


def _made_on(book: Book, day: date | None) -> Done:
    settings = book.settings
    if day is not None:
        dated = {name: {**settings.result(name), "as_of": day} for name in TENURE}
        settings = replace(settings, results={**settings.results, **dated})
    return made(book, TENURE, strict=False, settings=settings)


class Part(NamedTuple):
    """A part of a result in a list: its name, and how many rows and columns it has."""

    name: str
    rows: int
    columns: int


class Unrecorded(NamedTuple):
    """A result that no step tells of as it is now; ``old`` says that one tells of how it was before."""

    name: str
    about: str
    parts: list[Part]
    old: bool


class Everything(NamedTuple):
    """What can be made of a book now and was not recorded so, and why the rest cannot be made."""

    unrecorded: list[Unrecorded]
    wrong: list[tuple[str, str]]


EVERYTHING = "everything"
"""The name under which a server keeps what can be made of its book."""


def everything(shelf: Shelf) -> Everything:
    """What can be made of the book and is not recorded as it is now."""
    return shelf.kept(EVERYTHING, _everything)


def _everything(book: Book) -> Everything:
    known = names(book.settings)
    done = made(book, [name for name in known if name not in PAGES or name in results()], strict=False)
    there = set(book.results())
    return Everything(
        [
            Unrecorded(
                name,
                known[name],
                [Part(part, frame.height, frame.width) for part, frame in one.parts.items()],
                bool(there & set(one.parts)),
            )
            for name, one in done.made.items()
            if name not in done.steps
            and any(frame.height for part, frame in one.parts.items() if not part.endswith((RESTS, ROWS)))
        ],
        sorted(done.wrong.items()),
    )


def done_with(shelf: Shelf, part: str) -> Done | None:
    """What was made with a part of a result in it, and with the parts on which its figures rest.

    That of a page that is shown, where it has the part, else made of the result alone; nothing where no result has it.
    """
    result = result_of(shelf.book, part)
    there = shelf.book.tables()
    if not result:
        return None
    for page in _FIRST:
        if page in PAGES and result in wanted(page, there):
            return page_done(shelf, page)
    return made_with(shelf.book, part, lambda names: shelf.kept(("made", *names), lambda book: made(book, names)))
