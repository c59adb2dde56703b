"""Dropped: files that somebody gave; a release is checked, a table looked at and, when it is confirmed, added."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.book.adding import MAPPINGS
from orebook.book.keeping import keep
from orebook.book.problems import BookError
from orebook.desk.inputs import Input, is_document
from orebook.faces.web.page import Page
from orebook.faces.web.pages.releases import document, library_of, link_to
from orebook.faces.web.pages.works import waiting
from orebook.faces.web.papers.drops import Dropped, Drops
from orebook.faces.web.papers.library import held_at
from orebook.faces.web.papers.trying import Pairs, Tried, try_table
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.works import Work
from orebook.ground.schema import tables

_SOON_S = 1.2
_AT_ONCE = 20
_FIELDS = 1000
"""So many files at once, and so many fields of a form, are taken."""
_REMEMBERED = 4


def drops_of(shelf: Shelf) -> Drops:
    """The files that were given to a server."""
    return shelf.held("drops", lambda: Drops(4 * shelf.upload_limit))


def dropped(request: Request) -> Response:
    """The files that were given, and the form to give more."""
    shelf = shelf_of(request)
    library_of(shelf).readers.warm()  # who comes here drops a file soon
    return show(request, "dropped.html", {"files": drops_of(shelf).all(), "problems": []})


async def drop(request: Request) -> Response:
    """Take files, and go to what one of them is, or to the list of several."""
    shelf = shelf_of(request)
    drops = drops_of(shelf)
    taken: list[Dropped] = []
    problems: list[str] = []
    async with request.form(max_files=_AT_ONCE, max_fields=_AT_ONCE) as form:
        for each in form.getlist("file"):
            if isinstance(each, UploadFile) and each.filename:
                try:
                    taken.append(await run_in_threadpool(drops.put, each.filename, each.file))
                except BookError as problem:
                    problems.append(str(problem))
    if len(taken) == 1 and not problems:
        return RedirectResponse(taken[0].link, 303)
    if taken and not problems:
        return RedirectResponse("/dropped", 303)
    said = {"files": drops.all(), "problems": problems or ["No file was chosen; choose one first."]}
    return show(request, "dropped.html", said, status=422)


def _file(request: Request) -> Dropped:
    found = drops_of(shelf_of(request)).get(request.path_params["key"])
    if found is None:
        raise HTTPException(404)
    return found


def look(request: Request) -> Response:
    """A dropped document with its facts and findings, put beside the releases of the book."""
    file = _file(request)
    library = library_of(shelf_of(request))
    item = Input(file.name, place=str(file.path))
    held = held_at(file.name, item, as_if=library.folder / file.name)
    if held is None:
        raise HTTPException(404)
    return document(request, library, library.listed(), held, f"/dropped/{file.key}", {"file": file})


def keep_it(request: Request) -> Response:
    """Put a dropped document among the releases of the book."""
    shelf, file = shelf_of(request), _file(request)
    _may_write(shelf)
    if not is_document(file.name):
        raise BookError(f"{file.name}: by this name it would not be found again; give it an ending such as .md or .pdf")
    keep(shelf.book, file.path, file.name)
    file.became = f"kept in releases/{file.name}"
    return RedirectResponse(link_to(file.name), 303)


def _may_write(shelf: Shelf) -> None:
    if shelf.read_only:
        raise HTTPException(403, "This server changes nothing: it was started with --read-only.")


def try_it(request: Request) -> Response:
    """What adding a dropped table would come to; nothing is written."""
    file = _file(request)
    pairs = [(name, value) for name, value in request.query_params.multi_items() if value]
    shelf = shelf_of(request)
    work = _trying(shelf, file, pairs)
    shelf.works.wait(work, _SOON_S)
    if work.state == "running":
        return waiting(request, work)
    found = work.result if work.state == "done" else Tried(problem=work.problem)
    return _page(request, file, pairs, found)


def _trying(shelf: Shelf, file: Dropped, pairs: Pairs) -> Work:
    """The work that looks at a table with these answers, the same however often it is asked for."""
    asked = (tuple(pairs), shelf.state(), _mappings(shelf))
    work = file.tried.get(asked)
    if work is None:
        link = f"/add/{file.key}?{urlencode(pairs)}"
        work = shelf.works.begin(f"Looking at {file.name}", lambda _: try_table(shelf.book, file, pairs), link)
        file.tried[asked] = work
        while len(file.tried) > _REMEMBERED:
            file.tried.popitem(last=False)
    return work


def _mappings(shelf: Shelf) -> int:
    """How many mappings the book remembers: a further one may answer what is open here."""
    return sum(1 for _ in (shelf.book.folder / MAPPINGS).glob("*.json"))


def _page(request: Request, file: Dropped, pairs: Pairs, found: Tried, *, status: int = 200) -> Response:
    shown = {field.name for field in found.fields} | {"sheet", "known", "table", "others", "unit"}
    shown |= {f"c.{match.head}" for match in found.mapping.matches} if found.mapping else set()
    said: Mapping[str, object] = {
        "file": file,
        "found": found,
        "said": dict(pairs),
        "pairs": pairs,
        "hidden": [(name, value) for name, value in pairs if name not in shown],
        "tables": tables(),
    }
    return show(request, "add.html", said, status=status)


async def add_it(request: Request) -> Response:
    """Add a dropped table to the book, as it was shown."""
    shelf, file = shelf_of(request), _file(request)
    _may_write(shelf)
    async with request.form(max_files=0, max_fields=_FIELDS) as form:
        pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and value]
    return await run_in_threadpool(_added, request, shelf, file, pairs)


def _added(request: Request, shelf: Shelf, file: Dropped, pairs: Pairs) -> Response:
    work = shelf.works.begin(f"Adding {file.name}", partial(_write, shelf, file, pairs))
    work.link = f"/add/{file.key}/done?{urlencode({'work': work.key})}"
    shelf.works.wait(work, _SOON_S)
    return waiting(request, work) if work.state == "running" else RedirectResponse(quote(work.link, safe="/?=&"), 303)


def _write(shelf: Shelf, file: Dropped, pairs: Pairs, _: Work) -> tuple[Pairs, Tried]:
    found = try_table(shelf.book, file, pairs, write=True)
    if found.added is not None:
        file.became = f"added to {found.added.imported.mapping.table} in step {found.added.step}"
    return pairs, found


def done(request: Request) -> Response:
    """What became of a table that was to be added: the step and its report, or why nothing was written."""
    file = _file(request)
    try:
        work = shelf_of(request).works[request.query_params.get("work", "")]
    except KeyError:
        raise HTTPException(404) from None
    if work.state == "running":
        return waiting(request, work)
    pairs, found = work.result if work.state == "done" else ((), Tried(problem=work.problem))
    if found.added is None:
        return _page(request, file, pairs, found, status=409)
    return show(request, "added.html", {"file": file, "found": found})


def _aside(_: Shelf) -> bool:
    return False


PAGE = Page(
    "/dropped",
    "Dropped",
    96,
    (
        Route("/dropped", dropped),
        Route("/dropped", drop, methods=["POST"]),
        Route("/dropped/{key}", look),
        Route("/dropped/{key}/keep", keep_it, methods=["POST"]),
        Route("/add/{key}", try_it),
        Route("/add/{key}", add_it, methods=["POST"]),
        Route("/add/{key}/done", done),
    ),
    _aside,
)
