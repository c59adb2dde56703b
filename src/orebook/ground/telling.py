"""Telling: how far long work is, said by whoever does it to whoever waits, without either knowing the other.

What reads and what checks are called from many places, most of which want to know nothing of this. So who waits says
for one piece of work that he listens, and all that is told in it reaches him alone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Thing = TypeVar("Thing")

Told = Callable[[int, int, str], None]
"""What hears of work: so many are done, of how many, and what they are."""

_LISTENS: ContextVar[Told | None] = ContextVar("listens", default=None)


@contextmanager
def heard_by(told: Told) -> Iterator[None]:
    """Have what is told in this block, in this thread, heard.

    >>> said = []
    >>> with heard_by(lambda done, total, what: said.append(f"{done} of {total} {what}")):
    ...     [page for page in counted(["one", "two"], "pages")]
    ['one', 'two']
    >>> said
    ['0 of 2 pages', '1 of 2 pages']
    """
    before = _LISTENS.set(told)
    try:
        yield
    finally:
        _LISTENS.reset(before)


def counted(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """Yield things one after another, and tell before each how many are done; ``what`` names them."""
    told = _LISTENS.get()
    for number, thing in enumerate(things):
        if told is not None:
            told(number, len(things), what)
        yield thing
