"""Books that were edited by hand: whatever was done to a file, every verb works or says which file and what to do."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from book_runs import ask, every_verb

pytest_plugins = ("book_places",)


def edited(table: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], object]:
    """An edit of the lines of a table of the book."""

    def edit(book: Path) -> None:
        file = book / "tables" / f"{table}.csv"
        file.write_text("\n".join(change(file.read_text(encoding="utf-8").split("\n"))), encoding="utf-8")

    return edit


def step(number: int) -> Callable[[Path], Path]:
    """A step of the journal by its place."""
    return lambda book: sorted((book / "journal").glob("*.json"))[number]


def rewritten(number: int, **parts: object) -> Callable[[Path], object]:
    """A step of the journal of which parts were rewritten."""

    def edit(book: Path) -> None:
        file = step(number)(book)
        file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **parts}), encoding="utf-8")

    return edit


def mappings(**parts: object) -> Callable[[Path], object]:
    """Mappings of which parts were rewritten."""

    def edit(book: Path) -> None:
        for file in (book / "mappings").iterdir():
            file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **parts}), encoding="utf-8")

    return edit


def written(name: str, data: bytes) -> Callable[[Path], object]:
    """A file of the book in which something else stands."""

    def edit(book: Path) -> None:
        file = book / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)

    return edit


def instead(name: str) -> Callable[[Path], object]:
    """A file where a folder belongs, or a folder where a file belongs."""

    def edit(book: Path) -> None:
        place = book / name
        if place.is_dir():
            shutil.rmtree(place)
            place.write_bytes(b"x")
        else:
            place.unlink(missing_ok=True)
            place.mkdir()

    return edit


def as_words(book: Path) -> None:
    """A table kept as Parquet in which all is text."""
    file = book / "tables" / "assays.csv"
    pl.read_csv(file, infer_schema=False).write_parquet(file.with_suffix(".parquet"))
    file.unlink()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no words at all": written("tables/assays.csv", b""),
    "noise for a table": written("tables/assays.csv", bytes(range(256)) * 20),
    "a table of Parquet that is none": written("tables/domains.parquet", b"PAR1"),
    "two files for one table": written("tables/collars.parquet", b"PAR1"),
    "a table of words": as_words,
    "a table that no book has": written("tables/wishes.csv", b"a,b\n1,2\n"),
    "no rows": edited("assays", lambda lines: [lines[0], ""]),
    "other units": edited("assays", lambda lines: [line.replace("from_m,to_m", "from_ft,to_ft") for line in lines]),
    "no column of holes": edited("assays", lambda lines: [lines[0].replace("hole", "bole"), *lines[1:]]),
    "no column of depths": edited("assays", lambda lines: [lines[0].replace("from_m", "anfang"), *lines[1:]]),
    "no origins": edited("assays", lambda lines: [lines[0].replace("origin_", "o_"), *lines[1:]]),
    "one head twice": edited("assays", lambda lines: [lines[0].replace("to_m", "from_m"), *lines[1:]]),
    "words for numbers": edited("assays", lambda lines: [*lines[:3], lines[3].replace(".", "x"), *lines[4:]]),
    "rows of any width": edited("assays", lambda lines: [*lines[:3], ",,,", "a", lines[3] + ",,,,,", *lines[4:]]),
    "semicolons": edited("assays", lambda lines: [line.replace(",", ";") for line in lines]),
    "upside down": edited("assays", lambda lines: [lines[0], *reversed(lines[1:-1]), ""]),
    "neither true nor false": edited("assays", lambda lines: [line.replace("false", "maybe") for line in lines]),
    "a collar twice": edited("collars", lambda lines: [*lines[:-1], lines[1], ""]),
    "no collars": edited("collars", lambda lines: [lines[0], ""]),
    "names alone": edited("collars", lambda x: [x[0], *(r.split(",")[0] + "," * x[0].count(",") for r in x[1:-1]), ""]),
    "no eastings": edited("collars", lambda lines: [lines[0].replace("easting_m", "x"), *lines[1:]]),
    "no stations": edited("surveys", lambda lines: [lines[0], ""]),
    "no depths of stations": edited("surveys", lambda lines: [lines[0].replace("depth_m", "x"), *lines[1:]]),
    "no planes": edited("zones", lambda lines: [lines[0].replace("dip_deg", "x"), *lines[1:]]),
    "no zones": edited("domains", lambda lines: [lines[0].replace("zone", "x"), *lines[1:]]),
    "no tables": lambda book: shutil.rmtree(book / "tables"),
    "a cache of noise": written("cache/book.duckdb", b"x" * 50_000),
    "an empty cache": written("cache/book.duckdb", b""),
    "a cache that is a folder": instead("cache/book.duckdb"),
    "a file for the cache": instead("cache"),
    "no results": lambda book: shutil.rmtree(book / "results"),
    "a result without a part": lambda book: (book / "results" / "intercepts_without.parquet").unlink(),
    "a result of noise": written("results/intercepts.parquet", b"x" * 500),
    "a result of nothing": written("results/intercepts.parquet", b""),
    "another result": lambda book: shutil.copy(
        book / "results" / "holes.parquet", book / "results" / "intercepts.parquet"
    ),
    "a file for the results": instead("results"),
    "no journal": lambda book: shutil.rmtree(book / "journal"),
    "a step of noise": lambda book: step(-1)(book).write_bytes(b"{"),
    "a step of nothing": lambda book: step(2)(book).write_text("{}"),
    "a step that is a list": lambda book: step(2)(book).write_text("[1]"),
    "a step with another key": rewritten(2, more=1),
    "a step with other rules": rewritten(-2, settings={"rules": [5], "derived": [5]}),
    "a step with words for settings": rewritten(-2, settings="x"),
    "a step that counts words": rewritten(-2, counts=["a"]),
    "a step of a stranger": written("journal/12x-y.json", b"{}"),
    "mappings of noise": lambda book: [file.write_bytes(b"{") for file in (book / "mappings").iterdir()],
    "mappings of lists": mappings(columns=[1], declared=[2]),
    "mappings of words": mappings(columns="x", declared="y"),
    "mappings to no table": mappings(table="wishes"),
    "mappings in yards": mappings(declared={"length": "yard"}),
    "mappings to no column": mappings(columns={"HOLE-ID": "wish", "nowhere": "hole"}),
    "a change of noise": written(".pending/moves.json", b"{"),
    "a change that is a list": written(".pending/moves.json", b"[1]"),
    "a change cut off": written(".pending/0", b"half"),
    "a file for the change": instead(".pending"),
    "a lock of noise": written(".lock", b"\xff\xfe" * 50),
    "a folder for the lock": instead(".lock"),
    "no book.toml": lambda book: (book / "book.toml").unlink(),
    "a folder for book.toml": instead("book.toml"),
    "noise for book.toml": written("book.toml", b"\x00\xff"),
    "an empty book.toml": written("book.toml", b""),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_by_hand(name: str, book: Path, tmp_path: Path) -> None:
    """Whatever was done to a file of the book, every verb works or says which file and what to do about it."""
    DAMAGE[name](book)
    for left in every_verb(book, tmp_path):
        if left.status == 2:
            assert "orebook: " in left.err, left


def test_a_change_never_leaves_the_book(book: Path, tmp_path: Path) -> None:
    """A book that came with somebody's half-done change moves nothing out of its folder."""
    for name in ("../stolen.txt", str(tmp_path / "stolen.txt"), "tables/../../stolen.txt"):
        (book / ".pending").mkdir(exist_ok=True)
        (book / ".pending" / "0").write_text("mine")
        (book / ".pending" / "moves.json").write_text(json.dumps({name: "0"}))
        ask("validate", "--book", book).refused("this is no change of a book")
        (book / ".pending" / "moves.json").write_text(json.dumps({"tables/x.csv": "../book.toml"}))
        ask("validate", "--book", book).refused("this is no change of a book")
    assert not (tmp_path / "stolen.txt").exists() and (book / "book.toml").is_file()


def test_a_journal_that_was_touched_is_noticed(book: Path) -> None:
    """A step that is missing, and one that was edited, are told by orebook validate."""
    assert ask("validate", "--book", book).err == ""
    rewritten(3, orebook="9.9")(book)
    assert "the step before it is not the one" in ask("validate", "--book", book).err
    step(2)(book).unlink()
    assert "step 3 is missing" in ask("validate", "--book", book).err
