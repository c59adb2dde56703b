"""The command line from end to end: what it says, where, and with which status it leaves."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from orebook.faces.cli import main
from orebook.faces.manual import manual, verbs
from orebook.faces.output import formats

GOOD = """# Brindle Cove Cuts Gold

| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
|---|---|---|---|---|
| BC-01 | 10.0 | 22.0 | 12.0 | 1.50 |
"""
BAD = GOOD.replace("12.0 | 1.50", "14.0 | 1.50")


class Left(NamedTuple):
    """With which status the command line left, and what it said."""

    status: int
    out: str
    err: str


Run = Callable[..., Left]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run words of a command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def ask(*words: str) -> Left:
        with pytest.raises(SystemExit) as left:
            main(list(words))
        sys.stdout.flush()
        said = capfdbinary.readouterr()
        return Left(int(left.value.code or 0), said.out.decode(), said.err.decode())

    return ask


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A release in which everything agrees."""
    (tmp_path / "good.md").write_text(GOOD)
    return Path("good.md")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A release with a length that does not follow from its depths."""
    (tmp_path / "bad.md").write_text(BAD)
    return Path("bad.md")


def test_a_clean_release_leaves_with_nought(run: Run, good: Path) -> None:
    """Nothing found is status 0 and one line that says so."""
    assert run("check", str(good)) == Left(0, "no findings in 1 document\n", "")


def test_a_finding_shows_its_line_and_place(run: Run, bad: Path) -> None:
    """A finding reads as a compiler's: place, grade, code, message, the line, marks, what would agree, help."""
    left = run("check", str(bad))
    assert left.status == 1
    head, line, marks, *rest = left.out.splitlines()
    assert head.startswith("bad.md:5:") and "error F101" in head
    assert line.endswith("| BC-01 | 10.0 | 22.0 | 14.0 | 1.50 |")
    assert [line[at : at + 4] for at, mark in enumerate(marks) if mark == "^" and marks[at - 1] == " "] == [
        "10.0",
        "22.0",
        "14.0",
    ]
    assert any("would agree: 11.9 to 12.1 m" in each for each in rest)
    assert any("help: " in each for each in rest)
    assert rest[-1] == "1 error in 1 document"


@pytest.mark.parametrize(("grade", "status"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on(run: Run, bad: Path, grade: str, status: int) -> None:
    """The grade that fails decides between 0 and 1."""
    assert run("check", str(bad), "--fail-on", grade).status == status


def test_select_and_ignore(run: Run, bad: Path) -> None:
    """Rules are chosen by code, by the beginning of a code, with commas, in any letters."""
    assert run("check", str(bad), "--select", "f2").status == 0
    assert run("check", str(bad), "--select", "F2,F101").status == 1
    assert run("check", str(bad), "--ignore", "F1").status == 0


@pytest.mark.parametrize(
    "words", [["--select", "F99"], ["--ignore", "Q1"], ["--fail-on", "death"], ["--format", "xml"], ["--jobs", "-1"]]
)
def test_faulty_arguments_leave_with_two(run: Run, good: Path, words: list[str]) -> None:
    """What cannot be asked is refused before anything is done."""
    left = run("check", str(good), *words)
    assert (left.status, left.out) == (2, "")
    assert left.err.strip()


def test_unknown_words_name_the_nearest(run: Run, good: Path) -> None:
    """A slip of the pen is answered with the word that was meant."""
    assert "'check'" in run("chekc", str(good)).err
    assert "did you mean 'F1" in run("rule", "F1O1").err
    assert "'good.md'" in run("check", "god.md").err
    assert "--format" in run("check", str(good), "--fromat", "json").err
    assert "did you mean 'drilling'" in run("draft", "drillng").err
    assert "there are drilling, quarter" in run("draft", "estimate").err


def test_no_path_is_wrong_usage(run: Run) -> None:
    """Without a path there is nothing to do."""
    assert run("check").status == 2


def broken(folder: Path) -> dict[str, str]:
    """One input for each thing that can be wrong with it, and a word of the message."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_bytes(b" \n\n ")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "utf16.txt").write_bytes(b"\xff\xfe\x00\xd8a")
    (folder / "release.pdf").write_bytes(b"%PDF-1.7 stream")
    (folder / "nothing").mkdir()
    (folder / "gone.txt").symlink_to(folder / "never-was.txt")
    return {
        "empty.txt": "empty",
        "blank.md": "empty",
        "binary.txt": "binary",
        "utf16.txt": "UTF-16",
        "release.pdf": "PDF",
        "nothing": "no document",
        "gone.txt": "no such file",
        "missing.txt": "no such file",
        "nothing/*.md": "no file matches",
        "a\0b": "null",
        "x" * 300: "too long",
    }


@pytest.mark.parametrize("verb", ["check", "read"])
def test_unusable_inputs_cost_only_themselves(run: Run, tmp_path: Path, good: Path, bad: Path, verb: str) -> None:
    """Each gives one line with what and where; the other documents are done; the status is 2."""
    wrong = broken(tmp_path)
    left = run(verb, *wrong, str(bad), str(good), "--format", "jsonl")
    assert left.status == 2
    said = left.err.splitlines()
    assert len(said) == len(wrong)
    for (name, word), line in zip(wrong.items(), said, strict=True):
        assert name.replace("\0", "·") in line and word in line
    assert "bad.md" in {json.loads(line)["doc"] for line in left.out.splitlines()}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_said(run: Run, tmp_path: Path, good: Path) -> None:
    """No leave to read is said in one line."""
    secret = tmp_path / "secret.txt"
    secret.write_text(GOOD)
    secret.chmod(0)
    left = run("check", "secret.txt", str(good))
    assert left.status == 2 and "permission denied" in left.err


def test_another_encoding_is_read(run: Run, tmp_path: Path) -> None:
    """Windows-1252 and UTF-16 are read as what they are."""
    (tmp_path / "old.txt").write_bytes("Forage à la mine Chouette: trou CH-1, 12,0 m à 1,5 g/t".encode("cp1252"))
    (tmp_path / "wide.md").write_bytes(b"\xff\xfe" + BAD.encode("utf-16-le"))
    assert run("check", "old.txt", "-q") == Left(0, "", "")
    assert "old.txt: not UTF-8; read as Windows-1252" in run("check", "old.txt").err
    assert run("check", "wide.md").status == 1


def test_folders_globs_and_repeats(run: Run, tmp_path: Path, good: Path, bad: Path) -> None:
    """Folders are searched through, hidden files left out, and no document is done twice."""
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "bad.txt").write_text(BAD)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "bad.md").write_text(BAD)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert run("check", ".", "bad.md", "*.md", "**/*.txt").out.splitlines()[-1] == "2 errors in 2 of 3 documents"


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single - reads from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    left = run("check", "-", "-")
    assert left.status == 1 and left.out.startswith("<stdin>:5:")


def test_many_processes_answer_in_order(tmp_path: Path) -> None:
    """The answer is the same, byte by byte, however many work on it."""
    for number in range(30):
        (tmp_path / f"{number:02}.md").write_text(BAD if number % 3 else GOOD)
    (tmp_path / "07.md").write_bytes(b"")
    asked = [sys.executable, "-m", "orebook", "check", ".", "--format", "jsonl", "--jobs"]
    one, two = (subprocess.run([*asked, jobs], cwd=tmp_path, capture_output=True, check=False) for jobs in ("1", "2"))
    assert one.returncode == two.returncode == 2
    assert one.stdout == two.stdout and one.stderr == two.stderr
    assert [json.loads(line)["doc"] for line in one.stdout.splitlines()] == sorted(
        f"{number:02}.md" for number in range(30) if number % 3 and number != 7
    )


def test_a_fault_of_ours_costs_one_document(run: Run, good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a reader fails, the document is named, the others are done."""

    def fail(name: str, data: bytes) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("orebook.desk.inputs.read_bytes", fail)
    left = run("check", str(good), str(bad))
    assert left.status == 2 and left.err.count("a fault of orebook: RecursionError: too deep") == 2


def test_a_file_is_written_whole_or_not_at_all(run: Run, tmp_path: Path, bad: Path) -> None:
    """The ending picks the format; what stood there is replaced in one step; nothing else stays behind."""
    (tmp_path / "out.json").write_text("old")
    assert run("check", str(bad), "-o", "out.json") == Left(1, "", "")
    assert json.loads((tmp_path / "out.json").read_text())["findings"][0]["code"] == "F101"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bad.md", "out.json"]


@pytest.mark.parametrize("file", ["no/such/folder/out.json", "bad.md", "."])
def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path, bad: Path, file: str) -> None:
    """A missing folder, a document that is being read, a folder: one line, status 2, nothing harmed."""
    left = run("check", str(bad), "-o", file)
    assert left.status == 2 and len(left.err.splitlines()) == 1
    assert (tmp_path / "bad.md").read_text() == BAD


def test_output_that_fails_half_way_leaves_the_old_file(
    run: Run, tmp_path: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that cannot be finished leaves the file as it was and nothing beside it."""

    def full(results: object, paper: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        "orebook.reports.findings.csv.page", lambda results, paper: (full(each, paper) for each in results)
    )
    (tmp_path / "out.csv").write_text("old")
    left = run("check", str(bad), "-o", "out.csv")
    assert left.status == 2 and "no space left" in left.err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bad.md", "out.csv"]
    assert (tmp_path / "out.csv").read_text() == "old"


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    """A broken pipe ends the work without a word."""
    (tmp_path / "bad.md").write_text(
        GOOD + "".join(f"| BC-{number} | 10.0 | 22.0 | 14.0 | 1.50 |\n" for number in range(2, 3000))
    )
    asked = f"{sys.executable} -m orebook check bad.md | head -n 1"
    left = subprocess.run(["bash", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert left.stdout.count("\n") == 1 and left.stderr == ""
    status = subprocess.run(["bash", "-c", f"{asked}; exit ${{PIPESTATUS[0]}}"], cwd=tmp_path, capture_output=True)
    assert status.returncode == 141


@pytest.mark.parametrize("name", ["findings.xlsx", "findings.parquet", "findings.MD"])
def test_an_ending_of_another_format_is_no_name_for_text(run: Run, bad: Path, tmp_path: Path, name: str) -> None:
    """A workbook that holds text would open nowhere: what cannot be shown so is said, and nothing is written."""
    left = run("check", str(bad), "-o", name)
    assert left.status == 2 and ".sarif" in left.err and "--format text" in left.err
    assert not (tmp_path / name).exists()
    assert run("check", str(bad), "-o", "findings.log").status == 1


def test_records_have_their_formats(run: Run, bad: Path) -> None:
    """Records are nested, so that they are not asked for as a flat table."""
    assert json.loads(run("read", "--records", str(bad)).out.splitlines()[-1])["kind"] == "drill_intercept"
    left = run("read", "--records", str(bad), "--format", "csv")
    assert left.status == 2 and "json, jsonl" in left.err


def test_nothing_from_a_document_moves_the_cursor(run: Run, tmp_path: Path) -> None:
    """Control characters, marks of direction and widths of nought do not reach the terminal."""
    (tmp_path / "odd.md").write_text(BAD.replace("BC-01", "B\x1b[2J\u202eC\u200b-01").replace("# B", "# \x07B"))
    for words in (["check"], ["read"]):
        out = run(*words, "odd.md").out
        assert not set(out) & set("\x1b\x07\u202e\u200b")


def test_colour_is_asked_for(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour in a pipe; FORCE_COLOR asks for it; NO_COLOR has the last word."""
    assert "\x1b" not in run("check", str(bad)).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31merror" in run("check", str(bad)).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", str(bad)).out


def test_quiet_says_only_what_was_asked_for(run: Run, bad: Path, good: Path) -> None:
    """No summary; a clean release says nothing."""
    assert run("check", "--quiet", str(good)) == Left(0, "", "")
    assert "documents" not in run("check", "-q", str(good), str(bad)).out


def test_version(run: Run) -> None:
    """The version is the package's."""
    assert run("--version").out.startswith("orebook 0.")


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_explains_itself(run: Run, verb: str) -> None:
    """Each verb has its sentence, a help for every choice, examples, and formats that exist."""
    page = manual(verb)
    assert verbs()[verb].endswith(".")
    assert page.examples and all("orebook " in line for line in page.examples)
    assert all(choice.help for choice in page.choices)
    assert all(formats(kind) for kind in page.shown_as)
    left = run(verb, "--help")
    assert left.status == 0 and page.examples[0] in left.out


def test_rule_shows_the_catalogue_and_a_page(run: Run) -> None:
    """By nothing, by code, by name, by the beginning of codes."""
    assert "F101" in run("rule").out
    assert run("rule", "f101").out == run("rule", "interval-length-mismatch").out
    assert run("rule", "F101").out.startswith("# F101")
    assert "F201" not in run("rule", "F1").out
    assert {rule["code"] for rule in json.loads(run("rule", "--format", "json").out)["rules"]} >= {"F101", "F201"}
