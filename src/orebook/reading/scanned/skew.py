"""Skew: by how much the lines of a scanned page lean."""

import math

import numpy as np
import numpy.typing as npt

from orebook.reading.scanned.pictures import Grey

INK = 170
"""A pixel is ink below this grey."""
_COARSE, _FINE = 0.25, 0.05
_MOST = 4.0
_STRIP = 8


def skew(grey: Grey) -> float:
    """By how many degrees a page must be turned counterclockwise for its lines to lie level.

    Under every angle the ink of each row is added up; where the lines lie level, rows full of ink stand next to empty
    ones, so the sum of the squared differences of neighbours is greatest. Angles up to four degrees either way are
    tried.

    >>> page = np.full((400, 400), 255, dtype=np.uint8)
    >>> for x in range(400):
    ...     page[200 - x // 40 : 204 - x // 40, x] = 0
    >>> skew(page)
    -1.35
    """
    strips, places = _strips(grey)
    if not strips.any():
        return 0.0
    coarse = _best(strips, places, np.arange(-_MOST, _MOST + _FINE / 2, _COARSE))
    return _best(strips, places, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE))


def levelness(grey: Grey) -> float:
    """How much more the ink of a page gathers in rows than in columns: above one for lines of text that lie level."""
    ink = np.clip(INK - grey.astype(np.int16), 0, None)
    rows, columns = ink.sum(axis=1, dtype=np.float64), ink.sum(axis=0, dtype=np.float64)
    across = float((np.diff(rows) ** 2).sum()) / max(1, grey.shape[1])
    down = float((np.diff(columns) ** 2).sum()) / max(1, grey.shape[0])
    return float(across / max(1e-9, down))


def _strips(grey: Grey) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.floating]]:
    """The ink of a page at half its size, added up in upright strips; and how far each strip is from the middle."""
    height, width = grey.shape[0] // 2 * 2, grey.shape[1] // (2 * _STRIP) * 2 * _STRIP
    if not height or not width:
        return np.zeros((1, 1), dtype=np.float32), np.zeros(1)
    ink = np.clip(INK - grey[:height, :width].astype(np.int16), 0, None)
    summed = ink.reshape(height // 2, 2, width // (2 * _STRIP), 2 * _STRIP).sum(axis=(1, 3), dtype=np.float32)
    strips: npt.NDArray[np.float32] = np.ascontiguousarray(summed.T)
    count = len(strips)
    return strips, (np.arange(count) + 0.5 - count / 2) * _STRIP


def _best(strips: npt.NDArray[np.float32], places: npt.NDArray[np.floating], angles: npt.NDArray[np.float64]) -> float:
    """The angle, of some, under which the rows differ most; the smallest of equals."""
    height = strips.shape[1]
    found, best = 0.0, -1.0
    for angle in sorted(angles.tolist(), key=lambda angle: (abs(angle), angle)):
        shifts = np.rint(-math.tan(math.radians(angle)) * places).astype(int)
        shifts -= shifts.min()
        rows = np.zeros(height + int(shifts.max()), dtype=np.float64)
        for strip, shift in zip(strips, shifts.tolist(), strict=True):
            rows[shift : shift + height] += strip
        score = float((np.diff(rows) ** 2).sum())
        if score > best * (1 + 1e-9):
            found, best = angle, score
    return round(found, 2) + 0.0
