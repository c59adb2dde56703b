"""Tenure as rules look at it: earn-ins run through their machine, milestones and permits with their days, once for all.

No rule asks a clock: what is late is late by the last day that the tables themselves tell of.
"""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Protocol

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Tables
from orebook.checks.table_saying import value
from orebook.disciplines.tenure.earn_in_course import Course
from orebook.disciplines.tenure.earn_in_data import Agreement, agreements, events_of
from orebook.disciplines.tenure.earn_ins import courses
from orebook.disciplines.tenure.knowing import last_day
from orebook.disciplines.tenure.milestones import chains, sayings, standing
from orebook.disciplines.tenure.permits import permit_sayings, permits_on, with_permits


def told_until(tables: Tables) -> date | None:
    """The last day that the tables tell of."""
    return tables.kept("told until", lambda: last_day(tables.frame))


def agreed(tables: Tables) -> dict[str, Agreement]:
    """The earn-ins by their names."""
    names = ("earn_ins", "earn_in_stages", "earn_in_terms", "earn_in_parties")
    return tables.kept("earn-ins", lambda: agreements(*(tables.frame(name) for name in names)))


def run(tables: Tables) -> dict[str, Course]:
    """The course of each earn-in up to the last day that the tables tell of."""

    def make() -> dict[str, Course]:
        day = told_until(tables)
        return {} if day is None else courses(agreed(tables), events_of(tables.frame("earn_in_events")), day)

    return tables.kept("courses of earn-ins", make)


def said(tables: Tables) -> pl.DataFrame:
    """Sayings about milestones with their days and lines."""
    return tables.kept("milestones", lambda: _with_lines(tables, "milestone_dates", sayings))


def permits_said(tables: Tables) -> pl.DataFrame:
    """Sayings about permits with their days and lines."""
    return tables.kept("permits", lambda: _with_lines(tables, "permits", permit_sayings))


def stood(tables: Tables) -> pl.DataFrame:
    """Milestones as they stand on the last day that the tables tell of, with what they wait for and their lines."""

    def make() -> pl.DataFrame:
        day = told_until(tables) or date.max
        return with_permits(standing(said(tables), day), permits_stood(tables))

    return tables.kept("milestones as they stand", make)


def permits_stood(tables: Tables) -> pl.DataFrame:
    """Permits as they stand on that day, with their lines."""
    return tables.kept(
        "permits as they stand", lambda: permits_on(permits_said(tables), told_until(tables) or date.max)
    )


def chained(tables: Tables) -> pl.DataFrame:
    """Milestones with what their chains allow, and the line of the saying that stands."""

    def make() -> pl.DataFrame:
        chain = chains(stood(tables), permits_stood(tables))
        lines = stood(tables).select("property", "milestone", "line")
        return chain.join(lines, on=["property", "milestone"], how="left")

    return tables.kept("chains of milestones", make)


def lines_of(tables: Tables, table: str, *keys: str) -> pl.DataFrame:
    """The lines of a table in a list for each value of some columns, which are its first line's where they are null."""
    rows = records(tables, table, *keys)
    return rows.group_by(keys).agg(pl.col("line").sort())


class _Sayings(Protocol):
    def __call__(self, rows: pl.DataFrame, *, keep: Sequence[str]) -> pl.DataFrame: ...


def _with_lines(tables: Tables, table: str, make: _Sayings) -> pl.DataFrame:
    """What a function makes of the rows of a table, each with its line, whatever order it puts them in."""
    rows = tables.frame(table)
    lines = pl.int_range(2, rows.height + 2, dtype=pl.UInt32, eager=True).alias("line")
    return make(rows.with_columns(lines), keep=("line",))


def word(column: str) -> pl.Expr:
    """A column of words in small letters, blank ones missing."""
    text = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return pl.when(text != "").then(text).alias(column)


def figure(number: float | None) -> str:
    """A number as people write it; what is none is said to be unknown.

    >>> figure(65.0), figure(None), figure(float("nan"))
    ('65', 'an unknown number', 'an unknown number')
    """
    return "an unknown number" if number is None or not isfinite(number) else value(number)
