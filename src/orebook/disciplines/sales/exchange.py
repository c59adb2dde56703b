"""Exchange: postings in the currency of the company, each at the rate of its day; none without a rate.

A rate is so many units of ``quote`` for one of ``base``. ``spot`` takes the rate of the day, or the latest of the days
before that are no farther away than a holiday; ``average`` the mean rate that was given for the month. Which of them
counts is for the accountant to say.
"""

from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.measures import cents
from orebook.disciplines.sales.quotes import OLDEST_D

KINDS = ("spot", "average")

RATES: dict[str, type[pl.DataType]] = {
    "base": pl.String,
    "quote": pl.String,
    "day": pl.Date,
    "rate": pl.Float64,
    "kind": pl.String,
}
"""Columns of the table of rates."""


class Exchange(NamedTuple):
    """Rates of exchange, and which of them counts: ``spot`` or ``average``; nothing where nobody said."""

    rates: pl.DataFrame = pl.DataFrame(schema=RATES)
    kind: str = ""
    oldest_d: int = OLDEST_D


def rates_for(wanted: pl.DataFrame, rates: pl.DataFrame, to: str, kind: str, oldest_d: int = OLDEST_D) -> pl.DataFrame:
    """The rate into a currency for each row of ``currency`` and ``day``; empty where none was given.

    ``rates`` has ``base``, ``quote``, ``day``, ``rate`` and ``kind``; one that was given the other way round is turned.

    >>> from datetime import date
    >>> row = {"base": "USD", "quote": "CAD", "day": date(2011, 9, 30), "rate": 1.0389, "kind": "spot"}
    >>> rates = pl.DataFrame([row])
    >>> wanted = pl.DataFrame({"currency": ["USD", "CAD", "EUR"], "day": date(2011, 10, 2)})
    >>> rates_for(wanted, rates, "CAD", "spot")["rate"].to_list()
    [1.0389, 1.0, None]
    """
    if kind not in KINDS:
        raise ValueError(f"rates are {' or '.join(KINDS)}, not {kind!r}")
    straight = rates.filter(pl.col("quote") == to).select("day", "kind", "rate", currency="base")
    turned = rates.filter(pl.col("base") == to).select("day", "kind", rate=1 / pl.col("rate"), currency="quote")
    known = pl.concat([straight, turned]).filter(pl.col("kind") == kind).drop_nulls().filter(pl.col("rate").is_finite())
    known = known.select("currency", "day", "rate").unique(["currency", "day"], keep="first", maintain_order=True)
    keyed = wanted.with_row_index("_at")
    asked = keyed.select("_at", "currency", pl.col("day").cast(pl.Date))
    if kind == "average":
        by_month = known.select("currency", "rate", day=pl.col("day").dt.month_start()).unique(["currency", "day"])
        found = asked.with_columns(pl.col("day").dt.month_start()).join(by_month, on=["currency", "day"], how="left")
    else:
        found = asked.sort("day").join_asof(
            known.sort("day"), on="day", by="currency", tolerance=f"{oldest_d}d", check_sortedness=False
        )
    own = pl.when(pl.col("currency") == to).then(1.0).otherwise("rate")
    return keyed.join(found.select("_at", own.alias("rate")), on="_at", how="left", maintain_order="left").drop("_at")


def rates_between(wanted: pl.DataFrame, rates: pl.DataFrame, kind: str, oldest_d: int = OLDEST_D) -> pl.DataFrame:
    """The rate from ``currency`` into ``into`` on ``day``, row by row; empty where none was given.

    >>> from datetime import date
    >>> rates = pl.DataFrame([{"base": "USD", "quote": "CAD", "day": date(2011, 9, 30), "rate": 1.25, "kind": "spot"}])
    >>> wanted = pl.DataFrame({"currency": ["CAD", "EUR"], "into": "USD", "day": date(2011, 9, 30)})
    >>> rates_between(wanted, rates, "spot")["rate"].to_list()
    [0.8, None]
    """
    parts = [
        rates_for(part, rates, into, kind, oldest_d)
        for (into,), part in wanted.group_by("into", maintain_order=True)
        if isinstance(into, str)
    ]
    return pl.concat([wanted.clear().with_columns(rate=pl.lit(None, pl.Float64)), *parts])


def unrated(wanted: pl.DataFrame, rates: pl.DataFrame, oldest_d: int = OLDEST_D) -> pl.DataFrame:
    """The rows of ``currency`` and ``day`` for which there is no rate of either kind into any other currency.

    ``ever`` says whether there is one for another day.

    >>> from datetime import date
    >>> rates = pl.DataFrame([{"base": "USD", "quote": "CAD", "day": date(2011, 9, 30), "rate": 1.25, "kind": "spot"}])
    >>> wanted = pl.DataFrame({"currency": ["CAD", "USD", "EUR"], "day": [date(2011, 9, 30), *[date(2012, 1, 5)] * 2]})
    >>> unrated(wanted, rates).rows()
    [('USD', datetime.date(2012, 1, 5), True), ('EUR', datetime.date(2012, 1, 5), False)]
    """
    given = rates.filter(pl.col("rate").is_finite() & (pl.col("base") != pl.col("quote")))
    sides = [given.select(currency=one, into=other) for one, other in (("base", "quote"), ("quote", "base"))]
    pairs = pl.concat(sides).drop_nulls().unique()
    asked = wanted.select("currency", "day").unique().join(pairs, on="currency")
    found = pl.concat(rates_between(asked, given, kind, oldest_d) for kind in KINDS).drop_nulls("rate")
    lacking = wanted.join(found.select("currency", "day").unique(), on=["currency", "day"], how="anti")
    return lacking.with_columns(ever=pl.col("currency").is_in(pairs["currency"].unique().implode()))


def in_currency(
    amounts: pl.DataFrame, rates: pl.DataFrame, to: str, kind: str, oldest_d: int = OLDEST_D
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Amounts in cents in another currency, rounded one by one, and the rows for which there is no rate."""
    days = amounts.select("currency", "day").unique()
    rated = amounts.join(rates_for(days, rates, to, kind, oldest_d), on=["currency", "day"], maintain_order="left")
    there = rated.with_columns(_exchanged=cents(pl.col("amount") / 100 * pl.col("rate")))
    lacking = there.filter(pl.col("_exchanged").is_null()).select(amounts.columns)
    found = there.drop_nulls("_exchanged").with_columns(amount=pl.col("_exchanged"), currency=pl.lit(to))
    return found.select(amounts.columns), lacking
