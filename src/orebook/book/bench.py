"""Bench: the tables and settings that a result is made from, each table read once and remembered for the journal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import polars as pl

from orebook.book.keys import Table
from orebook.book.problems import BookError, SettingsError
from orebook.book.settings import BookSettings
from orebook.ground.schema import schema

Thing = TypeVar("Thing")


class Made(NamedTuple):
    """A result: its parts by name, unrounded, the settings that it rests on, and what one should know about it.

    The first part is the result itself; the others are what belongs to it, such as the holes without anything.
    """

    parts: Mapping[str, pl.DataFrame]
    settings: Mapping[str, object]
    remarks: tuple[str, ...] = ()


@dataclass
class Bench:
    """Where a result is made: the settings of the book, and its tables as they stand.

    ``open`` reads a table of the book, or says that there is none; ``tables`` remembers what was read, ``used`` what a
    result was made of, also through what it shares with others.
    ``unturned`` are surveys whose azimuths could not be turned to grid north, with the reason.
    """

    settings: BookSettings
    open: Callable[[str], pl.DataFrame | None]
    tables: dict[str, pl.DataFrame | None] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unturned: pl.DataFrame = field(default_factory=pl.DataFrame)
    _done: dict[str, tuple[Any, set[str]]] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame | None:
        """A table of the book, with the position of each row in the column ``row``; nothing if the book has none.

        Raises ``BookError`` for a table that was edited into one without the columns that it has to have.
        """
        self.used.add(name)
        if name not in self.tables:
            frame = self.open(name)
            if frame is not None:
                self._whole(name, frame)
                frame = frame.drop("row", strict=False).with_row_index("row").cast({"row": pl.Int64})
            self.tables[name] = frame
        return self.tables[name]

    def _whole(self, name: str, frame: pl.DataFrame) -> None:
        """Refuse a table without a column that it has to have."""
        needed = [column.key(self.settings.length) for column in schema(name).columns if column.required]
        if lacking := [column for column in needed if column not in frame.columns]:
            there = ", ".join(frame.columns[:20])
            raise BookError(
                f"the table {name} has no column {lacking[0]}; it has {there}; mend its file or add it anew"
            )

    def need(self, name: str, why: str) -> pl.DataFrame:
        """A table that has to be there; ``why`` is what needs it.

        Raises ``BookError`` when the book does not have it, or it is empty.
        """
        frame = self.table(name)
        if frame is None or not frame.height:
            raise BookError(f"{why} need the table {name}, which this book does not have; orebook add FILE brings it")
        return frame

    def once(self, name: str, make: Callable[["Bench"], Thing]) -> Thing:
        """What several results share, made when it is first asked for."""
        if name not in self._done:
            found, used = self.using(make)
            self._done[name] = (found, used)
        made: Thing = self._done[name][0]
        self.used |= self._done[name][1]
        return made

    def using(self, make: Callable[["Bench"], Thing]) -> tuple[Thing, set[str]]:
        """What is made here, and the tables that it was made of."""
        before, self.used = self.used, set()
        try:
            return make(self), self.used
        finally:
            self.used = before

    def said(self, result: str) -> Table:
        """What ``book.toml`` says about a result."""
        return self.settings.result(result)

    def wrong(self, where: str, what: str) -> SettingsError:
        """A fault in ``book.toml``, with its place."""
        return SettingsError(f"{self.settings.file}: {where}: {what}")
