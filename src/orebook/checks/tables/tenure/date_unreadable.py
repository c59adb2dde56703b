"""Dates that mean no days."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import permits_said, said


@table_rule("T912", on="records", basis="words of the calendar")
def date_unreadable(tables: Tables) -> Iterator[Faults]:
    """The date of a milestone or permit means no days.

    What it does:
    Reads labels such as 2012-early and words such as by year end, with the day on which they were said.

    Why it matters:
    A date that cannot be read is in no order, is never late, and holds up nothing.

    Flagged:

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,first gold,2011-11-14,planned,soon

    Fine:

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,first gold,2011-11-14,planned,early 2012

    Help:
    Write a label such as 2012-early, 2011-Q4 or by 2011-12-31, or words that name a time.
    """
    for table, name, rows in (
        ("milestone_dates", "milestone", said(tables)),
        ("permits", "permit", permits_said(tables)),
    ):
        unread = rows.filter(pl.col("unreadable").is_not_null()).sort("line")

        def say(row: Row, name: str = name) -> str:
            return f"{row[name]}: {row['unreadable']}"

        yield Faults("warning", unread, say, {table: "line"})
