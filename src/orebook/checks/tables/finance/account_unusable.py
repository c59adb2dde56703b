"""Accounts that cannot be used as they are described."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import lines
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.disciplines.finance.ledger.chart import chart_of_accounts


@table_rule("T803", on="records", basis="chart of accounts")
def account_unusable(tables: Tables) -> Iterator[Faults]:
    """An account has no kind or line that a statement knows, or stands twice.

    What it does:
    Looks at the kind of every account, at its line of a statement, whether the line belongs to the statement of its
    kind, at its line of cash flows, and whether its number stands twice.

    Why it matters:
    What is posted to such an account is left out, and its periods have no statement.

    Flagged:

        accounts
        account,kind,line
        1000,asset,revenues
        4000,income,revenues

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

    Help:
    Say one of asset, liability, equity, income, expense, line and quantity, and a line of the manual or of ``[lines]``.
    """
    if tables.has("accounts", "account", "kind"):
        faults = chart_of_accounts(tables.frame("accounts"), lines(tables)).faults
        rows = faults.with_columns(line=(pl.col("row") + 2).cast(pl.UInt32))
        yield Faults("error", rows, lambda row: f"account {row['account']} {row['why']}", {"accounts": "line"})
