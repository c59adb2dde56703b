"""Words from the glyphs of a PDF page: where each stands, how it is turned, whether it is bold, raised or hidden.

The library is asked as rarely as possible: the text of a page once, then the boxes of the first and the last glyph of
every word, straight into one array; every glyph only of words that look odd.
"""

import ctypes
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Area = tuple[float, float, float, float]
Floats = npt.NDArray[np.float64]

_MOST_CHARACTERS = 400_000
_HYPHENS = "\x02\ufffe"
"""What the library writes for a hyphen at the end of a line, behind which a word goes on."""
_WORD = re.compile(rf"[^\s\x00-\x08\x0e-\x1f\ufffe\uffff]+[{_HYPHENS}]?")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_LETTER, _MARK = 1, 2
"""Kinds of characters: what words are made of, and what needs a closer look; blanks are nought."""
_DIGIT = re.compile(r"\d")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_RAISED = re.compile(r"[\d,()*]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_RAISING = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_ODD = 0xD400
"""Codes from here on may be halves or remains of characters that the library cannot write in sixteen bits."""
_MOST_ODD = 5_000
_SAMPLE = 60
_SMALLER = 0.86
"""Raised and lowered letters are smaller than this share of the others."""
_WIDEST_LETTER = 1.1
"""Letters are narrower than this share of their height; wider ones stand apart."""
_APART = 0.3
"""Letters of one word are nearer than this share of their height."""
_INVISIBLE, _STROKED = 3, 2
"""Ways of drawing letters: not at all, as a scan's hidden text; filled and outlined, as letters made bold."""


@dataclass(slots=True)
class Words:
    """The words of a page: text, box (left, top, right, bottom; y up), quarter turns counterclockwise, boldness."""

    texts: list[str]
    boxes: Floats
    turns: npt.NDArray[np.int64]
    bold: list[bool]
    hidden: list[bool]
    broken: bool = False
    """Whether the fonts of the page do not say which letters they show."""


@cache
def _kinds() -> npt.NDArray[np.int8]:
    """The kind of every character of sixteen bits."""
    kinds = [0 if chr(code).isspace() else _LETTER for code in range(0x10000)]
    for code in (*range(9), *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF):
        kinds[code] = _MARK
    return np.array(kinds, dtype=np.int8)


def words_of(door: Any, textpage: Any) -> Words:
    """The words of a page, in the order of the file."""
    reader = _Reader(door, textpage)
    return reader.words()


class _Reader:
    """The glyphs of one page."""

    def __init__(self, door: Any, textpage: Any) -> None:
        self.door, self.raw, self.handle = door, door.raw, textpage.raw
        self.page = ctypes.cast(textpage.raw, ctypes.c_void_p).value or 0
        self.count = min(textpage.count_chars(), _MOST_CHARACTERS)
        self.shifted = self.halves = False
        self.codes = np.empty(0, dtype=np.uint16)
        self.text = self._text() if self.count > 0 else ""

    def _text(self) -> str:
        """The text of the page, one character for each glyph."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = self.raw.FPDFText_GetText(self.handle, 0, self.count, buffer)
        codes = np.frombuffer(buffer, dtype=np.uint16)[: max(0, got - 1)]
        self.shifted = len(codes) != self.count
        self.codes = codes
        odd = np.flatnonzero(codes >= _ODD)
        if not len(odd):
            return codes.tobytes().decode("utf-16-le")
        letters = [chr(code) for code in codes.tolist()]
        for at in odd.tolist():
            code = self.raw.FPDFText_GetUnicode(self.handle, self.glyph(at))
            letters[at] = chr(code) if 0 < code < 0x110000 else letters[at]
            self.halves = self.halves or 0xD800 <= ord(letters[at]) <= 0xDFFF
        return "".join(letters)

    def _spans(self) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The words of the text, where each begins and ends."""
        kinds = _kinds()[self.codes]
        if not kinds.max(initial=0) > _LETTER:
            letters = np.zeros(len(kinds) + 2, dtype=np.int8)
            letters[1:-1] = kinds
            edges = np.flatnonzero(letters[1:] != letters[:-1])
            texts = self.text.split()
            if 2 * len(texts) == len(edges):
                return texts, edges[0::2], edges[1::2]
        found = list(_WORD.finditer(self.text))
        starts, stops = [word.start() for word in found], [word.end() for word in found]
        return [word[0] for word in found], np.array(starts, dtype=np.int64), np.array(stops, dtype=np.int64)

    def glyph(self, place: int) -> int:
        """The number of the glyph that stands for a character of the text."""
        if not self.shifted:
            return place
        return max(0, int(self.raw.FPDFText_GetCharIndexFromTextIndex(self.handle, place)))

    def boxes(self, glyphs: list[int]) -> npt.NDArray[np.float32]:
        """The boxes of some glyphs: left, top, right, bottom, y up."""
        found = np.zeros((len(glyphs), 4), dtype=np.float32)
        address = found.ctypes.data
        places = range(address, address + 16 * len(glyphs), 16)
        list(map(self.door.loose_box, [self.page] * len(glyphs), glyphs, places))
        return found

    def words(self) -> Words:
        """The words of the page."""
        texts, starts, stops = self._spans() if self.text else ([], None, None)
        if starts is None or stops is None or not texts:
            return Words([], np.empty((0, 4)), np.empty(0, dtype=np.int64), [], [])
        ends: list[int] = np.stack((starts, stops - 1), axis=1).ravel().tolist()
        if self.shifted:
            ends = [self.glyph(place) for place in ends]
        boxes = self.boxes(ends)
        first, last = boxes[0::2], boxes[1::2]
        turns = self._turns(ends[0::2], first, last)
        bold, hidden = self._drawn(ends[0::2])
        found = Words(texts, _united(first, last), turns, bold, hidden, self._is_broken(ends[0::2]))
        self._mend(found, starts, stops, first, last)
        if _HYPHEN.search(self.text):
            found.texts = [text[:-1] + "-" if text[-1] in _HYPHENS else text for text in found.texts]
        if self.halves:
            found.texts = [_whole(text) for text in found.texts]
        _raise(found)
        return found

    def _turns(
        self, glyphs: list[int], first: npt.NDArray[np.float32], last: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.int64]:
        """Quarter turns counterclockwise: from the first to the last glyph, of single glyphs by angle."""
        along = (last[:, 0] - first[:, 0]) + (last[:, 2] - first[:, 2])
        up = (last[:, 1] - first[:, 1]) + (last[:, 3] - first[:, 3])
        turns = np.where(np.abs(along) >= np.abs(up), np.where(along >= 0, 0, 2), np.where(up > 0, 1, 3))
        for at in np.flatnonzero((along == 0) & (up == 0)).tolist():
            turns[at] = (4 - round(self.door.angle(self.page, glyphs[at]) * 57.29578 / 90)) % 4
        return turns

    def _drawn(self, glyphs: list[int]) -> tuple[list[bool], list[bool]]:
        """Which words are bold, and which are not drawn at all."""
        door = self.door
        objects = list(map(door.text_object, [self.page] * len(glyphs), glyphs))
        fonts: dict[int | None, bool] = {}
        bold: dict[int | None, bool] = {None: False}
        hidden: dict[int | None, bool] = {None: False}
        for each in set(objects):
            if each is None:
                continue
            font = door.font(each)
            if font not in fonts:
                fonts[font] = bool(font) and self._is_bold(font)
            mode = door.drawing(each)
            bold[each], hidden[each] = fonts[font] or mode == _STROKED, mode == _INVISIBLE
        return [bold[each] for each in objects], [hidden[each] for each in objects]

    def _is_bold(self, font: int) -> bool:
        name = ctypes.create_string_buffer(96)
        self.door.font_name(font, name, 96)
        return bool(_BOLD.search(name.value))

    def _is_broken(self, glyphs: list[int]) -> bool:
        """Whether most letters of the page are not known, or lie where every font has its own."""
        some = glyphs[:: max(1, len(glyphs) // _SAMPLE)]
        unknown = 0
        for at in some:
            letter = self.raw.FPDFText_GetUnicode(self.handle, at)
            private = 0xE000 <= letter <= 0xEFFF or letter in (0, 0xFFFD)
            unknown += private or self.raw.FPDFText_HasUnicodeMapError(self.handle, at) == 1
        return len(some) > 4 and unknown > 0.5 * len(some)

    def _mend(
        self,
        found: Words,
        starts: npt.NDArray[np.int64],
        stops: npt.NDArray[np.int64],
        first: npt.NDArray[np.float32],
        last: npt.NDArray[np.float32],
    ) -> None:
        """Part the words whose letters are not of one size, or stand apart."""
        upright = found.turns % 2 == 0
        high = np.where(upright, found.boxes[:, 1] - found.boxes[:, 3], found.boxes[:, 2] - found.boxes[:, 0])
        wide = np.where(upright, found.boxes[:, 2] - found.boxes[:, 0], found.boxes[:, 1] - found.boxes[:, 3])
        sizes = [np.where(upright, box[:, 1] - box[:, 3], box[:, 2] - box[:, 0]) for box in (first, last)]
        letters = stops - starts
        uneven = np.minimum(*sizes) < _SMALLER * np.maximum(*sizes)
        loose = (letters > 1) & (wide > _WIDEST_LETTER * letters * np.maximum(high, 1.0))
        odd = [
            at
            for at in np.flatnonzero((letters > 1) & (uneven | loose) & upright).tolist()
            if loose[at] or _DIGIT.search(found.texts[at])
        ]
        if not odd:
            return
        parts = {at: self._parts(int(starts[at]), int(stops[at])) for at in odd[:_MOST_ODD]}
        several = {at: found_parts for at, found_parts in parts.items() if len(found_parts) > 1}
        for at in set(parts) - set(several):
            found.texts[at] = parts[at][0][0]
        if not several:
            return
        order = [(at, part) for at in range(len(starts)) for part in several.get(at, [None])]
        found.boxes = np.array([found.boxes[at] if part is None else part[1] for at, part in order])
        found.texts = [found.texts[at] if part is None else part[0] for at, part in order]
        found.turns = found.turns[[at for at, _ in order]]
        found.bold = [found.bold[at] for at, _ in order]
        found.hidden = [found.hidden[at] for at, _ in order]

    def _parts(self, start: int, end: int) -> list[tuple[str, Area]]:
        """A word parted where its letters stand apart; what is raised at its end is written raised."""
        boxes = self.boxes([self.glyph(place) for place in range(start, end)]).tolist()
        heights = [top - bottom for _, top, _, bottom in boxes]
        main = max(heights)
        bases = sorted([box[3] for box, height in zip(boxes, heights, strict=True) if height > _SMALLER * main])
        base = bases[len(bases) // 2] + 0.15 * main
        raised = [height < _SMALLER * main and box[3] > base for box, height in zip(boxes, heights, strict=True)]
        letters = list(self.text[start:end])
        tail = "".join([letter for letter, up in zip(letters, raised, strict=True) if up])
        if tail and _RAISED.fullmatch(tail):
            letters = [letter.translate(_RAISING) if up else letter for letter, up in zip(letters, raised, strict=True)]
        cuts, reach = [0], boxes[0][2]
        for at in range(1, len(boxes)):
            if boxes[at][0] - reach > _APART * main:
                cuts.append(at)
            reach = max(reach, boxes[at][2])
        cuts.append(len(letters))
        if len(cuts) - 1 == len(letters) and len(letters) > 3:
            cuts = [0, len(letters)]
        found: list[tuple[str, Area]] = []
        for begin, stop in pairwise(cuts):
            lefts, tops, rights, bottoms = zip(*boxes[begin:stop], strict=True)
            found.append(("".join(letters[begin:stop]), (min(lefts), max(tops), max(rights), min(bottoms))))
        return found


def _united(first: npt.NDArray[np.float32], last: npt.NDArray[np.float32]) -> Floats:
    """The boxes around first and last glyphs."""
    least, most = np.minimum(first, last), np.maximum(first, last)
    return np.stack((least[:, 0], most[:, 1], most[:, 2], least[:, 3]), axis=1).astype(np.float64)


def _whole(text: str) -> str:
    """A word whose large letters came in halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _raise(words: Words) -> None:
    """Write the marks of footnotes that stand raised behind a word as raised."""
    boxes = words.boxes
    high = boxes[:, 1] - boxes[:, 3]
    small = high[1:] < _SMALLER * high[:-1]
    if not small.any():
        return
    base = boxes[1:, 3]
    raised = (
        small
        & (base > boxes[:-1, 3] + 0.15 * high[:-1])
        & (base < boxes[:-1, 1])
        & (np.abs(boxes[1:, 0] - boxes[:-1, 2]) < 0.6 * high[:-1])
        & (words.turns[1:] == 0)
    )
    endings = []
    for at in (np.flatnonzero(raised) + 1).tolist():
        text = words.texts[at]
        if _RAISED.fullmatch(text):
            words.texts[at] = text.translate(_RAISING)
        elif text.rstrip(".,;:)") in _ORDINALS and words.texts[at - 1][-1:].isdigit():
            words.texts[at - 1] += text
            boxes[at - 1, 2] = boxes[at, 2]
            endings.append(at)
    if endings:
        _drop(words, endings)


def _drop(words: Words, places: list[int]) -> None:
    """Take words away that have become part of others."""
    gone = set(places)
    kept = [at for at in range(len(words.texts)) if at not in gone]
    words.texts = [words.texts[at] for at in kept]
    words.bold = [words.bold[at] for at in kept]
    words.hidden = [words.hidden[at] for at in kept]
    words.boxes, words.turns = words.boxes[kept], words.turns[kept]
