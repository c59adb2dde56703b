"""The steps from the picture of a page to its words: each does what it says, and no more."""

import numpy as np
import pytest

pytest.importorskip("PIL")

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from orebook.reading.paged.marks import Mark, Sheet
from orebook.reading.paged.pdfium import Pictured
from orebook.reading.scanned.credible import credible
from orebook.reading.scanned.doubts import weighed
from orebook.reading.scanned.grounds import filled_areas, without_grounds
from orebook.reading.scanned.height import letter_height
from orebook.reading.scanned.paper import whitened
from orebook.reading.scanned.pictures import Grey, turned
from orebook.reading.scanned.ruling import without_rules
from orebook.reading.scanned.scans import Scans
from orebook.reading.scanned.skew import skew
from orebook.reading.scanned.tesseract import Seen, installed
from orebook.reading.scanned.whether import is_garbled, is_picture

needs_tesseract = pytest.mark.skipif(not installed(), reason="nothing is installed that recognises letters")
LINES = [
    "The company drilled four holes at the north zone in June,",
    "and each of them cut the same shear at a depth of 120 m.",
    "Assays of hole NX-12 gave 4.5 m of 3.10 g/t gold from 88.0 m,",
    "which is the best that was found on the property so far.",
]


def text_page(size: tuple[int, int] = (1200, 700), letters: int = 34) -> Grey:
    """A page of four lines, black on white."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(LINES):
        draw.text((80, 80 + 3 * letters * row), line, fill=0, font=ImageFont.load_default(letters))
    return np.asarray(image)


@settings(max_examples=25, deadline=None)
@given(angle=st.floats(-3.5, 3.5))
def test_the_lean_of_a_page_is_found(angle: float) -> None:
    """A page that was turned by some degrees is found to lean by as many."""
    assert skew(turned(text_page(), -angle)) == pytest.approx(angle, abs=0.25)


@settings(max_examples=20, deadline=None)
@given(paper=st.integers(190, 255), dim=st.floats(0, 0.4), grain=st.floats(0, 8), seed=st.integers(0, 99))
def test_paper_becomes_white_and_ink_stays(paper: int, dim: float, grain: float, seed: int) -> None:
    """Whatever the light and the grain of a scan, most of its paper is white and all of its letters are dark."""
    page = text_page()
    light = 1 - dim * np.linspace(0, 1, page.shape[1])[None, :]
    noise = np.random.default_rng(seed).normal(0, grain, page.shape)
    scan = np.clip(page * (paper / 255) * light + noise, 0, 255).astype(np.uint8)
    white = whitened(scan)
    assert (white[page == 255] == 255).mean() > 0.97
    assert (white[page == 0] < 100).mean() > 0.97


def test_rules_are_erased_and_letters_are_not() -> None:
    """A grid goes, the letters in it stay as they were, and so do large letters with long stems."""
    page = text_page().copy()
    ruled = page.copy()
    ruled[40:43, 40:1160] = ruled[640:643, 40:1160] = 0
    ruled[40:643, 40:43] = ruled[40:643, 1157:1160] = 0
    found = without_rules(ruled, 200 / 72)
    assert (len(found.across), len(found.down)) == (2, 2)
    assert np.array_equal(found.grey, page)
    large = text_page((2400, 700), letters=90)
    assert np.array_equal(without_rules(large, 200 / 72).grey, large)


def test_a_filled_area_becomes_paper_with_dark_letters() -> None:
    """Light letters on a dark ground become dark ones on white, and what is around stays."""
    page = text_page().copy()
    dark = page.copy()
    dark[60:240, 40:1160] = (255 - page[60:240, 40:1160] * (200 / 255)).astype(np.uint8)
    areas = filled_areas(dark, 200 / 72)
    assert len(areas) == 1
    clear = without_grounds(dark, areas)
    assert np.array_equal(clear[260:], page[260:])
    agreed = (clear[70:230, 50:1150] < 128) == (page[70:230, 50:1150] < 128)
    assert agreed.mean() > 0.995
    assert filled_areas(page, 200 / 72) == []


@pytest.mark.parametrize("letters", [20, 34, 60])
def test_the_height_of_letters_grows_with_them(letters: int) -> None:
    """Lines of larger letters are found to be higher, in proportion."""
    assert letter_height(text_page((2400, 1000), letters)) == pytest.approx(0.9 * letters, rel=0.25)


def seen(*words: tuple[str, float, int]) -> list[Seen]:
    """Words that were recognised, with how surely and on which line."""
    return [Seen(10 * at, 0, 10 * at + 9, 9, text, sure, line) for at, (text, sure, line) in enumerate(words)]


def test_guesses_are_left_out_and_a_page_of_text_is_not_thinned() -> None:
    """Letters seen in the leaves of a tree go; on a page of text an unsure word stays."""
    text = seen(*[(word, 0.96, 0) for word in LINES[0].split()], ("Sc203", 0.35, 0))
    assert [word.text for word in credible(text)][-1] == "Sc203"
    tree = seen(*[(word, 0.2, 1) for word in "ae ~~ rT oe =i -ii wo ees".split()])
    assert credible(tree) == []
    assert [word.text for word in credible([*tree, *seen(("Resource", 0.95, 2), ("Outline", 0.93, 2))])] == [
        "Resource",
        "Outline",
    ]


def test_no_look_alike_is_swapped_by_rule() -> None:
    """What no look at the picture saw is never written, however likely it is."""
    first, again = seen(("1O.5", 0.6, 0))[0], seen(("1O,5", 0.7, 0))[0]
    assert weighed(first, again, again, 4).text in {"1O.5", "1O,5"}
    assert weighed(*seen(("774", 0.8, 0), ("774", 0.7, 0), ("774", 0.75, 0)), 4).text == "774"
    assert weighed(*seen(("774", 0.8, 0), ("774", 0.7, 0), ("774", 0.95, 0)), 4).sure < 0.85


def test_only_pages_with_few_words_and_large_pictures_are_pictures() -> None:
    """A page with good text is not recognised, whatever picture is on it; nor is one that is nearly empty."""
    title = "Lake summary 12".split()
    assert is_picture(title, Pictured(0.6, 200, 3))
    assert is_picture([], Pictured(0.0, 0, 2_000))
    assert not is_picture(title, Pictured(0.05, 200, 3))
    assert not is_picture(" ".join(LINES).split(), Pictured(1.0, 200, 0))


def test_tables_lists_and_other_languages_are_not_taken_for_broken_fonts() -> None:
    """Words without common ones among them are still words."""
    assert not is_garbled([f"NX{at:03} {at}.5 {at + 3}.0 3.5 1.{at}0" for at in range(200)])
    assert not is_garbled("Gameta Wapolu Feni Kabang Fergusson Normanby Sikut Sideia Basilaki Oredi Konos".split() * 20)
    assert not is_garbled("Les travaux de forage ont recoupé une zone minéralisée dans la partie nord".split() * 20)


class _Page:
    """A PDF of one page, as far as scans ask."""

    unmapped: frozenset[int] = frozenset()

    def pictured(self, _number: int) -> Pictured:
        """Nothing but letters."""
        return Pictured(0.0, 0.0, 0)

    def picture(self, _number: int, _dots: float) -> tuple[Grey, float, float]:
        """Four lines."""
        return text_page(), 432.0, 252.0


def garbled_sheet() -> Sheet:
    """The same lines in a font whose letters stand for others."""
    words = " ".join(LINES).translate({code: code + 3 for code in range(ord("A"), ord("z"))}).split() * 4
    return Sheet(1, 432, 252, [Mark(10, 10 * at, 40, 10 * at + 8, word) for at, word in enumerate(words)])


@needs_tesseract
def test_a_page_whose_letters_mean_nothing_is_recognised() -> None:
    """Where the character map of a font is broken, the letters that one sees take the place of those in the file."""
    scans = Scans()
    (sheet,) = scans.completed(_Page(), 1, [garbled_sheet()])  # type: ignore[arg-type]
    assert sheet.origin == "ocr"
    assert [mark.text for mark in sheet.marks] == " ".join(LINES).split()
    assert scans.remarks[0].startswith("page 1 recognised by Tesseract")
