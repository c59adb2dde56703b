"""Documents are read before anybody asks, in processes that tell how far they are and can be ended."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from many import RELEASE
from orebook.checks.agreeing import agreeing
from orebook.desk.crew.batch import Job
from orebook.desk.inputs import Input
from orebook.desk.looking import Looked, agreed, look
from orebook.desk.settings import Settings
from orebook.faces.web.papers.library import Library
from orebook.faces.web.papers.readers import Readers
from orebook.faces.web.works import Works
from orebook.ground.telling import counted, heard_by
from orebook.reading.read import read_text
from orebook.reports.trouble import Trouble


def slow(item: Input) -> str:
    """A reader that takes its time, and tells of it."""
    for _ in counted(range(4), "slow steps"):
        time.sleep(0.11)
    return item.name


def test_a_process_tells_how_far_it_is() -> None:
    """What is counted in the process that reads is heard by who waits for it, in order."""
    heard: list[tuple[int, int, str]] = []
    readers = Readers()
    assert list(readers.each([Job(Input("a.md", b"words"), slow)], lambda *said: heard.append(said))) == ["a.md"]
    assert heard[0] == (0, 4, "slow steps") and [done for done, _, _ in heard] == sorted(done for done, _, _ in heard)
    assert len(heard) > 2


def test_reading_checking_and_agreeing_are_counted() -> None:
    """Each tells what it counts and of how many, so that a page can show it."""
    heard: dict[str, set[int]] = {}

    def told(_: int, total: int, what: str) -> None:
        heard.setdefault(what, set()).add(total)

    with heard_by(told):
        found = look(Settings(Path()), Input("a.md", RELEASE.format(number=7, grade="1.50", day=3).encode()))
        assert isinstance(found, Looked)
        agreeing(found.reading)
    assert set(heard) == {"kinds of facts are read", "rules have looked", "rounds of other figures"}
    assert all(len(totals) == 1 and min(totals) > 5 for totals in heard.values())


def test_figures_are_exchanged_in_a_copy() -> None:
    """To look which figures agree leaves the reading as it was, records within others included."""
    text = RELEASE.format(number=7, grade="1.50", day=3) + "| including | 12.0 | 14.0 | 2.0 | 5.10 |\n"
    reading = read_text("a.md", text)
    before = [(record.parent, list(record.children), list(record.facts)) for record in reading.records]
    assert agreeing(reading) == agreeing(read_text("a.md", text)) != frozenset()
    assert any(parent is not None for parent, _, _ in before)
    assert before == [(record.parent, record.children, record.facts) for record in reading.records]


def test_what_was_looked_at_last_is_not_read_again(tmp_path: Path) -> None:
    """Which figures agree is asked of the reading that is there, as long as the file stands as it is."""
    (tmp_path / "a.md").write_text(RELEASE.format(number=7, grade="1.50", day=3), encoding="utf-8")
    item = Input("a.md", place=str(tmp_path / "a.md"), stamp="1")
    look(Settings(Path()), item)
    (tmp_path / "a.md").unlink()
    assert {source.quote for source in agreed(item)} >= {"10.0", "22.0", "12.0"}  # type: ignore[union-attr]
    assert isinstance(agreed(replace(item, stamp="2")), Trouble)


def test_the_last_releases_are_read_ahead(tmp_path: Path) -> None:
    """When a server opens a book its releases are read by a process, so that their pages are there when asked for."""
    (tmp_path / "one.md").write_text(RELEASE.format(number=7, grade="1.50", day=3), encoding="utf-8")
    library = Library(tmp_path, Works())
    library.ahead(partial("/releases/{}".format))
    for work in library.works.all():
        library.works.wait(work)
    assert isinstance(library.opened(library.listed()["one.md"]), Looked)
    assert library.readers.begun and {work.link for work in library.works.all()} == {"", "/releases/one.md"}


def test_nothing_is_begun_without_releases(tmp_path: Path) -> None:
    """A book without releases costs no process."""
    library = Library(tmp_path / "releases", Works())
    library.ahead(str)
    assert not library.readers.begun and not library.works.all()
