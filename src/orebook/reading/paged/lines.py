"""Lines: words that stand side by side, and the stretches of a line that wide gaps part."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from orebook.ground import units
from orebook.reading.paged.marks import Mark

SAME_LINE = 0.45
"""Words whose middles lie within so many of their heights stand on one line."""
WIDE_GAP = 0.62
"""A gap of so many heights is wider than the blanks of justified prose."""
NUMBER_GAP = 0.42
"""Two numbers stand apart by less."""

OVER = 0.5
"""A word that lies with this share of its width on another is printed over it."""

_NUMBER = re.compile(
    r"[(<>~≈≥≤$€£]{0,3}(?:[A-Z]{0,3}[$€£])?\(?[-−–+]?[$€£]?\d[\d,]*\.?\d*[%x]?\)?%?"
    r"(?:[a-z%*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰⁽⁾]{1,3}|\(\d\))?"
)
_NOTHING = re.compile(r"-{1,3}|–|—|−|n/?a|nil|nd|tr|ns[varis]|bdl|x|\.|na|n\.a\.", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[ -./]?[A-Z][a-z]{2,8}\.?[ -./]?\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d"
)
_LONGEST_UNIT = 24
_COUNTED = frozenset("million billion thousand holes samples people pa p.a. per annum $ M$ k$ G$ M€".split())
_DIGIT = re.compile(r"\d")

_new = tuple.__new__
"""Makes a named tuple in a third of the time that its class takes; words and lines are many."""


@lru_cache(4096)
def is_number(text: str) -> bool:
    """Whether words are a number or a day as tables have them, or stand for one that is not there.

    >>> [is_number(text) for text in ("1,250", "(4.7)", "<0.01", "US$1.5 million", "–", "2.4 years", "Hole", "A-12")]
    [True, True, True, True, True, True, False, False]
    """
    said = text.replace(" ", "") if len(text) < 40 else ""
    if _NUMBER.fullmatch(said) or _NOTHING.fullmatch(said) or _DATE.fullmatch(text):
        return True
    number, _, unit = text.partition(" ")
    return bool(unit) and len(unit) < _LONGEST_UNIT and _NUMBER.fullmatch(number) is not None and _is_unit(unit)


@cache
def _is_unit(words: str) -> bool:
    """Whether words behind a number are what it is counted in."""
    said = units.spoken()
    return all(word in _COUNTED or word in said or units.known(word) for word in words.replace("US$", "").split())


class Segment(NamedTuple):
    """Words of a line without a wide gap between them."""

    left: float
    top: float
    right: float
    bottom: float
    marks: list[Mark]
    text: str = ""
    """The words with blanks between."""

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """Segments side by side."""

    top: float
    bottom: float
    segments: list[Segment]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self[2][0][0]

    @property
    def right(self) -> float:
        """Where it ends."""
        pieces = self[2]
        return pieces[0][2] if len(pieces) == 1 else max([piece[2] for piece in pieces])

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self[0] + self[1]) / 2

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self[1] - self[0]

    @property
    def marks(self) -> list[Mark]:
        """Its words from left to right."""
        pieces = self[2]
        return pieces[0][4] if len(pieces) == 1 else [mark for piece in pieces for mark in piece[4]]

    @property
    def text(self) -> str:
        """Its words with blanks between."""
        pieces = self[2]
        return pieces[0][5] if len(pieces) == 1 else " ".join([piece[5] for piece in pieces])


def segment_of(marks: list[Mark]) -> Segment:
    """The segment that some words make; raised and lowered letters do not move its top and bottom."""
    if len(marks) == 1:
        left, top, right, bottom, text, _, _ = marks[0]
        return _new(Segment, (left, top, right, bottom, marks, text))
    half = (len(marks) - 1) // 2
    lefts, tops, rights, bottoms, texts, _, _ = zip(*marks, strict=True)
    return _new(Segment, (lefts[0], sorted(tops)[half], max(rights), sorted(bottoms)[half], marks, " ".join(texts)))


def _twice_middle(mark: Mark) -> float:
    return mark[1] + mark[3]


def rows_of_marks(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Words grouped by line, from left to right in each."""
    many = sorted(marks, key=_twice_middle)
    begins = row_ends([mark[1] + mark[3] for mark in many], [mark[3] - mark[1] for mark in many])
    return [sorted(many[begin:end]) for begin, end in pairwise([*begins, len(many)])]


def row_ends(twice: Sequence[float], heights: Sequence[float]) -> list[int]:
    """At which words a row begins, from twice their middles, which must rise, and their heights.

    >>> row_ends([20, 21, 44], [10, 10, 10])
    [0, 2]
    """
    begins: list[int] = []
    count, middle, high = 0, 0.0, 0.0
    for at, (place, height) in enumerate(zip(twice, heights, strict=True)):
        if count and place - middle < 2 * SAME_LINE * (high if high < height else max(3.0, height)):
            count += 1
            middle += (place - middle) / count
            if height > high:
                high = height
        else:
            begins.append(at)
            count, middle, high = 1, place, max(height, 3.0)
    return begins


def printed_once(row: list[Mark]) -> list[list[Mark]]:
    """Words of a line; those that are printed over others come after them."""
    reach, over = row[0][2], None
    for at in range(1, len(row)):
        mark = row[at]
        if mark[0] < reach - OVER * (mark[2] - mark[0]) and mark[0] < reach - OVER * (mark[3] - mark[1]):
            over = at
            break
        reach = max(reach, mark[2])
    if over is None:
        return [row]
    below, above = row[:over], [row[over]]
    for mark in row[over + 1 :]:
        (below if mark[0] >= below[-1][2] - 1 else above).append(mark)
    return [below, above]


def are_apart(before: Mark, mark: Mark) -> bool:
    """Whether two words that are no wide gap apart are two numbers."""
    return is_number(mark[4]) and is_number(before[4]) and _DIGIT.search(mark[4]) is not None


def segments_of(row: list[Mark]) -> list[Segment]:
    """The segments of the words of one line; words that are printed over others come after them."""
    found: list[Segment] = []
    begin, reach, over = 0, row[0][2], False
    for at in range(1, len(row)):
        mark = row[at]
        gap, height = mark[0] - reach, mark[3] - mark[1]
        over = over or (gap < -OVER * height and gap < -OVER * (mark[2] - mark[0]))
        if gap > NUMBER_GAP * height and (gap > WIDE_GAP * height or are_apart(row[at - 1], mark)):
            found.append(segment_of(list(row[begin:at])))
            begin, reach = at, mark[2]
        elif mark[2] > reach:
            reach = mark[2]
    found.append(segment_of(list(row[begin:])))
    parts = printed_once(row) if over else [row]
    return [piece for part in parts for piece in segments_of(part)] if len(parts) > 1 else found


def segments(marks: Iterable[Mark]) -> list[Segment]:
    """The segments of all words, line by line."""
    return [segment for row in rows_of_marks(marks) for segment in segments_of(row)]


def lines(pieces: Iterable[Segment]) -> list[Line]:
    """Segments grouped into lines, from the top down."""
    found: list[Line] = []
    group: list[Segment] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=_place):
        _, upper, _, lower, _, _ = piece
        if group and upper + lower - top - bottom < 2 * SAME_LINE * min(lower - upper, bottom - top):
            group.append(piece)
            top, bottom = min(top, upper), max(bottom, lower)
            continue
        if group:
            found.append(_new(Line, (top, bottom, sorted(group) if len(group) > 1 else group)))
        group, top, bottom = [piece], upper, lower
    if group:
        found.append(_new(Line, (top, bottom, sorted(group))))
    return found


def _place(piece: Segment) -> tuple[float, float]:
    return piece[1] + piece[3], piece[0]
