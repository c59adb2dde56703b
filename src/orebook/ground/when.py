"""When: the days that a cell of a table means, written as a label or in words, and days some months on.

A table of a book holds what was said: "early 2012", "winter", "before the end of 2011", "H1 2021". Words that only the
day explains on which they were said ("this winter", "by year end") need that day. Whole cells are read here, sentences
by ``reading``.

>>> when("early 2012").label, when("before the end of 2011").label, when("Q4 2011").label
('2012-early', 'by 2011-12-31', '2011-Q4')
>>> when("this winter", said_on=date(2011, 11, 14)).label
'2011-12/2012-03'
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from orebook.ground import period
from orebook.ground.period import MONTHS, Period

SEASONS = {"winter": 12, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}
"""The month in which each season begins, north of the equator; each is four months long."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PART = r"(?:(?P<part>early|mid|late)[- ](?:in )?)?"
_LEAD = re.compile(
    r"(?P<by>by(?: the)?|before(?: the)?|prior to(?: the)?|no later than(?: the)?|on or before(?: the)?|until(?: the)?)"
    r"|(?P<after>after(?: the)?|not before(?: the)?)|(?P<none>in(?: the)?|on|during(?: the)?|from|about|around|the)"
)


class WhenError(ValueError):
    """Words that say no days, or none without the day on which they were said; the message says what instead."""


def months_after(day: date, months: int) -> date:
    """The day so many months on: of the same number, or the last of a month that is too short.

    What lies beyond the calendar is its first or last day.

    >>> months_after(date(2018, 6, 1), 18), months_after(date(2011, 8, 31), 6)
    (datetime.date(2019, 12, 1), datetime.date(2012, 2, 29))
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_after(day: date, days: int) -> date:
    """The day so many days on; what lies beyond the calendar is its first or last day.

    >>> days_after(date(2011, 12, 31), 1), days_after(date.max, 1)
    (datetime.date(2012, 1, 1), datetime.date(9999, 12, 31))
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def season(name: str, year: int, *, south: bool = False) -> Period:
    """Four months of a year, by their name; a winter of the north runs into the year after.

    >>> season("winter", 2020).label, season("winter", 2020, south=True).label
    ('2020-12/2021-03', '2020-06/2020-09')
    """
    first = SEASONS[name]
    if south:
        first = (first + 5) % 12 + 1
    last = first + 3
    end = f"{year + 1}-{last - 12:02d}" if last > 12 else f"{year}-{last:02d}"
    return Period.parse(f"{year}-{first:02d}/{end}")


def coming_season(name: str, today: date, *, south: bool = False) -> Period:
    """The season of that name that is on or comes next.

    >>> coming_season("winter", date(2012, 1, 5)).label
    '2011-12/2012-03'
    """
    before = season(name, today.year - 1, south=south)
    if before.start <= today <= before.end:
        return before
    this = season(name, today.year, south=south)
    return this if today <= this.end else season(name, today.year + 1, south=south)


def when(said: str, *, said_on: date | None = None, south: bool = False) -> Period:
    """The days that a whole cell means.

    Raises ``WhenError`` for words that say no days, and for those that need ``said_on`` where it is missing.

    >>> when("2021-H1").end, when("by year end", said_on=date(2011, 11, 14)).end
    (datetime.date(2021, 6, 30), datetime.date(2011, 12, 31))
    >>> when("soon")
    Traceback (most recent call last):
        ...
    orebook.ground.when.WhenError: 'soon' says no days; write a label such as 2012-early, 2011-Q4 or by 2011-12-31, ...
    """
    words = " ".join(said.split())
    try:
        return Period.parse(words)
    except ValueError:
        pass
    bound, rest = _bound(words.casefold().replace(",", "").rstrip("."))
    if bound == "by":
        rest = rest.removeprefix("end of ").removeprefix("the ") or rest
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(rest):
            told = {name: word for name, word in found.groupdict().items() if word}
            days = _made(make, _Said(told, said, said_on, south))
            return days if not bound else Period.parse(f"{bound} {days.end.isoformat()}")
    raise WhenError(
        f"{said[:60]!r} says no days; write a label such as 2012-early, 2011-Q4 or by 2011-12-31, or words such as"
        " early 2012"
    )


def _made(make: Callable[["_Said"], Period], said: "_Said") -> Period:
    """The days of what was said; a day beside which they would leave the calendar gives none."""
    try:
        return make(said)
    except WhenError:
        raise
    except (ValueError, OverflowError):
        raise WhenError(f"{said.words[:60]!r} on {said.said_on} says no days of the calendar") from None


def _bound(words: str) -> tuple[str, str]:
    """Whether words say a last or a first day, and what is left of them; "in 2011" and "2011" are the same."""
    bound = ""
    while (found := _LEAD.match(words)) and words[found.end() :].startswith(" "):
        bound = found.lastgroup if found.lastgroup in ("by", "after") else bound
        words = words[found.end() + 1 :]
    return bound, words


class _Said(NamedTuple):
    """The parts of what was said, all of it, the day on which it was said, and on which side of the equator."""

    parts: Mapping[str, str]
    words: str
    said_on: date | None
    south: bool

    @property
    def today(self) -> date:
        """The day on which it was said, which these words need."""
        if self.said_on is None:
            raise WhenError(
                f"{self.words[:60]!r} means days only beside the day on which it was said; write that day, or a label"
            )
        return self.said_on

    @property
    def year(self) -> int:
        """The year that was said, or that of the day on which it was said."""
        return int(self.parts["year"]) if "year" in self.parts else self.today.year

    @property
    def step(self) -> int:
        """One for what comes next, nought for what is on."""
        return 1 if self.parts.get("which") == "next" else 0


def _day(said: _Said) -> Period:
    month, number = MONTHS[said.parts["month"]], int(said.parts["day"])
    if not 1 <= number <= monthrange(said.year, month)[1]:
        raise WhenError(f"{said.words[:60]!r} is no day of the calendar")
    return period.day(date(said.year, month, number))


def _month(said: _Said) -> Period:
    label = f"{said.year}-{MONTHS[said.parts['month']]:02d}"
    return Period.parse(f"{label}-{said.parts['part']}" if "part" in said.parts else label)


def _part(said: _Said) -> Period:
    return Period.parse(f"{said.year + said.step}-{said.parts['part']}")


def _year_end(said: _Said) -> Period:
    return period.day(date(said.year, 12, 31))


def _quarter(said: _Said) -> Period:
    which = said.parts.get("number") or str(_ORDINALS[said.parts["nth"]])
    return period.quarter(said.year, int(which))


def _half(said: _Said) -> Period:
    return Period.parse(f"{said.year}-H{said.parts.get('number') or _ORDINALS[said.parts['nth']]}")


def _season(said: _Said) -> Period:
    if "year" in said.parts:
        return season(said.parts["season"], said.year, south=said.south)
    return coming_season(said.parts["season"], said.today, south=said.south)


def _relative(said: _Said) -> Period:
    if said.parts["what"] == "year":
        return period.year(said.year + said.step)
    if said.parts["what"] == "quarter":
        count = said.today.year * 4 + (said.today.month - 1) // 3 + said.step
        return period.quarter(count // 4, count % 4 + 1)
    count = said.today.year * 12 + said.today.month - 1 + said.step
    return period.month(count // 12, count % 12 + 1)


_NTH = r"(?:st|nd|rd|th)?"
_SEASON = "(?P<season>winter|spring|summer|fall|autumn)"
_MAYBE_YEAR = rf"(?:(?: of)? {_YEAR})?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[_Said], Period]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"{_MONTH} (?P<day>\d{{1,2}}){_NTH} {_YEAR}", _day),
        (rf"(?P<day>\d{{1,2}}){_NTH} {_MONTH} {_YEAR}", _day),
        (rf"{_PART}{_MONTH}(?: of)? {_YEAR}", _month),
        (rf"(?P<part>early|mid|late)[- ](?:in )?(?:{_YEAR}|(?P<which>this|next) year)", _part),
        (rf"(?:calendar )?(?:year[- ]?end|end of (?:the |this )?(?:calendar )?year){_MAYBE_YEAR}", _year_end),
        (rf"end of {_YEAR}", _year_end),
        (_YEAR, lambda said: period.year(said.year)),
        (r"(?:calendar )?year", lambda said: period.year(said.today.year)),
        (rf"q(?P<number>[1-4])[ '-]?{_YEAR}", _quarter),
        (rf"(?P<number>[1-4])q[ '-]?{_YEAR}", _quarter),
        (rf"(?P<nth>first|second|third|fourth|[1-4](?:st|nd|rd|th)) quarter{_MAYBE_YEAR}", _quarter),
        (rf"h(?P<number>[12])[ '-]?{_YEAR}", _half),
        (rf"(?P<number>[12])h[ '-]?{_YEAR}", _half),
        (rf"(?P<nth>first|second|1st|2nd) half{_MAYBE_YEAR}", _half),
        (rf"(?:(?:this|next|coming) )?{_SEASON}{_MAYBE_YEAR}(?:/\d{{2,4}})?", _season),
        (r"(?P<which>this|next) (?P<what>year|quarter|month)", _relative),
    )
)
