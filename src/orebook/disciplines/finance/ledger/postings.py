"""Postings: the rows of a ledger that can be counted, and those that cannot, with the reason.

Columns of ``ledger``: ``account``, ``from_day``, ``to_day``, ``amount`` (debits positive; or ``debit`` and ``credit``),
``currency`` and, where wanted, ``entity`` (whose books), ``mine``, ``version``, ``published_on`` and ``document``. A
row without ``from_day`` is a balance at the end of ``to_day``; with it, what was posted from one day to the other. A
row of a single day is an entry: entries of a month make that month.
"""

from dataclasses import dataclass

import polars as pl

from orebook.disciplines.finance.ledger.cents import finer_than_cents, in_cents
from orebook.disciplines.finance.ledger.chart import FLOWS, Chart
from orebook.disciplines.finance.ledger.spans import ALWAYS

RESTATED = "restated"
"""The name of a version that has none but was published later than the first."""

_TEXTS = ("account", "currency", "entity", "mine", "version", "document")
_DAYS = ("from_day", "to_day", "published_on")


@dataclass(frozen=True)
class Postings:
    """Rows of a ledger with numbers for what they name.

    ``kept`` has ``row``, ``account``, ``mine``, ``kind``, ``entity``, ``currency``, ``version`` (nothing as first
    reported), ``published_on``, ``start`` and ``end`` (the day after the last) in days, and ``cents``. ``refused`` has
    the same with ``why`` instead of the cents: a stretch of the books with such a row is not used at all.
    """

    kept: pl.DataFrame
    refused: pl.DataFrame


def postings(ledger: pl.DataFrame, chart: Chart) -> Postings:
    """Read a ledger against its chart of accounts; nothing is guessed for a row that lacks something.

    >>> chart = Chart(pl.DataFrame({"account": ["4000"], "kind": ["income"], "mine": [""]}), pl.DataFrame())
    >>> given = {"account": ["4000", "4001"], "from_day": ["2011-07-01"] * 2, "to_day": ["2011-09-30"] * 2}
    >>> found = postings(pl.DataFrame({**given, "amount": [-5.0, 5.0], "currency": ["CAD", "CAD"]}), chart)
    >>> found.kept["cents"].to_list(), found.refused.select("row", "why").rows()
    ([-500], [(1, '4001 is no account of the chart')])
    """
    told = _told(with_amount(ledger))
    kinds = chart.accounts.select("account", "kind", home="mine")
    joined = told.join(kinds, on="account", how="left", maintain_order="left").with_columns(why=_why())
    placed = joined.with_columns(
        mine=pl.when(pl.col("mine") == "").then(pl.col("home").fill_null("")).otherwise(pl.col("mine")),
        start=_start().cast(pl.Int64),
        end=_end().cast(pl.Int64),
    ).drop("home")
    good = pl.col("why") == ""
    return Postings(_versions(placed.filter(good).drop("why", "amount")), placed.filter(~good))


def with_amount(ledger: pl.DataFrame) -> pl.DataFrame:
    """A ledger whose debits and credits, where they have columns of their own, are one amount.

    >>> with_amount(pl.DataFrame({"debit": [5.0, None], "credit": [None, 7.0]}))["amount"].to_list()
    [5.0, -7.0]
    """
    sides = [name for name in ("debit", "credit") if name in ledger.columns]
    if not sides:
        return ledger
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in sides]
    signed = [each if name == "debit" else -each for each, name in zip(numbers, sides, strict=True)]
    told = pl.any_horizontal(each.is_not_null() for each in numbers)
    both = pl.when(told).then(pl.sum_horizontal(each.fill_null(0.0) for each in signed))
    own = pl.col("amount").cast(pl.Float64, strict=False) if "amount" in ledger.columns else pl.lit(None, pl.Float64)
    return ledger.with_columns(amount=pl.coalesce(own, both))


def _told(ledger: pl.DataFrame) -> pl.DataFrame:
    """A ledger with every column, texts trimmed, days as days, and the position of each row."""
    there = ledger.columns
    texts = [
        (pl.col(name).cast(pl.String).fill_null("") if name in there else pl.lit("")).alias(name) for name in _TEXTS
    ]
    days = [day_column(name, ledger) for name in _DAYS]
    row = pl.col("row").cast(pl.Int64) if "row" in there else pl.int_range(pl.len(), dtype=pl.Int64).alias("row")
    amount = pl.col("amount") if "amount" in there else pl.lit(None, pl.Float64).alias("amount")
    return ledger.select(
        row, *texts, *days, amount, in_cents("amount").alias("cents") if "amount" in there else _none()
    )


def _none() -> pl.Expr:
    return pl.lit(None, pl.Int64).alias("cents")


def day_column(name: str, table: pl.DataFrame) -> pl.Expr:
    """A column of days, whether it holds days or texts such as 2011-09-30; missing where it is neither."""
    if name not in table.columns:
        return pl.lit(None, pl.Date).alias(name)
    if table.schema[name] == pl.String:
        return pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    return pl.col(name).cast(pl.Date, strict=False)


YEARS = (1850, 2200)
"""Years that books may be about; a day outside them is a slip of the keyboard."""


def in_these_years(column: str) -> pl.Expr:
    """Whether a day lies in years that books may be about; a missing one does.

    >>> from datetime import date
    >>> days = pl.DataFrame({"day": [date(2011, 9, 30), date(9011, 9, 30), None]})
    >>> days.select(in_these_years("day"))["day"].to_list()
    [True, False, True]
    """
    return pl.col(column).dt.year().is_between(*YEARS).fill_null(value=True)


def _why() -> pl.Expr:
    """What a row lacks, in words; nothing for a good one."""
    flow = pl.col("kind").is_in(FLOWS)
    return (
        pl.when(pl.col("account") == "")
        .then(pl.lit("names no account"))
        .when(pl.col("kind").is_null())
        .then(pl.format("{} is no account of the chart", "account"))
        .when(pl.col("cents").is_null())
        .then(pl.lit("has no amount"))
        .when((pl.col("kind") != "quantity") & finer_than_cents("amount"))
        .then(pl.lit("is finer than a cent"))
        .when(pl.col("currency") == "")
        .then(pl.lit("names no currency"))
        .when(pl.col("to_day").is_null())
        .then(pl.lit("says no day"))
        .when(pl.col("from_day") > pl.col("to_day"))
        .then(pl.lit("ends before it begins"))
        .when(~(in_these_years("from_day") & in_these_years("to_day")))
        .then(pl.lit("is of a year that no books are about"))
        .when(flow & pl.col("from_day").is_null())
        .then(pl.lit("does not say from which day on it runs"))
        .otherwise(pl.lit(""))
        .alias("why")
    )


def _single() -> pl.Expr:
    return pl.col("from_day") == pl.col("to_day")


def _start() -> pl.Expr:
    month = pl.when(_single()).then(pl.col("from_day").dt.month_start()).otherwise(pl.col("from_day"))
    return month.to_physical().cast(pl.Int64).fill_null(ALWAYS)


def _end() -> pl.Expr:
    month = pl.when(_single()).then(pl.col("to_day").dt.month_end()).otherwise(pl.col("to_day"))
    return month.to_physical().cast(pl.Int64) + 1


def _versions(kept: pl.DataFrame) -> pl.DataFrame:
    """Name the version of rows that were published again without one, and keep the last word of each version."""
    if kept["published_on"].null_count() == kept.height:
        nameless = pl.when(pl.col("version") == "").then(None).otherwise(pl.col("version")).alias("version")
        return kept.with_columns(nameless)
    never = pl.date(1, 1, 1)
    said = kept.with_columns(pl.col("published_on").fill_null(never))
    stretch = ["entity", "currency", "start", "end"]
    first = pl.col("published_on").filter(pl.col("version") == "").min().over(stretch)
    later = (pl.col("version") == "") & (pl.col("published_on") > first)
    named = said.with_columns(
        version=pl.when(later).then(pl.lit(RESTATED)).when(pl.col("version") != "").then(pl.col("version"))
    )
    last = pl.col("published_on").max().over(["version", "account", "mine", *stretch])
    found = named.filter(pl.col("published_on") == last)
    return found.with_columns(published_on=pl.when(pl.col("published_on") > never).then(pl.col("published_on")))
