"""Table files: one format each, found by being in this folder; each recognises and reads its files to raw tables."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

import polars as pl

from orebook.book.files._content import Content, content, fingerprint

LINE = "line"
"""The column of a raw table that says on which line of the file a row stands, counted from one."""

HEAD = 64 * 1024
"""Bytes at the start of a file by which its format is told and its head is found."""


@dataclass(frozen=True)
class Loaded:
    """Cells of a raw table: one column for each that was asked for, named by its number from nought, and ``line``.

    ``bad`` are rows that have no right place in the table (line, column, value, reason) and are not in ``frame``;
    ``blank`` counts rows without a single cell.
    """

    frame: pl.DataFrame
    bad: pl.DataFrame
    blank: int
    remarks: tuple[str, ...] = ()


class Cells(Protocol):
    """The cells of a raw table, read when they are asked for."""

    def load(self, kinds: Mapping[int, str], decimal: str = ".") -> Loaded:
        """Some columns by their number; one of the kind ``number`` comes as numbers if all of it are plain ones."""


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in a file, nothing understood yet.

    ``header`` has one text for each column, empty where there is none, ``units`` the row of units below it.
    ``header_line`` is its line, 0 without one. ``preamble`` are the words above. ``sample`` holds some rows as text,
    in columns ``0``, ``1`` … and ``line``, null where the row's place was not counted. ``decimal`` is the mark that the
    numbers of the sample show, empty where both are possible.
    """

    name: str
    format: str
    header: tuple[str, ...]
    units: tuple[str, ...]
    header_line: int
    preamble: tuple[str, ...]
    sample: pl.DataFrame
    cells: Cells = field(repr=False)
    digest: "Future[str]" = field(repr=False, compare=False)
    size: int
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    sheet: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The fingerprint of the file, which is taken beside all else; who asks for it waits until it is there."""
        return self.digest.result()

    def heads(self) -> list[str]:
        """What to call each column: its head, or its letter where it has none.

        >>> read_bytes("a.csv", b"hole,from,\\nA,1,x\\n").heads()
        ['hole', 'from', 'column C']
        """
        return self._heads

    @cached_property
    def _heads(self) -> list[str]:
        return [head or f"column {letters(at)}" for at, head in enumerate(self.header)]

    def address(self, line: int, column: int) -> str:
        """Where a cell stands: ``C17`` in a sheet, line and column in a text.

        >>> read_bytes("a.csv", b"hole,from\\nA,1\\n").address(2, 1)
        'line 2, column 2'
        """
        return f"{letters(column)}{line}" if self.sheet else f"line {line}, column {column + 1}"


class Format(Protocol):
    """What every format of tables offers."""

    __name__: str
    recognises: Callable[[str, bytes], bool]
    read: Callable[..., RawTable]
    sheets: Callable[[str, Content], tuple[str, ...]]


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, text last: it takes what no other knows.

    >>> list(formats())
    ['xlsx', 'csv']
    """
    found: dict[str, Format] = {}
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found[module.name] = import_module(f"{__name__}.{module.name}")
    return dict(sorted(found.items(), key=lambda item: item[0] == "csv"))


def read_table(path: Path, *, sheet: str = "", header: int | None = None, name: str = "") -> RawTable:
    """A table as it stands in a file: CSV, TSV, text with semicolons or blanks, or a sheet of a workbook.

    ``sheet`` says which sheet, ``header`` the line of the head where it is not found by itself (0: there is none),
    ``name`` what to call the file in messages. Raises ``UnreadableError`` (what, where, what instead) for a file that
    is missing, empty, binary or corrupt, and for a workbook of several sheets when none is named.
    """
    called = name or str(path)
    return _read(called, content(path, called), sheet, header)


def _format_of(name: str, data: Content) -> Format:
    """The format that recognises a file; what none does is tried as text, which says what is wrong with it."""
    return next((form for form in formats().values() if form.recognises(name, data[:HEAD])), formats()["csv"])


def read_bytes(name: str, data: bytes, *, sheet: str = "", header: int | None = None) -> RawTable:
    """A table as it stands in the bytes of a file; see ``read_table``.

    >>> raw = read_bytes("a.csv", b"hole;from;Cu %\\nA;1,5;0,3\\n")
    >>> raw.header, raw.delimiter, raw.decimal
    (('hole', 'from', 'Cu %'), ';', ',')
    """
    return _read(name, data, sheet, header)


def _read(name: str, data: Content, sheet: str, header: int | None) -> RawTable:
    known = _format_of(name, data)
    beside = ThreadPoolExecutor(1)
    digest = beside.submit(fingerprint, data)
    beside.shutdown(wait=False)
    return known.read(name, data, digest, sheet=sheet, header=header)


def sheets_of(path: Path, *, name: str = "") -> tuple[str, ...]:
    """The sheets of a workbook that hold cells, in order; one without a name for a text.

    Raises ``UnreadableError`` as ``read_table`` does.
    """
    called = name or str(path)
    data = content(path, called)
    return _format_of(called, data).sheets(called, data)


def letters(column: int) -> str:
    """The letters of a column of a sheet, counted from nought.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said
