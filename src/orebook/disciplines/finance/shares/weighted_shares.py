"""Weighted shares: the mean number of shares outstanding over a period, each number weighted by its days.

Splits, consolidations and the bonus in a rights issue restate every earlier number, so that figures of different years
are shares of one kind.
"""

from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]

Count = Literal["days", "months"]
"""By what the numbers are weighted: days, as the standard asks, or months, as its examples do."""


def weighted_shares(history: pl.DataFrame, periods: pl.DataFrame, *, count: Count = "days") -> pl.DataFrame:
    """Periods with ``weighted`` and ``at_end``: shares outstanding on average and at the end, as shares of today.

    ``history`` comes from ``share_history``; ``periods`` has ``from_day`` and ``to_day``, both included. A period that
    begins before the history, or in which a number falls below nothing, has neither. ``months`` counts months, in which
    an event on the last day of a month counts from the next. Source: IAS 33, paragraphs 19, 20 and 26.

    >>> days = [date(2020, 1, 1), date(2020, 1, 31), date(2020, 3, 1)]
    >>> given = {"outstanding": [161.7, 161.2, 160.9], "factor": [1.0, 1.0, 1.0]}
    >>> held = pl.DataFrame({"day": days, **given})
    >>> quarter = pl.DataFrame({"from_day": [date(2020, 1, 1)], "to_day": [date(2020, 3, 31)]})
    >>> weighted_shares(held, quarter).select(pl.col("weighted").round(3), "at_end").rows()
    [(161.263, 160.9)]
    """
    if not history.height:
        nothing = pl.lit(None, pl.Float64)
        return periods.with_columns(weighted=nothing, at_end=nothing)
    held = history.sort("day")
    steps = held.select(pl.col("outstanding") * pl.col("factor"))["outstanding"].to_numpy()
    position = _positions if count == "months" else _days
    at = position(held["day"])
    start = position(periods["from_day"])
    end = position(periods["to_day"].dt.offset_by("1d"))
    so_far = np.concatenate([[0.0], np.cumsum(steps[:-1] * np.diff(at))])

    def until(when: Floats) -> Floats:
        place = np.maximum(np.searchsorted(at, when, side="right") - 1, 0)
        reached: Floats = so_far[place] + steps[place] * (when - at[place])
        return reached

    last = np.maximum(np.searchsorted(at, end, side="left") - 1, 0)
    first = np.maximum(np.searchsorted(at, start, side="right") - 1, 0)
    below = np.concatenate([[0], np.cumsum(steps < 0)])
    known = (start >= at[0]) & (below[last + 1] == below[first])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (until(end) - until(start)) / (end - start)
    return periods.with_columns(
        weighted=pl.Series(np.where(known, mean, np.nan)).fill_nan(None),
        at_end=pl.Series(np.where(known, steps[last], np.nan)).fill_nan(None),
    )


def _days(days: pl.Series) -> Floats:
    return days.cast(pl.Date).to_physical().cast(pl.Float64).to_numpy()


def _positions(days: pl.Series) -> Floats:
    """Days as months since the year nought; the last day of a month is its end, the first its beginning."""
    frame = days.cast(pl.Date).to_frame("day")
    day, last = pl.col("day").dt.day(), pl.col("day").dt.month_end().dt.day()
    part = pl.when(day == last).then(1.0).otherwise((day - 1) / last)
    whole = pl.col("day").dt.year() * 12.0 + pl.col("day").dt.month() - 1.0
    return frame.select((whole + part).alias("at"))["at"].to_numpy()


def shares_on(history: pl.DataFrame, day: date) -> float | None:
    """Shares outstanding at the end of a day, as they were counted then; nothing before the history begins.

    >>> held = pl.DataFrame({"day": [date(2020, 1, 1)], "outstanding": [100.0], "factor": [2.0]})
    >>> shares_on(held, date(2020, 5, 1)), shares_on(held, date(2019, 5, 1))
    (100.0, None)
    """
    before = history.filter(pl.col("day") <= day).sort("day")
    return float(before["outstanding"][-1]) if before.height else None
