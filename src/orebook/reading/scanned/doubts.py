"""Doubtful numbers of a page, looked at a second time, larger and each on a line of its own.

A sign or a decimal point that was lost is not made good by any rule: only the picture is asked again. Where the two
looks differ, the number stays doubtful, whichever of the two is kept.
"""

import re
from collections.abc import Sequence

import numpy as np

from orebook.reading.scanned.level import HEIGHT, Level
from orebook.reading.scanned.pictures import Grey, resized
from orebook.reading.scanned.tesseract import Seen, recognised

DOUBT = 0.85
"""Of seven thousand words of test scans, a fiftieth was seen less surely, among them most of those that were wrong."""
_LARGER = 36 / HEIGHT
_MARGIN = 3
_MOST = 200
_BETTER = 0.1
_STILL_DOUBTFUL = 0.8
_PERHAPS = re.compile(r"(?=.*\d)\S{1,12}")
_NUMBER = re.compile(r"[^\w]*\d[\d.,:;'()%-]*[^\w]*")


def is_doubtful(word: Seen) -> bool:
    """Whether a word is a number, or may be one, and the program is not sure of it.

    >>> is_doubtful(Seen(0, 0, 9, 9, "5:2", 0.7, 0)), is_doubtful(Seen(0, 0, 9, 9, "5.2", 0.96, 0))
    (True, False)
    """
    return word.sure < DOUBT and _PERHAPS.fullmatch(word.text) is not None


def looked_at_again(page: Level, seen: Sequence[Seen]) -> list[Seen]:
    """The words of a page, the doubtful numbers among them after a second look."""
    found = list(seen)
    doubtful = [at for at, word in enumerate(found) if is_doubtful(word)][:_MOST]
    pieces = [(at, piece) for at in doubtful if (piece := _cut(page, found[at])).size]
    if not pieces:
        return found
    pitch = 2 * max(len(piece) for _, piece in pieces)
    sheet = np.full((pitch * len(pieces) + pitch, max(piece.shape[1] for _, piece in pieces) + pitch), 255, np.uint8)
    for row, (_, piece) in enumerate(pieces):
        top = pitch * row + pitch // 2
        sheet[top : top + piece.shape[0], pitch // 2 : pitch // 2 + piece.shape[1]] = piece
    scale = page.scale * _LARGER
    again: dict[int, list[Seen]] = {}
    for word in recognised(resized(sheet, scale)):
        row = int(((word.top + word.bottom) / 2 / scale - pitch / 4) // pitch)
        again.setdefault(row, []).append(word)
    for row, (at, _) in enumerate(pieces):
        found[at] = _weighed(found[at], again.get(row, []))
    return found


def _cut(page: Level, word: Seen) -> Grey:
    left, top, right, bottom = (int(side / page.scale) for side in word[:4])
    return page.grey[max(0, top - _MARGIN) : bottom + _MARGIN + 1, max(0, left - _MARGIN) : right + _MARGIN + 1]


def _weighed(first: Seen, again: Sequence[Seen]) -> Seen:
    """A word after two looks.

    >>> _weighed(Seen(0, 0, 9, 9, "55", 0.4, 0), [Seen(1, 1, 8, 8, "-55", 0.9, 0)])
    Seen(left=0, top=0, right=9, bottom=9, text='-55', sure=0.8, line=0)
    >>> _weighed(Seen(0, 0, 9, 9, "55", 0.4, 0), [Seen(1, 1, 8, 8, "55", 0.9, 0)]).sure
    0.9
    """
    text = "".join(word.text for word in again)
    sure = min((word.sure for word in again), default=0.0)
    if text == first.text:
        return first._replace(sure=max(sure, first.sure))
    if sure > first.sure + _BETTER and _NUMBER.fullmatch(text):
        return first._replace(text=text, sure=min(sure, _STILL_DOUBTFUL))
    return first
