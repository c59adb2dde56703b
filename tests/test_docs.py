"""The manual is complete and true: what the program knows of itself is in it, and no link leads nowhere."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest

from orebook.checks import catalogue
from orebook.faces.manual import verbs

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("README.md")])


def generator():
    """The module that writes the generated parts."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_generated_is_stale() -> None:
    """``just docs`` would change nothing."""
    assert sorted(path.relative_to(ROOT).as_posix() for path in generator().stale()) == []


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_a_page(verb: str) -> None:
    """Each verb has its page and its row in the README."""
    assert f"docs/{verb}.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / f"{verb}.md").is_file()


def test_every_rule_has_a_page() -> None:
    """One page for each code, and no other."""
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} == set(catalogue())


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_link_leads_nowhere(page: Path) -> None:
    """Every relative link names a file that exists."""
    words = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", words):
        assert target.startswith(("http:", "https:", "mailto:")) or (page.parent / target).exists(), target


def test_the_readme_and_ci_agree() -> None:
    """The commands that set up and run the main job and the tests are one line each, and .ci/run takes the latter."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (job,) = (line for line in lines if line.startswith("python3 -m venv") and "orebook check" in line)
    (tests,) = (line for line in lines if line.startswith("python3 -m venv") and line.endswith("pytest"))
    asked = shlex.split(job.rpartition("&&")[2])
    assert asked[0].endswith("orebook") and generator().answer(shlex.join(asked[1:]))
    (pattern,) = re.findall(r"grep -m 1 -E '(.+)' README.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert [line for line in lines if re.search(pattern, line)] == [tests]


@pytest.mark.parametrize(
    ("release", "faults"),
    [
        ("lost-ladle-drilling.md", ["F101", "F107", "F114"]),
        ("kettlewick-second-quarter.md", ["F404", "F601"]),
        ("saddle-creek-resource.txt", []),
    ],
)
def test_the_planted_faults_are_found(release: str, faults: list[str]) -> None:
    """Every fault that was planted in an example is an error, and nothing else there is."""
    said = generator().answer(f"check --format jsonl examples/releases/{release}")
    findings = [json.loads(line) for line in said.splitlines()]
    assert sorted(found["code"] for found in findings if found["grade"] == "error") == faults
