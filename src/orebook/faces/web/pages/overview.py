"""Overview: what the book holds, how sound it is, and what was done to it last."""

from dataclasses import dataclass

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.book.journal import Step, steps
from orebook.desk.validate import validate
from orebook.faces.web.page import Page
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.finding import GRADES, Finding
from orebook.ground.schema import schema

_LAST = 12
"""So many steps of the journal are shown."""


@dataclass(frozen=True)
class Holding:
    """A table of the book: its name, what a row is, how many there are."""

    name: str
    about: str
    rows: int


def overview(request: Request) -> Response:
    """The first page."""
    shelf = shelf_of(request)
    said = shelf.kept("overview", _said)
    return show(request, "overview.html", said)


def _said(book: Book) -> dict[str, object]:
    settings = book.settings
    with book.still():
        counted = {name: _rows(book, name) for name in book.tables()}
        results = {
            name: pl.scan_parquet(file).select(pl.len()).collect().item() for name, file in book.results().items()
        }
    return {
        "title": settings.issuer or book.folder.resolve().name,
        "settings": settings,
        "holdings": [Holding(name, schema(name).description, rows) for name, rows in counted.items()],
        "results": sorted(results.items()),
        "drilled": _drilled(book),
        "steps": list(reversed(steps(book.folder)))[:_LAST],
        "what_done": what_done,
    }


def _rows(book: Book, name: str) -> int:
    frame = book.table(name)
    return 0 if frame is None else frame.height


def _drilled(book: Book) -> tuple[int, float, str] | None:
    """How many holes there are and how long they are together, in the unit of the book."""
    collars = book.table("collars")
    if collars is None:
        return None
    key = f"depth_{book.settings.length}"
    drilled = float(collars[key].sum() or 0.0) if key in collars.columns else 0.0
    return collars.height, drilled, book.settings.length


def what_done(step: Step) -> str:
    """A step of the journal in a few words.

    >>> what_done(Step(3, "make", "2026-05-01T08:00:00+00:00", {"result": "intercepts"}, (), ()))
    'make intercepts'
    """
    given = step.given.get("result") or step.given.get("file") or step.given.get("table") or ""
    return f"{step.verb} {given}".strip()


def soundness(request: Request) -> Response:
    """How sound the tables are: asked for after the page is there, for it may take a while."""
    found = shelf_of(request).kept("soundness", _findings)
    counts = {grade: sum(finding.grade == grade for finding in found) for grade in GRADES}
    return show(
        request,
        "overview.html",
        {"counts": counts, "findings": found[:8], "more": max(len(found) - 8, 0)},
        part="sound",
    )


def _findings(book: Book) -> list[Finding]:
    answer = validate(book=str(book.folder), most=5, wait=int(book.wait_s))
    found = [finding for checked in answer.results for finding in checked.findings]
    return sorted(found, key=lambda finding: -GRADES.index(finding.grade))


PAGE = Page("/", "Overview", 0, (Route("/", overview), Route("/soundness", soundness)))
