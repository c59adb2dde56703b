"""The page of a document says of each figure that the book has what the book has, and leads to its reason."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from book_runs import ask, example
from browsing import PHONE, looking, served
from papers import answered, asked

LETTER = """# Marrowfen drills Honeybourne

Nansen, July 21, 2031 - Marrowfen Copper and Gold Ltd. reports drilling.

Hole HB-06 returned 12.50 m grading 3.78 g/t Au from 140.0 m.

Hole HB-09 returned 5.20 m grading 1.21 g/t Au from 55.00 m.
"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a book with a release in words of its own, and the draft of another that somebody has edited."""
    book = example("small-mine", tmp_path_factory.mktemp("letters") / "book")
    releases = book / "releases"
    releases.mkdir()
    (releases / "letter.md").write_text(LETTER, encoding="utf-8")
    ask("draft", "drilling", "--book", book, "--day", "2031-07-21", "-o", releases / "drilling.md", "--quiet").well()
    draft = releases / "drilling.md"
    text = draft.read_text(encoding="utf-8")
    assert "Hole HB-06 returned 12.50 m" in text
    draft.write_text(text.replace("Hole HB-06 returned 12.50 m", "Hole HB-06 returned 12.05 m"), encoding="utf-8")
    with served(book, read_only=True) as address:
        yield address


def put_beside(address: str, path: str) -> str:
    """The page once the figures were put beside the book."""
    answered(address, "/releases")
    for _ in range(300):
        page = answered(address, path)
        if "being put beside the book" not in page:
            return page
        works = re.findall(r'hx-get="(/works/[^"?]+)', page)
        while "aria-busy" in asked(address, works[0])[1]:
            pass
    raise AssertionError(page)


def test_a_release_is_put_beside_the_book(letters: str) -> None:
    """What differs from the book is a finding as of orebook check --book; every figure of the book leads to why."""
    page = put_beside(letters, "/releases/letter.md")
    assert "3.78 g/t is printed; the book has 3.87 (intercepts[12].au_gpt)" in page
    rows = re.findall(r'<tr id="o\d+".*?</tr>', page, re.DOTALL)
    off = [row for row in rows if "differs" in row]
    assert len(rows) > 2 and len(off) == 1 and "3.78 g/t" in off[0] and "3.86528" in off[0]
    way = re.search(r'href="(/why\?at=intercepts%5B12%5D.au_gpt[^"]*)"', off[0])
    assert way is not None and "3.86528" in answered(letters, way[1].replace("&amp;", "&"))


def test_an_edited_draft_is_put_beside_the_book_by_its_register(letters: str) -> None:
    """Every number of the draft leads to the book; the digit that was changed is told."""
    page = put_beside(letters, "/releases/drilling.md")
    assert "12.05 m is printed; the book has 12.50 (intercepts[12].length_m)" in page
    rows = re.findall(r'<tr id="o\d+".*?</tr>', page, re.DOTALL)
    assert len(rows) >= 200 and sum("differs" in row for row in rows) == 1


def test_figures_of_the_book_and_the_text_lead_to_each_other(chrome: Any, letters: str) -> None:
    """A click on a figure shows what the book has, one on a row shows the figure; looks good, on a phone too."""
    put_beside(letters, "/releases/letter.md")
    with looking(chrome, letters) as window:
        page = window.open("/releases/letter.md").page
        page.locator(".booked", has_text="5.20 m").click()
        assert "intercepts[17].length_m" in page.locator("#book tr.on").inner_text()
        page.locator("#book tr", has_text="differs").locator("th").click()
        assert page.locator(".hit.on").inner_text() == "3.78 g/t"
        window.is_good("release-beside-book")
    with looking(chrome, letters, PHONE) as window:
        window.open("/releases/letter.md").is_good("release-beside-book-phone")
