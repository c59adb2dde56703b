"""Options: values of European options on a forward price, many at once.

The one door to QuantLib, whose formula of Black it uses.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from orebook.ground.needs import need

Floats = NDArray[np.float64]

EXTRA = "hedges"


def black_values(
    call: Iterable[bool], strike: Iterable[float], forward: Iterable[float], spread: Iterable[float]
) -> Floats:
    """Undiscounted values of calls (where ``call``) and puts on a forward price.

    ``spread`` is the standard deviation of the logarithm of the price at expiry: volatility times the root of the years
    that are left. Nought gives what the option would be worth at once. Prices and strikes are positive. Raises
    ``MissingError`` when QuantLib is not installed, and ``ValueError`` for a negative number.

    Source: F. Black, The pricing of commodity contracts, 1976; the example is that of E. G. Haug, The complete guide to
    option pricing formulas, chapter 1: a forward at its strike of 19, nine months, 28 % and 10 % a year.

    >>> value = black_values([True], [19.0], [19.0], [0.28 * 0.75**0.5])[0]
    >>> round(float(value * np.exp(-0.10 * 0.75)), 4)
    1.7011
    """
    library = need("QuantLib", extra=EXTRA)
    kinds = {True: library.Option.Call, False: library.Option.Put}
    rows = zip(call, strike, forward, spread, strict=True)
    try:
        return np.array([library.blackFormula(kinds[each], *numbers) for each, *numbers in rows], dtype=np.float64)
    except RuntimeError as problem:
        raise ValueError(f"an option has no value: {problem}; prices, strikes and spreads are positive") from None
