"""Folders of many documents: they grow, are read as one table, survive their runs, and lose nothing in silence."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import pytest

import many
from book_runs import ask
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.crew import Crew
from orebook.desk.crew.limits import Limits
from orebook.desk.harvest import harvest
from orebook.desk.inputs import gather, opened
from orebook.desk.read import read
from orebook.desk.work import Hands
from orebook.reports.results import Stored
from orebook.reports.shards import Entry, Foot, foot, parquet, rows, schema, without
from orebook.reports.trouble import Trouble


class Done:
    """A run that has come to its end: what it yielded, what it said, and its counts."""

    def __init__(self, folder: Path, into: str, hands: Hands | None = None, *, kind: str = "facts") -> None:
        answer = harvest.harvest(gather([str(folder)]), kind, into, hands or Hands(crew=Crew()))  # type: ignore[arg-type]
        self.results = list(answer.results)
        (self.said,) = answer.notes
        self.troubles = [one for one in self.results if isinstance(one, Trouble)]

    @property
    def counts(self) -> dict[str, int]:
        """How many were read, skipped, failed."""
        parts = self.said.partition(": ")[2].partition(";")[0].split(", ")
        return {words.split()[1]: int(words.split()[0].replace(",", "")) for words in parts}


def table(folder: Path) -> pl.DataFrame:
    """What DuckDB finds in a folder, as one table in the order of the documents."""
    asked = f"select * from read_parquet('{folder}/**/*.parquet') order by doc, sha256, start, record"
    with duckdb.connect() as base:
        found = base.execute(asked)
        names = [column[0] for column in found.description or ()]
        return pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Seventy small releases."""
    return many.releases(tmp_path / "in", 70)


def test_a_folder_is_one_table(docs: Path, tmp_path: Path) -> None:
    """DuckDB and polars read the folder as one table with the columns that are described; facts stand in their text."""
    done = Done(docs, f"{tmp_path}/facts/")
    found = table(tmp_path / "facts")
    assert done.counts == {"read": 70} and len(done.results) == 70
    assert found.columns == list(schema("facts")) == pl.read_parquet(tmp_path / "facts/**/*.parquet").columns
    assert found["doc"].n_unique() == found["sha256"].n_unique() == 70
    for doc, start, end, quote in found.select("doc", "start", "end", "quote").iter_rows():
        assert Path(doc).read_text()[start:end] == quote
    grades = found.filter((pl.col("measure") == "drilling.grade") & (pl.col("place") == "table"))
    assert len(grades) == 70 and grades["kind"].unique().to_list() == ["drill_intercept"]
    first = grades.row(0, named=True)
    assert (first["value"], first["number"], first["unit"], first["hole"]) == ("1.00", 1.0, "g/t", "TR-000")
    assert (first["issuer"], first["date"], first["origin"]) == ("Tamarack Ridge Metals Corp.", "2025-03-01", "native")


def test_records_are_a_table_too(docs: Path, tmp_path: Path) -> None:
    """Intercepts have their hole, depths and grades as columns; the facts of a record carry its number."""
    Done(docs, f"{tmp_path}/facts/")
    Done(docs, f"{tmp_path}/records/", kind="records")
    found = table(tmp_path / "records").filter((pl.col("kind") == "drill_intercept") & (pl.col("place") == "table"))
    assert found.columns == list(schema("records")) and len(found) == 70
    first = found.row(0, named=True)
    assert (first["hole"], first["from"], first["to"], first["interval"]) == ("TR-000", 10.0, 22.0, 12.0)
    grade = {"analyte": "Au", "value": 1.0, "unit": "g/t", "printed": "1.00", "sign": None}
    assert first["grades"] == [grade] and json.loads(first["fields"])["hole"] == "TR-000"
    keys = ["sha256", "record", "kind"]
    facts = table(tmp_path / "facts")
    assert len(facts.join(table(tmp_path / "records").select(keys), on=keys)) == len(facts)


def test_every_column_is_described(docs: Path, tmp_path: Path) -> None:
    """A shard without rows has all columns, of the same types as one with rows, so that they are one table."""
    for kind in ("facts", "records"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "a.parquet").write_bytes(parquet(kind, ()))
        Done(docs, f"{tmp_path}/{kind} of many/", kind=kind)
        assert pl.read_parquet_schema(tmp_path / kind / "a.parquet") == schema(kind)
        (some, *_) = (tmp_path / f"{kind} of many").glob("*.parquet")
        assert pl.read_parquet_schema(some) == schema(kind)


def test_what_is_in_is_skipped(docs: Path, tmp_path: Path) -> None:
    """A second run reads nothing and changes nothing; a new document makes one new shard."""
    into = tmp_path / "facts"
    Done(docs, f"{into}/")
    before = many.shards(into)
    assert Done(docs, f"{into}/").counts == {"read": 0, "skipped": 70}
    assert many.shards(into) == before
    many.write(docs / "new.md", many.RELEASE.format(number=500, grade="9.99", day=1).encode())
    assert Done(docs, f"{into}/").counts == {"read": 1, "skipped": 70}
    after = many.shards(into)
    assert len(after) == len(before) + 1 and before.items() <= after.items()


def test_what_was_moved_is_known_by_its_content(docs: Path, tmp_path: Path) -> None:
    """The same documents under other names, with other times, are in already."""
    Done(docs, f"{tmp_path}/facts/")
    shutil.copytree(docs, tmp_path / "elsewhere", copy_function=shutil.copyfile)
    assert Done(tmp_path / "elsewhere", f"{tmp_path}/facts/").counts == {"read": 0, "skipped": 70}
    assert Done(docs, f"{tmp_path}/facts/").counts == {"read": 0, "skipped": 70}


def test_a_document_that_changed_replaces_what_it_said(docs: Path, tmp_path: Path) -> None:
    """The table says what lies there now, and nothing twice."""
    into = tmp_path / "facts"
    Done(docs, f"{into}/")
    shards = len(many.shards(into))
    many.write(docs / "0007.md", many.RELEASE.format(number=7, grade="7.77", day=1).encode())
    assert Done(docs, f"{into}/").counts == {"read": 1, "skipped": 69}
    found = table(into).filter((pl.col("measure") == "drilling.grade") & (pl.col("hole") == "TR-007"))
    assert set(found["value"]) == {"7.77"}
    assert table(into)["sha256"].n_unique() == 70 and len(many.shards(into)) == shards + 1


def test_a_copy_of_what_changed_is_not_lost(docs: Path, tmp_path: Path) -> None:
    """When one of two copies changes, the other keeps what both said."""
    into = tmp_path / "facts"
    shutil.copy2(docs / "0003.md", docs / "zz.md")
    assert Done(docs, f"{into}/").counts == {"read": 70, "skipped": 1}
    many.write(docs / "0003.md", many.RELEASE.format(number=300, grade="3.33", day=1).encode())
    assert Done(docs, f"{into}/").counts == {"read": 2, "skipped": 69}
    assert {"TR-003", "TR-300"} <= set(table(into)["hole"])
    assert set(table(into).filter(pl.col("hole") == "TR-003")["doc"]) == {str(docs / "zz.md")}


def test_another_program_reads_again(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the code that reads has changed, documents are read again and stand in the table once."""
    into = tmp_path / "facts"
    Done(docs, f"{into}/")
    before = table(into)
    monkeypatch.setattr("orebook.desk.harvest.gathering.fingerprint", lambda: "another")
    few = tmp_path / "few"
    shutil.copytree(docs, few)
    for file in sorted(few.iterdir())[30:]:
        file.unlink()
    assert Done(few, f"{into}/").counts == {"read": 30}
    assert table(into).drop("doc").equals(before.drop("doc")) or len(table(into)) == len(before)
    assert table(into)["sha256"].n_unique() == 70
    assert {foot(file).code == "another" for file in into.glob("*.parquet")} == {True, False}


def test_a_shard_without_a_document_is_what_it_would_have_been(docs: Path, tmp_path: Path) -> None:
    """Taking a document out of a shard gives the bytes that it would have had without it."""
    reads = [opened(item) for item in gather([str(docs)])[:5]]
    parts = [(one.sha256, rows(harvest_facts(one))) for one in reads]  # type: ignore[union-attr]

    def made(parts: list[tuple[str, list[dict[str, object]]]]) -> bytes:
        entries = tuple(Entry(sha, sha[:4], sha, len(said), "") for sha, said in parts)
        return parquet("facts", (row for _, said in parts for row in said), Foot("code", entries))

    (tmp_path / "a.parquet").write_bytes(made(parts))
    gone = parts[2][0]
    assert without(tmp_path / "a.parquet", {gone}) == made([part for part in parts if part[0] != gone])


def harvest_facts(read):  # type: ignore[no-untyped-def]
    """The facts of a document that was read."""
    from orebook.desk.said import facts_of

    return facts_of(read)


def test_failures_cost_themselves_and_are_tried_again(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files in = read + failed + skipped; the report names each failure; what was mended is read by the next run."""
    into = tmp_path / "facts"
    monkeypatch.setattr(harvest, "gather", many.gather)
    for name, content in {"hang": many.HANGS, "eat": many.EATS, "die": many.DIES, "none": b""}.items():
        many.write(docs / f"{name}.md", content)
    done = Done(docs, f"{into}/", Hands(2, limits=Limits(8, 400), minded=True))
    assert done.counts == {"read": 70, "failed": 4} and len(done.troubles) == 4
    assert f"see {into / 'failures.csv'}" in done.said
    with (into / "failures.csv").open(encoding="utf-8") as file:
        report = {Path(row["document"]).stem: row for row in csv.DictReader(file)}
    assert report.keys() == {"hang", "eat", "die", "none"}
    assert "8 s" in report["hang"]["what"] and "400 MB" in report["eat"]["what"] and "SIGSEGV" in report["die"]["what"]
    for name in ("hang", "eat", "die"):
        many.write(docs / f"{name}.md", many.RELEASE.format(number=600, grade=f"{len(name)}.5", day=2).encode())
    (docs / "none.md").unlink()
    assert Done(docs, f"{into}/").counts == {"read": 2, "skipped": 71}  # "eat" and "die" say the same: copies
    assert table(into)["sha256"].n_unique() == 72


def test_many_failures_are_counted_and_few_are_told(tmp_path: Path) -> None:
    """The first ones are told as they happen; the report has them all."""
    docs = many.releases(tmp_path / "in", 2)
    for number in range(60):
        many.write(docs / f"empty {number:02}.txt", b"")
    done = Done(docs, f"{tmp_path}/facts/")
    assert done.counts == {"read": 2, "failed": 60} and len(done.results) == 62
    assert len(done.troubles) == 20 and sum(isinstance(one, Stored) and one.failed for one in done.results) == 40
    assert (tmp_path / "facts" / "failures.csv").read_text().count("empty") >= 60


def test_remarks_are_not_lost(docs: Path, tmp_path: Path) -> None:
    """What one should know about how documents were read stands in a list beside the shards, from whichever run."""
    many.write(
        docs / "old.md", many.RELEASE.format(number=900, grade="1.0", day=1).encode() + "à la mine".encode("cp1252")
    )
    for _ in range(2):
        Done(docs, f"{tmp_path}/facts/")
        with (tmp_path / "facts" / "remarks.csv").open(encoding="utf-8") as file:
            assert list(csv.reader(file)) == [
                ["document", "remark"],
                [str(docs / "old.md"), "not UTF-8; read as Windows-1252"],
            ]
        (tmp_path / "facts" / ".orebook" / "index.sqlite").unlink()


def started(*words: object) -> "subprocess.Popen[bytes]":
    """A command of the program, in a session of its own."""
    asked = [sys.executable, "-m", "orebook", *map(str, words)]
    return subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task")
    return [int(child) for task in tasks.glob("*/children") for child in task.read_text().split()]


def wait_until_gone(pids: list[int]) -> None:
    """Wait until none of these processes is left."""
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_for_shards(folder: Path, count: int) -> None:
    """Wait until so many shards are in a folder."""
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.parquet"))) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_run_that_is_ended_goes_on_where_it_was(how: signal.Signals, tmp_path: Path) -> None:
    """After a kill or Ctrl-C the folder can be read; the same command goes on, and the end is the same byte by byte."""
    docs = many.releases(tmp_path / "in", 200)
    into = tmp_path / "facts"
    process = started("read", docs, "--jobs", 2, "-o", f"{into}/")
    wait_for_shards(into, 3)
    readers = children(process.pid)
    os.kill(process.pid, how)
    assert process.wait() == (130 if how == signal.SIGINT else -how)
    wait_until_gone(readers)
    begun = table(into)["sha256"].n_unique()
    assert 0 < begun < 200
    left = many.orebook("read", docs, "--jobs", 2, "-o", f"{into}/")
    assert left.returncode == 0 and left.stdout == ""
    assert f"{200 - begun:,} read, {begun:,} skipped" in left.stderr
    Done(docs, f"{tmp_path}/whole/")
    assert many.shards(into) == many.shards(tmp_path / "whole")


def test_two_runs_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    """Two runs with documents in common end well, and every document is in the table once."""
    docs = many.releases(tmp_path / "in", 150)
    other = tmp_path / "other"
    shutil.copytree(docs, other)
    many.releases(other, 200)
    into = tmp_path / "facts"
    runs = [started("read", folder, "--jobs", 1, "-o", f"{into}/") for folder in (docs, other)]
    assert [run.wait() for run in runs] == [0, 0]
    Done(other, f"{tmp_path}/whole/")
    found, whole = table(into).drop("doc").sort(pl.all()), table(tmp_path / "whole").drop("doc").sort(pl.all())
    assert found.equals(whole)


def test_the_index_may_be_deleted(docs: Path, tmp_path: Path) -> None:
    """The shards say what is in them; an index that is gone, or broken, is made anew."""
    into = tmp_path / "facts"
    Done(docs, f"{into}/")
    (into / ".orebook" / "index.sqlite").unlink()
    assert Done(docs, f"{into}/").counts == {"read": 0, "skipped": 70}
    (into / ".orebook" / "index.sqlite").write_bytes(b"x" * 5000)
    assert Done(docs, f"{into}/").counts == {"read": 0, "skipped": 70}


def test_shards_may_be_taken_away_and_put_in(docs: Path, tmp_path: Path) -> None:
    """Documents of a shard that somebody removed are read again; a shard of another folder is taken in once."""
    into = tmp_path / "facts"
    Done(docs, f"{into}/")
    first = min(into.glob("*.parquet"))
    gone = len(foot(first).documents)
    shutil.move(first, tmp_path / "kept.parquet")
    assert Done(docs, f"{into}/").counts == {"read": gone, "skipped": 70 - gone}
    shutil.copy(tmp_path / "kept.parquet", into / "again.parquet")
    assert Done(docs, f"{into}/").counts == {"read": 0, "skipped": 70}
    assert table(into)["sha256"].n_unique() == 70 and len(table(into)) == len(table(into).unique())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.parquet", b"PAR1", "of others"), (".orebook/table.json", b'{"table": "records"}', "holds records")],
)
def test_a_folder_of_something_else_is_refused(
    docs: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """Files of others are never mixed with ours; the line says what to do instead."""
    file = tmp_path / "facts" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(AskedWronglyError, match=said):
        Done(docs, f"{tmp_path}/facts/")
    assert file.read_bytes() == content


def test_a_single_file_is_the_documents_that_were_asked_for(docs: Path, tmp_path: Path) -> None:
    """One file, in the order of the documents, the same from one process and from two; nothing else is left."""
    for jobs in (1, 2):
        left = many.orebook("read", docs, "--jobs", jobs, "-o", tmp_path / f"{jobs}.parquet")
        assert left.returncode == 0 and left.stderr.strip() == "orebook: 70 documents: 70 read"
    one, two = tmp_path / "1.parquet", tmp_path / "2.parquet"
    assert one.read_bytes() == two.read_bytes()
    assert pl.read_parquet(one)["doc"].unique(maintain_order=True).to_list() == sorted(map(str, docs.iterdir()))
    many.orebook("read", docs / "0001.md", "-o", one)
    assert pl.read_parquet(one)["doc"].unique().to_list() == [str(docs / "0001.md")]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1.parquet", "2.parquet", "in"]


def test_a_single_file_that_is_ended_goes_on(tmp_path: Path) -> None:
    """The old file stays until the new one is whole; the same command goes on where the other was."""
    docs = many.releases(tmp_path / "in", 300)
    file, parts = tmp_path / "facts.parquet", tmp_path / ".facts.parquet.parts"
    file.write_bytes(b"old")
    process = started("read", docs, "--jobs", 2, "-o", file)
    wait_for_shards(parts, 3)
    refused = ask("read", docs, "-o", file)
    process.kill()
    process.wait()
    assert refused.status == 2 and "another run is writing" in refused.err
    assert file.read_bytes() == b"old"
    begun = table(parts)["sha256"].n_unique()
    assert f"{300 - begun} read, {begun} skipped" in many.orebook("read", docs, "--jobs", 2, "-o", file).stderr
    many.orebook("read", docs, "--jobs", 2, "-o", tmp_path / "whole.parquet")
    assert file.read_bytes() == (tmp_path / "whole.parquet").read_bytes() and not parts.exists()


def test_the_words_of_the_command_line(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder ends in a slash or is one; it holds Parquet; a place that cannot be written is said in one line."""
    monkeypatch.chdir(tmp_path)
    assert ask("read", "in/0000.md", "-o", "new/").status == 0
    assert ask("read", "in/0001.md", "--records", "-o", "new").err.count("\n") == 1
    assert len(list((tmp_path / "new").glob("*.parquet"))) == 1
    for words, said in {
        ("read", "in/0000.md", "-o", "new/", "--format", "csv"): "a folder holds Parquet",
        ("read", "in/0000.md", "-o", "in/0001.md/"): "cannot write",
        ("read", "in/0000.md", "-o", "no/such/f.parquet"): "cannot write",
        ("read", "in/0000.md", "-o", "in/0000.md", "--format", "parquet"): "one of the documents",
        ("read", "in/0000.md", "-o", "s3://bucket/facts/"): "not to s3://bucket/facts/",
        ("check", "in/0000.md", "-o", "new/"): "cannot write",
    }.items():
        left = ask(*words)
        assert left.status == 2 and said in left.err and left.err.count("\n") == 1


def test_from_python(docs: Path, tmp_path: Path) -> None:
    """The verb itself takes the place."""
    answer = read([str(docs)], into=f"{tmp_path}/facts/")
    assert len(list(answer.results)) == 70 == len(answer.names)
    assert answer.notes == ["70 documents: 70 read"]
