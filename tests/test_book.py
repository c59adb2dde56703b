"""A book is as it was before or as it is after, whatever happens to the process that changes it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from orebook.book import cache, change, journal, lock, store
from orebook.book.bench import Bench
from orebook.book.folder import Book, begin, find
from orebook.book.prepared import laid_paths
from orebook.book.problems import BookError, BusyBookError, NoBookError, SettingsError, UnwritableError

COLLARS = pl.DataFrame({"hole": ["K-2", "K-1"], "easting_m": [500_100.0, 500_000.25], "northing_m": [6e6, 6.1e6]})

posix = pytest.mark.skipif(os.name == "nt", reason="processes are forked here")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A new book without a table."""
    return begin(tmp_path / "kestrel", issuer="Kestrel Ridge Gold Inc.", crs="EPSG:26909")


def add(book: Book, table: str = "collars", frame: pl.DataFrame = COLLARS) -> None:
    """Put a table into a book."""
    with book.changing("add", {"files": ["some.csv"]}) as writing:
        writing.table(table, frame)


def content(book: Book) -> dict[str, bytes]:
    """Every file of a book that counts, by its name."""
    names = ("tables", "journal", "results", "mappings")
    files = [file for name in names for file in (book.folder / name).rglob("*") if file.is_file()]
    return {file.relative_to(book.folder).as_posix(): file.read_bytes() for file in files}


def test_a_table_comes_back_as_it_was_put(book: Book) -> None:
    """A table is kept in the order of its schema, with its types, to the last digit."""
    add(book)
    kept = book.table("collars")
    assert kept is not None and kept.equals(COLLARS.sort("hole"))


def test_large_tables_are_parquet_and_small_ones_csv(book: Book) -> None:
    """When a table outgrows CSV its old file goes away in the same change."""
    add(book)
    many = pl.DataFrame({"hole": [f"H{n:06}" for n in range(store.MANY_ROWS)]})
    add(book, frame=many)
    assert book.tables()["collars"].name == "collars.parquet"
    assert not (book.folder / "tables" / "collars.csv").exists()


def test_two_files_for_one_table_are_refused(book: Book) -> None:
    """Nobody can tell which of two files is the truth."""
    add(book)
    COLLARS.write_parquet(book.folder / "tables" / "collars.parquet")
    with pytest.raises(BookError, match="two files for one table"):
        book.tables()


def test_the_journal_tells_and_is_chained(book: Book) -> None:
    """Each step names what it wrote and the step before; an edited or missing step shows."""
    for _ in range(3):
        add(book)
    told = journal.steps(book.folder)
    assert [step.number for step in told] == [1, 2, 3]
    assert told[0].writes[0].sha256 == store.fingerprint(book.folder / "tables" / "collars.csv")
    assert journal.broken(book.folder) == []
    second = book.folder / told[1].file
    second.write_text(second.read_text().replace("some.csv", "other.csv"))
    assert journal.broken(book.folder) != []
    second.unlink()
    assert "missing" in journal.broken(book.folder)[0]


def test_a_change_that_fails_leaves_nothing(book: Book) -> None:
    """An exception in the middle of a change leaves every file as it was."""
    add(book)
    before = content(book)
    with pytest.raises(ZeroDivisionError), book.changing("add", {}) as writing:
        writing.table("collars", COLLARS.head(1))
        raise ZeroDivisionError
    assert content(book) == before and not change.unfinished(book.folder)


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Run some work in a process of its own that dies at its ``step``-th touch of the disk; say whether it died."""
    process = os.fork()
    if process == 0:
        left = step

        def dying(act):
            def touch(*args, **kwargs):
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return act(*args, **kwargs)

            return touch

        os.fsync = dying(os.fsync)
        for name in ("replace", "unlink", "mkdir", "write_bytes", "write_text", "rmdir"):
            setattr(Path, name, dying(getattr(Path, name)))
        work()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status) == 9


@posix
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*fork.*:RuntimeWarning")
def test_a_process_killed_at_any_touch_of_the_disk(book: Book) -> None:
    """A book is before or after, never between, wherever the writing process dies."""
    with book.changing("add", {}) as writing:
        writing.file("tables/collars.csv", b"hole\nA\n", 1)
        writing.file("results/old.parquet", b"old")
    before = content(book)

    def work() -> None:
        with book.changing("make", {}) as writing:
            writing.file("tables/collars.csv", b"hole\nB\n", 1)
            writing.file("results/new.parquet", b"new")
            writing.change.remove("results/old.parquet")

    seen = set()
    for step in range(1, 200):
        died = killed_at(step, work)
        with book.still():
            now = content(book)
        after = "results/new.parquet" in now
        if after:
            assert now["tables/collars.csv"] == b"hole\nB\n" and "results/old.parquet" not in now and len(now) == 4
        else:
            assert now == before
        assert not change.unfinished(book.folder)
        assert journal.broken(book.folder) == []
        seen.add((died, after))
        if not died:
            break
        if after:
            with book.changing("undo", {}) as writing:
                for name, was in before.items():
                    writing.file(name, was) if not name.startswith("journal") else None
                writing.change.remove("results/new.parquet")
            for file in sorted((book.folder / "journal").iterdir())[1:]:
                file.unlink()
    assert seen == {(True, False), (True, True), (False, True)}


HOLD = """
import sys, time
from pathlib import Path
from orebook.book.lock import writing
with writing(Path(sys.argv[1]), "add"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_process_is_told_for_whom_it_waits(book: Book) -> None:
    """While one process writes, another gets a message that names it; when it dies, the book is free at once."""
    asked = [sys.executable, "-c", HOLD, str(book.folder)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        hasty = Book(book.folder, wait_s=0.0)
        with pytest.raises(BusyBookError, match=rf"orebook add \(process {holder.pid} "):
            add(hasty)
        with pytest.raises(BusyBookError), hasty.still():
            pass
        holder.kill()
        holder.wait()
    add(book)
    assert list(book.tables()) == ["collars"]


def test_many_read_at_once(book: Book) -> None:
    """Readers do not wait for one another."""
    with lock.reading(book.folder, 0.0), lock.reading(book.folder, 0.0):
        pass


ADD = """
import sys
from pathlib import Path
from orebook.book.folder import Book
book = Book(Path(sys.argv[1]), wait_s=60)
for number in range(5):
    with book.changing("add", {"by": sys.argv[2]}) as writing:
        old = (book.folder / "tables" / "collars.csv")
        lines = old.read_bytes() if old.exists() else b"hole\\n"
        writing.file("tables/collars.csv", lines + f"{sys.argv[2]}-{number}\\n".encode(), 0)
"""


def test_writers_side_by_side_lose_nothing(book: Book) -> None:
    """Four processes that add to one table leave every row of every one."""
    processes = [subprocess.Popen([sys.executable, "-c", ADD, str(book.folder), name]) for name in "ABCD"]
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    rows = (book.folder / "tables" / "collars.csv").read_text().split()[1:]
    assert sorted(rows) == sorted(f"{name}-{number}" for name in "ABCD" for number in range(5))
    assert len(journal.steps(book.folder)) == 20 and journal.broken(book.folder) == []


def sources(book: Book) -> list[cache.Source]:
    """Every table as a source of the cache."""
    return [cache.Source(name, file) for name, file in book.tables().items()]


def test_the_cache_comes_back_identical(book: Book) -> None:
    """The DuckDB file may be deleted: what it answers is the same, and it follows the plain files."""
    add(book)
    question = "select * from collars order by hole"
    first = cache.ask(book.folder, sources(book), "m", question)
    (book.folder / cache.FOLDER / cache.FILE).unlink()
    assert cache.ask(book.folder, sources(book), "m", question).equals(first)
    assert first.equals(COLLARS.sort("hole"))
    (book.folder / cache.FOLDER / cache.FILE).write_bytes(b"no database")
    assert cache.ask(book.folder, sources(book), "m", question).equals(first)
    add(book, frame=COLLARS.head(1))
    assert cache.ask(book.folder, sources(book), "m", question).height == 1


@pytest.mark.parametrize(
    "question",
    [
        "select * from nothing",
        "drop table collars",
        "selct",
        "select * from read_csv('/etc/passwd')",
        "copy collars to 'x'",
    ],
)
def test_a_question_that_cannot_be_answered(book: Book, question: str) -> None:
    """A question cannot write, nor read what is outside the book; the message says why in one line."""
    add(book)
    with pytest.raises(BookError, match="cannot be answered") as problem:
        cache.ask(book.folder, sources(book), "m", question)
    assert "\n" not in str(problem.value)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_cannot_be_written(book: Book) -> None:
    """A read-only book is read, and refuses to be changed in one line."""
    add(book)
    for folder in (book.folder, *filter(Path.is_dir, book.folder.rglob("*"))):
        folder.chmod(0o555)
    try:
        assert book.table("collars") is not None
        with pytest.raises(UnwritableError, match="cannot be written"):
            add(book)
    finally:
        for folder in (book.folder, *filter(Path.is_dir, book.folder.rglob("*"))):
            folder.chmod(0o755)


FULL = """
import resource, signal, sys
from pathlib import Path
from orebook.book.folder import Book
from orebook.book.prepared import laid_paths
from orebook.book.problems import UnwritableError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with Book(Path(sys.argv[1])).changing("add", {}) as writing:
        writing.file("tables/assays.csv", b"x" * 100_000)
except UnwritableError as problem:
    print(problem)
    sys.exit(7)
"""


@posix
def test_a_disk_that_is_full(book: Book) -> None:
    """Where no more fits on the disk the change does not happen, and the message says so."""
    add(book)
    before = content(book)
    answer = subprocess.run([sys.executable, "-c", FULL, str(book.folder)], capture_output=True, text=True)
    assert answer.returncode == 7, answer.stderr
    assert "everything is as it was before" in answer.stdout
    assert content(book) == before and not change.unfinished(book.folder)


def test_books_are_found_from_within(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name the nearest book upwards is meant; where there is none the message says how to begin one."""
    add(book)
    monkeypatch.chdir(book.folder / "tables")
    assert find().folder == book.folder
    assert find(str(book.folder / "book.toml")).folder == book.folder
    monkeypatch.chdir(book.folder.parent)
    with pytest.raises(NoBookError, match="orebook new"):
        find()


def test_nothing_is_begun_over_something(book: Book, tmp_path: Path) -> None:
    """A book is not begun in a book, nor where other files lie."""
    with pytest.raises(BookError, match="a book already"):
        begin(book.folder, issuer="X")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(BookError, match="new or empty"):
        begin(tmp_path / "full", issuer="X")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[issuer]\nname = 3", "issuer.name is 3; write it in quotation marks"),
        ("[issuer]\nnme = 'X'", "unknown key issuer.nme; did you mean 'name'"),
        ("[isuer]\nname = 'X'", "unknown key isuer; did you mean 'issuer'"),
        ("issuer = 'X'", "issuer is not a table"),
        ("[issuer]\nname = ''", "issuer.name is missing"),
        ("[issuer]\nname = 'X'\n[space]\nlength = 'yard'", "write one of m, ft"),
        ("[issuer]\nname = 'X'\nfiscal_year_end = '31 Dec'", 'such as "12-31"'),
        ("[issuer\nname = 'X'", "this is not TOML"),
    ],
)
def test_settings_that_mean_nothing(book: Book, written: str, said: str) -> None:
    """A slip in book.toml is a message: what, where, what instead."""
    (book.folder / "book.toml").write_text(written)
    with pytest.raises(SettingsError) as problem:
        _ = book.settings
    assert said in str(problem.value) and "book.toml" in str(problem.value)


def test_quotes_and_backslashes_in_a_name(tmp_path: Path) -> None:
    """A name with any characters survives in book.toml."""
    name = 'O\'Brien "Gold" \\ Söhne\t{crs}'
    assert begin(tmp_path / "b", issuer=name).settings.issuer == name


def test_a_table_that_was_edited_into_something_else(book: Book) -> None:
    """A number that is none in a table of the book is a message that names the file."""
    add(book)
    (book.folder / "tables" / "collars.csv").write_text("hole,easting_m\nA,east\n")
    with pytest.raises(BookError, match=r"collars\.csv: cannot be read as the table collars"):
        book.table("collars")


def test_steps_are_json_that_others_can_read(book: Book) -> None:
    """A step is plain JSON with the code that made it."""
    add(book)
    said = json.loads(next((book.folder / "journal").iterdir()).read_text())
    assert said["verb"] == "add" and len(said["code"]) == 16 and said["orebook"]


@pytest.mark.parametrize(("north", "turned"), [("grid", 305.0), ("true", 305.77), ("magnetic", 284.74)])
def test_azimuths_at_the_collar_are_turned_like_those_of_surveys(book: Book, north: str, turned: float) -> None:
    """A hole without surveys points where its collar says, from whatever north the book counts."""
    text = (book.folder / "book.toml").read_text()
    (book.folder / "book.toml").write_text(
        text.replace('azimuth = "unknown"', f'azimuth = "{north}"').replace("26909", "26920")
    )
    place = {"hole": ["K"], "easting_m": [440870.0], "northing_m": [6133665.0], "elevation_m": [540.0]}
    add(book, frame=pl.DataFrame({**place, "azimuth_deg": [305.0], "dip_deg": [-60.0], "started": ["2020-08-20"]}))
    paths = laid_paths(Bench(book.settings, book.table))
    start = paths.at(pl.DataFrame({"hole": ["K"], "depth_m": [0.0]}), outside="extend")
    assert start["azimuth_deg"].to_list() == pytest.approx([turned], abs=0.05)
