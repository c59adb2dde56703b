"""Every step of the journal has a page, and what was never recorded is listed and can be looked at."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book_runs import ask, content, example
from browsing import PHONE, looking, served, went
from papers import answered, asked

STEP = 11
"""A step of the example book that records a result."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example book in which one result was recorded."""
    found = example("small-mine", tmp_path_factory.mktemp("journal") / "book")
    ask("make", "holes", "--book", found).well()
    return found


@pytest.fixture(scope="module")
def address(book: Path) -> Iterator[str]:
    """The address of that book."""
    with served(book, read_only=True) as found:
        yield found


def last(book: Path) -> int:
    """The number of the last step."""
    return max(int(file.name[:6]) for file in (book / "journal").glob("*.json"))


def test_the_journal_lists_every_step_and_each_has_a_page(book: Path, address: str) -> None:
    """What, when, by which version, from which files with fingerprints, and what came of it; nothing is written."""
    before = content(book)
    page = answered(address, "/journal")
    count = last(book)
    assert re.findall(r'href="/journal/(\d+)"', page) == [str(number) for number in range(count, 0, -1)]
    assert "none was edited, none is missing" in page and "make holes" in page
    step = answered(address, f"/journal/{count}")
    told = json.loads(next((book / "journal").glob(f"{count:06d}-*.json")).read_text(encoding="utf-8"))
    for thing in (*told["reads"], *told["writes"]):
        assert thing["name"] in step and thing["sha256"] in step
    assert 'href="/tables/holes"' in step and 'href="/tables/collars"' in step and "changed since" not in step
    assert told["code"] in step and "the same as now" in step
    assert "came from outside" in answered(address, "/journal/2")
    assert asked(address, "/journal/999")[0] == asked(address, "/journal/0")[0] == 404
    assert content(book) == before


def test_a_number_leads_to_the_step_that_made_it(book: Path, address: str) -> None:
    """Why a recorded number is so names its step with its page; so do the row of a table and its file."""
    assert f'href="/journal/{last(book)}"' in answered(address, "/why?at=holes%5B0%5D.depth_m&recorded=1")
    assert re.search(r'in <a href="/journal/\d+">step \d+</a>', answered(address, "/tables/collars/0"))


def test_what_changed_since_is_told(tmp_path: Path) -> None:
    """A table that was edited is told on the step that read it, an edited step on the journal itself."""
    book = example("small-mine", tmp_path / "book")
    ask("make", "holes", "--book", book).well()
    table = book / "tables" / "collars.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",N,", ",S,") + "\n", encoding="utf-8")
    first = next((book / "journal").glob("000001-*.json"))
    first.write_text(first.read_text(encoding="utf-8").replace('"number": 1', '"number":  1'), encoding="utf-8")
    with served(book, read_only=True) as address:
        assert "changed since" in answered(address, f"/journal/{last(book)}")
        page = answered(address, "/journal")
        assert "The journal is not as it was written" in page and "none was edited" not in page


@pytest.mark.parametrize(
    ("was", "now"),
    [('"orebook": "', '"orebook": 7, "x": "'), ('"rows": ', '"rows": "<b>", "x": '), ('"verb": ', '"verb": [], "x": ')],
)
def test_a_step_that_says_nothing_usable_is_told(was: str, now: str, tmp_path: Path) -> None:
    """A journal that somebody has broken is a line that names the file, not a fault."""
    book = example("small-mine", tmp_path / "book")
    first = next((book / "journal").glob("000001-*.json"))
    first.write_text(first.read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    with served(book, read_only=True) as address:
        for page in ("/journal", "/journal/1"):
            status, words, _ = asked(address, page)
            assert status == 422 and "000001-add.json: cannot be read as a step of the journal" in words


def test_what_was_never_recorded_is_listed_and_looked_at(book: Path, address: str) -> None:
    """The list names results that no step tells of, their rows have pages and reasons, and nothing is written."""
    before = content(book)
    assert "/tables?now=1" in answered(address, "/tables")
    page = answered(address, "/tables?now=1")
    unrecorded = page[page.index('id="unrecorded"') :]
    assert 'href="/tables/intercepts"' in unrecorded and 'href="/tables/holes"' not in unrecorded
    assert "need the table" in page and "/tables?now=1" not in answered(address, "/tables")
    rows = answered(address, "/tables/intercepts")
    assert "Not recorded yet" in rows and "recorded=1" not in rows
    way = re.search(r'href="(/why\?at=intercepts[^"]*au_gpt)"', rows)
    assert way is not None
    why = answered(address, way[1].replace("&amp;", "&"))
    assert "not recorded yet" in why and re.search(r'href="/tables/intercepts/\d+">its row', why)
    assert "au_gpt" in answered(address, "/tables/intercepts/0")
    assert asked(address, "/tables/nothing")[0] == 422
    assert content(book) == before


def test_pages_of_a_book_with_recorded_results_are_good(chrome: Any, address: str) -> None:
    """The overview with what was recorded, the journal, a step and the tables, on a desk and on a phone."""
    with looking(chrome, address) as window:
        window.open("/journal").is_good("journal")
        page = window.open(f"/journal/{STEP}").page
        page.locator("summary", has_text="As they were").click()
        window.is_good("step")
        page.keyboard.press("ArrowLeft")
        went(page, f"**/journal/{STEP - 1}")
        page = window.open("/").page
        page.get_by_text("No error").wait_for()
        page.locator("summary", has_text="holes").click()
        window.is_good("overview-recorded")
        page = window.open("/tables").page
        page.get_by_role("heading", name="Not recorded yet").wait_for()
        page.get_by_role("link", name="intercepts", exact=True).wait_for()
        window.is_good("tables-unrecorded")
    with looking(chrome, address, PHONE) as window:
        window.open(f"/journal/{STEP}").is_good("step-phone")
        window.open("/tables").is_good("tables-unrecorded-phone")
