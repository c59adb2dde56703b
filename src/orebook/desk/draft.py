"""Draft a release from the book: headline, tables, figures, cautions, contacts; every number leads back to its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from orebook.book.folder import Book, find
from orebook.book.making import Done
from orebook.book.making import make as made
from orebook.book.problems import BookError, SettingsError
from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.drafting import drilling, own_templates, quarter
from orebook.desk.drafting.asked import Asked
from orebook.desk.drafting.files import FORMS, stored
from orebook.desk.drafting.own_templates import FOLDER
from orebook.desk.drafting.rows import about
from orebook.desk.printing import layouts
from orebook.ground.period import Period
from orebook.reports.layouts import LayoutError
from orebook.reports.release.composing import ROOM, compose
from orebook.reports.release.draft import Draft
from orebook.reports.results import Told
from orebook.reports.templating import Shelf

SHOWN_AS = ("drafts", "told")
CHANGES = True
STORES = FORMS
"""The formats that it writes by itself, because something belongs beside each: a register, pictures."""

What = Literal["drilling", "quarter"]

_KINDS = {"drilling": drilling, "quarter": quarter}
"""Who knows what a release of each kind is told."""


def draft(
    what: What,
    *,
    day: str = "",
    period: str = "",
    templates: bool = False,
    force: bool = False,
    dry_run: bool = False,
    book: str = "",
    wait: int = 10,
    into: str = "",
) -> Answer[Draft | Told]:
    """Make the draft of a release from a book.

    The draft is a whole release: headline, dateline, highlights, tables, figures with numbers and captions, sampling
    and quality control, qualified person, about the company, cautions, contacts. Every number in it is looked up in a
    result, rounded once, and keeps the address of its rows: orebook why tells what is behind it. What only a person
    can say and book.toml does not say stands there as [to be completed: …].

    A file gets a register beside it, NAME.numbers.json: of every number its place, its words, its unrounded value and
    its address. A folder/ gets the draft as Markdown, HTML, DOCX and PDF. What somebody has edited since it was drafted
    is not written over; orebook check --book tells which of its numbers no longer agree with the book.

    Options:
        what: Which release.
        day (DAY): The day of the release, such as 2026-11-29; release.day of book.toml when it is not said.
        period (LABEL): The period of a quarter, such as 2011-Q3; the last whole quarter when it is not said.
        templates: Write our templates into the folder templates of the book, to be edited there, and draft nothing.
        force: Write over a document that was edited since it was drafted.
        dry_run: Write no results into the book.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook draft drilling --book kestrel
        orebook draft drilling --book kestrel -o release.docx
        orebook draft drilling --book kestrel -o drafts/
        orebook draft drilling --book kestrel --templates
        orebook draft quarter --period 2011-Q3 --day 2011-11-14 -o release.html
    """
    target = find(book, wait)
    if templates and dry_run:
        raise AskedWronglyError("--templates writes into the book; leave --dry-run out")
    if templates:
        return Answer("told", (own_templates.written(one) for one in (target,)), what=what)
    layouts(target.settings)
    _refuse_period(what, period)
    published = _day(target, day)
    answer: Answer[Draft | Told] = Answer("drafts", iter(()), what=what)
    results = _drafted(what, Asked(target, what, published, period, answer.notes), record=not dry_run)
    answer.results = _stored(target, results, into, force, answer.notes) if into else results
    return answer


def _stored(book: Book, results: Iterator[Draft], into: str, force: bool, notes: list[str]) -> Iterator[Draft]:
    """Write each draft where it is wanted."""
    for one in results:
        files = stored(book, one, into, force=force, notes=notes)
        notes.append(f"{len(files)} files: {', '.join(map(str, files))}")
        yield one


def _refuse_period(what: What, label: str) -> None:
    """Refuse what is no period, and one that nothing is about.

    Raises ``AskedWronglyError``.
    """
    if label and what != "quarter":
        raise AskedWronglyError(f"{what} is about no period; leave --period {label} out")
    try:
        if label:
            Period.parse(label)
    except ValueError as problem:
        raise AskedWronglyError(f"--period: {problem}") from None


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


def _drafted(what: What, asked: Asked, *, record: bool) -> Iterator[Draft]:
    """Make the results, then the draft; the book keeps the results only when the draft could be made."""
    target = asked.book
    needed = _KINDS[what].needs(asked, target.tables())
    if not needed:
        raise BookError(f"{target.folder}: {what}: the book has none of the tables that this is made of")
    found: list[Draft] = []
    done = made(target, needed, look=lambda done: found.append(_composed(what, asked, done)), record=record)
    if done.unrecorded:
        asked.notes.append(f"{done.unrecorded}; the results are not recorded")
    tables = {part: frame for one in done.made.values() for part, frame in one.parts.items()}
    for one in found:
        rows = {each.address: each.address for each in one.numbers()}
        told = {each: about(tables[each.table], int(each.row)) for each in rows if each.table in tables}
        yield replace(one, about=told, made=tuple(done.steps.items()), remark=_gaps(one))


def _composed(what: What, asked: Asked, done: Done) -> Draft:
    folder = asked.book.folder
    try:
        made = compose(_KINDS[what].source(asked, done), Shelf(ROOM, [folder / FOLDER]))
        return replace(made, book=folder.resolve().name)
    except LayoutError as problem:
        raise SettingsError(str(problem)) from None


def _gaps(one: Draft) -> str:
    """What is still to be said, in one line."""
    return f"to be completed: {'; '.join(one.unfinished)}" if one.unfinished else ""
