"""Period columns: the period, or the mine or segment, that each column of a table is about.

>>> column_period(("Three Months Ended Sept 30", "2011")).label
'2011-Q3'
>>> column_period(("Nine months to", "30 September 2011")).label
'2011-9M'
>>> column_period(("Q4 2024",)).label, column_period(("2025 Range",)).label, column_period(("Change",)) is None
('2024-Q4', '2025', True)
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from orebook.ground import period as periods
from orebook.ground.period import MONTHS, Period
from orebook.reading.dates import When, dates
from orebook.reading.layout import Table

_FILLERS = re.compile(
    r"\b(?:range|actuals?|guidance|unaudited|audited|restated|quarterly|annual|forecast|outlook|budget|"
    r"estimate[ds]?|results?|"
    r"for the|the|as at|as of|year|ytd|full|plan|target|revised|updated|current|previous|three|months?|ended)\b|\(\d\)|"
    r"[*()|:,]",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"change|variance|\bvar\b|%\s?$|^\s?%|increase|decrease|difference|yoy|qoq|y/y|q/q|notes?\b", re.IGNORECASE
)
_SHORT_QUARTER = re.compile(
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]*[- ']{1,2}(?P<year>(?:20)?\d\d)[- ]?(?:quarter|qtr|q)\b",
    re.IGNORECASE,
)
_MONTHS_TO = re.compile(r"\b(?P<count>three|six|nine|twelve|3|6|9|12)[- ]months? (?:to|ended|ending)\b", re.IGNORECASE)
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_PLANNED = re.compile(r"\b(?:guidance|outlook|forecast|range|target|budget|plan)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """What a column is about: a period, a mine or segment, or both; ``planned`` for guidance."""

    period: Period | None
    subject: str
    header: str
    planned: bool


def column_period(words: tuple[str, ...], year: int | None = None) -> Period | None:
    """The period that the words above a column name together, or nothing."""
    words = tuple(word[:80] for word in words[:8])
    joined = " ".join(word for word in words if word)
    for said in (joined, " ".join(word for word in reversed(words) if word)):
        if found := _period(said, year):
            return found[0]
    return None


@lru_cache(maxsize=4096)
def _period(said: str, year: int | None) -> tuple[Period, str] | None:
    """The period in some words, and what is left of them."""
    if short := _SHORT_QUARTER.search(said):
        this = int(short["year"]) if len(short["year"]) == 4 else 2000 + int(short["year"])
        end = periods.month(this, MONTHS[short["month"].lower()[:3]]).end
        return periods.months_ended(end, 3), said.replace(short[0], " ")
    found = [when for when in dates(said, year=None) if when.whole] or dates(said, year=year)
    if not found:
        return None
    best = max(found, key=_rank)
    left = said[: best.start] + " " + said[best.end :]
    months = _MONTHS_TO.search(said)
    if months and best.kind != "period" and best.period.days <= 31:
        count = _COUNTS.get(months["count"].lower()) or int(months["count"])
        return periods.months_ended(best.period.end, count), left
    return best.period, left


def _rank(when: When) -> tuple[bool, int]:
    return when.kind == "period", when.end - when.start


def columns_of(table: Table, year: int | None = None) -> dict[int, ColumnOf]:
    """What each column behind the labels is about; columns of changes, notes and padding are left out."""
    found: dict[int, ColumnOf] = {}
    for column, words in enumerate(table.header):
        kept = tuple(" ".join(word.split()) for word in words if word.strip())
        header = " | ".join(kept)
        if column == 0 or not kept or _CHANGE.search(kept[-1]):
            continue
        period = column_period(kept, year)
        found[column] = ColumnOf(period, _subject(kept, year), header, bool(_PLANNED.search(header)))
    return found


def _subject(words: tuple[str, ...], year: int | None) -> str:
    """What is left of the words above a column beside its period."""
    left = " ".join(word[:80] for word in words[:8])
    for _ in range(3):
        said = _period(left, year)
        if said is None or said[1] == left:
            break
        left = said[1]
    left = " ".join(re.sub(r"\b(?:19|20)\d\d\b", " ", _FILLERS.sub(" ", left)).split())
    return left if re.search(r"[A-Za-z]{2}", left) and not _PLANNED.search(left) else ""
