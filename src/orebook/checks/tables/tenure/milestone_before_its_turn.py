"""Milestones that are told for a day before what they wait for."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_tenure import chained


@table_rule("T914", on="records", basis="order of days")
def milestone_before_its_turn(tables: Tables) -> Iterator[Faults]:
    """A milestone is told for days that all lie before the earliest day that its chain allows.

    What it does:
    Takes from each milestone and permit the earliest day that its words allow, goes along what waits for what with
    the least times between, and compares with the last day that was told.

    Why it matters:
    One of the dates cannot be kept, and the reader of a release sees only the nearer one.

    Flagged:

        milestone_dates
        property,milestone,said_on,status,date,after,takes_d
        Hob Lake,mill,2011-11-14,planned,Q1 2012,permit,200
        Hob Lake,permit,2011-11-14,planned,Q4 2011,,

    Fine:

        milestone_dates
        property,milestone,said_on,status,date,after,takes_d
        Hob Lake,mill,2011-11-14,planned,2012,permit,200
        Hob Lake,permit,2011-11-14,planned,Q4 2011,,

    Help:
    Move the later date, or mend what waits for what and how long it takes.
    """
    late = chained(tables).filter(pl.col("short_d").is_not_null())

    def say(row: Row) -> str:
        where = f"{row['property']}: {row['milestone']} by {row['latest_day']} at the latest"
        short = many(row["short_d"], "day")
        return f"{where}, not possible before {row['possible_day']} because of {row['by']}: {short} short"

    yield Faults("warning", late.filter(pl.col("by").is_not_null()), say, {"milestone_dates": "line"})
