"""Days: what a cell says that should hold a day, in whatever way people write them."""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from orebook.book.importing.values import tokens
from orebook.ground.period import MONTHS, Period

End = Literal["", "start", "end"]
"""Which day of a month or quarter a column asks for: none, its first, its last."""

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_EIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_WORD = r"(?:[A-Za-z]{3,9}, ?)?"
_DAY_MONTH = re.compile(
    rf"{_WORD}(\d{{1,2}})(?:st|nd|rd|th)?[-/ .]{{1,2}}([A-Za-z]{{3,9}})[-/ .,]{{1,2}}(\d{{4}}|\d{{2}}){_TIME}"
)
_MONTH_DAY = re.compile(
    rf"{_WORD}([A-Za-z]{{3,9}})[-/ .]{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?[-/ .,]{{1,2}}(\d{{4}}|\d{{2}}){_TIME}"
)
_MONTH = re.compile(r"([A-Za-z]{3,9})[-/ .,']{1,2}(\d{4}|\d{2})")
_MONTH_NUMBER = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})/(\d{4})")
_PART = re.compile(r"(\d{4})[- ]?([QqHh])([1-4])|([QqHh])([1-4])[-/ ]?(\d{4})|([1-4])([QqHh])[- ]?(\d{4})")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d{1,12})?")
_SPREADSHEET = date(1899, 12, 30)
"""The day nought of the numbers that spreadsheets keep for days after February 1900."""
_CENTURY = 69
"""Years of two digits from here on are of the century before."""


class DayCell(NamedTuple):
    """What a cell says: a day, and how it was told; nothing usable with the reason.

    ``kind`` is ``day``, ``dmy`` or ``mdy`` (shown by a number above twelve), ``either``, ``serial``, ``period`` (of
    which it is one end), ``missing`` or ``bad``.
    """

    value: date | None
    kind: str
    reason: str = ""


def day_cell(text: str, order: str = "", end: End = "") -> DayCell:
    """What a cell of days says. ``order`` is ``dmy`` or ``mdy``, ``end`` which end of a month or quarter is asked for.

    >>> [str(day_cell(each).value) for each in ("30-Sep-2011", "Sep 30, 2011", "2011/9/30", "30.09.2011", "40816")]
    ['2011-09-30', '2011-09-30', '2011-09-30', '2011-09-30', '2011-09-30']
    >>> str(day_cell("Sep-11", end="end").value), str(day_cell("2011-Q3", end="start").value)
    ('2011-09-30', '2011-07-01')
    >>> day_cell("03/04/2011").kind, str(day_cell("03/04/2011", "mdy").value)
    ('either', '2011-03-04')
    >>> day_cell("2011-09").reason, day_cell("31/09/2011").reason, day_cell("soon").reason
    ('a month where a day is needed', 'no day of the calendar', 'no day')
    """
    said = " ".join(text.strip().removeprefix("'").split())
    if said.lower() in tokens():
        return DayCell(None, "missing")
    try:
        return _dated(said, order) or _within(said, end) or DayCell(None, "bad", "no day")
    except ValueError:
        return DayCell(None, "bad", "no day of the calendar")


def _dated(said: str, order: str) -> DayCell | None:
    """A day that is said in full."""
    if found := _YEAR_FIRST.fullmatch(said):
        return DayCell(date(int(found[1]), int(found[3]), int(found[4])), "day")
    if found := _EIGHT.fullmatch(said):
        return DayCell(date(int(found[1]), int(found[2]), int(found[3])), "day")
    if found := _YEAR_LAST.fullmatch(said):
        return _numbered(int(found[1]), int(found[3]), _year(found[4]), order)
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        if (found := pattern.fullmatch(said)) and (number := MONTHS.get(found[month].lower())):
            return DayCell(date(_year(found[3]), number, int(found[day])), "day")
    if found := _SERIAL.fullmatch(said):
        return DayCell(_SPREADSHEET + timedelta(days=int(found[1])), "serial")
    return None


def _numbered(first: int, second: int, year: int, order: str) -> DayCell:
    """A day whose month is a number that stands beside it."""
    shown = "dmy" if first > 12 else "mdy" if second > 12 else ""
    if shown and order and shown != order:
        return DayCell(None, "bad", f"no day where {'days' if order == 'dmy' else 'months'} come first")
    way = shown or order or ("day" if first == second else "either")
    day, month = (second, first) if way == "mdy" else (first, second)
    return DayCell(date(year, month, day), way)


def _within(said: str, end: End) -> DayCell | None:
    """One end of a month, a quarter or a year."""
    period = period_said(said)
    if period is None:
        return None
    if not end:
        kind = "month" if period.days < 32 else "year" if period.days > 364 else "quarter"
        return DayCell(None, "bad", f"a {kind} where a day is needed")
    return DayCell(period.start if end == "start" else period.end, "period")


def period_said(said: str) -> Period | None:
    """The month, quarter, half or year that a cell or a head names, or nothing.

    >>> [str(period_said(each)) for each in ("Sep-11", "September 2011", "9/2011", "Q3 2011", "3Q2011", "2011")]
    ['2011-09', '2011-09', '2011-09', '2011-Q3', '2011-Q3', '2011']
    >>> period_said("ore milled"), period_said("2011-13")
    (None, None)
    """
    said = " ".join(said.split())
    try:
        if (found := _MONTH.fullmatch(said)) and (number := MONTHS.get(found[1].lower())):
            return Period.parse(f"{_year(found[2]):04d}-{number:02d}")
        if found := _MONTH_NUMBER.fullmatch(said):
            return Period.parse(f"{found[1] or found[4]}-{int(found[2] or found[3]):02d}")
        if found := _PART.fullmatch(said):
            year, sign, which = (next(filter(None, found.group(*three))) for three in ((1, 6, 9), (2, 4, 8), (3, 5, 7)))
            return Period.parse(f"{year}-{sign.upper()}{which}")
        return Period.parse(said) if re.fullmatch(r"(?:19|20)\d{2}(?:-\d{1,2}M)?", said) else None
    except ValueError:
        return None


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (1900 if number >= _CENTURY else 2000)
