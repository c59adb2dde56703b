"""Moisture that a lot cannot have."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount

WETTEST_PCT = 20.0
"""Concentrate with more water than that flows in a ship's hold; limits of shippers lie near half of it."""


@table_rule("T702", on="records", basis="moisture is a share of the wet mass")
def moisture_impossible(tables: Tables) -> Iterator[Faults]:
    """Moisture is below nought, all of the mass, or more than can be shipped.

    What it does:
    Looks at the moisture of lots and of their weighings. Below nought and from 100 % on is an error; above 20 % is a
    warning.

    Why it matters:
    Every dry tonne follows from it. A fraction that was read as percent, or the reverse, changes all of the lot.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,moisture_pct
        L1,North,K,2011-08-10,10000,-8.5
        L2,North,K,2011-08-12,10000,85

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t,moisture_pct
        L1,North,K,2011-08-10,10000,8.5

    Help:
    Compare with the certificate of weight and moisture.
    """

    def cannot(row: Row) -> str:
        return (
            f"{row['lot']} has {amount(row['moisture_pct'])} % moisture; a share of its mass lies from 0 to under 100 %"
        )

    def wet(row: Row) -> str:
        return f"{row['lot']} has {amount(row['moisture_pct'])} % moisture; concentrate that wet is not shipped"

    for table in ("lots", "lot_events"):
        if tables.has(table, "lot", "moisture_pct"):
            rows = records(tables, table, "lot", "moisture_pct").drop_nulls("moisture_pct")
            outside = ~pl.col("moisture_pct").is_between(0, 100, closed="left")
            yield Faults("error", rows.filter(outside), cannot, {table: "line"})
            yield Faults(
                "warning", rows.filter(~outside & (pl.col("moisture_pct") > WETTEST_PCT)), wet, {table: "line"}
            )
