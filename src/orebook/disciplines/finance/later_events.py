"""Events after the period: what happened too late for it, and where it will go."""

from datetime import date, timedelta

import polars as pl

from orebook.disciplines.finance.ledger.postings import day_column, in_these_years
from orebook.ground.fiscal import Reported, reporting_periods

_DAYS = 400
"""So far around an event the quarters are looked for in which it lies and which ended before it."""


def later_events(events: pl.DataFrame, year_end: str = "12-31") -> pl.DataFrame:
    """Events with ``after``, the last quarter that ended before them, and ``falls_in``, the quarter that records them.

    ``falls_in`` is missing while nobody knows when an event will be recorded; it never is the quarter before, unless
    the event is said to be ``adjusting``: then it tells of what was so at the end of that quarter. A day of a year that
    no books are about is missing. Source: IAS 10.

    >>> given = {"day": [date(2011, 10, 28)], "title": ["Claims sold"], "amount": [13.9e6], "currency": ["USD"]}
    >>> later_events(pl.DataFrame(given)).select("after", "falls_in").rows()
    [('2011-Q3', None)]
    """
    words = ("title", "currency", "line", "adjusting", "conditions", "document")
    there = [
        (pl.col(name).cast(pl.String) if name in events.columns else pl.lit(None, pl.String)).alias(name)
        for name in words
    ]
    amount = pl.col("amount").cast(pl.Float64) if "amount" in events.columns else pl.lit(None, pl.Float64)
    days = [day_column(name, events) for name in ("day", "falls_on")]
    given = events.select(*days, *there, amount.alias("amount"))
    sane = [pl.when(in_these_years(name)).then(name).alias(name) for name in ("day", "falls_on")]
    told = given.with_columns(sane).sort("day", "title", nulls_last=True)
    after, falls = [], []
    for day, on, adjusting in told.select("day", "falls_on", "adjusting").iter_rows():
        before = None if day is None else quarter_before(day, year_end)
        adjusts = str(adjusting or "").strip().lower() in ("yes", "true", "1")
        after.append(before)
        falls.append(before if adjusts else None if on is None else quarter_of(on, year_end))
    return told.with_columns(pl.Series("after", after, pl.String), pl.Series("falls_in", falls, pl.String))


def quarter_of(day: date, year_end: str = "12-31") -> str:
    """The fiscal quarter in which a day lies.

    >>> quarter_of(date(2011, 11, 14)), quarter_of(date(2011, 11, 14), "02-28")
    ('2011-Q4', '2011-09-01/2011-11-30')
    """
    return next(each.period.label for each in _quarters(day, day, year_end))


def quarter_before(day: date, year_end: str = "12-31") -> str:
    """The last fiscal quarter that ended before a day.

    >>> quarter_before(date(2011, 10, 28)), quarter_before(date(2011, 9, 30))
    ('2011-Q3', '2011-Q2')
    """
    ended = [each for each in _quarters(day - timedelta(days=_DAYS), day, year_end) if each.period.end < day]
    return ended[-1].period.label


def _quarters(first: date, last: date, year_end: str) -> list[Reported]:
    found = [each for each in reporting_periods(first, last, year_end) if each.kind == "quarter"]
    return sorted(found, key=lambda each: each.period.end)
