"""Results: what can be made from the tables of a book, one file each, found by being in this folder."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from orebook.book.bench import Bench, Made

__all__ = ["Bench", "Made", "Result", "results"]


class Result(NamedTuple):
    """Something that can be made: its name, what it is in one sentence, and how."""

    name: str
    title: str
    make: Callable[[Bench], Made]


class _Module(Protocol):
    """What a file of this folder offers."""

    __doc__: str | None
    make: Callable[[Bench], Made]


@cache
def results() -> Mapping[str, Result]:
    """Every result by its name.

    >>> "intercepts" in results()
    True
    """
    found: dict[str, Result] = {}
    for each in iter_modules(__path__):
        module: _Module = import_module(f"{__name__}.{each.name}")
        title = (module.__doc__ or "").partition("\n")[0]
        found[each.name] = Result(each.name, title, module.make)
    return found
