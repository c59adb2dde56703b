"""Knowing: up to which day some tables of tenure tell what happened, so that nothing has to ask a clock."""

from collections.abc import Callable
from datetime import date

import polars as pl

from orebook.disciplines.tenure.earn_in_data import PLANNED

TABLES = (
    *("interests", "cash_calls", "earn_in_events", "royalty_events", "permits", "milestone_dates", "documents"),
    *("persons", "claims_held", "distances"),
)
"""Tables of tenure whose days tell up to when somebody knew."""

_DAYS = ("said_on", "day", "published_day", "from_day")
"""Columns that say when something was known or happened; deadlines and expiries lie ahead."""


def last_day(table: Callable[[str], pl.DataFrame | None]) -> date | None:
    """The last day that tables tell of as known, not as planned; none where they tell of no day.

    >>> rows = pl.DataFrame({"day": [date(2011, 6, 30), date(2012, 2, 1)], "status": [None, "planned"]})
    >>> last_day(lambda name: rows if name == "earn_in_events" else None)
    datetime.date(2011, 6, 30)
    """
    return max((day for name in TABLES if (day := _last(name, table(name))) is not None), default=None)


def _last(name: str, rows: pl.DataFrame | None) -> date | None:
    if rows is None or not rows.height:
        return None
    if name == "earn_in_events" and "status" in rows.columns:
        rows = rows.filter(pl.col("status").cast(pl.String).fill_null("").str.to_lowercase() != PLANNED)
    found = [rows[column].max() for column in _DAYS if column in rows.columns and rows.schema[column] == pl.Date]
    return max((day for day in found if isinstance(day, date)), default=None)
