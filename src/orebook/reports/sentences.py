"""Sentences: templates of prose, ours or a company's own, filled in with words that are printed already.

Each room keeps its own in a TOML file; ``book.toml`` may say any of them otherwise. No sentence rounds anything.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from orebook.reports.layouts import LayoutError

Templates = Mapping[str, Any]


@cache
def templates(room: str, name: str = "sentences.toml") -> Templates:
    """The templates of a room, as they stand in its file."""
    return tomllib.loads(files(room).joinpath(name).read_text(encoding="utf-8"))


def sought(books: tuple[Templates, ...], group: str, name: str) -> str:
    """A template by its group and its name, from the first book that has it; ``group`` may have parts.

    Raises ``LayoutError`` for one that nobody wrote.

    >>> sought(({}, {"lists": {"barren": "Nothing in {holes}."}}), "lists", "barren")
    'Nothing in {holes}.'
    """
    for book in books:
        found = grouped(book, group).get(name)
        if isinstance(found, str):
            return found
    known = sorted({each for book in books for each in grouped(book, group)})
    instead = f"there are {', '.join(known)}" if known else f"no group of sentences is called {group!r}"
    raise LayoutError(f"no sentence {group}.{name}; {instead}")


def grouped(book: Templates, group: str) -> Templates:
    """The templates of a group; none where there is no such group."""
    found: Any = book
    for part in group.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def wanted(words: str) -> list[str]:
    """The names that stand in the braces of a template.

    >>> wanted("{length} at {grade}")
    ['length', 'grade']
    """
    return [name for _, name, _, _ in Formatter().parse(words) if name is not None]


def fill(words: str, **said: str) -> str:
    """A template with its braces filled.

    Raises ``LayoutError`` for a brace that nothing fills.

    >>> fill("{length} at {grade}", length="3.00 m", grade="2.10 g/t Au")
    '3.00 m at 2.10 g/t Au'
    """
    for name in wanted(words):
        if name not in said:
            raise LayoutError(f"the sentence {words!r} has {{{name}}}, which is none of {', '.join(sorted(said))}")
    return words.format(**said)
