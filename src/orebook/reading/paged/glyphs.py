"""Words from the glyphs of a PDF page: where each stands, how it is turned, whether it is bold, raised or hidden.

The library is asked as rarely as possible: the text of a page once, then the boxes of the first and the last glyph of
every word, straight into one array; every glyph only of words that look odd.
"""

import ctypes
import re
from collections import deque
from functools import cache
from itertools import repeat
from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt

from orebook.reading.paged.raised import SMALLER, Area, Floats, Words, letters_of, raise_marks
from orebook.reading.paged.sense import makes_sense

__all__ = ["Floats", "Words", "words_of"]

_MOST_CHARACTERS = 400_000
_HYPHENS = "\x02\ufffe"
"""What the library writes for a hyphen at the end of a line, behind which a word goes on."""
_WORD = re.compile(rf"[^\s\x00-\x08\x0e-\x1f\ufffe\uffff]+[{_HYPHENS}]?")
_LETTER, _HYPHEN, _SIGN, _HALF = 1, 2, 3, 4
"""Kinds of characters: what words are made of, what may end one, what parts them unseen, and what needs a closer look;
blanks are nought."""
_DOTS = "....."
_LED = re.compile(r"\.{5,}|(?:[^.]|\.(?!\.{4}))+")
_DIGIT = re.compile(r"\d")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_ODD = 0xD400
"""Codes from here on may be halves or remains of characters that the library cannot write in sixteen bits."""
_MOST_ODD = 5_000
_SAMPLE = 40
_WIDEST_LETTER = 1.1
"""Letters are narrower than this share of their height; wider ones stand apart."""
_OVER, _UNDER = 0.9, 0.22
"""How far letters reach over and under their baseline, as shares of their size, where a font does not say."""
_INVISIBLE, _STROKED = 3, 2
"""Ways of drawing letters: not at all, as a scan's hidden text; filled and outlined, as letters made bold."""


@cache
def _kinds() -> npt.NDArray[np.int8]:
    """The kind of every character of sixteen bits."""
    kinds = np.array([0 if chr(code).isspace() else _LETTER for code in range(0x10000)], dtype=np.int8)
    kinds[[*range(9), *range(0x0E, 0x20), 0xFFFF]] = _SIGN
    kinds[[ord(sign) for sign in _HYPHENS]] = _HYPHEN
    kinds[0xD800:0xE000] = _HALF
    return kinds


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
        self.sizes: dict[int, float] = {}
        self.codes = np.empty(0, dtype=np.uint16)
        self.kinds = np.empty(0, dtype=np.int8)
        self.text = self._text() if self.count > 0 else ""

    def _text(self) -> str:
        """The text of the page, one character for each glyph."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = self.raw.FPDFText_GetText(self.handle, 0, self.count, buffer)
        codes = np.frombuffer(buffer, dtype=np.uint16)[: max(0, got - 1)]
        self.shifted = len(codes) != self.count
        self.codes, self.kinds = codes, _kinds()[codes]
        odd = (codes >= _ODD).nonzero()[0]
        if not len(odd):
            return codes.tobytes().decode("utf-16-le")
        known = [self.raw.FPDFText_GetUnicode(self.handle, self.glyph(at)) for at in odd.tolist()]
        meant = [code if 0 < code < 0x110000 else given for code, given in zip(known, codes[odd].tolist(), strict=True)]
        if not any(code > 0xFFFF or 0xD800 <= code <= 0xDFFF for code in meant):
            self.codes = codes.copy()
            self.codes[odd] = meant
            self.kinds = _kinds()[self.codes]
            return self.codes.tobytes().decode("utf-16-le")
        self.kinds[odd] = _HALF
        letters = list(map(chr, codes.tolist()))
        for at, code in zip(odd.tolist(), meant, strict=True):
            letters[at] = chr(code)
            self.halves = self.halves or 0xD800 <= code <= 0xDFFF
        return "".join(letters)

    def _spans(self) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The words of the text, where each begins and ends; dots that lead from one to the next are words as well."""
        texts, starts, stops = self._words()
        if _DOTS not in self.text:
            return texts, starts, stops
        parts = [
            (part, begin + at)
            for text, begin in zip(texts, starts.tolist(), strict=True)
            for part, at in (_led(text) if _DOTS in text else ((text, 0),))
        ]
        begins = np.array([begin for _, begin in parts], dtype=np.int64)
        ends = np.array([begin + len(part) for part, begin in parts], dtype=np.int64)
        return [part for part, _ in parts], begins, ends

    def _words(self) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The words of the text between blanks, where each begins and ends."""
        most = self.kinds.max(initial=0)
        if most < _HALF:
            kinds = np.zeros(len(self.kinds) + 2, dtype=np.int8)
            kinds[1:-1] = self.kinds
            letters = kinds == _LETTER
            edges = (letters[1:] != letters[:-1]).nonzero()[0]
            starts, stops = edges[0::2], edges[1::2]
            if most == _LETTER and len(texts := self.text.split()) == len(starts):
                return texts, starts, stops
            stops = stops + (kinds[stops + 1] == _HYPHEN)
            text = self.text
            return [text[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)], starts, stops
        found = list(_WORD.finditer(self.text))
        spans = np.array([word.span() for word in found], dtype=np.int64).reshape(-1, 2)
        return [word[0] for word in found], spans[:, 0], spans[:, 1]

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
        deque(map(self.door.loose_box, repeat(self.page), glyphs, places), maxlen=0)
        return found

    def words(self) -> Words:
        """The words of the page."""
        texts, starts, stops = self._spans() if self.text else ([], None, None)
        if starts is None or stops is None or not texts:
            return Words([], np.empty((0, 4)), np.empty(0, dtype=np.int64), [], [], [])
        begin, end = starts.tolist(), (stops - 1).tolist()
        if self.shifted:
            begin, end = list(map(self.glyph, begin)), list(map(self.glyph, end))
        first, last = self.boxes(begin), self.boxes(end)
        turns = self._turns(begin, first, last)
        objects = list(map(self.door.text_object, repeat(self.page), begin))
        bold, hidden, bare = self._drawn(objects)
        found = Words(texts, _united(first, last), turns, bold, hidden, objects, self._is_broken(begin, texts))
        upper, lower = _heights(turns, first, last)
        uneven = np.minimum(upper, lower) < SMALLER * np.maximum(upper, lower)
        if bare:
            self._level(found, bare, begin)
            uneven = self._changing(objects, end)
        self._mend(found, starts, stops, uneven)
        if self.text.find(_HYPHENS[0]) >= 0 or self.text.find(_HYPHENS[1]) >= 0:
            found.texts = [text[:-1] + "-" if text[-1] in _HYPHENS else text for text in found.texts]
        if self.halves:
            found.texts = [_whole(text) for text in found.texts]
        raise_marks(found, self._size)
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

    def _drawn(self, objects: list[int | None]) -> tuple[list[bool], list[bool], list[int]]:
        """Which words are bold, which are not drawn at all; and those whose font says not how high its letters are."""
        distinct = set(objects)
        distinct.discard(None)
        every = list(distinct)
        fonts = list(map(self.door.font, every))
        kinds = {font: (self._is_bold(font), self._is_bare(font)) for font in set(fonts) if font}
        modes = list(map(self.door.drawing, every))
        bolds = {font for font, (bold, _) in kinds.items() if bold}
        bold: set[int | None] = {
            each for each, font, mode in zip(every, fonts, modes, strict=True) if mode == _STROKED or font in bolds
        }
        hidden = {each for each, mode in zip(every, modes, strict=True) if mode == _INVISIBLE}
        bares = {font for font, (_, bare) in kinds.items() if bare}
        bare = {each for each, font in zip(every, fonts, strict=True) if font in bares} if bares else set()
        return (
            [each in bold for each in objects] if bold else [False] * len(objects),
            [each in hidden for each in objects] if hidden else [False] * len(objects),
            [at for at, each in enumerate(objects) if each in bare] if bare else [],
        )

    def _is_bare(self, font: int) -> bool:
        """Whether a font says nothing of how far its letters reach over and under the line."""
        raw, handle = self.raw, ctypes.cast(font, self.raw.FPDF_FONT)
        over, under = ctypes.c_float(), ctypes.c_float()
        raw.FPDFFont_GetAscent(handle, 100.0, ctypes.byref(over))
        raw.FPDFFont_GetDescent(handle, 100.0, ctypes.byref(under))
        return abs(over.value - under.value) < 1.0

    def _size(self, text_object: int | None) -> float:
        """The size of the letters of a drawing, in points."""
        if text_object is None:
            return 0.0
        if text_object not in self.sizes:
            size, matrix = ctypes.c_float(), self.raw.FS_MATRIX()
            handle = ctypes.cast(text_object, self.raw.FPDF_PAGEOBJECT)
            self.raw.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
            known = self.raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
            self.sizes[text_object] = size.value * (hypot(matrix.b, matrix.d) if known else 1.0)
        return self.sizes[text_object]

    def _level(self, found: Words, bare: list[int], glyphs: list[int]) -> None:
        """Give words whose font does not say how high its letters are boxes as high as those of other fonts."""
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in bare:
            size = self._size(found.objects[at])
            if not size or not self.raw.FPDFText_GetCharOrigin(
                self.handle, glyphs[at], ctypes.byref(x), ctypes.byref(y)
            ):
                continue
            over, under = _OVER * size, _UNDER * size
            box = found.boxes[at]
            turn = int(found.turns[at])
            if turn in (0, 2):
                box[1], box[3] = (y.value + over, y.value - under) if turn == 0 else (y.value + under, y.value - over)
            else:
                box[0], box[2] = (x.value - over, x.value + under) if turn == 1 else (x.value - under, x.value + over)

    def _changing(self, objects: list[int | None], glyphs: list[int]) -> npt.NDArray[np.bool_]:
        """Which words end in letters of another size than they begin in."""
        ends = map(self.door.text_object, [self.page] * len(glyphs), glyphs)
        return np.array(
            [
                first != last
                and min(self._size(first), self._size(last)) < SMALLER * max(self._size(first), self._size(last))
                for first, last in zip(objects, ends, strict=True)
            ]
        )

    def _is_bold(self, font: int) -> bool:
        name = ctypes.create_string_buffer(96)
        self.door.font_name(font, name, 96)
        return bool(_BOLD.search(name.value))

    def _is_broken(self, glyphs: list[int], texts: list[str]) -> bool:
        """Whether most letters of the page lie where every font has its own, or are not known and make no sense."""
        some = glyphs[:: max(1, len(glyphs) // _SAMPLE)]
        private = unknown = 0
        letters = [self.raw.FPDFText_GetUnicode(self.handle, at) for at in some] if self.shifted else self.codes[some]
        mapped = map(self.door.unmapped, repeat(self.page), some)
        for letter, wrong in zip(letters, mapped, strict=True):
            foreign = 0xE000 <= letter <= 0xEFFF or letter in (0, 0xFFFD)
            private += foreign
            unknown += foreign or wrong == 1
        if len(some) <= 4 or 2 * unknown <= len(some):
            return False
        return 2 * private > len(some) or not makes_sense(texts)

    def _mend(
        self,
        found: Words,
        starts: npt.NDArray[np.int64],
        stops: npt.NDArray[np.int64],
        uneven: npt.NDArray[np.bool_],
    ) -> None:
        """Part the words whose letters are not of one size, or stand apart."""
        upright = found.turns % 2 == 0
        high = np.where(upright, found.boxes[:, 1] - found.boxes[:, 3], found.boxes[:, 2] - found.boxes[:, 0])
        wide = np.where(upright, found.boxes[:, 2] - found.boxes[:, 0], found.boxes[:, 1] - found.boxes[:, 3])
        letters = stops - starts
        loose = (letters > 1) & (wide > _WIDEST_LETTER * letters * np.maximum(high, 1.0))
        odd = [
            at
            for at in ((letters > 1) & (uneven | loose) & upright).nonzero()[0].tolist()
            if loose[at] or _DIGIT.search(found.texts[at])
        ]
        several: dict[int, list[tuple[str, Area, int]]] = {}
        for at in odd[:_MOST_ODD]:
            parts = self._parts(int(starts[at]), int(stops[at]))
            found.texts[at] = parts[0][0]
            if len(parts) > 1:
                several[at] = parts
        if not several:
            return
        found.kept([at for at in range(len(starts)) for _ in several.get(at, [None])])
        place = 0
        for at in range(len(starts)):
            for text, box, _ in several.get(at, []):
                found.texts[place], found.boxes[place] = text, box
                place += 1
            place += at not in several

    def _parts(self, start: int, end: int) -> list[tuple[str, Area, int]]:
        """The words that the letters of a word make."""
        glyphs = [self.glyph(place) for place in range(start, end)]
        boxes = [(left, top, right, bottom) for left, top, right, bottom in self.boxes(glyphs).tolist()]
        objects = map(self.door.text_object, [self.page] * len(glyphs), glyphs)
        sizes = [self._size(one) for one in objects]
        return letters_of(self.text[start:end], boxes, sizes if all(sizes) else [box[1] - box[3] for box in boxes])


def _led(text: str) -> list[tuple[str, int]]:
    """A word and the dots that lead on from it to the next, each with its place.

    >>> _led("Revenue......12")
    [('Revenue', 0), ('......', 7), ('12', 13)]
    """
    return [(found[0], found.start()) for found in _LED.finditer(text)]


def _heights(
    turns: npt.NDArray[np.int64], first: npt.NDArray[np.float32], last: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """How high the first and the last letters of words are."""
    upright = turns % 2 == 0
    high = [np.where(upright, box[:, 1] - box[:, 3], box[:, 2] - box[:, 0]) for box in (first, last)]
    return high[0], high[1]


def _united(first: npt.NDArray[np.float32], last: npt.NDArray[np.float32]) -> Floats:
    """The boxes around first and last glyphs."""
    least, most = np.minimum(first, last), np.maximum(first, last)
    return np.stack((least[:, 0], most[:, 1], most[:, 2], least[:, 3]), axis=1).astype(np.float64)


def _whole(text: str) -> str:
    """A word whose large letters came in halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
