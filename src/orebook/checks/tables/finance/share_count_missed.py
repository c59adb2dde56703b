"""Counts of the share register that its events do not lead to."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.shares.share_history import KINDS, missed_counts


@table_rule("T813", on="records", basis="arithmetic")
def share_count_missed(tables: Tables) -> Iterator[Faults]:
    """The events of the share register do not lead to a count of it.

    What it does:
    Adds up all events to the day of each row of kind count and holds the shares issued against it.

    Why it matters:
    Weighted averages and every figure per share rest on these events.

    Flagged:

        share_events
        day,kind,shares
        2011-01-01,opening,100
        2011-03-01,issue,20
        2011-03-31,count,121

    Fine:

        share_events
        day,kind,shares
        2011-01-01,opening,100
        2011-03-01,issue,20
        2011-03-31,count,120

    Help:
    Find the event that is missing: an exercise, a cancellation, shares for property.
    """
    if not tables.has("share_events", "day", "kind", "shares"):
        return
    told = records(tables, "share_events", "day", "kind", "shares", "ratio", "price", "market_price")
    told = told.filter(pl.col("kind").is_in(list(KINDS)))
    counts = told.filter(pl.col("kind") == "count").group_by("day").agg(pl.col("line").min())
    rows = missed_counts(told).join(counts, on="day").sort("day")
    yield Faults("error", rows, _say, {"share_events": "line"})


def _say(row: Row) -> str:
    return f"{row['said']:,.0f} shares are counted at {row['day']}; the events lead to {row['computed'] or 0:,.0f}"
