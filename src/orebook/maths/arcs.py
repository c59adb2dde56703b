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

from orebook.maths.compiled import bare, each, side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]

NEAR = 0.25
"""The square of the angle, half a radian, below which series are used."""

OPPOSITE = 1e-18
"""The square of the sum of two unit vectors below which they are opposite."""

ON, BEFORE, BEYOND, NOWHERE, NO_CHAIN = 0, 1, 2, 3, 4
"""What became of a distance: on its chain, before its beginning, beyond its end, no number, or no such chain."""


@bare
def _series(x: float) -> tuple[float, float]:
    """``sin √x / √x`` and ``(1 − cos √x) / x`` below ``NEAR``, by seven terms of their series."""
    s = 1.0 - x * (1.0 / 110.0) * (1.0 - x * (1.0 / 156.0))
    s = 1.0 - x * (1.0 / 42.0) * (1.0 - x * (1.0 / 72.0) * s)
    s = 1.0 - x * (1.0 / 6.0) * (1.0 - x * (1.0 / 20.0) * s)
    c = 1.0 - x * (1.0 / 132.0) * (1.0 - x * (1.0 / 182.0))
    c = 1.0 - x * (1.0 / 56.0) * (1.0 - x * (1.0 / 90.0) * c)
    c = 1.0 - x * (1.0 / 12.0) * (1.0 - x * (1.0 / 30.0) * c)
    return s, 0.5 * c


@bare
def sine_and_cosine_parts(x: float) -> tuple[float, float]:
    """``sin √x / √x`` and ``(1 − cos √x) / x`` for the square ``x`` of an angle in radians.

    Below half a radian by their series, whose first seven terms leave out less than a double can hold.

    >>> sine_and_cosine_parts(0.0)
    (1.0, 0.5)
    """
    if x < NEAR:
        return _series(x)
    angle = sqrt(x)
    half = sin(0.5 * angle)
    return sin(angle) / angle, 2.0 * half * half / x


@side_by_side
def bends(starts: Ints, knots: Floats, directions: Floats) -> Floats:
    """The bend of the arc that leaves each knot, from the distances of the knots and the unit vectors there.

    It is nothing at the last knot of a chain, and NaN where two directions that follow one another are opposite: then
    every plane through them would do. Distances must grow along a chain. Source: handbook 3.1.

    >>> quarter = bends(np.array([0, 2]), np.array([0.0, 100.0]), np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0]]))
    >>> quarter[0].round(9).tolist()
    [0.015707963, 0.0, 0.0]
    """
    found = np.zeros_like(directions)
    for chain in each(len(starts) - 1):
        for k in range(starts[chain], starts[chain + 1] - 1):
            apart, together = 0.0, 0.0
            for axis in range(3):
                apart += (directions[k + 1, axis] - directions[k, axis]) ** 2
                together += (directions[k + 1, axis] + directions[k, axis]) ** 2
            angle = 2.0 * atan2(sqrt(apart), sqrt(together))
            sine = 0.5 * sqrt(apart * together)
            scale = (angle / sine if sine > 0.0 else 1.0) / (knots[k + 1] - knots[k])
            if together < OPPOSITE:
                scale = nan
            for axis in range(3):
                here, there = directions[k, axis], directions[k + 1, axis]
                found[k, axis] = (there - here + 0.5 * apart * here) * scale
    return found


@side_by_side
def points(starts: Ints, knots: Floats, origins: Floats, directions: Floats, bends: Floats) -> Floats:
    """The place of every knot: each chain laid from its origin. Shapes: ``origins`` (chains, 3), the result (knots, 3).

    >>> origin, turn = np.zeros((1, 3)), np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0]])
    >>> knots, starts = np.array([0.0, 100.0]), np.array([0, 2])
    >>> points(starts, knots, origin, turn, bends(starts, knots, turn))[1].round(6).tolist()
    [63.661977, 0.0, -63.661977]
    """
    found = np.empty_like(directions)
    for chain in each(len(starts) - 1):
        gone = np.zeros(3)
        for k in range(starts[chain], starts[chain + 1]):
            for axis in range(3):
                found[k, axis] = origins[chain, axis] + gone[axis]
            if k + 1 < starts[chain + 1]:
                d = knots[k + 1] - knots[k]
                s, c = sine_and_cosine_parts(d * d * (bends[k, 0] ** 2 + bends[k, 1] ** 2 + bends[k, 2] ** 2))
                for axis in range(3):
                    gone[axis] += d * (s * directions[k, axis] + d * c * bends[k, axis])
    return found


@bare
def _no_chain(begin: int, stop: int, found: Floats, turned: Floats, codes: Codes) -> None:
    """Fill a run of distances that have no chain."""
    codes[begin:stop] = NO_CHAIN
    found[:, begin:stop] = nan
    turned[:, begin:stop] = nan


@bare
def _angles(east: float, north: float, up: float, turned: Floats, i: int) -> None:
    """Azimuth and dip of one vector, into column ``i``."""
    azimuth = degrees(atan2(east, north))
    azimuth = azimuth + 360.0 if azimuth < 0.0 else azimuth
    turned[0, i] = 0.0 if azimuth >= 360.0 else azimuth
    turned[1, i] = degrees(atan2(up, sqrt(east * east + north * north)))


@bare
def _smooth(
    distances: Floats,
    begin: int,
    stop: int,
    low: float,
    place: Floats,
    t: Floats,
    b: Floats,
    found: Floats,
    turned: Floats,
) -> None:
    """Places, and angles where there is room for them, at distances that lie on one arc and turn by little.

    Nothing but arithmetic in the first loop, over arrays from their beginning: a processor then does several at once.
    """
    px, py, pz = place[0], place[1], place[2]
    tx, ty, tz = t[0], t[1], t[2]
    bx, by, bz = b[0], b[1], b[2]
    curved = bx * bx + by * by + bz * bz
    here, east, north, up = distances[begin:stop], found[0, begin:stop], found[1, begin:stop], found[2, begin:stop]
    for i in range(len(here)):
        gone = here[i] - low
        s, c = _series(gone * gone * curved)
        ds, dc = gone * s, gone * gone * c
        east[i] = px + ds * tx + dc * bx
        north[i] = py + ds * ty + dc * by
        up[i] = pz + ds * tz + dc * bz
    for i in range(begin, stop if turned.shape[1] else begin):
        gone = distances[i] - low
        x = gone * gone * curved
        s, c = _series(x)
        one, other = 1.0 - x * c, gone * s
        _angles(one * tx + other * bx, one * ty + other * by, one * tz + other * bz, turned, i)


@bare
def _single(
    d: Floats,
    i: int,
    low: float,
    end: float,
    beyond: bool,
    place: Floats,
    t: Floats,
    b: Floats,
    found: Floats,
    turned: Floats,
) -> int:
    """Place and angles at one distance wherever it lies, and its code."""
    code = ON if d[i] >= low else BEFORE if d[i] < low else NOWHERE
    if code == ON and d[i] * 1000.0 > end and np.rint(d[i] * 1000.0) > end:
        code = BEYOND
    gone = d[i] - low if code == ON or beyond else nan
    bent = 0.0 if gone < 0.0 else gone  # noqa: FURB136  (straight above the first knot; NaN has to stay NaN)
    x = bent * bent * (b[0] * b[0] + b[1] * b[1] + b[2] * b[2])
    s, c = sine_and_cosine_parts(x)
    for axis in range(3):
        found[axis, i] = place[axis] + gone * s * t[axis] + bent * bent * c * b[axis]
    if turned.shape[1]:
        one, other = 1.0 - x * c, bent * s
        _angles(one * t[0] + other * b[0], one * t[1] + other * b[1], one * t[2] + other * b[2], turned, i)
    return code


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
        course = starts, knots, lengths, places, directions, bends
        _along_one(runs[run], runs[run + 1], chains[run], distances, course, beyond, found, turned, codes)


@bare
def _along_one(
    i: int,
    stop: int,
    chain: int,
    distances: Floats,
    course: tuple[Ints, Floats, Floats, Floats, Floats, Floats],
    beyond: bool,
    found: Floats,
    turned: Floats,
    codes: Codes,
) -> None:
    """Places and angles of one run of distances."""
    starts, knots, lengths, places, directions, bends = course
    if chain < 0:
        _no_chain(i, stop, found, turned, codes)
        return
    first, last = starts[chain], starts[chain + 1] - 1
    k, end = first, np.rint(lengths[chain] * 1000.0)
    while i < stop:
        while k < last and distances[i] >= knots[k + 1]:
            k += 1
        while k > first and distances[i] < knots[k]:
            k -= 1
        low, high = knots[k], min(lengths[chain], knots[k + 1] if k < last else inf)
        curved = bends[k, 0] ** 2 + bends[k, 1] ** 2 + bends[k, 2] ** 2
        if curved > 0.0:
            high = min(high, low + sqrt(0.99 * NEAR / curved))
        j = i
        while j < stop and low <= distances[j] < high:
            j += 1
        if j > i:
            codes[i:j] = ON
            _smooth(distances, i, j, low, places[k], directions[k], bends[k], found, turned)
            i = j
        else:
            arc = places[k], directions[k], bends[k]
            codes[i] = _single(distances, i, low, end, beyond, *arc, found, turned)
            i += 1
