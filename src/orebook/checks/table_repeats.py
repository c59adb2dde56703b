"""Values of a column of grades that occur too often: filled in, limits, halves of limits."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.checks.table_values import assayed, below, values

_BULK_ROWS, _BULK_SHARE = 20, 0.05
"""The smallest value of a column is remarkable when it occurs so often."""

_MANY_ROWS, _MANY_SHARE, _LONG_SHARE = 30, 0.20, 0.05
"""Another value is, when it occurs so often; with three digits or more, a quarter of that is enough."""

_COARSE = 10.0
"""Values below so many times the smallest repeat because a method measures coarsely."""

_SMALL = 40
"""Values up to so many times the smallest tell how finely a method measures."""


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

    def make() -> list[Repeat]:
        return [found for one in assayed(tables) for found in _of(tables, one.column)]

    return tables.kept("repeats", make)


def _of(tables: Tables, column: str) -> Iterator[Repeat]:
    measured = values(tables, column).round_sig_figs(6)
    marked = below(tables, column)
    limits = measured.filter(marked).unique().drop_nulls() if marked.any() else pl.Series(dtype=pl.Float64)
    plain = measured.filter(~marked & (measured > 0.0)) if marked.any() else measured.filter(measured > 0.0)
    if len(plain) < _BULK_ROWS:
        return
    counts = plain.alias("value").value_counts().sort("value")
    smallest, often = counts.row(0)
    lines = (measured == smallest) & ~marked
    if often >= _BULK_ROWS and often >= _BULK_SHARE * len(plain):
        half = _is_half(counts, smallest, limits)
        if half or not len(limits):
            yield Repeat(column, "half" if half else "limit", smallest, often, len(plain), int(lines.arg_true()[0]) + 2)
    others = counts.filter(pl.col("value") > smallest)
    if not others.height:
        return
    digits = pl.col("value").round_sig_figs(2) != pl.col("value")
    large = (pl.col("value") > plain.median()) & (pl.col("value") >= _COARSE * smallest)
    share = pl.when(digits).then(_LONG_SHARE).otherwise(_MANY_SHARE) * len(plain)
    bulk = others.filter((pl.col("count") >= _MANY_ROWS) & (pl.col("count") >= share) & (digits | large))
    for said, rows in bulk.sort("count", descending=True).head(1).iter_rows():
        yield Repeat(column, "plain", said, rows, len(plain), int((measured == said).arg_true()[0]) + 2)


def _is_half(counts: pl.DataFrame, smallest: float, limits: pl.Series) -> bool:
    """Whether the smallest value is half of a limit, or of the step in which the others are measured."""
    if len(limits):
        return bool(((limits / smallest - 2.0).abs() < 1e-6).any())
    others = counts.filter(pl.col("value") > smallest, pl.col("value") <= _SMALL * smallest)["value"] / (2.0 * smallest)
    return len(others) > 2 and bool(((others - others.round()).abs() < 1e-3).all())
