"""The folder of a book: found, begun, read as it stands, and changed as a whole.

>>> from tempfile import mkdtemp
>>> book = begin(Path(mkdtemp()) / "kestrel", issuer="Kestrel Ridge Gold Inc.", crs="EPSG:26909")
>>> book.settings.issuer, book.tables()
('Kestrel Ridge Gold Inc.', {})
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import polars as pl

from orebook.book import change, journal, lock, store
from orebook.book.change import Change
from orebook.book.holdings import HoldingError, holdings
from orebook.book.journal import Step, Thing
from orebook.book.problems import BookError, NoBookError, UnwritableError
from orebook.book.settings import FILE, BookSettings, read_settings
from orebook.ground.schema import tables as known_tables

RESULTS = "results"
"""The folder of what was made, one Parquet file a part."""


@dataclass(frozen=True)
class Book:
    """A folder of plain tables. The files are the truth; whatever else lies there can be made again.

    ``wait_s`` is how many seconds to wait for another process that is at work on the book.
    """

    folder: Path
    wait_s: float = lock.WAIT_S

    @property
    def settings(self) -> BookSettings:
        """What ``book.toml`` says now."""
        return read_settings(self.folder / FILE)

    def tables(self) -> dict[str, Path]:
        """The file of each table that the book has, in the order of the schemas."""
        return store.files_of(self.folder, known_tables())

    def table(self, name: str) -> pl.DataFrame | None:
        """One table as it stands, if the book has it."""
        file = store.file_of(self.folder, name)
        return None if file is None else store.read(file, self.settings.length)

    def results(self) -> dict[str, Path]:
        """The file of each part of each result that was made, by its name."""
        return {file.stem: file for file in sorted((self.folder / RESULTS).glob("*.parquet"))}

    @contextmanager
    def still(self) -> Iterator[None]:
        """Hold the book still while several of its files are read."""
        self._mend()
        with lock.reading(self.folder, self.wait_s):
            yield

    @contextmanager
    def changing(self, verb: str, given: Mapping[str, object]) -> Iterator["Writing"]:
        """Change the book: all that is put into the change happens together when the block ends, or nothing does.

        Raises ``BusyBookError`` when another process does not let go in time, ``UnwritableError`` where nothing can be
        written.
        """
        try:
            with lock.writing(self.folder, verb, self.wait_s):
                change.finish(self.folder)
                writing = Writing(self, Change(self.folder), journal.next_step(self.folder, verb, given))
                try:
                    yield writing
                    writing.end()
                except BaseException:
                    writing.change.forget()
                    raise
        except PermissionError as problem:
            raise UnwritableError(f"{self.folder}: cannot be written: {(problem.strerror or '').lower()}") from None
        except OSError as problem:
            raise UnwritableError(
                f"{self.folder}: cannot be written: {(problem.strerror or str(problem)).lower()}"
            ) from None

    def _mend(self) -> None:
        """Finish or forget a change that was cut off."""
        if change.unfinished(self.folder):
            try:
                with lock.writing(self.folder, "mend", self.wait_s):
                    change.finish(self.folder)
            except OSError as problem:
                raise UnwritableError(
                    f"{self.folder}: a change was cut off here and cannot be finished, because the folder cannot be "
                    f"written ({(problem.strerror or str(problem)).lower()}); open the book once where it can"
                ) from None


class Writing:
    """A change to a book under way: its files, and the step of the journal that will tell of it."""

    def __init__(self, book: Book, under_way: Change, step: Step) -> None:
        self.book, self.change, self.step = book, under_way, step
        self._writes: list[Thing] = []

    def tell(self, **what: object) -> None:
        """Say something more in the journal: ``reads``, ``counts``, ``settings``, ``remarks``, ``given``."""
        self.step = replace(self.step, **what)  # type: ignore[arg-type]

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Put a table in the place of what was there."""
        settings = self.book.settings
        form = store.format_for(frame.height, settings.format)
        ordered = store.in_order(frame, name, settings.length)
        old = store.file_of(self.book.folder, name)
        new = f"{store.FOLDER}/{name}.{form}"
        self.file(new, store.writer(ordered, form), frame.height)
        if old is not None and old.suffix != f".{form}":
            self.change.remove(f"{store.FOLDER}/{old.name}")

    def file(self, name: str, content: object, rows: int = 0) -> None:
        """Put a file, named from the folder of the book."""
        self.change.write(name, content)  # type: ignore[arg-type]
        placed = self.change.placed(name)
        self._writes.append(Thing(name, store.fingerprint(placed), rows))

    def end(self) -> None:
        """Write the step and let it all happen."""
        self.step = replace(self.step, writes=tuple(self._writes))
        self.change.write(self.step.file, self.step.content())
        self.change.commit()


def find(asked: str = "", wait_s: float = lock.WAIT_S) -> Book:
    """The book in a folder, or, when none is named, the nearest from here upwards.

    Raises ``NoBookError``: what, where, what instead.
    """
    if asked:
        folder = Path(asked)
        if folder.name == FILE:
            folder = folder.parent
        if not (folder / FILE).is_file():
            raise NoBookError(f"{folder}: there is no book here (no {FILE}); orebook new {folder} begins one")
        return Book(folder, wait_s)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return Book(folder, wait_s)
    raise NoBookError(f"no book here or above ({FILE} is missing); name one with --book, or begin one with orebook new")


def begin(
    folder: Path,
    *,
    issuer: str,
    ticker: str = "",
    crs: str = "",
    length: str = "m",
    azimuth: str = "",
    properties: Sequence[str] = (),
) -> Book:
    """Begin a book in a folder that is new or empty; ``properties`` are the names of what the company holds.

    Raises ``BookError`` when something lies there already.
    """
    if (folder / FILE).exists():
        raise BookError(f"{folder}: this is a book already; add files to it with orebook add")
    ours = {".gitignore", f".{FILE}.new"}  # what a beginning that was cut off leaves
    if folder.exists() and (not folder.is_dir() or {entry.name for entry in folder.iterdir()} - ours):
        raise BookError(f"{folder}: something lies here already; name a folder that is new or empty")
    try:
        holdings([{"name": name} for name in properties])
    except HoldingError as problem:
        raise BookError(f"{folder}: {problem}") from None
    template = files("orebook.book").joinpath("new_book.toml").read_text(encoding="utf-8")
    said = {"issuer": issuer, "ticker": ticker, "crs": crs, "length": length, "azimuth": azimuth or "unknown"}
    written = {name: _quoted(text) for name, text in said.items()} | {"properties": _properties(properties)}
    template = re.sub(r"\{(\w+)\}", lambda found: written[found[1]], template)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{FILE}.new"
        draft.write_text(template, encoding="utf-8")
        read_settings(draft)
        (folder / ".gitignore").write_text("cache/\n.lock\n.pending/\n", encoding="utf-8")
        draft.replace(folder / FILE)
    except OSError as problem:
        raise UnwritableError(f"{folder}: cannot be written: {(problem.strerror or str(problem)).lower()}") from None
    return Book(folder)


_EXAMPLE = (
    "# What the company holds, once for each property; only the name is needed:\n# [[properties]]\n"
    '# name = "…"\n# place = "…"\n# interest = 100       # of the company, in per cent; others under '
    'holders = { "…" = 25 }\n\n'
)


def _properties(names: Sequence[str]) -> str:
    """The properties of a new book, or how one is written."""
    return "".join(f"[[properties]]\nname = {_quoted(name)}\n\n" for name in names) or _EXAMPLE


def _quoted(text: str) -> str:
    """A text as TOML quotes it; the rules of JSON are the same but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
