"""Postings to accounts that the chart does not have."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import UNKNOWN, amount, has_ledger, left_out
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T802", on="records", basis="double entry")
def ledger_account_unknown(tables: Tables) -> Iterator[Faults]:
    """A row is posted to an account that is not in the chart of accounts.

    What it does:
    Looks up the account of every row of the ledger among the accounts that can be used.

    Why it matters:
    Nobody knows in which line of a statement the amount belongs; its period has no statement.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,CAD
        4001,2011-07-01,2011-09-30,-500.00,CAD

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
    Add the account to the table of accounts, or mend its number.
    """
    if has_ledger(tables):
        rows = left_out(tables).filter(pl.col("why").str.ends_with(UNKNOWN))
        yield Faults(
            "error",
            rows,
            lambda row: f"{amount(row['amount'], row['currency'])} on account {row['account']}, which {UNKNOWN}",
            {"ledger": "line"},
        )
