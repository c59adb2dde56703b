"""Parts of a period that do not add up to the whole that the ledger gives."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import amount, days, has_ledger, ledger
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.ledger.differences import disagreements


@table_rule("T805", on="records", basis="arithmetic")
def ledger_parts_do_not_add(tables: Tables) -> Iterator[Faults]:
    """Shorter periods of an account do not add up to the longer one that is given.

    What it does:
    Where a ledger gives both, adds up months or quarters and holds them against the half, the nine months or the year;
    and movements against the balances at both ends.

    Why it matters:
    One of them was changed without the other, or they are of two versions.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-01-01,2011-03-31,500.00,CAD
        4000,2011-01-01,2011-03-31,-500.00,CAD
        1000,2011-04-01,2011-06-30,300.00,CAD
        4000,2011-04-01,2011-06-30,-300.00,CAD
        1000,2011-01-01,2011-06-30,900.00,CAD
        4000,2011-01-01,2011-06-30,-900.00,CAD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-01-01,2011-03-31,500.00,CAD
        4000,2011-01-01,2011-03-31,-500.00,CAD
        1000,2011-04-01,2011-06-30,400.00,CAD
        4000,2011-04-01,2011-06-30,-400.00,CAD
        1000,2011-01-01,2011-06-30,900.00,CAD
        4000,2011-01-01,2011-06-30,-900.00,CAD

    Help:
    Say a version for what was restated, and restate all periods of a difference.
    """
    if has_ledger(tables):
        found = disagreements(ledger(tables), tables.frame("ledger"))
        rows = found.with_columns(line=(pl.col("row") + 2).cast(pl.UInt32))
        yield Faults("error", rows, _say, {"ledger": "line"}, ("amount",))


def _say(row: Row) -> str:
    given, made = (amount(row[name], row["currency"]) for name in ("given", "made"))
    return f"account {row['account']}: {given} {days(row)}, but what lies inside adds up to {made}"
