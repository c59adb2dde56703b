"""Sentences: the templates of prose about drilling, ours or a company's own.

``sentences.toml`` holds ours; ``book.toml`` may say any of them otherwise. A template is filled in with words that are
printed already: no sentence rounds anything.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from orebook.reports.drilling.layouts import LayoutError

Templates = Mapping[str, Any]


@cache
def ours() -> Templates:
    """The templates of ``sentences.toml``.

    >>> ours()["lists"]["pending_one"]
    'Assays are pending for hole {holes}.'
    """
    return tomllib.loads(files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8"))


def template(group: str, name: str, own: Templates | None = None) -> str:
    """A template by its group and its name; the company's own before ours.

    ``group`` may have parts: ``highlight.grading``. Raises ``LayoutError`` for one that nobody wrote.

    >>> template("lists", "barren"), template("lists", "barren", {"lists": {"barren": "Nothing in {holes}."}})
    ('No significant intersections in holes {holes}.', 'Nothing in {holes}.')
    """
    for book in (own or {}, ours()):
        found: Any = book
        for part in (*group.split("."), name):
            found = found.get(part) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return found
    known = sorted({*_group(ours(), group), *_group(own or {}, group)})
    instead = f"there are {', '.join(known)}" if known else f"no group of sentences is called {group!r}"
    raise LayoutError(f"no sentence {group}.{name}; {instead}")


def has(group: str, name: str, own: Templates | None = None) -> bool:
    """Whether there is such a template."""
    return name in _group(own or {}, group) or name in _group(ours(), group)


def fill(words: str, **said: str) -> str:
    """A template with its braces filled.

    Raises ``LayoutError`` for a brace that nothing fills.

    >>> fill("{length} at {grade}", length="3.00 m", grade="2.10 g/t Au")
    '3.00 m at 2.10 g/t Au'
    """
    for _, wanted, _, _ in Formatter().parse(words):
        if wanted is not None and wanted not in said:
            raise LayoutError(f"the sentence {words!r} has {{{wanted}}}, which is none of {', '.join(sorted(said))}")
    return words.format(**said)


def _group(book: Templates, group: str) -> Templates:
    found: Any = book
    for part in group.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}
