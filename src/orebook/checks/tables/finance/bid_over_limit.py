"""Bids that bought more of the company's own shares than they may."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.shares.buy_backs import over_limits


@table_rule("T815", on="records", basis="TSX Company Manual")
def bid_over_limit(tables: Tables) -> Iterator[Faults]:
    """A normal-course bid bought more shares than its exchange allows.

    What it does:
    Adds up purchases inside the days of each bid: in all, in thirty days, and on one day, where the one block a week
    counts for the year only. Limits of TSX and TSXV are known.

    Why it matters:
    Purchases beyond the limits are an issuer bid that needs an offer to everybody.

    Flagged:

        bids
        bid,exchange,from_day,to_day,issued,float,daily_volume
        A,TSX,2011-01-01,2011-12-31,1000000,500000,8000

        share_events
        day,kind,shares
        2011-01-01,opening,1000000
        2011-02-01,buy_back,3000

    Fine:

        bids
        bid,exchange,from_day,to_day,issued,float,daily_volume
        A,TSX,2011-01-01,2011-12-31,1000000,500000,8000

        share_events
        day,kind,shares
        2011-01-01,opening,1000000
        2011-02-01,buy_back,1900

    Help:
    Mark the block of the week with block = yes, or look at the day of the purchase.
    """
    needed = ("bid", "exchange", "from_day", "to_day", "issued", "float")
    if not (tables.has("bids", *needed) and tables.has("share_events", "day", "kind", "shares")):
        return
    told = records(tables, "share_events", "day", "kind", "shares", "block")
    block = pl.col("block").cast(pl.String).str.to_lowercase().is_in(["yes", "true", "1"]).fill_null(value=False)
    bids = records(tables, "bids", *needed, "daily_volume").drop_nulls(["bid", "exchange", "from_day", "to_day"])
    over = over_limits(bids, told.with_columns(block))
    days = told.filter(pl.col("kind") == "buy_back").group_by("day").agg(pl.col("line").min())
    yield Faults("warning", over.join(days, on="day", maintain_order="left"), _say, {"share_events": "line"})


def _say(row: Row) -> str:
    so_far = (
        f"{row['so_far']:,.0f} shares in {row['over']}" if row["over"] != "day" else f"{row['so_far']:,.0f} on one day"
    )
    return f"the bid {row['bid']} had bought {so_far} by {row['day']}; it may buy {row['limit']:,.0f}"
