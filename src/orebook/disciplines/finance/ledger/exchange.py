"""Exchange: balances at the rate of their day, income at the average of its period.

Rates are units of ``quote`` for one of ``base``; a pair that is only there the other way round is turned. The average
of a period is made of the averages that were given for its parts, each weighted by its days, or else of daily rates,
each as long as it stands. A rate older than a week is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from orebook.disciplines.finance.ledger.cents import Floats, Ints

STALE = 7
"""A rate stands for so many days, over a weekend and a holiday."""

_AVERAGE = "average"


@dataclass(frozen=True)
class Rates:
    """The rates from one currency into another: days in order with the rate of each, and averages by their last day."""

    days: Ints
    rates: Floats
    average_days: Ints
    averages: Floats

    def closing(self, day: int) -> float | None:
        """The rate of a day, or the last one in the week before.

        >>> found = Rates(np.array([10]), np.array([1.25]), np.array([]), np.array([]))
        >>> found.closing(12), found.closing(30)
        (1.25, None)
        """
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0 or day - int(self.days[place]) > STALE:
            return None
        return float(self.rates[place])

    def average(self, start: int, end: int) -> float | None:
        """The average of the days from ``start`` to before ``end``, weighted by days.

        >>> found = Rates(np.array([]), np.array([]), np.array([30, 59]), np.array([1.0, 1.1]))
        >>> round(found.average(0, 60), 4), found.average(0, 80)
        (1.0483, None)
        """
        first, last = np.searchsorted(self.average_days, [start, end])
        ends = self.average_days[first:last]
        if len(ends) and int(ends[-1]) == end - 1:
            lengths = np.diff(np.concatenate([[start - 1], ends]))
            return float((self.averages[first:last] * lengths).sum() / lengths.sum())
        return self._of_days(start, end)

    def _of_days(self, start: int, end: int) -> float | None:
        """The mean of daily rates, each as long as it stands; nothing when none stands for more than a week."""
        if self.closing(start) is None or self.closing(end - 1) is None:
            return None
        first = int(np.searchsorted(self.days, start, side="right")) - 1
        last = int(np.searchsorted(self.days, end))
        at = np.concatenate([[start], self.days[first + 1 : last], [end]])
        lengths = np.diff(at)
        if int(lengths.max()) > STALE + 1:
            return None
        return float((self.rates[first:last] * lengths).sum() / lengths.sum())


@dataclass(frozen=True)
class Exchange:
    """All rates into one currency, by the currency that is exchanged."""

    into: str
    rates: Mapping[str, Rates] = field(default_factory=dict)

    def of(self, currency: str) -> Rates | None:
        """The rates of a currency; nothing when there is none."""
        return self.rates.get(currency)


def exchange_into(currency: str, rates: pl.DataFrame | None) -> Exchange:
    """Read a table of rates with ``base``, ``quote``, ``day``, ``rate`` and ``kind``.

    A row of kind ``average`` is the average of the time since the one before, up to the end of its month; any other is
    the rate of its day. Where a day has two different rates, neither counts.

    >>> from datetime import date
    >>> given = {"base": ["USD"], "quote": ["CAD"], "day": [date(2011, 9, 30)], "rate": [1.0389], "kind": ["closing"]}
    >>> found = exchange_into("CAD", pl.DataFrame(given)).of("USD")
    >>> found.closing(date(2011, 9, 30).toordinal() - date(1970, 1, 1).toordinal())
    1.0389
    """
    if rates is None or not rates.height:
        return Exchange(currency)
    kind = pl.col("kind").fill_null("") if "kind" in rates.columns else pl.lit("")
    day, mean = pl.col("day").cast(pl.Date), (kind == _AVERAGE).alias("mean")
    at = pl.when(kind == _AVERAGE).then(day.dt.month_end()).otherwise(day).to_physical().alias("day")
    told = rates.select("base", "quote", at, "rate", mean)
    there = told.filter((pl.col("quote") == currency) & (pl.col("rate") > 0)).select("day", "rate", "mean", of="base")
    back = told.filter((pl.col("base") == currency) & (pl.col("rate") > 0))
    turned = back.select("day", (1.0 / pl.col("rate")).alias("rate"), "mean", of="quote")
    every = pl.concat([turned.filter(~pl.col("of").is_in(there["of"].implode())), there])
    found = {str(name): _rates(part) for (name,), part in every.group_by("of")}
    return Exchange(currency, found)


def _rates(table: pl.DataFrame) -> Rates:
    single = table.group_by("day", "mean").agg(pl.col("rate").first(), several=pl.col("rate").n_unique() > 1)
    ordered = single.filter(~pl.col("several")).sort("day")
    spot, mean = ordered.filter(~pl.col("mean")), ordered.filter(pl.col("mean"))
    days = [each["day"].cast(pl.Int64).to_numpy() for each in (spot, mean)]
    return Rates(days[0], spot["rate"].to_numpy(), days[1], mean["rate"].to_numpy())
