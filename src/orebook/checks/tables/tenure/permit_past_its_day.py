"""Permits that were expected by a day that has passed."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_tenure import permits_stood


@table_rule("T916", on="records", basis="calendar")
def permit_past_its_day(tables: Tables) -> Iterator[Faults]:
    """A permit was expected by a day that has passed, and nothing says what became of it; or one that was held ran out.

    What it does:
    Takes the last saying about each permit up to the last day that the tables tell of.

    Why it matters:
    What waits for a permit is later by every day that it is.

    Flagged:

        permits
        property,permit,said_on,state,date
        Hob Lake,mine permit,2011-11-14,applied,in 2011

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,mill,2012-02-01,planned,2013

    Fine:

        permits
        property,permit,said_on,state,date
        Hob Lake,mine permit,2011-11-14,applied,in 2011
        Hob Lake,mine permit,2011-12-20,granted,2011-12-19

        milestone_dates
        property,milestone,said_on,status,date
        Hob Lake,mill,2012-02-01,planned,2013

    Help:
    Add a row that says what became of it, or when it is expected now.
    """
    late = permits_stood(tables).filter(pl.col("overdue_d").is_not_null()).sort("line")

    def awaited(row: Row) -> str:
        ago = many(row["overdue_d"], "day")
        return f"{row['permit']}: expected by {row['latest_day']}, {ago} ago, and nothing later is told"

    yield Faults("warning", late, awaited, {"permits": "line"})
    gone = permits_stood(tables).filter(pl.col("days_to_expiry") < 0, pl.col("state") != "expired").sort("line")

    def lapsed(row: Row) -> str:
        return f"{row['permit']}: it ran out on {row['expires_day']}, and nothing later is told"

    yield Faults("warning", gone, lapsed, {"permits": "line"})
