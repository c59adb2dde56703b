"""A page made fit to be recognised: its lines level, its rules gone, its letters of the usual height."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orebook.reading.scanned.grounds import Area, filled_areas, side_by_side, without_grounds
from orebook.reading.scanned.height import letter_height
from orebook.reading.scanned.pictures import Grey, resized, turned
from orebook.reading.scanned.ruling import Line, without_rules
from orebook.reading.scanned.skew import INK, skew

HEIGHT = 31
"""Pixels: a line of letters of this height is recognised best; 10 points at 300 dots an inch."""
_WITHIN = 1.35
_DOTS, _FINE = 260 / 72, 360 / 72
"""A point: so many dots are enough, and up to so many are left as they are."""
_LEAST, _MOST = 0.4, 5.0
_SAMPLE = 6
_GAP = 12.0
"""Points: between the filled cells of a table."""
_MOST_PIXELS, _LONGEST = 40_000_000, 32_000
"""What Tesseract takes in."""


@dataclass(frozen=True, slots=True)
class Level:
    """A page that was turned by quarters, made level and freed of its rules, and how it was.

    ``turn`` is how many quarter turns clockwise its words stood turned, ``lean`` by how many degrees clockwise its
    lines leaned; ``scale`` is how much larger it must be for its letters to be recognised best.
    """

    grey: Grey
    turn: int
    lean: float
    across: Sequence[Line]
    down: Sequence[Line]
    scale: float

    @property
    def large(self) -> Grey:
        """The page with its letters of the height that is recognised best."""
        return resized(self.grey, self.scale)

    @property
    def sample(self) -> Grey:
        """The same of a sixth of the page: where there is most ink."""
        height = len(self.grey)
        band = height // _SAMPLE
        if band < 4 * HEIGHT / self.scale:
            return self.large
        ink = np.concatenate(([0], np.cumsum((self.grey < INK).sum(axis=1))))
        first = int(np.argmax(ink[band:] - ink[:-band]))
        return resized(self.grey[first : first + band], self.scale)


def level(grey: Grey, dots: float, turn: int = 0) -> Level:
    """Make a page of so many dots a point level, whose words stand turned clockwise by so many quarter turns."""
    page = np.ascontiguousarray(np.rot90(grey, turn)) if turn else grey
    lean = skew(page)
    page = turned(page, lean)
    areas = filled_areas(page, dots)
    ruled = without_rules(without_grounds(page, areas), dots)
    across, down = list(ruled.across), list(ruled.down)
    for area in side_by_side(areas, _GAP * dots):
        left, top, right, bottom = area
        down = [_through(line, area, ruled.grey, dots) for line in down]
        across += [Line(top, left, right, 1), Line(bottom, left, right, 1)]
        down += [Line(left, top, bottom, 1), Line(right, top, bottom, 1)]
    return Level(ruled.grey, turn, lean, sorted(across), sorted(down), _scale(ruled.grey, dots))


def _through(line: Line, area: Area, grey: Grey, dots: float) -> Line:
    """An upright line that ends at a filled area goes on through it, where it would cross no letters."""
    near = round(2 * dots)
    if not area.left + near < line.at < area.right - near:
        return line
    above, below = abs(line.start - area.bottom) <= near, abs(line.end - area.top) <= near
    within = grey[area.top : area.bottom, int(line.at) - 1 : int(line.at) + 2]
    if not (above or below) or (within < INK).any():
        return line
    return line._replace(start=area.top) if above else line._replace(end=area.bottom)


def _scale(grey: Grey, dots: float) -> float:
    """How much larger a page of so many dots a point must be: as for a usual print, unless its letters are far from it.

    A line of figures is a quarter lower than one of letters, so what lies within a quarter says nothing.
    """
    height = letter_height(grey)
    scale = 1.0 if _DOTS < dots < _FINE else _DOTS / dots
    if height:
        scale = min(max(scale, HEIGHT / height / _WITHIN), HEIGHT / height * _WITHIN)
    scale = min(_MOST, max(_LEAST, scale), (_MOST_PIXELS / max(1, grey.size)) ** 0.5, _LONGEST / max(grey.shape))
    return 1.0 if 0.95 < scale < 1.05 else round(scale, 3)
