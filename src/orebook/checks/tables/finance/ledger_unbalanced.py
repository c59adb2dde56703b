"""Stretches of a ledger whose debits and credits do not meet."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import UNBALANCED, amount, days, has_ledger, left_out
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T801", on="records", basis="double entry")
def ledger_unbalanced(tables: Tables) -> Iterator[Faults]:
    """Debits and credits of a period do not sum to nothing.

    What it does:
    Adds up what was posted over each period and, at each day of a trial balance, the balances with the income of the
    fiscal year so far, for the books of each entity, currency and version. The row that is named would explain the
    difference: an amount posted alone, one on the wrong side, or else the largest.

    Why it matters:
    A period that does not balance has no statement, and nothing of it is posted in half.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,CAD
        4000,2011-07-01,2011-09-30,-400.00,CAD

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
    Compare the trial balance with its file: a row is missing, stands twice, or has the wrong sign.
    """
    if has_ledger(tables):
        rows = left_out(tables).filter(pl.col("why") == UNBALANCED)
        yield Faults("error", rows, _say, {"ledger": "line"}, ("amount",))


def _say(row: Row) -> str:
    version = f", version {row['version']}" if row["version"] else ""
    books = f" of {row['entity']}" if row["entity"] else ""
    side = "debits" if row["amount"] > 0 else "credits"
    over = amount(abs(row["amount"]), row["currency"])
    return (
        f"the books{books} {days(row)}{version} have {over} more {side}; account {row['account']} here would explain it"
    )
