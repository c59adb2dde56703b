"""Asserted balances that the ledger does not come to."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import amount, has_ledger, ledger
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.assertions import missed_assertions


@table_rule("T807", on="records", basis="balance assertion")
def balance_assertion_missed(tables: Tables) -> Iterator[Faults]:
    """The ledger does not come to a balance that somebody asserts.

    What it does:
    Holds every row of balances against the ledger at the end of its day: within its tolerance, or without one to the
    cent.

    Why it matters:
    The statement of a bank or a count of stock is evidence from outside; a difference is a posting that is missing, or
    should not be there.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,CAD
        4000,2011-07-01,2011-09-30,-500.00,CAD

        balances
        account,day,amount,currency
        1000,2011-09-30,510.00,CAD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,CAD
        4000,2011-07-01,2011-09-30,-500.00,CAD

        balances
        account,day,amount,currency,tolerance
        1000,2011-09-30,500.40,CAD,0.50

    Help:
    Find the posting that is missing, or say with a tolerance how far the two may differ.
    """
    if has_ledger(tables) and tables.has("balances", "account", "day", "amount", "currency"):
        missed = missed_assertions(ledger(tables), tables.frame("balances"))
        rows = missed.with_columns(line=(pl.col("row") + 2).cast(pl.UInt32))
        yield Faults("error", rows, _say, {"balances": "line"})


def _say(row: Row) -> str:
    said = f"account {row['account']} is said to be {amount(row['said'], row['currency'])} at {row['day']}"
    if row["held"] is None:
        return f"{said}; {row['why']}"
    within = f" (within {amount(row['tolerance'], row['currency'])})" if row["tolerance"] else ""
    return f"{said}{within}, the ledger comes to {amount(row['held'], row['currency'])}"
