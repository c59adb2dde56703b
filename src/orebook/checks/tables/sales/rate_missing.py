"""Currencies without a rate of exchange."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, exchange, lot_currencies, lot_lines
from orebook.disciplines.sales.exchange import unrated


@table_rule("T707", on="records", basis="money is exchanged at the rate of its day")
def rate_missing(tables: Tables) -> Iterator[Faults]:
    """A lot is sold in a currency for which there is no rate on its day.

    What it does:
    In a book with rates of exchange: takes the currency of each lot, and looks for a rate of the day of shipment, of
    the seven days before, or the mean of its month, from or into that currency. A currency of which the book has no
    rate at all is an error, one that lacks the day a warning: it may be the company's own. Without any rate in the
    book, lots in several currencies are a warning.

    Why it matters:
    Amounts of two currencies cannot be added. Without a rate nothing of the lot is posted in the company's currency.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,payable,Cu,,96.5,%

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD

        exchange_rates
        base,quote,day,rate,kind
        USD,CAD,2011-06-30,0.9645,spot

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,payable,Cu,,96.5,%

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD

        exchange_rates
        base,quote,day,rate,kind
        USD,CAD,2011-08-10,0.9869,spot

    Help:
    Add the rate of the day, or the mean of the month.
    """
    lots = lot_lines(tables)
    if lots.height:
        told = lots.join(lot_currencies(tables), on="lot")
        has_rates = tables.has("exchange_rates", "base", "quote", "day", "rate", "kind")
        yield from _without(told, tables) if has_rates else _several(told)


def _several(told: pl.DataFrame) -> Iterator[Faults]:
    """Lots in several currencies, in a book without rates."""
    several = told.group_by("currency").agg(pl.col("line").first(), lots=pl.len()).sort("line")

    def say(row: Row) -> str:
        return f"{row['lots']} lots are sold in {row['currency']} and others are not; there are no exchange rates"

    yield Faults("warning", several if several.height > 1 else several.clear(), say, {"lots": "line"})


def _without(told: pl.DataFrame, tables: Tables) -> Iterator[Faults]:
    """Lots whose day has no rate from or into their currency."""
    lots = told.rename({"shipped_day": "day"}).drop_nulls(["currency", "day"])
    found = unrated(lots, exchange(tables).rates).sort("line")

    def say(row: Row) -> str:
        mass = f" of {amount(row['mass_t'])} t" if row["mass_t"] is not None else ""
        return f"{row['lot']}{mass} is sold in {row['currency']}, of which {row['day']} has no rate"

    yield Faults("error", found.filter(~pl.col("ever")), say, {"lots": "line"})
    yield Faults("warning", found.filter("ever"), say, {"lots": "line"})
