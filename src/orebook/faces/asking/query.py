"""Query: what an address says after its question mark, as the kinds of values that the choices of a verb take."""

from collections.abc import Iterable

from orebook.desk.answer import AskedWronglyError
from orebook.faces.asking.offered import choices
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Choice, Manual

_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")


def said_in(page: Manual, pairs: Iterable[tuple[str, str]], terms: Terms) -> dict[str, object]:
    """What was asked: lists where several may be said, numbers and switches as such; what is unknown stays words.

    Raises ``AskedWronglyError`` for what is said twice and can be said once, and for what is no number.

    >>> from pathlib import Path
    >>> from orebook.faces.manual import manual
    >>> said_in(manual("validate"), [("select", "T1"), ("select", "T3"), ("most", "5")], Terms(Path()))
    {'select': ['T1', 'T3'], 'most': 5}
    """
    known = {choice.name: choice for choice in choices(page, terms)}
    found: dict[str, object] = {}
    for name, word in pairs:
        choice = known.get(name)
        if choice is not None and choice.kind in ("words", "measures"):
            several = found.setdefault(name, [])
            assert isinstance(several, list)
            several.append(_single(choice, word))
        elif name in found:
            raise AskedWronglyError(f"{name[:80]} is said twice")
        else:
            found[name] = word if choice is None else _single(choice, word)
    return found


def _single(choice: Choice, word: str) -> object:
    """One value as its kind."""
    try:
        if choice.kind == "number":
            return int(word)
        if choice.kind in ("measure", "measures"):
            return float(word)
    except ValueError:
        raise AskedWronglyError(f"{choice.name} is {word[:80]!r}; give a number") from None
    if choice.kind == "switch":
        if word.lower() in (*_TRUE, *_FALSE):
            return word.lower() in _TRUE
        raise AskedWronglyError(f"{choice.name} is {word[:80]!r}; give true or false")
    return word
