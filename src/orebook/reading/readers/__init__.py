"""Readers: one file for each kind of thing that releases say; each takes a release and gives records.

A reader is a module of this folder with ``ORDER`` (the lower reads first) and ``records(release)``. Where two readers
understand the same digits, the first keeps them.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from orebook.ground.fact import Record
from orebook.reading.release import Release

Reader = Callable[[Release], Iterable[Record]]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of the folder, in the order in which they read."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    known = [module for module in modules if hasattr(module, "ORDER") and hasattr(module, "records")]
    return tuple(module.records for module in sorted(known, key=lambda module: (module.ORDER, module.__name__)))
