"""Arc errors: how far places along chains of arcs move when the directions at their knots are a little wrong.

The place at a distance depends on the directions at the knots above it and at the next one. By how much is found by
finite differences of the arcs: each direction is turned a little either way. A direction reaches only the two arcs that
meet in its knot, and everything below moves along as one piece, so one walk down the chain is enough for all distances.
"""

from math import atan2, sqrt

import numpy as np
from numpy.typing import NDArray

from orebook.maths.arcs import sine_and_cosine_parts
from orebook.maths.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP = 1e-5
"""Radians by which a direction is turned either way; the differences are good to ten digits."""


@compiled
def _displacement(one: Floats, other: Floats, length: float, distance: float, found: Floats) -> None:
    """From the beginning of an arc of that length to a distance along it."""
    apart, together = 0.0, 0.0
    for axis in range(3):
        apart += (other[axis] - one[axis]) ** 2
        together += (other[axis] + one[axis]) ** 2
    sine = 0.5 * sqrt(apart * together)
    scale = (2.0 * atan2(sqrt(apart), sqrt(together)) / sine if sine > 0.0 else 1.0) / length
    bent = 0.0
    for axis in range(3):
        found[axis] = (other[axis] - one[axis] + 0.5 * apart * one[axis]) * scale
        bent += found[axis] ** 2
    s, c = sine_and_cosine_parts(distance * distance * bent)
    for axis in range(3):
        found[axis] = distance * (s * one[axis] + distance * c * found[axis])


@compiled
def _turned(direction: Floats, towards: Floats, angle: float, found: Floats) -> None:
    """A direction moved towards a vector, as long as before."""
    length = 0.0
    for axis in range(3):
        found[axis] = direction[axis] + angle * towards[axis]
        length += found[axis] ** 2
    for axis in range(3):
        found[axis] /= sqrt(length)


@compiled
def _effects(
    directions: Floats, ways: Floats, k: int, length: float, distance: float, upper: Floats, lower: Floats
) -> None:
    """What turning the direction at knot ``k`` (``upper``) and at the next (``lower``) does to a place between them.

    One row for each way of turning, per radian. A length of 0 stands for the straight course behind the last knot.
    """
    turned, before, after = np.empty(3), np.empty(3), np.empty(3)
    for way in range(ways.shape[1]):
        if length == 0.0:
            upper[way] = distance * ways[k, way]
            lower[way] = 0.0
            continue
        for end, effect in ((0, upper), (1, lower)):
            for sign, found in ((-1.0, before), (1.0, after)):
                _turned(directions[k + end], ways[k + end, way], sign * STEP, turned)
                if end == 0:
                    _displacement(turned, directions[k + 1], length, distance, found)
                else:
                    _displacement(directions[k], turned, length, distance, found)
            for axis in range(3):
                effect[way, axis] = (after[axis] - before[axis]) / (2.0 * STEP)


@compiled
def _add_squares(effects: Floats, spreads: Floats, found: Floats) -> None:
    """Add the covariance of independent errors with these effects and standard deviations."""
    for way in range(len(spreads)):
        for i in range(3):
            for j in range(3):
                found[i, j] += effects[way, i] * effects[way, j] * spreads[way] ** 2


@compiled
def _down(
    distances: Floats,
    knots: Floats,
    directions: Floats,
    ways: Floats,
    tied: bool,
    own: Floats,
    common: Floats,
    found: Floats,
) -> None:
    """Walk down one chain, with what the knots above have settled, and what this one still has to add."""
    shape = ways.shape[1:]
    upper, lower, pending, shared = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    settled, k, last = np.zeros((3, 3)), 0, len(knots) - 1
    for i in range(len(distances)):
        d = distances[i]
        while k < last and d >= knots[k + 1]:
            length = knots[k + 1] - knots[k]
            _effects(directions, ways, k, length, length, upper, lower)
            shared += upper + lower
            if k == 0 and tied:
                pending[:] = upper + lower
            else:
                _add_squares(pending + upper, own, settled)
                pending[:] = lower
            k += 1
        if not d >= knots[0]:
            continue
        length = knots[k + 1] - knots[k] if k < last else 0.0
        _effects(directions, ways, k, length, d - knots[k], upper, lower)
        found[i] = settled
        if k == 0 and tied:
            _add_squares(upper + lower, own, found[i])
        else:
            _add_squares(pending + upper, own, found[i])
            _add_squares(lower, own, found[i])
        _add_squares(shared + upper + lower, common, found[i])


@compiled
def covariances(
    runs: Ints,
    chains: Ints,
    distances: Floats,
    starts: Ints,
    knots: Floats,
    directions: Floats,
    ways: Floats,
    tied: Flags,
    own: Floats,
    common: Floats,
) -> Floats:
    """Covariance matrices (n, 3, 3) of the places at distances along chains, from errors of the directions.

    Run ``r`` holds the distances ``runs[r]`` to ``runs[r + 1]``, in rising order, along the chain ``chains[r]``, or NaN
    where that is below 0. ``ways`` (knots, ways, 3) are the vectors in which a direction may be wrong, per radian;
    ``own`` the standard deviations in radians of errors that each knot has for itself, ``common`` of those that all the
    knots of a chain share. The first two knots of a ``tied`` chain are one measurement: it is straight between them.
    ``Cov = J Σ Jᵀ``. Source: handbook 3.5.

    >>> straight = np.array([[0.0, 1.0, 0.0]])
    >>> sideways, nothing = np.array([[[1.0, 0.0, 0.0]]]), np.zeros(1)
    >>> found = covariances(np.array([0, 1]), np.array([0]), np.array([100.0]), np.array([0, 1]), np.zeros(1), straight,
    ...     sideways, np.array([False]), nothing, np.array([0.01]))
    >>> float(found[0, 0, 0])
    1.0
    """
    found = np.full((len(distances), 3, 3), np.nan)
    for run in range(len(chains)):
        chain = chains[run]
        if chain >= 0:
            rows, its = slice(runs[run], runs[run + 1]), slice(starts[chain], starts[chain + 1])
            _down(distances[rows], knots[its], directions[its], ways[its], tied[chain], own, common, found[rows])
    return found
