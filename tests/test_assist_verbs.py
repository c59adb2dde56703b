"""Assistance from end to end: what read and check say, show and store of it, with one document and with many."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from assist_server import RELEASE, RIGHT, Call, Endpoint, completion, endpoint, fact, facts, saying
from book_runs import ask

KEY = "sk-a-key-that-nobody-sees"
SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"
WRONG = fact("412,000 tonnes of rock", "milling.ore_mined", "500,000")
TOTAL = """# Marrow Creek Gold Reports Third Quarter

Kettlewick, British Columbia, October 3, 2024 - Marrow Creek Gold Corp. (TSXV: MARO) reports on the Marrow Creek mine.

Hole MC-24-02 intersected 15.0 m grading 2.50 g/t gold from 30.0 m to 45.0 m.

The rusty rock of MC-24-03 began 30.0 m down and ended 45.0 m down, a good 19.0 m of it, with a glimmer of gold.
"""
LONGER = [
    fact("good 19.0 m", "drilling.length", "19.0", about={"hole": "MC-24-03"}, row="1"),
    fact("began 30.0 m", "drilling.from", "30.0", about={"hole": "MC-24-03"}, row="1"),
    fact("ended 45.0 m", "drilling.to", "45.0", about={"hole": "MC-24-03"}, row="1"),
]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that must not be seen, and no other settings from outside."""
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", KEY)
    monkeypatch.delenv("OREBOOK_ASSIST_SECONDS", raising=False)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release with figures that the grammar does not understand."""
    file = tmp_path / "release.md"
    file.write_text(RELEASE)
    return file


@pytest.fixture
def helpful() -> Iterator[Endpoint]:
    """An endpoint whose model is right four times and wrong once."""
    with endpoint(saying(facts(*RIGHT, WRONG))) as there:
        yield there


def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """A command of the program, in this process; the key is in nothing that it says."""
    left = ask(*words)
    assert KEY not in left.said
    return subprocess.CompletedProcess(words, left.status, left.out, left.err)


def with_(there: Endpoint) -> tuple[str, ...]:
    """The options that ask an endpoint."""
    return "--assist", there.url, "--assist-model", "small-model"


def test_read_tells_who_read_what(release: Path, helpful: Endpoint, tmp_path: Path) -> None:
    """Every form of the answer says which facts a model proposed."""
    table = run("read", release, *with_(helpful))
    assert table.returncode == 0 and table.stdout.count("read by assist") == 4
    assert "5 proposals, 4 accepted, 1 refused (1 the number is not the one in the quote)" in table.stderr
    said = [json.loads(line) for line in run("read", release, "--format", "jsonl", *with_(helpful)).stdout.splitlines()]
    assert [one["read_by"] for one in said if "read_by" in one] == ["assist"] * 4
    validator = Draft202012Validator(json.loads((SCHEMAS / "fact.json").read_text()))
    assert not [problem for one in said for problem in validator.iter_errors(one)]
    rows = list(csv.DictReader(run("read", release, "--format", "csv", *with_(helpful)).stdout.splitlines()))
    assert {row["read_by"] for row in rows} == {"grammar", "assist"}
    run("read", release, "-o", tmp_path / "facts.parquet", *with_(helpful))
    stored = pl.read_parquet(tmp_path / "facts.parquet").filter(pl.col("read_by") == "assist")
    assert sorted(stored["measure"]) == sorted(str(one["measure"]) for one in RIGHT)
    notes = json.loads(run("read", release, "--format", "annotations", *with_(helpful)).stdout)
    assert json.dumps(notes).count("read by assist") == 4


def test_records_tell_who_read_what(release: Path, helpful: Endpoint, tmp_path: Path) -> None:
    """Records with a proposed fact say so, in JSON and in Parquet."""
    said = [json.loads(line) for line in run("read", "--records", release, *with_(helpful)).stdout.splitlines()]
    intervals = [one for one in said if one["kind"] == "drill_intercept"]
    assert [(one["hole"], one["interval"], one.get("read_by")) for one in intervals] == [
        ("FH-24-07", 14.5, "assist"),
        ("FH-24-08", 8, None),
    ]
    run("read", "--records", release, "-o", tmp_path / "records.parquet", *with_(helpful))
    assert pl.read_parquet(tmp_path / "records.parquet")["read_by"].to_list().count("assist") == 3


def test_json_lists_every_refusal(release: Path, helpful: Endpoint) -> None:
    """The whole object says of each proposal that does not count why not."""
    said = json.loads(run("read", release, "--format", "json", *with_(helpful)).stdout)
    Draft202012Validator(json.loads((SCHEMAS / "facts.json").read_text())).validate(said)
    (about,) = said["assist"]
    assert (about["proposed"], about["accepted"], about["problem"]) == (5, 4, "")
    assert about["refused"] == [
        {
            "measure": "milling.ore_mined",
            "value": "500,000",
            "quote": "412,000 tonnes of rock",
            "why": "the number is not the one in the quote",
            "what": "500,000",
        }
    ]


def test_without_assistance_nothing_is_different(release: Path, helpful: Endpoint) -> None:
    """Who does not ask for it is given what was given before, and nobody is asked."""
    plain = run("read", release, "--format", "json")
    assert "read_by" not in plain.stdout and '"assist"' not in plain.stdout and plain.stderr == ""
    assert helpful.calls == []


def test_a_finding_that_rests_on_a_proposal_is_a_warning(tmp_path: Path) -> None:
    """Depths and length that a model pointed out disagree: a warning that says so, and no exit status of an error."""
    file = tmp_path / "release.md"
    file.write_text(TOTAL)
    with endpoint(saying(facts(*LONGER))) as there:
        left = run("check", file, "--format", "json", *with_(there))
        shown = run("check", file, *with_(there))
        marks = run("check", file, "--format", "github", *with_(there))
        log = run("check", file, "--format", "sarif", *with_(there))
        strict = run("check", file, "--fail-on", "warning", *with_(there))
    said = json.loads(left.stdout)
    Draft202012Validator(json.loads((SCHEMAS / "findings.json").read_text())).validate(said)
    found = [one for one in said["findings"] if one["code"] == "F101"]
    assert [(one["grade"], one["assisted"]) for one in found] == [("warning", True)]
    assert left.returncode == 0 and strict.returncode == 1
    assert "a figure that a model proposed takes part" in shown.stdout
    assert "a figure that a model proposed takes part" in marks.stdout
    assert '"assisted": true' in log.stdout
    alone = run("check", file, "--format", "json")
    assert [one for one in said["findings"] if "assisted" not in one] == json.loads(alone.stdout)["findings"]


def test_an_error_stays_one(tmp_path: Path) -> None:
    """What is an error without a model is one with it, whatever the model says."""
    file = tmp_path / "release.md"
    file.write_text(TOTAL.replace("15.0 m grading", "25.0 m grading"))
    with endpoint(saying(facts(*LONGER))) as there:
        left = run("check", file, "--format", "jsonl", *with_(there))
    grades = [(one["grade"], one.get("assisted")) for one in map(json.loads, left.stdout.splitlines())]
    assert left.returncode == 1 and ("error", None) in grades and ("warning", True) in grades


@pytest.mark.parametrize("verb", ["read", "check"])
def test_an_endpoint_that_fails_costs_one_line(release: Path, verb: str) -> None:
    """The reading goes on with what the grammar knows; data and exit status are as without assistance."""
    plain = run(verb, release)
    with endpoint(lambda call: call.give(b"", 401)) as there:
        left = run(verb, release, *with_(there))
    assert (left.returncode, left.stdout) == (plain.returncode, plain.stdout)
    assert left.stderr == "orebook: assist: 1 passage, the endpoint answers 401 Unauthorized\n"
    assert run(verb, release, "-q", *with_(there)).stderr == ""


def test_of_many_documents_one_line_tells(tmp_path: Path) -> None:
    """Workers ask for themselves; after some silence they stop asking, and one line says how many went without."""
    for number in range(6):
        (tmp_path / f"{number}.md").write_text(RELEASE.replace("412,000", f"41{number},000"))

    def helpful(call: Call) -> None:
        call.give(completion(facts(*RIGHT[1:])))

    with endpoint(helpful) as there:
        left = run("read", tmp_path, "--jobs", "2", "--format", "csv", *with_(there))
    assert left.stdout.count(",assist,") == 18 and len(there.calls) == 6
    assert left.stderr == "orebook: assist: 6 passages asked about: 18 proposals, 18 accepted\n"
    with endpoint(lambda call: call.give(b"", 404)) as there:
        left = run("read", tmp_path, *with_(there))
    assert left.returncode == 0 and len(there.calls) == 2
    assert left.stderr.endswith("404 Not Found; 6 of 6 documents read without it\n") and left.stderr.count("\n") == 1


def test_copies_are_asked_about_once(release: Path, helpful: Endpoint, tmp_path: Path) -> None:
    """The same text under another name brings the same answer."""
    (tmp_path / "copy.md").write_text(RELEASE)
    assert run("read", tmp_path, *with_(helpful)).stdout.count("read by assist") == 8
    assert len(helpful.calls) == 1


def test_a_folder_that_grows_knows_who_read(tmp_path: Path, helpful: Endpoint) -> None:
    """Documents that are in are read again when a model is asked besides, and not when the same one is asked again."""
    docs, into = tmp_path / "docs", tmp_path / "facts"
    docs.mkdir()
    (docs / "release.md").write_text(RELEASE)
    run("read", docs, "-o", f"{into}/")
    assert pl.read_parquet(into / "*.parquet")["read_by"].unique().to_list() == ["grammar"]
    left = run("read", docs, "-o", f"{into}/", *with_(helpful))
    assert "1 read" in left.stderr and "assist: a model was asked about 1 of them" in left.stderr
    assert pl.read_parquet(into / "*.parquet")["read_by"].to_list().count("assist") == 4
    assert "5 proposals, 4 accepted" in (into / "remarks.csv").read_text()
    assert "1 skipped" in run("read", docs, "-o", f"{into}/", *with_(helpful)).stderr
    assert len(helpful.calls) == 1


def test_documents_without_an_answer_are_asked_about_again(tmp_path: Path, helpful: Endpoint) -> None:
    """What a silent endpoint left out is made good by the next run, whose table has no document twice."""
    docs, into = tmp_path / "docs", tmp_path / "facts"
    docs.mkdir()
    (docs / "release.md").write_text(RELEASE)
    helpful.behave = lambda call: call.give(b"", 403)
    left = run("read", docs, "-o", f"{into}/", *with_(helpful))
    assert left.returncode == 0 and "asked about 1 of them, 1 without an answer" in left.stderr
    assert pl.read_parquet(into / "*.parquet")["read_by"].unique().to_list() == ["grammar"]
    helpful.behave = saying(facts(*RIGHT))
    assert "1 read" in run("read", docs, "-o", f"{into}/", *with_(helpful)).stderr
    stored = pl.read_parquet(into / "*.parquet")
    assert stored["read_by"].to_list().count("assist") == 4 and len(set(stored["start"])) == len(stored)
    assert "1 skipped" in run("read", docs, "-o", f"{into}/", *with_(helpful)).stderr


def test_what_is_proposed_is_not_remembered(tmp_path: Path) -> None:
    """Other releases are put beside what the readers of the house have read, not beside what a model proposed."""
    memory = tmp_path / "seen"
    file = tmp_path / "release.md"
    file.write_text(TOTAL)
    with endpoint(saying(facts(*LONGER))) as there:
        run("check", file, "--memory", memory, *with_(there))
    kept = pl.concat([pl.read_parquet(one) for one in memory.rglob("*.parquet")], how="diagonal_relaxed")
    values = [value for column in kept.iter_columns() if column.name == "value" for value in column]
    assert "15.0" in values and "19.0" not in values


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--assist", "https://models.example"), "say which to ask with --assist-model NAME"),
        (("--assist-model", "m"), "say where with --assist URL"),
        (("--assist", "http://models.example", "--assist-model", "m"), "would carry releases and key in the clear"),
        (("--assist", f"https://me:{KEY}@models.example", "--assist-model", "m"), "a name or password in the address"),
    ],
)
def test_what_does_not_go_together_is_said(release: Path, words: tuple[str, ...], said: str) -> None:
    """A wrong option is exit status 2 and one line, before anything is read or sent."""
    left = run("check", release, *words)
    assert left.returncode == 2 and said in left.stderr and left.stdout == ""


def test_the_limit_of_time_is_of_the_document(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent endpoint holds a document for as long as the environment says, and no longer."""
    monkeypatch.setenv("OREBOOK_ASSIST_SECONDS", "0.3")
    asked = [sys.executable, "-m", "orebook", "read", str(release)]
    with endpoint(lambda call: call.server.shutdown_request(call.request) if call.rfile.read(1) else None) as there:
        left = subprocess.run([*asked, *with_(there)], capture_output=True, text=True, check=False)
    assert left.returncode == 0 and "no answer" in left.stderr
