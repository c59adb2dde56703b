"""Options that stood in a time of which nobody gave the price of the share."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T818", on="records", basis="IAS 33")
def options_without_price(tables: Tables) -> Iterator[Faults]:
    """Options or warrants stood while the table of share prices has none.

    What it does:
    Looks whether the days of share prices and those on which an option or warrant stood have one in common.

    Why it matters:
    By the treasury-stock method the proceeds of options buy shares at the average price; without it no diluted figure
    is made.

    Flagged:

        dilutives
        instrument,kind,shares,exercise_price,from_day,to_day
        A,option,1000,5.00,2011-01-01,2011-12-31

    Fine:

        dilutives
        instrument,kind,shares,exercise_price,from_day,to_day
        A,option,1000,5.00,2011-01-01,2011-12-31

        share_prices
        day,price,currency
        2011-06-30,6.00,CAD

    Help:
    Add the closing prices of the share.
    """
    if not tables.has("dilutives", "instrument", "kind", "shares"):
        return
    told = records(tables, "dilutives", "instrument", "kind", "exercise_price", "from_day", "to_day")
    days = records(tables, "share_prices", "day", "price").drop_nulls()["day"]
    by_price = pl.col("kind").is_in(["option", "warrant", "unit"]) & (pl.col("exercise_price").fill_null(0.0) > 0)
    priced = pl.lit(value=False)
    if len(days):
        priced = (pl.col("from_day").fill_null(days.min()) <= days.max()) & (
            pl.col("to_day").fill_null(days.max()) >= days.min()
        )
    yield Faults("warning", told.filter(by_price & ~priced), _say, {"dilutives": "line"})


def _say(row: Row) -> str:
    return f"{row['instrument']} stood while no price of the share is known; no diluted figure can be made"
