"""Arcs: chains of circular arcs in space, laid from knot to knot, and the place and direction anywhere along them.

A chain leaves its first knot at a point in a given direction. From knot to knot it follows the one circular arc that
turns the direction here into the direction there (minimum curvature); behind the last knot it goes straight on. Chains
stand one behind the other in flat arrays: chain ``c`` has the knots ``starts[c]`` to ``starts[c + 1]``.

An arc is held as its *bend*: the change of the direction per unit of length where the arc begins, a vector square to
the direction and as long as the curvature. With ``x`` the square of the angle turned after the distance ``d``,

    place     = point + d · (S(x) · direction + d · C(x) · bend)
    direction = (1 − x · C(x)) · direction + d · S(x) · bend

where ``S(x) = sin √x / √x`` and ``C(x) = (1 − cos √x) / x``. Both are smooth at nothing, so a straight course is an arc
like any other, and for the turns that are common they are short polynomials. Source: handbook 3.1 and 3.2, rearranged.
"""

from math import atan2, degrees, inf, nan, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from orebook.maths.compiled import compiled, each, side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]

ON, BEFORE, BEYOND, NOWHERE, NO_CHAIN = 0, 1, 2, 3, 4
"""What became of a distance: on its chain, before its beginning, beyond its end, no number, or no such chain."""


@compiled
def sine_and_cosine_parts(x: float) -> tuple[float, float]:
    """``sin √x / √x`` and ``(1 − cos √x) / x`` for the square ``x`` of an angle in radians.

    Below half a radian by seven terms of their series, which leave out less than a double can hold.

    >>> sine_and_cosine_parts(0.0)
    (1.0, 0.5)
    """
    if x < 0.25:
        s = 1.0 - x * (1.0 / 110.0) * (1.0 - x * (1.0 / 156.0))
        s = 1.0 - x * (1.0 / 42.0) * (1.0 - x * (1.0 / 72.0) * s)
        s = 1.0 - x * (1.0 / 6.0) * (1.0 - x * (1.0 / 20.0) * s)
        c = 1.0 - x * (1.0 / 132.0) * (1.0 - x * (1.0 / 182.0))
        c = 1.0 - x * (1.0 / 56.0) * (1.0 - x * (1.0 / 90.0) * c)
        c = 1.0 - x * (1.0 / 12.0) * (1.0 - x * (1.0 / 30.0) * c)
        return s, 0.5 * c
    angle = sqrt(x)
    half = sin(0.5 * angle)
    return sin(angle) / angle, 2.0 * half * half / x


@compiled
def bends(starts: Ints, knots: Floats, directions: Floats) -> Floats:
    """The bend of the arc that leaves each knot, from the distances of the knots and the unit vectors there.

    It is nothing at the last knot of a chain, and NaN where two directions that follow one another are opposite: then
    every plane through them would do. Distances must grow along a chain. Source: handbook 3.1.

    >>> quarter = bends(np.array([0, 2]), np.array([0.0, 100.0]), np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0]]))
    >>> quarter[0].round(9).tolist()
    [0.015707963, 0.0, 0.0]
    """
    found = np.zeros_like(directions)
    for chain in range(len(starts) - 1):
        for k in range(starts[chain], starts[chain + 1] - 1):
            apart, together = 0.0, 0.0
            for axis in range(3):
                apart += (directions[k + 1, axis] - directions[k, axis]) ** 2
                together += (directions[k + 1, axis] + directions[k, axis]) ** 2
            angle = 2.0 * atan2(sqrt(apart), sqrt(together))
            sine = 0.5 * sqrt(apart * together)
            scale = (angle / sine if sine > 0.0 else 1.0) / (knots[k + 1] - knots[k])
            if together < 1e-18:
                scale = nan
            for axis in range(3):
                here, there = directions[k, axis], directions[k + 1, axis]
                found[k, axis] = (there - here + 0.5 * apart * here) * scale
    return found


@compiled
def points(starts: Ints, knots: Floats, origins: Floats, directions: Floats, bends: Floats) -> Floats:
    """The place of every knot: each chain laid from its origin. Shapes: ``origins`` (chains, 3), the result (knots, 3).

    >>> origin, turn = np.zeros((1, 3)), np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0]])
    >>> knots, starts = np.array([0.0, 100.0]), np.array([0, 2])
    >>> points(starts, knots, origin, turn, bends(starts, knots, turn))[1].round(6).tolist()
    [63.661977, 0.0, -63.661977]
    """
    found = np.empty_like(directions)
    gone = np.zeros(3)
    for chain in range(len(starts) - 1):
        gone[:] = 0.0
        for k in range(starts[chain], starts[chain + 1]):
            for axis in range(3):
                found[k, axis] = origins[chain, axis] + gone[axis]
            if k + 1 < starts[chain + 1]:
                d = knots[k + 1] - knots[k]
                s, c = sine_and_cosine_parts(d * d * (bends[k, 0] ** 2 + bends[k, 1] ** 2 + bends[k, 2] ** 2))
                for axis in range(3):
                    gone[axis] += d * (s * directions[k, axis] + d * c * bends[k, axis])
    return found


@compiled
def _no_chain(first: int, last: int, found: Floats, turned: Floats, codes: Codes) -> None:
    """Fill a run of distances that have no chain."""
    codes[first:last] = NO_CHAIN
    found[:, first:last] = nan
    if turned.shape[1]:
        turned[:, first:last] = nan


@compiled
def _angles(east: float, north: float, up: float, turned: Floats, i: int) -> None:
    """Azimuth and dip of one vector, into column ``i``."""
    azimuth = degrees(atan2(east, north))
    azimuth = azimuth + 360.0 if azimuth < 0.0 else azimuth
    turned[0, i] = 0.0 if azimuth >= 360.0 else azimuth
    turned[1, i] = degrees(atan2(up, sqrt(east * east + north * north)))


@side_by_side
def along(
    runs: Ints,
    chains: Ints,
    distances: Floats,
    starts: Ints,
    knots: Floats,
    lengths: Floats,
    places: Floats,
    directions: Floats,
    bends: Floats,
    beyond: bool,
    found: Floats,
    turned: Floats,
    codes: Codes,
) -> None:
    """Place, and azimuth and dip, at any distances along chains: the kernel that everything else asks.

    Run ``r`` holds the distances ``runs[r]`` to ``runs[r + 1]`` along the chain ``chains[r]``, or along none below 0.
    They are quickest in rising order and may stand in any. ``lengths`` of the chains may be infinite; a distance
    before nothing or more than half a thousandth beyond the length is outside, and gives NaN unless ``beyond``, then
    straight on. ``found`` (3, n) is filled with places, ``turned`` (2, n) with degrees or left alone when it is
    (2, 0), ``codes`` (n) with what became of each distance.
    """
    for run in each(len(chains)):
        chain = chains[run]
        if chain < 0:
            _no_chain(runs[run], runs[run + 1], found, turned, codes)
            continue
        first, last = starts[chain], starts[chain + 1] - 1
        end = np.rint(lengths[chain] * 1000.0)
        k, low, high = first, inf, -inf
        for i in range(runs[run], runs[run + 1]):
            d = distances[i]
            if not low <= d < high:  # another arc than the last one
                while k < last and d >= knots[k + 1]:
                    k += 1
                while k > first and d < knots[k]:
                    k -= 1
                low, high = knots[k], knots[k + 1] if k < last else inf
                px, py, pz = places[k, 0], places[k, 1], places[k, 2]
                tx, ty, tz = directions[k, 0], directions[k, 1], directions[k, 2]
                bx, by, bz = bends[k, 0], bends[k, 1], bends[k, 2]
                curved = bx * bx + by * by + bz * bz
            code = ON if d >= low else BEFORE if d < low else NOWHERE
            if code == ON and d * 1000.0 > end and np.rint(d * 1000.0) > end:
                code = BEYOND
            codes[i] = code
            d = d - low if code == ON or beyond else nan
            bent = 0.0 if d < 0.0 else d  # noqa: FURB136  (straight above the first knot; NaN has to stay NaN)
            x = bent * bent * curved
            s, c = sine_and_cosine_parts(x)
            ds, dc = d * s, bent * bent * c
            found[0, i] = px + ds * tx + dc * bx
            found[1, i] = py + ds * ty + dc * by
            found[2, i] = pz + ds * tz + dc * bz
            if turned.shape[1]:
                a, b = 1.0 - x * c, bent * s
                _angles(a * tx + b * bx, a * ty + b * by, a * tz + b * bz, turned, i)
