"""Hedges: what a derivative consists of, and what it pays when it expires.

Each is one or two legs: a forward and a swap are bought or sold at their strike, options are held or written. Who buys
a collar holds its put at ``strike`` and has written its call at ``second_strike``: a floor and a cap for metal that he
will sell; who sells one has it the other way round. A swap is a row for each settlement. With
``average_from_day`` it settles at the mean price of the days from there to its expiry (Asian options, swaps on the mean
of a month), else at the price of the day on which it expires.
"""

import csv
from functools import cache
from importlib.resources import files

import polars as pl

from orebook.disciplines.sales.terms import with_columns
from orebook.ground import units
from orebook.ground.units import IncompatibleUnitsError, UnknownUnitError

COLUMNS: dict[str, type[pl.DataType]] = {
    "hedge": pl.String,
    "kind": pl.String,
    "side": pl.String,
    "underlying": pl.String,
    "quantity": pl.Float64,
    "unit": pl.String,
    "strike": pl.Float64,
    "second_strike": pl.Float64,
    "currency": pl.String,
    "start_day": pl.Date,
    "expiry_day": pl.Date,
    "closed_day": pl.Date,
    "average_from_day": pl.Date,
    "premium": pl.Float64,
    "settled": pl.Float64,
}
"""Columns of the table of hedges."""

SIDES = {"buy": 1, "sell": -1}


@cache
def kinds() -> tuple[dict[str, str], ...]:
    """The legs of each kind of hedge.

    >>> [(row["leg"], row["sign"], row["strike"]) for row in kinds() if row["kind"] == "collar"]
    [('put', '1', 'strike'), ('call', '-1', 'second_strike')]
    """
    text = files("orebook.disciplines.sales.hedging").joinpath("kinds.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def in_order(hedges: pl.DataFrame) -> pl.DataFrame:
    """Hedges in their columns, one of each name, with ``end_day``: the day of expiry or of an earlier closing."""
    known = with_columns(hedges, COLUMNS).drop_nulls("hedge").unique("hedge", keep="first").sort("hedge")
    return known.with_columns(pl.col("premium").fill_null(0), end_day=pl.min_horizontal("expiry_day", "closed_day"))


def legs(hedges: pl.DataFrame) -> pl.DataFrame:
    """The legs of hedges: ``hedge``, ``leg`` (forward, put, call), ``size`` with its sign, and ``strike``.

    >>> collar = {"hedge": "C", "kind": "collar", "side": "sell", "quantity": 5.0, "strike": 3.0, "second_strike": 4.0}
    >>> legs(in_order(pl.DataFrame([collar]))).rows()
    [('C', 'put', -5.0, 3.0), ('C', 'call', 5.0, 4.0)]
    """
    parts = pl.DataFrame(list(kinds())).rename({"strike": "at"}).with_columns(pl.col("sign").cast(pl.Int64))
    side = pl.col("side").replace_strict(SIDES, default=None, return_dtype=pl.Int64)
    strike = pl.when(pl.col("at") == "strike").then("strike").otherwise("second_strike")
    return hedges.join(parts, on="kind", maintain_order="left").select(
        "hedge", "leg", size=pl.col("quantity") * side * pl.col("sign"), strike=strike
    )


def payoff(leg: pl.Expr, price: pl.Expr, strike: pl.Expr) -> pl.Expr:
    """What one unit of a leg pays at a price.

    >>> legs = pl.DataFrame({"leg": ["forward", "put", "call"]})
    >>> legs.select(payoff(pl.col("leg"), pl.lit(3.0), pl.lit(4.0))).to_series().to_list()
    [-1.0, 1.0, 0.0]
    """
    gain = price - strike
    put, call = (-gain).clip(lower_bound=0), gain.clip(lower_bound=0)
    return pl.when(leg == "put").then(put).when(leg == "call").then(call).otherwise(gain)


def unit_ratio(wanted: str, given: str) -> float | None:
    """How many of one unit make another: what a price for one has to be multiplied by; nothing where they differ.

    >>> round(unit_ratio("t", "lb"), 4), unit_ratio("USD", "USD"), unit_ratio("oz", "USD")
    (2204.6226, 1.0, None)
    """
    try:
        return float(units.unit(wanted).ratio(units.unit(given)))
    except (UnknownUnitError, IncompatibleUnitsError):
        return None
