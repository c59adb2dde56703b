"""Geomagnetism: where a compass points, after the International Geomagnetic Reference Field. The one door to ppigrf."""

from datetime import date, datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from orebook.ground.needs import need

Floats = NDArray[np.float64]

MODEL = "IGRF-14"

FIRST, LAST = date(1900, 1, 1), date(2030, 1, 1)
"""Days between which this generation of the reference field holds; after the first day of 2025 it is a forecast."""

EPOCH = 5
"""Years from one set of coefficients to the next: between two sets every coefficient, and so the field, is linear."""


CHUNK = 4096
"""Points that are looked up at a time: the expansion holds some two hundred numbers for each."""


def covers(day: date) -> bool:
    """Whether the reference field holds on a day.

    >>> covers(date(2020, 8, 14)), covers(date(1899, 12, 31))
    (True, False)
    """
    return FIRST <= day <= LAST


def declination(longitude: ArrayLike, latitude: ArrayLike, height: ArrayLike, day: ArrayLike | date) -> Floats:
    """Magnetic declination at points, each on its day: degrees from true north to compass north, clockwise positive.

    Longitude and latitude in degrees, height in metres above the ellipsoid; heights above the sea serve as well, for a
    hundred metres change nothing that a compass shows. Days are dates or ``datetime64``. All four are broadcast. Raises
    ``ValueError`` for a day that the field does not cover.

    >>> declination([-63.9324, 0.0], [55.3458, 80.0], [540.0, 0.0], date(2020, 8, 14)).round(1).tolist()
    [-21.0, -1.0]
    """
    days = np.asarray(day, dtype="datetime64[D]")
    if outside := [each for each in np.unique(days).tolist() if each is None or not covers(each)]:
        raise ValueError(f"{MODEL} holds from {FIRST} to {LAST}, not on {outside[0]}")
    east, north, up, when = np.broadcast_arrays(*(np.asarray(a, float) for a in (longitude, latitude, height)), days)
    if not when.size:
        return np.empty(when.shape)
    lower = np.minimum(when.astype("datetime64[Y]").astype(np.int64) + 1970, LAST.year - 1) // EPOCH * EPOCH
    field = np.zeros((2, *when.shape))
    for first in np.unique(lower).tolist():
        among = lower == first
        start, end = (np.datetime64(f"{year}-01-01") for year in (first, first + EPOCH))
        share = (when[among] - start) / (end - start)
        before, after = _horizontal(east[among], north[among], up[among], first)
        field[:, among] = before * (1.0 - share) + after * share
    return np.asarray(np.degrees(np.arctan2(field[0], field[1])), dtype=np.float64)


def _horizontal(longitude: Floats, latitude: Floats, height: Floats, first: int) -> tuple[Floats, Floats]:
    """East and north parts of the field in nanotesla, at the epoch of a year and at the next: each (2, points)."""
    ppigrf = need("ppigrf", extra="geo")
    moments = [datetime(first, 1, 1), datetime(first + EPOCH, 1, 1)]
    parts = []
    for start in range(0, len(longitude), CHUNK):
        few = slice(start, start + CHUNK)
        parts.append(ppigrf.igrf(longitude[few], latitude[few], height[few] / 1000.0, moments)[:2])
    east, north = (np.concatenate(part, axis=1) for part in zip(*parts, strict=True))
    return np.stack([east[0], north[0]]), np.stack([east[1], north[1]])
