"""Differences: where parts of a ledger do not add up to the whole that it gives, and where a rate is missing."""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from orebook.disciplines.finance.ledger.balancing import as_date, joined
from orebook.disciplines.finance.ledger.cents import PER_UNIT
from orebook.disciplines.finance.ledger.exchange import Exchange
from orebook.disciplines.finance.ledger.held import Held
from orebook.disciplines.finance.ledger.postings import day_column
from orebook.disciplines.finance.ledger.running import Standing, running
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.stretches import Volume

DISAGREEING: Mapping[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "account": pl.String,
    "currency": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "given": pl.Float64,
    "made": pl.Float64,
}
"""An amount that is given for a whole, and what its parts add up to."""


def disagreements(held: Held, ledger: pl.DataFrame) -> pl.DataFrame:
    """Amounts over a period, or balances, that differ from what shorter periods inside them add up to.

    Where both are given, a period reads as it is given; the other periods follow from the shorter ones.
    """
    told = [row for volume in held.volumes for row in _of(volume, held)]
    found = pl.DataFrame(told, {name: kind for name, kind in DISAGREEING.items() if name != "row"}, orient="row")
    on = ["account", "currency", "from_day", "to_day"]
    placed = found.unique(maintain_order=True).join(_rows(ledger), on=on, how="left", nulls_equal=True)
    return placed.with_columns(pl.col("row").fill_null(0)).select(*DISAGREEING)


def _of(volume: Volume, held: Held) -> Iterator[tuple[object, ...]]:
    """What disagrees in one volume."""
    for part in (volume.flows, volume.stocks):
        given = dict(zip(part.keys, part.amounts, strict=True))
        for (start, end), apart in joined(part).disagreeing():
            for place in np.flatnonzero(apart):
                account = held.series["account"][int(part.series[place])]
                said = int(given[start, end][place])
                days = None if start == ALWAYS else as_date(start), as_date(end - 1)
                amounts = said / PER_UNIT, (said - int(apart[place])) / PER_UNIT
                yield account, volume.currency, *days, *amounts


def _rows(ledger: pl.DataFrame) -> pl.DataFrame:
    """The first row of each account, currency and time."""
    row = (
        pl.col("row").cast(pl.Int64) if "row" in ledger.columns else pl.int_range(pl.len(), dtype=pl.Int64).alias("row")
    )
    days = [day_column(name, ledger) for name in ("from_day", "to_day")]
    told = ledger.select(row, "account", "currency", *days)
    return told.group_by("account", "currency", "from_day", "to_day").agg(pl.col("row").min())


NO_RATE: Mapping[str, type[pl.DataType]] = {
    "line": pl.UInt32,
    "currency": pl.String,
    "rate": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
}
"""A rate that is missing, with the first line of the ledger that needs it."""


def rates_missing(held: Held, exchange: Exchange, ledger: pl.DataFrame, *, year_end: int = 12) -> pl.DataFrame:
    """Rates into the currency of the report that the books need and nobody gave."""
    standing = Standing.of(held.series)
    told = []
    for volume in held.volumes:
        if volume.currency != exchange.into and not volume.said:
            for rate in running(volume, exchange, standing, year_end).without_rate:
                start = None if rate.kind == "closing" else as_date(rate.start)
                told.append((rate.currency, rate.kind, start, as_date(rate.end - 1)))
    found = pl.DataFrame(told, {name: kind for name, kind in NO_RATE.items() if name != "line"}, orient="row")
    ends = _rows(ledger).group_by("currency", "to_day").agg(line=(pl.col("row").min() + 2).cast(pl.UInt32))
    placed = found.unique(maintain_order=True).join(ends, on=["currency", "to_day"], how="left")
    return placed.with_columns(pl.col("line").fill_null(2)).select(*NO_RATE)
