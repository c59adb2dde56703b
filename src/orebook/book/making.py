"""Making: results from the tables of a book, written beside them with the step that tells how they came about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from orebook.ground.telling import counted


@dataclass(frozen=True, slots=True)
class Done:
    """What was made: each result by its name, the settings it was made under, and the steps that tell of it.

    ``unrecorded`` says why the book does not hold it, where it could not be written; ``reads`` are the files that each
    result rests on, ``wrong`` says of a result that was asked for why it cannot be made.
    """

    settings: BookSettings
    made: Mapping[str, Made]
    steps: Mapping[str, int] = field(default_factory=dict)
    unrecorded: str = ""
    reads: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    def result_of(self, part: str) -> str:
        """The result to which a part belongs; nothing where none was made that has it."""
        return next((name for name, one in self.made.items() if part in one.parts), "")


def make(book: Book, names: Sequence[str], *, look: Callable[[Done], None] | None = None, record: bool = True) -> Done:
    """Make some results of a book and write them down; unless they are to be recorded, they are only made.

    ``look`` sees what was made before anything is written; where it raises, the book stays as it was.

    What was made before from the same rows, settings and code is not written again. A book that cannot be written is
    made from all the same, and says so. Raises ``BookError`` and ``SettingsError``: what is missing, and what instead.
    """
    seen = _seen(book, names)
    if look is not None:
        look(seen)
    if not record:
        return seen
    try:
        return replace(seen, steps={name: _kept(book, name, one, seen.reads[name]) for name, one in seen.made.items()})
    except UnwritableError as problem:
        return replace(seen, unrecorded=str(problem))


def made(book: Book, names: Sequence[str], *, strict: bool = True, settings: BookSettings | None = None) -> Done:
    """Make some results of a book for a look at them, under its settings or others: nothing is written.

    ``steps`` tell of those that the journal knows to have been made from the same rows, settings and code. Raises
    ``BookError`` and ``SettingsError`` for what cannot be made; unless ``strict``, that is kept in ``wrong``.
    """
    seen = _seen(book, names, strict=strict, settings=settings)
    known = {name: _same(book, name, seen.reads[name], one.settings) for name, one in seen.made.items()}
    return replace(seen, steps={name: step.number for name, step in known.items() if step is not None})


def _seen(book: Book, names: Sequence[str], *, strict: bool = True, settings: BookSettings | None = None) -> Done:
    """Results with the files that each rests on, made while the book is held still; no step tells of them yet."""
    with book.still():
        settings = settings or book.settings
        bench = Bench(settings, book.table)
        found: dict[str, tuple[Made, set[str]]] = {}
        wrong: dict[str, str] = {}
        for name in counted(list(dict.fromkeys(names)), "results are made"):
            try:
                found[name] = bench.using(partial(_made, name=name))
            except BookError as problem:
                if strict:
                    raise
                wrong[name] = str(problem)
        read = _read(book, bench)
    reads = {name: _reads(read, used) for name, (_, used) in found.items()}
    return Done(settings, {name: one for name, (one, _) in found.items()}, reads=reads, wrong=wrong)


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
    before = _same(book, name, reads, made.settings)
    if before is not None and _there(book, parts):
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


def _same(book: Book, name: str, reads: tuple[Thing, ...], settings: Mapping[str, object]) -> Step | None:
    """The last step that made this result, if from the same rows, settings and code."""
    last = last_made(book, name)
    if last is None or last.code != journal.code_fingerprint() or set(last.reads) != set(reads):
        return None
    return last if journal.as_written(settings) == dict(last.settings) else None


def _there(book: Book, parts: Mapping[str, bytes]) -> bool:
    """Whether the files of a result hold just this."""
    return all((book.folder / file).is_file() and (book.folder / file).read_bytes() == parts[file] for file in parts)


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
