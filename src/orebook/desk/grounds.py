"""Grounds: the results that a number stands in, made of the book for a look where no step of the journal tells of them.

What was never recorded can be asked for its reason all the same: it is made for the question, with the results on which
its figures rest, and nothing is written.
"""

from collections.abc import Callable, Iterator, Sequence

from orebook.book.folder import Book
from orebook.book.lineage import Address, Chain, chain
from orebook.book.making import Done, made
from orebook.book.problems import BookError
from orebook.book.rests import RESTS, ROWS
from orebook.book.results import results
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.printing import made_of, wanted
from orebook.ground.schema import tables

SEARCHED = ("quarter", "drilling", "options")
"""The pages on which a printed number is looked for: together they print every result that is told of."""

Make = Callable[[Sequence[str]], Done]
"""What makes results for a look; whoever asks often keeps what was made."""


def result_of(book: Book, part: str) -> str:
    """The result that has a part of this name; nothing where none may have it."""
    names = (*results(), *book.settings.results)
    known = [name for name in names if part == name or part.startswith(f"{name}_")]
    return max(known, key=len, default="")


def made_with(book: Book, part: str, make: Make) -> Done | None:
    """What was made with a part of a result in it, and with the parts on which its figures rest.

    Nothing where no result has it. Raises ``BookError`` for what cannot be made.
    """
    result = result_of(book, part)
    if not result:
        return None
    done = make((result,))
    more = {result_of(book, name) for name in _rests_on(done)} - {result, ""}
    return make((result, *sorted(more))) if more else done


def _rests_on(done: Done) -> set[str]:
    """The parts of other results on which figures rest."""
    said = {RESTS: "on", ROWS: "table"}
    frames = [(name, frame) for one in done.made.values() for name, frame in one.parts.items()]
    found = {
        str(each)
        for name, frame in frames
        for end, column in said.items()
        if name.endswith(end)
        for each in frame[column].unique()
    }
    return found - set(tables()) - {name for name, _ in frames}


def stands(book: Book, where: Address) -> Chain:
    """The chain behind a number: as it was recorded, else as it is now.

    Raises ``AskedWronglyError`` for a name that nothing has, ``BookError`` for a row or column that is not there.
    """
    if where.part in tables() or where.part in book.results():
        return chain(book, where)
    done = made_with(book, where.part, lambda names: made(book, names))
    if done is None:
        there = sorted({*book.tables(), *results(), *book.settings.results})
        instead = did_you_mean(where.part, there) or f"; there are {', '.join(there)}"
        raise AskedWronglyError(f"no table and no result of this book is called {where.part!r}{instead}")
    return chain(book, where, done)


def looked_at(book: Book) -> Iterator[tuple[str, Done]]:
    """Yield the pages that print numbers, with what they are made of, made for a look; those that the book allows."""
    for name in SEARCHED:
        if wanted(name, book.tables()):
            try:
                yield name, made_of(book, name)
            except BookError:
                continue  # a page that the book cannot make says no number
