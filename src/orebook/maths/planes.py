"""Planes in space: their upward normals, the plane through many points, and the mean of many planes.

East, north and up are the axes. A plane dips by ``dip`` degrees from horizontal (0 to 90) towards ``direction`` degrees
clockwise from north; its upward normal is ``(sin D sin A, sin D cos A, cos D)``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEAST_WIDTH = 0.05
"""Points must spread across their line by this part of their spread along it: a line has no plane."""

LEAST_FLATNESS = 2.0
"""Points must spread within the plane by this many times their spread out of it: a ball has no plane."""


class NoPlaneError(ValueError):
    """Points that do not determine a plane."""


@dataclass(frozen=True)
class Plane:
    """A plane through many points, and how well they lie in it.

    ``spread`` are the three standard deviations of the points along the principal axes, the largest first; the last is
    how far they scatter out of the plane. ``dip_error`` and ``direction_error`` are standard deviations in degrees;
    three points lie in their plane whatever it is, so they are NaN there.
    """

    dip: float
    direction: float
    dip_error: float
    direction_error: float
    centre: Floats
    spread: Floats
    points: int


def normals(dip: ArrayLike, direction: ArrayLike) -> Floats:
    """Upward unit normals of planes, one a row: towards east, north and up.

    >>> normals([30.0], [90.0]).round(6).tolist()
    [[0.5, 0.0, 0.866025]]
    """
    steep, towards = np.radians(np.asarray(dip, dtype=float)), np.radians(np.asarray(direction, dtype=float))
    across = np.sin(steep)
    return np.stack(
        [across * np.sin(towards), across * np.cos(towards), np.broadcast_to(np.cos(steep), across.shape)], -1
    )


def attitudes(normal: ArrayLike) -> tuple[Floats, Floats]:
    """Dip and dip direction of planes, from their normals (one a row, up or down, of any length).

    A level plane dips towards nowhere: its direction is given as north. A vertical one dips to either side: its
    direction is given as the one below 180.

    >>> dip, direction = attitudes([[-0.5, 0.0, -0.8660254]])
    >>> dip.round(4).tolist(), direction.round(4).tolist()
    ([30.0], [90.0])
    """
    rows = np.atleast_2d(np.asarray(normal, dtype=float))
    flat = np.hypot(rows[:, 0], rows[:, 1])
    upright = np.abs(rows[:, 2]) <= 1e-12 * flat
    westward = (rows[:, 0] < 0.0) | ((rows[:, 0] == 0.0) & (rows[:, 1] < 0.0))
    east, north, up = np.where(np.where(upright, westward, rows[:, 2] < 0.0)[:, None], -rows, rows).T
    direction = np.degrees(np.arctan2(east, north)) % 360.0
    direction = np.where((flat > 1e-12 * up) & (direction < 360.0), direction, 0.0)
    return np.degrees(np.arctan2(flat, np.abs(up))), direction


def fitted(points: ArrayLike) -> Plane:
    """The plane that lies nearest to some points, by least squares of the distances to it (principal axes).

    ``points`` has a row for each: east, north, up. Raises ``NoPlaneError`` for fewer than three points, for points that
    nearly lie on a line, and for points that scatter as far out of the plane as within it.

    >>> plane = fitted([[0, 0, 0], [10, 0, -10], [0, 10, 0], [10, 10, -10]])
    >>> round(plane.dip, 6), round(plane.direction, 6), round(float(plane.spread[2]), 6)
    (45.0, 90.0, 0.0)
    >>> fitted([[0, 0, 0], [10, 10, 0], [20, 20.1, 0]])
    Traceback (most recent call last):
        ...
    orebook.maths.planes.NoPlaneError: 3 points nearly on a line: 0.02 across for 11.5... along it; ...
    """
    rows = np.asarray(points, dtype=float).reshape(-1, 3)
    if len(rows) < 3:
        raise NoPlaneError(f"{len(rows)} points make no plane; three are needed that do not lie on a line")
    if not np.isfinite(rows).all():
        raise NoPlaneError("a point without all three coordinates; leave it out")
    centre = rows.mean(axis=0)
    _, lengths, axes = np.linalg.svd(rows - centre, full_matrices=False)
    spread = lengths / np.sqrt(len(rows))
    _refuse_lines(spread, len(rows))
    dip, direction = attitudes(axes[2])
    dip_error, direction_error = _errors(axes, lengths, len(rows), float(dip[0]), float(direction[0]))
    return Plane(float(dip[0]), float(direction[0]), dip_error, direction_error, centre, spread, len(rows))


def _refuse_lines(spread: Floats, count: int) -> None:
    along, across, out = (float(value) for value in spread)
    if across <= LEAST_WIDTH * along:
        raise NoPlaneError(
            f"{count} points nearly on a line: {across:.2f} across for {along:.2f} along it; add a point away from it"
        )
    if across < LEAST_FLATNESS * out:
        raise NoPlaneError(
            f"{count} points in no plane: {out:.2f} out of it for {across:.2f} within it; do they belong together?"
        )


def _errors(axes: Floats, lengths: Floats, count: int, dip: float, direction: float) -> tuple[float, float]:
    """Standard deviations of dip and direction: the scatter out of the plane tilts the normal about either axis."""
    if count == 3:
        return float("nan"), float("nan")
    scatter = lengths[2] / np.sqrt(count - 3)
    tilts = (scatter / lengths[:2]) ** 2
    steep, towards = np.radians(dip), np.radians(direction)
    down_dip = np.array([np.cos(steep) * np.sin(towards), np.cos(steep) * np.cos(towards), -np.sin(steep)])
    along_strike = np.array([np.cos(towards), -np.sin(towards), 0.0])
    down, along = (float(np.sqrt(tilts @ (axes[:2] @ line) ** 2)) for line in (down_dip, along_strike))
    sideways = np.degrees(along / np.sin(steep)) if steep > 1e-9 else 180.0
    return float(np.degrees(down)), float(min(sideways, 180.0))


def mean_plane(dip: ArrayLike, direction: ArrayLike) -> tuple[float, float, float]:
    """The plane that several measured planes scatter about: its dip, its direction, and the scatter in degrees.

    The mean of axes, not of angles: steep planes that dip to either side of the vertical are neighbours. The scatter is
    the root mean square of the angles between the normals and their mean, as far as small angles go. Raises
    ``NoPlaneError`` where there is none, or where they scatter so far that none of them is like the mean.

    >>> tuple(round(value, 4) for value in mean_plane([85.0, 85.0], [90.0, 270.0]))
    (90.0, 90.0, 5.0)
    """
    rows = np.atleast_2d(normals(dip, direction))
    if not len(rows):
        raise NoPlaneError("no plane to take the mean of; give one at least")
    strengths, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    if strengths[2] - strengths[1] < 0.1:
        raise NoPlaneError(f"{len(rows)} planes that lie every way have no mean; do they belong together?")
    steep, towards = attitudes(axes[:, 2])
    scatter = np.degrees(np.arccos(np.sqrt(min(1.0, float(strengths[2])))))
    return float(steep[0]), float(towards[0]) % 360.0, float(scatter)
