"""Period sums: amounts of rows added up over every period that holds them, with how much of the period they cover.

Only rows that lie in a period whole are counted; of a row that runs beyond its ends no part is guessed. What is added
are amounts; ratios are made of the sums. Beside each amount stand the days for which it is told (``… days``).
"""

from collections.abc import Sequence

import polars as pl

from orebook.disciplines.production.sheet_stretches import SPREAD
from orebook.ground.fiscal import Reported, reporting_periods, since_start
from orebook.maths.stretches import share_places

PERIOD = ("kind", "period", "start", "end", "year", "number")
SINCE, TO_DATE = "since start", "year to date"
KNOWN = " days"
"""What is put behind the name of an amount for the days of the rows that tell it."""


def periods_of(rows: pl.DataFrame, year_end: str = "12-31") -> pl.DataFrame:
    """Every period that a company with rows of these days reports, and for each mine what runs since its own start.

    ``kind``, ``period`` (its label), ``start`` and ``end`` (days), ``year`` and ``number`` in the fiscal year, and
    ``mine``, which is missing where a period is everybody's. Raises ``ValueError`` for a fiscal year that does not end
    with a month.
    """
    spans = rows.group_by("mine").agg(pl.col("from_day").min(), pl.col("to_day").max()).sort("mine").rows()
    made: list[tuple[Reported, str | None]] = []
    if spans:
        first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
        made += [(each, None) for each in reporting_periods(first, last, year_end)]
    for mine, start, end in spans:
        made += [(each, mine) for each in since_start(start, end, year_end)]
    listed = [
        (each.kind, each.period.label, each.period.start, each.period.end, each.year, each.number, mine)
        for each, mine in made
    ]
    types = (pl.String, pl.String, pl.Date, pl.Date, pl.Int64, pl.Int64, pl.String)
    return pl.DataFrame(listed, dict(zip((*PERIOD, "mine"), types, strict=True)), orient="row")


def by_stretch(rows: pl.DataFrame, amounts: Sequence[str], by: Sequence[str]) -> pl.DataFrame:
    """Rows of one stretch added up, with the days for which each amount is told: where all of them tell it.

    Where stretches that tell an amount share days, the days stand once, beside the hull of those stretches.

    >>> from datetime import date
    >>> feed = pl.DataFrame({"mine": "A", "from_day": [date(2011, 1, 1)] * 2, "to_day": [date(2011, 1, 31)] * 2,
    ...     "days": 31.0, "derived": None, "ore_t": [5.0, 6.0], "Cu made": [1.0, None]})
    >>> by_stretch(feed, ["ore_t", "Cu made"], ["mine"]).select("ore_t", "ore_t days", "Cu made", "Cu made days").rows()
    [(11.0, 31.0, 1.0, 0.0)]
    """
    keys = [*by, "from_day", "to_day"]
    spreads = [name for name in rows.columns if name.endswith(SPREAD)]
    if rows.select(pl.struct(keys).is_unique().all()).item():
        known = (
            pl.when(pl.col(name).is_not_null()).then(pl.col("days")).otherwise(0.0).alias(f"{name}{KNOWN}")
            for name in amounts
        )
        made = rows.select(*keys, *amounts, *known, *spreads, "derived", rows=pl.lit(1))
    else:
        known = (
            pl.when(pl.col(name).is_not_null().all())
            .then(pl.col("days").first())
            .otherwise(0.0)
            .alias(f"{name}{KNOWN}")
            for name in amounts
        )
        alone = (pl.when(pl.len() == 1).then(pl.col(name).first()).alias(name) for name in (*spreads, "derived"))
        sums = (_sum(name) for name in amounts)
        made = rows.group_by(keys).agg(*sums, *known, *alone, rows=pl.len())
    return _days_once(made, amounts, by)


def _days_once(made: pl.DataFrame, amounts: Sequence[str], by: Sequence[str]) -> pl.DataFrame:
    """Let no day of an amount count twice where stretches of a mine share days."""
    low, high = pl.col("from_day"), pl.col("to_day")
    met = (low <= high.cum_max().shift(1)).over(list(by), order_by=["from_day", "to_day"]).fill_null(value=False)
    messy = made.filter(met).select(by).unique()
    if not messy.height:
        return made
    plain = made.join(messy, on=list(by), how="anti", nulls_equal=True)
    groups = made.join(messy, on=list(by), how="semi", nulls_equal=True).partition_by(list(by))
    return pl.concat([plain, *(_hulls(group, amounts, by) for group in groups)], how="diagonal")


def _hulls(group: pl.DataFrame, amounts: Sequence[str], by: Sequence[str]) -> pl.DataFrame:
    """The rows of one mine with the days of those that share some beside their hull, amount by amount."""
    found = [group]
    for name in amounts:
        days = f"{name}{KNOWN}"
        telling = group.filter(pl.col(name).is_not_null())
        low, high = (telling[each].to_physical().cast(pl.Int64).to_numpy() for each in ("from_day", "to_day"))
        if telling.height < 2 or not share_places(low, high):
            continue
        merged = (
            telling.sort("from_day")
            .with_columns(
                run=(pl.col("from_day") > pl.col("to_day").cum_max().shift(1)).fill_null(value=False).cum_sum()
            )
            .group_by("run")
            .agg(
                *(pl.col(each).first() for each in by),
                pl.col("from_day").min(),
                pl.col("to_day").max(),
                pl.col(days).min(),
            )
        )
        length = ((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1).cast(pl.Float64)
        hull = merged.select(
            *by, "from_day", "to_day", pl.when(pl.col(days) > 0.0).then(length).otherwise(0.0).alias(days)
        )
        found[0] = found[0].with_columns(pl.lit(0.0).alias(days))
        found.append(hull)
    return pl.concat(found, how="diagonal")


def in_months(stretches: pl.DataFrame, amounts: Sequence[str], by: Sequence[str]) -> pl.DataFrame:
    """Stretches added up month by month where they lie in one; longer ones stay as they are.

    ``since`` and ``until`` are the first and last day of the months that a stretch needs to lie whole in a period.
    """
    start, end = pl.col("from_day").dt.month_start(), pl.col("to_day").dt.month_end()
    spreads = [name for name in stretches.columns if name.endswith(SPREAD)]
    days = [f"{name}{KNOWN}" for name in amounts]
    keyed = stretches.with_columns(since=start, until=end)
    alone = [pl.when(pl.len() == 1).then(pl.col(name).first()).alias(name) for name in (*spreads, "derived")]
    sums = [_sum(name) for name in amounts]
    more = (pl.col(*days, "rows").sum(), pl.col("to_day").max().alias("last"))
    return keyed.group_by([*by, "since", "until"]).agg(*sums, *more, *alone)


def sums_by_period(
    months: pl.DataFrame, periods: pl.DataFrame, amounts: Sequence[str], by: Sequence[str]
) -> pl.DataFrame:
    """Sums of each amount over each period, with ``days`` of the period.

    A sum is missing where no row tells the amount. What runs since the start of a mine is added for that mine where
    ``by`` holds ``mine``, and what runs since the start of all where it does not. A year to date, and what runs since
    a start, need a row of their last month.
    """
    ends = periods.with_columns(low=pl.col("start").dt.month_start(), high=pl.col("end").dt.month_end())
    within = (pl.col("since") >= pl.col("low"), pl.col("until") <= pl.col("high"))
    common = ends.filter(pl.col("mine").is_null())
    if "mine" in by:
        common = common.filter(pl.col("kind") != SINCE)
    spans = months.select("since", "until").unique()
    met = spans.join_where(common, *within).select("since", "until", *PERIOD)
    joined = months.join(met, on=["since", "until"])
    if "mine" in by:
        own = ends.filter(pl.col("mine").is_not_null())
        joined = pl.concat([joined, months.join(own, on="mine").filter(*within).select(joined.columns)])
    joined = joined.filter(pl.col("last") <= pl.col("end"))
    spreads = [name for name in months.columns if name.endswith(SPREAD)]
    alone = [
        pl.when(pl.col("rows").sum() == 1).then(pl.col(name).first()).alias(name) for name in (*spreads, "derived")
    ]
    days = [f"{name}{KNOWN}" for name in amounts]
    more = (pl.col(days).sum(), pl.col("until").max())
    summed = joined.group_by([*by, *PERIOD]).agg(*(_sum(name) for name in amounts), *more, *alone)
    length = ((pl.col("end") - pl.col("start")).dt.total_days() + 1).cast(pl.Float64)
    return summed.filter(
        ~pl.col("kind").is_in([TO_DATE, SINCE]) | (pl.col("until") == pl.col("end").dt.month_end())
    ).with_columns(days=length)


def _sum(name: str) -> pl.Expr:
    """A sum that is missing where nothing is added."""
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


def coverage(*names: str) -> pl.Expr:
    """The share of a period's days for which amounts are told; of several the least."""
    told = pl.min_horizontal(pl.col(f"{name}{KNOWN}") for name in names)
    return (told / pl.col("days")).clip(upper_bound=1.0)
