"""What a project decides once: found from the document upwards, refused when it means nothing, overruled."""

from pathlib import Path

import pytest

from orebook.desk.answer import AskedWronglyError
from orebook.desk.check import check
from orebook.desk.config import read_settings, settings_for
from orebook.reports.results import Checked

BAD = """# Brindle Cove Cuts Gold

| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
|---|---|---|---|---|
| BC-01 | 10.0 | 22.0 | 14.0 | 1.50 |
"""

SUPPRESS = '[[suppress]]\ncode = "F101"\nreason = "the log was lost"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one release that has one finding."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "bad.md").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(path: str = "releases/bad.md") -> tuple[Checked, list[str]]:
    """What a check of one document says, and what it notes beside it."""
    answer = check([path])
    (result,) = answer.results
    assert isinstance(result, Checked)
    return result, answer.notes


def test_without_configuration_errors_fail(folder: Path) -> None:
    """Nothing decided: all rules, errors fail."""
    result, notes = found()
    assert result.failed and [finding.code for finding in result.findings] == ["F101"] and not notes


@pytest.mark.parametrize("place", ["orebook.toml", "releases/orebook.toml"])
def test_the_nearest_file_counts(folder: Path, place: str) -> None:
    """A file in the folder of the document or above it."""
    (folder / place).write_text('ignore = ["F1"]\n')
    assert not found()[0].findings


def test_a_nearer_file_replaces_a_farther_one(folder: Path) -> None:
    """Settings are not mixed."""
    (folder / "orebook.toml").write_text('ignore = ["F1"]\n')
    (folder / "releases" / "orebook.toml").write_text('fail_on = "never"\n')
    result, _ = found()
    assert result.findings and not result.failed


def test_pyproject_counts_where_it_speaks_of_orebook(folder: Path) -> None:
    """Another project file in between is passed over."""
    (folder / "pyproject.toml").write_text('[tool.orebook]\nfail_on = "never"\n')
    (folder / "releases" / "pyproject.toml").write_text("[tool.other]\n")
    assert not found()[0].failed


def test_the_answer_does_not_depend_on_where_one_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are anchored at the file, not at the current folder."""
    (folder / "orebook.toml").write_text(SUPPRESS + 'path = "releases/*.md"\n')
    assert not found()[0].findings
    monkeypatch.chdir(folder / "releases")
    assert not found("bad.md")[0].findings
    monkeypatch.chdir("/")
    assert not found(str(folder / "releases" / "bad.md"))[0].findings


def test_what_is_suppressed_is_kept_with_its_reason(folder: Path) -> None:
    """The finding is not lost, and does not fail."""
    (folder / "orebook.toml").write_text(SUPPRESS + 'contains = "BC-01"\n')
    result, notes = found()
    assert not result.failed and not notes
    (known,) = result.suppressed
    assert known.reason == "the log was lost" and known.finding.code == "F101"
    assert known.where.endswith("orebook.toml:1")


@pytest.mark.parametrize("more", ['path = "other/*"', 'contains = "BC-02"'])
def test_a_suppression_reaches_no_further_than_it_says(folder: Path, more: str) -> None:
    """Another document or other words are not silenced."""
    (folder / "orebook.toml").write_text(SUPPRESS + more)
    assert found()[0].findings


def test_an_unused_suppression_is_noted(folder: Path) -> None:
    """One that could have silenced something and did not; not one for other documents or for rules that do not run."""
    (folder / "orebook.toml").write_text(
        f'{SUPPRESS}contains = "BC-99"\n{SUPPRESS}path = "other/*"\n[[suppress]]\ncode = "F201"\nreason = "unsure"\n'
    )
    _, notes = found()
    assert [note.partition(": ")[0].rpartition(":")[2] for note in notes] == ["1", "9"]
    (folder / "orebook.toml").write_text(f'ignore = ["F1"]\n{SUPPRESS}')
    assert not found()[1]


def test_asking_overrules_the_file(folder: Path) -> None:
    """What is asked on the spot has the last word."""
    (folder / "orebook.toml").write_text('fail_on = "never"\nselect = ["F2"]\n')
    (result,) = check(["releases/bad.md"], select=["F101"], fail_on="note").results
    assert isinstance(result, Checked) and result.failed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("selekt = []", "did you mean 'select'"),
        ('fail_on = "death"', "write one of error, warning, note, never"),
        ("fail_on = 3", "write one of"),
        ('select = "F101"', 'write select = ["F101"]'),
        ("ignore = [1]", "not a list of codes"),
        ('select = ["F999"]', "no rule has the code 'F999'"),
        ("[suppress]", "write [[suppress]] above each"),
        ('[[suppress]]\nreason = "x"', "needs a code"),
        ('[[suppress]]\ncode = "F101"', "needs a reason"),
        ('[[suppress]]\ncode = "F101"\nreason = " "', "write some words"),
        ('[[suppress]]\ncode = "F1"\nreason = "x"', "no rule has the code 'F1'"),
        ('[[suppress]]\ncode = "F101"\nreason = "x"\npth = "y"', "did you mean 'path'"),
        ("select = [", "this is not TOML"),
        (b"\xff\xfe", "this is not TOML"),
    ],
)
def test_what_means_nothing_is_refused(folder: Path, words: str | bytes, said: str) -> None:
    """One line: the file, what, and what instead."""
    file = folder / "orebook.toml"
    file.write_bytes(words.encode() if isinstance(words, str) else words)
    with pytest.raises(AskedWronglyError) as refused:
        settings_for("releases/bad.md", {})
    assert str(file) in str(refused.value) and said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_configuration_that_is_named_must_exist(folder: Path) -> None:
    """A slip in --config is no silent default."""
    with pytest.raises(AskedWronglyError, match="cannot be read: no such file"):
        read_settings(Path("orebok.toml"))
