"""Share events that say too little."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.shares.share_history import KINDS


@table_rule("T814", on="records", basis="share register")
def share_event_unusable(tables: Tables) -> Iterator[Faults]:
    """A share event has no kind that is known, or lacks the number that its kind needs.

    What it does:
    Looks for events without day, of an unknown kind, issues and the like without shares, splits and consolidations
    without a ratio.

    Why it matters:
    An event that cannot be counted leaves every later number of shares out by its own.

    Flagged:

        share_events
        day,kind,shares,ratio
        2011-01-01,opening,100,
        2011-03-01,split,,

    Fine:

        share_events
        day,kind,shares,ratio
        2011-01-01,opening,100,
        2011-03-01,split,,2

    Help:
    Say opening, issue, buy_back, cancel, split, consolidation, rights or count, and the shares or the ratio.
    """
    if not tables.has("share_events", "kind"):
        return
    told = records(tables, "share_events", "day", "kind", "shares", "ratio")
    unknown = ~pl.col("kind").fill_null("").is_in(list(KINDS))
    by_ratio = pl.col("kind").is_in(["split", "consolidation"])
    lacking = (
        pl.when(by_ratio)
        .then(~pl.col("ratio").is_between(1e-6, 1e6).fill_null(value=False))
        .otherwise(pl.col("shares").is_null())
    )
    rows = told.with_columns(
        why=pl.when(pl.col("day").is_null())
        .then(pl.lit("has no day"))
        .when(unknown)
        .then(pl.format("is {}, which is no kind of event", pl.col("kind").fill_null("nothing")))
        .when(lacking)
        .then(
            pl.format("is a {} without {}", "kind", pl.when(by_ratio).then(pl.lit("ratio")).otherwise(pl.lit("shares")))
        )
    )
    yield Faults("error", rows.drop_nulls("why"), _say, {"share_events": "line"})


def _say(row: Row) -> str:
    return f"the event {row['why']}"
