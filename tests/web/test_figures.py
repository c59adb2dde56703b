"""Every figure of the quarter and of drilling leads to its rows, and nothing is written by looking at it."""

import re
from html import unescape
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from book_runs import example
from browsing import PHONE, looking, served, went
from orebook.book.folder import find
from orebook.book.lineage import address, chain
from orebook.book.making import made, make
from orebook.book.problems import BookError


def answered(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    """What a page answers, with its status."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=300)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def whys(words: bytes) -> list[str]:
    """The ways from figures to what stands behind them, as they stand in a page."""
    return [unescape(found) for found in re.findall(r'href="(/why\?[^"]*)"', words.decode())]


@pytest.mark.parametrize(("name", "path"), [("two_mines", "/quarter?period=2011-Q3"), ("crater_lake", "/drilling")])
def test_every_figure_of_a_page_has_its_chain(request: pytest.FixtureRequest, name: str, path: str) -> None:
    """Each printed cell and each figure in a sentence is answered for, although nothing was recorded."""
    served_at = request.getfixturevalue(name)
    status, words = answered(served_at, path)
    assert status == 200
    ways = list(dict.fromkeys(whys(words)))
    assert len(ways) > 60
    for way in ways[:: max(len(ways) // 25, 1)]:
        status, told = answered(served_at, way, HX_Request="true")
        assert status == 200, (way, told)
        assert b"not recorded yet" in told and b"<html" not in told, way


def test_the_chain_of_what_was_only_looked_at_is_the_chain_of_what_is_written(tmp_path: Path) -> None:
    """A look writes nothing; what stands behind a number is the same before and after it is recorded, but the step."""
    book = find(str(example("small-mine", tmp_path / "book")))
    before = sorted((str(file), file.stat().st_mtime_ns) for file in book.folder.rglob("*") if file.name != ".lock")
    seen = made(book, ["intercepts"])
    where = address("intercepts[0].au_gpt")
    assert where is not None and not seen.steps
    looked = chain(book, where, seen)
    assert looked.made.number == 0 and looked.again == pytest.approx(looked.value)
    after = sorted((str(file), file.stat().st_mtime_ns) for file in book.folder.rglob("*") if file.name != ".lock")
    assert before == after
    with pytest.raises(BookError, match="not made yet"):
        chain(book, where)
    done = make(book, ["intercepts"])
    written = chain(book, where)
    assert written.made.number == done.steps["intercepts"] and not written.changed
    assert (written.value, written.again, written.origins) == (looked.value, looked.again, looked.origins)
    assert written.rows.equals(looked.rows)
    again = made(book, ["intercepts"])
    assert again.steps == done.steps, "the journal tells of it now"
    assert chain(book, where, again).made == written.made


def test_what_cannot_be_made_is_said_beside_what_can(tmp_path: Path) -> None:
    """Of several results each has its own fate when that is asked for."""
    book = find(str(example("small-mine", tmp_path / "book")))
    seen = made(book, ["holes", "hedges"], strict=False)
    assert list(seen.made) == ["holes"] and "need the table hedges" in seen.wrong["hedges"]
    with pytest.raises(BookError, match="need the table hedges"):
        made(book, ["holes", "hedges"])


def test_a_quarter_is_read_and_asked_for_its_reasons(mines: Any) -> None:
    """The quarter as it is printed; a figure opens its reasons over the page and goes deeper; arrows go on."""
    mines.open("/quarter?period=2011-Q3")
    page = mines.page
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Revenues")).first
    assert row.locator("td").first.inner_text() == "69,409"
    row.locator("a").first.click()
    page.get_by_text("not recorded yet").wait_for()
    assert page.locator("#why-body .big").inner_text().startswith("69,409 is 69409")
    mines.is_good("quarter-why")
    page.locator("#why-body a[data-why]").first.click()
    page.locator("#why-body", has_text="ledger").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    went(page, "**period=2011-Q2**")
    assert page.locator(".charts svg").count() >= 3
    mines.is_good("quarter")


def test_a_quarter_is_taken_along(two_mines: str) -> None:
    """Each format gives the page; a file for Word holds the numbers as they are printed."""
    for form in ("xlsx", "html", "md", "csv", "json"):
        assert answered(two_mines, f"/quarter/as.{form}?period=2011-Q3")[0] == 200
    status, body = answered(two_mines, "/quarter/as.docx?period=2011-Q3")
    with ZipFile(BytesIO(body)) as file:
        assert status == 200 and b"69,409" in file.read("word/document.xml")


def test_drilling_leads_to_samples(chrome: Any, crater_lake: str) -> None:
    """The table of intersections on a desk and on a phone; a grade opens the samples with their lengths."""
    assert answered(crater_lake, "/drilling")[0] == 200
    for size, name in ((None, "drilling"), (PHONE, "phone-drilling")):
        with looking(chrome, crater_lake, size or {"width": 1440, "height": 900}) as look:
            look.open("/drilling")
            assert look.page.evaluate("document.documentElement.scrollWidth") <= look.page.viewport_size["width"]
            look.page.locator("td a.fig").last.click()
            look.page.locator("#why-body section").first.wait_for()
            look.is_good(name)


def test_a_printed_number_is_found(two_mines: str) -> None:
    """A number as it was printed leads to its chain, or to the places that print it; none and nonsense are said."""
    assert (
        b"is printed" in answered(two_mines, "/why?of=17.1")[1] or b"measure" in answered(two_mines, "/why?of=17.1")[1]
    )
    assert answered(two_mines, "/why?of=123456.789")[0] == 422
    for path in (
        "/why?at=production%5B999999%5D.value",
        "/why?at=nope%5B1%5D.x",
        "/quarter?period=1999-Q1",
        "/quarter?part=x",
    ):
        assert answered(two_mines, path)[0] == 422, path
    assert answered(two_mines, "/why")[0] == 200


def test_a_table_of_the_book_says_its_lines(tmp_path: Path) -> None:
    """What was written is asked for as it was written, and says what changed since."""
    book = find(str(example("small-mine", tmp_path / "book")))
    make(book, ["intercepts"])
    with served(book.folder) as at:
        status, words = answered(at, "/tables/intercepts")
        way = next(each for each in whys(words) if "au_gpt" in each)
        status, told = answered(at, way)
        assert status == 200 and b"made in <a href=" in told and b"Changed since" not in told
        file = book.tables()["assays"]
        file.write_bytes(file.read_bytes() + b"\n")
        assert b"Changed since then: tables/assays.csv" in answered(at, way)[1]
