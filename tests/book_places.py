"""Books that tests may work in: the small mine with results made, and a new book without a table."""

import shutil
from pathlib import Path

import pytest

from book_runs import ask, example, question, settings

_RULES = """
[rules.bulk]
on = "au_gpt"
cutoff = 0.5
top_cut = "none"
min_length = 1.0
max_waste_run = 1.0

[results.intercepts]
rules = ["bulk"]
carry = ["au_gpt"]

[results.composites]
of = ["au_gpt"]
length = 1.0
"""


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small mine with two results made and its cache there; to be copied, not changed."""
    book = example("small-mine", tmp_path_factory.mktemp("finished") / "book")
    ask("make", "intercepts", "holes", "--book", book).well()
    question(book, "select 1")
    return book


@pytest.fixture
def book(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished book."""
    return Path(shutil.copytree(finished, tmp_path / "book"))


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A new book with rules and without a table."""
    folder = tmp_path / "fresh"
    ask("new", folder, "--issuer", "Any Ltd.", "--crs", "EPSG:26909", "--azimuth", "grid").well()
    settings(folder, more=_RULES)
    return folder
