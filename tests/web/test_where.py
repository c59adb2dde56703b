"""Where in the world: the locator map of the browser, of collars and of properties, and what it says in words."""

from pathlib import Path
from typing import Any

import pytest

from book_runs import example
from browsing import PHONE, got, looking, served, went

TWO = """
[[properties]]
name = "Marrow"
longitude = 13.2
latitude = 64.05

[[properties]]
name = "Fen <b>Hill</b>"
longitude = 12.1
latitude = 63.7
"""


def test_the_map_leads_to_the_world(holes: Any) -> None:
    """A small map beside the holes opens the large one, with towns, a way in words, and a reach that can be changed."""
    holes.open("/map")
    page = holes.page
    page.get_by_role("link", name="the map of towns").click()
    page.get_by_role("heading", name="Location of").wait_for()
    holes.is_good("where")
    assert page.locator("path.site").count() == 1 and page.locator("circle.town").count() > 2
    first = page.get_by_label("Reaches").get_attribute("placeholder")
    page.keyboard.press("+")
    went(page, "**km=**")
    assert float(page.get_by_label("Reaches").input_value()) == pytest.approx(float(first or 0) / 2, rel=0.02)
    page.get_by_role("navigation", name="Kinds of maps").get_by_text("Holes").click()
    page.locator("circle.collar").first.wait_for()


def test_properties_have_a_map_without_holes(chrome: Any, tmp_path: Path) -> None:
    """A book that only names its properties has a map of them; each can be chosen; names are text."""
    folder = example("two-mines", tmp_path / "book")
    with (folder / "book.toml").open("a", encoding="utf-8") as file:
        file.write(TWO)
    with served(folder, read_only=True) as address, looking(chrome, address, PHONE) as look:
        look.open("/map").is_good("where-phone")
        look.page.get_by_role("heading", name="Location of Marrow").wait_for()
        look.page.get_by_role("link", name="Fen <b>Hill</b>").click()
        look.page.get_by_role("heading", name="Location of Fen <b>Hill</b>").wait_for()
        assert look.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert got(address, "/map/where?property=Nowhere")[0] == 422


@pytest.mark.parametrize(
    ("kind", "type_", "begins"),
    [("svg", "image/svg+xml", b"<svg"), ("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG")],
)
def test_the_map_of_the_world_comes_as_a_file(crater_lake: str, kind: str, type_: str, begins: bytes) -> None:
    """The same map as a picture, and for print."""
    status, said, content = got(crater_lake, f"/map/where/map.{kind}?km=300")
    assert (status, said) == (200, type_) and content.startswith(begins)


@pytest.mark.parametrize("asked", ["km=0", "km=nan", "km=far", "km=1e9", "property=x"])
def test_what_cannot_be_drawn_is_said(crater_lake: str, asked: str) -> None:
    """A distance that is none, or a property that is not named, gives a page that says so."""
    assert got(crater_lake, f"/map/where?{asked}")[0] == 422


def test_a_book_that_says_nothing_of_its_place_says_so(two_mines: str) -> None:
    """Without collars, a grid or a place of a property there is no map, and the page says what to write."""
    status, _, content = got(two_mines, "/map/where")
    assert status == 422 and "longitude and latitude" in content.decode()
