"""Layouts: what ``book.toml`` says about printing, turned into what a page can follow, each word of it checked."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin, get_type_hints

MOST_DECIMALS = 9
"""Nobody prints more."""


class LayoutError(ValueError):
    """A layout that cannot be followed: which word of it, and what could stand there."""


def checked(kind: type, said: Mapping[str, Any], what: str = "a layout") -> dict[str, Any]:
    """What is said as the fields of a frozen class: each known, each of the kind that its place takes.

    Lists become tuples. Raises ``LayoutError`` for anything else.
    """
    known = get_type_hints(kind)
    for name in said:
        if name not in known:
            raise LayoutError(f"{what} has no {name!r}; {instead(name, list(known))}")
    return {name: value_of(name, value, known[name]) for name, value in said.items()}


def value_of(name: str, value: Any, hint: Any) -> Any:
    """A value if it is of the kind that its place takes; lists become tuples."""
    choices = [choice for part in (hint, *get_args(hint)) if get_origin(part) is Literal for choice in get_args(part)]
    kinds = [part for part in (hint, *get_args(hint)) if isinstance(part, type)]
    if choices:
        if value not in choices:
            raise LayoutError(f"{name}: {value!r} cannot stand here; give {', '.join(map(repr, choices))}")
        return value
    if any(get_origin(part) is tuple for part in (hint, *get_args(hint))):
        return tuple(str(each) for each in several(name, value))
    if isinstance(value, bool) != (bool in kinds) or not isinstance(value, tuple(kinds)):
        raise LayoutError(f"{name}: {value!r} cannot stand here; give {' or '.join(_SPOKEN[kind] for kind in kinds)}")
    return value


_SPOKEN: dict[type, str] = {str: "words", int: "a whole number", bool: "true or false", type(None): "nothing"}


def several(name: str, value: object) -> Sequence[object]:
    """A list, or one word as a list of one."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence):
        raise LayoutError(f"{name}: {value!r} cannot stand here; give a list")
    return value


def printable(decimals: int | None, where: str) -> None:
    """Refuse decimals that nobody can print."""
    if decimals is not None and not 0 <= decimals <= MOST_DECIMALS:
        raise LayoutError(f"{where}: {decimals} decimals cannot be printed; give 0 to {MOST_DECIMALS}")


def instead(name: str, known: list[str]) -> str:
    """What could be meant by a word that is not known."""
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"it may have {', '.join(known)}"
