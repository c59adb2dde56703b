"""Series of prices in several units or currencies."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import some


@table_rule("T714", on="records", basis="one series is in one money")
def series_in_two_units(tables: Tables) -> Iterator[Faults]:
    """A series of prices, a curve or a pair is in several currencies, or in a unit that is no mass.

    What it does:
    Compares the currency of the rows of each series, and the unit of prices with the units of mass.

    Why it matters:
    A price for a tonne that is read as one for a pound is two thousand times too high; prices in two currencies have no
    mean.

    Flagged:

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD
        LME copper,2011-08-11,4.01,lb,CAD

    Fine:

        prices
        price,day,amount,unit,currency
        LME copper,2011-08-10,4.05,lb,USD
        LME copper,2011-08-11,8840,t,USD

    Help:
    Give each currency a series of its own.
    """
    for table, name in (("prices", "price"), ("curves", "underlying")):
        if not tables.has(table, name, "unit", "currency"):
            continue
        rows = records(tables, table, name, "unit", "currency").drop_nulls(name).rename({name: "series"})
        used = rows.group_by("series", "currency").agg(pl.col("line").min()).sort("line")
        several = used.group_by("series", maintain_order=True).agg("line", pl.col("currency").fill_null("none"))

        def mixed(row: Row) -> str:
            return f"{row['series']} is in {some(row['currency'])}; a series is in one currency"

        yield Faults("error", several.filter(pl.col("currency").list.len() > 1), mixed, {table: "line"})
