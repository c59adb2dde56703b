"""What releases said is remembered between runs, and a new release is checked against it without reading them again."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from orebook.book.folder import begin
from orebook.checks.issuers import Issuer
from orebook.checks.remembered import Remembered, meets, remember
from orebook.desk.answer import AskedWronglyError
from orebook.desk.check import check
from orebook.desk.memory import rows
from orebook.desk.memory.folder import opened
from orebook.faces.cli import main
from orebook.reading.read import read_text
from orebook.reports.results import Checked

ROW = "| Hole | From (m) | To (m) | Interval (m) | Cu (%) |\n|---|---|---|---|---|\n"
HOLES = "".join(f"| LN-24-0{hole} | 12.0 | 30.0 | 18.0 | 0.4{hole} |\n" for hole in range(1, 6))
MAY = f"# Holm drills\n\nMay 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.\n\n{ROW}{HOLES}"
SEPTEMBER = MAY.replace("May 6", "September 9").replace("| 0.43 |", "| 0.34 |")
OTHERS = MAY.replace("Holm Copper Corp. (TSXV: HLM)", "Fell Copper Ltd. (ASX: FEL)").replace("0.43", "0.34")


class Left(NamedTuple):
    """With which status the command line left, and what it said."""

    status: int
    out: str
    err: str


Run = Callable[..., Left]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run words of a command line in a folder with three releases."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("may.md", MAY), ("september.md", SEPTEMBER), ("others.md", OTHERS)):
        Path(name).write_text(text)

    def ask(*words: str) -> Left:
        with pytest.raises(SystemExit) as left:
            main(list(words))
        sys.stdout.flush()
        said = capfdbinary.readouterr()
        return Left(int(left.value.code or 0), said.out.decode(), said.err.decode())

    return ask


def findings(said: Left) -> list[dict[str, object]]:
    """The findings of an answer in JSON lines."""
    return [json.loads(line) for line in said.out.splitlines()]


def test_several_releases_are_put_side_by_side(run: Run) -> None:
    """One finding, in the later release, with both places; the release of another company takes no part."""
    said = run("check", ".", "--select", "A", "--format", "jsonl")
    (found,) = findings(said)
    assert said.status == 1 and (found["doc"], found["code"], found["grade"]) == ("september.md", "A101", "error")
    here, there = found["sources"]  # type: ignore[misc]
    assert "doc" not in here and there["doc"] == "may.md"  # type: ignore[operator]


def test_one_release_alone_is_put_beside_nothing(run: Run) -> None:
    """Without a memory one document is checked by itself."""
    assert run("check", "september.md", "--select", "A").status == 0


@pytest.mark.parametrize("memory", ["seen", "seen.parquet"])
def test_a_memory_is_kept_between_runs(run: Run, memory: str) -> None:
    """What the first run read is known to the second, in a folder or in a file."""
    assert run("check", "may.md", "others.md", "--memory", memory, "--select", "A").status == 0
    Path("may.md").unlink()
    (found,) = findings(run("check", "september.md", "--memory", memory, "--select", "A", "--format", "jsonl"))
    assert found["code"] == "A101" and found["sources"][1]["doc"] == "may.md"  # type: ignore[index]


@pytest.mark.parametrize("memory", ["seen", "seen.parquet"])
def test_a_document_that_is_checked_again_replaces_what_was_remembered_of_it(run: Run, memory: str) -> None:
    """A mended draft is not held against itself."""
    run("check", "may.md", "september.md", "--memory", memory, "--select", "A")
    Path("september.md").write_text(MAY.replace("May 6", "September 9"))
    assert run("check", "september.md", "--memory", memory, "--select", "A").status == 0
    assert run("check", "september.md", "may.md", "--memory", memory, "--select", "A").status == 0


def test_the_memory_is_a_table_that_anybody_can_ask(run: Run) -> None:
    """The files of the folder are one table for DuckDB: measures, figures, quotes."""
    run("check", "may.md", "others.md", "--memory", "seen")
    asked = (
        "select issuer, count(*) from 'seen/issuers/*.parquet' where measure = 'drilling.grade' group by 1 order by 1"
    )
    assert duckdb.sql(asked).fetchall() == [("fell copper", 5), ("holm copper", 5)]


def test_a_release_is_put_beside_those_in_its_book(run: Run, tmp_path: Path) -> None:
    """The folder releases of a book is read once; what changed in it is read again; the book itself is not touched."""
    begin(tmp_path / "book", issuer="Holm Copper Corp.")
    (tmp_path / "book" / "releases").mkdir()
    Path("may.md").rename(tmp_path / "book" / "releases" / "may.md")
    for _ in range(2):
        said = run("check", "september.md", "--book", "book", "--select", "A", "--format", "jsonl")
        assert [found["code"] for found in findings(said)] == ["A101"]
    (tmp_path / "book" / "releases" / "may.md").write_text(MAY.replace("0.43", "0.34"))
    assert run("check", "september.md", "--book", "book", "--select", "A").status == 0


def test_in_a_book_its_releases_are_known(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever checks a release in the folder of a book need not name the book."""
    begin(tmp_path / "book", issuer="Holm Copper Corp.")
    (tmp_path / "book" / "releases").mkdir()
    Path("may.md").rename(tmp_path / "book" / "releases" / "may.md")
    Path("september.md").rename(tmp_path / "book" / "september.md")
    monkeypatch.chdir(tmp_path / "book")
    assert run("check", "september.md", "--select", "A").status == 1


def test_a_book_without_releases_is_said(run: Run, tmp_path: Path) -> None:
    """What, where, what instead."""
    begin(tmp_path / "book", issuer="Holm Copper Corp.")
    said = run("check", "may.md", "--book", "book")
    assert said.status == 2 and "put the releases of before into one" in said.err


def test_a_book_and_a_memory_at_once_are_refused(run: Run) -> None:
    """A book has a memory of its own."""
    assert run("check", "may.md", "--book", "book", "--memory", "seen").status == 2


def test_a_memory_that_is_none_is_said_in_one_line(run: Run) -> None:
    """A file that is no Parquet is no memory, and nothing is written over it."""
    Path("seen.parquet").write_text("not a table")
    said = run("check", "may.md", "--memory", "seen.parquet")
    assert said.status == 2 and "cannot be used as a memory" in said.err
    assert Path("seen.parquet").read_text() == "not a table"


def test_a_folder_of_other_things_is_no_memory(run: Run) -> None:
    """A folder of releases that is named as the memory stays as it was; one that a run left early is gone on with."""
    Path("here").mkdir()
    Path("here/note.txt").write_text("a note")
    left = run("check", "may.md", "--memory", "here")
    assert left.status == 2 and "holds other things (note.txt)" in left.err and "here/memory" in left.err
    assert [file.name for file in Path("here").iterdir()] == ["note.txt"]
    Path("early/issuers").mkdir(parents=True)
    assert run("check", "may.md", "--memory", "early").status == 0


def test_both_places_are_shown_to_people_and_to_tools(run: Run) -> None:
    """Text names the other release with its line and words; SARIF relates it; CSV has it beside the lines."""
    text = run("check", "may.md", "september.md", "--select", "A")
    assert " may.md:9 | LN-24-03 | 12.0 | 30.0 | 18.0 | 0.43" in text.out and "1 error in 1 of 2 documents" in text.out
    sarif = json.loads(run("check", "may.md", "september.md", "--select", "A", "--format", "sarif").out)
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "september.md"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "may.md"
    assert run("check", "may.md", "september.md", "--select", "A", "--format", "csv").out.strip().endswith(",may.md:9")


def test_a_finding_across_releases_can_be_suppressed(run: Run) -> None:
    """A suppression looks at the lines of the document to which the finding belongs."""
    rule = '[[suppress]]\ncode = "A101"\nreason = "known"\npath = "september.md"\ncontains = "LN-24-03"\n'
    Path("orebook.toml").write_text(rule)
    said = run("check", "may.md", "september.md", "--select", "A")
    assert said.status == 0 and "1 suppressed" in said.out


def test_copies_and_strangers_are_said_beside_the_findings(run: Run) -> None:
    """A copy is named, and so is a document that names no issuer."""
    prose = " ".join(f"The ground of section {number} was walked and mapped." for number in range(60))
    Path("may.md").write_text(f"{MAY}\n{prose}\n")
    Path("september.md").write_text(f"{MAY}\n{prose}\n")
    Path("others.md").write_text("# Highlights\n\nNothing is said of anybody here.\n")
    said = run("check", "may.md", "september.md", "others.md", "--select", "A")
    assert "september.md: a copy of may.md" in said.err and "others.md: names no issuer" in said.err


def test_more_processes_say_the_same(run: Run) -> None:
    """What is kept of a release travels from the process that read it."""
    one = run("check", ".", "--format", "jsonl", "--jobs", "1")
    two = run("check", ".", "--format", "jsonl", "--jobs", "2")
    assert one.out == two.out


def kept(name: str, text: str) -> Remembered:
    """What is kept of a text."""
    return remember(read_text(name, text))


def test_remembered_and_recalled_are_equal() -> None:
    """Everything that was kept of a release comes back from the table, digit for digit."""
    before = kept("may.md", MAY + "\nInferred resources of 1660 kt at 1.50 g/t Au. Assays are pending for LN-24-06.\n")
    (after,) = rows.releases(rows.table([before]))
    assert (after.doc, after.digest, after.issuer, after.day) == (before.doc, before.digest, before.issuer, before.day)
    assert (after.sketch, after.sayings) == (before.sketch, before.sayings)
    for one, other in zip(before.records, after.records, strict=True):
        assert (one.kind, one.about, one.source, one.around) == (other.kind, other.about, other.source, other.around)
        assert [(f.measure, str(f.figure), dict(f.about), f.source) for f in one.facts] == [
            (f.measure, str(f.figure), dict(f.about), f.source) for f in other.facts
        ]


def test_only_what_a_new_release_can_meet_is_recalled(tmp_path: Path) -> None:
    """Of a release that tells of none of its holes a new release meets no interval."""
    other = MAY.replace("LN-24-", "QK-23-").replace("May 6, 2024", "May 6, 2023")
    new = kept("new.md", SEPTEMBER)
    with opened(tmp_path / "seen") as memory:
        memory.add([kept("may.md", MAY), kept("other.md", other)])
    with opened(tmp_path / "seen") as memory:
        found = memory.recall([memory.known_as(new.issuer)], {meets(record) for record in new.records})
    assert {release.doc: len(release.of("drill_intercept")) for release in found} == {"may.md": 5, "other.md": 0}


def test_two_names_of_one_company_are_joined_when_a_release_says_so(tmp_path: Path) -> None:
    """Their files stay as they are, and are looked up together from then on, in later runs as well."""
    old, new = Issuer.of("Holm Copper Corp.", ["TSXV:HLM"]), Issuer.of("Tarn Metals Corp.", ["TSXV:TRN"])
    both = Issuer.of("Tarn Metals Corp.", ["TSXV:TRN"], former=["Holm Copper Corp."])
    with opened(tmp_path / "seen") as memory:
        first, second = memory.known_as(old), memory.known_as(new)
        assert first != second and memory.known_as(both) in (first, second)
        assert set(memory.joined(first)) == {first, second}
    with opened(tmp_path / "seen") as memory:
        assert set(memory.joined(second)) == {first, second}


def test_a_memory_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """An index that is no table is said, with its place."""
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "index.parquet").write_text("nothing")
    with pytest.raises(AskedWronglyError, match="cannot be used as a memory"), opened(tmp_path / "seen"):
        pass


def test_many_documents_need_no_memory_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of documents they are kept on the disk until all are read, and the answer is the same."""
    for name, text in (("may.md", MAY), ("september.md", SEPTEMBER), ("others.md", OTHERS)):
        (tmp_path / name).write_text(text)
    monkeypatch.setattr("orebook.desk.across._MANY", 2)
    results = list(check([str(tmp_path)], select=["A"]).results)
    found = [each for each in results if isinstance(each, Checked) and each.again]
    assert [finding.code for each in found for finding in each.findings] == ["A101"]
    assert all(each.remembered is None for each in results if isinstance(each, Checked))
