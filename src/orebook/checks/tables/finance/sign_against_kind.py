"""Amounts on the other side than the kind of their account and its other rows."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import amount, days, has_amounts, posted
from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.ledger.chart import FLOWS, STOCKS


@table_rule("T808", on="records", basis="double entry")
def sign_against_kind(tables: Tables) -> Iterator[Faults]:
    """An amount is on the other side than its account's kind says, and than its other rows are.

    What it does:
    Looks at accounts of which more than two rows in three, of at least four, are on the side of their kind: debits of
    assets and expenses, credits of liabilities, equity and income.

    Why it matters:
    Exports write some amounts without a sign, or with the other; the difference may be hidden in another account.

    Flagged:

        accounts
        account,kind,line
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        4000,2011-01-01,2011-01-31,-500.00,CAD
        4000,2011-02-01,2011-02-28,-520.00,CAD
        4000,2011-03-01,2011-03-31,-480.00,CAD
        4000,2011-04-01,2011-04-30,510.00,CAD

    Fine:

        accounts
        account,kind,line
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        4000,2011-01-01,2011-01-31,-500.00,CAD
        4000,2011-02-01,2011-02-28,-520.00,CAD
        4000,2011-03-01,2011-03-31,-480.00,CAD
        4000,2011-04-01,2011-04-30,-510.00,CAD

    Help:
    Look at the document; a reversal is fine, and a note is all that this is.
    """
    if not (has_amounts(tables) and tables.has("accounts", "account", "kind")):
        return
    kinds = records(tables, "accounts", "account", "kind").unique("account").select("account", "kind")
    told = posted(tables, "account", "from_day", "to_day", "currency").filter(pl.col("amount") != 0)
    placed = told.join(kinds.filter(pl.col("kind").is_in([*STOCKS, *FLOWS])), on="account", maintain_order="left")
    debit = pl.col("kind").is_in(["asset", "expense"])
    against = (pl.col("amount") > 0) != debit
    many = pl.len().over("account")
    few = against.sum().over("account") * 3 < many
    yield Faults("note", placed.filter(against & few & (many >= 4)), _say, {"ledger": "line"})


def _say(row: Row) -> str:
    side = "debit" if row["amount"] > 0 else "credit"
    said = amount(abs(row["amount"]), row["currency"])
    return f"a {side} of {said} {days(row)} on account {row['account']} of kind {row['kind']}, whose other rows are not"
