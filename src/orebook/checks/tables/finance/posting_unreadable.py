"""Rows of a ledger that cannot be counted."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import BEYOND, UNKNOWN, has_ledger, left_out
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T810", on="records", basis="double entry")
def posting_unreadable(tables: Tables) -> Iterator[Faults]:
    """A row of the ledger lacks something without which it cannot be counted.

    What it does:
    Looks for rows without amount, currency or day, with digits below the cent, that end before they begin, or that do
    not say from which day on income or expense runs.

    Why it matters:
    Nothing is posted in half: the whole period of such a row has no statement.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.001,CAD
        4000,2011-07-01,2011-09-30,-500.00,CAD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,CAD
        4000,2011-07-01,2011-09-30,-500.00,CAD

    Help:
    Mend the row; amounts are in whole cents, and income and expense have a first day.
    """
    if has_ledger(tables):
        told = left_out(tables)
        other = (~pl.col("why").str.ends_with(UNKNOWN)) & ~pl.any_horizontal(
            pl.col("why").str.starts_with(each) for each in BEYOND
        )
        say = "the row of account {} {}"
        yield Faults(
            "error", told.filter(other), lambda row: say.format(row["account"], row["why"]), {"ledger": "line"}
        )
