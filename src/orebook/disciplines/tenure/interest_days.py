"""Interests by date: who holds how much of a property from which day to which, and what that makes over a period.

Rows of the table ``interests`` say what a holder has of a property from a day on: ``property``, ``holder``,
``from_day``, ``interest_pct``, and where it is known ``kind`` and ``document``. A holder keeps what the last row says
until another row says otherwise; nought ends it. Two rows that say different interests of one holder for one day give
none: which of them holds is not ours to choose.
"""

from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import Types, shaped

HELD: Types = {
    "property": pl.String,
    "holder": pl.String,
    "from_day": pl.Date,
    "interest_pct": pl.Float64,
    "kind": pl.String,
    "document": pl.String,
}
"""The columns of ``interests``."""

_DAY = pl.duration(days=1)
_WHO = ("property", "holder")


def interest_spans(interests: pl.DataFrame) -> pl.DataFrame:
    """What each holder has of each property from one day to another, both included; ``to_day`` is missing to this day.

    In per cent of the whole. Rows that lack the property, the holder or the day are left out, and spans of nought too;
    a span whose interest nobody said, or said in two ways, stands without one.

    >>> said = {"property": "Hob Lake", "holder": ["Tor", "Ness", "Tor"], "interest_pct": [100.0, 35.0, 65.0],
    ...         "from_day": [date(2009, 1, 1), date(2011, 3, 1), date(2011, 3, 1)]}
    >>> for span in interest_spans(pl.DataFrame(said)).select("holder", "interest_pct", "from_day", "to_day").rows():
    ...     print(*span)
    Ness 35.0 2011-03-01 None
    Tor 100.0 2009-01-01 2011-02-28
    Tor 65.0 2011-03-01 None
    """
    rows = shaped(interests, HELD).drop_nulls(["property", "holder", "from_day"])
    one = pl.col("interest_pct").n_unique() == 1
    said = rows.group_by(*_WHO, "from_day").agg(
        pl.when(one).then(pl.col("interest_pct").first()).alias("interest_pct"),
        pl.col("kind", "document").drop_nulls().sort().first(),
    )
    said = said.sort(*_WHO, "from_day")
    ends = (pl.col("from_day").shift(-1).over(_WHO) - _DAY).alias("to_day")
    kept = said.with_columns(ends).filter(pl.col("interest_pct").fill_null(1.0) != 0.0)
    return kept.select(*_WHO, "kind", "interest_pct", "from_day", "to_day", "document")


def interest_on(interests: pl.DataFrame, day: date) -> pl.DataFrame:
    """Who holds how much of each property on a day, in per cent; nobody who holds nothing.

    >>> said = {"property": "Hob Lake", "holder": ["Tor", "Tor"], "interest_pct": [100.0, 65.0],
    ...         "from_day": [date(2009, 1, 1), date(2011, 3, 1)]}
    >>> interest_on(pl.DataFrame(said), date(2011, 2, 28))["interest_pct"].to_list()
    [100.0]
    """
    spans = interest_spans(interests)
    there = (pl.col("from_day") <= day) & (pl.col("to_day").is_null() | (pl.col("to_day") >= day))
    return spans.filter(there).select(*_WHO, "kind", "interest_pct", "from_day", "document")


def interest_by_day(interests: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """One row for each property, holder and day from ``first`` to ``last``, both included, with the interest of it.

    What is produced, sold or spent by day meets its interest here: share = 100 % amount × interest ÷ 100. Days on
    which somebody holds nothing have no row.

    >>> said = {"property": "Hob Lake", "holder": "Tor", "interest_pct": [50.0], "from_day": [date(2011, 9, 29)]}
    >>> interest_by_day(pl.DataFrame(said), date(2011, 9, 1), date(2011, 9, 30)).select("day", "interest_pct").rows()
    [(datetime.date(2011, 9, 29), 50.0), (datetime.date(2011, 9, 30), 50.0)]
    """
    spans = _within(interest_spans(interests), first, last)
    days = spans.with_columns(pl.date_ranges("from_day", "to_day").alias("day")).explode("day")
    return days.select(*_WHO, "day", "interest_pct", "kind").sort(*_WHO, "day")


def mean_interest(interests: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Interests over a period, weighted by days: ``interest_pct`` over all its days, and on how many of them any.

    ``days_held`` of ``days`` had an interest. An interest that is not said for one day is not said for the period.
    Source: handbook 13; catalogue code PR1007.

    >>> said = {"property": "Hob Lake", "holder": "Tor", "interest_pct": [100.0, 50.0],
    ...         "from_day": [date(2010, 1, 1), date(2011, 9, 16)]}
    >>> mean_interest(pl.DataFrame(said), date(2011, 9, 1), date(2011, 9, 30)).row(0)
    ('Hob Lake', 'Tor', 75.0, 30, 30)
    """
    spans = _within(interest_spans(interests), first, last)
    whole = (last - first).days + 1
    length = (pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1
    known = pl.col("interest_pct").is_not_null().all()
    mean = pl.when(known).then((pl.col("interest_pct") * length).sum() / whole)
    held = length.sum().alias("days_held")
    found = spans.group_by(_WHO).agg(mean.alias("interest_pct"), held, pl.lit(whole).cast(pl.Int64).alias("days"))
    return found.sort(_WHO)


def wholes(interests: pl.DataFrame) -> pl.DataFrame:
    """For each property the stretches of days on which nothing changes: how much is held in all, and by how many.

    ``whole_pct`` is the sum of what is said, ``unsaid_pct`` what is left of a hundred, ``unknown`` how many holders
    have an interest that nobody said.

    >>> said = {"property": "Hob Lake", "holder": ["Tor", "Ness"], "interest_pct": [65.0, 40.0],
    ...         "from_day": [date(2009, 1, 1), date(2011, 3, 1)]}
    >>> wholes(pl.DataFrame(said)).select("from_day", "whole_pct", "unsaid_pct", "holders").rows()
    [(datetime.date(2009, 1, 1), 65.0, 35.0, 1), (datetime.date(2011, 3, 1), 105.0, -5.0, 2)]
    """
    spans = interest_spans(interests)
    starts = spans.select("property", pl.col("from_day"))
    after = spans.drop_nulls("to_day").select("property", pl.col("to_day").alias("from_day") + _DAY)
    cuts = pl.concat([starts, after]).unique().sort("property", "from_day")
    pairs = cuts.join(spans.rename({"from_day": "since"}), on="property", how="left")
    there = (pl.col("since") <= pl.col("from_day")) & (
        pl.col("to_day").is_null() | (pl.col("to_day") >= pl.col("from_day"))
    )
    sums = pairs.group_by("property", "from_day").agg(
        pl.col("interest_pct").filter(there).sum().alias("whole_pct"),
        there.sum().cast(pl.Int64).alias("holders"),
        (there & pl.col("interest_pct").is_null()).sum().cast(pl.Int64).alias("unknown"),
    )
    sums = sums.sort("property", "from_day")
    ends = (pl.col("from_day").shift(-1).over("property") - _DAY).alias("to_day")
    unsaid = (100.0 - pl.col("whole_pct")).alias("unsaid_pct")
    return sums.with_columns(ends, unsaid).select(
        "property", "from_day", "to_day", "whole_pct", "unsaid_pct", "holders", "unknown"
    )


def interest_changes(interests: pl.DataFrame) -> pl.DataFrame:
    """What changed hands: for each property, day and holder the interest before and after, and the difference.

    ``balance_pct`` adds the changes of one property on one day: nought where what one gave another took.

    >>> said = {"property": "Hob Lake", "holder": ["Tor", "Ness", "Tor"], "interest_pct": [100.0, 35.0, 65.0],
    ...         "from_day": [date(2009, 1, 1), date(2011, 3, 1), date(2011, 3, 1)]}
    >>> interest_changes(pl.DataFrame(said)).select("holder", "before_pct", "after_pct", "balance_pct").rows()[1:]
    [('Ness', 0.0, 35.0, 0.0), ('Tor', 100.0, 65.0, 0.0)]
    """
    spans = interest_spans(interests)
    starts = spans.select(*_WHO, pl.col("from_day").alias("day"), pl.col("interest_pct").alias("after_pct"))
    ends = spans.drop_nulls("to_day").select(
        *_WHO, (pl.col("to_day") + _DAY).alias("day"), pl.col("interest_pct").alias("before_pct")
    )
    both = starts.join(ends, on=[*_WHO, "day"], how="full", coalesce=True)
    both = both.with_columns(_or_nought(both, "after_pct", starts), _or_nought(both, "before_pct", ends))
    change = (pl.col("after_pct") - pl.col("before_pct")).alias("change_pct")
    found = both.with_columns(change).filter(pl.col("change_pct").fill_null(1.0) != 0.0)
    balance = pl.col("change_pct").sum().over("property", "day").alias("balance_pct")
    order = ["property", "day", "holder"]
    return (
        found.with_columns(balance).sort(order).select(*order, "before_pct", "after_pct", "change_pct", "balance_pct")
    )


def _or_nought(both: pl.DataFrame, column: str, said: pl.DataFrame) -> pl.Series:
    """A column of a full join, nought where the other table alone has a row, missing where a row has no figure."""
    keys = said.select(*_WHO, "day").with_columns(pl.lit(True).alias("there"))
    there = both.select(*_WHO, "day").join(keys, on=[*_WHO, "day"], how="left", maintain_order="left")["there"]
    return both[column].zip_with(there.fill_null(False), pl.Series(column, [0.0] * both.height, dtype=pl.Float64))


def _within(spans: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The parts of spans that lie in a period."""
    start = pl.max_horizontal("from_day", pl.lit(first)).alias("from_day")
    end = pl.min_horizontal(pl.col("to_day").fill_null(last), pl.lit(last)).alias("to_day")
    return spans.with_columns(start, end).filter(pl.col("from_day") <= pl.col("to_day"))
