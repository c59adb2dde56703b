"""Store: the tables of a book as plain files, CSV for what people read and Parquet for what is large."""

import os
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import polars as pl

from orebook.book.problems import BookError
from orebook.ground.metals import metal_column
from orebook.ground.schema import ABOVE, BELOW, ORIGIN, TOKEN, Schema, is_grade, schema

FOLDER = "tables"
FORMATS = ("csv", "parquet")
DAY = "%Y-%m-%d"
"""How a day is written."""

_LEVEL = 1
"""How hard a table is pressed: numbers that were measured hardly get smaller by more, and it takes far longer."""

_ROWS = 50_000
"""Rows whose order is looked at together: what is made on the way stays near the processor."""

MANY_ROWS = 100_000
"""From so many rows on a table is kept as Parquet when the book does not say otherwise."""


def file_of(book: Path, table: str) -> Path | None:
    """The file that holds a table, if the book has it.

    Raises ``BookError`` when there are two: nobody can tell which is the truth.
    """
    return _one_of([path for form in FORMATS if (path := book / FOLDER / f"{table}.{form}").is_file()])


def files_of(book: Path, tables: Iterable[str]) -> dict[str, Path]:
    """The files of the tables that the book has, in their order; the folder is looked at once.

    Raises ``BookError`` when there are two for one table.
    """
    try:
        with os.scandir(book / FOLDER) as entries:
            lying = {entry.name for entry in entries if entry.is_file()}
    except OSError:
        return {}
    said = {table: [name for form in FORMATS if (name := f"{table}.{form}") in lying] for table in tables}
    found = {table: _one_of([book / FOLDER / name for name in names]) for table, names in said.items() if names}
    return {table: file for table, file in found.items() if file is not None}


def _one_of(found: list[Path]) -> Path | None:
    """The one file of a table, if there is any."""
    if len(found) > 1:
        raise BookError(f"{found[0]} and {found[1].name} are two files for one table; keep one of them")
    return found[0] if found else None


def read(file: Path, length: str) -> pl.DataFrame:
    """A table from its file, every column with the type that its name asks for.

    Raises ``BookError`` for a file that was edited into something else: which column, and what instead.
    """
    kind = schema(file.stem)
    try:
        if file.suffix == ".parquet":
            frame = pl.read_parquet(file).rechunk()
            other = {column: type_of(kind, column, length) for column in frame.columns}
            return frame.cast({column: own for column, own in other.items() if frame.schema[column] != own})
        types = {column: type_of(kind, column, length) for column in head(file)}
        days = [column for column, own in types.items() if own == pl.Date]
        said = types | dict.fromkeys(days, pl.String)  # the reader of CSV would take 03/04/2011 for a day in April
        frame = pl.read_csv(file, schema_overrides=said, infer_schema=False)
        return frame.with_columns(pl.col(days).str.to_date(DAY)) if days else frame
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as problem:
        raise unreadable(file, problem) from None


def head(file: Path) -> list[str]:
    """The columns of a table that is kept as CSV.

    Raises ``BookError`` for a file that has none.
    """
    try:
        return pl.read_csv(file, n_rows=0, infer_schema=False).columns
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as problem:
        raise unreadable(file, problem) from None


def unreadable(file: Path, problem: Exception) -> BookError:
    """What is said of a file that holds no table, or not the one that its name says."""
    reason = str(problem).strip().partition("\n")[0]
    instead = "mend the file or add it anew" if file.parent.name == FOLDER else "orebook make makes it anew"
    return BookError(f"{file}: cannot be read as the table {file.stem}: {reason}; {instead}")


def read_part(file: Path) -> pl.DataFrame:
    """A part of a result from its file.

    Raises ``BookError`` for a file that is none any more.
    """
    try:
        return pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise unreadable(file, problem) from None


def type_of(kind: Schema, column: str, length: str) -> type[pl.DataType]:
    """The type of a column by its name.

    >>> type_of(schema("assays"), "au_gpt", "m"), type_of(schema("assays"), "au_gpt_below", "m")
    (Float64, Boolean)
    >>> type_of(schema("interests"), "from_day", "m")
    Date
    """
    known = kind.keys(length).get(column)
    if known is not None:
        return _TYPES[known.type]
    if column in ORIGIN:
        return pl.Int64
    if is_grade(column.removesuffix(BELOW).removesuffix(ABOVE)) and column.endswith((BELOW, ABOVE)):
        return pl.Boolean
    if kind.metals and metal_column(column) is not None:
        return pl.Float64
    return pl.Float64 if is_grade(column) and not column.endswith(TOKEN) else pl.String


_TYPES: Mapping[str, type[pl.DataType]] = {"number": pl.Float64, "day": pl.Date, "text": pl.String}


def format_for(rows: int, wanted: str) -> str:
    """The format in which a table is kept; ``wanted`` is csv, parquet or auto.

    >>> format_for(10, "auto"), format_for(2_000_000, "auto"), format_for(10, "parquet")
    ('csv', 'parquet', 'parquet')
    """
    return wanted if wanted in FORMATS else "parquet" if rows >= MANY_ROWS else "csv"


def writer(frame: pl.DataFrame, form: str) -> bytes | Callable[[Path], object]:
    """What writes a table: bytes for a small one, a function of the path for a large one."""
    if form == "parquet":
        return lambda path: frame.write_parquet(path, compression="zstd", compression_level=_LEVEL, statistics=True)
    sheet = BytesIO()
    frame.write_csv(sheet)
    return sheet.getvalue()


def in_order(frame: pl.DataFrame, table: str, length: str) -> pl.DataFrame:
    """A table in the order in which it is kept: by hole and depth, or whatever its records are told by.

    Rows of one place stay as they came.
    """
    kind = schema(table)
    by = [key for name in kind.order if (key := kind[name].key(length)) in frame.columns]
    return frame if _stands_in_order(frame, by) else frame.sort(by, maintain_order=True, nulls_last=True)


def _stands_in_order(frame: pl.DataFrame, by: list[str]) -> bool:
    """Whether rows stand in order already; to look costs less than to sort, in time and in memory."""
    if any(frame[name].null_count() for name in by):
        return False
    rows = frame.select(by)
    return all(_part_stands_in_order(rows.slice(at, _ROWS + 1), by) for at in range(0, frame.height, _ROWS))


def _part_stands_in_order(rows: pl.DataFrame, by: list[str]) -> bool:
    tie = pl.Series([True]).new_from_index(0, max(rows.height - 1, 0))
    for name in by:
        column = rows[name].rechunk()
        above, below = column.slice(0, max(len(column) - 1, 0)), column.slice(1)
        if (tie & (below < above)).any():
            return False
        tie = tie & (below == above)
    return True


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file."""
    digest = sha256()
    with file.open("rb") as content:
        while part := content.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
