"""Normal-course bids: how many own shares a company may buy within twelve months, in thirty days and on one day.

The limits of each exchange stand in ``buy_back_limits.csv``. What a table of days cannot show is not looked at: the
hour of a purchase, and whether it raised the price.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl


@dataclass(frozen=True, slots=True)
class Limits:
    """What an exchange allows, as shares of one: of issued, of the float, of the mean daily volume, in thirty days."""

    exchange: str
    of_issued: float
    of_float: float
    of_daily_volume: float | None
    least_a_day: float
    of_issued_in_30_days: float | None
    source: str


@cache
def limits() -> Mapping[str, Limits]:
    """The limits of each exchange.

    >>> limits()["TSX"].of_float
    0.1
    """
    text = files("orebook.disciplines.finance.shares").joinpath("buy_back_limits.csv").read_text(encoding="utf-8")
    return {
        row["exchange"]: Limits(
            row["exchange"],
            float(row["of_issued"]),
            float(row["of_float"]),
            float(row["of_daily_volume"]) if row["of_daily_volume"] else None,
            float(row["least_a_day"] or 0),
            float(row["of_issued_in_30_days"]) if row["of_issued_in_30_days"] else None,
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def bid_limit(issued: float, public_float: float, of: Limits) -> float:
    """How many shares a bid may buy in twelve months: the larger share of issued shares and of the float.

    Source: TSX Company Manual, section 628; catalogue code FN1109.

    >>> bid_limit(1000.0, 900.0, limits()["TSX"])
    90.0
    """
    return max(issued * of.of_issued, public_float * of.of_float)


def day_limit(daily_volume: float, of: Limits) -> float | None:
    """How many shares may be bought on one day apart from one block a week; nothing where the exchange sets no limit.

    ``daily_volume`` is the mean over the six months before.

    >>> day_limit(40000.0, limits()["TSX"]), day_limit(40000.0, limits()["TSXV"])
    (10000.0, None)
    """
    if of.of_daily_volume is None:
        return None
    return max(daily_volume * of.of_daily_volume, of.least_a_day)


_OVER = {
    "bid": pl.String,
    "day": pl.Date,
    "bought": pl.Float64,
    "so_far": pl.Float64,
    "limit": pl.Float64,
    "over": pl.String,
}


def over_limits(bids: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Days on which a bid bought more than it may: ``over`` says which limit, ``so_far`` and ``limit`` by how much.

    ``bids`` has ``bid``, ``exchange``, ``from_day``, ``to_day``, ``issued``, ``float`` and ``daily_volume``; purchases
    are events of kind ``buy_back``; those with ``block`` set are the one block a week and count for the year only. A
    bid on an exchange without known limits is left out.

    >>> from datetime import date
    >>> days = {"from_day": [date(2020, 1, 1)], "to_day": [date(2020, 12, 31)]}
    >>> bid = {"bid": ["A"], "exchange": ["TSX"], **days, "issued": [1e6], "float": [5e5], "daily_volume": [1e4]}
    >>> bought = {"day": [date(2020, 2, 1), date(2020, 2, 2)], "kind": ["buy_back"] * 2, "shares": [2500.0, 3000.0]}
    >>> over_limits(pl.DataFrame(bid), pl.DataFrame(bought)).select("day", "so_far", "limit", "over").rows()
    [(datetime.date(2020, 2, 2), 3000.0, 2500.0, 'day')]
    """
    found = [pl.DataFrame(schema=_OVER)]
    block = pl.col("block").fill_null(value=False) if "block" in events.columns else pl.lit(value=False)
    bought = events.filter(pl.col("kind") == "buy_back").select("day", pl.col("shares").cast(pl.Float64), block=block)
    for row in bids.filter(pl.col("exchange").is_in(list(limits()))).iter_rows(named=True):
        within = bought.filter(pl.col("day").is_between(row["from_day"], row["to_day"]))
        found += _over(row, within, limits()[row["exchange"]])
    return pl.concat(found).sort("bid", "day", "over")


def _over(bid: Mapping[str, object], bought: pl.DataFrame, of: Limits) -> list[pl.DataFrame]:
    """The days on which one bid went over each of its limits."""
    issued, public, volume = (float(str(bid[name] or 0)) for name in ("issued", "float", "daily_volume"))
    by_day = bought.group_by("day").agg(bought=pl.col("shares").sum()).sort("day")
    running = by_day.with_columns(so_far=pl.col("bought").cum_sum())
    found = [_beyond(running, bid_limit(issued, public, of), "twelve months", bid["bid"])]
    single = bought.filter(~pl.col("block")).group_by("day").agg(bought=pl.col("shares").sum()).sort("day")
    if (most := day_limit(volume, of)) is not None and volume:
        found.append(_beyond(single.with_columns(so_far=pl.col("bought")), most, "day", bid["bid"]))
    if of.of_issued_in_30_days is not None:
        rolled = by_day.with_columns(so_far=pl.col("bought").rolling_sum_by("day", "30d"))
        found.append(_beyond(rolled, issued * of.of_issued_in_30_days, "thirty days", bid["bid"]))
    return found


def _beyond(running: pl.DataFrame, limit: float, over: str, bid: object) -> pl.DataFrame:
    late = running.filter(pl.col("so_far") > limit)
    named = late.with_columns(bid=pl.lit(str(bid)), limit=pl.lit(limit), over=pl.lit(over))
    return named.select(pl.col(name).cast(kind) for name, kind in _OVER.items())
