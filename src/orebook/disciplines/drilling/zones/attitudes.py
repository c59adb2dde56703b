"""Attitudes of planes: from oriented core to dip and dip direction, strike and dip direction, and compass words.

In core, ``alpha`` is the angle between a plane and the core axis, 0 along it to 90 square to it. ``beta`` is the angle
around the core, clockwise looking down the hole, from the orientation line to the point where the plane reaches
farthest down the hole. The orientation line runs along the bottom of the core, or along its top where that is usual.
"""

from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from orebook.maths.directions import unit_vectors
from orebook.maths.planes import attitudes, normals

Floats = NDArray[np.float64]
Line = Literal["bottom", "top"]

STEEPEST = 89.0
"""Beyond this dip of a hole its core has no bottom: what lies lowest is chance."""

_WINDS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
_LETTERS = {"north": "N", "south": "S", "east": "E", "west": "W"}


def towards(word: str) -> float:
    """The direction of a compass word, in degrees clockwise from north.

    >>> towards("northwest"), towards("NNE"), towards("south-west")
    (315.0, 22.5, 225.0)
    >>> towards("up")
    Traceback (most recent call last):
        ...
    ValueError: no direction is called 'up'; write one of the sixteen winds, such as 'northwest' or 'NW'
    """
    said = word.lower()
    for wind, letter in _LETTERS.items():
        said = said.replace(wind, letter)
    letters = said.upper().replace("-", "").replace(" ", "")
    if letters not in _WINDS:
        raise ValueError(
            f"no direction is called {word!r}; write one of the sixteen winds, such as 'northwest' or 'NW'"
        )
    return _WINDS.index(letters) * 22.5


def strike(dip_direction: float) -> float:
    """Strike by the right-hand rule: the plane dips to the right of who looks along it. Degrees from north.

    >>> strike(315.0), strike(45.0)
    (225.0, 315.0)
    """
    return (dip_direction - 90.0) % 360.0


def dip_direction(strike: float) -> float:
    """Dip direction of a plane, from its strike by the right-hand rule. Degrees from north.

    >>> dip_direction(225.0), dip_direction(315.0)
    (315.0, 45.0)
    """
    return (strike + 90.0) % 360.0


def plane_from_core(
    alpha: ArrayLike, beta: ArrayLike, azimuth: ArrayLike, dip: ArrayLike, *, line: Line
) -> tuple[Floats, Floats]:
    """Dip and dip direction of planes measured in oriented core; ``azimuth`` and ``dip`` are those of the hole there.

    ``n = sin α · T − cos α · E``: T runs down the hole, E from the axis to where the plane reaches farthest down it.
    NaN where a number is missing, or where the hole is too steep to have a bottom line. Degrees throughout.

    >>> found = plane_from_core(60.0, 0.0, 90.0, -60.0, line="bottom")
    >>> [round(float(value[0]), 4) for value in found]
    [60.0, 270.0]
    """
    axis, bottom, side = _core(azimuth, dip, line)
    tilt, turn = (np.radians(np.asarray(angle, dtype=float))[..., None] for angle in (alpha, beta))
    farthest = bottom * np.cos(turn) + side * np.sin(turn)
    return attitudes(np.sin(tilt) * axis - np.cos(tilt) * farthest)


def core_from_plane(
    plane_dip: ArrayLike, plane_direction: ArrayLike, azimuth: ArrayLike, dip: ArrayLike, *, line: Line
) -> tuple[Floats, Floats]:
    """Alpha and beta at which oriented core shows a plane: the way back from ``plane_from_core``.

    >>> found = core_from_plane(60.0, 270.0, 90.0, -60.0, line="bottom")
    >>> [round(float(value[0]), 4) for value in found]
    [60.0, 0.0]
    """
    axis, bottom, side = _core(azimuth, dip, line)
    normal = np.atleast_2d(normals(plane_dip, plane_direction))
    sine = np.sum(normal * axis, axis=-1)
    normal = np.where(sine[..., None] < 0.0, -normal, normal)
    alpha = np.degrees(np.arcsin(np.clip(np.abs(sine), 0.0, 1.0)))
    beta = np.degrees(np.arctan2(-np.sum(normal * side, axis=-1), -np.sum(normal * bottom, axis=-1)))
    return alpha, np.where(beta < -1e-9, beta + 360.0, np.maximum(beta, 0.0))


def _core(azimuth: ArrayLike, dip: ArrayLike, line: Line) -> tuple[Floats, Floats, Floats]:
    """Down the hole, towards the orientation line, and a quarter turn on from it, clockwise looking down the hole."""
    if line not in ("bottom", "top"):
        raise ValueError(f"no orientation line is called {line!r}; it runs along the 'bottom' or the 'top' of the core")
    axis = np.atleast_2d(unit_vectors(azimuth, dip))
    down = np.array([0.0, 0.0, -1.0])
    lowest = down - np.sum(axis * down, axis=-1, keepdims=True) * axis
    size = np.linalg.norm(lowest, axis=-1, keepdims=True)
    flat = size > np.cos(np.radians(STEEPEST))
    bottom = np.where(flat, lowest / np.where(flat, size, 1.0), np.nan)
    bottom = bottom if line == "bottom" else -bottom
    return axis, bottom, np.cross(axis, bottom)


def with_attitudes(structures: pl.DataFrame, *, azimuth: pl.Series, dip: pl.Series, line: Line) -> pl.DataFrame:
    """Structures with the dip and dip direction of each plane, computed from alpha and beta where they were not given.

    ``azimuth`` and ``dip`` are the hole's direction at each row. ``attitude_basis`` says where an attitude comes from:
    ``measured``, ``oriented core``, or why there is none: ``no angles``, ``no direction`` of the hole there,
    ``steep hole``.

    >>> planes = pl.DataFrame({"hole": ["A"], "depth_m": [50.0], "alpha_deg": [60.0], "beta_deg": [0.0]})
    >>> found = with_attitudes(planes, azimuth=pl.Series([90.0]), dip=pl.Series([-60.0]), line="bottom")
    >>> found.select(pl.col("dip_deg", "dip_direction_deg").round(4), "attitude_basis").row(0)
    (60.0, 270.0, 'oriented core')
    """
    given = [_column(structures, name) for name in ("dip_deg", "dip_direction_deg", "alpha_deg", "beta_deg")]
    down, across = (series.cast(pl.Float64).fill_null(float("nan")).to_numpy() for series in (dip, azimuth))
    measured = np.isfinite(given[0]) & np.isfinite(given[1])
    angles, path = np.isfinite(given[2]) & np.isfinite(given[3]), np.isfinite(down) & np.isfinite(across)
    found = plane_from_core(given[2], given[3], across, down, line=line)
    basis = np.select(
        [measured, ~angles, ~path, np.abs(down) > STEEPEST],
        ["measured", "no angles", "no direction", "steep hole"],
        "oriented core",
    )
    there = measured | (basis == "oriented core")
    return structures.with_columns(
        *(
            pl.Series(name, np.where(there, np.where(measured, said, computed), np.nan)).fill_nan(None)
            for name, said, computed in zip(("dip_deg", "dip_direction_deg"), given[:2], found, strict=True)
        ),
        pl.Series("attitude_basis", basis.tolist(), dtype=pl.String),
    )


def _column(table: pl.DataFrame, name: str) -> Floats:
    if name not in table.columns:
        return np.full(table.height, np.nan)
    return table[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
