"""Constrained least squares: measured values moved as little as their doubt allows until they fulfil some equations."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orebook.maths.chi_square import chi_square_tail

Numbers = NDArray[np.float64]
Equations = Callable[[Numbers], tuple[Numbers, Numbers]]
"""How far values are from fulfilling the equations, and the derivative of that by each value."""

_MOST_STEPS = 100
_STILL = 1e-12


class Adjusted(NamedTuple):
    """Values that fulfil the equations, their standard deviations, and tests of how far they had to move.

    ``residuals`` are measured less adjusted; ``z`` the same by their standard deviations, nought for a value that no
    equation tests. ``chi_square`` with ``degrees`` of freedom has ``probability`` of being so large by chance.
    ``converged`` says whether the steps came to rest.
    """

    values: Numbers
    deviations: Numbers
    residuals: Numbers
    z: Numbers
    chi_square: float
    degrees: int
    probability: float
    converged: bool


def adjusted(measured: Numbers, deviations: Numbers, equations: Equations) -> Adjusted:
    """The values nearest to the measured ones, by their standard deviations, that fulfil some equations.

    Equations that are not linear are made so at each step. A deviation of nought holds a value where it is. Raises
    ``ValueError`` for a deviation below nought. Source: S. Narasimhan and C. Jordache, Data Reconciliation and Gross
    Error Detection: An Intelligent Use of Process Data, Gulf Publishing (2000), chapters 3, 5 and 7; the example is
    theirs, a heat exchanger with a bypass (example 1-1).

    >>> flows = np.array([101.91, 64.45, 34.65, 64.20, 36.44, 98.88])
    >>> split = np.array([[1, -1, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0], [0, 0, 1, 0, -1, 0], [0, 0, 0, 1, 1, -1.0]])
    >>> adjusted(flows, np.ones(6), lambda at: (split @ at, split)).values.round(2).tolist()
    [100.22, 64.5, 35.72, 64.5, 35.72, 100.22]
    """
    if np.any(deviations < 0.0):
        raise ValueError(f"a standard deviation is nought or more, not {deviations.min()}")
    scale = np.maximum(np.abs(measured), deviations)
    scale[scale == 0.0] = 1.0
    spread = np.diag(deviations**2)
    at, resting = measured.copy(), False
    for _ in range(_MOST_STEPS):
        off, by = equations(at)
        taken = _solved(by, spread, off + by @ (measured - at))
        fresh = measured - spread @ by.T @ taken
        resting = bool(np.max(np.abs(fresh - at) / scale, initial=0.0) < _STILL)
        at = fresh
        if resting:
            break
    off, by = equations(at)
    return _tested(measured, deviations, at, by, spread, resting)


def _tested(
    measured: Numbers, deviations: Numbers, at: Numbers, by: Numbers, spread: Numbers, resting: bool
) -> Adjusted:
    moved = spread @ by.T @ _pseudo_inverse(by @ spread @ by.T) @ by @ spread
    variance, moving = deviations**2 - np.diag(moved), np.diag(moved)
    residuals = measured - at
    tested = moving > 1e-12 * np.maximum(deviations**2, 1e-300)
    z = np.where(tested, residuals / np.sqrt(np.where(tested, moving, 1.0)), 0.0)
    known = deviations > 0.0
    square = float(np.sum((residuals[known] / deviations[known]) ** 2))
    degrees = int(np.linalg.matrix_rank(by[:, known] * deviations[known])) if known.any() else 0
    probability = chi_square_tail(square, degrees) if degrees else 1.0
    return Adjusted(at, np.sqrt(np.maximum(variance, 0.0)), residuals, z, square, degrees, probability, resting)


def _solved(by: Numbers, spread: Numbers, right: Numbers) -> Numbers:
    found: Numbers = _pseudo_inverse(by @ spread @ by.T) @ right
    return found


def _pseudo_inverse(matrix: Numbers) -> Numbers:
    """An inverse that passes over equations which others say already; rows of unlike size are weighed alike."""
    size = np.sqrt(np.maximum(np.diag(matrix), 0.0))
    size[size == 0.0] = 1.0
    even = matrix / np.outer(size, size)
    found: Numbers = np.linalg.pinv(even, rcond=1e-10, hermitian=True) / np.outer(size, size)
    return found
