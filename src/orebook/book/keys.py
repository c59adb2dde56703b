"""Keys: what may stand in ``book.toml``, and of which kind each value has to be. The list is ``keys.csv``.

A row without a key says of a whole table that its keys are names of tables (``tables``), that it may stand several
times (``list``), that somebody else reads it (``open``), or that there are no keys.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Table = Mapping[str, object]
"""A table of a TOML file, of which nothing is known yet."""

MOST = 1e300
"""A number beyond this is none: the machine cannot count on."""

_LONGEST = 80


class Kind(NamedTuple):
    """What a value may be: whether it is that, and what to write instead."""

    holds: Callable[[object], bool]
    instead: str


def is_number(value: object) -> bool:
    """Whether a value of a TOML file is a number that can be counted with.

    >>> is_number(2), is_number(True), is_number(float("nan")), is_number(10**400), is_number("2")
    (True, False, False, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST <= value <= MOST


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


_KINDS: Mapping[str, Kind] = {
    "text": Kind(lambda value: isinstance(value, str), "write it in quotation marks"),
    "number": Kind(is_number, "write a number"),
    "yes": Kind(lambda value: isinstance(value, bool), "write true or false"),
    "words": Kind(lambda value: isinstance(value, str) or _are_texts(value), "write a list of words"),
    "texts": Kind(_are_texts, "write a list of words"),
    "numbers": Kind(
        lambda value: isinstance(value, Mapping) and all(map(is_number, value.values())),
        "write a number for each name: { name = 2.8 }",
    ),
    "day": Kind(
        lambda value: isinstance(value, date) and not isinstance(value, datetime),
        "write a day without quotation marks: 2026-06-30",
    ),
    "table": Kind(lambda value: isinstance(value, Mapping), ""),
}


@cache
def keys() -> Mapping[str, Mapping[str, str]]:
    """Of each table the keys that it may have, with the kind of each.

    >>> keys()["results.paths"], keys()["results.holes"]
    ({'step': 'number'}, {})
    """
    found: dict[str, dict[str, str]] = {}
    for row in _rows():
        found.setdefault(row["table"], {}).update({row["key"]: row["kind"]} if row["key"] else {})
    return found


@cache
def tops() -> tuple[str, ...]:
    """The tables that a book.toml begins with.

    >>> tops()[:3]
    ('issuer', 'space', 'tables')
    """
    return tuple(name for name in keys() if "." not in name)


@cache
def _wholes() -> Mapping[str, str]:
    """What is said of tables as a whole."""
    return {row["table"]: row["kind"] for row in _rows() if not row["key"]}


def _rows() -> list[dict[str, str]]:
    text = files("orebook.book").joinpath("keys.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def refused(said: Table) -> str:
    """What in a ``book.toml`` cannot be meant, with its place and what to write; nothing for a good one.

    >>> refused({"results": {"paths": {"step": "far"}}})
    "results.paths.step is 'far'; write a number"
    >>> refused({"space": {"crss": "EPSG:26909"}})
    "unknown key space.crss; did you mean 'crs'?"
    """
    return _unknown("", said, tops()) or next(filter(None, (_top(name, said[name]) for name in said)), "")


def _top(name: str, said: object) -> str:
    """What is wrong with one of the tables that a book.toml begins with."""
    whole = _wholes().get(name, "")
    if whole == "open":
        return ""
    if whole == "list":
        return _listed(name, said)
    if not isinstance(said, Mapping):
        return f"{name} is not a table; write [{name}] above its keys"
    if whole != "tables":
        return _table(name, name, said)
    for key, table in said.items():
        where = f"{name}.{key}"
        if not isinstance(table, Mapping):
            return f"{where} is {table!r}; write [{where}] above its keys"
        if problem := _table(where, _alike(name, key, table), table):
            return problem
    return ""


def _listed(name: str, said: object) -> str:
    """What is wrong with a list of tables."""
    if not isinstance(said, list) or not all(isinstance(each, Mapping) for each in said):
        return f"{name} is not a list of tables; write [[{name}]] above the keys of each"
    several = len(said) > 1
    wrong = (_table(f"{name}.{number}" if several else name, name, each) for number, each in enumerate(said, 1))
    return next(filter(None, wrong), "")


def _alike(name: str, key: str, said: Table) -> str:
    """The table whose keys a table has: its own, or those of the one that it says it is like."""
    own = f"{name}.{key}"
    return own if own in keys() else f"{name}.{said.get('like')}"


def _table(where: str, alike: str, said: Table) -> str:
    """What is wrong with the keys of a table and their values; nothing is said of one that is not in the list."""
    known = keys().get(alike)
    if known is None:
        return ""
    if problem := _unknown(f"{where}.", said, known):
        return problem
    for key, value in said.items():
        place, kind = f"{where}.{key}", _KINDS[known[key]]
        if not kind.holds(value):
            return f"{place} is {_shown(value)}; {kind.instead or f'write [{place}] above its keys'}"
        if isinstance(value, Mapping) and (problem := _table(place, f"{alike}.{key}", value)):
            return problem
    return ""


def _unknown(before: str, said: Table, known: Iterable[str]) -> str:
    """A key that means nothing, with the nearest that does."""
    there = list(known)
    for key in said:
        if key not in there:
            near = get_close_matches(key, there, 1)
            listed = f"the keys are {', '.join(there)}" if there else "nothing stands there"
            return f"unknown key {before}{key}; " + (f"did you mean {near[0]!r}?" if near else listed)
    return ""


def _shown(value: object) -> str:
    """A value as it is quoted; what is longer than anybody writes is cut."""
    words = str(value) if isinstance(value, date) else repr(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
