"""Sections: one vertical cut after the other, with what lies in its corridor, from the map or by arrow keys."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.faces.web.page import Page
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.space.asked import Asked
from orebook.faces.web.space.held import has_holes
from orebook.faces.web.space.long_view import long_view
from orebook.faces.web.space.section_view import LAYERS, SectionView, section_view
from orebook.reports.drawings.svg import Drawing
from orebook.reports.pictures import Picture, set_in_type

KINDS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}


def sections(request: Request) -> Response:
    """A section with its inset, its grades and its intersections."""
    return _page(request, _view(request))


def long_sections(request: Request) -> Response:
    """A long section with the same beside it."""
    return _page(request, _long(request))


def _view(request: Request) -> SectionView:
    return section_view(shelf_of(request), Asked.of(request.query_params))


def _long(request: Request) -> SectionView:
    return long_view(shelf_of(request), Asked.of(request.query_params))


def _page(request: Request, view: SectionView) -> Response:
    """The page of a section."""
    before, after = view.neighbours()
    named, across = view.options()
    heads, intervals = view.intervals()
    said = {
        "view": view,
        "asked": view.asked,
        "drawing": _drawn(request, view),
        "before": before,
        "after": after,
        "named": named,
        "across": across,
        "heads": heads,
        "intervals": intervals,
        "inset": _inset(request, view),
        "spread": view.spread() if view.grade else None,
        "summary": view.summary(),
        "kinds": list(KINDS),
        "kinds_of": _kinds(view),
        "layers": LAYERS,
    }
    return show(request, "sections.html", said, part="section")


def _kinds(view: SectionView) -> list[tuple[str, str, bool]]:
    """The kinds of sections: the page of each, what it is called, and whether it is the one that is shown."""
    elsewhere = {"line": "", "azimuth": None, "within": None, "reach": None, "show": "", "by": ""}
    found = (("/sections", "Cross-sections"), ("/sections/long", "Long sections"))
    return [(view.asked.address(path, **elsewhere), said, path == view.path) for path, said in found]


def drawing(request: Request) -> Response:
    """The drawing alone, nearer or further."""
    return _nearer(request, _view(request))


def long_drawing(request: Request) -> Response:
    """The drawing of a long section alone, nearer or further."""
    return _nearer(request, _long(request))


def _nearer(request: Request, view: SectionView) -> Response:
    said = {"view": view, "asked": view.asked, "drawing": _drawn(request, view), "kinds": list(KINDS)}
    return show(request, "section_drawing.html", said)


def _drawn(request: Request, view: SectionView) -> Drawing:
    def make(_: Book) -> Drawing:
        return view.drawing()

    return shelf_of(request).kept((view.known, view.asked), make)


def _inset(request: Request, view: SectionView) -> Drawing:
    def make(_: Book) -> Drawing:
        return view.inset()

    return shelf_of(request).kept(("section inset", view.line), make)


def download(request: Request) -> Response:
    """The drawing as a file."""
    kind = _kind(request)
    view = _view(request)
    return as_file(_drawn(request, view), view.name, kind)


def long_download(request: Request) -> Response:
    """The drawing of a long section as a file."""
    kind = _kind(request)
    view = _long(request)
    return as_file(_drawn(request, view), view.name, kind)


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    return kind


def as_file(drawn: Drawing, name: str, kind: str) -> Response:
    """A drawing as a file of its own, light on paper."""
    if kind == "svg":
        content: bytes = drawn.svg(ground="light").encode()
    else:
        content = set_in_type(Picture(name, drawn, "light"), "pdf" if kind == "pdf" else "png")
    plain = re.sub(r"[^0-9A-Za-z]{1,200}", "-", name).strip("-").lower()[:80] or "drawing"
    return Response(
        content, media_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{plain}.{kind}"'}
    )


PAGE = Page(
    "/sections",
    "Sections",
    30,
    (
        Route("/sections", sections),
        Route("/sections/drawing", drawing),
        Route("/sections/section.{kind}", download),
        Route("/sections/long", long_sections),
        Route("/sections/long/drawing", long_drawing),
        Route("/sections/long/section.{kind}", long_download),
    ),
    has_holes,
)
