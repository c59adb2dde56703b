"""Stretches: the postings of one set of books in one version, one row of amounts for each stretch of time.

A set of books is what one entity keeps in one currency. What a statement gives as a line, and quantities, stand outside
double entry: each is a set of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from orebook.disciplines.finance.ledger.cents import Ints
from orebook.disciplines.finance.ledger.chart import SAID, STOCKS, Chart
from orebook.disciplines.finance.ledger.spans import ALWAYS

Bools = npt.NDArray[np.bool_]

SERIES = ("account", "mine", "kind", "line", "cash_line", "tags")
"""What a series of amounts is known by: an account at a mine, and where it stands."""


@dataclass(frozen=True)
class Stretches:
    """Stretches of time that somebody reported on: ``starts``, ``ends`` (the day after), an amount for each series.

    ``published`` is for each the day of publication, in days, or ``ALWAYS``.
    """

    starts: Ints
    ends: Ints
    amounts: Ints
    series: Ints
    published: Ints

    @property
    def keys(self) -> list[tuple[int, int]]:
        """Beginning and end of each stretch."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def without(self, out: set[int]) -> "Stretches":
        """The stretches but for some, which are named by their place."""
        keep = np.array([place not in out for place in range(len(self.starts))], np.bool_)
        return Stretches(self.starts[keep], self.ends[keep], self.amounts[keep], self.series, self.published[keep])


@dataclass(frozen=True)
class Volume:
    """The books of one entity in one currency and one version: what runs over a period, and what stands at a day.

    ``said`` is the account of a line or quantity outside double entry, and empty for books in double entry; of a
    quantity ``currency`` is its unit.
    """

    entity: str
    currency: str
    said: str
    version: str | None
    flows: Stretches
    stocks: Stretches


def series_of(kept: pl.DataFrame, chart: Chart) -> pl.DataFrame:
    """Every account at every mine that postings name, numbered, with what the chart says of it."""
    names = kept.select("account", "mine").unique().sort("account", "mine")
    told = chart.accounts.select("account", "kind", "line", "cash_line", "tags")
    return names.join(told, on="account", how="left", maintain_order="left").select(SERIES).with_row_index("series")


def volumes(kept: pl.DataFrame, series: pl.DataFrame, chart: Chart) -> Iterator[Volume]:
    """The books of every entity in every currency and version, as first reported and then each restatement.

    A restatement takes over what it does not say from the first report of the same stretch of time; it never knows a
    stretch that it does not report on.
    """
    stock_lines = [name for name, line in chart.lines.items() if line.statement == "position"]
    balance = pl.col("line").is_in(stock_lines) | ((pl.col("kind") == "quantity") & (pl.col("start") == ALWAYS))
    numbered = kept.select(
        "entity", "currency", "account", "mine", "kind", "version", "published_on", "start", "end", "cents"
    ).join(series.select("account", "mine", "series", "line"), on=["account", "mine"], how="left")
    told = numbered.with_columns(
        said=pl.when(pl.col("kind").is_in(SAID)).then(pl.col("account")).otherwise(pl.lit("")),
        stock=pl.when(pl.col("kind").is_in(SAID)).then(balance).otherwise(pl.col("kind").is_in(STOCKS)),
        day=pl.col("published_on").to_physical().cast(pl.Int64).fill_null(ALWAYS),
    )
    names = ("entity", "currency", "said")
    sets = told.select(names).unique().sort(names).rows()
    parts = told.partition_by(names, as_dict=True) if len(sets) > 1 else dict.fromkeys(sets, told)
    for entity, currency, said in sets:
        yield from _of_set(entity, currency, said, parts[entity, currency, said])


def _of_set(entity: str, currency: str, said: str, part: pl.DataFrame) -> Iterator[Volume]:
    """The books of one set, version after version in the order of their last publication."""
    sides = [part.filter(~pl.col("stock")), part.filter(pl.col("stock"))]
    first = [_laid(side.filter(pl.col("version").is_null()), side)[0] for side in sides]
    yield Volume(entity, currency, said, None, *first)
    again = part.drop_nulls("version").group_by("version").agg(pl.col("day").max()).sort("day", "version")
    for version in again["version"]:
        over = [side.filter(pl.col("version") == version) for side in sides]
        made = [_over(*_laid(one, side), base) for one, side, base in zip(over, sides, first, strict=True)]
        stocks = made[1] if over[1].height else first[1]
        yield Volume(entity, currency, said, version, made[0], stocks)


def _laid(rows: pl.DataFrame, side: pl.DataFrame) -> tuple[Stretches, Bools]:
    """Rows of one kind as stretches, over every series that the set has of this kind, and which amounts were told."""
    series = np.unique(side["series"].to_numpy()).astype(np.int64)
    starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
    least = int(ends.min()) if len(ends) else 0
    span = int(ends.max()) - least + 1 if len(ends) else 1
    keys, place = np.unique(starts * span + (ends - least), return_inverse=True)
    amounts = np.zeros((len(keys), len(series)), np.int64)
    at = place, np.searchsorted(series, rows["series"].to_numpy())
    np.add.at(amounts, at, rows["cents"].to_numpy())
    told = np.zeros(amounts.shape, np.bool_)
    told[at] = True
    published = np.full(len(keys), ALWAYS, np.int64)
    np.maximum.at(published, place, rows["day"].to_numpy())
    begun = np.floor_divide(keys, span)
    return Stretches(begun, keys - begun * span + least, amounts, series, published), told


def _over(own: Stretches, told: Bools, base: Stretches) -> Stretches:
    """A restatement over what was first reported for the same stretches of time."""
    known = {key: place for place, key in enumerate(base.keys)}
    amounts = own.amounts.copy()
    for place, key in enumerate(own.keys):
        if key in known:
            amounts[place] = np.where(told[place], amounts[place], base.amounts[known[key]])
    return Stretches(own.starts, own.ends, amounts, own.series, own.published)
