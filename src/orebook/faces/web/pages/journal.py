"""Journal: every step that was done to the book: what, when, by which code, from which rows, and what came of it."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book import journal, store
from orebook.book.folder import RESULTS, Book
from orebook.book.journal import Step, Thing
from orebook.book.settings import FILE
from orebook.faces.web.page import Page
from orebook.faces.web.pages.overview import what_done
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show

_MOST = 200
"""So many steps stand on a page."""

_FOLDERS = (store.FOLDER, RESULTS, "mappings", "releases", journal.FOLDER)
"""What begins the names of files that lie in the book; others came from outside."""


class Line(NamedTuple):
    """A step in the list: its number, what was done, when, by which version, and how many files and rows took part."""

    number: int
    what: str
    at: str
    orebook: str
    reads: int
    writes: int
    rows: int


class ThingShown(NamedTuple):
    """A file of a step: its name, its page, its fingerprint and rows then, and what it is now.

    ``now`` is ``as it was``, ``changed since`` or ``gone``; nothing for a file that does not lie in the book.
    """

    name: str
    link: str
    sha256: str
    rows: int
    now: str


def steps(request: Request) -> Response:
    """All steps, the last first, and whether any was edited or is missing."""
    shelf = shelf_of(request)
    lines, broken = shelf.kept(("journal", _state(shelf.book)), _read)
    leaves = max(-(-len(lines) // _MOST), 1)
    said = request.query_params.get("page", "1")
    page = min(max(int(said), 1), leaves) if said.isdecimal() and len(said) < 9 else 1
    shown = lines[(page - 1) * _MOST : page * _MOST]
    return show(
        request,
        "journal.html",
        {"lines": shown, "count": len(lines), "page": page, "leaves": leaves, "broken": broken},
    )


def _state(book: Book) -> str:
    """The last step and how many there are: steps are never changed."""
    files = sorted(file.name for file in (book.folder / journal.FOLDER).glob("*.json"))
    return f"{len(files)} {files[-1] if files else ''}"


def _read(book: Book) -> tuple[list[Line], list[str]]:
    found = [_line(step) for step in journal.steps(book.folder)]
    return found[::-1], journal.broken(book.folder)


def _line(step: Step) -> Line:
    rows = sum(thing.rows for thing in step.writes)
    return Line(step.number, what_done(step), _day(step.at), step.orebook, len(step.reads), len(step.writes), rows)


def _day(at: object) -> str:
    """A time as people read it, to the minute, in UTC."""
    return str(at)[:16].replace("T", " ")


def one(request: Request) -> Response:
    """One step with all that it tells."""
    shelf, number = shelf_of(request), int(request.path_params["number"])
    step = journal.step(shelf.book.folder, number)
    if step is None:
        raise HTTPException(404)
    file_of = partial(_shown, shelf)
    written = {PurePosixPath(str(thing.name)).stem for thing in step.writes}  # these say their rows themselves
    said = {
        "step": step,
        "what": what_done(step),
        "at": _day(step.at),
        "given": _pairs(step.given),
        "counts": _pairs({name: said for name, said in step.counts.items() if name not in written}),
        "things": [
            ("Read", [file_of(each) for each in step.reads]),
            ("Written", [file_of(each) for each in step.writes]),
        ],
        "settings": json.dumps(step.settings, indent=1, ensure_ascii=False, default=str) if step.settings else "",
        "same_code": step.code == journal.code_fingerprint(),
        "before": number - 1 if journal.step(shelf.book.folder, number - 1) is not None else 0,
        "after": number + 1 if journal.step(shelf.book.folder, number + 1) is not None else 0,
    }
    return show(request, "step.html", said)


def _pairs(said: Mapping[str, object]) -> list[tuple[str, str]]:
    """What was said, as words; what is empty says nothing."""
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
        for name, value in said.items()
        if value not in ("", None, [], {})
    ]


def _shown(shelf: Shelf, thing: Thing) -> ThingShown:
    name = PurePosixPath(str(thing.name))
    inside = str(name) == FILE or (len(name.parts) == 2 and name.parts[0] in _FOLDERS)
    if not inside:
        return ThingShown(str(name), "", thing.sha256, thing.rows, "")
    file = shelf.book.folder / name
    if not file.is_file():
        return ThingShown(str(name), "", thing.sha256, thing.rows, "gone")
    known: dict[str, str] = shelf.kept("fingerprints", lambda _: {})
    now = known.get(str(name)) or known.setdefault(str(name), store.fingerprint(file))
    is_table = name.stem in shelf.book.tables() if name.parts[0] == store.FOLDER else name.stem in shelf.book.results()
    link = f"/tables/{name.stem}" if is_table and name.parts[0] in (store.FOLDER, RESULTS) else ""
    return ThingShown(
        str(name), link, thing.sha256, thing.rows, "as it was" if now == thing.sha256 else "changed since"
    )


def _aside(_: Shelf) -> bool:
    """It is reached from the overview, the tables and every number."""
    return False


PAGE = Page("/journal", "Journal", 94, (Route("/journal", steps), Route("/journal/{number:int}", one)), _aside)
