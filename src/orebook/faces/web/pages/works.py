"""Works: what is being done at the moment, how far it is, and where to look at what came of it."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.faces.web.page import Page
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.works import Work


def all_works(request: Request) -> Response:
    """Everything that is being done or was, the last first."""
    return show(request, "works.html", {"works": shelf_of(request).works.all()})


def one(request: Request) -> Response:
    """How far a work is, and once it has ended well what the page that asks wants ``then``.

    A page that only waited is sent on to what came of it, one that shows more of it is loaded anew, and one that
    somebody reads meanwhile stays.
    """
    try:
        work = shelf_of(request).works[request.path_params["key"]]
    except KeyError:
        raise HTTPException(404) from None
    then = request.query_params.get("then", "")
    then = then if then in ("stay", "refresh") else ""
    answer = show(request, "work.html", {"work": work, "then": then}, part="working")
    if work.state == "done" and request.headers.get("hx-request") == "true":
        if then == "refresh":
            answer.headers["HX-Refresh"] = "true"
        elif work.link and not then:
            answer.headers["HX-Redirect"] = quote(work.link, safe="/?=&#%")
    return answer


def waiting(request: Request, work: Work) -> Response:
    """The page that tells of a work until it has ended, in the place of the page that it makes."""
    return show(request, "work.html", {"work": work, "then": ""}, status=202)


def _aside(_: Shelf) -> bool:
    return False


PAGE = Page("/works", "Works", 97, (Route("/works", all_works), Route("/works/{key}", one)), _aside)
