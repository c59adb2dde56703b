"""Histories of shares that fall below nothing."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.shares.share_history import KINDS, share_history


@table_rule("T812", on="records", basis="arithmetic")
def shares_below_zero(tables: Tables) -> Iterator[Faults]:
    """More shares are cancelled or bought back than there are.

    What it does:
    Adds up the events of the share register in the order of their days.

    Why it matters:
    An event is missing, stands twice, or its number is one of the time after a split.

    Flagged:

        share_events
        day,kind,shares
        2011-01-01,opening,100
        2011-03-01,cancel,120

    Fine:

        share_events
        day,kind,shares
        2011-01-01,opening,100
        2011-03-01,cancel,20

    Help:
    Compare with the register; give a split a row of its own.
    """
    if not tables.has("share_events", "day", "kind"):
        return
    told = records(tables, "share_events", "day", "kind", "shares", "ratio", "price", "market_price")
    told = told.filter(pl.col("kind").is_in(list(KINDS)))
    below = share_history(told).filter((pl.col("outstanding") < 0) | (pl.col("issued") < 0))
    rows = below.join(told.group_by("day").agg(pl.col("line").max()), on="day").sort("day").head(1)
    yield Faults("error", rows, _say, {"share_events": "line"})


def _say(row: Row) -> str:
    return f"{row['outstanding']:,.0f} shares are outstanding from {row['day']} on"
