"""Times: every date of a sentence, and those that only the date of the release explains: "by year end", "next year"."""

import re
from datetime import date

from orebook.ground import period as periods
from orebook.ground.period import Period
from orebook.ground.when import coming_season
from orebook.ground.when import season as of_year
from orebook.reading.language.dates import When
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

_YEAR_END = Pattern(
    r"\b(?P<lead>by|before|until|prior to|at|in)\s(?:the\s)?(?:(?:calendar\s)?year[- ]?end"
    r"|end of (?:the|this) (?:calendar\s)?year)(?:\sbreak)?\b",
    re.IGNORECASE,
)
_RELATIVE = Pattern(
    r"\b(?P<which>next|this|last|the current|the coming|the upcoming|later this|earlier this"
    r"|earlier in the|later in the)\s(?P<what>year|quarter|month|winter|spring|summer|fall"
    r"|autumn)\b(?![- ](?:end|to))",
    re.IGNORECASE,
)
_SEASON_OF = Pattern(r"\b(?P<what>winter|spring|summer|fall|autumn)\s(?:of\s)?(?P<year>20\d\d)\b", re.IGNORECASE)
_WORDS = ("year", "quarter", "month", "winter", "spring", "summer", "fall", "autumn")


def times(release: Release, sentence: Sentence) -> list[When]:
    """Dates, periods and relative times of a sentence, in order."""
    found = [when for when in sentence.dates if not _season_before(sentence, when)]
    lower = sentence.plain.lower()
    if not any(word in lower for word in _WORDS):
        return found
    if release.day:
        today = release.day.start
        found += [_year_end(match, today) for match in _YEAR_END.finditer(sentence.plain)]
        found += [
            When(days, match.start(), match.end(), "period")
            for match in _RELATIVE.finditer(sentence.plain)
            if (days := _relative(release, match["which"].lower(), match["what"].lower(), today))
        ]
    for match in _SEASON_OF.finditer(sentence.plain):
        found.append(
            When(season(release, match["what"].lower(), int(match["year"])), match.start(), match.end(), "period")
        )
    return sorted(found, key=lambda when: when.start)


def _season_before(sentence: Sentence, when: When) -> bool:
    """Whether "summer of" stands before the year: then the summer is meant."""
    return bool(_SEASON_OF.search(sentence.plain[max(0, when.start - 12) : when.end]))


def _year_end(match: re.Match[str], today: date) -> When:
    kind = "until" if match["lead"].lower() == "until" else "by"
    return When(periods.day(date(today.year, 12, 31)), match.start(), match.end(), kind)


def _relative(release: Release, which: str, what: str, today: date) -> Period | None:
    """The days of "next year", "this quarter", "this winter", as seen from the day of the release."""
    step = {"next": 1, "last": -1}.get(which, 0)
    if what == "year":
        return periods.year(today.year + step)
    if what == "quarter":
        count = today.year * 4 + (today.month - 1) // 3 + step
        return periods.quarter(count // 4, count % 4 + 1)
    if what == "month":
        count = today.year * 12 + today.month - 1 + step
        return periods.month(count // 12, count % 12 + 1)
    if which.startswith(("earlier", "later", "last")):
        return None
    return coming(release, what, today)


def coming(release: Release, name: str, today: date) -> Period:
    """The season of that name that is on or comes next, as people on the release's side of the equator count it."""
    return coming_season(name, today, south=_south(release))


def season(release: Release, name: str, year: int) -> Period:
    """Four months of a year; where a release is told to an Australian exchange, the seasons are those of the south."""
    return of_year(name, year, south=_south(release))


def _south(release: Release) -> bool:
    return any(ticker.startswith("ASX") for ticker in release.tickers)
