"""Selling: what results on sales and hedges have in common: their tables, the ends of periods, rates of exchange."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from orebook.book.bench import Bench
from orebook.book.keys import Table
from orebook.book.prepared import number
from orebook.disciplines.sales.assays import Grades
from orebook.disciplines.sales.exchange import KINDS, RATES
from orebook.disciplines.sales.measures import fraction
from orebook.disciplines.sales.quotes import OLDEST_D
from orebook.disciplines.sales.terms import DAYS, with_columns
from orebook.ground.fiscal import reporting_periods
from orebook.ground.metals import letters, metal_columns, symbols

ENDS = {"quarters": "quarter", "months": "month"}
"""What ``ends`` may say: at the ends of which periods open lots and hedges are valued."""


class Times(NamedTuple):
    """The periods that are reported, and the days at their ends at which what is open is valued."""

    periods: pl.DataFrame
    ends: tuple[date, ...]


def times(bench: Bench, said: Table, where: str, first: date, last: date, oldest_d: int) -> Times:
    """The periods between two days, and the ends at which something is valued.

    An end counts when the last day of the data is not farther before it than a quote may be old: a quarter may end on a
    Sunday.
    """
    kind = str(said.get("ends", "quarters"))
    if kind not in ENDS:
        raise bench.wrong(f"{where}.ends", f"{kind!r} is none; write {' or '.join(ENDS)}")
    try:
        known = reporting_periods(first, last + timedelta(days=oldest_d), bench.settings.fiscal_year_end)
    except ValueError as problem:
        raise bench.wrong("issuer.fiscal_year_end", str(problem)) from None
    ended = last + timedelta(days=oldest_d)
    ends = sorted({each.period.end for each in known if each.kind == ENDS[kind] and each.period.end <= ended})
    until = max([*ends, last])
    told = [
        each for each in reporting_periods(first, until, bench.settings.fiscal_year_end) if each.period.end <= until
    ]
    rows = [(each.kind, each.period.label, each.period.start, each.period.end) for each in told]
    columns = {"kind": pl.String, "period": pl.String, "from_day": pl.Date, "to_day": pl.Date}
    return Times(pl.DataFrame(rows, columns, orient="row"), tuple(ends or [last]))


def span(columns: Iterable[pl.Series | None]) -> tuple[date | None, date | None]:
    """The first and the last of all days of some columns."""
    known_ones = [column.filter(column.is_between(*DAYS)) for column in columns if column is not None]
    days = [day for column in known_ones for day in (column.min(), column.max())]
    known = [day for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else (None, None)


def oldest(bench: Bench, said: Table, where: str) -> int:
    """For how many days a quote counts where none was made."""
    return int(number(bench, said, "oldest_quote_d", where, float(OLDEST_D)))


def rates_said(bench: Bench, said: Table, where: str) -> tuple[str, str]:
    """The currency of the company and the kind of rate, which an accountant has to choose; empty when unsaid."""
    to, kind = str(said.get("currency", "")), str(said.get("rates", ""))
    if (to or kind) and kind not in KINDS:
        raise bench.wrong(f"{where}.rates", f"{kind!r} is none; with a currency write {' or '.join(KINDS)}")
    return to, kind


def rates(bench: Bench) -> pl.DataFrame:
    """The table of exchange rates; one without rows when there is none."""
    found = bench.table("exchange_rates")
    return pl.DataFrame(schema=RATES) if found is None else with_columns(found, RATES)


def grades(table: str, frame: pl.DataFrame) -> list[Grades]:
    """The columns of grades of lots or their events."""
    found = []
    for column in metal_columns(table, frame.columns, "grade"):
        share = fraction(column.unit)
        if share is not None and not column.part:
            found.append(Grades(column.column, column.symbol, share))
    return found


def with_symbols(frame: pl.DataFrame) -> pl.DataFrame:
    """A table whose metals are symbols, however they were written: ``cu`` is ``Cu``."""
    if "metal" not in frame.columns:
        return frame
    said = frame["metal"].unique().drop_nulls().to_list()
    named = {word: symbols().get(letters(word), word) for word in said}
    return frame.with_columns(pl.col("metal").replace(named))


def in_money(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Whole cents as money."""
    return frame.with_columns(pl.col(name) / 100 for name in columns)
