"""Overview: the key figures of the book, how sound it is, what is there and what is missing, and what was done last."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.book.journal import Step, steps
from orebook.book.problems import BookError
from orebook.desk.grounds import result_of
from orebook.desk.printing import pages, wanted
from orebook.desk.validate import validate
from orebook.faces.web.glances import of_drilling, of_production
from orebook.faces.web.making import page_done
from orebook.faces.web.page import Page
from orebook.faces.web.printed import Block, Cell, blocks
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.finding import GRADES, Finding
from orebook.ground.schema import schema
from orebook.ground.schema import tables as known_tables
from orebook.reports.printed import Printed

_LAST = 8
"""So many steps of the journal are shown."""

_TILES, _HIGHLIGHTS, _FINDINGS = 6, 5, 8


class Held(NamedTuple):
    """A table of an area: its name, what a row is, and how many there are; nothing where the book has none."""

    name: str
    about: str
    needed: bool
    rows: int | None


@dataclass(frozen=True)
class Area:
    """A part of the chain from tables to pages: its name, the page that shows it, its tables."""

    name: str
    page: str
    tables: list[Held]

    @property
    def there(self) -> list[Held]:
        """The tables that the book has."""
        return [each for each in self.tables if each.rows is not None]

    @property
    def missing(self) -> list[Held]:
        """The tables that it does not have, those first without which nothing of this is made."""
        return sorted((each for each in self.tables if each.rows is None), key=lambda each: not each.needed)

    @property
    def whole(self) -> bool:
        """Whether all is there that its pages need."""
        return all(each.rows is not None for each in self.tables if each.needed)


class Tile(NamedTuple):
    """A key figure with the one that it is compared with."""

    label: str
    now: Cell
    before: Cell | None


def overview(request: Request) -> Response:
    """The first page; with ``all`` in its address at once with what otherwise is asked for after it is there."""
    shelf = shelf_of(request)
    said = shelf.kept("overview", _said)
    whole = "all" in request.query_params
    more = {**_figures(shelf), **_sound(shelf), "first": said["glances"]} if whole else {"first": said["glances"]}
    return show(request, "overview.html", {**said, "key": _has_key(shelf), "whole": whole, **more})


def _said(book: Book) -> dict[str, object]:
    settings = book.settings
    with book.still():
        counted = {name: _rows(book, name) for name in book.tables()}
        results = {
            name: pl.scan_parquet(file).select(pl.len()).collect().item() for name, file in book.results().items()
        }
    areas = _areas(counted)
    grouped: dict[str, list[tuple[str, int]]] = {}
    for name, rows in sorted(results.items()):
        grouped.setdefault(result_of(book, name) or name, []).append((name, rows))
    listed = {each.name for area in areas for each in area.tables}
    return {
        "title": settings.issuer or book.folder.resolve().name,
        "settings": settings,
        "areas": [area for area in areas if area.there],
        "empty": [area.name for area in areas if not area.there],
        "others": [
            Held(name, schema(name).description, False, counted[name]) for name in counted if name not in listed
        ],
        "results": grouped,
        "drilled": _drilled(book),
        "glances": of_drilling(book),
        "steps": list(reversed(steps(book.folder)))[:_LAST],
        "what_done": what_done,
    }


def _areas(counted: dict[str, int]) -> list[Area]:
    found: dict[str, Area] = {}
    for row in _chain():
        area = found.setdefault(row["area"], Area(row["area"], row["page"], []))
        name = row["table"]
        area.tables.append(Held(name, schema(name).description, row["needed"] == "yes", counted.get(name)))
    return list(found.values())


@cache
def _chain() -> list[dict[str, str]]:
    """Which tables each area of a book rests on, and those without which it has none."""
    text = files("orebook.faces.web").joinpath("chain.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


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


def _has_key(shelf: Shelf) -> bool:
    """Whether the book has figures to begin with."""
    there = set(shelf.book.tables())
    return {"ledger", "accounts"} <= there or {"collars", "assays"} <= there


def key_figures(request: Request) -> Response:
    """The figures to begin with: asked for after the page is there, for they have to be made."""
    if request.headers.get("hx-request") != "true":
        return RedirectResponse("/", 303)
    return show(request, "overview.html", _figures(shelf_of(request)), part="figures")


def _figures(shelf: Shelf) -> dict[str, object]:
    """The key figures, what was produced, and the highlights of drilling."""
    there = set(shelf.book.tables())
    said: dict[str, object] = {"tiles": [], "caption": "", "highlights": [], "glances": [], "problem": ""}
    try:
        if {"ledger", "accounts"} <= there and wanted("quarter", there):
            said |= shelf.kept("key quarter", lambda _: _summary(shelf))
            said["glances"] = shelf.kept("key production", lambda _: of_production(shelf))
        if {"collars", "assays"} <= there:
            said["highlights"] = shelf.kept("key drilling", lambda _: list(_highlights(shelf)))
    except BookError as problem:
        said["problem"] = str(problem)
    return said


def _summary(shelf: Shelf) -> dict[str, object]:
    """The first lines of the financial summary of the last quarter."""
    table = next((each for each in _blocks(shelf, "quarter") if each.kind == "table"), None)
    if table is None or table.table is None:
        return {}
    rows = [row.cells for row in table.rows if row.kind != "words" and len(row.cells) > 1 and row.cells[1].text]
    tiles = [Tile(cells[0].text, cells[1], cells[2] if len(cells) > 2 else None) for cells in rows[:_TILES]]
    heads = [column.head for column in table.table.columns[1:3]]
    return {"tiles": tiles, "heads": heads, "caption": table.table.caption}


def _highlights(shelf: Shelf) -> Iterator[Block]:
    """Yield the first highlights of drilling."""
    for each in _blocks(shelf, "highlights"):
        if each.kind == "list":
            yield each._replace(pieces=each.pieces[:_HIGHLIGHTS])
            return


def _blocks(shelf: Shelf, name: str) -> Iterator[Block]:
    done = page_done(shelf, "drilling" if name == "highlights" else name)
    for page in pages(name, done):
        if isinstance(page, Printed):
            yield from blocks(page)


def soundness(request: Request) -> Response:
    """How sound the tables are: asked for after the page is there, for it may take a while."""
    if request.headers.get("hx-request") != "true":
        return RedirectResponse("/", 303)
    return show(request, "overview.html", _sound(shelf_of(request)), part="sound")


def _sound(shelf: Shelf) -> dict[str, object]:
    """How many findings of each grade there are, and the first of them."""
    found = shelf.kept("soundness", _findings)
    return {
        "counts": {grade: sum(finding.grade == grade for finding in found) for grade in GRADES},
        "findings": [(each, _place(each)) for each in found[:_FINDINGS]],
        "more": max(len(found) - _FINDINGS, 0),
    }


def _place(finding: Finding) -> str:
    """The page of the row that is to be mended first; nothing where it stands in no table."""
    if not finding.sources:
        return ""
    first = finding.sources[0]
    table, line = PurePath(first.doc).stem, first.line
    return f"/tables/{table}/{line - 2}" if table in known_tables() and line > 1 else ""


def _findings(book: Book) -> list[Finding]:
    answer = validate(book=str(book.folder), most=5, wait=int(book.wait_s))
    found = [finding for checked in answer.results for finding in checked.findings]
    return sorted(found, key=lambda finding: -GRADES.index(finding.grade))


PAGE = Page(
    "/", "Overview", 0, (Route("/", overview), Route("/soundness", soundness), Route("/key-figures", key_figures))
)
