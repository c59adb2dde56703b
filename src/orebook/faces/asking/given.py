"""Given: what was said from outside, looked at and turned into what a verb can be asked."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from orebook.book.settings import FILE
from orebook.desk.across import RELEASES
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.inputs import gather
from orebook.faces.asking.offered import BOOK, FORMAT, LONGEST, MANY, always, choices, is_place, shapes
from orebook.faces.asking.places import place, places
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Choice, Manual

_LARGEST = 1_000_000_000
_DOCUMENTS = "paths"


def given(page: Manual, said: Mapping[str, object], terms: Terms) -> dict[str, object]:
    """The arguments for a verb.

    Raises ``AskedWronglyError``: what was said, and what can be.
    """
    known = {choice.name: choice for choice in choices(page, terms)}
    for name in said:
        if name not in known and name != FORMAT:
            instead = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            raise AskedWronglyError(f"nothing is called {name[:80]!r} here{instead}")
    for choice in known.values():
        if choice.required and said.get(choice.name) in (None, "", []):
            raise AskedWronglyError(f"{choice.name} is missing: {choice.help}")
    found = {
        name: _value(known[name], words, terms) for name, words in said.items() if name != FORMAT and words is not None
    }
    _few_enough(found.get(_DOCUMENTS))
    return {**_book(page, found, terms), **found, **always(page, terms)}


def _few_enough(paths: object) -> None:
    """Refuse what would be read for hours: folders and patterns that mean very many documents."""
    count = len(gather(cast("list[str]", paths))) if isinstance(paths, list) else 0
    if count > MANY:
        raise AskedWronglyError(
            f"{_DOCUMENTS} means {count:,} documents; at most {MANY:,} are read for one question: name a part"
        )


def shape_of(page: Manual, said: Mapping[str, object]) -> str:
    """The format that was asked for, or none.

    Raises ``AskedWronglyError`` for one that the verb does not have.
    """
    asked = said.get(FORMAT) or ""
    if asked and asked not in shapes(page):
        raise AskedWronglyError(f"{FORMAT} {str(asked)[:80]!r}: there are {', '.join(shapes(page))}")
    return str(asked)


def _book(page: Manual, found: Mapping[str, object], terms: Terms) -> dict[str, object]:
    """The book that is meant where none is named: never one that lies above the folder.

    Documents are put beside the releases of that book where it keeps some.
    """
    known = {choice.name for choice in page.choices}
    if BOOK not in known or found.get(BOOK):
        return {}
    book = terms.book or (terms.folder if (terms.folder / FILE).is_file() else None)
    if _DOCUMENTS in known:
        return {BOOK: str(book)} if book is not None and (book / RELEASES).is_dir() else {}
    if book is not None:
        return {BOOK: str(book)}
    there = sorted(file.parent.name for file in terms.folder.glob(f"*/{FILE}"))
    instead = f"; there are {', '.join(there[:20])}" if there else ""
    raise AskedWronglyError(f"{BOOK} is missing: name a book of this folder{instead}")


def _value(choice: Choice, said: object, terms: Terms) -> object:
    """One thing that was said, as the verb takes it."""
    readers: dict[str, Callable[[Choice, object], object]] = {
        "words": _words,
        "measures": _measures,
        "switch": _switch,
        "number": _number,
        "measure": _measure,
        "one of": _one_of,
    }
    value = readers.get(choice.kind, _word)(choice, said)
    if not is_place(choice):
        return value
    if choice.kind == "words":
        return [found for word in cast("list[str]", value) for found in places(word, terms)]
    found = place(str(value), terms) if value else ""
    return Path(found) if choice.kind == "file" else found


def _word(choice: Choice, said: object) -> str:
    if not isinstance(said, str):
        raise _refused(choice, said, "some words")
    if len(said) > LONGEST:
        raise AskedWronglyError(f"{choice.name} has {len(said):,} characters; at most {LONGEST:,} are taken")
    if "\0" in said:
        raise AskedWronglyError(f"{choice.name} holds a character that no word has")
    return said


def _words(choice: Choice, said: object) -> list[str]:
    several = [said] if isinstance(said, str) else said
    if not isinstance(several, list):
        raise _refused(choice, said, "a list of words")
    if len(several) > MANY:
        raise AskedWronglyError(f"{choice.name} has {len(several):,} words; at most {MANY:,} are taken")
    return [_word(choice, word) for word in several]


def _switch(choice: Choice, said: object) -> bool:
    if not isinstance(said, bool):
        raise _refused(choice, said, "true or false")
    return said


def _number(choice: Choice, said: object) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or abs(said) > _LARGEST:
        raise _refused(choice, said, "a whole number")
    return said


def _measure(choice: Choice, said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said) or abs(said) > 1e15:
        raise _refused(choice, said, "a number")
    return float(said)


def _measures(choice: Choice, said: object) -> list[float]:
    several = said if isinstance(said, list) else [said]
    if len(several) > MANY:
        raise AskedWronglyError(f"{choice.name} has {len(several):,} numbers; at most {MANY:,} are taken")
    return [_measure(choice, number) for number in several]


def _one_of(choice: Choice, said: object) -> str:
    if said not in choice.among:
        raise _refused(choice, said, f"one of {', '.join(choice.among)}")
    return str(said)


def _refused(choice: Choice, said: object, wanted: str) -> AskedWronglyError:
    return AskedWronglyError(f"{choice.name} is {str(said)[:80]!r}; give {wanted}")
