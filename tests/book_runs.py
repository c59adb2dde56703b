"""What the tests of books share: the command line with what it said, copies of the example books, their content."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from orebook.book import journal
from orebook.faces.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
MINE = EXAMPLES / "small-mine"
COUNTED = ("tables", "journal", "results", "mappings")
"""The folders of a book whose content counts."""

DECLARED = ("--declare", "length=m,dip=negative_down,azimuth=grid")
COLLARS = "hole,easting_m,northing_m,elevation_m,azimuth_deg,dip_deg,depth_m"
ASSAYS = "hole,from_m,to_m,au_gpt"

Table = Mapping[str, Any]


class Left(NamedTuple):
    """With which status the command line left, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as an object."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """All that was said."""
        return self.out + self.err

    def well(self) -> "Left":
        """The same, when it went well; an error with what was said when it did not."""
        assert self.status == 0, self.said
        return self

    def refused(self, *words: str) -> "Left":
        """The same, when it was refused in words that a person can use; these have to be among them."""
        assert self.status == 2, self.said
        blameless(self)
        for word in words:
            assert word in self.said, f"{word!r} is not in {self.said!r}"
        return self


def blameless(left: Left) -> Left:
    """The same, unless the program itself broke: a traceback, or a fault of its own."""
    for sign in ("a fault of orebook", "Traceback", "panicked"):
        assert sign not in left.said, left.said
    assert left.status in (0, 1, 2), left
    return left


def ask(*words: str | Path) -> Left:
    """Ask the command line, in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    status = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as left:
            status = int(left.code or 0)
        out.flush()
    found: bytes = out.buffer.getvalue()  # type: ignore[attr-defined]
    return Left(status, found.decode("utf-8", "replace"), err.getvalue())


def command(*words: str | Path) -> list[str]:
    """The words that start the command line in a process of its own."""
    return [sys.executable, "-m", "orebook", *map(str, words)]


def environment() -> dict[str, str]:
    """The environment of such a process: the same modules as here."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def start(*words: str | Path, cwd: Path | None = None) -> "subprocess.Popen[bytes]":
    """Start the command line in a process of its own."""
    return subprocess.Popen(command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=cwd)


def end(process: "subprocess.Popen[bytes]") -> Left:
    """Wait for such a process, and give what it said."""
    out, err = process.communicate(timeout=300)
    return Left(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def example(name: str, folder: Path) -> Path:
    """A copy of the book of an example, without what can be made again."""
    shutil.copytree(EXAMPLES / name / "book", folder, ignore=shutil.ignore_patterns("cache", ".lock", ".pending"))
    shutil.rmtree(folder / "results", ignore_errors=True)
    for step in (folder / "journal").glob("*-make.json"):
        step.unlink()
    return folder


def content(book: Path) -> dict[str, bytes]:
    """Every file of a book that counts, by its name."""
    files = [file for name in COUNTED for file in (book / name).rglob("*") if file.is_file()]
    return {file.relative_to(book).as_posix(): file.read_bytes() for file in files}


def whole(book: Path) -> int:
    """How many steps the journal of a book has, when their chain holds and no change hangs over."""
    assert journal.broken(book) == []
    assert not (book / ".pending").exists()
    return len(journal.steps(book))


def question(book: Path, sql: str) -> list[dict[str, Any]]:
    """The rows that answer a question."""
    found = ask("ask", sql, "--book", book, "--format", "json").well()
    rows: list[dict[str, Any]] = found.json["tables"][0]["rows"]
    return rows


def printed(book: Path, *what: str) -> list[Table]:
    """The tables that ``orebook make`` prints, every cell with its number and its address."""
    found: list[Table] = ask("make", *what, "--book", book, "--format", "json", "--quiet").well().json["tables"]
    return found


def words(table: Table, *columns: str) -> list[list[str]]:
    """The printed words of a table, row by row; of some columns by their key, or of all."""
    keys = [column["key"] for column in table["columns"]]
    rows = [[cell["text"] for cell in row["cells"]] for row in table["rows"]]
    full = [[*row, *[""] * (len(keys) - len(row))] for row in rows]
    return [[row[keys.index(key)] for key in columns or keys] for row in full]


def settings(book: Path, *, more: str = "", change: Sequence[tuple[str, str]] = ()) -> None:
    """Change the ``book.toml`` of a book: words put in the place of others, and more at its end."""
    file = book / "book.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in change:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text + more, encoding="utf-8")


@contextlib.contextmanager
def folder_of(place: Path) -> Iterator[Path]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(place)
    try:
        yield place
    finally:
        os.chdir(before)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """A file in a folder."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def every_verb(book: Path, more: Path) -> list[Left]:
    """Every verb, one after the other; whatever they say, none breaks."""
    asked: list[Sequence[str | Path]] = [
        *(("make", result) for result in ("drilling", "composites", "survey_quality")),
        ("make", "traces", "-o", more / "traces.csv"),
        ("validate",),
        ("why", "intercepts[0].au_gpt"),
        ("why", "2.89"),
        ("ask", "select count(*) from assays"),
        ("add", MINE / "recoveries.csv", "--declare", "length=m", "--known", "replace"),
    ]
    return [blameless(ask(*words, "--book", book)) for words in asked]
