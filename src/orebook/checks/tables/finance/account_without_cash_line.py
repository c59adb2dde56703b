"""Accounts that keep the statement of cash flows from being made."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import lines
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.disciplines.finance.ledger.chart import chart_of_accounts


@table_rule("T817", on="records", basis="statement of cash flows")
def account_without_cash_line(tables: Tables) -> Iterator[Faults]:
    """Some accounts of financial position stand in no line of cash flows, while others do.

    What it does:
    Looks at accounts that are assets, liabilities or equity and no cash. When some name a cash_line, all have to.

    Why it matters:
    The statement of cash flows is made of how balances moved; one account that is left out leaves it open.

    Flagged:

        accounts
        account,kind,line,cash_line
        1000,asset,cash,
        1100,asset,receivables,working_capital_change
        2000,liability,payables,

    Fine:

        accounts
        account,kind,line,cash_line
        1000,asset,cash,
        1100,asset,receivables,working_capital_change
        2000,liability,payables,working_capital_change

    Help:
    Name the line of cash flows into which the movement of the account goes.
    """
    if not tables.has("accounts", "account", "kind", "line", "cash_line"):
        return
    chart = chart_of_accounts(tables.frame("accounts"), lines(tables))
    named = chart.accounts.filter(pl.col("cash_line") != "").height
    told = tables.frame("accounts").select(pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("line"), "account")
    rows = told.filter(pl.col("account").is_in(chart.without_cash_line)) if named else told.head(0)
    say = "account {} has no cash_line; without it no statement of cash flows is made"
    yield Faults("warning", rows, lambda row: say.format(row["account"]), {"accounts": "line"})
