"""Periods of a page: the one that is reported, the year to date, the same of the year before, and how they are said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from orebook.ground.period import Period, months_ended, year_before
from orebook.reports.layouts import LayoutError
from orebook.reports.quarter.figures import Parts, tidy

_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_ORDINALS = ("first", "second", "third", "fourth")
_QUARTER, _YEAR = 3, 12


class PeriodAskedError(LayoutError):
    """A period that no page can be about: no period at all, or one of which no result tells."""


@dataclass(frozen=True, slots=True)
class Span:
    """A period as it is printed: above a column, and in a sentence."""

    period: Period
    head: str
    words: str

    @property
    def label(self) -> str:
        """The label under which results keep it."""
        return self.period.label


@dataclass(frozen=True, slots=True)
class Reported:
    """The periods of a page.

    ``now`` is the one that is reported, ``year`` its year to date (nothing where that is the same), each with the same
    of the year before.
    """

    now: Span
    before: Span
    year: Span | None = None
    year_before: Span | None = None

    def columns(self, wanted: Iterable[str]) -> list[Span]:
        """The periods of a table, from the words ``quarter`` and ``year_to_date``."""
        kept = {"quarter": (self.now, self.before), "year_to_date": (self.year, self.year_before)}
        found = [span for name in wanted for span in kept[name] if span is not None]
        return found or [self.now, self.before]

    def labels(self) -> list[str]:
        """The labels of all of them."""
        return [each.label for each in (self.now, self.before, self.year, self.year_before) if each is not None]

    @property
    def longest(self) -> tuple[Span, Span]:
        """The longer of the two pairs."""
        return (self.year, self.year_before) if self.year and self.year_before else (self.now, self.before)


def reported(period: Period, fiscal_year_end: str = "12-31") -> Reported:
    """The periods of a page about a period: for a quarter also the fiscal year to date.

    >>> found = reported(Period.parse("2011-Q3"))
    >>> found.labels()
    ['2011-Q3', '2010-Q3', '2011-9M', '2010-9M']
    >>> found.now.head, found.now.words
    ('Three months ended September 30, 2011', 'the third quarter of 2011')
    >>> reported(Period.parse("2024-10-01/2024-12-31"), "09-30").now.words
    'the three months ended December 31, 2024'
    """
    now, before = span(period, fiscal_year_end), span(year_before(period), fiscal_year_end)
    months = _months_of_year(period.end, fiscal_year_end)
    if _months(period) != _QUARTER or months in (0, _QUARTER):
        return Reported(now, before)
    whole = months_ended(period.end, months)
    return Reported(now, before, span(whole, fiscal_year_end), span(year_before(whole), fiscal_year_end))


def span(period: Period, fiscal_year_end: str = "12-31") -> Span:
    """A period with its words."""
    months, end = _months(period), day_words(period.end)
    if months == 1:
        said = f"{period.end:%B} {period.end.year}"
        return Span(period, said, said)
    if months == _YEAR:
        words = str(period.end.year) if fiscal_year_end == "12-31" else f"the year ended {end}"
        return Span(period, f"Year ended {end}", words)
    count = _NUMBERS[months] if 0 < months < len(_NUMBERS) else period.days
    head = f"{count} {'months' if months else 'days'} ended {end}"
    if months == _QUARTER and fiscal_year_end == "12-31" and period.end.month % _QUARTER == 0:
        return Span(period, head, f"the {_ORDINALS[period.end.month // 3 - 1]} quarter of {period.end.year}")
    return Span(period, head, f"the {head[:1].lower()}{head[1:]}")


def day_words(day: date) -> str:
    """A day as a sentence says it.

    >>> day_words(date(2011, 9, 30))
    'September 30, 2011'
    """
    return f"{day:%B} {day.day}, {day.year}"


def last_quarter(parts: Parts) -> Period | None:
    """The last quarter that the results cover wholly; nothing where they cover none.

    >>> part = pl.DataFrame({"measure": ["a"] * 3, "period": ["2011-Q2", "2011-Q3", "2011-10"], "value": [1.0] * 3,
    ...     "unit": ["t"] * 3})
    >>> last_quarter({"production": part}).label
    '2011-Q3'
    """
    return next(reversed(quarters(parts)), None)


def quarters(parts: Parts) -> list[Period]:
    """Every quarter that the results cover wholly, the last one last."""
    return sorted((each for each in _covered(parts) if _months(each) == _QUARTER), key=lambda each: each.end)


def why_unknown(period: Period, parts: Parts) -> str:
    """Why the ledger has no statement of a period, as the end of a sentence; nothing where it does not say."""
    unknown = parts.get("statements_unknown", pl.DataFrame())
    said = unknown.filter(pl.col("period") == period.label)["why"].drop_nulls().to_list() if unknown.height else []
    left = parts.get("statements_left_out", pl.DataFrame())
    if left.height:
        there = left.filter(pl.col("to_day").is_between(period.start, period.end))
        said += [f"account {account} {why}" for account, why in there.select("account", "why").rows()]
    return f": {said[0]}" if said else ""


def told_periods(parts: Parts) -> list[str]:
    """The periods that pages may be about, as results cover them wholly: quarters first, the newest of each first.

    >>> part = pl.DataFrame({"measure": ["a"] * 3, "period": ["2011-Q2", "2011", "2011-Q3"], "value": [1.0] * 3,
    ...     "unit": ["t"] * 3})
    >>> told_periods({"production": part})
    ['2011-Q3', '2011-Q2', '2011']
    """
    found = sorted(_covered(parts), key=lambda each: each.end, reverse=True)
    lengths = {months: place for place, months in enumerate((_QUARTER, _YEAR, 6, 9, 1))}
    told = [each for each in found if _months(each) in lengths]
    return [each.label for each in sorted(told, key=lambda each: lengths[_months(each)])]


def _covered(parts: Parts) -> list[Period]:
    """Every period that some result covers wholly."""
    labels: set[str] = set()
    for frame in parts.values():
        if tidy(frame):
            whole = frame.filter(pl.col("coverage") >= 1) if "coverage" in frame.columns else frame
            labels |= set(whole["period"].drop_nulls().unique().to_list())
    return [each for each in map(_known, labels) if each is not None]


def asked(label: str, parts: Parts) -> Period:
    """The period that was asked for, or the last whole quarter.

    Raises ``PeriodAskedError`` for what is no period or lies outside all results, and where no quarter is covered.
    """
    found = last_quarter(parts)
    if label:
        try:
            said = Period.parse(label)
        except ValueError as problem:
            raise PeriodAskedError(str(problem)) from None
        covered = _covered(parts)
        if covered and not any(said.overlaps(each) for each in covered):
            instead = f"; the last whole quarter is {found.label}" if found else ""
            raise PeriodAskedError(f"no figure is about {label}{why_unknown(said, parts)}{instead}")
        return said
    if found is None:
        instead = "nor is another period; name the one that is meant all the same, as in --period 2011-Q3"
        if told := told_periods(parts):
            instead = f"the results cover {_listed(told)}; name one: --period {told[0]}"
        raise PeriodAskedError(f"no quarter is covered; {instead}")
    return found


def _known(label: str) -> Period | None:
    try:
        return Period.parse(label)
    except ValueError:
        return None


def _months(period: Period) -> int:
    """How many whole months a period has; none where it is of days."""
    if period.start.day != 1 or (period.end + timedelta(days=1)).day != 1:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _months_of_year(end: date, fiscal_year_end: str) -> int:
    """How many months of the fiscal year have passed at the end of a month; twelve at its end."""
    last = int(fiscal_year_end[:2])
    return (end.month - last - 1) % _YEAR + 1


def _listed(labels: Sequence[str], most: int = 4) -> str:
    """Labels side by side, and how many more there are."""
    more = f" and {len(labels) - most} more" if len(labels) > most else ""
    return f"{', '.join(labels[:most])}{more}"
