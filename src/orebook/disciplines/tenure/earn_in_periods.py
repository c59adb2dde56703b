"""Earn-ins by period: how each agreement stood on the last day of every month, and what was spent in every period."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import polars as pl

from orebook.disciplines.tenure.earn_in_course import Course, courses_on
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, countings
from orebook.disciplines.tenure.earn_ins import TERMS, term_rows
from orebook.ground.fiscal import Reported, month_ends, reporting_periods

STANDS = {
    "earn_in": pl.String,
    "property": pl.String,
    "owner": pl.String,
    "earner": pl.String,
    "day": pl.Date,
    "state": pl.String,
    "since": pl.Date,
    "stage": pl.Int64,
    "adds_pct": pl.Float64,
    "term": pl.String,
    "binding": pl.String,
    "due_day": pl.Date,
    "needed": pl.Float64,
    "done": pl.Float64,
    "shortfall": pl.Float64,
    "currency": pl.String,
}
"""How an agreement stood on a day: its state, and of the stage that runs what it adds and what is due first."""

SPENT = {
    "earn_in": pl.String,
    "property": pl.String,
    "period": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "amount": pl.Float64,
    "currency": pl.String,
}
"""What was spent under an agreement in a period, in one currency; ``period`` is its label."""

_DUE = ("term", "binding", "due_day", "needed", "done", "shortfall", "currency")
_DAY = list(STANDS).index("day")
_QUARTER, _MONTHS = 3, 12
"""Months of a quarter, and of how many months up to the day the end is told as well."""


def stands(known: Mapping[str, Agreement], events: Mapping[str, Iterable[Event]], until: date) -> pl.DataFrame:
    """How each agreement stood at the end of every quarter from its signing to a day, of the last months, and on it.

    >>> from orebook.disciplines.tenure.earn_in_data import Term
    >>> term = Term(1, "work", "spending", 14.0, by_day=date(2010, 12, 31), counted="stage")
    >>> hob = Agreement("Hob", "Hob Lake", "Tor", "Ness", date(2010, 7, 1), stages={1: 35.0}, terms=(term,))
    >>> found = stands({"Hob": hob}, {"Hob": [Event(date(2010, 8, 4), "spent", 5.0)]}, date(2010, 9, 15))
    >>> found.select("day", "adds_pct", "done", "shortfall").rows()[1:]
    [(datetime.date(2010, 8, 31), 35.0, 5.0, 9.0), (datetime.date(2010, 9, 15), 35.0, 5.0, 9.0)]
    """
    first = min((day for one in known.values() if (day := one.signed or one.start)), default=None)
    if first is None or first > until:
        return pl.DataFrame(schema=STANDS)
    said = {name: list(some) for name, some in events.items()}
    begun = [day for day in month_ends(first, until) if day < until]
    days = [day for place, day in enumerate(begun) if day.month % _QUARTER == 0 or place >= len(begun) - _MONTHS]
    told = [*days, until]
    runs = [_stood(name, courses_on(one, said.get(name, ()), told)) for name, one in known.items()]
    rows = [row for day in zip(*runs, strict=True) for row in day if row is not None]
    return pl.DataFrame(rows, STANDS, orient="row")


def _stood(name: str, run: Iterable[Course]) -> Iterator[tuple[object, ...] | None]:
    """Yield how an agreement stood on the last day of each course; nothing where it had not been signed."""
    before, row = None, None
    for one in run:
        if before is None or one.steps is not before.steps:
            row = _stand(name, one)
        elif row is not None:
            row = (*row[:_DAY], one.until, *row[_DAY + 1 :])
        before = one
        yield row


def _stand(name: str, one: Course) -> tuple[object, ...] | None:
    """How an agreement stood on the last day of its course."""
    if one.now is None:
        return None
    told = (dict(zip(TERMS, row, strict=True)) for row in term_rows(name, one))
    row = next((each for each in told if each["next"]), {})
    said, now = one.agreement, one.now
    who = (name, said.land, said.owner, said.earner, one.until, now.state, now.day, now.stage or None)
    return *who, said.stages.get(now.stage), *(row.get(each) for each in _DUE)


def spent(
    known: Mapping[str, Agreement], events: Mapping[str, Iterable[Event]], until: date, year_end: str = "12-31"
) -> pl.DataFrame:
    """What was spent under each agreement in every period that has ended by a day, and since its first day.

    Only periods in which something was spent, and each currency by itself; what is planned does not count.

    >>> hob = Agreement("Hob", "Hob Lake", "Tor", "Ness", date(2010, 7, 1), currency="CAD")
    >>> paid = [Event(date(2010, 8, 4), "spent", 5.0), Event(date(2010, 11, 2), "spent", 2.0)]
    >>> found = spent({"Hob": hob}, {"Hob": paid}, date(2010, 12, 31))
    >>> dict(found.filter(pl.col("period").str.contains("Q|/2010-12-31")).select("period", "amount").rows())
    {'2010-Q3': 5.0, '2010-Q4': 2.0, '2010-07-01/2010-12-31': 7.0}
    """
    rows: list[tuple[object, ...]] = []
    for name, one in known.items():
        paid = [each for each in events.get(name, ()) if _counts(each, until)]
        first = min([*(each.day for each in paid), *filter(None, (one.signed, one.start))], default=None)
        if first is not None and paid:
            paid.sort(key=lambda event: event.day)
            days = [event.day for event in paid]
            for each in reporting_periods(first, until, year_end, days):
                if each.period.end <= until:
                    within = paid[bisect_left(days, each.period.start) : bisect_right(days, each.period.end)]
                    rows += _sums(name, one, within, each)
    found = pl.DataFrame(rows, SPENT, orient="row")
    return found.unique(["earn_in", "period", "currency"], keep="first", maintain_order=True)


def _counts(event: Event, until: date) -> bool:
    """Whether an event is money that was spent by a day."""
    return event.kind in countings()["spending"].events and event.amount is not None and not _ahead(event, until)


def _ahead(event: Event, until: date) -> bool:
    return event.planned or event.day > until


def _sums(name: str, one: Agreement, paid: Iterable[Event], each: Reported) -> Iterator[tuple[object, ...]]:
    """Yield what was paid within a period, a row for each currency."""
    sums: dict[str | None, float] = {}
    for event in paid:
        currency = event.currency or one.currency or None
        sums[currency] = sums.get(currency, 0.0) + (event.amount or 0.0)
    for currency, amount in sums.items():
        yield name, one.land, each.period.label, each.period.start, each.period.end, amount, currency
