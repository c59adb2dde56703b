"""The height of the letters on a level page, which says how much it must be enlarged before it is recognised."""

import numpy as np
import numpy.typing as npt

from orebook.reading.scanned.pictures import Grey
from orebook.reading.scanned.skew import INK

_STRIPS = 24
_LEAST, _MOST = 4, 200
"""Pixels: lower bands are specks, higher ones pictures."""


def letter_height(grey: Grey) -> float:
    """The usual height in pixels of a line of letters, from the top of the tall to the foot of the long; 0 for none.

    In upright strips of the page, a run of rows with ink between rows without is a piece of a line.

    >>> page = np.full((200, 240), 255, dtype=np.uint8)
    >>> for top in range(20, 180, 40):
    ...     page[top : top + 12, 10:230] = 0
    >>> letter_height(page)
    12.0
    """
    height, width = grey.shape
    strip = max(1, width // _STRIPS)
    count = width // strip
    ink = (grey[:, : count * strip] < INK).reshape(height, count, strip).max(axis=2)
    tall = _bands(ink)
    tall = tall[(tall >= _LEAST) & (tall <= _MOST)]
    if not tall.size:
        return 0.0
    # Every band counts as much as it is high, so that dots and dashes do not outweigh letters.
    tall = np.sort(tall)
    weight = np.cumsum(tall)
    return float(tall[int(np.searchsorted(weight, weight[-1] / 2))])


def _bands(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The lengths of the runs of rows with ink, in all strips."""
    edged = np.zeros((ink.shape[1], ink.shape[0] + 1), dtype=np.int8)
    edged[:, :-1] = ink.T
    steps = np.diff(edged.ravel(), prepend=np.int8(0))
    return np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1)
