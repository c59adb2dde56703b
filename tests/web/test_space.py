"""Map and sections: what is drawn stays true when one comes nearer, and leads from one to the other."""

import re
from pathlib import Path
from threading import enumerate as enumerate_threads
from typing import Any

import pytest

from book_runs import example
from browsing import got, looking, served, went
from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.space.held import begins, held

TICKS = """svg => {
  const axes = svg.querySelector(".axes"), [left, , right] = axes.dataset.room.split(",").map(Number);
  const [low, high] = axes.dataset.reach.split(",").map(Number);
  return [...axes.querySelectorAll("text.middle")].map(each => [Number(each.textContent.replaceAll(",", "")),
    low + (Number(each.getAttribute("x")) - left) / (right - left) * (high - low)]);
}"""
"""What stands at each tick of the axis, and what lies there."""

A_BAR = """() => {
  const path = document.querySelector('[data-hole="CL20037"] .bar.class5'), at = 3;
  const numbers = path.getAttribute("d").split("z")[at].match(/-?(\\d+\\.?\\d*|\\.\\d+)/g);
  const [x, y, to, down, out, over] = numbers.map(Number);
  const on = new DOMPoint(x + (to + out) / 2, y + (down + over) / 2).matrixTransform(path.getScreenCTM());
  return [[on.x, on.y], path.dataset.each.split(" ").slice(3 * at, 3 * at + 3).map(Number)];
}"""
"""The middle of a bar on the screen, and its from, to and grade."""


@pytest.fixture(scope="session")
def ground(crater_lake: str) -> str:
    """The address of the book of Crater Lake, once its holes are laid."""
    assert got(crater_lake, "/map")[0] == 200
    return crater_lake


def test_the_map_leads_to_sections_and_hides_layers(ground: str, holes: Any) -> None:
    """Collars, lines of sections, layers that can be switched off; a click on a line opens its section."""
    holes.open("/map").is_good("map")
    page = holes.page
    assert page.locator("circle.collar").count() == 4
    page.get_by_label("names").uncheck()
    assert not page.locator(".view .names text").first.is_visible()
    line = page.evaluate(
        """() => { const path = document.querySelector('[data-section="450N"]'), at = path.getPointAtLength(
        path.getTotalLength() * 0.49), on = at.matrixTransform(path.getScreenCTM()); return [on.x, on.y] }"""
    )
    page.mouse.click(*line)
    went(page, "**/sections?line=name%3A450N")
    assert page.get_by_role("heading", name="Section 450N").count() == 1


def test_sections_follow_one_another_and_axes_stay_true(ground: str, holes: Any) -> None:
    """Arrow keys go on; nearer, the ticks say what lies under them and lines stay thin; the tip covers no bar."""
    holes.open("/sections?line=name:450N").is_good("section")
    page = holes.page
    place, told = page.evaluate(A_BAR)
    page.mouse.move(*place)
    tip = page.locator(".tip")
    words = tip.inner_text()
    assert words.startswith("CL20037") and f"{told[0]} to {told[1]} m" in words and f"{told[2]} ppm Sc" in words
    over = tip.bounding_box()
    assert over["x"] >= place[0] or over["x"] + over["width"] <= place[0] or over["y"] + over["height"] <= place[1]
    row = page.locator("table.linked tr[data-hole]").first
    row.hover()
    assert page.locator(".view .interval.hot").count() > 0 and page.locator(".view .bar.hot").count() > 0
    page.locator("h1").hover()
    assert page.locator(".view .hot").count() == 0 == page.locator(".view .picked").count()
    before = page.locator(".view svg").evaluate(TICKS)
    page.keyboard.press("+")
    went(page, "**reach=**")
    after = page.locator(".view svg").evaluate(TICKS)
    assert before != after and len(after) > 3
    assert all(abs(said - lies) < 0.01 * abs(after[1][0] - after[0][0]) + 1e-6 for said, lies in after)
    page.keyboard.press("0")
    went(page, lambda url: "reach" not in url)
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", name="Section 100N").wait_for()
    assert "100N" in page.url and page.title().startswith("Section 100N")
    page.go_back()
    page.get_by_role("heading", name="Section 450N").wait_for()
    assert not holes.wrong


@pytest.mark.parametrize(
    ("kind", "type_", "begins"),
    [("svg", "image/svg+xml", b"<svg"), ("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG")],
)
def test_a_section_comes_as_a_file(ground: str, kind: str, type_: str, begins: bytes) -> None:
    """The same drawing as a picture, and for print."""
    status, said, content = got(ground, f"/sections/section.{kind}?line=hole:CL20037")
    assert (status, said) == (200, type_) and content.startswith(begins)


def test_zones_are_joined_when_a_reader_asks_for_it(chrome: Any, with_blocks: str) -> None:
    """A length joins zones from hole to hole; the address keeps it, and the layer of zones hides all of them."""
    with looking(chrome, with_blocks) as look:
        look.open("/sections?grade=au_gpt")
        page = look.page
        assert page.locator(".view .joined").count() == 0
        page.get_by_label("Join zones within").fill("80")
        page.get_by_label("Join zones within").press("Enter")
        went(page, "**join=80**")
        page.locator(".view .joined").first.wait_for()
        look.is_good("section-joined")
        page.get_by_label("zones", exact=True).uncheck()
        assert not page.locator(".view .joined").first.is_visible()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("line=hole:nowhere", "no hole is called"),
        ("line=name:nowhere", "no section is called"),
        ("line=1e308,1e308,0", "no coordinate"),
        ("line=1,2", "easting, northing and azimuth"),
        ("line=1,2,x", "is no number"),
        ("within=0", "within"),
        ("within=nan", "within"),
        ("join=-3", "join"),
        ("grade=rock", "no column of grades"),
        ("bounds=3,1", "rising"),
        ("reach=5,1,0,0", "edges"),
        ("times=1e9", "times"),
        ("line=%3Cscript%3E,2,3", "is no number"),
    ],
)
def test_what_cannot_be_drawn_is_said(ground: str, asked: str, words: str) -> None:
    """Words of an address that mean nothing give a page that says so, without running them."""
    status, _, content = got(ground, f"/sections?{asked}")
    assert status == 422 and words in content.decode() and b"<script>," not in content


def test_names_of_holes_are_text(tmp_path: Path) -> None:
    """A hole whose name is markup stays a name on the map, on sections and in lists."""
    book = tmp_path / "book"
    example("crater-lake", book)
    name = '<script>alert("1")</script>'
    for file in (book / "tables").glob("*.csv"):
        quoted = '"' + name.replace('"', '""') + '"'
        file.write_text(file.read_text(encoding="utf-8").replace("CL20037", quoted), encoding="utf-8")
    with served(book, read_only=True) as address:
        for path in ("/map", "/sections?line=name:450N", "/sections/section.svg?line=name:450N"):
            status, _, content = got(address, path)
            assert status == 200 and b"<script>alert" not in content and b"&lt;script&gt;alert" in content


def test_nearer_only_what_is_seen_is_drawn(ground: str) -> None:
    """A drawing over a part of the ground leaves out the samples beyond it, and keeps those within."""
    whole, near, none = (
        sum(
            len(each.split()) // 3
            for each in re.findall(rb'data-each="([^"]+)"', got(ground, f"/sections/drawing?line=name:450N{reach}")[2])
        )
        for reach in ("", "&reach=60,80,400,420", "&reach=-100,-80,400,420")
    )
    assert whole > near > 0 == none


@pytest.mark.parametrize("twice", [False, True])
def test_holes_are_laid_before_anybody_asks(tmp_path: Path, twice: bool) -> None:
    """What a server begins when it opens a book is there for who asks, who is also told what is wrong with it."""
    book = example("small-mine", tmp_path / "book")
    if twice:
        (book / "tables" / "collars.parquet").touch()
    shelf = Shelf(Book(book), read_only=True)
    begins(shelf)
    for thread in enumerate_threads():
        if thread.name == "orebook-holes":
            thread.join()
    if twice:
        with pytest.raises(BookError, match="two files for one table"):
            held(shelf)
    else:
        assert shelf.kept("holes in space", lambda _: None) is held(shelf)
