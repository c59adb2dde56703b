"""Answers: what every verb gives back, and what it says when it was asked for something that does not exist."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(slots=True)
class Answer(Generic[Result]):
    """Results, one after the other as they are found.

    ``shown_as`` is the folder of ``reports`` whose formats can show them, ``names`` says of which documents they will
    be, ``notes`` is what there is to say beside them; it is whole when the results have come to their end. ``what`` is
    being worked at, as people are told when it takes long.
    """

    shown_as: str
    results: Iterator[Result]
    names: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    what: str = "documents"


class AskedWronglyError(ValueError):
    """Something was asked for that cannot be: an option, a code, a configuration. The message says what instead."""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A question that names the nearest word, or nothing when none is near.

    >>> did_you_mean("chekc", ["check", "read"])
    "; did you mean 'check'?"
    >>> did_you_mean("pit", ["check", "read"])
    ''
    """
    near = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
