"""Averaging: derivatives that settle at the mean price of the working days from a first day to their expiry.

Most swaps on base metals and many puts and collars settle like that, month by month (Asian options). The days that are
past count with the spot prices that are known of them; the days to come with the forward curve. What an option is
worth on the mean of the days to come follows from their first two moments, those of a lognormal price.
"""

import numpy as np
import polars as pl

from orebook.disciplines.sales.quotes import between
from orebook.maths.options import Floats

YEAR_D = 365.0
_LAST_WORKDAY = 5

OVER: dict[str, type[pl.DataType]] = {"fixed": pl.Float64, "share": pl.Float64, "spread": pl.Float64}
"""What is ``fixed`` of the mean, by the days that are past; the ``share`` of the days to come; their ``spread``."""


def fixing_days(asked: pl.DataFrame) -> pl.DataFrame:
    """The working days from ``average_from_day`` to ``expiry_day`` of each row: its columns and ``fixing_day``.

    A period without a working day has all its days. Holidays of a market are not known.

    >>> from datetime import date
    >>> week = pl.DataFrame({"hedge": "A", "average_from_day": date(2011, 9, 1), "expiry_day": date(2011, 9, 30)})
    >>> fixing_days(week).height
    22
    """
    ranges = pl.date_ranges("average_from_day", "expiry_day")
    days = asked.with_columns(fixing_day=ranges).explode("fixing_day", empty_as_null=True).drop_nulls("fixing_day")
    works = pl.col("fixing_day").dt.weekday() <= _LAST_WORKDAY
    return days.filter(works | ~works.any().over(asked.columns))


def means(asked: pl.DataFrame, spots: pl.DataFrame, until: str) -> pl.DataFrame:
    """The mean of the spot prices from ``average_from_day`` to ``until``: ``price``, ``quoted_unit``, ``quoted_in``.

    ``until`` names a column of days. Days without a price are left out of the mean. There is none where the prices
    stand in several units or currencies.
    """
    known = spots.drop_nulls(["underlying", "day", "price"]).sort("underlying", "day", "price")
    known = known.unique(["underlying", "day"], keep="first", maintain_order=True).rename({"day": "_day"})
    keys = ["hedge", until]
    spans = asked.select(*keys, "underlying", "average_from_day").unique()
    within = (pl.col("_day") >= pl.col("average_from_day")) & (pl.col("_day") <= pl.col(until))
    found = spans.join(known, on="underlying").filter(within).sort(*keys, "_day")
    one = pl.struct("unit", "currency").n_unique() == 1
    return found.group_by(keys).agg(
        price=pl.when(one).then(pl.col("price").mean()),
        quoted_unit=pl.col("unit").first(),
        quoted_in=pl.col("currency").first(),
    )


def spread_of_mean(forwards: Floats, deviations: Floats, years: Floats) -> float:
    """The standard deviation of the logarithm of a mean of prices, by its first two moments.

    ``forwards`` are the expected prices of the days, ``deviations`` their volatilities as shares a year, ``years`` the
    time to each. The prices are lognormal and move together; one day alone gives volatility times root of time.

    Source: S. M. Turnbull and L. M. Wakeman, A quick algorithm for pricing European average options, 1991, with the
    moments of discrete days.

    >>> one = np.array([1.0])
    >>> round(spread_of_mean(3.0 * one, 0.2 * one, 0.25 * one), 6)
    0.1
    """
    common = np.minimum.outer(years, years) * np.outer(deviations, deviations)
    second = float((np.outer(forwards, forwards) * np.exp(common)).sum())
    return float(np.sqrt(max(np.log(second / float(forwards.sum()) ** 2), 0.0)))


def averaged(placed: pl.DataFrame, curves: pl.DataFrame, spots: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The mean that is expected of each derivative on a day, and how far it is fixed: ``forward`` and ``OVER``.

    ``placed`` are rows of derivatives on a day and its curve (``by`` names it), ``curves`` its points; prices are in
    the unit of the curve. A row without a forward price for each day to come, or without a price of the days that are
    past, has no ``forward``.
    """
    keys = ["hedge", "day"]
    days = fixing_days(placed.select(*keys, *by, "average_from_day", "expiry_day"))
    to_come = days.filter(pl.col("fixing_day") > pl.col("day")).with_columns(target="fixing_day")
    quoted = between(to_come, curves, by, "delivery_day", ["price", "volatility_pct"])
    years = (pl.col("fixing_day") - pl.col("day")).dt.total_days() / YEAR_D
    ahead = (
        quoted.sort(*keys, "fixing_day")
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col("price"), years.alias("years"), pl.col("volatility_pct"), ahead=pl.col("price").sum(), left=pl.len()
        )
        .with_columns(whole=pl.col("price").list.eval(pl.element().is_not_null().all()).list.first())
    )
    past = means(placed.with_columns(to="day"), spots, "to").rename({"to": "day", "price": "past"})
    counted = days.group_by(keys).agg(count=pl.len())
    found = placed.select(*keys, "quoted_unit", "quoted_in").join(counted, on=keys, how="left")
    found = found.join(ahead, on=keys, how="left").join(past, on=keys, how="left", suffix="_past")
    gone = pl.col("count") - pl.col("left").fill_null(0)
    same = (pl.col("quoted_unit_past") == pl.col("quoted_unit")) & (pl.col("quoted_in_past") == pl.col("quoted_in"))
    fixed = pl.when(gone == 0).then(0.0).when(same).then(pl.col("past") * gone / pl.col("count"))
    found = found.with_columns(fixed=fixed, share=pl.col("left").fill_null(0) / pl.col("count"))
    rest = pl.when(pl.col("share") == 0).then(0.0).when("whole").then(pl.col("ahead") / pl.col("count"))
    spreads = [_spread(*row) for row in found.select("whole", "price", "volatility_pct", "years").rows()]
    return found.select(
        *keys, "fixed", "share", forward=pl.col("fixed") + rest, spread=pl.Series(spreads, dtype=pl.Float64)
    )


def _spread(
    whole: bool | None, prices: list[float] | None, volatilities: list[float | None] | None, years: list[float] | None
) -> float | None:
    """The spread of the mean of the days to come, where prices and volatilities of all are known and positive."""
    if not whole or prices is None or volatilities is None or years is None or None in volatilities or min(prices) <= 0:
        return None
    deviations = np.array(volatilities, dtype=np.float64) / 100
    return spread_of_mean(np.array(prices), deviations, np.array(years))
