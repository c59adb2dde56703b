"""Period heads: the period that the head of a column names in the short hand of tables.

``4Q22``, ``12M22``, ``YTD 2024``, ``Mar Q 2023``, ``Dec Qtr 2022``, ``Six months 2023``, ``FY23``, ``H1 FY25``, or
whole dates. What a head leaves out (the end of a year to date, the year of a quarter), release or other heads say.

>>> now = Reporting(Period.parse("2024-Q3"))
>>> [head_period(said, now)[0].label for said in ("4Q22", "12M22", "YTD 2024", "Dec Qtr 2022", "Six months 2023", "Q2")]
['2022-Q4', '2022', '2024-9M', '2022-Q4', '2023-H1', '2024-Q2']
>>> head_period("FY23 YTD", Reporting(Period.parse("2023-Q1"), year_end=6))[0].label
'2022-07-01/2023-03-31'
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from orebook.ground import period as periods
from orebook.ground.period import MONTHS, Period
from orebook.reading.language.dates import When, dates
from orebook.reading.patterns import Pattern

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_Y4 = r"(?:19|20)\d\d"
_Y = rf"(?:{_Y4}|\d\d)(?!\d)"
_GAP = r"[\s'’-]{0,3}"
_QUARTER_WORD = r"(?:quarter|qtr|qrtr|q)(?![a-z1-9])\.?"
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "half": 6, "year": 12, "3": 3, "6": 6, "9": 9, "12": 12}


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the heads of a release leave unsaid: the period that it reports, its day, the last month of its year."""

    now: Period | None = None
    day: Period | None = None
    year_end: int = 12

    @property
    def year(self) -> int | None:
        """The year of the release."""
        return self.day.start.year if self.day else self.now.end.year if self.now else None

    def latest(self, month: int) -> int | None:
        """The last year in which that month had ended before the release."""
        end = self.now.end if self.now else self.day.end if self.day else None
        return None if end is None else end.year if month <= end.month else end.year - 1

    def fiscal(self, year: int, months: int) -> Period:
        """The months up to so many after the start of a fiscal year.

        >>> Reporting(year_end=6).fiscal(2025, 6).label
        '2024-H2'
        """
        whole = year * 12 + self.year_end - 12 + months - 1
        return periods.months_ended(date(whole // 12, whole % 12 + 1, 1), months)

    def fiscal_quarter(self, year: int, which: int) -> Period:
        """A quarter of a fiscal year."""
        return periods.months_ended(self.fiscal(year, 3 * which).end, 3)


Found = tuple[Period | None, str]
"""The period of a head, and the words that are left of it; no period where a head is one of time, but not told."""

_Build = Callable[[dict[str, str], str, Reporting], Period | None]


def _year_of(said: dict[str, str]) -> int | None:
    digits = next((said[name] for name in ("y", "y2") if said.get(name)), "")
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if digits else None


def _elsewhere(words: str) -> int | None:
    """The year that stands alone in the other words of a head."""
    found = re.search(rf"(?<![\w.,/-]){_Y4}(?!\w)", words)
    return int(found[0]) if found else None


def _to_date(said: dict[str, str], words: str, times: Reporting) -> Period | None:
    year = _year_of(said) or _elsewhere(words) or (times.now.end.year if times.now else None)
    month = _named_month(words) or (times.now.end.month if times.now else None)
    if year is None or month is None:
        return None
    start = times.year_end % 12 + 1
    months = (month - start) % 12 + 1
    fiscal = bool(said.get("fy") or said.get("fy2"))
    whole = times.fiscal(year, months) if fiscal else periods.months_ended(date(year, month, 1), months)
    return None if times.day and whole.end > times.day.end else whole


def _named_month(words: str) -> int | None:
    """The month, or the quarter's last month, that some words name."""
    if found := re.search(rf"(?<![A-Za-z])({_MONTH})(?![A-Za-z])", words, re.IGNORECASE):
        return MONTHS[found[1].lower()[:3]]
    quarter = re.search(r"\bQ([1-4])|\b([1-4])Q", words, re.IGNORECASE)
    return 3 * int(quarter[1] or quarter[2]) if quarter else None


def _months_of(said: dict[str, str], words: str, times: Reporting) -> Period | None:
    year = _year_of(said) or _elsewhere(words)
    if year is None:
        return None
    count = _COUNTS[said["n"].lower()]
    if said.get("fy"):
        return times.fiscal(year, count)
    end = times.now.end.month if times.now else 0
    ends_here = end and (count == 3 or (count == 6 and end in (6, 12) and times.year_end != 12))
    return periods.months_ended(date(year, end if ends_here else count, 1), count)


def _month_quarter(said: dict[str, str], words: str, times: Reporting) -> Period | None:
    month = MONTHS[said["m"].lower()[:3]]
    year = _year_of(said) or _elsewhere(words) or times.latest(month)
    return periods.months_ended(date(year, month, 1), 3) if year else None


def _month(said: dict[str, str], _: str, _times: Reporting) -> Period | None:
    year = _year_of(said)
    return periods.month(year, MONTHS[said["m"].lower()[:3]]) if year else None


def _quarter(said: dict[str, str], words: str, times: Reporting) -> Period | None:
    which = int(said["q"])
    year = _year_of(said) or _elsewhere(words) or times.latest(3 * which)
    if year is None:
        return None
    return times.fiscal_quarter(year, which) if said.get("fy") else periods.quarter(year, which)


def _half(said: dict[str, str], words: str, times: Reporting) -> Period | None:
    which, year = int(said["h"]), _year_of(said) or _elsewhere(words)
    if year is None:
        return None
    return periods.months_ended(times.fiscal(year, 6 * which).end, 6) if said.get("fy") else _half_of(year, which)


def _half_of(year: int, which: int) -> Period:
    return Period.parse(f"{year}-H{which}")


def _fiscal(said: dict[str, str], _: str, times: Reporting) -> Period | None:
    year = _year_of(said)
    return times.fiscal(year, 12) if year else None


def _whole(said: dict[str, str], _: str, _times: Reporting) -> Period | None:
    year = _year_of(said)
    return periods.year(year) if year else None


_FORMS: tuple[tuple[str, _Build], ...] = (
    (
        rf"(?P<fy>FY)?{_GAP}(?P<y>{_Y})?{_GAP}\b(?:YTD|year[ -]to[ -]date)\b{_GAP}(?P<fy2>FY)?{_GAP}(?P<y2>{_Y})?",
        _to_date,
    ),
    (rf"(?P<n>3|6|9|12)\s?M{_GAP}(?P<fy>FY)?{_GAP}(?P<y>{_Y})", _months_of),
    (rf"(?P<fy>FY)?{_GAP}(?P<y>{_Y}){_GAP}(?P<n>3|6|9|12)\s?M", _months_of),
    (
        rf"(?P<n>three|six|nine|twelve|3|6|9|12)[ -]?(?:months?|mths?|mos?\.?)(?: period)?(?: of)?{_GAP}"
        rf"(?P<fy>FY)?(?P<y>{_Y4})?",
        _months_of,
    ),
    (rf"(?P<m>{_MONTH}){_GAP}(?P<y>{_Y})?{_GAP}{_QUARTER_WORD}(?:{_GAP}(?P<y2>{_Y}))?", _month_quarter),
    (
        rf"{_QUARTER_WORD}(?: ended| ending| to)?\s(?:\d{{1,2}}\s)?(?P<m>{_MONTH})(?:{_GAP}(?P<y>{_Y}))?(?! ?\d)",
        _month_quarter,
    ),
    (rf"(?P<m>{_MONTH})[ '’-]{{1,2}}(?P<y>{_Y4}|(?<! )\d\d(?!\d))", _month),
    (rf"(?P<fy>FY){_GAP}(?P<y>{_Y}){_GAP}Q(?P<q>[1-4])", _quarter),
    (rf"(?P<y>{_Y4}){_GAP}Q(?P<q>[1-4])", _quarter),
    (rf"Q(?P<q>[1-4]){_GAP}(?P<fy>FY)?{_GAP}(?P<y>{_Y})?", _quarter),
    (rf"(?P<q>[1-4])Q{_GAP}(?P<fy>FY)?{_GAP}(?P<y>{_Y})?", _quarter),
    (rf"(?P<fy>FY){_GAP}(?P<y>{_Y}){_GAP}H(?P<h>[12])", _half),
    (rf"H(?P<h>[12]){_GAP}(?P<fy>FY)?{_GAP}(?P<y>{_Y})?", _half),
    (rf"(?P<h>[12])H{_GAP}(?P<fy>FY)?{_GAP}(?P<y>{_Y})?", _half),
    (rf"(?:FY|fiscal(?: year)?){_GAP}(?P<y>{_Y})(?:/\d\d)?", _fiscal),
    (rf"(?:CY)?{_GAP}(?P<y>{_Y4})[AEFB]?", _whole),
)
_COMPILED = [(Pattern(rf"(?<![\w.,$/'])(?:{form})(?!\w)", re.IGNORECASE), build) for form, build in _FORMS]
_LONG = Pattern(
    r"\b(?:ended|ending)\b|\b(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:quarter|half)\b|"
    rf"(?:{_MONTH} \d{{1,2}},? {_Y4}|\d{{1,2}} {_MONTH} {_Y4})",
    re.IGNORECASE,
)
_MONTHS_TO = Pattern(
    r"\b(?P<n>three|six|nine|twelve|half|3|6|9|12)[- ](?:months?|years?) (?:to|ended|ending)\b|"
    r"\b(?P<year>year) (?:to|ended|ending)\b",
    re.IGNORECASE,
)
_QUARTER_TO = Pattern(r"\b(?:quarter|qtr)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def head_period(said: str, times: Reporting) -> Found | None:
    """The period that the words of a head name together and what else they say; nothing where they name none."""
    if _LONG.search(said) and (found := _by_dates(said, times)):
        return found
    for form, build in _COMPILED:
        for match in form.finditer(said):
            named = {name: value for name, value in match.groupdict().items() if value}
            left = f"{said[: match.start()]} {said[match.end() :]}"
            if build in (_months_of, _half) and not _year_of(named) and _elsewhere(left) is None:
                continue
            return _built(build, named, left if build is not _whole else said, times), left
    return _by_dates(said, times)


def _built(build: _Build, named: dict[str, str], words: str, times: Reporting) -> Period | None:
    try:
        return build(named, words, times)
    except ValueError:
        return None


def _by_dates(said: str, times: Reporting) -> Found | None:
    """A head that is written out: "Three Months Ended Sept 30, 2011"."""
    found = [when for when in dates(said, year=None) if when.whole] or dates(said, year=times.year)
    if not found:
        return None
    best = max(found, key=_rank)
    left = said[: best.start] + " " + said[best.end :]
    if best.kind != "period" and best.period.days <= 31:
        if months := _MONTHS_TO.search(said):
            return periods.months_ended(best.period.end, _COUNTS[(months["n"] or months["year"]).lower()]), left
        if _QUARTER_TO.search(said):
            return periods.months_ended(best.period.end, 3), left
    return best.period, left


def _rank(when: When) -> tuple[bool, int]:
    return when.kind == "period", when.end - when.start
