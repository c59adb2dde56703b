"""API: the verbs for programs, over HTTP: JSON, problems as RFC 9457, an OpenAPI description, and a page about it."""

import sys
import traceback
from collections.abc import Callable
from hashlib import sha256
from json import JSONDecodeError
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orebook import __version__
from orebook.book.problems import BookError, BusyBookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.faces.asking.offered import is_place, offered
from orebook.faces.asking.openapi import ROOT, described, posted
from orebook.faces.asking.query import said_in
from orebook.faces.asking.reference import SCHEME, read
from orebook.faces.asking.reply import Reply, reply
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Manual, verbs
from orebook.faces.web.page import Page
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.needs import MissingError

_MOST = 4_000_000
"""So many characters an answer may have."""
_BODY = 1_000_000
"""So many bytes a question may have."""


class Problem(JSONResponse):
    """What cannot be, as RFC 9457 has it."""

    media_type = "application/problem+json"

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__({"type": "about:blank", "title": title, "status": status, "detail": detail}, status)


def _terms(shelf: Shelf, *, changes: bool) -> Terms:
    folder = shelf.book.folder
    return Terms(folder, folder, changes, _MOST, fixed=True, limits=shelf.limits)


def looked(request: Request) -> Response:
    """Answer a verb that only looks, or shows what it would do."""
    shelf = shelf_of(request)
    terms = _terms(shelf, changes=False)

    def answer() -> Response:
        page = _page(request, offered(terms))
        said = said_in(page, request.query_params.multi_items(), terms)
        tag = _tag(request, shelf, page)
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag})
        return _shown(reply(page, said, terms), tag)

    return _guarded(answer, terms)


async def changed(request: Request) -> Response:
    """Ask a verb for good; it is not offered where the server only reads."""
    shelf = shelf_of(request)
    terms = _terms(shelf, changes=True)
    if shelf.read_only:
        return Problem(403, "Read-only", "this server changes nothing; start it without --read-only")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return Problem(415, "Not JSON", "send the choices of the verb as one JSON object, as application/json")
    body = await request.body()
    if len(body) > _BODY:
        return Problem(413, "Too large", f"a question has at most {_BODY:,} bytes")
    try:
        said = await request.json()
    except (JSONDecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return Problem(400, "Not JSON", "this is no JSON")
    if not isinstance(said, dict):
        return Problem(400, "No object", "send the choices of the verb as one JSON object")
    return await run_in_threadpool(
        _guarded, lambda: _shown(reply(_page(request, posted(terms)), said, terms), ""), terms
    )


def _guarded(answer: Callable[[], Response], terms: Terms) -> Response:
    """An answer, or the problem that kept it away; a fault names its kind and no more."""
    try:
        return answer()
    except HTTPException as problem:
        return Problem(problem.status_code, "There is no such verb", problem.detail)
    except AskedWronglyError as problem:
        return Problem(400, "That cannot be asked", terms.hidden(str(problem)))
    except BusyBookError as problem:
        return Problem(503, "The book is being written", terms.hidden(str(problem)))
    except BookError as problem:
        return Problem(422, "That cannot be done", terms.hidden(str(problem)))
    except MissingError as problem:
        return Problem(501, "Something is not installed", str(problem))
    except Exception as problem:
        traceback.print_exc(file=sys.stderr)
        words = f"a fault of orebook ({type(problem).__name__}); the terminal where it runs says more"
        return Problem(500, "That went wrong", words)


def _page(request: Request, there: dict[str, Manual]) -> Manual:
    name = request.path_params["verb"]
    if name in there:
        return there[name]
    if name in verbs():
        raise HTTPException(405, f"{name} cannot be asked in this way")
    raise HTTPException(404, f"no verb is called {name[:80]!r}{did_you_mean(name, there)}")


def _tag(request: Request, shelf: Shelf, page: Manual) -> str:
    """A hash of what the answer depends on; none where it depends on more than the book."""
    if any(choice.kind == "words" and is_place(choice) for choice in page.choices):
        return ""
    found = sha256(f"{__version__}\0{shelf.state()}\0{request.url.path}?{request.url.query}".encode())
    for step in sorted((shelf.book.folder / "journal").glob("*")):
        told = step.stat()
        found.update(f"{step.name}\0{told.st_mtime_ns}\0{told.st_size}\0".encode())
    return f'"{found.hexdigest()[:32]}"'


def _shown(found: Reply, tag: str) -> Response:
    headers = {"ETag": tag} if tag else {}
    if found.shape is not None:
        return JSONResponse(found.shape, headers=headers)
    return Response(found.content, media_type=found.media, headers=headers)


def openapi(request: Request) -> Response:
    """The description of everything that can be asked here."""
    return JSONResponse(_described(request))


def _described(request: Request) -> dict[str, Any]:
    shelf = shelf_of(request)
    changing = None if shelf.read_only else _terms(shelf, changes=True)
    return described(_terms(shelf, changes=False), changing, token="authorization" in request.headers)


def reference(request: Request) -> Response:
    """Rules, tables, measures and manuals."""
    terms = _terms(shelf_of(request), changes=False)

    def answer() -> Response:
        found = read(f"{SCHEME}{request.path_params['place']}", terms)
        return Response(found.made(), media_type=found.media)

    return _guarded(answer, terms)


def nothing(request: Request) -> Response:
    """What is said where there is nothing."""
    return Problem(404, "There is nothing", f"there is nothing at {request.url.path[:200]}; {ROOT}/openapi.json tells")


def about(request: Request) -> Response:
    """The page about it: every verb, what it takes, and an address to try."""
    return show(request, "api.html", {"described": _described(request), "root": ROOT})


def _aside(_: Shelf) -> bool:
    return False


PAGE = Page(
    "/api",
    "API",
    98,
    (
        Route("/api", about),
        Route(f"{ROOT}/openapi.json", openapi),
        Route(f"{ROOT}/reference/{{place:path}}", reference),
        Route(f"{ROOT}/{{verb}}", looked, methods=["GET"]),
        Route(f"{ROOT}/{{verb}}", changed, methods=["POST"]),
        Route(f"{ROOT}/{{rest:path}}", nothing),
    ),
    _aside,
)
