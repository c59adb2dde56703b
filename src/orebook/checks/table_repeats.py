"""Values of a column of grades that occur too often: filled in, limits, halves of limits."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from orebook.checks.table_rule import Tables
from orebook.checks.table_values import assayed, below, values

_BULK_ROWS, _BULK_SHARE = 20, 0.05
"""The smallest value of a column is remarkable when it occurs so often."""

_MANY_ROWS, _MANY_SHARE, _LONG_SHARE = 30, 0.20, 0.05
"""Another value is, when it occurs so often; with three digits or more, a quarter of that is enough."""

_COARSE = 10.0
"""Values below so many times the smallest repeat because a method measures coarsely."""

_SMALL = 40.0
"""Values up to so many times the smallest tell how finely a method measures."""

_DRAWN = 40_000
"""Of longer columns so many values are drawn first: what is common in the whole is common among them."""

_SAME = 5e-7
"""Values so near to one another are one, after a journey through single precision."""


class Repeat(NamedTuple):
    """A value that occurs too often: ``plain``, or the smallest of its column, ``half`` a limit or the ``limit``."""

    column: str
    kind: str
    value: float
    rows: int
    known: int
    line: int


def repeats(tables: Tables) -> list[Repeat]:
    """All values that occur too often, column after column."""
    return tables.kept("repeats", lambda: [found for one in assayed(tables) for found in _of(tables, one.column)])


def _of(tables: Tables, column: str) -> Iterator[Repeat]:
    measured, marked = values(tables, column), below(tables, column)
    limits = measured.filter(marked).unique().drop_nulls() if marked.any() else pl.Series(dtype=pl.Float64)
    plain = (measured > 0.0).fill_null(value=False) & ~marked
    view = measured.filter(plain)
    if len(view) < _BULK_ROWS:
        return
    smallest = _least(view)
    often = _count(view, smallest)
    if often >= _BULK_ROWS and often >= _BULK_SHARE * len(view):
        half = _is_half(view, smallest, limits)
        if half or not len(limits):
            kind = "half" if half else "limit"
            yield Repeat(column, kind, smallest, often, len(view), _line(measured, plain, smallest))
    for said in _candidates(view, smallest):
        rows = _count(view, said)
        share = _LONG_SHARE if _digits(said) > 2 else _MANY_SHARE
        if rows >= _MANY_ROWS and rows >= share * len(view):
            yield Repeat(column, "plain", said, rows, len(view), _line(measured, plain, said))
            return


def _least(view: pl.Series) -> float:
    least = view.min()
    return float(least) if isinstance(least, int | float) else 0.0


def _near(column: pl.Series, said: float) -> pl.Series:
    return (column - said).abs() <= _SAME * said


def _count(view: pl.Series, said: float) -> int:
    return int(_near(view, said).sum())


def _line(measured: pl.Series, plain: pl.Series, said: float) -> int:
    """The line of the first row with a value."""
    return int((_near(measured, said).fill_null(value=False) & plain).arg_true()[0]) + 2


def _digits(said: float) -> int:
    """How many digits a value has, but for noughts at its end: 0.02 has one, 10000 has one, 1.52 three."""
    return len(f"{said:.5e}".partition("e")[0].replace(".", "").rstrip("0"))


def _candidates(view: pl.Series, smallest: float) -> list[float]:
    """The values that are common, the most common first: with three digits, or larger than most."""
    drawn = view
    if len(view) > 2 * _DRAWN:
        drawn = view.gather(np.random.default_rng(0).integers(0, len(view), _DRAWN))
    counts = drawn.round_sig_figs(6).alias("value").value_counts().sort("count", "value", descending=True)
    common = counts.filter(
        (pl.col("count") >= 0.5 * _LONG_SHARE * len(drawn)) & (pl.col("value") > smallest * (1 + _SAME))
    )
    middle = drawn.median()
    large = max(float(middle) if isinstance(middle, int | float) else 0.0, _COARSE * smallest)
    return [said for said in common["value"].to_list() if _digits(said) > 2 or said > large]


def _is_half(view: pl.Series, smallest: float, limits: pl.Series) -> bool:
    """Whether the smallest value is half of a limit, or of the step in which the others are measured."""
    if len(limits):
        return bool(((limits / smallest - 2.0).abs() < 1e-6).any())
    others = view.filter((view > smallest * (1.0 + _SAME)) & (view <= _SMALL * smallest)) / (2.0 * smallest)
    return others.n_unique() > 2 and bool(((others - others.round()).abs() < 1e-3).all())
