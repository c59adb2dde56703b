"""Making: results from the tables of a book, written beside them with the step that tells how they came about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import polars as pl

from orebook.book import journal, store
from orebook.book.bench import Bench, Made
from orebook.book.folder import RESULTS, Book
from orebook.book.journal import Step, Thing
from orebook.book.problems import BookError, SettingsError, UnwritableError
from orebook.book.results import results
from orebook.book.settings import FILE, BookSettings


@dataclass(frozen=True, slots=True)
class Done:
    """What was made: each result by its name, the settings it was made under, and the steps that tell of it.

    ``unrecorded`` says why the book does not hold it, where it could not be written.
    """

    settings: BookSettings
    made: Mapping[str, Made]
    steps: Mapping[str, int] = field(default_factory=dict)
    unrecorded: str = ""


def make(book: Book, names: Sequence[str], *, look: Callable[[Done], None] | None = None, record: bool = True) -> Done:
    """Make some results of a book and write them down; unless they are to be recorded, they are only made.

    ``look`` sees what was made before anything is written; where it raises, the book stays as it was.

    What was made before from the same rows, settings and code is not written again. A book that cannot be written is
    made from all the same, and says so. Raises ``BookError`` and ``SettingsError``: what is missing, and what instead.
    """
    with book.still():
        settings, found, bench = _worked_out(book, names)
        read = _read(book, bench)
    made = {name: one for name, (one, _) in found.items()}
    if look is not None:
        look(Done(settings, made))
    if not record:
        return Done(settings, made)
    try:
        steps = {name: _kept(book, name, one, _reads(read, used)) for name, (one, used) in found.items()}
        return Done(settings, made, steps)
    except UnwritableError as problem:
        return Done(settings, made, {}, str(problem))


def _worked_out(book: Book, names: Sequence[str]) -> tuple[BookSettings, dict[str, tuple[Made, set[str]]], Bench]:
    """Results with the tables that each was made of, and the bench on which they were made."""
    settings = book.settings
    bench = Bench(settings, book.table)
    return settings, {name: bench.using(partial(_made, name=name)) for name in dict.fromkeys(names)}, bench


def like(settings: BookSettings, name: str) -> str:
    """The result of which another in ``book.toml`` is a further one: its own name, but for ``like = "intercepts"``.

    Raises ``SettingsError`` for one that is like nothing.
    """
    if name in results():
        return name
    other = settings.result(name).get("like", "")
    several = [result.name for result in results().values() if result.further is not None]
    if other not in several:
        raise SettingsError(f"{settings.file}: results.{name}: like is {other!r}; write one of {', '.join(several)}")
    return str(other)


def _made(bench: Bench, name: str) -> Made:
    result = results()[like(bench.settings, name)]
    return result.further(bench, name) if result.further is not None else result.make(bench)


def _read(book: Book, bench: Bench) -> dict[str, Thing]:
    """The files that were read, by the table that each holds; ``book.toml`` by its own name."""
    files = book.tables()
    found = {
        name: Thing(f"{store.FOLDER}/{files[name].name}", store.fingerprint(files[name]), frame.height)
        for name, frame in bench.tables.items()
        if frame is not None
    }
    return {**found, FILE: Thing(FILE, store.fingerprint(book.folder / FILE), 0)}


def _reads(read: Mapping[str, Thing], used: set[str]) -> tuple[Thing, ...]:
    """The files that one result rests on, whatever else was made beside it: tables, and ``book.toml``."""
    return (*sorted((read[name] for name in used & set(read)), key=lambda thing: thing.name), read[FILE])


def _kept(book: Book, name: str, made: Made, reads: tuple[Thing, ...]) -> int:
    """Write a result down, unless it stands there already; the number of the step that tells of it."""
    parts = {f"{RESULTS}/{part}.parquet": _parquet(frame) for part, frame in made.parts.items()}
    if (before := _same(book, name, reads, made.settings, parts)) is not None:
        return before.number
    with book.changing("make", {"result": name}) as writing:
        for file, frame in zip(parts, made.parts.values(), strict=True):
            writing.file(file, parts[file], frame.height)
        counts = {part: frame.height for part, frame in made.parts.items()}
        writing.tell(reads=reads, counts=counts, settings=made.settings, remarks=made.remarks)
        return writing.step.number


def _parquet(frame: pl.DataFrame) -> bytes:
    sheet = BytesIO()
    frame.write_parquet(sheet, compression="zstd")
    return sheet.getvalue()


def _same(
    book: Book, name: str, reads: tuple[Thing, ...], settings: Mapping[str, object], parts: Mapping[str, bytes]
) -> Step | None:
    """The last step that made this result, if from the same rows, settings and code, and its files are there."""
    last = last_made(book, name)
    if last is None or last.code != journal.code_fingerprint() or set(last.reads) != set(reads):
        return None
    if journal.as_written(settings) != dict(last.settings):
        return None
    files = [book.folder / file for file in parts]
    there = all(
        file.is_file() and file.read_bytes() == parts[file.relative_to(book.folder).as_posix()] for file in files
    )
    return last if there else None


def last_made(book: Book, name: str) -> Step | None:
    """The last step of the journal that made a result."""
    made = [step for step in journal.steps(book.folder) if step.verb == "make" and step.given.get("result") == name]
    return made[-1] if made else None


def part(book: Book, name: str) -> pl.DataFrame:
    """A part of a result as it was written.

    Raises ``BookError`` when it was not made yet.
    """
    files = book.results()
    if name not in files:
        raise BookError(f"{book.folder}: {name} was not made yet; orebook make makes it")
    return store.read_part(files[name])
