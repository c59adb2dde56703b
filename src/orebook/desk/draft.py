"""Draft a release from the book: headline, tables, figures, cautions, contacts; every number leads back to its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from orebook.book.folder import Book, find
from orebook.book.making import Done
from orebook.book.making import make as made
from orebook.book.problems import BookError, SettingsError
from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.drafting import drilling
from orebook.desk.printing import layouts
from orebook.reports.layouts import LayoutError
from orebook.reports.release.composing import ROOM, compose
from orebook.reports.release.draft import Draft
from orebook.reports.templating import Shelf

SHOWN_AS = ("drafts",)

What = Literal["drilling"]

TEMPLATES = "templates"
"""The folder of a book with its own templates."""


def draft(what: What, *, day: str = "", book: str = "", wait: int = 10) -> Answer[Draft]:
    """Make the draft of a release from a book.

    The draft is a whole release: headline, dateline, highlights, tables, figures with numbers and captions, sampling
    and quality control, qualified person, about the company, cautions, contacts. Every number in it is looked up in a
    result, rounded once, and keeps the address of its rows: orebook why tells what is behind it. What only a person
    can say and book.toml does not say stands there as [to be completed: …].

    Options:
        what: Which release.
        day (DAY): The day of the release, such as 2026-11-29; release.day of book.toml when it is not said.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook draft drilling --book kestrel
        orebook draft drilling --book kestrel -o release.html
    """
    target = find(book, wait)
    layouts(target.settings)
    published = _day(target, day)
    answer: Answer[Draft] = Answer("drafts", iter(()), what=what)
    answer.results = _drafted(target, what, published, answer.notes)
    return answer


def _day(target: Book, said: str) -> date | None:
    """The day of the release: the one that is said, else that of book.toml.

    Raises ``AskedWronglyError`` for what is no day.
    """
    if said:
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise AskedWronglyError(f"--day is {said!r}; write a day such as 2026-11-29") from None
    found = target.settings.release.get("day")
    return found if isinstance(found, date) else None


def _drafted(target: Book, what: What, day: date | None, notes: list[str]) -> Iterator[Draft]:
    """Make the results, then the draft; the book keeps the results only when the draft could be made."""
    there = target.tables()
    needed = [name for name, table in drilling.NEEDS.items() if table in there]
    if "intercepts" in needed and "rules" not in target.settings.result("intercepts"):
        needed.remove("intercepts")
        notes.append("no rules of intersections in book.toml: the draft has no table of them")
    if not needed:
        raise BookError(f"{target.folder}: {what}: the book has none of the tables that this is made of")
    found: list[Draft] = []
    done = made(target, needed, look=lambda done: found.append(_composed(target, what, done, day, notes)))
    if done.unrecorded:
        notes.append(f"{done.unrecorded}; the results are not recorded")
    for one in found:
        yield replace(one, made=tuple(done.steps.items()), remark=_gaps(one))


def _composed(target: Book, what: What, done: Done, day: date | None, notes: list[str]) -> Draft:
    shelf = Shelf(ROOM, [target.folder / TEMPLATES])
    try:
        return compose(drilling.source(target, done, day, what, notes), shelf)
    except LayoutError as problem:
        raise SettingsError(str(problem)) from None


def _gaps(one: Draft) -> str:
    """What is still to be said, in one line."""
    return f"to be completed: {'; '.join(one.unfinished)}" if one.unfinished else ""


__all__ = ["Path", "draft"]
