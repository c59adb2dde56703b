"""Scanned pages: from the picture of a page to its words and ruling lines, marked as recognised."""

from collections.abc import Iterable, Sequence
from statistics import median

from orebook.reading.paged.marks import Mark, Rule, Sheet
from orebook.reading.scanned.credible import LEAST_SENSE, credible
from orebook.reading.scanned.doubts import looked_at_again
from orebook.reading.scanned.level import Level
from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.ruling import Line
from orebook.reading.scanned.seen_twice import seen_twice
from orebook.reading.scanned.tesseract import Seen
from orebook.reading.scanned.turning import as_it_lies, upright

_UPRIGHT = frozenset("|¦[]")
_SUREST = 0.99
"""Nobody is wholly sure of what had to be recognised."""
_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZbdfhklt0123456789($%&/")
"""Letters as high as a line: a word that has one shows where the line begins."""


def scanned_sheet(grey: Grey, number: int, width: float, height: float, *, least: float = LEAST_SENSE) -> Sheet:
    """The words and rules of the picture of page ``number`` that is so many points wide and high.

    A page that makes less than the ``least`` sense, 0 to 1, such as a photograph or a map, is a sheet without words.

    Raises ``ground.needs.MissingError`` where nothing is installed that recognises letters, ``UnrecognisedError`` for
    a page that took too long.
    """
    if not grey.size or grey.min() == grey.max():  # a page of one shade says nothing; asking would take its time
        return Sheet(number, width, height, [], origin="ocr")
    dots = grey.shape[1] / width
    page, seen = upright(grey, dots) if least <= LEAST_SENSE else as_it_lies(grey, dots)
    words, plain = seen_twice(page.large, seen) if seen else ([], 0.0)
    if plain < least:
        return Sheet(number, width, height, [], origin="ocr")
    words = [word for word in credible(looked_at_again(page, words)) if not _is_rule(word, page)]
    if page.turn % 2:
        width, height = height, width
    marks = _marks(words, 1 / (page.scale * dots))
    across, down = _rules(page.across, dots), _rules(page.down, dots)
    return Sheet(number, width, height, marks, across, down, "ocr", page.turn, page.lean)


def _is_rule(word: Seen, page: Level) -> bool:
    """Whether a word is what was left of an upright line."""
    if word.text not in _UPRIGHT:
        return False
    at, high = (word.left + word.right) / 2 / page.scale, (word.top + word.bottom) / 2 / page.scale
    return any(abs(line.at - at) < 2 * line.thick + 4 and line.start <= high <= line.end for line in page.down)


def _rules(lines: Iterable[Line], dots: float) -> list[Rule]:
    return [Rule(round(line.at / dots, 2), round(line.start / dots, 2), round(line.end / dots, 2)) for line in lines]


def _marks(seen: Sequence[Seen], points: float) -> list[Mark]:
    """Words as marks, all of a line equally high as those of a PDF are, whatever their letters."""
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    marks = []
    for words in lines.values():
        tall = [word for word in words if _TALL.intersection(word.text)] or words
        top, bottom = median(word.top for word in tall), median(word.bottom for word in tall)
        for word in words:
            sides = word.left, min(word.top, top), word.right, max(word.bottom, bottom)
            left, upper, right, lower = (round(side * points, 2) for side in sides)
            marks.append(Mark(left, upper, right, lower, word.text, sure=min(_SUREST, round(word.sure, 2))))
    return marks
