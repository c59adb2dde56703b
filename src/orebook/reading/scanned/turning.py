"""Which way up a page is: the way in which its letters make sense."""

from orebook.reading.scanned.level import Level, level
from orebook.reading.scanned.paper import whitened
from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.skew import levelness
from orebook.reading.scanned.tesseract import Seen, recognised, sense

_SENSE = 0.6
"""Letters that stand upright are recognised with more than this, those that do not with half of it."""
_PROMISING = 0.7
_FEW = 12
_SIDEWAYS = 0.8
_UPRIGHT, _LYING = (0, 2, 3, 1), (3, 1, 0, 2)
"""The quarter turns in the order in which they are likely, for lines that seem to lie level and that do not."""


def as_it_lies(grey: Grey, dots: float) -> tuple[Level, list[Seen]]:
    """A page that lies upright, made level, and its words; none where a sample of it makes little sense."""
    page = level(whitened(grey), dots)
    return page, recognised(page.large) if sense(recognised(page.sample)) >= _PROMISING else []


def upright(grey: Grey, dots: float) -> tuple[Level, list[Seen]]:
    """A page of so many dots a point as it makes most sense, made level, and the words that are recognised on it.

    A page that lies as most do is recognised once. If that makes no sense, a sample of it is looked at from every side.
    """
    grey = whitened(grey)
    turns = _LYING if levelness(grey) < _SIDEWAYS else _UPRIGHT
    best, seen = level(grey, dots, turns[0]), list[Seen]()
    if not turns[0]:
        seen = recognised(best.large)
        if sense(seen) >= _SENSE or len(seen) < _FEW:
            return best, seen
    most = sense(seen)
    for turn in turns[1:] if seen else turns:
        page = level(grey, dots, turn)
        found = sense(recognised(page.sample))
        if found > most:
            best, most, seen = page, found, []
        if found >= _SENSE:
            break
    return best, seen or recognised(best.large)
