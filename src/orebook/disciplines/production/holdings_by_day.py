"""Holdings by day: a company's interest in each mine on every day, and its mean over the days of a row."""

import polars as pl

_DAY = pl.Int64
_WHOLE = 100.0


def mean_interest(rows: pl.DataFrame, interests: pl.DataFrame, holder: str) -> pl.Series:
    """The mean interest of a holder over the days of each row, as a fraction of one; missing where a day has none.

    ``rows`` has ``mine``, ``from_day`` and ``to_day``; ``interests`` has ``property``, ``holder``, ``from_day`` and
    ``interest_pct``, each of which holds until the next. One that is below 0 or above 100 is none, and two that differ
    on one day are none. Source: catalogue code PR1007: weighted by days when the interest changed.

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
    mean = (ended["held"] - begun["held"]) / days
    return pl.select(interest=pl.when(ended["unknown"] == begun["unknown"]).then(mean)).to_series()


def _steps(interests: pl.DataFrame, holder: str) -> pl.DataFrame:
    """For each change: the mine, the day, the interest from then on, and what ran up before it.

    ``before`` counts interest-days, ``lacking`` days of which no interest is known.
    """
    own = interests.filter(
        (pl.col("holder") == holder) & pl.all_horizontal(pl.col("from_day", "property").is_not_null())
    )
    said = pl.col("interest_pct").cast(pl.Float64)
    share = pl.when(said.is_between(0.0, _WHOLE)).then(said / _WHOLE)
    alike = share.n_unique() == 1
    told = own.group_by("property", "from_day", maintain_order=True).agg(share=pl.when(alike).then(share.first()))
    day = pl.col("from_day").to_physical().cast(_DAY)
    steps = told.sort("property", "from_day").select("share", mine="property", day=day)
    length = pl.col("day").shift(-1) - pl.col("day")
    held = (pl.col("share").fill_null(0.0) * length).shift(1).fill_null(0.0)
    lacking = (pl.col("share").is_null() * length).shift(1).fill_null(0)
    runs = steps.with_columns(before=held.over("mine"), lacking=lacking.over("mine"))
    return runs.with_columns(pl.col("before", "lacking").cum_sum().over("mine")).sort("day")


def _until(rows: pl.DataFrame, steps: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """The interest-days of each mine before a day of each row, and the days before it of which none is known."""
    at = rows.select("at", "mine", now=day).sort("now")
    met = at.join_asof(steps, left_on="now", right_on="day", by="mine", strategy="backward", check_sortedness=False)
    past = pl.col("now") - pl.col("day")
    held = pl.col("before") + pl.col("share").fill_null(0.0) * past
    unknown = pl.col("lacking") + pl.col("share").is_null() * past
    return met.select("at", held=held, unknown=unknown).sort("at")
