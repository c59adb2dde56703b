"""Who asks from outside gets no process for hours: documents are read within limits, by processes that can be ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from book_runs import example
from browsing import served
from many import releases
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.crew import staying, waiting
from orebook.desk.crew.limits import Limits
from orebook.faces.asking.offered import offered
from orebook.faces.asking.reply import Reply, reply
from orebook.faces.asking.terms import Terms
from papers import answered
from papers import asked as got

ROW = "| TR-{0} | {0}.0 | {1}.5 | 12.0 | 1.5{0} |\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with two releases and one that was built to be slow; processes stay as in a server."""
    here = tmp_path_factory.mktemp("limits")
    releases(here, 2)
    rows = "".join(ROW.format(number, number + 12) for number in range(150_000))
    (here / "slow.md").write_text(
        f"# Drilling\n\n| Hole | From (m) | To (m) | Length | Au (g/t) |\n|-|-|-|-|-|\n{rows}"
    )
    with staying():
        yield here


def asked(folder: Path, limits: Limits, **said: object) -> Reply:
    """What check answers on these terms."""
    terms = Terms(folder, limits=limits)
    return reply(offered(terms)["check"], said, terms)


def test_a_document_that_takes_long_is_ended(folder: Path) -> None:
    """It is trouble in one line with what the owner can do about it; the other documents are checked all the same."""
    found = asked(folder, Limits(2), paths=["0000.md", "slow.md", "0001.md"])
    assert found.status == 2 and found.shape is not None
    assert [note for note in found.notes if "slow.md" in note] == [
        "slow.md: took longer than 2 s; allow more with --time-limit"
    ]
    assert "0001.md" in str(asked(folder, Limits(2), paths=["slow.md", "0001.md"], select=["D1"]).shape)


def test_a_document_that_needs_much_is_ended(folder: Path) -> None:
    """So is one that needs more memory than it may have."""
    found = asked(folder, Limits(60, 200), paths=["slow.md"])
    assert found.status == 2 and "needs more than 200 MB" in found.notes[0]


def test_processes_of_a_server_stay(folder: Path) -> None:
    """Questions one after another are answered by the same processes, which are there once."""
    before = waiting()
    for _ in range(3):
        assert asked(folder, Limits(), paths=["0000.md"]).status == 0
    assert waiting() is before


def test_very_many_documents_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that would take hours is refused with how many documents it means."""
    monkeypatch.setattr("orebook.faces.asking.given.MANY", 2)
    with pytest.raises(AskedWronglyError, match="means 3 documents; at most 2 are read for one question"):
        asked(folder, Limits(), paths=["."])


def test_programs_and_pages_have_the_limits_of_the_server(folder: Path) -> None:
    """Over HTTP and on its page a slow document is ended alike, and both say so."""
    book = example("small-mine", folder / "book")
    (book / "releases").mkdir()
    (folder / "slow.md").rename(book / "releases" / "slow.md")
    with served(book, read_only=True, limits=Limits(2)) as address:
        status, words, _ = got(address, "/api/v1/check?paths=releases/slow.md")
        assert status == 200 and "took longer than 2 s" in words
        assert "took longer than 2 s" in answered(address, "/releases/slow.md", refused=422)
