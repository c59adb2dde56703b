"""Derivatives that expire before they were made."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount


@table_rule("T708", on="records", basis="a derivative is made, lives and expires")
def hedge_backwards(tables: Tables) -> Iterator[Faults]:
    """A derivative expires before it was made or before the days of its mean, or was closed outside its life.

    What it does:
    Compares the days of each derivative.

    Why it matters:
    Its value is a matter of the time that is left. One that runs backwards is not posted.

    Flagged:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,currency,start_day,expiry_day
        P1,put,buy,LME copper,1000000,lb,3.5,USD,2011-07-04,2010-12-30

    Fine:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,currency,start_day,expiry_day
        P1,put,buy,LME copper,1000000,lb,3.5,USD,2011-07-04,2011-12-30

    Help:
    Look at the year of both days.
    """
    if not tables.has("hedges", "hedge", "start_day", "expiry_day"):
        return
    names = ("hedge", "kind", "quantity", "unit", "start_day", "expiry_day", "closed_day", "average_from_day")
    rows = records(tables, "hedges", *names)

    def backwards(row: Row) -> str:
        size = f"{amount(row['quantity'])} {row['unit']}" if row["quantity"] is not None else "no quantity"
        return f"{row['hedge']} ({row['kind']}, {size}) expires on {row['expiry_day']}, before {row['start_day']}"

    def outside(row: Row) -> str:
        life = f"{row['start_day']} to {row['expiry_day']}"
        return f"{row['hedge']} was closed on {row['closed_day']}; it lives from {life}"

    def late(row: Row) -> str:
        begins = row["average_from_day"]
        return f"the days whose mean settles {row['hedge']} begin on {begins}, after it expires on {row['expiry_day']}"

    reverse = pl.col("expiry_day") < pl.col("start_day")
    closed = ~pl.col("closed_day").is_between(pl.col("start_day"), pl.col("expiry_day"))
    yield Faults("error", rows.filter(reverse), backwards, {"hedges": "line"})
    yield Faults("error", rows.filter(~reverse & closed), outside, {"hedges": "line"})
    yield Faults("error", rows.filter(pl.col("average_from_day") > pl.col("expiry_day")), late, {"hedges": "line"})
