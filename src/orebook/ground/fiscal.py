"""Fiscal: the months, quarters, halves, nine months and years of a company's own year, and what runs since the start.

>>> [each.period.label for each in reporting_periods(date(2011, 7, 1), date(2011, 9, 30)) if each.kind != "month"]
['2011-Q3', '2011-H2', '2011-9M', '2011', '2011-01/2011-07', '2011-01/2011-08', '2011-07-01/2011-09-30']
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from orebook.ground.period import Period, months_ended

Kind = Literal["month", "quarter", "half", "nine months", "year", "year to date", "since start"]

KINDS: tuple[Kind, ...] = ("month", "quarter", "half", "nine months", "year", "year to date", "since start")
"""The kinds of period that a company reports, the shortest first."""

_MONTH_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")
_LENGTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "nine months": 9, "year": 12}


class Reported(NamedTuple):
    """A period that a company reports: its kind, its days, the fiscal year, and which of its kind in that year.

    A fiscal year is called after the calendar year in which it ends.
    """

    kind: Kind
    period: Period
    year: int
    number: int


@lru_cache(maxsize=64)
def year_end_month(year_end: str) -> int:
    """The month with which a fiscal year ends, from month and day.

    Raises ``ValueError`` for a day that does not end its month: such years are counted in weeks, not in months.

    >>> year_end_month("12-31"), year_end_month("06-30"), year_end_month("02-28")
    (12, 6, 2)
    >>> year_end_month("12-28")
    Traceback (most recent call last):
        ...
    ValueError: the fiscal year ends on 12-28, which does not end a month; periods are made of whole months
    """
    found = _MONTH_DAY.fullmatch(year_end)
    month, day = (int(found["month"]), int(found["day"])) if found else (0, 0)
    if not 1 <= month <= 12 or day not in {monthrange(year, month)[1] for year in (2023, 2024)}:
        raise ValueError(
            f"the fiscal year ends on {year_end}, which does not end a month; periods are made of whole months"
        )
    return month


def fiscal_year(day: date, year_end: str = "12-31") -> int:
    """The fiscal year in which a day lies, called after the calendar year in which it ends.

    >>> fiscal_year(date(2024, 7, 1), "06-30"), fiscal_year(date(2024, 6, 30), "06-30")
    (2025, 2024)
    """
    return day.year + (day.month > year_end_month(year_end))


def fiscal_period(year: int, kind: Kind, number: int = 1, year_end: str = "12-31") -> Period:
    """A month, quarter, half, nine months or year of a fiscal year, labelled by its calendar days.

    >>> fiscal_period(2011, "quarter", 3).label, fiscal_period(2025, "quarter", 1, "06-30").label
    ('2011-Q3', '2024-Q3')
    >>> fiscal_period(2011, "year to date", 4).label
    '2011-01/2011-04'
    """
    count = number if kind == "year to date" else _LENGTHS[kind]
    last = number if kind == "year to date" else number * _LENGTHS[kind]
    whole = year * 12 + year_end_month(year_end) - 12 + last - 1
    end = date(whole // 12, whole % 12 + 1, 1)
    found = months_ended(end, count)
    if kind == "year to date" and count not in (1, 3, 6, 9, 12):
        return Period(found.start, found.end, f"{found.start:%Y-%m}/{found.end:%Y-%m}")
    return found


def reporting_periods(
    first: date, last: date, year_end: str = "12-31", days: Iterable[date] | None = None
) -> tuple[Reported, ...]:
    """Every period with a day from the first to the last, each under its label once; the shortest kinds first.

    The year to date ends with each month that has no other name for it; what runs since the start with each quarter
    and with the last day. With ``days`` only fiscal years in which one of them lies have periods of their own. Raises
    ``ValueError`` when the last day lies before the first.
    """
    if last < first:
        raise ValueError(f"periods run from the first day to the last, not from {first} to {last}")
    years: Iterable[int] = range(fiscal_year(first, year_end), fiscal_year(last, year_end) + 1)
    if days is not None:
        asked = {fiscal_year(day, year_end) for day in days}
        years = [year for year in years if year in asked]
    made = [
        Reported(kind, fiscal_period(year, kind, number, year_end), year, number)
        for kind, numbers in _numbers()
        for year in years
        for number in numbers
    ]
    month_end = last.replace(day=monthrange(last.year, last.month)[1])
    there = (each for each in made if each.period.start <= last and first <= each.period.end)
    begun = (each for each in there if each.kind != "year to date" or each.period.end <= month_end)
    return (*begun, *since_start(first, last, year_end))


def _numbers() -> Iterator[tuple[Kind, tuple[int, ...]]]:
    yield "month", tuple(range(1, 13))
    yield "quarter", (1, 2, 3, 4)
    yield "half", (1, 2)
    yield "nine months", (1,)
    yield "year", (1,)
    yield "year to date", (2, 4, 5, 7, 8, 10, 11)


def month_ends(first: date, last: date) -> Iterator[date]:
    """Yield the last day of each month from that of the first day to that of the last.

    >>> [each.isoformat() for each in month_ends(date(2011, 12, 30), date(2012, 2, 1))]
    ['2011-12-31', '2012-01-31', '2012-02-29']
    """
    for whole in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, before = divmod(whole, 12)
        yield date(year, before + 1, monthrange(year, before + 1)[1])


def since_start(first: date, last: date, year_end: str = "12-31") -> Iterator[Reported]:
    """Yield what runs since the first day: to the end of each quarter, and to the last day.

    >>> [each.period.label for each in since_start(date(2011, 5, 1), date(2011, 8, 31))]
    ['2011-05-01/2011-06-30', '2011-05-01/2011-08-31']
    """
    month = year_end_month(year_end)
    ends = {last, *(end for end in month_ends(first, last) if (end.month - month) % 3 == 0)}
    for end in sorted(each for each in ends if first <= each <= last):
        yield Reported("since start", Period(first, end, f"{first}/{end}"), fiscal_year(end, year_end), 1)
