"""Milestones with two dates of one day that exclude each other."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import said
from orebook.disciplines.tenure.milestones import conflicts


@table_rule("T915", on="records", basis="one day, one plan")
def milestone_told_twice(tables: Tables) -> Iterator[Faults]:
    """On one day a milestone was told for two times that have no day in common.

    What it does:
    Compares the intervals of days of all sayings of one day about one milestone.

    Why it matters:
    One of two documents of the day holds an older plan.

    Flagged:

        milestone_dates
        property,milestone,said_on,status,date,document
        Hob Lake,first gold,2011-11-14,planned,Q1 2012,release
        Hob Lake,first gold,2011-11-14,planned,Q2 2012,slides

    Fine:

        milestone_dates
        property,milestone,said_on,status,date,document
        Hob Lake,first gold,2011-11-14,planned,Q1 2012,release
        Hob Lake,first gold,2011-11-15,planned,Q2 2012,slides

    Help:
    Keep the one that holds; the older belongs to the day on which it was first said.
    """
    keys = ["property", "milestone", "said_on"]
    lines = said(tables).group_by(keys).agg(pl.col("line").sort())
    rows = conflicts(said(tables)).join(lines, on=keys, how="left")

    def say(row: Row) -> str:
        return f"{row['milestone']}: {row['date_other']} and {row['date']} were both told on {row['said_on']}"

    yield Faults("warning", rows, say, {"milestone_dates": "line"})
