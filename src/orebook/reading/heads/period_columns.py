"""Period columns: the period, or the mine or segment, that each column of a table is about.

>>> column_period(("Three Months Ended Sept 30", "2011")).label
'2011-Q3'
>>> column_period(("Nine months to", "30 September 2011")).label
'2011-9M'
>>> column_period(("Q4 2024",)).label, column_period(("2025 Range",)).label, column_period(("Change",)) is None
('2024-Q4', '2025', True)
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from orebook.ground import period as periods
from orebook.ground.period import Period
from orebook.reading.heads.period_heads import Found, Reporting, head_period
from orebook.reading.heads.table_names import general, is_whole, part_of_company
from orebook.reading.layout import Table
from orebook.reading.layout.values import is_period
from orebook.reading.patterns import Pattern

_FILLERS = Pattern(
    r"\b(?:range|actuals?|guidance|unaudited|audited|restated|quarterly|annual|forecast|outlook|budget|"
    r"estimate[ds]?|results?|for the|the|as at|as of|years?|ytd|full|plan|target|revised|updated|current|previous|"
    r"prior|three|six|nine|twelve|half|months?|mths?|quarters?|qtr|period|ended|ending|fiscal|fy|q[1-4]?|[1-4]q)\b|"
    r"\(\d\)|[*()|:,]",
    re.IGNORECASE,
)
_CHANGE = Pattern(
    r"change|variance|\bvar\b|%\s?$|^\s?%|increase|decrease|difference|yoy|qoq|y/y|q/q|notes?\b|\bvs\b|\bversus\b",
    re.IGNORECASE,
)
_UNIT_HEAD = Pattern(r"\(?(?:units?|uom|unit of measure|measure)\)?:?", re.IGNORECASE)
_PLANNED = Pattern(r"\b(?:guidance|outlook|forecast|range|target|budget|plan)\b", re.IGNORECASE)
_BARE = Pattern(r"(?:19|20)\d\d")
_NOW = Reporting()


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """What a column is about: a period, a mine or segment, or both; ``planned`` for guidance."""

    period: Period | None
    subject: str
    header: str
    planned: bool


def column_period(words: tuple[str, ...], times: Reporting = _NOW) -> Period | None:
    """The period that the words above a column name together, or nothing."""
    found = _period(words, times)
    return found[0] if found else None


def _period(words: tuple[str, ...], times: Reporting) -> Found | None:
    """The words from the top row down, then from the lowest up: a year may stand over its quarters or below them.

    Words of another matter may stand between: "Three months ended March 31 | Average per tonne | 2024".
    """
    kept = [word[:80] for word in words[:8] if word]
    timed = [word for word in kept if is_period(word)]
    ways = (timed, timed[::-1]) if 1 < len(timed) < len(kept) else ()
    found = [head_period(" ".join(said), times) for said in (*ways, kept, kept[::-1])]
    return next((one for one in found if one and one[0]), found[0])


def columns_of(table: Table, times: Reporting = _NOW) -> dict[int, ColumnOf]:
    """What each column behind the labels is about; columns of changes, notes and padding are left out.

    What a head leaves unsaid, such as the end of a year to date, the latest quarter of the table says.
    """
    return dict(_of_header(table.header, times))


@lru_cache(maxsize=256)
def _of_header(header: tuple[tuple[str, ...], ...], times: Reporting) -> dict[int, ColumnOf]:
    found = _quarterly(_grouped(_columns(header, times)), times)
    quarters = [of.period for of in found.values() if of.period and 85 <= of.period.days <= 100 and not of.planned]
    past = [period for period in quarters if times.day is None or period.end <= times.day.end]
    latest = max(past, key=lambda period: period.end, default=None)
    if latest and latest != times.now:
        return _quarterly(_grouped(_columns(header, replace(times, now=latest))), times)
    return found


def _quarterly(columns: dict[int, ColumnOf], times: Reporting) -> dict[int, ColumnOf]:
    """Heads that are only months three apart, "Sep-24 | Jun-24 | Mar-24", stand for the quarters that end with them."""
    months = {column: of.period for column, of in columns.items() if of.period and 28 <= of.period.days <= 31}
    ends = [period.end.year * 12 + period.end.month for period in months.values()]
    apart = {abs(one - other) for one, other in pairwise(ends)}
    now = times.now if times.now and times.now.days <= 100 else None
    reported = now is not None and any(period.end == now.end for period in months.values())
    if not ends or not (apart <= {3, 6, 9, 12} and ((3 in apart and len(ends) > 2) or reported)):
        return columns
    return {
        column: replace(of, period=periods.months_ended(months[column].end, 3)) if column in months else of
        for column, of in columns.items()
    }


def _grouped(columns: dict[int, ColumnOf]) -> dict[int, ColumnOf]:
    """Columns that show only a day where the one before shows the months that end on it, said once for both."""
    found, above = dict(columns), None
    for column, of in columns.items():
        if of.period and of.period.days > 31:
            above = of
        elif (
            of.period
            and of.period.days == 1
            and above
            and above.period
            and of.header.count("|") < above.header.count("|")
        ):
            end, months = of.period.end, round(above.period.days / 30.4)
            if (end.month, end.day) == (above.period.end.month, above.period.end.day):
                found[column] = replace(of, period=periods.months_ended(end, months))
    return found


def _columns(header: tuple[tuple[str, ...], ...], times: Reporting) -> dict[int, ColumnOf]:
    found: dict[int, ColumnOf] = {}
    for column, words in enumerate(header):
        kept = tuple(" ".join(word.split()) for word in words if word.strip())
        printed = " | ".join(kept)
        if column == 0 or not kept or _CHANGE.search(kept[-1]) or _UNIT_HEAD.fullmatch(kept[-1]):
            continue
        period = _period(kept, times)
        if period and period[0] is None:
            continue
        found[column] = ColumnOf(
            period[0] if period else None, _subject(kept, times), printed, bool(_PLANNED.search(printed))
        )
    return found


def unit_column(table: Table) -> int | None:
    """The column that holds the unit of each row, by its head.

    A table without such a head may still have one; its cells tell that.
    """
    heads = [words[-1] if words else "" for words in table.header]
    return next((column for column, head in enumerate(heads) if column and _UNIT_HEAD.fullmatch(head.strip())), None)


def bare_years(columns: dict[int, ColumnOf]) -> bool:
    """Whether the heads are nothing but years, which may stand for the same quarter of each."""
    return bool(columns) and all(_BARE.fullmatch(of.header) for of in columns.values())


def with_periods(columns: dict[int, ColumnOf], said: dict[int, Period]) -> dict[int, ColumnOf]:
    """The columns with the periods that their bare heads stand for."""
    return {column: replace(of, period=said.get(column, of.period)) for column, of in columns.items()}


def _subject(words: tuple[str, ...], times: Reporting) -> str:
    """What is left of the words above a column beside its period; words of time and of tables are no subject."""
    left = " ".join(word[:80] for word in words[:8])
    for _ in range(3):
        said = head_period(left, times)
        if said is None or said[1].split() == left.split():
            break
        left = said[1]
    left = " ".join(re.sub(r"\b(?:19|20)\d\d\b", " ", _FILLERS.sub(" ", left)).split())
    if not re.search(r"[A-Za-z]{2}", left) or _PLANNED.search(left):
        return ""
    return left if is_whole(left) or not general(left) else part_of_company(left)
