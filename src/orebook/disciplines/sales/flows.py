"""Flows: amounts by day, added up over every period that is reported; ratios are made of sums, never averaged."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

PERIOD = ("period", "from_day", "to_day")
"""Columns of a period: its label, its first and its last day."""


def over_periods(flows: pl.DataFrame, periods: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The sum of ``value`` of each group of keys over each period.

    ``flows`` has the keys, ``day`` and ``value``, whole or not; ``periods`` the columns of ``PERIOD``. Periods without
    a flow have nought. The order of flows does not matter to whole numbers.

    >>> from datetime import date
    >>> flows = pl.DataFrame({"mine": "A", "day": [date(2011, 7, 4), date(2011, 9, 30)], "value": [2, 2]})
    >>> periods = pl.DataFrame({"period": "2011-Q3", "from_day": date(2011, 7, 1), "to_day": date(2011, 9, 30)})
    >>> over_periods(flows, periods, ["mine"])["value"].to_list()
    [4]
    """
    groups = flows.select(keys).unique().sort(keys)
    empty = groups.join(periods.select(PERIOD), how="cross").with_columns(value=pl.lit(0, flows["value"].dtype))
    if not empty.height:
        return empty
    edges = _edges(periods)
    placed = flows.join(groups.with_row_index("_group"), on=list(keys), nulls_equal=True)
    is_whole = flows["value"].dtype.is_integer()
    if not is_whole:
        placed = placed.sort("_group", "day", "value")  # sums of fractions depend on their order
    slots = np.searchsorted(edges, _numbers(placed["day"]), side="right")
    width = len(edges) + 1
    at = placed["_group"].to_numpy().astype(np.int64) * width + slots
    # whole cents below 2**53 are exact as floats
    sums = np.bincount(at, placed["value"].cast(pl.Float64).to_numpy(), groups.height * width)
    running = np.cumsum(sums.reshape(groups.height, width), axis=1)
    # what stands before an edge is the sum of all slots up to its place
    last = running[:, np.searchsorted(edges, _numbers(periods["to_day"]) + 1)]
    first = running[:, np.searchsorted(edges, _numbers(periods["from_day"]))]
    return empty.with_columns(value=pl.Series((last - first).ravel()).cast(flows["value"].dtype))


def by_stretch(flows: pl.DataFrame, periods: pl.DataFrame, keys: Sequence[str], amount: str) -> pl.DataFrame:
    """Amounts added up over the shortest stretches that any period consists of, under the first day of each.

    Sums over periods stay the same, and there are far fewer rows to add.
    """
    if not periods.height:
        return flows.group_by(*keys, "day").agg(pl.col(amount).sum())
    edges = _edges(periods)
    slots = np.searchsorted(edges, _numbers(flows["day"]), side="right")
    starts = pl.Series(np.concatenate([edges[:1] - 1, edges]).astype(np.int32)).cast(pl.Date)
    return flows.with_columns(day=starts[slots]).group_by(*keys, "day").agg(pl.col(amount).sum())


def in_order(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Rows sorted by some columns, words by their place among those of the column: few words many times are quick.

    >>> in_order(pl.DataFrame({"lot": ["b", "a", "b"], "amount": [2, 3, 1]}), ["lot", "amount"]).rows()
    [('a', 3), ('b', 1), ('b', 2)]
    """
    words = [name for name in columns if frame[name].dtype == pl.String]
    kinds = {name: pl.Enum(frame[name].unique().drop_nulls().sort()) for name in words}
    keys = [pl.col(name).cast(kinds[name]) if name in kinds else pl.col(name) for name in columns]
    return frame.sort(keys)


def _edges(periods: pl.DataFrame) -> Numbers:
    """The days on which some period begins, or has ended the day before."""
    return np.unique(np.concatenate([_numbers(periods["from_day"]), _numbers(periods["to_day"]) + 1]))


def _numbers(days: pl.Series) -> Numbers:
    return days.cast(pl.Date).to_physical().cast(pl.Int64).to_numpy()
