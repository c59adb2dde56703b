"""Prices that a lot needs and the book does not have."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import lot_lines, settled

_REASONS = ("no price at shipment", "no price in its quotational period")


@table_rule("T705", on="records", basis="a lot is priced in its quotational period")
def price_missing(tables: Tables) -> Iterator[Faults]:
    """A lot has no price at shipment, or its quotational period is over and holds none.

    What it does:
    Works out the quotational period of each metal that a contract pays. There has to be a price for it on the day of
    shipment: forward, or that of the provisional invoice. Once the period is over, there have to be spot prices in it,
    or a price that was fixed. Whether forward prices are there for open lots at the end of a period shows when sales
    are made.

    Why it matters:
    No price is made up. Without one nothing of the lot is posted.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,10000,24

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,quotational_period,Cu,M+1 shipment,,
        K,payable,Cu,,96.5,%

        prices
        price,day,delivery_day,amount,unit,currency
        LME copper,2011-08-10,2011-09-15,4.05,lb,USD
        LME copper,2011-10-31,,3.55,lb,USD

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,10000,24

        contract_terms
        contract,term,metal,says,value,unit
        K,price,Cu,LME copper,,
        K,quotational_period,Cu,M+1 shipment,,
        K,payable,Cu,,96.5,%

        prices
        price,day,delivery_day,amount,unit,currency
        LME copper,2011-08-10,2011-09-15,4.05,lb,USD
        LME copper,2011-09-15,,3.85,lb,USD
        LME copper,2011-10-31,,3.55,lb,USD

    Help:
    Add the prices of these days; a forward curve has to reach to the end of the period.
    """
    sold = settled(tables)
    if sold is None:
        return
    found = sold.unposted.filter(pl.col("reason").is_in(_REASONS)).join(lot_lines(tables), on="lot").sort("line")

    def say(row: Row) -> str:
        return f"{row['metal']} of {row['lot']}: {row['reason']}, {row['day']}"

    yield Faults("error", found, say, {"lots": "line"}, ("contract",))
