"""Books in a currency for which a rate is missing."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ledgers import books, currency, days, exchange, has_ledger, ledger, month
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.finance.ledger.differences import rates_missing


@table_rule("T806", on="records", basis="currency")
def currency_without_rate(tables: Tables) -> Iterator[Faults]:
    """Books are in another currency than the report, and a rate into it is missing.

    What it does:
    For every period of books in another currency looks for the average of the period, and for every balance for the
    rate of its day or of the week before.

    Why it matters:
    A period without a rate has no statement.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,USD
        4000,2011-07-01,2011-09-30,-500.00,USD
        1000,2011-07-01,2011-09-30,300.00,CAD
        4000,2011-07-01,2011-09-30,-300.00,CAD

    Fine:

        currency: CAD

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-07-01,2011-09-30,500.00,USD
        4000,2011-07-01,2011-09-30,-500.00,USD

        exchange_rates
        base,quote,day,rate,kind
        USD,CAD,2011-06-30,0.96,spot
        USD,CAD,2011-09-30,1.04,spot
        USD,CAD,2011-09-30,0.98,average

    Help:
    Add the rate to the table of exchange rates, with kind spot or average.
    """
    if not has_ledger(tables):
        return
    into = currency(tables)
    if not into:
        listed = ", ".join(sorted({volume.currency for volume in books(tables)}))
        first = pl.DataFrame({"line": [2], "said": [listed]})
        if listed:
            yield Faults("error", first, _several, {"ledger": "line"})
        return
    rows = rates_missing(ledger(tables), exchange(tables), tables.frame("ledger"), year_end=month(tables))
    yield Faults("error", rows.with_columns(into=pl.lit(into)), _say, {"ledger": "line"}, ("currency",))


def _several(row: Row) -> str:
    return f"the ledger is in {row['said']}; say the currency of the report under [results.statements]"


def _say(row: Row) -> str:
    return f"no {row['rate']} rate of {row['currency']} into {row['into']} {days(row)}"
