"""PDF files that are hard to open or to believe: locked, cut off, huge, with fonts that lie."""

import pytest

from orebook.ground.needs import MissingError
from orebook.reading import formats
from orebook.reading.formats import UnreadableError, pdf
from orebook.reading.paged import PagedDocument, pdf_files
from orebook.reading.paged.pdfium import opened
from orebook.reading.read import read_bytes
from orebook.reading.scanned import scans
from pdf_paper import Paper


def _simple() -> bytes:
    paper = Paper()
    paper.page().words(72, 100, "Hole NX-07 cut 12.0 m grading 1.50 g/t gold.")
    return paper.data()


def test_a_pdf_is_known_by_its_first_bytes_and_read_like_any_release() -> None:
    """The facts of a PDF lead back to the page and the box."""
    reading = read_bytes("release.bin", _simple())
    assert reading.document.format == "pdf"
    fact = next(fact for fact in reading.facts if fact.measure == "drilling.grade")
    (place,) = reading.document.places(fact.source.start, fact.source.end)
    assert place.page == 1 and place.box is not None and place.origin == "native"
    assert reading.document.text[fact.source.start : fact.source.end] == fact.source.quote


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "damaged"),
        (_simple()[:300], "damaged"),
        (Paper([], {}).data(), "damaged"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_one_line(data: bytes, what: str) -> None:
    """The message names the file, what is wrong and what to do, on one line."""
    with pytest.raises(UnreadableError, match=what) as refused:
        formats.open_document("some.pdf", data)
    assert str(refused.value).startswith("some.pdf: ") and "\n" not in str(refused.value)


def test_a_file_with_a_password_is_refused() -> None:
    """It says that there is a password, not that the file is damaged."""
    paper = Paper()
    paper.page().words(72, 100, "secret words")
    with pytest.raises(UnreadableError, match="protected by a password"):
        formats.open_document("some.pdf", paper.data(password="ore"))
    assert "secret" in formats.open_document("some.pdf", paper.data()).text


def test_bytes_before_the_file_do_not_matter_in_a_file_that_is_named_so() -> None:
    """Some mailers put a line before the file."""
    assert pdf.recognises("a.pdf", b"\r\n" + _simple()) and not pdf.recognises("a.txt", b"see %PDF-1.4")
    assert "NX-07" in formats.open_document("a.pdf", b"\r\n" + _simple()).text


def test_a_page_without_words_is_no_document() -> None:
    """Nothing is invented for a page on which nothing is written."""
    paper = Paper()
    paper.page().line(72, 100, 200, 100)
    with pytest.raises(UnreadableError, match="no words"):
        formats.open_document("some.pdf", paper.data())


def test_very_many_pages_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The document says that it was not read to its end."""
    monkeypatch.setattr(pdf_files, "MOST_PAGES", 3)
    paper = Paper()
    for number in range(1, 6):
        paper.page().words(72, 100, f"Words of page {number}, with some more of them.")
    found = formats.open_document("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    assert found.remarks == ("of 5 pages only the first 3 are read",)
    assert "page 3" in found.text and "page 4" not in found.text


def test_letters_that_a_font_does_not_tell_are_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose letters lie where every font has its own is left out, and the document says so."""

    def missing() -> str:
        raise MissingError("this needs tesseract")

    monkeypatch.setattr(scans, "version", missing)
    paper = Paper(letters={code: chr(0xE000 + code) for code in range(33, 127)})
    page = paper.page()
    for at in range(8):
        page.words(72, 100 + 14 * at, "Hole A-1 cut 12.0 m of ore in the north", font="U")
    paper.page().words(72, 100, "The next page is written in plain letters.")
    found = formats.open_document("a.pdf", paper.data())
    assert isinstance(found, PagedDocument)
    assert found.text.strip() == "The next page is written in plain letters."
    assert len(found.remarks) == 1 and found.remarks[0].startswith("page 1")


def test_words_that_are_not_drawn_are_not_read_on_a_page_of_words() -> None:
    """Hidden words among others are dropped; a page that has only such is a scan that somebody recognised."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 100, ["We drilled the northern part of the structure."] * 3)
    page.hidden(72, 300, "hidden 99.9 g/t")
    assert "99.9" not in formats.open_document("a.pdf", paper.data()).text
    scan = Paper()
    scan.page().hidden(72, 100, "We drilled the northern part")
    found = formats.open_document("a.pdf", scan.data())
    assert found.places(0, 2)[0].origin == "ocr"


def test_words_off_the_page_are_not_read() -> None:
    """What lies outside of the part of the page that is shown nobody has seen."""
    paper = Paper()
    page = paper.page()
    page.words(72, 100, "on the page")
    page.words(-300, 100, "left of it")
    page.words(72, 900, "below it")
    assert formats.open_document("a.pdf", paper.data()).text.split() == ["on", "the", "page"]


def test_the_same_bytes_make_the_same_document() -> None:
    """Reading twice gives the same text, parts and places."""
    paper = Paper()
    page = paper.page()
    page.prose(72, 80, ["We drilled the northern part of the structure and logged it."] * 4)
    page.rows(150, [["Hole", "From", "Au"], ["A-1", "10.0", "1.25"], ["A-2", "22.5", "0.80"]], [72, 200, 300])
    assert pdf.opened("a.pdf", paper.data()) == pdf.opened("a.pdf", paper.data())


def test_the_bare_text_of_a_page_is_there_for_the_asking() -> None:
    """The door gives the text of one page without laying it out."""
    with opened(_simple()) as file:
        assert len(file) == 1
        assert file.text(1).strip() == "Hole NX-07 cut 12.0 m grading 1.50 g/t gold."
