"""Why: what stands behind a number: the rows with their weights, the rules, the files and lines, and the step."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.lineage import Address, Chain, address, chain
from orebook.book.making import Done
from orebook.book.origins import Origin
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.desk.grounds import SEARCHED
from orebook.desk.leafing import ROW, Whole
from orebook.desk.printing import of_a_period, pages, wanted
from orebook.desk.why import place, rules, runs, step
from orebook.faces.web.making import done_on, done_with, page_done
from orebook.faces.web.page import Page
from orebook.faces.web.pages.tables import Cell, cells_of, columns_of, worded
from orebook.faces.web.printed import way
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.schema import tables
from orebook.reports.printed import Printed

_MANY = 60
"""So many rows behind a number, and so many places of a printed one, are shown."""

_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")


@dataclass(frozen=True)
class Rows:
    """Rows of a table behind a number: which, how it follows from them, and where they came from."""

    table: str
    how: str
    again: str
    count: int
    heads: list[str]
    cells: list[tuple[int | None, str, list[Cell]]]
    origins: list[tuple[Origin, str]]


def why(request: Request) -> Response:
    """What stands behind a number, by its address or as it was printed."""
    shelf, said = shelf_of(request), request.query_params
    of = said.get("of", "").strip()[:60]
    where = address(said.get("at", "") or of)
    if where is not None:
        return show(request, "why.html", _told(shelf, where, said), part="told")
    if not of:
        return show(request, "why.html", {"found": None, "places": None, "of": "", "period": ""}, part="told")
    period = said.get("period", "")
    places = _places(shelf, of, period)
    if len(places) == 1:
        where = address(next(iter(places)))
        if where is not None:
            return show(request, "why.html", _told(shelf, where, {"said": of}), part="told")
    found: dict[str, object] = {"found": None, "places": list(places.items())[:_MANY], "more": len(places) - _MANY}
    return show(request, "why.html", {**found, "of": of, "period": period}, part="told")


def _told(shelf: Shelf, where: Address, said: object) -> dict[str, object]:
    """A chain, ready for the page."""
    get = getattr(said, "get", lambda *_: "")
    recorded = get("recorded", "") == "1"
    done = None if recorded else _done(shelf, where, str(get("on", "") or ""))
    found = chain(shelf.book, where, done)
    shown = done is None or (where.part not in shelf.book.results() and not get("on", ""))
    length = found.rows.height
    return {
        "found": found,
        "of": "",
        "period": "",
        "places": None,
        "said": str(get("said", "") or "")[:60],
        "value": _exact(found.value),
        "place": place(found),
        "rules": list(rules(found)),
        "row": [(name, worded(value)) for name, value in found.row.items() if value is not None],
        "step": step(found),
        "again": "" if found.again is None else _exact(found.again),
        "rests": [*_rows(shelf, found), *_rests(shelf, found)],
        "count": length,
        "link": f"/tables/{where.part}/{where.row}" if shown else "",
    }


def _done(shelf: Shelf, where: Address, on: str) -> Done | None:
    """What was made that has the number; nothing where it stands in a table of the book."""
    try:
        done = done_on(shelf, on) if on else done_with(shelf, where.part)
    except BookError:
        if where.part in tables():
            return None
        raise
    part = done.made[done.result_of(where.part)].parts[where.part] if done and done.result_of(where.part) else None
    return None if part is None or (not set(where.columns) <= set(part.columns) and where.part in tables()) else done


def _exact(value: object) -> str:
    return repr(value) if isinstance(value, float) else worded(value)


def _rows(shelf: Shelf, found: Chain) -> Iterator[Rows]:
    if found.rows.height:
        again = "" if found.again is None else _exact(found.again)
        how = "their mean" if again else ""
        yield _shown(shelf, found.table, found.rows, found.columns, how, again, found.origins)


def _rests(shelf: Shelf, found: Chain) -> Iterator[Rows]:
    for rest in found.rests:
        again = "" if rest.again is None else _exact(rest.again)
        yield _shown(shelf, rest.table, rest.rows, rest.columns, rest.how, again, rest.origins)


def _shown(
    shelf: Shelf,
    table: str,
    rows: pl.DataFrame,
    taking: tuple[str, ...],
    how: str,
    again: str,
    origins: tuple[Origin, ...],
) -> Rows:
    """Rows for the page: of a table each leads to its own page, of a result to what stands behind it in turn."""
    columns = columns_of(Whole(table, rows), shelf.book.settings.length)
    heads = [f"{one.words} ({one.unit})" if one.unit else one.words for one in columns]
    cells = []
    for row in rows.head(_MANY).iter_rows(named=True):
        number, link = row.get(ROW), ""
        if number is not None:
            deeper = way(f"{table}[{number}].{taking[0]}") if taking else ""
            link = f"/tables/{table}/{number}" if table in tables() else deeper
        cells.append((number, link, cells_of(row, columns)))
    return Rows(table, how, again, rows.height, heads, cells, [(each, runs(each.lines)) for each in origins])


def _places(shelf: Shelf, value: str, period: str) -> dict[str, str]:
    """Every cell and every figure in a sentence of the pages that says this, with words that tell it from others."""
    plain = value.replace(",", "")
    found: dict[str, str] = {}
    for name in SEARCHED:
        if not wanted(name, shelf.book.tables()):
            continue
        try:
            printed = pages(name, page_done(shelf, name), period if of_a_period(name) else "")
        except BookError:
            continue  # a page that the book cannot make says no number
        for page in printed:
            for text, at, words in page.said() if isinstance(page, Printed) else ():
                digits = _NUMBER.search(text.replace(",", ""))
                if plain in (text.replace(",", "").strip(), digits[0] if digits else ""):
                    found.setdefault(str(at), words)
    if not found:
        raise AskedWronglyError(f"no printed number of this book is {value!r}; ask with another period, or an address")
    return found


def _never(_: Shelf) -> bool:
    """It is reached from numbers, not from the list of pages."""
    return False


PAGE = Page("/why", "Why", 95, (Route("/why", why),), _never)
