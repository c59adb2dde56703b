"""Periods: the stretch of days that a figure is about, named as the trade names it.

>>> quarter(2011, 3).label, quarter(2011, 3).days
('2011-Q3', 92)
>>> Period.parse("2011-9M").days
273
>>> Period.parse("2011-Q3").within(Period.parse("2011"))
True
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
MONTHS = {
    **{name: number for number, name in enumerate((*_MONTHS, "november", "december"), 1)},
    **{name[:3]: number for number, name in enumerate((*_MONTHS, "november", "december"), 1)},
    "sept": 9,
}
"""Month numbers by their English names, long and short."""

_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}

_LABEL = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<through>[369]|1[0-2])M|(?P<part>early|mid|late)))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included, and the label under which it is quoted.

    Labels are ``2011``, ``2011-Q3``, ``2021-H1``, ``2011-9M`` (the first nine months), ``2011-10``, ``2011-10-25``,
    ``2012-early``, ``2010-11-late``, ``2011/2019`` and ``2010-11/2011-07``; a bound is ``by 2012-03-31``, ``to
    2011-09-30`` or ``after 2011-09-30``. A fiscal period is labelled by the calendar days that it covers:
    ``2024-10-01/2024-12-31``.
    """

    start: date
    end: date
    label: str

    @property
    def days(self) -> int:
        """How many calendar days there are."""
        return (self.end - self.start).days + 1

    def within(self, other: "Period") -> bool:
        """Whether all days of this lie in the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return self.label

    @classmethod
    def parse(cls, label: str) -> "Period":
        """Turn a label into its days.

        >>> Period.parse("2010-11-late").start
        datetime.date(2010, 11, 21)
        >>> Period.parse("by 2012-03-31").end
        datetime.date(2012, 3, 31)
        >>> Period.parse("soon")
        Traceback (most recent call last):
            ...
        ValueError: not a period: 'soon'; write a label such as 2011-Q3, 2011-9M, 2011-10 or 2011/2019
        """
        return _parse(label)


@cache
def _parse(label: str) -> Period:
    bound, space, day = label.partition(" ")
    if space and bound in ("by", "to", "after"):
        at = _parse(day)
        start, end = (at.end, date.max) if bound == "after" else (date.min, at.end)
        return Period(start, end, label)
    first, slash, last = label.partition("/")
    if slash:
        return Period(_parse(first).start, _parse(last).end, label)
    match = _LABEL.fullmatch(label)
    if not match:
        raise ValueError(f"not a period: {label!r}; write a label such as 2011-Q3, 2011-9M, 2011-10 or 2011/2019")
    try:
        start, end = _ends({key: value for key, value in match.groupdict().items() if value})
    except ValueError as problem:
        raise ValueError(f"not a period: {label!r}; {problem}") from None
    return Period(start, end, label)


def _ends(said: dict[str, str]) -> tuple[date, date]:
    year = int(said["year"])
    if "day" in said:
        day = date(year, int(said["month"]), int(said["day"]))
        return day, day
    if "month" in said:
        return _month_part(year, int(said["month"]), said.get("part"))
    if "part" in said:
        first, last = _PARTS[said["part"]]
        return _months(year, first, last)
    if "quarter" in said:
        return _months(year, 3 * int(said["quarter"]) - 2, 3 * int(said["quarter"]))
    if "half" in said:
        return _months(year, 6 * int(said["half"]) - 5, 6 * int(said["half"]))
    return _months(year, 1, int(said.get("through", 12)))


def _month_part(year: int, month: int, part: str | None) -> tuple[date, date]:
    start, end = _months(year, month, month)
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day)}.get(part or "", (1, end.day))
    return start.replace(day=first), end.replace(day=last)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def year(number: int) -> Period:
    """A calendar year."""
    return _parse(f"{number:04d}")


def quarter(number: int, which: int) -> Period:
    """A calendar quarter."""
    return _parse(f"{number:04d}-Q{which}")


def month(number: int, which: int) -> Period:
    """A calendar month."""
    return _parse(f"{number:04d}-{which:02d}")


def day(when: date) -> Period:
    """One day.

    >>> day(date(2011, 9, 30)).label
    '2011-09-30'
    """
    return Period(when, when, when.isoformat())


def months_ended(end: date, count: int) -> Period:
    """The ``count`` months that end with the month of ``end``, under the shortest label that fits.

    >>> months_ended(date(2011, 9, 30), 3).label
    '2011-Q3'
    >>> months_ended(date(2011, 9, 30), 9).label
    '2011-9M'
    >>> months_ended(date(2011, 3, 31), 12).label
    '2010-04-01/2011-03-31'
    """
    last = end.replace(day=monthrange(end.year, end.month)[1])
    whole = end.year * 12 + end.month - count
    start = date(whole // 12, whole % 12 + 1, 1)
    return Period(start, last, _shortest(start, last, count))


def _shortest(start: date, end: date, count: int) -> str:
    same_year = start.year == end.year
    if count == 12 and start.month == 1:
        return f"{start.year:04d}"
    if count == 3 and start.month % 3 == 1:
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"
    if count == 6 and start.month in (1, 7):
        return f"{start.year:04d}-H{(start.month + 5) // 6}"
    if count == 1:
        return f"{start.year:04d}-{start.month:02d}"
    if same_year and start.month == 1:
        return f"{start.year:04d}-{count}M"
    return f"{start.isoformat()}/{end.isoformat()}"


def year_before(period: Period) -> Period:
    """The same period of the year before, as a comparative column shows it.

    >>> year_before(quarter(2011, 3)).label
    '2010-Q3'
    """
    label = re.sub(r"\d{4}", lambda found: f"{int(found[0]) - 1:04d}", period.label)
    try:
        return _parse(label)
    except ValueError:  # the 29th of February has no year before
        return Period(period.start - timedelta(days=366), period.end - timedelta(days=366), label)
