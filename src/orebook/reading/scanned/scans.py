"""The scanned pages of a document: recognised one by one, with what one should know about it at the end."""

from dataclasses import dataclass, field, replace

from orebook.ground.needs import MissingError, need
from orebook.ground.source import Box
from orebook.reading.paged.marks import Sheet
from orebook.reading.paged.pdfium import Pdf
from orebook.reading.paged.sense import common
from orebook.reading.scanned.credible import LEAST_SENSE, PLAIN_SENSE
from orebook.reading.scanned.doubts import DOUBT
from orebook.reading.scanned.pages import scanned_sheet
from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.tesseract import UnrecognisedError, version
from orebook.reading.scanned.whether import is_garbled, is_picture, may_be_picture

_NAMED = 8
"""So many doubtful numbers of a page are named."""
_LEAST_DOTS, _USUAL_DOTS, _MOST_DOTS = 150.0, 200.0, 300.0
"""An inch: the finest and the coarsest picture of a page that is made, and what is made where it says nothing."""


@dataclass(slots=True)
class Scans:
    """Recognises pages and remembers which, which not, and why."""

    _read: list[int] = field(default_factory=list)
    _empty: list[int] = field(default_factory=list)
    _missing: list[int] = field(default_factory=list)
    _needed: str = ""
    _failed: list[str] = field(default_factory=list)
    _doubts: list[str] = field(default_factory=list)

    def completed(self, pdf: Pdf, number: int, native: list[Sheet]) -> list[Sheet]:
        """The sheets of a page of a PDF, with the words of its picture where its own are few or mean nothing."""
        words = [mark[4] for sheet in native for mark in sheet.marks]
        garbled = number in pdf.unmapped or is_garbled(words)
        if not garbled and not may_be_picture(words):
            return native
        pictured = pdf.pictured(number)
        if not garbled and not is_picture(words, pictured):
            return native
        try:
            need("PIL.Image", extra="ocr")
            version()
        except MissingError as trouble:
            if garbled:
                self._failed.append(f"page {number}: its letters are not those that one sees; {trouble}")
            else:
                self.missed(number, str(trouble))
            return native
        dots = min(_MOST_DOTS, max(_LEAST_DOTS, pictured.dots)) if pictured.dots else _USUAL_DOTS
        seen = self.sheets(*pdf.picture(number, dots), number, PLAIN_SENSE if words and not garbled else LEAST_SENSE)
        if garbled:
            better = common([mark.text for sheet in seen for mark in sheet.marks]) > common(words)
            if not better and seen:
                self._forget(number)
            return seen if better else native
        return native + _elsewhere(seen, native)

    def sheets(self, grey: Grey, width: float, height: float, number: int, least: float = LEAST_SENSE) -> list[Sheet]:
        """The words of the picture of a page that is so many points wide and high; none where it failed.

        A picture that makes less than the ``least`` sense gives none either.
        """
        try:
            sheet = scanned_sheet(grey, number, width, height, least=least)
        except MissingError as trouble:
            self.missed(number, str(trouble))
            return []
        except UnrecognisedError as trouble:
            self._failed.append(f"page {number} is a picture that was not read: {trouble}")
            return []
        (self._read if sheet.marks else self._empty).append(number)
        doubtful = [mark.text for mark in sheet.marks if mark.sure < DOUBT and any(map(str.isdigit, mark.text))]
        if doubtful:
            more = f" and {len(doubtful) - _NAMED} more" if len(doubtful) > _NAMED else ""
            self._doubts.append(f"page {number}: doubtful numbers {', '.join(doubtful[:_NAMED])}{more}")
        return [sheet]

    def _forget(self, number: int) -> None:
        """What was recognised on a page is not used after all."""
        self._read = [page for page in self._read if page != number]
        self._empty = [page for page in self._empty if page != number]
        self._doubts = [said for said in self._doubts if not said.startswith(f"page {number}:")]

    def missed(self, number: int, needed: str) -> None:
        """Remember a page that could not be looked at for want of what is needed."""
        self._missing.append(number)
        self._needed = needed

    @property
    def remarks(self) -> list[str]:
        """What one should know: which pages were recognised and by what, and which were left out.

        >>> scans = Scans()
        >>> scans.missed(3, "this needs PIL, which is not installed; pip install 'orebook[ocr]'")
        >>> scans.remarks
        ["page 3 is a picture and was left out: this needs PIL, which is not installed; pip install 'orebook[ocr]'"]
        """
        found = list(self._failed)
        if self._read:
            found.append(f"{_pages(self._read)} recognised by {version()}: the letters may be wrong")
        found += self._doubts
        if self._empty:
            found.append(f"{_pages(self._empty)} with pictures in which no words can be recognised plainly")
        if self._missing:
            verb = "is a picture and was" if len(self._missing) == 1 else "are pictures and were"
            found.append(f"{_pages(self._missing)} {verb} left out: {self._needed}")
        return found


def _elsewhere(seen: list[Sheet], native: list[Sheet]) -> list[Sheet]:
    """What was recognised, without the words that the file has itself."""
    boxes = [box for sheet in native for mark in sheet.marks if (box := sheet.word(mark).box)]
    return [
        replace(sheet, marks=[mark for mark in sheet.marks if not _covered(sheet.word(mark).box, boxes)])
        for sheet in seen
    ]


def _covered(box: Box | None, boxes: list[Box]) -> bool:
    if box is None:
        return False
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(each.left <= x <= each.right and each.top <= y <= each.bottom for each in boxes)


def _pages(numbers: list[int]) -> str:
    """Pages for people.

    >>> _pages([3]), _pages([1, 2, 3, 7, 9, 10])
    ('page 3', 'pages 1–3, 7, 9–10')
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return f"page {said}" if len(numbers) == 1 else f"pages {said}"
