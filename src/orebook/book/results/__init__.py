"""Results: what can be made from the tables of a book, one file each, found by being in this folder."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from orebook.book.bench import Bench, Made

__all__ = ["Bench", "Made", "Result", "results"]


class Result(NamedTuple):
    """Something that can be made: its name, what it is in one sentence, and how.

    Of a result with ``further`` a book may have several: a table of ``[results]`` that says ``like`` and describes
    another of its kind.
    """

    name: str
    title: str
    make: Callable[[Bench], Made]
    further: Callable[[Bench, str], Made] | None


@cache
def results() -> Mapping[str, Result]:
    """Every result by its name.

    >>> "intercepts" in results()
    True
    """
    found: dict[str, Result] = {}
    for each in iter_modules(__path__):
        module = import_module(f"{__name__}.{each.name}")
        title = (module.__doc__ or "").partition("\n")[0]
        found[each.name] = Result(each.name, title, module.make, getattr(module, "further", None))
    return found
