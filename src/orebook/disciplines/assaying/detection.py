"""Detection limits: what a value below or above the laboratory's limits may be, and how a view puts a number there.

A value below detection keeps its limit in the table and says so beside it (``<column>_below``); nothing here changes
that. A *view* is a table in which such values are replaced by a rule with a name, for one computation, and the name
stays with them (``<column>_view``). What the values may have been at least and at most stands beside them
(``<column>_lower``, ``<column>_upper``), so that averages carry it to the end.
"""

from collections.abc import Iterable
from math import inf, sqrt
from typing import Literal

import polars as pl

from orebook.disciplines.assaying.columns import nearest
from orebook.ground.quantity import Q
from orebook.ground.schema import ABOVE, BELOW, TOKEN

LOWER, UPPER, VIEW = "_lower", "_upper", "_view"
"""What is put behind the name of a column for the least and the most that it may hold, and for its view."""

How = Literal["half", "zero", "full", "sqrt2", "missing"]

SHARES: dict[str, float | None] = {"half": 0.5, "zero": 0.0, "full": 1.0, "sqrt2": 1.0 / sqrt(2.0), "missing": None}
"""The part of a limit that each view puts in its place."""

SAID = {
    "half": "values below detection taken as half the limit",
    "zero": "values below detection taken as nothing",
    "full": "values below detection taken as the limit",
    "sqrt2": "values below detection taken as the limit divided by the square root of two",
    "missing": "values below detection taken as missing",
}
"""What a report says about each view."""


def substituted(least: Q, limit: Q, share: Q) -> Q:
    """The number that a view puts in place of a value between the least that it can be and its limit.

    >>> substituted(0.0, 0.01, 0.5)
    0.005
    """
    return least + (limit - least) * share


def view(samples: pl.DataFrame, columns: Iterable[str], *, how: How) -> pl.DataFrame:
    """Samples as one view sees them: values below detection replaced, their bounds and the view's name beside them.

    ``half`` the limit, ``zero``, the ``full`` limit, the limit by ``sqrt2``, or ``missing``. What is a view already is
    refused: a limit is replaced once. A table without values below detection comes back as it is.

    >>> samples = pl.DataFrame({"au_gpt": [0.01, 2.0], "au_gpt_below": [True, False]})
    >>> view(samples, ["au_gpt"], how="half").rows()
    [(0.005, True, 0.0, 0.01, 'half'), (2.0, False, 2.0, 2.0, None)]
    >>> view(samples, ["au_gpt"], how="third")
    Traceback (most recent call last):
        ...
    ValueError: no view is called 'third'; there are half, zero, full, sqrt2, missing
    """
    if how not in SHARES:
        raise ValueError(f"no view is called {how!r}; {nearest(how, SHARES)}")
    share, seen = SHARES[how], samples
    for column in columns:
        _there(samples, column)
        if column + VIEW in samples.columns:
            raise ValueError(f"{column} is a view already; take the table in which its limits still stand")
        below = flag(column, samples.columns, BELOW)
        if column + BELOW not in samples.columns or not samples.select(below.any()).item():
            continue
        low, value = least(column, samples.columns), number(column)
        other = substituted(low, value, pl.lit(share)) if share is not None else pl.lit(None, pl.Float64)
        seen = seen.with_columns(
            pl.when(below).then(other).otherwise(value).alias(column),
            low.alias(column + LOWER),
            most(column, samples.columns).alias(column + UPPER),
            pl.when(below).then(pl.lit(how)).alias(column + VIEW),
        )
    return seen


def with_bounds(samples: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Samples with the least and the most that each column may hold, where a limit leaves that open.

    All values below detection at nothing make the lower column, all at their limits the upper one; a value above the
    upper limit has no most.

    >>> samples = pl.DataFrame({"au_gpt": [0.01, 10.0], "au_gpt_below": [True, False], "au_gpt_above": [False, True]})
    >>> with_bounds(samples, ["au_gpt"]).select("au_gpt_lower", "au_gpt_upper").rows()
    [(0.0, 0.01), (10.0, inf)]
    """
    for column in columns:
        _there(samples, column)
        if is_censored(column, samples.columns):
            bounds = {LOWER: least(column, samples.columns), UPPER: most(column, samples.columns)}
            samples = samples.with_columns(each.alias(column + suffix) for suffix, each in bounds.items())
    return samples


def doubtful(lower: Q, upper: Q, value: Q) -> Q:
    """How much of a value hangs on what stands in for its limits: the width of its bounds as a share of it.

    >>> round(doubtful(0.9, 1.1, 1.0), 6)
    0.2
    """
    return (upper - lower) / value


def _there(samples: pl.DataFrame, column: str) -> None:
    if column not in samples.columns:
        raise ValueError(f"no column {column!r}; {nearest(column, samples.columns)}")


def number(column: str) -> pl.Expr:
    """A column of grades as numbers in which NaN is missing, too."""
    return pl.col(column).cast(pl.Float64).fill_nan(None)


def flag(column: str, known: Iterable[str], suffix: str) -> pl.Expr:
    """A companion of true and false; one that is not there or says nothing is false."""
    if column + suffix not in set(known):
        return pl.lit(value=False)
    return pl.col(column + suffix).fill_null(value=False)


def is_censored(column: str, known: Iterable[str]) -> bool:
    """Whether a column has companions that open its values downwards or upwards."""
    names = set(known)
    return any(column + suffix in names for suffix in (BELOW, ABOVE, LOWER, UPPER))


def least(column: str, known: Iterable[str]) -> pl.Expr:
    """The least that each value of a column may be."""
    names = set(known)
    if column + LOWER in names:
        return number(column + LOWER)
    there = number(column).is_not_null()
    return pl.when(there & flag(column, names, BELOW)).then(0.0).otherwise(number(column))


def most(column: str, known: Iterable[str]) -> pl.Expr:
    """The most that each value of a column may be."""
    names = set(known)
    if column + UPPER in names:
        return number(column + UPPER)
    there = number(column).is_not_null()
    return pl.when(there & flag(column, names, ABOVE)).then(inf).otherwise(number(column))


def token(column: str, known: Iterable[str]) -> pl.Expr:
    """Why a value is missing, where the laboratory said so."""
    return pl.col(column + TOKEN).cast(pl.String) if column + TOKEN in set(known) else pl.lit(None, pl.String)


def seen_as(column: str, known: Iterable[str]) -> pl.Expr:
    """The view in which a value is seen, where it is one."""
    return pl.col(column + VIEW).cast(pl.String) if column + VIEW in set(known) else pl.lit(None, pl.String)
