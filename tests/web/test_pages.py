"""Every page of the example books: nothing goes wrong, nothing is asked outside, everybody can read it."""

from typing import Any

import pytest

from browsing import PHONE, looking
from orebook.faces.web.page import all_pages


def test_the_overview_shows_what_the_book_holds(mines: Any) -> None:
    """Tables with their rows, the last steps, and how sound the rows are."""
    mines.open("/")
    assert mines.page.get_by_role("link", name="lots", exact=True).count() == 1
    mines.page.get_by_text("No error").wait_for()
    mines.is_good("overview")


def test_a_page_that_is_not_there_says_so(mines: Any) -> None:
    """A wrong address gives a page with a way back."""
    mines.open("/nowhere")
    assert mines.page.get_by_role("heading", name="There is no page /nowhere").count() == 1
    assert not mines.violations()


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.title)
def test_every_page_fits_a_phone(chrome: Any, two_mines: str, page: Any) -> None:
    """At the width of a phone no page runs off its side."""
    with looking(chrome, two_mines, PHONE) as look:
        look.open(page.path)
        wide = look.page.evaluate("document.documentElement.scrollWidth")
        look.shot(f"phone-{page.title.lower()}")
        assert wide <= PHONE["width"] and not look.violations()
