"""Dated rows: which days they cover, by whatever they are about; days that are missing, days that are told twice.

A row has a first and a last day, both of which count. Rows without one of them, or whose last day lies before the
first, cover nothing here; other rules speak of them. ``by`` are the columns that say what a row is about (a mine and
its source, a stockpile); rows are compared only with others about the same. The order of rows does not matter.

>>> from datetime import date
>>> days = [(date(2011, 1, 1), date(2011, 1, 31)), (date(2011, 2, 3), date(2011, 2, 28)), (date(2011, 2, 28), None)]
>>> held = pl.DataFrame({"mine": ["A"] * 3, "from_day": [a for a, _ in days], "to_day": [b for _, b in days]})
>>> gaps(held, ["mine"]).select("mine", "from_day", "to_day", "days").rows()
[('A', datetime.date(2011, 2, 1), datetime.date(2011, 2, 2), 2)]
"""

from collections.abc import Sequence

import polars as pl

FIRST, LAST = "from_day", "to_day"


def overlaps(rows: pl.DataFrame, by: Sequence[str], first: str = FIRST, last: str = LAST) -> pl.DataFrame:
    """Rows that begin before all days of those before them are over, each beside the one that reaches furthest.

    The columns of ``rows`` stand twice, those of the other row with ``other_`` before their names; ``days`` is how
    many days both have.

    >>> from datetime import date
    >>> days = {"from_day": [date(2011, 1, 1), date(2011, 1, 31)], "to_day": [date(2011, 1, 31), date(2011, 2, 28)]}
    >>> overlaps(pl.DataFrame({"line": [2, 3], **days}), []).select("line", "other_line", "days").rows()
    [(3, 2, 1)]
    """
    whole = _whole(rows, first, last).sort(*by, first, last, maintain_order=True, nulls_last=True)
    deepest = _over(pl.col(last).cum_max(), by)
    owner = pl.when(pl.col(last) == deepest).then(pl.int_range(pl.len()))
    found = whole.with_columns(owner.alias(" owner"))
    found = found.with_columns(_over(pl.col(" owner").forward_fill().shift(1), by))
    found = found.filter(pl.col(" owner").is_not_null())
    others = whole[found[" owner"]].select(pl.all().name.prefix("other_"))
    pairs = pl.concat([found.drop(" owner"), others], how="horizontal")
    pairs = pairs.filter(pl.col(first) <= pl.col(f"other_{last}"))
    return pairs.with_columns(days=_days(pl.col(first), pl.min_horizontal(last, f"other_{last}")))


def gaps(rows: pl.DataFrame, by: Sequence[str], first: str = FIRST, last: str = LAST) -> pl.DataFrame:
    """Days between two rows that no row covers: a row for each stretch of them.

    ``first`` and ``last`` are the missing days, ``days`` how many they are; the row that ends before them stands in
    ``before_`` columns, the one that begins after them in ``after_`` columns.
    """
    whole = _whole(rows, first, last).sort(*by, first, last, maintain_order=True, nulls_last=True)
    deepest = _over(pl.col(last).cum_max().shift(1), by)
    owner = pl.when(pl.col(last) == _over(pl.col(last).cum_max(), by)).then(pl.int_range(pl.len()))
    found = whole.with_columns(owner.alias(" owner"), deepest.alias(" until"))
    found = found.with_columns(_over(pl.col(" owner").forward_fill().shift(1), by))
    found = found.filter(pl.col(first) > pl.col(" until").dt.offset_by("1d"))
    before = whole[found[" owner"]].select(pl.exclude(*by).name.prefix("before_"))
    after = found.select(pl.exclude(*by, " owner", " until").name.prefix("after_"))
    days = found.select(
        *by, pl.col(" until").dt.offset_by("1d").alias(first), pl.col(first).dt.offset_by("-1d").alias(last)
    )
    days = days.with_columns(days=_days(pl.col(first), pl.col(last)))
    return pl.concat([days, before, after], how="horizontal")


def stretches(rows: pl.DataFrame, by: Sequence[str], first: str = FIRST, last: str = LAST) -> pl.DataFrame:
    """The unbroken stretches of days that rows cover: ``by``, the first day, the last day, and how many days.

    >>> from datetime import date
    >>> days = {"from_day": [date(2011, 2, 1), date(2011, 1, 1)], "to_day": [date(2011, 2, 28), date(2011, 1, 31)]}
    >>> stretches(pl.DataFrame(days), []).rows()
    [(datetime.date(2011, 1, 1), datetime.date(2011, 2, 28), 59)]
    """
    whole = _whole(rows, first, last).select(*by, first, last).sort(*by, first, nulls_last=True)
    until = _over(pl.col(last).cum_max().shift(1), by)
    begins = until.is_null() | (pl.col(first) > until.dt.offset_by("1d"))
    whole = whole.with_columns(begins.cum_sum().alias(" stretch"))
    merged = whole.group_by(*by, " stretch", maintain_order=True).agg(pl.col(first).min(), pl.col(last).max())
    return merged.drop(" stretch").with_columns(days=_days(pl.col(first), pl.col(last)))


def coverage(
    rows: pl.DataFrame, periods: pl.DataFrame, by: Sequence[str], first: str = FIRST, last: str = LAST
) -> pl.DataFrame:
    """How many days of each period are covered, for everything that rows are about and every period they touch.

    ``periods`` has ``from_day`` and ``to_day`` besides whatever it says of a period (``period``); columns of the result
    are ``by``, those of ``periods``, ``days`` of the period and ``covered``, those that some row covers, each once.

    >>> from datetime import date
    >>> day = {"from_day": [date(2011, 1, 3)], "to_day": [date(2011, 1, 9)]}
    >>> month = {"period": ["2011-01"], "from_day": [date(2011, 1, 1)], "to_day": [date(2011, 1, 31)]}
    >>> coverage(pl.DataFrame(day), pl.DataFrame(month), []).select("period", "days", "covered").rows()
    [('2011-01', 31, 7)]
    """
    own = stretches(rows, by, first, last).select(*by, pl.col(first).alias(" first"), pl.col(last).alias(" last"))
    both = own.join(periods, how="cross").filter(pl.col(" first") <= pl.col(LAST), pl.col(" last") >= pl.col(FIRST))
    shared = _days(pl.max_horizontal(" first", FIRST), pl.min_horizontal(" last", LAST))
    about = [*by, *periods.columns]
    found = both.with_columns(covered=shared).group_by(about, maintain_order=True).agg(pl.col("covered").sum())
    return found.select(*about, _days(pl.col(FIRST), pl.col(LAST)).alias("days"), "covered")


def _whole(rows: pl.DataFrame, first: str, last: str) -> pl.DataFrame:
    """The rows that have both days, the first not after the last."""
    return rows.filter(pl.col(first) <= pl.col(last))


def _over(value: pl.Expr, by: Sequence[str]) -> pl.Expr:
    return value.over(by) if by else value


def _days(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    return (last - first).dt.total_days() + 1
