"""The page of drafts: the next release with its findings, its files, and an edited one put beside the book."""

import re
from html import unescape
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request, build_opener, urlopen
from uuid import uuid4
from zipfile import ZipFile

import pytest

from book_runs import ask, example
from browsing import PHONE, got, looking, served, went

QUARTER = "/drafts?what=quarter&period=2011-Q3&day=2011-11-14"
DRILLING = "/drafts?what=drilling&day=2031-07-21"


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book of the small mine."""
    return example("small-mine", tmp_path_factory.mktemp("drafted") / "book")


@pytest.fixture(scope="module")
def small_mine(mine: Path) -> Any:
    """The address of the book of the small mine, which may be written."""
    with served(mine) as address:
        yield address


def given(address: str, path: str, file: tuple[str, bytes] | None = None, **fields: str) -> tuple[str, str]:
    """Where a form with a file leads, and what stands there."""
    line = uuid4().hex
    head = f"--{line}\r\nContent-Disposition: form-data"
    body = "".join(f'{head}; name="{name}"\r\n\r\n{said}\r\n' for name, said in fields.items()).encode()
    if file is not None:
        body += f'{head}; name="file"; filename="{file[0]}"\r\n\r\n'.encode() + file[1] + b"\r\n"
    asked = Request(f"{address}{path}", body + f"--{line}--\r\n".encode(), method="POST")
    asked.add_header("Content-Type", f"multipart/form-data; boundary={line}")
    with build_opener().open(asked, timeout=300) as answer:
        return answer.url, answer.read().decode()


def waited(address: str, path: str) -> str:
    """What a page says once it has stopped telling of a wait."""
    for _ in range(200):
        with urlopen(f"{address}{path}", timeout=300) as answer:
            if answer.status == 200:
                return answer.read().decode()
    raise AssertionError(path)


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_a_draft_of_a_quarter_is_read(mines: Any) -> None:
    """Every number leads to its rows, gaps are set off, findings stand beside it; another quarter is a choice away."""
    mines.open(QUARTER)
    page = mines.page
    page.locator("article.draft h2").wait_for()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Revenues")).first
    row.locator("a").first.click()
    page.get_by_text("not recorded yet").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("article mark.gap").count() >= 3
    assert page.locator("article figure svg").count() == 3
    assert page.locator("td", has_text="43,000,000 to 46,000,000").locator("a.fig").count() == 2
    mines.is_good("drafts")
    page.locator("[data-step='1']").click()
    assert page.locator(".finding.on").count() == 1
    page.locator("select[name=period]").select_option("2011-Q2")
    page.get_by_role("button", name="Draft", exact=True).click()
    went(page, "**period=2011-Q2**")
    assert "second quarter of 2011" in page.locator("article h2").inner_text()


@pytest.mark.parametrize(("name", "path"), [("two_mines", QUARTER), ("crater_lake", "/drafts")])
def test_every_number_of_a_draft_is_answered_for(request: pytest.FixtureRequest, name: str, path: str) -> None:
    """Each number and each name in a cell leads to a page that tells why it is so."""
    address = request.getfixturevalue(name)
    ways = list(dict.fromkeys(unescape(each) for each in re.findall(r'href="(/why[^"]*)"', waited(address, path))))
    assert len(ways) > 100
    kinds = {re.sub(r"%5B\d+%5D|&said=.*", "", each): each for each in ways}
    for way in {*kinds.values(), *ways[::12]}:
        assert got(address, way)[0] == 200, way


def test_a_draft_fits_a_phone(chrome: Any, small_mine: str) -> None:
    """At the width of a phone the draft of drilling runs off no side; without scripts it is the same."""
    waited(small_mine, DRILLING)
    with looking(chrome, small_mine, PHONE) as look:
        look.open(DRILLING)
        assert look.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        look.is_good("phone-drafts")


def test_a_draft_is_taken_along(small_mine: str) -> None:
    """In every format, with its register, and all of it in one file; the register knows the places in each."""
    waited(small_mine, DRILLING)
    query = DRILLING.partition("?")[2]
    begins = {"md": b"# Marrowfen", "html": b"<!DOCTYPE", "docx": b"PK", "pdf": b"%PDF", "json": b"{"}
    for form, begin in begins.items():
        status, _, body = got(small_mine, f"/drafts/as.{form}?{query}")
        assert status == 200 and body.startswith(begin), form
    _, _, body = got(small_mine, f"/drafts/as.zip?{query}")
    with ZipFile(BytesIO(body)) as packed:
        names = packed.namelist()
        assert {f"drilling.{form}" for form in ("md", "html", "docx", "pdf", "numbers.json")} < set(names)
        assert b'"drilling.pdf"' in packed.read("drilling.numbers.json")
    assert got(small_mine, f"/drafts/as.exe?{query}")[0] == 422


def test_an_edited_draft_is_put_beside_the_book(small_mine: str, chrome: Any) -> None:
    """A digit that was changed in Word is told in its place; a document from before tells nothing."""
    docx = pytest.importorskip("docx")
    query = DRILLING.partition("?")[2]
    waited(small_mine, DRILLING)
    whole = got(small_mine, f"/drafts/as.docx?{query}")[2]
    where, _ = given(small_mine, "/drafts/check", ("sent.docx", whole), what="drilling", day="2031-07-21")
    page = plain(waited(small_mine, where.removeprefix(small_mine)))
    assert re.search(r"(\d+) of \1 numbers agree", page), page[:600]
    document = docx.Document(BytesIO(whole))
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Hole HB-01"))
    paragraph.runs[0].text = paragraph.runs[0].text.replace("12.00\u00a0m", "21.00 m")
    file = BytesIO()
    document.save(file)
    where, _ = given(small_mine, "/drafts/check", ("sent.docx", file.getvalue()), what="drilling")
    with looking(chrome, small_mine) as look:
        look.open(where.removeprefix(small_mine))
        look.page.get_by_text("1 do not").wait_for()
        assert "the book has 12.00" in look.page.locator(".finding.error .message").inner_text()
        assert "21.00" in look.page.locator("article .hit.error").first.inner_text()
        look.is_good("drafts-edited")


def test_a_text_is_compared_without_scripts(small_mine: str) -> None:
    """The words of a draft, put into the field, are compared; nothing at all is refused with what to do."""
    waited(small_mine, DRILLING)
    text = got(small_mine, f"/drafts/as.md?{DRILLING.partition('?')[2]}")[2].decode()
    edited = text.replace("returned 12.50 m", "returned 15.20 m")
    where, _ = given(small_mine, "/drafts/check", text=edited, what="drilling", day="2031-07-21")
    assert "15.20 m is printed; the book has 12.50" in plain(waited(small_mine, where.removeprefix(small_mine)))
    letter = "Nansen, July 21, 2031 - Hole HB-06 returned 12.50 m grading 3.87 g/t Au from 141.00 m.\n"
    where, _ = given(small_mine, "/drafts/check", text=letter, what="drilling")
    page = plain(waited(small_mine, where.removeprefix(small_mine)))
    assert "2 of 3 numbers agree" in page and "141.00 is printed; the book has 140.00" in page, page[:600]
    status, words = posted(small_mine, "/drafts/check", b"text=")
    assert status == 422 and "choose the edited file" in words


def posted(address: str, path: str, body: bytes) -> tuple[int, str]:
    """Status and words of what a form without a file is answered."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=300)
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    found = answer.status, plain(answer.read().decode())
    connection.close()
    return found


def test_a_draft_is_written_only_when_somebody_asks(small_mine: str, mine: Path, two_mines: str) -> None:
    """A look writes nothing; the button writes what orebook draft writes; a server that only reads refuses."""
    waited(small_mine, DRILLING)
    assert not (mine / "drafts").exists()
    where, page = given(small_mine, "/drafts/write", what="drilling", day="2031-07-21")
    assert "written=" in where and "files in the folder drafts" in plain(page)
    assert (mine / "drafts" / "drilling.numbers.json").is_file()
    assert (
        ask("check", mine / "drafts" / "drilling.docx", "--book", mine, "--select", "D117,D118")
        .well()
        .out.startswith("no findings")
    )
    assert posted(two_mines, "/drafts/write", b"what=quarter")[0] == 403


def test_a_draft_that_cannot_be_is_told_why(two_mines: str) -> None:
    """No such release, period or day, and no such page of an edited one, are said in a line."""
    for query, what in (("what=quater", "did you mean"), ("what=quarter&period=1999-Q1", "1999"), ("day=x", "no day")):
        status, _, body = got(two_mines, f"/drafts?{query}")
        assert status == 422 and what in plain(body.decode()), query
    assert got(two_mines, "/drafts/edited/nothing")[0] == 404
