"""Doubtful numbers of a page, looked at twice more, larger and each on a line of its own.

A sign or a decimal point that was lost is not made good by any rule: only the picture is asked again. Where the looks
differ, the number stays doubtful, whichever of them is kept.
"""

import re
from collections.abc import Sequence

import numpy as np

from orebook.reading.scanned.level import HEIGHT, Level
from orebook.reading.scanned.pictures import Grey, resized
from orebook.reading.scanned.tesseract import Seen, UnrecognisedError, recognised

DOUBT = 0.85
"""Of seven thousand words of test scans a fiftieth was seen less surely, among them most of those that were wrong."""
_SURE = 0.96
"""So sure one must be of a number that has fewer letters than pieces of ink: it may have lost its sign or its point."""
_LARGER = (36 / HEIGHT, 44 / HEIGHT)
_MARGIN = 3
_MOST = 200
_HIGHEST = 2.5
"""Lines of letters: what is higher is a drawing."""
_STILL_DOUBTFUL = 0.8
_DARK = 128
_NUMBER = re.compile(r"[^\w]*\d[\d.,:;'()%-]*[^\w]*")
_PERHAPS = re.compile(r"(?=.*\d)\S{1,12}")


def is_doubtful(word: Seen, page: Level) -> bool:
    """Whether a word of a page is a number, or may be one, that must be looked at again."""
    if word.sure < DOUBT:
        return _PERHAPS.fullmatch(word.text) is not None
    return word.sure < _SURE and _NUMBER.fullmatch(word.text) is not None and _pieces(word, page) > len(word.text)


def looked_at_again(page: Level, seen: Sequence[Seen]) -> list[Seen]:
    """The words of a page, the doubtful numbers among them after two more looks."""
    found = list(seen)
    highest = _HIGHEST * HEIGHT
    doubtful = [at for at, word in enumerate(found) if word.bottom - word.top < highest and is_doubtful(word, page)][
        :_MOST
    ]
    if not doubtful:
        return found
    pieces = [_cut(page, found[at]) for at in doubtful]
    try:
        looks = [_looked_at(pieces, page.scale * larger) for larger in _LARGER]
    except UnrecognisedError:
        return found
    for at, second, third in zip(doubtful, *looks, strict=True):
        found[at] = weighed(found[at], second, third, _pieces(found[at], page))
    return found


def weighed(first: Seen, second: Seen, third: Seen, pieces: int) -> Seen:
    """A number after three looks; ``pieces`` is how many pieces of ink it has.

    The reading is kept that leaves the fewest pieces without a letter, then that which was seen most often, most
    surely. What all looks saw is as sure as the surest of them; anything else stays doubtful.

    >>> looks = ("55", 0.4), ("-55", 0.9), ("55", 0.7)
    >>> first, second, third = (Seen(0, 0, 9, 9, text, sure, 0) for text, sure in looks)
    >>> weighed(first, second, third, 3)
    Seen(left=0, top=0, right=9, bottom=9, text='-55', sure=0.8, line=0)
    >>> weighed(first, third, third, 2).sure
    0.7
    """
    looks = [first, *(look for look in (second, third) if _takes_its_place(look.text))]
    texts = [look.text for look in looks]

    def merit(look: Seen) -> tuple[int, int, float]:
        return min(0, len(look.text) - pieces), texts.count(look.text), look.sure

    best = max(looks, key=merit)
    alike = texts.count(best.text) == len((first, second, third)) and len(best.text) >= pieces
    sure = max(look.sure for look in looks) if alike else min(best.sure, _STILL_DOUBTFUL)
    return first._replace(text=best.text, sure=sure)


def _takes_its_place(text: str) -> bool:
    """Whether another look at what may be a number gives a number, or a plain word."""
    return _NUMBER.fullmatch(text) is not None or text.strip("()").isalpha()


def _pieces(word: Seen, page: Level) -> int:
    """How many pieces of ink a word has, from left to right: as many as letters, unless some touch."""
    ink = (_cut(page, word, 1) < _DARK).any(axis=0)
    return int(np.count_nonzero(np.diff(ink.astype(np.int8), prepend=0) == 1))


def _cut(page: Level, word: Seen, margin: int = _MARGIN) -> Grey:
    left, top, right, bottom = (int(side / page.scale) for side in word[:4])
    high, wide = slice(max(0, top - margin), bottom + margin + 1), slice(max(0, left - margin), right + margin + 1)
    return page.grey[high, wide]


def _looked_at(pieces: Sequence[Grey], scale: float) -> list[Seen]:
    """What is seen on each of some pieces of a page, put one below the other on a page of their own."""
    pitch = 2 * max(len(piece) for piece in pieces)
    margin = pitch // 2
    sheet = np.full((pitch * len(pieces) + margin, max(piece.shape[1] for piece in pieces) + pitch), 255, np.uint8)
    for row, piece in enumerate(pieces):
        top = pitch * row + margin
        sheet[top : top + piece.shape[0], margin : margin + piece.shape[1]] = piece
    rows: list[list[Seen]] = [[] for _ in pieces]
    for word in recognised(resized(sheet, scale)):
        row = int(((word.top + word.bottom) / 2 / scale - pitch / 4) // pitch)
        rows[min(max(row, 0), len(rows) - 1)].append(word)
    return [
        Seen(0, 0, 0, 0, "".join(word.text for word in row), min((word.sure for word in row), default=0.0), 0)
        for row in rows
    ]
