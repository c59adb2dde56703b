"""Holes: all of them in a table, and a page for each with its log, its intersections and its samples."""

from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.faces.web.page import Page
from orebook.faces.web.pages.sections import KINDS, as_file
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.space.held import has_holes, held
from orebook.faces.web.space.hole_rows import PROBLEMS, hole_rows, problems_of
from orebook.faces.web.space.hole_view import HoleView, hole_view
from orebook.ground.finding import GRADES
from orebook.reports.drawings.svg import Drawing


def holes(request: Request) -> Response:
    """The table of holes; what validation found of each comes after it, for it may take a while."""
    asked = request.query_params
    seen = held(shelf_of(request)).seen
    if hole := asked.get("hole", "").strip():
        near = [each for each in seen.collars["hole"].to_list() if hole.lower() in each.lower()]
        exact = [each for each in near if each.lower() == hole.lower()]
        if exact or len(near) == 1:
            return RedirectResponse(f"/holes/{quote((exact or near)[0], safe='')}", 303)
        return RedirectResponse(f"/holes?{urlencode({'q': hole})}", 303)
    sort, down = asked.get("sort", ""), asked.get("down", "") == "1"
    checked = asked.get("checked", "") == "1" or sort == PROBLEMS
    problems = problems_of(shelf_of(request)) if checked else None
    page = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 9 else 1
    rows = hole_rows(seen, problems, sought=asked.get("q", "")[:200], sort=sort, down=down, page=page)

    def address(**changed: str) -> str:
        said = {"q": asked.get("q", ""), "sort": sort, "down": "1" if down else "", "page": str(page)}
        said = {**said, "checked": "1" if checked else "", **changed}
        kept = {name: value for name, value in said.items() if value and (name, value) != ("page", "1")}
        return f"/holes?{urlencode(kept)}" if kept else "/holes"

    worst = {} if problems is None else {hole: each[0].grade for hole, each in problems.items()}
    said = {"rows": rows, "q": asked.get("q", ""), "sort": sort, "down": down, "checked": checked, "address": address}
    return show(request, "holes.html", {**said, "worst": worst, "remarks": seen.remarks}, part="list")


def hole(request: Request) -> Response:
    """A hole."""
    view = hole_view(shelf_of(request), request.path_params["hole"])
    asked = request.query_params
    page = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 9 else 1
    heads, intervals = view.intersections()
    said = {
        "view": view,
        "grade": asked.get("grade", ""),
        "log": _log(request, view),
        "heads": heads,
        "intervals": intervals,
        "surveys": view.surveys(),
        "assays": view.assays(page),
        "kinds": list(KINDS),
    }
    return show(request, "hole.html", said, part="assays")


def _log(request: Request, view: HoleView) -> Drawing | None:
    grade = request.query_params.get("grade", "")

    def make(_: Book) -> Drawing | None:
        return view.log(grade)

    return shelf_of(request).kept(("log", view.hole, grade), make)


def problems(request: Request) -> Response:
    """What validation found of a hole: asked for after the page is there."""
    name = request.query_params.get("hole", "")
    found = problems_of(shelf_of(request)).get(name, [])
    counts = {grade: sum(each.grade == grade for each in found) for grade in reversed(GRADES)}
    return show(request, "hole_problems.html", {"findings": found, "counts": counts, "hole": name}, part="problems")


def log(request: Request) -> Response:
    """The log as a file."""
    kind, view = request.path_params["kind"], hole_view(shelf_of(request), request.query_params.get("hole", ""))
    drawn = _log(request, view)
    if kind not in KINDS or drawn is None:
        raise HTTPException(404)
    return as_file(drawn, f"log {view.hole}", kind)


PAGE = Page(
    "/holes",
    "Holes",
    20,
    (
        Route("/holes", holes),
        Route("/hole/problems", problems),
        Route("/hole/log.{kind}", log),
        Route("/holes/{hole:path}", hole),
    ),
    has_holes,
)
