"""Real commands that are killed leave the book as it was before or as it is after."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from orebook.book import change, journal
from orebook.book.folder import Book

ROOT = Path(__file__).parents[1]
CRATER = ROOT / "examples" / "crater-lake"


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a book that counts, by its name."""
    names = ("tables", "journal", "mappings", "results")
    files = [file for name in names for file in (folder / name).rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def started(*words: str) -> "subprocess.Popen[bytes]":
    """A command of the program as a process of its own."""
    asked = [sys.executable, "-m", "orebook", *words]
    return subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "words",
    [
        ["add", str(CRATER / "assays.csv"), "--known", "replace"],
        ["make", "holes"],
    ],
    ids=["add", "make"],
)
def test_a_command_that_is_killed_at_some_moment(words: list[str], tmp_path: Path) -> None:
    """Killed eight times at moments of its life, a command has happened or it has not; the chain of steps holds."""
    whole = tmp_path / "whole"
    shutil.copytree(CRATER / "book", whole, ignore=shutil.ignore_patterns("results", "cache", "*-make.json"))
    first = tmp_path / "first"
    shutil.copytree(whole, first)
    begin = time.monotonic()
    assert started(*words, "--book", str(first)).wait() == 0
    life = time.monotonic() - begin
    moments = Random(7)
    for number in range(8):
        book = tmp_path / f"book {number}"
        shutil.copytree(whole, book)
        before = content(book)
        process = started(*words, "--book", str(book))
        time.sleep(life * moments.uniform(0.5, 1.0))
        process.kill()
        process.wait()
        with Book(book).still():
            now = content(book)
        new = set(now) - set(before)
        assert not change.unfinished(book) and journal.broken(book) == []
        if new:
            assert any(name.startswith("journal/") for name in new) and set(now) == set(content(first))
        else:
            assert now == before
