"""What is dropped on a page is looked at; only what somebody confirms comes into the book, whole or not at all."""

import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from browsing import EXAMPLES, looking, served
from orebook.book.folder import Book
from orebook.book.importing.mapping import Question
from orebook.faces.web.papers.questions import fields
from papers import answered, asked, book_with_releases, posted, sent

SMALL = EXAMPLES / "small-mine"
SURVEYS = (SMALL / "surveys.csv").read_bytes()
SAID = {"q.dip": "dip=negative_down", "q.length": "length=m", "q.decimal": "decimal=comma"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of one's own: the small mine without its surveys and densities."""
    found = book_with_releases(tmp_path)
    for table in ("surveys", "densities"):
        for file in (found / "tables").glob(f"{table}.*"):
            file.unlink()
    shutil.rmtree(found / "journal")
    shutil.rmtree(found / "mappings", ignore_errors=True)
    return found


@pytest.fixture
def address(book: Path) -> Iterator[str]:
    """A server that may write."""
    with served(book) as found:
        yield found


def given(address: str, name: str, content: bytes) -> str:
    """The page to which a dropped file leads."""
    status, words, headers = sent(address, name, content)
    assert status == 303, words
    return headers["location"]


def confirmed(address: str, place: str, said: dict[str, str]) -> str:
    """What is said of a table once its adding has come to an end, however long that took."""
    status, words, headers = posted(address, place, said)
    if status == 303:
        return asked(address, headers["location"])[1]
    assert status == 202, words
    work = re.search(r"/works/[\w-]+", words)
    assert work is not None
    link = re.search(r'href="(/add/[^"]+/done[^"]*)"', waited(address, work[0]))
    assert link is not None
    return asked(address, link[1].replace("&amp;", "&"))[1]


def rows(book: Path, table: str) -> int:
    """How many rows a table has; nought where there is none."""
    frame = Book(book).table(table)
    return 0 if frame is None else frame.height


def test_a_table_is_looked_at_and_added_when_it_is_confirmed(book: Path, address: str) -> None:
    """Open questions are fields; guesses and rejected cells are shown; nothing is written before the word is given."""
    place = given(address, "surveys.csv", SURVEYS.replace(b"HB-01;25,0;", b"HB-01;x;"))
    page = answered(address, place)
    assert "What only you can say" in page and 'value="dip=negative_down"' in page and "Add to the book" not in page
    page = answered(address, f"{place}?{urlencode(SAID)}")
    assert "Add to the book" in page and "no number" in page and "would have" in page and rows(book, "surveys") == 0
    page = confirmed(address, place, SAID)
    assert "is in the book" in page and rows(book, "surveys") > 10
    assert len(list((book / "journal").glob("*-add.json"))) == 1
    assert "this file was added in step 1" in confirmed(address, place, SAID)
    assert "/tmp" not in page


def test_rows_that_the_book_has_want_a_word(book: Path, address: str) -> None:
    """Holes that a table knows are asked about; the answer decides."""
    place = given(address, "assays.csv", (SMALL / "assays.csv").read_bytes() + b"HB-01,990,991,1,,X,1,,1\n")
    before = rows(book, "assays")
    page = answered(address, f"{place}?q.length=length%3Dm")
    assert "Rows that the book has already" in page and "Add to the book" not in page
    page = answered(address, f"{place}?known=replace&q.length=length%3Dm")
    assert "replaced" in page and rows(book, "assays") == before
    confirmed(address, place, {"known": "replace", "q.length": "length=m"})
    assert rows(book, "assays") == before + 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        ("program.exe", b"MZ\x00\x00\x01", "binary"),
        ("bomb.xlsx", b"PK\x03\x04not a workbook", "workbook"),
        ("strange.csv", b"a,b\n1,2\n3,4\n", "no table of a book has such heads"),
        ("release.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("words.docx", b"only words", "DOCX"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(address: str, name: str, content: bytes, says: str) -> None:
    """Whatever is dropped, the page says what is wrong with it, and no path of the server."""
    status, words, headers = sent(address, name, content)
    if status == 303:
        words = waited(address, headers["location"])
    assert says in words and "Traceback" not in words and "/orebook-" not in words


def waited(address: str, path: str) -> str:
    """What a page says in the end, whatever its status."""
    for _ in range(600):
        status, words, _ = asked(address, path)
        if status != 202 and "aria-busy" not in words:
            return words
        time.sleep(0.1)
    raise AssertionError(words)


@pytest.mark.parametrize("name", ["../../../stolen.csv", "..\\..\\stolen.csv", "/etc/stolen.csv", "a/../../stolen.csv"])
def test_no_name_leads_out_of_the_folder(book: Path, address: str, name: str) -> None:
    """Only the last part of a name counts."""
    given(address, name, SURVEYS)
    assert ">stolen.csv<" in answered(address, "/dropped")
    assert not list(book.parent.rglob("stolen.csv"))


def test_too_much_is_refused(book: Path) -> None:
    """A body beyond the limit is not taken, whether it says its length or not."""
    with served(book, upload_limit=2000) as address:
        assert sent(address, "large.csv", b"x" * 4000)[0] == 413
        assert sent(address, "large.csv", b"x" * 4000, chunked=True)[0] == 413


def test_a_server_that_may_not_write_adds_and_keeps_nothing(book: Path) -> None:
    """Files can be looked at; what would change the book is refused and not offered. Other sites are refused too."""
    with served(book, read_only=True) as address:
        table = given(address, "surveys.csv", SURVEYS)
        assert "Add to the book" not in answered(address, f"{table}?{urlencode(SAID)}")
        assert posted(address, table, SAID)[0] == 403
        paper = given(address, "note.md", b"# Ore\n\nHole KR-7 cut 12.0 m.\n")
        assert "Keep in the book" not in answered(address, paper)
        assert posted(address, f"{paper}/keep", {})[0] == 403
    with served(book) as address:
        place = given(address, "surveys.csv", SURVEYS)
        assert posted(address, place, SAID, Origin="http://evil.example")[0] == 403
    assert rows(book, "surveys") == 0


def test_a_document_is_kept_when_that_is_confirmed(book: Path, address: str) -> None:
    """A dropped release is put beside those of the book, in the book only after the word; none is overwritten."""
    answered(address, "/releases")
    later = (book / "releases" / "linn-september.md").read_bytes().replace(b"0.85", b"0.99")
    place = given(address, "new.md", later)
    page = answered(address, place)
    assert "A101" in page and "not in the book" in page and not (book / "releases" / "new.md").exists()
    assert posted(address, f"{place}/keep", {})[0] == 303
    assert (book / "releases" / "new.md").read_bytes() == later
    assert posted(address, f"{place}/keep", {})[0] == 422
    assert len(list((book / "journal").glob("*-keep.json"))) == 1


def test_two_browsers_that_add_at_once_lose_nothing(book: Path, address: str) -> None:
    """Both tables are in the book, each with its step of the journal."""
    density = (SMALL / "densities.csv").read_bytes()
    more = [f"Hole,From,To,SG\n{hole},1.00,1.15,2.7\n".encode() for hole in ("ZZ-01", "ZZ-02")]
    places = [given(address, f"part-{number}.csv", half) for number, half in enumerate([density, *more])]
    said = {"table": "densities", "q.length": "length=m"}
    threads = [threading.Thread(target=confirmed, args=(address, place, said)) for place in places]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    holes = set(Book(book).table("densities")["hole"])  # type: ignore[index]
    assert {"ZZ-01", "ZZ-02", "HB-01"} <= holes
    assert len(list((book / "journal").glob("*-add.json"))) == 3


@pytest.mark.parametrize("moment", [".pending", "moves.json"])
def test_a_server_that_is_killed_while_it_adds_leaves_before_or_after(book: Path, moment: str) -> None:
    """Whenever it is killed, the table is as it was or as it was confirmed, and the book goes on."""
    many = "Hole,From,To,SG\n" + "".join(f"Q-{n // 50},{n % 50}.0,{n % 50}.5,2.7\n" for n in range(60_000))
    command = [sys.executable, "-m", "orebook", "serve", str(book), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        found = re.search(r"http://[\d.:]+", server.stderr.readline())
        assert found is not None
        place = given(found[0], "many.csv", many.encode())
        said = {"table": "densities", "q.length": "length=m"}
        asking = threading.Thread(target=quietly, args=(found[0], place, said))
        asking.start()
        until = time.monotonic() + 30
        while time.monotonic() < until and not any(book.glob(f"{moment}/*" if moment == ".pending" else f"*/{moment}")):
            if list((book / "journal").glob("*-add.json")):
                break
            time.sleep(0.0005)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stderr.close()  # type: ignore[union-attr]
    asking.join()
    with Book(book).still():
        count = rows(book, "densities")
    assert count == 60_000 * len(list((book / "journal").glob("*-add.json"))) and count in (0, 60_000)
    assert not (book / ".pending").exists()


def quietly(address: str, place: str, said: dict[str, str]) -> None:
    """Post to a server that may fall meanwhile."""
    try:
        posted(address, place, said)
    except OSError:
        assert urlsplit(address).port


def test_a_file_is_dropped_on_a_page(chrome: Any, book: Path, address: str) -> None:
    """A file that is let go anywhere on a page is looked at, answered for and added, with a mouse or with keys."""
    drop = """([name, words]) => { const data = new DataTransfer(); data.items.add(new File([words], name));
      for (const kind of ["dragenter", "dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true})); }"""
    with looking(chrome, address) as window:
        page = window.open("/").page
        with page.expect_navigation(url=re.compile("/add/")):
            page.evaluate(drop, ["surveys.csv", SURVEYS.decode("utf-8-sig")])
        page.get_by_label("a hole that goes down has a negative dip").check()
        page.get_by_label("metres").check()
        page.get_by_label("decimal mark: 1,5 is one and a half").check()
        window.is_good("add-questions")
        page.get_by_role("button", name="Look again").first.click()
        page.get_by_role("button", name="Add to the book").wait_for()
        window.is_good("add")
        page.get_by_role("button", name="Add to the book").click()
        page.get_by_role("heading", name="surveys.csv is in the book").wait_for()
        window.is_good("added")
        page.get_by_role("link", name="More files").click()
        page.get_by_label("Releases and tables").set_input_files(
            str(EXAMPLES / "releases" / "saddle-creek-resource.txt")
        )
        page.get_by_role("button", name="Give").click()
        page.get_by_role("button", name="Keep in the book").wait_for()
        window.open("/dropped").is_good("dropped")
    assert rows(book, "surveys") > 10


def test_every_question_has_a_field() -> None:
    """Whatever is asked can be answered on the page."""
    for key in ("length", "dip", "azimuth", "crs", "coordinates", "decimal", "dates", "dashes", "rows", "missing"):
        assert fields(Question(key, "a.csv", "what", "instead", "guess"), ["Hole"]), key
    unit = fields(Question("unit:CU", "a.csv", "no unit", "say --column CU=cu_pct or --column CU=cu_ppm"), ["CU"])
    assert [choice.value for choice in unit[0].choices] == ["cu_pct", "cu_ppm"] and unit[0].name == "c.CU"
