"""Tidy figures: one row for each measure of a subject in a period, unrounded, with its unit, basis and coverage."""

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from orebook.disciplines.production.period_sums import coverage
from orebook.disciplines.production.sheet_stretches import SPREAD
from orebook.ground.tidy import tidy

FIGURES = tidy(
    source=pl.String,
    kind=pl.String,
    coverage=pl.Float64,
    low=pl.Float64,
    high=pl.Float64,
    how=pl.String,
    year=pl.Int64,
    number=pl.Int64,
)
"""The columns of a table of figures. ``coverage`` is the share of the period that is told; ``how`` says what a figure
counts or was derived from; ``low`` and ``high`` hold its range where it follows from printed numbers."""

WHOLE, SHARE = "100%", "attributable"
"""The bases of production."""

_FREE = {"ratios": True, "derived": None}
_ORDER = ("subject", "basis", "source", "start", "end", "kind")


class Measured(NamedTuple):
    """How a measure is made of sums: its name, value, unit, the amounts that have to be told, metal, what it counts.

    ``ratio`` is one that a share of a mine has in common with the mine; ``spread`` the amount whose range it has.
    """

    measure: str
    value: pl.Expr
    unit: str
    amounts: tuple[str, ...]
    metal: str = ""
    how: str = ""
    spread: str = ""
    ratio: bool = False


def figures(sums: pl.DataFrame, measured: Iterable[Measured]) -> pl.DataFrame:
    """A row for each measure that can be made of each row of sums: measure by measure, then by subject and days.

    ``sums`` may have ``ratios``, which says of a row whether ratios are made of it, and ``derived``, what it was made
    from.
    """
    more = [pl.lit(value).alias(name) for name, value in _FREE.items() if name not in sums.columns]
    ordered = sums.with_columns(more).sort(_ORDER)
    rich = ordered.filter("ratios")
    made = (_figure(rich if one.ratio else ordered, one) for one in measured)
    return pl.concat([pl.DataFrame(schema=FIGURES), *made])


def _figure(sums: pl.DataFrame, one: Measured) -> pl.DataFrame:
    spread = pl.col(f"{one.spread}{SPREAD}") if one.spread else pl.lit(None, pl.Float64)
    derived = pl.concat_str([pl.lit(one.how or None, pl.String), pl.col("derived")], separator="; ", ignore_nulls=True)
    named = {
        "measure": pl.lit(one.measure),
        "metal": pl.lit(one.metal or None, pl.String),
        "from_day": pl.col("start"),
        "to_day": pl.col("end"),
        "value": one.value,
        "unit": pl.lit(one.unit),
        "coverage": coverage(*one.amounts),
        "low": one.value - spread,
        "high": one.value + spread,
        "how": pl.when(derived != "").then(derived),
        "version": pl.lit(None, pl.Date),
    }
    made = sums.select(named.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in FIGURES.items())
    return made.filter(pl.col("value").is_finite())
