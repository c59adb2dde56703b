"""Balances of a day that cannot be held against income."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import BEYOND, days, has_ledger, left_out
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T811", on="records", basis="double entry")
def balances_untestable(tables: Tables) -> Iterator[Faults]:
    """The balances of a day cannot be tested, because the income of the year so far is not known.

    What it does:
    At each day of a trial balance looks for the income from the beginning of the fiscal year.

    Why it matters:
    Balances alone sum to nothing only when the income of the year was carried to equity; otherwise nobody can say
    whether they are whole.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,,2011-09-30,500.00,CAD
        4000,2011-07-01,2011-09-30,-200.00,CAD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,,2011-09-30,500.00,CAD
        4000,2011-01-01,2011-09-30,-500.00,CAD

    Help:
    Add the income from the first day of the fiscal year, and say its end in ``book.toml``.
    """
    if has_ledger(tables):
        rows = left_out(tables).filter(pl.col("why").str.starts_with(BEYOND[0]))
        yield Faults("error", rows, lambda row: f"the trial balance {days(row)} {row['why']}", {"ledger": "line"})
