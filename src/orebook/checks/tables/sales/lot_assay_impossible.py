"""Assays of a lot that cannot be."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, grade_columns


@table_rule("T703", on="records", basis="a grade is a share of the mass")
def lot_assay_impossible(tables: Tables) -> Iterator[Faults]:
    """A grade of a lot is below nought, or the metals are more than the lot.

    What it does:
    Turns the grades of lots and of their assays into shares of the mass. Each lies from nought to one, and all of one
    row together are not above one.

    Why it matters:
    Payable metal is mass times grade. A gram per tonne that stands in a column of percent is worth ten thousand times
    as much.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct
        L1,North,K,2011-08-10,10000,240
        L2,North,K,2011-08-12,10000,-24

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t,cu_pct,au_gpt
        L1,North,K,2011-08-10,10000,24,10

    Help:
    Compare with the certificate, and look at the unit of the column.
    """

    def below(row: Row) -> str:
        return f"{row['column']} of {row['lot']} is {amount(row['grade'])}; a grade is not below 0"

    def above(row: Row) -> str:
        return (
            f"the grades of {row['lot']} add up to {amount(row['whole'] * 100)} % of its mass; at most 100 % is there"
        )

    for table in ("lots", "lot_events"):
        columns = grade_columns(tables, table)
        if columns and tables.has(table, "lot"):
            rows = records(tables, table, "lot", *(each.column for each in columns))
            for each in columns:
                named = rows.select("line", "lot", column=pl.lit(each.column), grade=pl.col(each.column))
                yield Faults("error", named.filter(pl.col("grade") < 0), below, {table: "line"}, (each.column,))
            whole = pl.sum_horizontal(pl.col(each.column).clip(lower_bound=0) * each.fraction for each in columns)
            summed = rows.with_columns(whole=whole)
            yield Faults("error", summed.filter(pl.col("whole") > 1 + 1e-9), above, {table: "line"})
