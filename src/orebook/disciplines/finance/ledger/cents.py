"""Cents: money counted in whole hundredths of its currency, so that sums are exact."""

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

PER_UNIT = 100
"""Hundredths in one unit of a currency."""

_FINE = 1e-4


def in_cents(column: str) -> pl.Expr:
    """A column of money in whole cents; what is no number, or none that is finite, is missing.

    >>> pl.DataFrame({"amount": [12.3, None, float("inf")]}).select(in_cents("amount"))["amount"].to_list()
    [1230, None, None]
    """
    value = pl.col(column).cast(pl.Float64, strict=False)
    whole = (value * PER_UNIT).round()
    return pl.when(value.is_finite() & (whole.abs() < 2**62)).then(whole).cast(pl.Int64, strict=False).alias(column)


def finer_than_cents(column: str) -> pl.Expr:
    """Whether an amount has digits below the cent, which would be lost.

    >>> pl.DataFrame({"amount": [12.3, 0.125, 1e9 + 0.01]}).select(finer_than_cents("amount"))["amount"].to_list()
    [False, True, False]
    """
    value = pl.col(column).cast(pl.Float64, strict=False) * PER_UNIT
    return ((value - value.round()).abs() > _FINE + value.abs() * 1e-12).fill_null(value=False)


def money(cents: Ints) -> Floats:
    """Whole cents as an amount.

    >>> money(np.array([1230])).tolist()
    [12.3]
    """
    amounts: Floats = cents / PER_UNIT
    return amounts


def times(cents: Ints, factor: float | Floats) -> Ints:
    """Money times a rate, rounded to the cent; halves to the even one.

    >>> times(np.array([1749931973, 250]), 0.735).tolist()
    [1286200000, 184]
    """
    rounded: Ints = np.rint(cents * factor).astype(np.int64)
    return rounded


def shared_out(cents: int, weights: Ints) -> Ints:
    """Money shared out in proportion, with not a cent lost: the largest remainders get the odd cents.

    >>> shared_out(100, np.array([1, 1, 1])).tolist()
    [34, 33, 33]
    >>> shared_out(100, np.array([0, 0])).tolist()
    [100, 0]
    """
    weighing = [int(weight) for weight in weights]
    if not (whole := sum(weighing)):
        weighing[0], whole = 1, 1
    parts = [divmod(cents * weight, whole) for weight in weighing]
    found = np.array([part for part, _ in parts], np.int64)
    odd = cents - int(found.sum())
    order = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    found[order[:odd]] += 1
    return found
