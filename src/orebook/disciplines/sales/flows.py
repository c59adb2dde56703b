"""Flows: amounts by day, added up over every period that is reported; ratios are made of sums, never averaged."""

from collections.abc import Sequence

import numpy as np
import polars as pl

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
    edges = np.unique(np.concatenate([_numbers(periods["from_day"]), _numbers(periods["to_day"]) + 1]))
    placed = flows.join(groups.with_row_index("_group"), on=list(keys), nulls_equal=True)
    kind = np.int64 if flows["value"].dtype.is_integer() else np.float64
    sums = np.zeros((groups.height, len(edges) + 1), dtype=kind)
    placed = placed.sort("_group", "day", "value")  # sums of fractions depend on their order
    slots = np.searchsorted(edges, _numbers(placed["day"]), side="right")
    np.add.at(sums, (placed["_group"].to_numpy(), slots), placed["value"].to_numpy())
    running = np.cumsum(sums, axis=1)
    # what stands before an edge is the sum of all slots up to its place
    last = running[:, np.searchsorted(edges, _numbers(periods["to_day"]) + 1)]
    first = running[:, np.searchsorted(edges, _numbers(periods["from_day"]))]
    return empty.with_columns(value=pl.Series((last - first).ravel(), dtype=flows["value"].dtype))


def _numbers(days: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return days.cast(pl.Date).to_physical().cast(pl.Int64).to_numpy()
