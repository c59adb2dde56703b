"""Tables: every table and result of the book, searched, narrowed, put in order and taken along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book import journal, store
from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.leafing import ROW, SIZES, Whole, Wish, chosen, leaf
from orebook.faces.web.downloads import MOST_CELLS, TABLES, download, offered
from orebook.faces.web.making import EVERYTHING, done_with, everything
from orebook.faces.web.page import Page
from orebook.faces.web.pages.works import waiting
from orebook.faces.web.printed import way
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.works import Work
from orebook.ground.schema import ABOVE, BELOW, ORIGIN, TOKEN, schema
from orebook.ground.schema import tables as known_tables
from orebook.ground.telling import heard_by
from orebook.reports.drilling.heads import head, symbol
from orebook.reports.printed import Sheet
from orebook.reports.rounding import as_is

_SOON_S = 0.8
"""So long a page waits for what is made in a moment, before it tells of the wait instead."""

WHERE = "in."
"""What stands in the address before the name of a column that is narrowed."""


@dataclass(frozen=True)
class Listed:
    """A table in the list of all: its name, what a row is, how many there are, and of which step it is."""

    name: str
    about: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Column:
    """A column as it stands above a page: its key, words, unit, what it holds, whether it holds numbers."""

    key: str
    words: str
    unit: str
    about: str
    number: bool


@dataclass(frozen=True)
class Cell:
    """A cell: its words, and the way to what stands behind it where somebody may ask."""

    text: str
    why: str = ""


def listing(request: Request) -> Response:
    """All tables and results by name."""
    shelf = shelf_of(request)
    if request.query_params.get("now") and shelf.there(EVERYTHING) is None:
        work = _making(shelf)
        if work.state == "running":
            return waiting(request, work)
        _well(work)
    said = shelf.kept("tables", _listed)
    return show(request, "tables.html", {**said, "made": shelf.there(EVERYTHING)})


def unrecorded(request: Request) -> Response:
    """What is being made for the list, in its place; the list is shown anew once all is there."""
    shelf = shelf_of(request)
    work = _making(shelf)
    answer = show(request, "work.html", {"work": work, "then": "refresh"}, part="working")
    if work.state == "done":
        everything(shelf)
        answer.headers["HX-Refresh"] = "true"
    return answer


def _making(shelf: Shelf) -> Work:
    """The work that makes for a look all that the book allows; one for all who ask."""

    def begin() -> Work:
        return shelf.works.begin("Making what is not recorded", lambda work: _made(shelf, work), "/tables?now=1")

    work = shelf.kept("making everything", lambda _: begin())
    shelf.works.wait(work, _SOON_S)
    return work


def _made(shelf: Shelf, work: Work) -> None:
    with heard_by(work.step):
        everything(shelf)


def _well(work: Work) -> None:
    """Say why a work came to nothing, where it did."""
    if work.state == "failed":
        raise BookError(work.problem)


def _listed(book: Book) -> dict[str, object]:
    with book.still():
        tables = [
            Listed(name, schema(name).description, frame.height, frame.width)
            for name in book.tables()
            if (frame := book.table(name)) is not None
        ]
        results = []
        for name, file in book.results().items():
            frame = store.read_part(file)
            results.append(Listed(name, "", frame.height, frame.width))
    return {"tables": tables, "results": results}


def table(request: Request) -> Response:
    """A page of one table."""
    name, whole = _whole(request)
    part = "" if name in known_tables() else name
    wish = wished(request)
    found = leaf(whole, wish)
    columns = columns_of(whole, shelf_of(request).book.settings.length)
    recorded = name in shelf_of(request).book.results()
    said = {
        "name": name,
        "about": schema(name).description if name in known_tables() else "",
        "whole": whole,
        "wish": wish,
        "leaf": found,
        "columns": columns,
        "recorded": recorded,
        "rows": [cells_of(row, columns, part, recorded=recorded) for row in found.rows.iter_rows(named=True)],
        "origin": _Origins(shelf_of(request).book) if ORIGIN[0] in whole.stored.columns else None,
        "link": lambda **change: _link(name, wish, **change),
        "sizes": SIZES,
        "where": WHERE,
        "forms": [(form, title, f"/tables/{name}/as.{form}?{_query(wish)}") for form, title in offered(TABLES)],
    }
    answer = show(request, "table.html", said, part="rows")
    answer.headers["HX-Push-Url"] = _link(name, wish)  # without the fields that were left empty
    return answer


def row(request: Request) -> Response:
    """One row of a table: all that it says, and where it came from."""
    name, whole = _whole(request)
    part = "" if name in known_tables() else name
    number = int(request.path_params["row"])
    if number >= whole.frame.height:
        raise AskedWronglyError(f"{name} has {whole.frame.height:,} rows, counted from 0; there is no row {number}")
    found = whole.frame.row(number, named=True)
    recorded = name in shelf_of(request).book.results()
    columns = columns_of(whole, shelf_of(request).book.settings.length)
    said = {
        "name": name,
        "number": number,
        "last": whole.frame.height - 1,
        "pairs": list(zip(columns, cells_of(found, columns, part, recorded=recorded), strict=True)),
        "origin": _Origins(shelf_of(request).book).of(found) if ORIGIN[0] in found else None,
        "position": number // SIZES[0] + 1,
    }
    return show(request, "row.html", said)


def taken(request: Request) -> Response:
    """What was found, as a file."""
    name, whole = _whole(request)
    form = request.path_params["form"]
    found = chosen(whole, wished(request)).drop(ROW)
    if form == "xlsx" and found.height * found.width > MOST_CELLS:
        raise AskedWronglyError(
            f"{found.height:,} rows of {found.width} columns are too many for a workbook; take CSV or Parquet"
        )
    return download([Sheet(name, found)], form, name)


def _whole(request: Request) -> tuple[str, Whole]:
    """The table that is named in the address.

    Raises ``AskedWronglyError`` for a name that the book does not have.
    """
    shelf, name = shelf_of(request), request.path_params["name"]
    book = shelf.book
    known = [*book.tables(), *book.results()]
    if name not in known:
        done = done_with(shelf, name)
        if done is None or not (result := done.result_of(name)):
            raise AskedWronglyError(f"the book has no table {name!r}{did_you_mean(name, known) or ''}")
        return name, shelf.kept(("made whole", name), lambda _: Whole(name, done.made[result].parts[name]))
    return name, shelf.kept(("whole", name), lambda book: Whole(name, _read(book, name)))


def _read(book: Book, name: str) -> pl.DataFrame:
    with book.still():
        frame = book.table(name) if name in known_tables() else None
        return store.read_part(book.results()[name]) if frame is None else frame


def wished(request: Request) -> Wish:
    """What the address asks for."""
    said = request.query_params
    where = {key.removeprefix(WHERE): value for key, value in said.items() if key.startswith(WHERE) and value.strip()}
    return Wish(
        words=said.get("q", "")[:200],
        where=where,
        sort=said.get("sort", ""),
        down=said.get("down") == "1",
        page=_number(said.get("page"), 1),
        size=_number(said.get("size"), SIZES[0]),
    )


def _number(said: str | None, usual: int) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else usual


def _query(wish: Wish, **change: Any) -> str:
    said = {"q": wish.words, "sort": wish.sort, "down": int(wish.down), "page": wish.page, "size": wish.size} | change
    usual = {"q": "", "sort": "", "down": 0, "page": 1, "size": SIZES[0]}
    plain = {key: value for key, value in said.items() if value != usual[key]}
    return urlencode({**plain, **{f"{WHERE}{name}": value for name, value in wish.where.items()}})


def _link(name: str, wish: Wish, **change: Any) -> str:
    query = _query(wish, **change)
    return f"/tables/{name}?{query}" if query else f"/tables/{name}"


def columns_of(whole: Whole, length: str) -> list[Column]:
    """The heads of the columns that are shown, in a book that counts lengths in metres or feet."""
    known = schema(whole.name).keys(length) if whole.name in known_tables() else {}
    found = []
    for name in whole.columns:
        told = head(name)
        unit = symbol(told.unit) if told.unit not in ("", "1") else ""
        about = known[name].description if name in known else ""
        found.append(Column(name, told.words, unit, about, whole.stored.schema[name].is_numeric()))
    return found


def cells_of(
    row: Mapping[str, Any], columns: list[Column], part: str = "", *, on: str = "", recorded: bool = True
) -> list[Cell]:
    """The cells of a row as people read them: limits with their sign, what has no value with its reason.

    Numbers of a ``part`` of a result lead to what stands behind them: as it was ``recorded``, as it is now, or as it
    stood ``on`` a day.
    """
    found = []
    for column in columns:
        value = row[column.key]
        sign = "<" if row.get(column.key + BELOW) else ">" if row.get(column.key + ABOVE) else ""
        text = f"{sign}{worded(value)}" if value is not None else str(row.get(column.key + TOKEN) or "")
        asked = part and column.number and value is not None
        why = way(f"{part}[{row[ROW]}].{column.key}", recorded=recorded and not on, on=on) if asked else ""
        found.append(Cell(text, why))
    return found


def worded(value: object) -> str:
    """A value with all its digits.

    >>> worded(3.0), worded(True), worded(None)
    ('3', 'yes', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        return as_is(value)
    return str(value)


class _Origins:
    """Where rows came from, in words: the file that a step brought, and the line in it."""

    def __init__(self, book: Book) -> None:
        self._folder = book.folder
        self._steps: dict[int, journal.Step | None] = {}

    def of(self, row: Mapping[str, Any]) -> dict[str, object] | None:
        """The step, file and line of a row; nothing where the journal does not know."""
        number, line = row[ORIGIN[0]], row[ORIGIN[1]]
        if number is None:
            return None
        if number not in self._steps:
            self._steps[number] = journal.step(self._folder, int(number))
        step = self._steps[number]
        read = step.reads[0] if step is not None and step.reads else None
        return {
            "step": number,
            "line": line,
            "file": read.name if read else "",
            "sha256": read.sha256 if read else "",
        } | {"at": step.at if step is not None else ""}


PAGE = Page(
    "/tables",
    "Tables",
    80,
    (
        Route("/tables", listing),
        Route("/tables/unrecorded", unrecorded),
        Route("/tables/{name}", table),
        Route("/tables/{name}/as.{form}", taken),
        Route("/tables/{name}/{row:int}", row),
    ),
)
