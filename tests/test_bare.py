"""The program starts light: what is not asked for is not imported."""

import subprocess
import sys

import pytest

HEAVY = {"polars", "turbohtml", "rich", "numpy", "duckdb", "numba", "multiprocessing", "csv", "decimal"}

ASK = """
import sys
from orebook.faces.cli import main
try:
    main({words!r})
except SystemExit:
    pass
print(" ".join(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    """The top names of all modules that a command line loads."""
    asked = [sys.executable, "-c", ASK.format(words=list(words))]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    return set(answer.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["chekc"]], ids=" ".join)
def test_asking_for_help_loads_nothing_heavy(words: list[str]) -> None:
    """The list of verbs is read without importing one of them."""
    modules = loaded(*words)
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith(("orebook.desk.", "orebook.checks", "orebook.reading"))} - {
        "orebook.desk.answer"
    }


def test_checking_loads_no_data_frames(tmp_path) -> None:
    """To check a text needs neither data frames nor a drawer of tables."""
    note = tmp_path / "note.txt"
    note.write_text("Hole NX-07 cut 12.0 m grading 1.50 g/t gold.")
    assert not loaded("check", str(note)) & {"polars", "rich", "numpy"}


NETWORK = {"socket", "ssl", "http", "http.client", "urllib.request", "urllib.error", "asyncio"}


@pytest.mark.parametrize("verb", ["check", "read"])
def test_without_assistance_no_network_is_loaded(tmp_path, verb: str) -> None:
    """Who asks for no assistance loads nothing that could reach another machine, nor the reading of answers."""
    note = tmp_path / "note.txt"
    note.write_text("Hole NX-07 cut 12.0 m grading 1.50 g/t gold.")
    modules = loaded(verb, str(note))
    assert not modules & NETWORK
    assert {name for name in modules if ".assist" in name} <= {
        "orebook.desk.assist",
        "orebook.desk.assist.asked",
        "orebook.reading.assist",
        "orebook.reading.assist.report",
    }
