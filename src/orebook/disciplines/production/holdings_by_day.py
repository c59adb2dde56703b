"""Holdings by day: a company's interest in each mine on every day, and its mean over the days of a row."""

import polars as pl

_DAY = pl.Int64


def mean_interest(rows: pl.DataFrame, interests: pl.DataFrame, holder: str) -> pl.Series:
    """The mean interest of a holder over the days of each row, as a fraction of one; missing where a day has none.

    ``rows`` has ``mine``, ``from_day`` and ``to_day``; ``interests`` has ``property``, ``holder``, ``from_day`` and
    ``interest_pct``, each of which holds until the next. Where two are told for one day the later row holds. Source:
    catalogue code PR1007: weighted by days when the interest changed.

    >>> from datetime import date
    >>> held = pl.DataFrame({"property": "A", "holder": "H", "from_day": [date(2011, 1, 1), date(2011, 1, 16)],
    ...     "interest_pct": [100.0, 50.0]})
    >>> rows = pl.DataFrame({"mine": ["A", "A", "B"], "from_day": [date(2011, 1, 1)] * 3,
    ...     "to_day": [date(2011, 1, 30), date(2011, 1, 10), date(2011, 1, 10)]})
    >>> mean_interest(rows, held, "H").to_list()
    [0.75, 1.0, None]
    """
    steps = _steps(interests, holder)
    numbered = rows.select("mine", "from_day", "to_day").with_row_index("at")
    begun = _until(numbered, steps, pl.col("from_day").to_physical().cast(_DAY))
    ended = _until(numbered, steps, pl.col("to_day").to_physical().cast(_DAY) + 1)
    days = (numbered["to_day"] - numbered["from_day"]).dt.total_days() + 1
    return ((ended - begun) / days).rename("interest")


def _steps(interests: pl.DataFrame, holder: str) -> pl.DataFrame:
    """For each change: the mine, the day, the interest from then on, and the interest-days before it."""
    own = interests.filter(
        (pl.col("holder") == holder) & pl.all_horizontal(pl.col("from_day", "property").is_not_null())
    )
    last = own.group_by("property", "from_day", maintain_order=True).agg(pl.col("interest_pct").last())
    day = pl.col("from_day").to_physical().cast(_DAY)
    steps = last.sort("property", "from_day").select(
        mine="property", day=day, share=pl.col("interest_pct").cast(pl.Float64) / 100.0
    )
    held = (pl.col("share") * (pl.col("day").shift(-1) - pl.col("day"))).shift(1).fill_null(0.0)
    return steps.with_columns(before=held.cum_sum().over("mine")).sort("day")


def _until(rows: pl.DataFrame, steps: pl.DataFrame, day: pl.Expr) -> pl.Series:
    """The interest-days of each mine before a day of each row."""
    at = rows.select("at", "mine", now=day).sort("now")
    met = at.join_asof(steps, left_on="now", right_on="day", by="mine", strategy="backward", check_sortedness=False)
    held = pl.col("before") + pl.col("share") * (pl.col("now") - pl.col("day"))
    return met.select("at", held=held).sort("at")["held"]
