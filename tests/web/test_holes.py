"""Holes: found by their words, sorted by any column, each with its log, its intersections, its samples and problems."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book_runs import example
from browsing import EXAMPLES, PHONE, got, looking, served, went


@pytest.fixture(scope="module")
def small_mine() -> Iterator[str]:
    """The address of the book of the small mine, once its holes are laid and its rows looked at."""
    with served(EXAMPLES / "small-mine" / "book", read_only=True) as address:
        assert got(address, "/holes?checked=1")[0] == 200
        yield address


def test_holes_are_found_sorted_and_opened(chrome: Any, small_mine: str) -> None:
    """A word of a row finds it, a head sorts, what validation found stands beside the hole that it is of."""
    with looking(chrome, small_mine) as look:
        look.open("/holes").is_good("holes")
        page = look.page
        rows = page.locator("#holes tbody tr")
        assert rows.count() == 9
        assert rows.filter(has_text="HB-07").locator(".grade").inner_text().startswith("1")
        page.get_by_role("link", name="best intersection").click()
        went(page, "**sort=best**")
        page.get_by_role("link", name="best intersection ↑").click()
        went(page, "**down=1**")
        page.get_by_role("link", name="best intersection ↓").wait_for()
        assert "m @" in rows.first.inner_text() and "HB-08" in rows.last.inner_text() + rows.nth(7).inner_text()
        page.keyboard.press("/")
        page.keyboard.type("low drift")
        page.get_by_text("1 of 9 holes").wait_for()
        rows.get_by_role("link", name="HB-07", exact=True).click()
        page.get_by_role("heading", name="HB-07").wait_for()


def test_a_hole_shows_its_log_and_leads_on(chrome: Any, small_mine: str) -> None:
    """Collar, intersections, samples with their signs, surveys, problems; the arrow key opens the next hole."""
    with looking(chrome, small_mine) as look:
        look.open("/holes/HB-03").is_good("hole")
        page = look.page
        assert page.get_by_role("cell", name="<0.005").count() == 1
        assert page.get_by_text("HB-03 has nothing from 37.0 to 85.0 m").count() == 1
        assert page.get_by_role("img", name="Log of HB-03").count() == 1
        page.keyboard.press("ArrowRight")
        page.get_by_role("heading", name="HB-04").wait_for()
        page.get_by_role("link", name="Section through it").click()
        page.get_by_role("heading", name="Section HB-04").wait_for()
        assert not look.wrong


def test_holes_and_sections_fit_a_phone(chrome: Any, small_mine: str) -> None:
    """At the width of a phone nothing runs off: tables and drawings have room of their own to scroll."""
    with looking(chrome, small_mine, PHONE) as look:
        for path in ("/holes", "/holes/HB-03", "/sections", "/map"):
            look.open(path)
            look.shot(f"phone-ground{path.replace('/', '-')}")
            assert look.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
            assert not look.violations()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/holes/nowhere", 422, b"no hole is called"),
        ("/holes?sort=rock", 422, b"no column"),
        ("/holes?page=999999999999", 200, b"9 of 9"),
        ("/holes?q=%3Cscript%3E", 200, b"No hole has &lt;script&gt;"),
        ("/hole/log.exe?hole=HB-03", 404, b"There is no page"),
        ("/holes/../../etc/passwd", 422, b"no hole is called"),
        ("/holes/HB-03?page=77", 200, b"Samples"),
        ("/holes?hole=hb-03", 303, b""),
    ],
)
def test_whatever_is_asked_has_an_answer(small_mine: str, path: str, status: int, words: bytes) -> None:
    """Holes that are not there, columns that are none, pages beyond the last, scripts as words."""
    found, _, content = got(small_mine, path)
    assert found == status and words in content


def test_a_name_of_any_letters_has_its_page(tmp_path: Path) -> None:
    """A hole whose name is markup, or holds a slash, is opened by its link and shown as text."""
    book = tmp_path / "book"
    example("small-mine", book)
    for file in (book / "tables").glob("*.csv"):
        words = file.read_text(encoding="utf-8")
        file.write_text(words.replace("HB-03", "<b>A/B</b>").replace("HB-04", "=1+1"), encoding="utf-8")
    with served(book, read_only=True) as address:
        _, _, listed = got(address, "/holes")
        assert b'href="/holes/%3Cb%3EA%2FB%3C%2Fb%3E"' in listed and b"<b>A/B" not in listed
        for path in ("/holes/%3Cb%3EA%2FB%3C%2Fb%3E", "/holes/%3D1%2B1", "/hole/problems?hole=%3Cb%3EA%2FB%3C%2Fb%3E"):
            status, _, content = got(address, path)
            assert status == 200 and b"<b>A/B" not in content
