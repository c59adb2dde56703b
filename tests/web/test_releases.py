"""Each release of a book can be read with its facts and findings in their place, whatever it holds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import PHONE, looking, served
from orebook.desk.inputs import Input
from orebook.desk.looking import Looked, look
from orebook.desk.settings import Settings
from orebook.faces.web.papers.sheet import BlockShown, Piece, sheet
from papers import HOSTILE, answered, asked, book_with_releases


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a book that has releases."""
    with served(book_with_releases(tmp_path_factory.mktemp("papers")), read_only=True) as address:
        yield address


def laid_out(name: str, text: str) -> list[BlockShown]:
    """The blocks of a document as a page shows them."""
    looked = look(Settings(Path()), Input(name, text.encode()))
    assert isinstance(looked, Looked)
    return list(sheet(looked, lambda _: "").blocks)


def test_spans_that_overlap_are_cut_on_the_server() -> None:
    """A figure that a finding and a fact share is one segment that knows both."""
    text = "Hole KH-9 returned 7.4 m at 2.10 g/t Au (112 to 119.8 m).\n"
    pieces = [piece for block in laid_out("a.txt", text) for piece in block.pieces]
    assert "".join(piece.words for piece in pieces) == text.strip()
    length = next(piece for piece in pieces if piece.words == "7.4 m")
    assert length.look == "warning" and length.findings and length.facts


def test_words_are_shown_as_the_document_has_them() -> None:
    """Marks of Markdown are gone, quotes of the printer stay, nothing turns the line, tables keep their cells."""
    text = (
        "# **Ore**\n\nMr. O\u2019Neil said \u201cgood\u201d &amp; more\u202e.\n\n"
        "| Hole | Au (g/t) |\n|---|---|\n| A-1 | 2.10 |\n| A-2 | |\n"
    )
    blocks = laid_out("a.md", text)
    assert [block.kind for block in blocks] == ["title", "paragraph", "table"]
    assert "".join(piece.words for piece in blocks[1].pieces) == "Mr. O\u2019Neil said \u201cgood\u201d & more."
    table = blocks[2].table
    assert table is not None and [len(row) for row in table.rows] == [2, 2]
    assert table.head[0][1].pieces == [Piece("Au (g/t)")] and table.rows[0][1].right


def test_the_list_tells_what_each_document_is(papers: str) -> None:
    """Name, date, issuer, facts and findings, what cannot be read with its reason, in the order that was asked for."""
    page = answered(papers, "/releases?sort=findings&down=1")
    names = re.findall(r'href="/releases/([^"?]+)">', page)
    assert names[0] in ("kettlewick-second-quarter.md", "lost-ladle-drilling.md") and "linn%20may.md" in names
    assert "Kettlewick Copper Mines Ltd." in page and "2024-08-08" in page and "the file is empty" in page
    by_name = re.findall(r'href="/releases/([^"?]+)">', answered(papers, "/releases?sort=name&down=0"))
    assert by_name == sorted(by_name, key=str.casefold)


def test_what_another_release_says_otherwise_leads_there(papers: str) -> None:
    """A finding across releases stands in the later one and links to the place in the earlier."""
    answered(papers, "/releases")
    page = answered(papers, "/releases/linn-september.md")
    assert "A101" in page
    link = re.search(r'href="(/releases/linn%20may.md\?at=\d+)"', page)
    assert link is not None
    status, _, headers = asked(papers, link[1])
    assert status == 303 and re.search(r"block=\d+#b\d+$", headers["location"])
    assert "pointed" in answered(papers, link[1])
    assert "A101" not in answered(papers, "/releases/linn%20may.md")


def test_filters_and_search_work_without_scripts(papers: str) -> None:
    """The address says which grades, rules and facts are shown."""
    name = "/releases/kettlewick-second-quarter.md"
    cards = re.findall(r'data-grade="(\w+)" data-rule="(\w+)"( hidden)?', answered(papers, f"{name}?grade=error"))
    assert {grade for grade, _, hidden in cards if not hidden} == {"error"} and ("note", "D114", " hidden") in cards
    cards = re.findall(r'data-grade="(\w+)" data-rule="(\w+)"( hidden)?', answered(papers, f"{name}?rule=D114"))
    assert {rule for _, rule, hidden in cards if not hidden} == {"D114"}
    page = answered(papers, f"{name}?q=au+recovery")
    assert 0 < len(re.findall(r'data-fact="\d+">', page)) < 10


@pytest.mark.parametrize(
    "path",
    [
        "/releases/../book.toml",
        "/releases/%2e%2e/book.toml",
        "/releases/old",
        "/releases//etc/passwd",
        "/releases/x%00",
    ],
)
def test_no_path_leads_out_of_the_releases(papers: str, path: str) -> None:
    """Only the documents of the folder can be named."""
    assert asked(papers, path)[0] == 404


def test_rules_have_pages(papers: str) -> None:
    """Every rule is in the catalogue, with its page; another code has none."""
    assert "interval is not its end less its beginning" in answered(papers, "/rules?q=F101")
    assert "Flagged" in answered(papers, "/rules/F101") and asked(papers, "/rules/f101")[0] == 303
    assert asked(papers, "/rules/Z999")[0] == 404


def test_a_document_and_its_findings_lead_to_each_other(chrome: Any, papers: str) -> None:
    """A click on either side shows the other, keys go from one finding to the next, filters and search take away."""
    answered(papers, "/releases/lost-ladle-drilling.md")
    with looking(chrome, papers) as window:
        page = window.open("/releases/lost-ladle-drilling.md").page
        page.locator("#f2").get_by_text("stands here").click()
        assert page.locator(".hit.on").all_inner_texts() == ["140.10", "153.70", "16.30"]
        page.keyboard.press("j")
        assert page.locator(".finding.on").get_attribute("id") == "f3"
        page.keyboard.press("ArrowLeft")
        assert page.locator("[data-where]").inner_text() == "2 of 3"
        page.locator(".hit", has_text="9.85%").click()
        assert page.locator(".finding.on").get_attribute("id") == "f1"
        page.get_by_label("Rule").select_option("F107")
        assert page.locator(".finding:visible").count() == 1 and "rule=F107" in page.url
        window.is_good("release")
        page.locator("#facts summary").click()
        page.get_by_label("Search the facts").fill("LL-25-09 dip")
        page.locator("[data-fact]:visible").click()
        assert page.locator(".fact.on").inner_text() == "-60"
        page.locator(".fact", has_text="41 kilometres").click()
        assert page.locator("tr.on").count() == 1
        window.is_good("release-facts")
        window.open("/releases").is_good("releases")
        window.open("/rules/A101").is_good("rule")


def test_a_document_fits_a_phone_and_cannot_do_anything(chrome: Any, papers: str) -> None:
    """Scripts, links and tags of a document are words; at the width of a phone only tables are moved sideways."""
    answered(papers, "/releases/old/hostile.md")
    with looking(chrome, papers, PHONE) as window:
        page = window.open("/releases/old/hostile.md").page
        assert page.evaluate("window.stolen") is None and page.locator("article script, article img").count() == 0
        assert page.locator('a[href^="javascript"]').count() == 0 and "{{ 7 * 7 }}" in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        window.is_good("release-phone")
        assert "<script>" in HOSTILE
