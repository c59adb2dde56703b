"""Versions of a ledger of which nobody said when they were published."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T809", on="records", basis="two axes of time")
def version_without_day(tables: Tables) -> Iterator[Faults]:
    """A row names a version, and not the day on which it was published.

    What it does:
    Looks for rows with a version and without published_on.

    Why it matters:
    A restatement counts from the day on which it was published; without it nobody can say what was known when.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency,version,published_on
        4000,2011-07-01,2011-09-30,-500.00,CAD,restated,

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency,version,published_on
        4000,2011-07-01,2011-09-30,-500.00,CAD,restated,2012-11-14

    Help:
    Write the day of the release or statement that gave these amounts.
    """
    if tables.has("ledger", "version"):
        told = records(tables, "ledger", "version", "published_on")
        rows = told.filter((pl.col("version").fill_null("") != "") & pl.col("published_on").is_null())
        say = "the version {} has no day of publication"
        yield Faults("warning", rows, lambda row: say.format(row["version"]), {"ledger": "line"})
