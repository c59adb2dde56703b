"""Dry mass above wet mass."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount


@table_rule("T701", on="records", basis="dry mass is wet mass without its water")
def dry_above_wet(tables: Tables) -> Iterator[Faults]:
    """A lot is heavier dry than wet.

    What it does:
    Compares dry and wet mass of lots and of their weighings.

    Why it matters:
    Payment goes by dry tonnes. Where the two were exchanged, more is invoiced than was shipped.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,dry_t
        L1,North,K,2011-08-10,9150,10000

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t,dry_t
        L1,North,K,2011-08-10,10000,9150

    Help:
    Compare with the certificate of weight.
    """

    def say(row: Row) -> str:
        return f"{row['lot']} has {amount(row['dry_t'])} t dry and {amount(row['wet_t'])} t wet; water has a mass"

    for table in ("lots", "lot_events"):
        if tables.has(table, "lot", "wet_t", "dry_t"):
            rows = records(tables, table, "lot", "wet_t", "dry_t")
            yield Faults("error", rows.filter(pl.col("dry_t") > pl.col("wet_t")), say, {table: "line"})
