"""Events after a period that its ledger already holds."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import amount, days, has_amounts, posted
from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T816", on="records", basis="IAS 10")
def later_event_in_period(tables: Tables) -> Iterator[Faults]:
    """An event after the period stands in the ledger of the period.

    What it does:
    Looks among the postings of periods that ended before an event for its very amount in its currency. Events that are
    said to be adjusting belong into the period before.

    Why it matters:
    What was agreed after the end of a period and tells of nothing that was so before belongs into a later one.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,13900000.00,USD
        4000,2011-07-01,2011-09-30,-13900000.00,USD

        later_events
        day,title,amount,currency
        2011-10-28,Claim sold,13900000.00,USD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-10-01,2011-12-31,13900000.00,USD
        4000,2011-10-01,2011-12-31,-13900000.00,USD

        later_events
        day,title,amount,currency
        2011-10-28,Claim sold,13900000.00,USD

    Help:
    Take it out of the period, or say adjusting = yes where it tells of what was so at its end.
    """
    if not (tables.has("later_events", "day", "title", "amount") and has_amounts(tables)):
        return
    events = records(tables, "later_events", "day", "title", "amount", "currency", "adjusting").rename({"line": "at"})
    adjusts = pl.col("adjusting").cast(pl.String).str.to_lowercase().is_in(["yes", "true", "1"]).fill_null(value=False)
    wanted = events.filter(~adjusts & (pl.col("amount") != 0)).with_columns(size=pl.col("amount").abs())
    told = posted(tables, "account", "from_day", "to_day", "currency")
    placed = told.drop_nulls("from_day").with_columns(size=pl.col("amount").abs())
    both = placed.join(wanted.drop("amount", "adjusting"), on=["size", "currency"], maintain_order="left")
    yield Faults(
        "warning", both.filter(pl.col("to_day") < pl.col("day")), _say, {"ledger": "line", "later_events": "at"}
    )


def _say(row: Row) -> str:
    said = amount(row["amount"], row["currency"])
    return f"{said} on account {row['account']} {days(row)}, the amount of {row['title']!r}, which is of {row['day']}"
