"""Cache: the tables and results of a book in one DuckDB file, made from the plain files and deleted at will.

This is the one door to DuckDB. The file knows the fingerprints of what it was made from; where they are no longer
those of the files, it is made anew beside the old one and put in its place whole.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import NamedTuple

import duckdb
import polars as pl

from orebook.book import store
from orebook.book.problems import BookError
from orebook.book.settings import read_settings
from orebook.ground.schema import schema

FOLDER, FILE = "cache", "book.duckdb"
PROPERTIES = "properties"
"""The table of the cache that is made from ``book.toml``."""

SOURCES = "book_sources"
"""The table in the cache that says what it was made from."""

_TYPES: Mapping[object, str] = {
    pl.Float64: "DOUBLE",
    pl.Int64: "BIGINT",
    pl.Boolean: "BOOLEAN",
    pl.String: "VARCHAR",
    pl.Date: "DATE",
}
_FRAMES: Mapping[str, type[pl.DataType]] = {
    "VARCHAR": pl.String,
    "BOOLEAN": pl.Boolean,
    "DOUBLE": pl.Float64,
    "FLOAT": pl.Float64,
    "BIGINT": pl.Int64,
    "INTEGER": pl.Int64,
    "SMALLINT": pl.Int64,
    "TINYINT": pl.Int64,
    "UINTEGER": pl.Int64,
    "UBIGINT": pl.UInt64,
}


class Source(NamedTuple):
    """A file that becomes a table of the cache, under a name."""

    name: str
    file: Path


def ask(
    folder: Path, sources: Iterable[Source], length: str, sql: str, say: Callable[[str], None] = lambda _: None
) -> pl.DataFrame:
    """The answer of the tables of a book to a question in SQL.

    Nothing outside the cache can be read or written by the question. Where the cache cannot be written, on a full disk
    or in a folder that is only to be read, the tables are held in memory for once, and ``say`` is told. Raises
    ``BookError`` with DuckDB's own words for a question that it does not understand.
    """
    with _opened(folder, list(sources), length, say) as database:
        try:
            database.execute(sql)
            head = [(str(each[0]), str(each[1])) for each in database.description or []]
            rows = database.fetchall() if head else []
        except duckdb.Error as problem:
            raise BookError(f"the question cannot be answered: {_first_lines(str(problem))}") from None
    return _frame(head, rows)


def _opened(folder: Path, sources: list[Source], length: str, say: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
    """The tables of a book, to be asked and not to be changed."""
    try:
        return _read(fresh(folder, sources, length))
    except (BookError, duckdb.Error) as problem:
        database = duckdb.connect()
        for source in sources:
            _load(database, source, length)
        database.execute("set enable_external_access = false")
        say(f"{problem}; the tables were held in memory for this question")
        return database


def _read(file: Path) -> duckdb.DuckDBPyConnection:
    """A cache to be read, and nothing beside it.

    It is attached to a database of its own: opened by its path it would be shared with whoever has it open in this
    process, settings and all, and would stay the old one after a new one was put in its place.
    """
    database = duckdb.connect(config={"python_enable_replacements": "false"})
    path = str(file).replace("'", "''")
    try:
        for said in (f"attach '{path}' as book (read_only)", "use book", "set enable_external_access = false"):
            database.execute(said)
    except duckdb.Error:
        database.close()
        raise
    return database


_ONE_AT_A_TIME = Lock()
"""Threads of one process that find a cache out of date make it once."""


def fresh(folder: Path, sources: list[Source], length: str) -> Path:
    """The cache as the files stand, made anew if they have changed."""
    file = folder / FOLDER / FILE
    wanted = {source.name: _identity(source.file) for source in sources}
    with _ONE_AT_A_TIME:
        if _known(file) != wanted:
            _make(file, sources, wanted, length)
    return file


def _identity(file: Path) -> str:
    return f"{file.name}:{store.fingerprint(file)}"


def _known(file: Path) -> dict[str, str] | None:
    """What a cache was made from, or nothing when it cannot be read by this DuckDB."""
    if not file.is_file():
        return None
    try:
        with _read(file) as database:
            return dict(database.execute(f"select name, identity from {SOURCES}").fetchall())
    except duckdb.Error:
        return None


def _make(file: Path, sources: list[Source], wanted: Mapping[str, str], length: str) -> None:
    """Make the cache beside the old one and put it in its place."""
    try:
        file.parent.mkdir(exist_ok=True)
        draft = file.with_name(f".{FILE}.{os.getpid()}")
        log = draft.with_name(f"{draft.name}.wal")
        draft.unlink(missing_ok=True)
        try:
            with duckdb.connect(str(draft)) as database:
                for source in sources:
                    _load(database, source, length)
                cursor = database.cursor()
                cursor.execute(f"create table {SOURCES} (name varchar, identity varchar)")
                if wanted:
                    cursor.executemany(f"insert into {SOURCES} values (?, ?)", list(wanted.items()))
                cursor.execute("checkpoint")  # on a full disk this fails aloud; closing would leave half in a log
            if log.exists():
                raise OSError("its log is left over")
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
            log.unlink(missing_ok=True)
    except (OSError, duckdb.Error) as problem:
        reason = str(problem).partition("\n")[0]
        raise BookError(f"{file}: the cache cannot be written: {reason}") from None


def _load(database: duckdb.DuckDBPyConnection, source: Source, length: str) -> None:
    """Make one table of the cache; DuckDB reads the file itself, with the types that the columns' names ask for."""
    if source.name == PROPERTIES:
        _load_properties(database, source.file)
        return
    name = source.name.replace('"', '""')
    start = f'create table "{name}" as select * from '
    try:
        if source.file.suffix == ".parquet":
            database.cursor().execute(start + "read_parquet(?)", [str(source.file)])
            return
        kind = schema(source.name)
        columns = {column: _TYPES[store.type_of(kind, column, length)] for column in store.head(source.file)}
        said = "read_csv(?, header=true, columns=?, delim=',', quote='\"', nullstr='')"
        database.cursor().execute(start + said, [str(source.file), columns])
    except duckdb.Error as problem:
        raise store.unreadable(source.file, RuntimeError(_first_lines(str(problem)))) from None


def _load_properties(database: duckdb.DuckDBPyConnection, file: Path) -> None:
    """What the company holds, a row for each property; lists and holders in words."""
    text = ("name", "aliases", "place", "commodities", "holders", "operator", "holes")
    columns = ", ".join(f"{name} varchar" for name in text)
    numbers = "interest double, as_of date, longitude double, latitude double"
    database.cursor().execute(f"create table {PROPERTIES} ({columns}, {numbers})")
    for one in read_settings(file).properties:
        holders = [f"{name} {share:g}" for name, share in one.holders.items()]
        lists = (", ".join(words) for words in (one.aliases, one.commodities, holders, one.holes))
        aliases, commodities, held, holes = (words or None for words in lists)
        row: list[object] = [one.name, aliases, one.place or None, commodities, held, one.operator or None, holes]
        row += [one.interest, one.as_of, one.longitude, one.latitude]
        marks = ", ".join("?" * len(row))
        database.cursor().execute(f"insert into {PROPERTIES} values ({marks})", row)


class Answered(NamedTuple):
    """An answer, and whether there is more of it than was asked for."""

    rows: pl.DataFrame
    more: bool


_ASKS = ("SELECT", "EXPLAIN")
"""What a question may be; whatever else DuckDB understands would change something."""

_WITHIN: Mapping[str, str] = {
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "25%",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""What tables that are held are asked within: nothing of this program, nothing written while it is counted."""


class Held:
    """The tables of a book as they stood once, held in memory to be asked by many at the same time.

    Nothing of the folder is written, and a question can neither change the tables nor see anything beside them.
    """

    def __init__(self, sources: Iterable[Source], length: str) -> None:
        self._database = duckdb.connect(config=dict(_WITHIN))
        for source in sources:
            _load(self._database, source, length)
        for lock in ("enable_external_access = false", "lock_configuration = true"):
            self._database.execute(f"set {lock}")

    def ask(self, sql: str, *, seconds: float, most: int) -> Answered:
        """The first ``most`` rows of the answer to one question.

        Raises ``BookError`` for what is no question, is not understood, or takes longer than that.
        """
        cursor = self._database.cursor()
        try:
            self._refuse(cursor, sql)
            with _no_longer(cursor, seconds):
                cursor.execute("begin transaction read only")
                told = cursor.sql(sql)
                head = [(name, str(kind)) for name, kind in zip(told.columns, told.types, strict=True)]
                rows = told.limit(most + 1).fetchall()
        except duckdb.InterruptException:
            raise BookError(f"the question was stopped after {seconds:g} s; ask for less at once") from None
        except duckdb.OutOfMemoryException:
            raise BookError("the question needs more memory than it may have; ask for less at once") from None
        except (duckdb.Error, MemoryError) as problem:
            raise BookError(f"the question cannot be answered: {_first_lines(str(problem))}") from None
        finally:
            cursor.close()
        return Answered(_frame(head, rows[:most]), len(rows) > most)

    @staticmethod
    def _refuse(cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
        """Refuse what is not one question."""
        said = [each.type.name for each in cursor.extract_statements(sql)]
        if len(said) != 1:
            raise BookError(f"{len(said)} questions were asked; ask one" if said else "nothing was asked")
        if said[0] not in _ASKS:
            raise BookError(f"{said[0].lower()} is no question: a page only asks, with select, describe or explain")

    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """The columns of each table with their types, in order."""
        listed = self._database.cursor().execute(
            "select table_name, column_name, data_type from information_schema.columns order by 1, ordinal_position"
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in listed.fetchall():
            found.setdefault(table, []).append((column, kind.lower()))
        return found


@contextmanager
def _no_longer(cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Stop whatever a connection does after so many seconds, again and again until it lets go."""
    done = Event()

    def stop() -> None:
        while not done.wait(seconds if not late else 0.1):
            late.append(True)
            cursor.interrupt()

    late: list[bool] = []
    watch = Thread(target=stop, daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _frame(head: list[tuple[str, str]], rows: list[tuple[object, ...]]) -> pl.DataFrame:
    """Rows as a table; two columns of one name get a number."""
    names: list[str] = []
    for name, _ in head:
        again = sum(name == other or other.startswith(f"{name}:") for other in names)
        names.append(f"{name}:{again + 1}" if again else name)
    types = [_FRAMES.get(kind, pl.Float64 if kind.startswith("DECIMAL") else None) for _, kind in head]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in head]
    made = [
        pl.Series(
            name,
            [None if each is None else each if kind else str(each) for each in column],
            kind or pl.String,
            strict=False,
        )
        for name, kind, column in zip(names, types, columns, strict=True)
    ]
    return pl.DataFrame(made)


_NO_TABLE = re.compile(r"Table with name (\S+) does not exist!\s*(Did you mean [^\n?]{1,200}\?)?")
_OF_DUCKDB = re.compile(r'"(?:\w+\.)?(?:pg_|duckdb_|sqlite_|pragma_|information_schema)')


def _first_lines(words: str) -> str:
    """What DuckDB says, without the drawing below it; of a table that is not there what a book knows of such.

    >>> _first_lines('Catalog Error: Table with name assay does not exist!\\nDid you mean "assays"?')
    'there is no table assay (Did you mean "assays"?); orebook add brings tables, orebook make results'
    >>> _first_lines('Catalog Error: Table with name hedges does not exist!\\nDid you mean "pg_depend"?')
    'there is no table hedges; orebook add brings tables, orebook make results'
    """
    if found := _NO_TABLE.search(words):
        near = f" ({found[2]})" if found[2] and not _OF_DUCKDB.search(found[2]) else ""
        return f"there is no table {found[1]}{near}; orebook add brings tables, orebook make results"
    return " ".join(line.strip() for line in words.splitlines()[:3] if line.strip() and "LINE" not in line)
