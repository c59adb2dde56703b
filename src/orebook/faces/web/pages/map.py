"""Map: the holes from above with outlines and sections; a click goes to a hole or a section, a drag draws a new one."""

from dataclasses import dataclass

import numpy as np
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.desk.answer import AskedWronglyError
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.faces.web.page import Page
from orebook.faces.web.pages.sections import KINDS, as_file
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.space.asked import ALL_HOLES, NAME, ZONE, Asked
from orebook.faces.web.space.held import HALF_WIDTH, Held, begins, has_holes, held, lines
from orebook.faces.web.space.long_view import zones
from orebook.faces.web.space.section_view import section_view, words_of
from orebook.faces.web.space.where_view import PATH, WhereView, has_place, small, where_view
from orebook.reports.drawings.plan import Level, plan
from orebook.reports.drawings.svg import Drawing

_WIDTH, _HEIGHT = 1180.0, 860.0
_MOST_LINES = 60
"""So many section lines are drawn; more would cover the ground."""


@dataclass(frozen=True)
class MapView:
    """The map that is asked for: the section that is spoken of, if one is, and all that can be chosen."""

    held: Held
    asked: Asked
    spoken_of: Section | None
    sections: tuple[tuple[str, Section], ...]

    def drawing(self) -> Drawing:
        """The map."""
        seen = self.held.seen
        shown = [line for _, line in self.sections] if len(self.sections) <= _MOST_LINES else []
        with self.held.lock:
            return plan(
                seen.collars,
                seen.points,
                sections=shown,
                spoken_of=self.spoken_of,
                outlines=seen.outlines,
                level=self.level(),
                grid_name=seen.bench.settings.crs,
                source=seen.source,
                width=_WIDTH,
                height=_HEIGHT,
                reach=self.asked.reach,
            )

    def level(self) -> Level | None:
        """The blocks of the elevation that is asked for; nothing where none is, or there are no blocks."""
        seen, asked = self.held.seen, self.asked
        if asked.level is None or seen.blocks is None:
            return None
        grade = asked.blocks or seen.grade(asked.grade)
        if grade not in seen.blocks.grades:
            there = ", ".join(seen.blocks.grades) or "none"
            raise AskedWronglyError(f"blocks: the blocks have no grades {grade!r}; there are {there}")
        try:
            return Level(asked.level, seen.blocks, grade, seen.classes(grade, asked.bounds), asked.cutoff)
        except ValueError as problem:
            raise AskedWronglyError(f"bounds: {problem}") from None

    def levels(self) -> tuple[float, float] | None:
        """The lowest and the highest elevation of the blocks."""
        blocks = self.held.seen.blocks
        if blocks is None or not len(blocks):
            return None
        return float(np.floor(blocks.middles[2].min())), float(np.ceil(blocks.middles[2].max()))

    def addresses(self) -> list[tuple[str, str, float, float, float]]:
        """Of each section its name, its page, and the line on the map."""
        found = []
        for words, line in self.sections:
            address = self.asked.address("/sections", line=words, reach=None, level=None, azimuth=None)
            found.append((line.name, address, line.easting, line.northing, line.azimuth))
        return found

    def long_sections(self) -> list[tuple[str, str]]:
        """Of each long section its name and its page."""
        shown = [("all holes", ALL_HOLES), *((each, f"{ZONE}{each}") for each in zones(self.held.seen))]
        return [(name, Asked(grade=self.asked.grade, show=show).address("/sections/long")) for name, show in shown]


def map_view(shelf: Shelf, asked: Asked) -> MapView:
    """The map that is asked for.

    Raises ``AskedWronglyError`` and ``BookError`` for a line that cannot be.
    """
    one = held(shelf, asked.model)
    spoken_of = section_view(shelf, asked).line if asked.line else None
    half_width = asked.within or HALF_WIDTH[one.seen.unit]
    found = lines(shelf, half_width, asked.azimuth)
    named = tuple((f"{NAME}{each.name}", each) for each in found.named)
    return MapView(one, asked, spoken_of, named or tuple((words_of(each), each) for each in found.across))


def the_map(request: Request) -> Response:
    """The page; where the world shows a property of a book without holes, the map of that."""
    shelf = shelf_of(request)
    if not has_holes(shelf) and has_place(shelf):
        return RedirectResponse(PATH, 303)
    view = map_view(shelf, Asked.of(request.query_params))
    holes = view.held.seen.collars["hole"].drop_nulls().to_list()
    return show(request, "map.html", {**_said(request, view), "holes": holes, "where": small(shelf)}, part="drawing")


def drawing(request: Request) -> Response:
    """The map alone, nearer or further."""
    return show(
        request, "map_drawing.html", _said(request, map_view(shelf_of(request), Asked.of(request.query_params)))
    )


def _said(request: Request, view: MapView) -> dict[str, object]:
    return {"view": view, "asked": view.asked, "drawing": _drawn(request, view), "kinds": list(KINDS)}


def _drawn(request: Request, view: MapView) -> Drawing:
    def make(_: Book) -> Drawing:
        return view.drawing()

    return shelf_of(request).kept(("map", view.asked), make)


def download(request: Request) -> Response:
    """The map as a file."""
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    return as_file(_drawn(request, map_view(shelf_of(request), Asked.of(request.query_params))), "plan", kind)


def where(request: Request) -> Response:
    """Where in the world the property lies."""
    shelf = shelf_of(request)
    view = where_view(shelf, request.query_params)
    said = {"view": view, "drawing": _located(request, view), "kinds": list(KINDS), "holes": has_holes(shelf)}
    return show(request, "where.html", said)


def _located(request: Request, view: WhereView) -> Drawing:
    def make(_: Book) -> Drawing:
        return view.drawing()

    return shelf_of(request).kept(("where", view.name, view.km), make)


def where_download(request: Request) -> Response:
    """The map of the world as a file."""
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    view = where_view(shelf_of(request), request.query_params)
    return as_file(_located(request, view), f"location of {view.locator.site.name}", kind)


def _belongs(shelf: Shelf) -> bool:
    return has_holes(shelf) or has_place(shelf)


PAGE = Page(
    "/map",
    "Map",
    10,
    (
        Route("/map", the_map),
        Route("/map/drawing", drawing),
        Route("/map/plan.{kind}", download),
        Route(PATH, where),
        Route(f"{PATH}/map.{{kind}}", where_download),
    ),
    _belongs,
    begins,
)
