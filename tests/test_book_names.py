"""Names that bite, of holes, columns, folders and results, and questions that want more than an answer."""

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from book_runs import (
    ASSAYS,
    COLLARS,
    DECLARED,
    MINE,
    ask,
    blameless,
    content,
    every_verb,
    folder_of,
    put,
    question,
    whole,
)

pytest_plugins = ("book_places",)

posix = pytest.mark.skipif(os.name == "nt", reason="this is how Unix works")
NAMES = (
    "A,1", 'B"2', "C\n3", "D⛏4", "=1+1", "@SUM(A1)", "-E", "G';drop table collars;--", "H\t7", "I/../8", "J<script>",
    "漢字", "K" * 300, "null", "nan", "L\r\n9", "CON", ".", "..", '"', "+5", "${HOME}", "%s%n", "\\", "{0}",
)  # fmt: skip


def test_names_of_holes_that_bite(fresh: Path, tmp_path: Path) -> None:
    """Whatever a hole is called, it comes through every verb and every format as it is called."""
    collars, assays = io.StringIO(), io.StringIO()
    for sheet, head in ((collars, COLLARS), (assays, ASSAYS)):
        csv.writer(sheet).writerow(head.split(","))
    for number, name in enumerate(NAMES):
        csv.writer(collars).writerow([name, 500_000 + 10 * number, 6_000_000, 100 + number, 90, -60, 50])
        csv.writer(assays).writerows([name, k, k + 1, k / 2] for k in range(5))
    put(tmp_path, "c.csv", collars.getvalue())
    put(tmp_path, "a.csv", assays.getvalue())
    ask("add", tmp_path / "c.csv", tmp_path / "a.csv", "--book", fresh, *DECLARED).well()
    assert {row["hole"] for row in question(fresh, "select hole from collars")} == set(NAMES)
    every_verb(fresh, tmp_path)
    for form in ("text", "md", "html", "csv", "json", "jsonl", "parquet", "xlsx", "docx"):
        for result in ("intercepts", "holes", "paths"):
            ask("make", result, "--book", fresh, "-o", tmp_path / f"out.{form}", "--format", form, "-q").well()
    for form in ("csv", "dxf", "gpkg", "las", "omf"):
        ask("make", "traces", "--book", fresh, "-o", tmp_path / f"t.{form}").well()
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert {row["hole"].lstrip("'") for row in csv.DictReader(lines)} == set(NAMES)
    rows = json.loads(ask("make", "intercepts", "--book", fresh, "--format", "json").out)["tables"][0]["rows"]
    assert {row["cells"][0]["value"] for row in rows} == set(NAMES)


def test_heads_that_are_words_of_sql(fresh: Path, tmp_path: Path) -> None:
    """Columns that are kept as text may be called anything; no name of ours is taken from them."""
    heads = ["select", "drop table x", 'a"b', "order by", "'", "row", "group", "origin_step", "seen below", "weight"]
    sheet = io.StringIO()
    csv.writer(sheet).writerow([*ASSAYS.split(","), *heads])
    csv.writer(sheet).writerows(["A-1", k, k + 1, k, *[f"w{k}"] * len(heads)] for k in range(4))
    put(tmp_path, "a.csv", sheet.getvalue())
    ask("add", put(tmp_path, "c.csv", f"{COLLARS}\nA-1,500000,6000000,1,0,-90,9\n"), "--book", fresh, *DECLARED).well()
    ask("add", tmp_path / "a.csv", "--book", fresh, *DECLARED, "--others", "keep").well()
    (first, *_) = question(fresh, "select * from assays order by from_m")
    assert list(first.values()).count("w0") == len(heads)
    assert first["origin_step"] == 2 and first["origin_row"] == 2
    every_verb(fresh, tmp_path)
    ask("make", "intercepts", "--book", fresh).well()


def test_a_thousand_columns(fresh: Path, tmp_path: Path) -> None:
    """A file of a thousand columns comes in, those that mean nothing kept as text."""
    more = 1000
    heads = ",".join(f"note {n}" for n in range(more))
    put(tmp_path, "a.csv", f"{ASSAYS},{heads}\nA-1,0,1,2,{','.join('x' * more)}\n")
    ask("add", tmp_path / "a.csv", "--book", fresh, *DECLARED, "--others", "keep").well()
    assert len(question(fresh, "select * from assays")[0]) == 4 + more + 2


@pytest.mark.parametrize("name", ["with blanks and ümläuts 漢", "it's", 'a"b', "-dash", "semi;colon", "$HOME"])
def test_folders_of_any_name(name: str, finished: Path, tmp_path: Path) -> None:
    """A book works in a folder of any name, and where it was moved to."""
    book = Path(shutil.copytree(finished, tmp_path / name))
    before = content(book)
    left = ask("make", "intercepts", f"--book={book}").well()
    assert "step 11 of the journal" in left.err and content(book) == before
    assert question_in(book, "select count(*) n from intercepts") == [{"n": 18}]
    every = [blameless(ask(*words, f"--book={book}")) for words in (("validate",), ("why", "intercepts[0].au_gpt"))]
    assert [left.status for left in every] == [0, 0]


def question_in(book: Path, sql: str) -> list[dict[str, object]]:
    """The answer of a book that is found from where one stands."""
    with folder_of(book):
        rows: list[dict[str, object]] = ask("ask", sql, "--format", "json").well().json["tables"][0]["rows"]
    return rows


@posix
def test_a_book_behind_links(book: Path, tmp_path: Path) -> None:
    """A book that is reached through a symbolic link, or whose tables lie elsewhere, is the same book."""
    (tmp_path / "link").symlink_to(book)
    assert "step 11" in ask("make", "intercepts", "--book", tmp_path / "link").well().err
    shutil.move(book / "tables", tmp_path / "elsewhere")
    (book / "tables").symlink_to(tmp_path / "elsewhere")
    ask("add", MINE / "assays.csv", "--known", "replace", *DECLARED, "--book", tmp_path / "link").well()
    assert (book / "tables").is_symlink() and whole(book) == 13
    every_verb(tmp_path / "link", tmp_path)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "copy collars to 'stolen.csv'",
        "export database 'stolen'",
        "attach 'other.duckdb'",
        "attach ':memory:' as m; create table m.t as select 1; copy m.t to 'stolen.csv'",
        "install httpfs; load httpfs",
        "set enable_external_access = true",
        "drop table collars",
        "delete from collars",
        "insert into collars (hole) values ('X')",
        "create table stolen as select 1",
        "pragma database_list; select * from read_text('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select getenv('HOME')",
        "call pragma_version(); drop table assays",
        "select * from nothing",
        "selct",
        "",
        ";;",
        "--",
        "select 1; select * from read_blob('/etc/passwd')",
    ],
)
def test_a_question_stays_in_the_book(sql: str, book: Path) -> None:
    """A question neither writes nor reads outside the book, and one that tries is told so in words."""
    before, beside = content(book), set(book.parent.iterdir())
    with folder_of(book):
        left = blameless(ask("ask", sql))
        inside = {file.name for file in book.iterdir()}
    assert "root:" not in left.said and "home" not in left.out.lower()
    assert content(book) == before and set(book.parent.iterdir()) == beside
    assert not any("stolen" in name or "other" in name for name in inside)
    assert question(book, "select count(*) n from collars") == [{"n": 9}]


def test_a_result_named_like_sql(book: Path) -> None:
    """The name of a file is never part of a question: no statement in it runs, and no table of the book is hidden."""
    shutil.copy(book / "results" / "holes.parquet", book / "results" / 'x" as select 1; drop table assays; --.parquet')
    shutil.copy(book / "results" / "holes.parquet", book / "results" / "assays.parquet")
    assert question(book, "select count(*) n from assays") == [{"n": 164}]
