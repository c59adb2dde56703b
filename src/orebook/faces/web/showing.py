"""Showing: a page from its template, whole, or only the part that changes where the browser asks for that."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from orebook import __version__
from orebook.faces.web.page import all_pages
from orebook.faces.web.shelf import Shelf
from orebook.reports.drawings.svg import Drawing
from orebook.reports.paper import shown
from orebook.reports.templating import Environment, of_pages

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates: everything that is put into them is text, whatever it holds."""
    made = of_pages(TEMPLATES)
    made.filters["shown"] = shown
    made.filters["count"] = count
    made.filters["zip"] = zip
    made.filters["plain"] = plain
    made.filters["drawing"] = drawn
    return made


def count(number: int) -> str:
    """A number of things as people write it.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def plain(words: str) -> str:
    """Words of several lines, without anything that would be obeyed.

    >>> plain("a\\nb\\x1b[31m")
    'a\\nb·[31m'
    """
    return "\n".join(shown(line) for line in words.split("\n"))


def drawn(drawing: Drawing, name: str = "") -> Markup:
    """A drawing to stand in a page, which brings its colours."""
    return Markup(drawing.inner(name=name))


def made_once(template: str, said: Mapping[str, object]) -> Markup:
    """A part of pages out of a template of its own, in which all that is put is text; to be kept and shown again."""
    return Markup(environment().get_template(template).render(said))


def shelf_of(request: Request) -> Shelf:
    """The shelf of the server that was asked."""
    return cast(Shelf, request.app.state.shelf)


def show(
    request: Request, template: str, said: Mapping[str, object], *, part: str = "", status: int = 200
) -> HTMLResponse:
    """A page. Where htmx asks and ``part`` names a block of the template, that block alone is answered."""
    shelf = shelf_of(request)
    found = environment().get_template(template)
    here = request.url.path
    context = {
        **said,
        "request": request,
        "shelf": shelf,
        "book_name": shelf.name,
        "version": __version__,
        "pages": [(page, _is_here(page.path, here)) for page in all_pages() if page.belongs(shelf)],
    }
    asked_back = request.headers.get("hx-history-restore-request") == "true"  # the back button wants all of it
    if part and request.headers.get("hx-request") == "true" and not asked_back:
        words = "".join(found.blocks[part](found.new_context(context)))
    else:
        words = found.render(context)
    return HTMLResponse(words, status, headers={"Vary": "HX-Request"})


def _is_here(path: str, here: str) -> bool:
    return here == path if path == "/" else here == path or here.startswith(f"{path}/")
