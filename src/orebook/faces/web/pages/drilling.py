"""Drilling: the tables and highlights of a drilling release, every figure leading to its samples."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.desk.answer import AskedWronglyError
from orebook.desk.printing import names, pages
from orebook.faces.web.downloads import PAGES, download, offered
from orebook.faces.web.making import page_done
from orebook.faces.web.page import Page
from orebook.faces.web.printed import blocks
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.reports.drilling.pages import PAGES as OF_DRILLING
from orebook.reports.printed import Printed

ALL = "drilling"


def drilling(request: Request) -> Response:
    """All tables of drilling, or one of them."""
    shelf, part = shelf_of(request), _part(request)
    printed = _kept(shelf, part)
    said = {
        "blocks": list(blocks(printed)),
        "part": part,
        "parts": [(name, about) for name, about in names().items() if name in OF_DRILLING],
        "forms": [(form, title, f"/drilling/as.{form}?part={part}") for form, title in offered(PAGES)],
        "parameters": printed.parameters,
        "remark": printed.remark,
    }
    return show(request, "drilling.html", said)


def _part(request: Request) -> str:
    """Which table is asked for.

    Raises ``AskedWronglyError`` for one that is not there.
    """
    said = request.query_params.get("part", "") or ALL
    if said not in OF_DRILLING:
        raise AskedWronglyError(f"drilling has no part {said!r}; there are {', '.join(OF_DRILLING)}")
    return said


def _kept(shelf: Shelf, part: str) -> Printed:
    return shelf.kept(("printed", part), lambda _: _printed(shelf, part))


def _printed(shelf: Shelf, part: str) -> Printed:
    found = pages(part, page_done(shelf, ALL))[0]
    assert isinstance(found, Printed)
    return found


def taken(request: Request) -> Response:
    """The tables as a file."""
    part = _part(request)
    return download([_kept(shelf_of(request), part)], request.path_params["form"], part)


def _there(shelf: Shelf) -> bool:
    return {"collars", "assays"} <= set(shelf.book.tables())


PAGE = Page("/drilling", "Drilling", 45, (Route("/drilling", drilling), Route("/drilling/as.{form}", taken)), _there)
