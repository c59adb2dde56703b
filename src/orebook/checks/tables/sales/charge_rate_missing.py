"""Charges in a currency without a rate of exchange."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, exchange, lot_currencies, lot_lines
from orebook.disciplines.sales.exchange import KINDS, Exchange
from orebook.disciplines.sales.problems import charge_rates


@table_rule("T717", on="records", basis="a charge is taken off in the currency of the price")
def charge_rate_missing(tables: Tables) -> Iterator[Faults]:
    """A charge is in another currency than the price, and there is no rate between them on the day of shipment.

    What it does:
    Takes the currency of the prices of each lot, and of the charges of its contract. For each that differs it looks for
    a rate of the day of shipment, of the seven days before, or the mean of its month, either way round.

    Why it matters:
    Amounts of two currencies cannot be taken from each other. Without a rate nothing of the lot is posted.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,payable,Cu,,96.5,%
        K,freight,,,60,CAD/wmt

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,payable,Cu,,96.5,%
        K,freight,,,60,CAD/wmt

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD

        exchange_rates
        base,quote,day,rate,kind
        USD,CAD,2011-08-09,0.9869,spot

    Help:
    Add the rate of the day, or the mean of the month, and say under results.sales which of them counts.
    """
    lots = lot_lines(tables)
    if lots.height:
        yield Faults("error", _without(lots.join(lot_currencies(tables), on="lot"), tables), _say, {"lots": "line"})


def _without(told: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Lots with a charge in another currency than the price, of which the day has no rate of either kind."""
    lots, known = told.select("lot", "shipped_day").drop_nulls(), exchange(tables).rates
    rated = pl.concat(charge_rates(lots, told, Exchange(known, kind)) for kind in KINDS)
    best = rated.group_by("lot", "currency", "into", "day").agg(pl.col("rate").max()).filter(pl.col("rate").is_null())
    return best.join(told.select("lot", "line", "mass_t"), on="lot").sort("line", "currency")


def _say(row: Row) -> str:
    mass = f" of {amount(row['mass_t'])} t" if row["mass_t"] is not None else ""
    said = f"{row['lot']}{mass} is sold in {row['into']} and has a charge in {row['currency']}"
    return f"{said}; there is no rate between them on {row['day']}"
