"""Application: the pages of a book behind their guard, with what every one of them shares."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.faces.web.guard import Guard
from orebook.faces.web.page import all_pages
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import show
from orebook.ground.needs import MissingError
from orebook.reports.drawings.svg import colours, plain_style

STATIC = Path(__file__).parent / "static"


def application(shelf: Shelf, *, hosts: frozenset[str] = frozenset(), token: str = "") -> Starlette:
    """The server's pages. ``hosts`` and ``token`` are what the guard asks for."""
    routes: list[BaseRoute] = [route for page in all_pages() for route in page.routes]
    routes.append(Route("/static/drawing.css", _drawing_style))
    routes.append(Mount("/static", StaticFiles(directory=STATIC), name="static"))
    made = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, token=token, most=shelf.upload_limit)],
        exception_handlers={
            HTTPException: _unanswered,
            BookError: _not_possible,
            AskedWronglyError: _not_possible,
            MissingError: _not_possible,
            Exception: _fault,
        },
    )
    made.state.shelf = shelf
    return made


def _drawing_style(_: Request) -> Response:
    """The colours of drawings, for whichever ground the page has."""
    return Response(drawing_style(), media_type="text/css")


def drawing_style() -> str:
    """The style of drawings on a page, whose colours follow the page's own ground.

    >>> ".paper{fill:light-dark(#ffffff,#16181c)}" in drawing_style()
    True
    """
    both = {role: f"light-dark({light},{dark})" for role, (light, dark) in colours().items()}
    rules = [f".{role}{{fill:{said}}}.{role}-line{{stroke:{said};fill:none}}" for role, said in both.items()]
    return f"{plain_style()}{''.join(rules)}.halo{{stroke:{both['paper']}}}"


def _unanswered(request: Request, problem: Exception) -> HTMLResponse:
    """What is said where there is no such page, or it cannot be asked so."""
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    detail = problem.detail if isinstance(problem, HTTPException) else ""
    said = {404: f"There is no page {request.url.path}", 405: "This cannot be asked of the page"}.get(status, detail)
    return show(
        request, "problem.html", {"title": said, "words": "" if status in (404, 405) else detail}, status=status
    )


def _not_possible(request: Request, problem: Exception) -> HTMLResponse:
    """What the book or the question does not allow, in the words that the command line has for it."""
    return show(
        request, "problem.html", {"title": "That cannot be done", "words": str(problem)}, part="said", status=422
    )


def _fault(request: Request, problem: Exception) -> HTMLResponse:
    """A fault of the program: its kind, and nothing of what it held."""
    words = f"A fault of orebook ({type(problem).__name__}); the terminal where it runs says more."
    return show(request, "problem.html", {"title": "That went wrong", "words": words}, part="said", status=500)
