"""Origins: the files and lines from which rows of a table came, by the steps that brought them."""

from dataclasses import dataclass

import polars as pl

from orebook.book import journal
from orebook.book.folder import Book
from orebook.ground.schema import ORIGIN


@dataclass(frozen=True, slots=True)
class Origin:
    """Lines of a file from which rows came: the step that brought them, the file and its fingerprint."""

    step: int
    at: str
    file: str
    sha256: str
    lines: tuple[int, ...]


def origins(book: Book, rows: pl.DataFrame) -> tuple[Origin, ...]:
    """The files that rows came from, with the lines."""
    if not set(ORIGIN) <= set(rows.columns):
        return ()
    found = []
    for (number,), some in rows.sort(ORIGIN).group_by(ORIGIN[0], maintain_order=True):
        step = None if number is None else journal.step(book.folder, int(str(number)))
        if step is not None and step.reads:
            read = step.reads[0]
            lines = tuple(some[ORIGIN[1]].drop_nulls().to_list())
            found.append(Origin(step.number, step.at, read.name, read.sha256, lines))
    return tuple(found)
