"""Chi-square: how probable it is that a sum of squares of chance is as large as one that was found."""

from math import exp, inf, lgamma, log

_TERMS = 10_000
_ENOUGH = 1e-15
_TINY = 1e-300


def chi_square_tail(value: float, degrees: int) -> float:
    """The probability that chi-square with so many degrees of freedom is at least that value.

    The regularised incomplete gamma function, by its series below and its continued fraction above its middle.
    Raises ``ValueError`` for less than one degree. Source: M. Abramowitz and I. Stegun, Handbook of Mathematical
    Functions, 6.5 and 26.4; their table 26.8 gives 3.841 and 16.919 for a twentieth.

    >>> round(chi_square_tail(3.841, 1), 4), round(chi_square_tail(16.919, 9), 4), chi_square_tail(0.0, 3)
    (0.05, 0.05, 1.0)
    """
    if degrees < 1:
        raise ValueError(f"chi-square has at least one degree of freedom, not {degrees}")
    if value <= 0.0:
        return 1.0
    if value == inf:
        return 0.0
    a, x = degrees / 2.0, value / 2.0
    front = exp(a * log(x) - x - lgamma(a))
    return 1.0 - front * _series(a, x) if x < a + 1.0 else front * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1.0 / a
    for n in range(1, _TERMS):
        term *= x / (a + n)
        total += term
        if term < total * _ENOUGH:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """Lentz's way through the continued fraction."""
    b = x + 1.0 - a
    c, d = 1.0 / _TINY, 1.0 / b
    found = d
    for n in range(1, _TERMS):
        step = -n * (n - a)
        b += 2.0
        d = 1.0 / (step * d + b or _TINY)
        c = b + step / c or _TINY
        found *= d * c
        if abs(d * c - 1.0) < _ENOUGH:
            break
    return found
