"""Long sections in the browser: all holes along their strike, or where holes pierced a zone, with the same at hand."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from book_runs import example
from browsing import got, looking, served, went
from orebook.book.folder import find

TICKS = """svg => {
  const axes = svg.querySelector(".axes"), [left, , right] = axes.dataset.room.split(",").map(Number);
  const [low, high] = axes.dataset.reach.split(",").map(Number);
  return [...axes.querySelectorAll("text.middle")].map(each => [Number(each.textContent.replaceAll(",", "")),
    low + (Number(each.getAttribute("x")) - left) / (right - left) * (high - low)]);
}"""
"""What stands at each tick of the axis, and what lies there."""


def test_the_zones_and_all_holes_are_seen_along_their_strike(chrome: Any, with_blocks: str) -> None:
    """From the cross-sections to a zone and on by arrow keys; points and rows light up together; axes stay true."""
    with looking(chrome, with_blocks) as look:
        look.open("/sections")
        page = look.page
        page.get_by_role("navigation", name="Kinds of sections").get_by_text("Long sections").click()
        page.get_by_role("heading", name="Long section of").wait_for()
        look.open("/sections/long?show=zone:Hob&grade=au_gpt&bounds=1,3,5").is_good("long-section")
        points, rows = page.locator(".view g[data-hole]"), page.locator("table.linked tbody tr")
        assert points.count() == rows.count() > 2 and page.locator(".view .blocks").count() > 0
        points.first.hover(force=True)
        assert "g/t Au" in page.locator(".tip").inner_text() and page.locator("tr.hot").count() >= 1
        rows.first.hover()
        assert page.locator(".view .hot").count() == 1
        page.keyboard.press("+")
        went(page, "**reach=**")
        ticks = page.locator(".view svg").evaluate(TICKS)
        assert len(ticks) > 3 and all(abs(said - lies) < 0.01 * abs(ticks[1][0] - ticks[0][0]) for said, lies in ticks)
        page.keyboard.press("ArrowRight")
        page.get_by_role("heading", name="Long section of Thrush").wait_for()
        assert page.title().startswith("Long section of Thrush") and "reach" not in page.url
        page.locator("#ask-show").select_option("holes")
        page.get_by_role("heading", name="Long section of all holes").wait_for()
        assert page.locator(".view .trace").count() >= 9 and page.locator(".view .bar[data-each]").count() >= 9
        look.is_good("long-section-holes")
        page.keyboard.press("ArrowUp")
        went(page, "**line=**")
        page.get_by_role("link", name="On the map").click()
        page.locator("circle.collar").first.wait_for()
        assert not look.wrong


def test_the_map_leads_to_long_sections(chrome: Any, with_blocks: str) -> None:
    """The list names the zones; a line that is dragged after l shows all holes along it."""
    with looking(chrome, with_blocks) as look:
        look.open("/map")
        page = look.page
        lists = page.locator("section.sheet", has_text="Long sections")
        assert [each.inner_text() for each in lists.get_by_role("link").all()] == ["all holes", "Hob", "Thrush"]
        page.keyboard.press("l")
        room = page.locator(".view svg").bounding_box()
        page.mouse.move(room["x"] + room["width"] * 0.5, room["y"] + room["height"] * 0.7)
        page.mouse.down()
        page.mouse.move(room["x"] + room["width"] * 0.5, room["y"] + room["height"] * 0.3, steps=4)
        page.mouse.up()
        went(page, "**/sections/long?show=holes&line=**")
        page.get_by_role("heading", name="Long section of all holes looking 270°").wait_for()


@pytest.mark.parametrize(
    ("asked", "type_", "begins"),
    [
        ("svg?show=zone:Hob&by=product", "image/svg+xml", b"<svg"),
        ("pdf?show=zone:Thrush&within=30", "application/pdf", b"%PDF"),
        ("png?show=holes", "image/png", b"\x89PNG"),
    ],
)
def test_a_long_section_comes_as_a_file(with_blocks: str, asked: str, type_: str, begins: bytes) -> None:
    """The same drawing as a picture, and for print."""
    status, said, content = got(with_blocks, f"/sections/long/section.{asked}")
    assert (status, said) == (200, type_) and content.startswith(begins)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("show=zone:Hop", "no zone is called"),
        ("show=rock", "no zone is called"),
        ("show=zone:Hob&by=rock", "nothing to colour points by"),
        ("show=zone:Hob&bounds=3,1", "rising"),
        ("show=zone:Hob&grade=rock", "no column of grades"),
        ("line=hole:HB-03", "runs along easting,northing,azimuth"),
        ("show=zone:Hob&line=1e308,-1e308,45", "no coordinate"),
        ("show=holes&line=1e308,1,0", "no coordinate"),
        ("line=1,2", "easting, northing and azimuth"),
    ],
)
def test_what_cannot_be_drawn_is_said(with_blocks: str, asked: str, words: str) -> None:
    """Words of an address that mean nothing give a page that says so."""
    status, _, content = got(with_blocks, f"/sections/long?{asked}")
    assert status == 422 and words in content.decode()


def test_a_book_without_zones_shows_all_holes(two_mines: str, crater_lake: str) -> None:
    """Where no zone was logged, or in a book without holes, the page says what is there."""
    status, _, content = got(crater_lake, "/sections/long?show=holes&within=15")
    assert status == 200 and "within 15 m" in content.decode()
    assert got(two_mines, "/sections/long")[0] == 422


def test_a_zone_that_lies_nowhere_gives_way_to_all_holes(tmp_path: Path) -> None:
    """Where a zone was logged below its hole all holes are shown; who asks for the zone is told why not."""
    book = find(str(example("small-mine", tmp_path / "book")))
    logged = pl.DataFrame({"hole": ["HB-01"], "from_m": [9_000.0], "to_m": [9_010.0], "zone": ["Deep"]})
    with book.changing("add", {"file": "domains.csv"}) as writing:
        writing.table("domains", logged)
    with served(book.folder, read_only=True) as address:
        status, _, words = got(address, "/sections/long")
        assert status == 200 and b"Long section of all holes" in words
        status, _, words = got(address, "/sections/long?show=zone:Deep")
        assert status == 422 and b"no intersection of Deep has a place" in words
