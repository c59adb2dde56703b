"""Invoices that are not what the contract gives."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, settled, with_symbols
from orebook.disciplines.sales.invoices import invoices

ROUNDED = 0.005
"""Weights and prices of an invoice are rounded on the way; half a percent is more than that."""


@table_rule("T716", on="records", basis="value of a lot by its contract")
def invoice_differs(tables: Tables) -> Iterator[Faults]:
    """An invoice is for another amount than the terms, weights, assays and prices of the book give.

    What it does:
    Works out the provisional and the final invoice of each lot, and compares them with the amounts that were invoiced.
    More than half a percent of the value of the lot is a warning.

    Why it matters:
    One of the two rests on another weight, assay, price or term.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,1000,25

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,quotational_period,Cu,2011-08-10,,
        K,payable,Cu,,96,%
        K,provisional_payment,,,90,%

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,9000,t,USD

        lot_events
        lot,day,kind,amount,currency
        L1,2011-08-20,provisional,2160000,USD

    Fine:

        lot_events
        lot,day,kind,amount,currency
        L1,2011-08-20,provisional,1944000,USD

    Help:
    Compare weight, assays, price and charges with the invoice, one by one.
    """
    yield from _differing(tables)


def _differing(tables: Tables) -> Iterator[Faults]:
    sold = settled(tables)
    if sold is None or not tables.has("lot_events", "lot", "day", "kind", "amount"):
        return
    said = invoices(sold, with_symbols(tables.frame("lot_events")))
    said = said.filter((pl.col("amount") - pl.col("made")).abs() > pl.col("value").abs() * ROUNDED)
    lines = records(tables, "lot_events", "lot", "day", "kind").unique(["lot", "day", "kind"], keep="first")
    found = said.join(lines, on=["lot", "day", "kind"]).sort("line")

    def say(row: Row) -> str:
        both = f"{amount(row['amount'] / 100)} {row['currency']}, by its contract {amount(row['made'] / 100)}"
        return f"the {row['kind']} invoice of {row['lot']} is {both}"

    yield Faults("warning", found, say, {"lot_events": "line"}, ("amount",))
