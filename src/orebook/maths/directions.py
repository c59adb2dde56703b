"""Directions: unit vectors east, north, up from azimuth and dip, and back; the angle between two of them.

Azimuth is in degrees clockwise from north, dip in degrees above the horizontal, so that down is negative.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from orebook.maths.compiled import bare, each, side_by_side

Floats = NDArray[np.float64]


def sine_cosine(degrees: ArrayLike) -> tuple[Floats, Floats]:
    """Sine and cosine of angles in degrees, exact at every quarter of a turn.

    >>> [part.tolist() for part in sine_cosine([0.0, 90.0, 180.0, 270.0])]
    [[0.0, 1.0, 0.0, -1.0], [1.0, 0.0, -1.0, 0.0]]
    """
    angle = np.ascontiguousarray(degrees, dtype=np.float64)
    sine, cosine = np.empty_like(angle), np.empty_like(angle)
    _sine_cosine(angle.reshape(-1), sine.reshape(-1), cosine.reshape(-1))
    return sine.reshape(np.shape(degrees))[()], cosine.reshape(np.shape(degrees))[()]


@bare
def _turned(degrees: float) -> tuple[float, float]:
    """Sine and cosine of one angle, brought within 45 degrees of a quarter turn: there nine terms leave nothing out."""
    quarter = np.rint(degrees / 90.0)
    angle = (degrees - 90.0 * quarter) * (np.pi / 180.0)
    x, turn = angle * angle, quarter - 4.0 * np.floor(quarter / 4.0)
    s, c = 1.0, 1.0
    for n in range(9, 0, -1):
        s = 1.0 - s * x / (2.0 * n * (2.0 * n + 1.0))
        c = 1.0 - c * x / (2.0 * n * (2.0 * n - 1.0))
    s *= angle
    odd = turn == 1.0 or turn == 3.0
    one, other = (c, s) if odd else (s, c)
    one, other = -one if turn >= 2.0 else one, -other if turn == 1.0 or turn == 2.0 else other
    return one + 0.0, other + 0.0  # no zero with a sign


@bare
def _sine_cosine(degrees: Floats, sine: Floats, cosine: Floats) -> None:
    for i in range(len(degrees)):
        sine[i], cosine[i] = _turned(degrees[i])


def unit_vectors(azimuth: ArrayLike, dip: ArrayLike) -> Floats:
    """Unit vectors (east, north, up), one a row, from azimuth and dip in degrees.

    A vertical direction is exactly vertical, whatever its azimuth. Source: handbook 3.1.

    >>> unit_vectors([90.0, 90.0], [-90.0, 0.0]).tolist()
    [[0.0, 0.0, -1.0], [1.0, 0.0, 0.0]]
    """
    one, other = np.broadcast_arrays(np.asarray(azimuth, dtype=np.float64), np.asarray(dip, dtype=np.float64))
    found = np.empty((*one.shape, 3))
    _unit_vectors(np.array(one).reshape(-1), np.array(other).reshape(-1), found.reshape(-1, 3))
    return found


@side_by_side
def _unit_vectors(azimuth: Floats, dip: Floats, found: Floats) -> None:
    for i in each(len(azimuth)):
        east, north = _turned(azimuth[i])
        up, level = _turned(dip[i])
        found[i, 0], found[i, 1], found[i, 2] = level * east + 0.0, level * north + 0.0, up


def azimuth_and_dip(vectors: Floats) -> tuple[Floats, Floats]:
    """Azimuth, from 0 up to but not 360, and dip of vectors of any length; a vertical one has the azimuth 0.

    >>> [angle.tolist() for angle in azimuth_and_dip(np.array([[-2.0, 0.0, 0.0], [0.0, 0.0, -1.0]]))]
    [[270.0, 0.0], [0.0, -90.0]]
    """
    east, north, up = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    azimuth = np.mod(np.degrees(np.arctan2(east, north)), 360.0)
    return np.where(azimuth == 360.0, 0.0, azimuth), np.degrees(np.arctan2(up, np.hypot(east, north)))


def angles_between(one: Floats, other: Floats) -> Floats:
    """Angles between unit vectors in degrees, true for the smallest and for the widest.

    The arc tangent of half difference and half sum keeps the digits that an arc cosine loses near 0 and 180 degrees,
    and is never undefined. Source: handbook 3.1.

    >>> float(angles_between(unit_vectors(0.0, 0.0), unit_vectors(1e-7, 0.0)))
    1e-07
    """
    apart = np.linalg.norm(other - one, axis=-1)
    together = np.linalg.norm(other + one, axis=-1)
    return np.asarray(np.degrees(2.0 * np.arctan2(apart, together)), dtype=np.float64)
