"""Needs: libraries that only some work asks for, and what to install when one is missing."""

from importlib import import_module
from types import ModuleType


class MissingError(RuntimeError):
    """A library that this work needs and that is not installed; the message says what to install."""


def need(library: str, *, extra: str) -> ModuleType:
    """The library of that name; ``extra`` is the optional part of Orebook that brings it.

    >>> need("json", extra="none").__name__
    'json'
    >>> need("no_such_library", extra="geo")
    Traceback (most recent call last):
        ...
    orebook.ground.needs.MissingError: this needs no_such_library, which is not installed; pip install 'orebook[geo]'
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as problem:
        top = library.partition(".")[0]
        if problem.name is not None and problem.name.partition(".")[0] != top:
            top = problem.name
        raise MissingError(f"this needs {top}, which is not installed; pip install 'orebook[{extra}]'") from None
