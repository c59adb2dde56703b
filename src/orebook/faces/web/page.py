"""Page: what a file in ``pages`` says of itself, and how all of them are found."""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from starlette.routing import BaseRoute

from orebook.faces.web import pages
from orebook.faces.web.shelf import Shelf


def _always(_: Shelf) -> bool:
    return True


def _nothing(_: Shelf) -> None:
    pass


@dataclass(frozen=True)
class Page:
    """A page of the open book.

    ``path`` is where it begins, ``title`` its name among the others, ``order`` its place there; ``routes`` are what the
    server answers for it; ``belongs`` says whether a book has anything for it, pages without anything are not offered.
    ``begins`` is what is begun for it when a server opens the book, before anybody asks.
    """

    path: str
    title: str
    order: int
    routes: Sequence[BaseRoute]
    belongs: Callable[[Shelf], bool] = _always
    begins: Callable[[Shelf], None] = _nothing


@cache
def all_pages() -> tuple[Page, ...]:
    """Every page, in the order in which they are offered.

    >>> [page.title for page in all_pages()][0]
    'Overview'
    """
    names = [found.name for found in pkgutil.iter_modules(pages.__path__) if not found.name.startswith("_")]
    found = [import_module(f"{pages.__name__}.{name}").PAGE for name in names]
    return tuple(sorted(found, key=lambda page: (page.order, page.title)))
