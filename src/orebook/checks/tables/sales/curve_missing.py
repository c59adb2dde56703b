"""Derivatives for which no curve was given."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount


@table_rule("T709", on="records", basis="fair value is at a curve that is given")
def curve_missing(tables: Tables) -> Iterator[Faults]:
    """A derivative is on something of which the book has no curve, or an option has no volatility on it.

    What it does:
    Looks among the curves for the underlying of each derivative, and for an option also for a volatility. Whether the
    curve of a day reaches to the expiry shows when hedges are made. In a book that has no curves at all yet it is a
    warning.

    Why it matters:
    No curve, rate or volatility is assumed. Without them nothing of the derivative is posted.

    Flagged:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,currency,start_day,expiry_day
        P1,put,buy,LME copper,1000000,lb,3.5,USD,2011-07-04,2011-12-30

        curves
        underlying,as_of_day,delivery_day,price,unit,currency,volatility_pct,rate_pct
        London gold,2011-09-30,2011-12-30,1620,oz,USD,25,0.5

    Fine:

        hedges
        hedge,kind,side,underlying,quantity,unit,strike,currency,start_day,expiry_day
        P1,put,buy,LME copper,1000000,lb,3.5,USD,2011-07-04,2011-12-30

        curves
        underlying,as_of_day,delivery_day,price,unit,currency,volatility_pct,rate_pct
        LME copper,2011-09-30,2011-12-30,3.2,lb,USD,35,0.5

    Help:
    Add the curve as it stood at the end of the period, or mend the name of the underlying.
    """
    if not tables.has("hedges", "hedge", "kind", "underlying"):
        return
    rows = records(tables, "hedges", "hedge", "kind", "underlying", "quantity", "unit")
    known = (
        records(tables, "curves", "underlying", "volatility_pct")
        .group_by("underlying")
        .agg(volatile=pl.col("volatility_pct").is_not_null().any())
    )
    found = rows.drop_nulls("underlying").join(known, on="underlying", how="left").sort("line")

    def absent(row: Row) -> str:
        size = f"{amount(row['quantity'])} {row['unit']}" if row["quantity"] is not None else "no quantity"
        return f"{row['hedge']} ({row['kind']}, {size}) is on {row['underlying']}, of which there is no curve"

    def calm(row: Row) -> str:
        return f"{row['hedge']} is a {row['kind']} on {row['underlying']}, whose curves have no volatility"

    options = pl.col("kind").is_in(["put", "call", "collar"])
    grade = "error" if known.height else "warning"
    yield Faults(grade, found.filter(pl.col("volatile").is_null()), absent, {"hedges": "line"})
    yield Faults("error", found.filter(options & ~pl.col("volatile")), calm, {"hedges": "line"})
