"""Reading frames: from the coordinates of a file to those in which words run from left to right and lines downwards."""

from functools import partial
from math import isfinite
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orebook.ground.source import Box
from orebook.reading.paged.marks import Rule

_THIN = 2.2
"""Points: what is thinner is a rule, not a box."""
_THICK, _LONG = 4.5, 3.0
"""A thicker one is a rule if it is so many times as long."""
_SHORT = 4.0
_WHOLE = 0.98
"""A box as wide as this share of the page is its background."""


class Frame(NamedTuple):
    """The part of a page that is shown, in the file's coordinates, and its quarter turns clockwise."""

    shown: Box
    rotation: int

    def size(self, turn: int) -> tuple[float, float]:
        """Width and height in the reading frame of words that stand turned on the page as one sees it."""
        left, bottom, right, top = self.shown
        wide, high = abs(right - left), abs(top - bottom)
        return (wide, high) if (self.rotation - turn) % 2 == 0 else (high, wide)

    def turned(self, boxes: npt.NDArray[np.float64], turn: int) -> npt.NDArray[np.float64]:
        """Boxes of the file (left, top, right, bottom, y up) in the reading frame (y down)."""
        left, bottom, right, top = self.shown
        x0, y1, x1, y0 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
        direction = (self.rotation - turn) % 4
        if direction == 0:
            found = (x0 - left, top - y1, x1 - left, top - y0)
        elif direction == 1:
            found = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif direction == 2:
            found = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        else:
            found = (top - y1, right - x1, top - y0, right - x0)
        places = np.stack(found, axis=1)
        if not isfinite(places.sum()):
            places = np.nan_to_num(places)
        return np.asarray(places.round(2), dtype=np.float64)

    def rules(self, drawn: npt.NDArray[np.float64], turn: int) -> tuple[list[Rule], list[Rule]]:
        """The horizontal and the vertical rules that drawings make: thin ones, and the sides of boxes."""
        across: list[Rule] = []
        down: list[Rule] = []
        width, _ = self.size(turn)
        rule = partial(tuple.__new__, Rule)
        for left, top, right, bottom in self.turned(drawn, turn).tolist() if len(drawn) else ():
            wide, high = right - left, bottom - top
            if wide <= _THIN or (wide <= _THICK and high > _LONG * wide):
                down.extend([rule(((left + right) / 2, top, bottom))] if high > _SHORT else [])
            elif high <= _THIN or (high <= _THICK and wide > _LONG * high):
                across.extend([rule(((top + bottom) / 2, left, right))] if wide > _SHORT else [])
            elif wide > _SHORT and high > _SHORT and wide < width * _WHOLE:
                down += [rule((left, top, bottom)), rule((right, top, bottom))]
                across += [rule((top, left, right)), rule((bottom, left, right))]
        return across, down
