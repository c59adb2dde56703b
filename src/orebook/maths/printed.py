"""Printed: the step to which numbers were rounded, as far as their digits show it."""

import numpy as np
from numpy.typing import NDArray

_FINEST, _COARSEST = -6, 6
_NEAR = 1e-6
"""So near to a whole number of steps a value must lie; a float does not hold more."""


def printed_step(values: NDArray[np.float64]) -> float:
    """The coarsest power of ten that all values are whole numbers of; nought when none as coarse as a millionth fits.

    Numbers that are missing are passed over. Trailing zeros count as printed only where another value shows a
    finer step.

    >>> printed_step(np.array([0.262, 0.32])), printed_step(np.array([34_044_000.0, 31_664_000.0]))
    (0.001, 1000.0)
    >>> printed_step(np.array([1 / 3])), printed_step(np.array([0.0]))
    (0.0, 0.0)
    """
    known = values[np.isfinite(values) & (values != 0.0)]
    if not len(known):
        return 0.0
    for power in range(_COARSEST, _FINEST - 1, -1):
        scaled = known / 10.0**power if power >= 0 else known * 10.0**-power
        steps = np.round(scaled)
        if np.all((steps != 0.0) & (np.abs(scaled - steps) <= _NEAR)):
            return 10.0**power
    return 0.0
