"""Releases: the documents of the book, and each of them with its facts and findings in their place."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.desk.across import RELEASES
from orebook.desk.looking import Looked
from orebook.faces.web.page import Page
from orebook.faces.web.pages.works import waiting
from orebook.faces.web.papers.beside import Beside
from orebook.faces.web.papers.library import Brief, Held, Library
from orebook.faces.web.papers.showing import document_page
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.source import Source
from orebook.reports.trouble import Trouble

_SOON_S = 0.8
"""So long a page waits for what is mostly made in a moment, before it tells of the wait instead."""

NOTHING: Mapping[str, object] = MappingProxyType({})


def library_of(shelf: Shelf) -> Library:
    """The documents of a server."""
    return shelf.held("library", lambda: Library(shelf.book.folder / RELEASES, shelf.works, shelf.limits))


def _beside(request: Request) -> Beside:
    """What puts the documents of a server beside its book."""
    shelf = shelf_of(request)
    library = library_of(shelf)
    return shelf.held("beside", lambda: Beside(shelf, library))


class Listed(NamedTuple):
    """A line of the list; ``brief`` is nothing as long as the document was not read."""

    key: str
    link: str
    brief: Brief | None


_SORTED: dict[str, Callable[[Listed], object]] = {
    "name": lambda one: one.key.casefold(),
    "date": lambda one: one.brief.day if one.brief else "",
    "issuer": lambda one: one.brief.issuer.casefold() if one.brief else "",
    "facts": lambda one: one.brief.facts if one.brief else 0,
    "findings": lambda one: one.brief.weight if one.brief else (),
}
"""The columns by which the list is put in order."""


def releases(request: Request) -> Response:
    """The list of the documents."""
    shelf = shelf_of(request)
    library = library_of(shelf)
    work = library.survey("/releases")
    if work is not None:
        shelf.works.wait(work, _SOON_S)
    listed = library.listed()
    lines = [Listed(key, link_to(key), _whole(library, held, listed)) for key, held in listed.items()]
    by = request.query_params.get("sort", "date")
    by = by if by in _SORTED else "date"
    down = request.query_params.get("down", "1" if by in ("date", "facts", "findings") else "0") == "1"
    lines.sort(key=lambda one: one.key)
    lines.sort(key=_SORTED[by], reverse=down)  # type: ignore[arg-type]
    running = work if work is not None and work.state == "running" else None
    failed = work.problem if work is not None and work.state == "failed" else ""
    said = {
        "lines": lines,
        "by": by,
        "down": down,
        "columns": tuple(_SORTED),
        "order_link": order_link,
        "work": running,
        "problem": failed,
    }
    return show(request, "releases.html", said, part="list")


def _whole(library: Library, held: Held, listed: dict[str, Held]) -> Brief | None:
    """What the list says of a document, with what others say otherwise where they were read."""
    brief = library.brief(held)
    if brief is None or brief.trouble:
        return brief
    return brief.with_findings(library.across(held, listed) or ())


def link_to(key: str) -> str:
    """The page of a release."""
    return f"/releases/{quote(key)}"


def release(request: Request) -> Response:
    """The page of one release, or of the wait for it."""
    library = library_of(shelf_of(request))
    listed = library.listed()
    held = listed.get(request.path_params["key"])
    if held is None:
        raise HTTPException(404)
    return document(request, library, listed, held, link_to(held.key))


def document(
    request: Request,
    library: Library,
    listed: dict[str, Held],
    held: Held,
    link: str,
    more: Mapping[str, object] = NOTHING,
) -> Response:
    """The page of a document, or of the wait until it is read; ``more`` is what its template is told besides."""
    looked = library.opened(held)
    if looked is None:
        work = library.read(held, f"{link}?{request.url.query}" if request.url.query else link)
        library.works.wait(work, _SOON_S)
        looked = library.opened(held)
        if looked is None:
            return waiting(request, work)
    if request.query_params.get("agree") and library.agreed(held) is None and not isinstance(looked, Trouble):
        work = library.agree(held, link)
        library.works.wait(work, _SOON_S)
        if work.state != "done":
            return waiting(request, work)
    if isinstance(looked, Trouble):
        said = {"title": f"{held.key} cannot be read", "words": f"{looked.what}; {looked.instead}".strip("; ")}
        return show(request, "problem.html", said, status=422)
    return _pointed(request, looked) or document_page(
        request, looked, held, library, listed, lambda source: _elsewhere(source, listed), more, _beside(request)
    )


def _pointed(request: Request, looked: Looked) -> Response | None:
    """Send who comes for a place on to the block that holds it, for browsers that run no script."""
    at = request.query_params.get("at", "")
    if not at.isdecimal() or "block" in request.query_params or len(at) > 9:
        return None
    start = int(at)
    begins = [
        (block.table.start if block.table is not None else block.text.start, number)
        for number, block in enumerate(looked.layout.blocks, 1)
    ]
    number = max((each for each in begins if each[0] <= start), default=(0, 1))[1]
    return RedirectResponse(f"{quote(request.url.path)}?at={start}&block={number}#b{number}", 303)


def _elsewhere(source: Source, listed: dict[str, Held]) -> str:
    """The place in another document of the book."""
    for key, held in listed.items():
        if held.item.name == source.doc:
            return f"{link_to(key)}?at={source.start}"
    return ""


def order_link(by: str, column: str, *, down: bool) -> str:
    """The list ordered by a column, the other way round where it is ordered by it already.

    >>> order_link("date", "date", down=True)
    '/releases?sort=date&down=0'
    """
    first = column in ("date", "facts", "findings")
    return f"/releases?sort={column}&down={int(not down if by == column else first)}"


def _begin(shelf: Shelf) -> None:
    library_of(shelf).ahead(link_to)


PAGE = Page(
    "/releases",
    "Releases",
    70,
    (Route("/releases", releases), Route("/releases/{key:path}", release)),
    begins=_begin,
)
