"""The cache of a book is made once and read by many: threads of a process hinder one another no more than processes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import polars as pl

from orebook.book.folder import Book, begin
from orebook.desk.ask import ask

THREADS = 8


def holed(folder: Path, count: int) -> Book:
    """A book with so many holes."""
    book = begin(folder, issuer="Kestrel Ridge Gold Inc.")
    more_holes(book, count)
    return book


def more_holes(book: Book, count: int) -> None:
    """The book gets other collars."""
    with book.changing("add", {"file": "collars.csv"}) as writing:
        writing.table("collars", pl.DataFrame({"hole": [f"K-{number}" for number in range(count)]}))


def told(folder: Path) -> tuple[int, list[str]]:
    """How many holes the book says that it has, and what else was said."""
    answer = ask("select count(*) as n from collars", book=str(folder))
    (sheet,) = answer.results
    return sheet.frame.item(), answer.notes


def test_many_threads_ask_at_once(tmp_path: Path) -> None:
    """All are answered from the files as they stand, through a cache that is made anew, and nothing is left over."""
    book = holed(tmp_path / "book", 1)
    together = Barrier(THREADS)

    def asking(_: int) -> list[tuple[int, list[str]]]:
        together.wait()
        return [told(book.folder) for _ in range(3)]

    for count in (1, 5, 9):
        more_holes(book, count)
        with ThreadPoolExecutor(THREADS) as threads:
            found = [each for some in threads.map(asking, range(THREADS)) for each in some]
        assert found == [(count, [])] * (3 * THREADS)
    assert [file.name for file in (book.folder / "cache").iterdir()] == ["book.duckdb"]
