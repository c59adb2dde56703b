"""Derivatives that are not described in full."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.sales.hedging.hedges import SIDES, kinds


@table_rule("T710", on="records", basis="kinds of derivatives and what each needs")
def hedge_incomplete(tables: Tables) -> Iterator[Faults]:
    """A derivative is of no known kind or side, or a collar has not both of its strikes in their order.

    What it does:
    Compares kind and side with the words that are known (forward, swap, put, call, collar; buy, sell). A collar has the
    strike of its call as second strike, above that of its put.

    Why it matters:
    The sign of every gain follows from the side, and half a collar has another value than a whole one.

    Flagged:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,second_strike,currency,start_day,expiry_day
        C1,collar,buy,LME copper,1000000,lb,3.5,,USD,2011-07-04,2011-12-30
        C2,collar,long,LME copper,1000000,lb,3.5,4.5,USD,2011-07-04,2011-12-30

    Fine:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,second_strike,currency,start_day,expiry_day
        C1,collar,buy,LME copper,1000000,lb,3.5,4.5,USD,2011-07-04,2011-12-30
        P1,put,buy,LME copper,1000000,lb,3.5,,USD,2011-07-04,2011-12-30

    Help:
    Look at the confirmation of the trade.
    """
    if not tables.has("hedges", "hedge", "kind", "side", "strike"):
        return
    rows = records(tables, "hedges", "hedge", "kind", "side", "strike", "second_strike")
    known = list(dict.fromkeys(row["kind"] for row in kinds()))

    def unknown(row: Row) -> str:
        return f"{row['hedge']} is a {row['kind']}; the kinds are {', '.join(known)}"

    def aside(row: Row) -> str:
        return f"the side of {row['hedge']} is {row['side']}; write {' or '.join(SIDES)}"

    def half(row: Row) -> str:
        return (
            f"the collar {row['hedge']} has a put at {row['strike']} and a call at {row['second_strike']}; both, rising"
        )

    ordered = (pl.col("strike") <= pl.col("second_strike")).fill_null(value=False)
    for fault, say in (
        (~pl.col("kind").is_in(known), unknown),
        (~pl.col("side").is_in(list(SIDES)), aside),
        ((pl.col("kind") == "collar") & ~ordered, half),
    ):
        yield Faults("error", rows.filter(fault.fill_null(value=True)), say, {"hedges": "line"})
