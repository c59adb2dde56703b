"""The door to pdfium: the words of a PDF page with their boxes, its ruling lines, its picture."""

import ctypes
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np

from orebook.ground.source import Box
from orebook.reading.paged.drawings import drawn
from orebook.reading.paged.frames import Frame
from orebook.reading.paged.glyphs import Floats, Words, words_of
from orebook.reading.paged.marks import Mark, Sheet

_MOST_OBJECTS = 20_000
_LEAST = 0.5
"""Points: words are at least so wide and high, whatever their font says."""
_HIDDEN_SURE = 0.9
"""How sure one is of the hidden words of a scan, which somebody else recognised."""
_TROUBLES = {"password": "it is protected by a password", "security": "its protection is of a kind that is not known"}
_MOST_PIXELS = 30_000_000
"""Of the picture of a page: A4 at 300 dots an inch has 9 million."""


class BrokenPdfError(ValueError):
    """A file that pdfium cannot open: what is wrong with it."""


class Pictured(NamedTuple):
    """What is drawn on a page: the part of it that pictures cover, dots an inch of the largest, how many drawings."""

    share: float
    dots: float
    drawn: int


class _Door(NamedTuple):
    """The library, and those of its functions that are called for every word or every drawing."""

    pdf: Any
    raw: Any
    loose_box: Any
    angle: Any
    unmapped: Any
    text_object: Any
    font: Any
    font_name: Any
    drawing: Any
    page_object: Any
    kind: Any
    draw_mode: Any
    segments: Any
    bounds: Any


@cache
def _door() -> _Door:
    # The library takes a twentieth of a second to load; only whoever reads a PDF should wait for it.
    import pypdfium2
    import pypdfium2.raw as raw

    def plain(function: Any, result: Any, *given: Any) -> Any:
        """The same function with plain numbers for pointers, which halves what a call costs."""
        address = ctypes.cast(function, ctypes.c_void_p).value or 0
        return ctypes.PYFUNCTYPE(result, *given)(address)

    whole, pointer = ctypes.c_int, ctypes.c_void_p
    return _Door(
        pypdfium2,
        raw,
        plain(raw.FPDFText_GetLooseCharBox, None, pointer, whole, pointer),
        plain(raw.FPDFText_GetCharAngle, ctypes.c_float, pointer, whole),
        plain(raw.FPDFText_HasUnicodeMapError, whole, pointer, whole),
        plain(raw.FPDFText_GetTextObject, pointer, pointer, whole),
        plain(raw.FPDFTextObj_GetFont, pointer, pointer),
        plain(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, pointer, pointer, ctypes.c_size_t),
        plain(raw.FPDFTextObj_GetTextRenderMode, whole, pointer),
        plain(raw.FPDFPage_GetObject, pointer, pointer, whole),
        plain(raw.FPDFPageObj_GetType, whole, pointer),
        plain(raw.FPDFPath_GetDrawMode, whole, pointer, pointer, pointer),
        plain(raw.FPDFPath_CountSegments, whole, pointer),
        plain(raw.FPDFPageObj_GetBounds, whole, pointer, pointer, pointer, pointer, pointer),
    )


@dataclass(slots=True)
class Pdf:
    """An open PDF file; used in a ``with``."""

    document: Any
    is_form: bool = False
    """Whether there are fields in which somebody may have written."""
    unmapped: set[int] = field(default_factory=set)
    """Pages whose fonts do not say which letters they show, among those whose sheets were asked for."""

    def __enter__(self) -> "Pdf":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def text(self, number: int) -> str:
        """The bare text of a page (from one), as the file has it."""
        page = self._page(number)
        try:
            return str(page.get_textpage().get_text_range()).replace("\r\n", "\n")
        finally:
            page.close()

    def sheets(self, number: int) -> list[Sheet]:
        """The words and rules of a page (from one), one sheet for each direction of its words.

        Raises ``BrokenPdfError`` for a page that cannot be loaded.
        """
        page = self._page(number)
        if self.is_form and _filled_in(page):
            page.close()
            page = self._page(number)
        try:
            found = _sheets(page, number)
        finally:
            page.close()
        if found is None:
            self.unmapped.add(number)
        return found or []

    def _page(self, number: int) -> Any:
        try:
            return self.document[number - 1]
        except _door().pdf.PdfiumError as trouble:
            raise BrokenPdfError(_said(trouble)) from None

    def pictured(self, number: int) -> Pictured:
        """What is drawn on a page (from one)."""
        page = self._page(number)
        try:
            return _pictured(page)
        finally:
            page.close()

    def picture(self, number: int, dots: float) -> tuple[np.ndarray, float, float]:
        """A page (from one) as one sees it, in bytes of grey, so many dots an inch or fewer; its width and height."""
        page = self._page(number)
        try:
            width, height = page.get_size()
            scale = min(dots / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            try:
                grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
            finally:
                bitmap.close()
            return grey, width, height
        finally:
            page.close()


def opened(data: bytes) -> Pdf:
    """Open the bytes of a file; raises ``BrokenPdfError``."""
    pdf = _door().pdf
    try:
        document = pdf.PdfDocument(data)
        len(document)
    except pdf.PdfiumError as trouble:
        raise BrokenPdfError(_said(trouble)) from None
    return Pdf(document, _door().raw.FPDF_GetFormType(document) > 0)


def _said(trouble: BaseException) -> str:
    """What the library says is wrong, for people."""
    said = str(trouble).lower()
    return next((words for sign, words in _TROUBLES.items() if sign in said), "it is damaged")


def _filled_in(page: Any) -> bool:
    """Whether what stands in the fields of a form was put on the page itself, which is to be loaded anew then."""
    raw = _door().raw
    fields = False
    for at in range(raw.FPDFPage_GetAnnotCount(page) - 1, -1, -1):
        note = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        fields = fields or kind == raw.FPDF_ANNOT_WIDGET
        if kind != raw.FPDF_ANNOT_WIDGET:
            raw.FPDFPage_RemoveAnnot(page, at)
    return fields and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _sheets(page: Any, number: int) -> list[Sheet] | None:
    """The sheets of a page; nothing where its fonts do not say which letters they show."""
    door = _door()
    frame = Frame(Box(*page.get_bbox()), page.get_rotation() // 90)
    words = words_of(door, page.get_textpage())
    if words.broken:
        return None
    if not words.texts:
        return []
    hidden = np.array(words.hidden)
    kept = np.ones(len(hidden), dtype=bool) if 2 * hidden.sum() > len(hidden) else ~hidden
    turns = (frame.rotation - words.turns) % 4
    drawings = drawn(door, page.raw)
    sheets = []
    for turn in sorted(set(turns.tolist())):
        width, height = frame.size(turn)
        placed = frame.turned(words.boxes, turn)
        placed[:, 2:] = np.maximum(placed[:, 2:], placed[:, :2] + _LEAST)
        shown = (placed[:, 2] > 0) & (placed[:, 3] > 0) & (placed[:, 0] < width) & (placed[:, 1] < height)
        chosen = np.flatnonzero((turns == turn) & kept & shown)
        if not len(chosen):
            continue
        sides = placed[chosen]
        marks = _marks(words, sides, chosen.tolist())
        across, down = frame.rules(drawings, turn)
        origin = "ocr" if hidden[chosen].all() else "native"
        doubtful = bool(hidden.any())
        sheets.append(Sheet(number, width, height, marks, across, down, origin, turn, doubtful=doubtful, sides=sides))
    return sheets


def _marks(words: Words, placed: Floats, chosen: list[int]) -> list[Mark]:
    """Some words as marks, in the boxes of a reading frame."""
    texts, bold, hidden = words.texts, words.bold, words.hidden
    if len(chosen) < len(texts):
        texts, bold, hidden = [texts[at] for at in chosen], [bold[at] for at in chosen], [hidden[at] for at in chosen]
    sure = [_HIDDEN_SURE if one else 1.0 for one in hidden] if any(hidden) else repeat(1.0)
    return list(map(tuple.__new__, repeat(Mark), zip(*placed.T.tolist(), texts, bold, sure, strict=False)))


def _pictured(page: Any) -> Pictured:
    """What is drawn on a page; what is grouped counts as a picture, since it holds some or nothing of weight."""
    raw = _door().raw
    left, bottom, right, top = page.get_bbox()
    whole = max(1.0, abs(right - left) * abs(top - bottom))
    share, largest, dots, drawn = 0.0, 0.0, 0.0, 0
    for each in page.get_objects(max_depth=1):
        if each.type == raw.FPDF_PAGEOBJ_PATH:
            drawn += 1
        if each.type not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) or drawn > _MOST_OBJECTS:
            continue
        x0, y0, x1, y1 = each.get_bounds()
        wide, high = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
        if wide <= 0 or high <= 0:
            continue
        share += wide * high / whole
        if each.type == raw.FPDF_PAGEOBJ_IMAGE and wide * high > largest:
            across, down = each.get_px_size()
            largest, dots = wide * high, 72 * max(across / (x1 - x0), down / (y1 - y0))
    return Pictured(min(1.0, share), dots, drawn)
