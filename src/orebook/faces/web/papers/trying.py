"""Trying: what adding a dropped table to the book would come to, and what became of it once somebody confirmed it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from orebook.book.adding import Added, Ask, KnownError, add, tried
from orebook.book.files import sheets_of
from orebook.book.folder import Book
from orebook.book.importing.mapping import ColumnMapping, OpenQuestionsError
from orebook.book.problems import BookError
from orebook.desk.add import asked
from orebook.desk.answer import AskedWronglyError
from orebook.faces.web.papers.drops import Dropped
from orebook.faces.web.papers.questions import ANSWER, COLUMN, DECLARED, HEAD_OF, SAME, Field, fields
from orebook.ground.needs import MissingError
from orebook.ground.schema import schema
from orebook.reading.formats import UnreadableError

Pairs = Sequence[tuple[str, str]]
"""The fields of a form as they were sent."""

_OPTION = re.compile(r"; [^;]{0,200}--[a-z].{0,400}$", re.DOTALL)
"""What a message says to do on the command line; the page has fields for it."""

_ROWS = 8
_REJECTED = 50


@dataclass(frozen=True)
class Tried:
    """What a table comes to: as it would be added or was, else what is open or wrong.

    ``known`` says that somebody has to say what becomes of rows that the book has already.
    """

    added: Added | None = None
    mapping: ColumnMapping | None = None
    fields: Sequence[Field] = ()
    problem: str = ""
    known: bool = False
    sheets: tuple[str, ...] = ()

    @property
    def rejected(self) -> list[dict[str, object]]:
        """The first cells that cannot be used."""
        return [] if self.added is None else self.added.imported.rejected.head(_REJECTED).to_dicts()

    @property
    def rows(self) -> tuple[list[str], list[list[str]]]:
        """The first rows as they would stand in the book."""
        if self.added is None:
            return [], []
        frame = self.added.imported.table.head(_ROWS)
        kept = [name for name in frame.columns if not name.startswith("origin_")]
        words = frame.select(pl.col(kept).cast(pl.String).fill_null("")).rows()
        return kept, [list(row) for row in words]

    def columns(self) -> list[str]:
        """What a head may be taken for."""
        if self.mapping is None:
            return []
        return [*(column.name for column in schema(self.mapping.table).columns), "keep", "leave"]


def ask_of(pairs: Pairs) -> Ask:
    """How a table is to be taken, from the fields of a form.

    Raises ``AskedWronglyError`` for what means nothing.

    >>> ask_of([("q.dip", "dip=negative_down"), ("c.CU", "cu_pct"), ("table", "")]).declared.dip
    'negative_down'
    """
    said = [(name, value.strip()) for name, value in pairs if value.strip()]
    one = dict(said)
    known, header = one.get("known", ""), one.get("header", "")
    if known not in ("", "replace", "add", "skip") or (header and not header.isdecimal()):
        raise AskedWronglyError("that is no answer; choose one that the page offers")
    answers = [value for name, value in said if name.startswith(ANSWER)]
    confirmed = "|".join(value.partition("=")[2] for value in answers if value.startswith("confirmed="))
    declare = [value for value in answers if not value.startswith("confirmed=")]
    declare += [f"confirmed={confirmed}"] if confirmed else []
    return asked(
        one.get("table", ""),
        [*_named(said, COLUMN), *(f"{value}={name}" for name, value in _under(said, HEAD_OF))],
        [*declare, *_named(said, DECLARED)],
        _named(said, SAME),
        unit=one.get("unit", ""),
        sheet=one.get("sheet", ""),
        header=int(header) if header else None,
        others="keep" if one.get("others") == "keep" else "leave",
        known=known or None,  # type: ignore[arg-type]  # is one of them by now
    )


def _under(said: Iterable[tuple[str, str]], begins: str) -> list[tuple[str, str]]:
    return [(name.removeprefix(begins), value) for name, value in said if name.startswith(begins)]


def _named(said: Iterable[tuple[str, str]], begins: str) -> list[str]:
    return [f"{name}={value}" for name, value in _under(said, begins)]


def try_table(book: Book, file: Dropped, pairs: Pairs, *, write: bool = False) -> Tried:
    """What adding a table comes to; ``write`` adds it, in one step that happens whole or not at all."""
    sheets: tuple[str, ...] = ()
    try:
        sheets = sheets_of(file.path, name=file.name)
        ask = ask_of(pairs)
        done = add(book, file.path, ask) if write else tried(book, file.path, ask)
        return Tried(done, done.imported.mapping, sheets=sheets)
    except OpenQuestionsError as problem:
        heads = [match.head for match in problem.mapping.matches] if problem.mapping else []
        asked_for = [field for question in problem.questions for field in fields(question, heads)]
        return Tried(None, problem.mapping, asked_for, sheets=sheets)
    except KnownError as problem:
        return Tried(problem=_plain(file, problem), known=True, sheets=sheets)
    except UnreadableError as problem:
        return Tried(problem=_OPTION.sub("", f"{problem.what}; {problem.instead}"), sheets=sheets)
    except (BookError, AskedWronglyError, MissingError, ValueError) as problem:
        return Tried(problem=_plain(file, problem), sheets=sheets)


def _plain(file: Dropped, problem: Exception) -> str:
    """A message without the folder in which the server keeps the file, and without the words of the command line."""
    return _OPTION.sub("", str(problem).replace(f"{file.path.parent}/", ""))
