"""Lots whose contract has no terms."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, lot_lines


@table_rule("T704", on="records", basis="a lot is paid by its contract")
def lot_without_terms(tables: Tables) -> Iterator[Faults]:
    """A lot is sold under a contract of which the book has no terms for its day.

    What it does:
    Looks for the contract of each lot among the terms, from the day of the lot or before. In a book that has no terms
    at all yet it is a warning.

    Why it matters:
    What is payable, at which price and less which charges, stands in the contract. Without it nothing of the lot is
    posted.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,Q,2011-08-10,10000

        contract_terms
        contract,term,metal,value,unit
        K,payable,Cu,96.5,%

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        contract_terms
        contract,term,metal,value,unit
        K,payable,Cu,96.5,%

    Help:
    Add the terms of the contract, or mend its name.
    """
    lots = lot_lines(tables)
    if not lots.height:
        return
    terms = records(tables, "contract_terms", "contract", "from_day")
    begins = terms.group_by("contract").agg(pl.col("from_day").fill_null(pl.date(1, 1, 1)).min().alias("begins"))
    found = lots.join(begins, on="contract", how="left").sort("line")

    def say(row: Row) -> str:
        mass = f" of {amount(row['mass_t'])} t" if row["mass_t"] is not None else ""
        when = f"; those of {row['contract']} begin on {row['begins']}" if row["begins"] else ""
        return f"{row['lot']}{mass}, shipped on {row['shipped_day']}, has no terms of contract {row['contract']}{when}"

    without = pl.col("begins").is_null() | (pl.col("begins") > pl.col("shipped_day"))
    grade = "error" if terms.height else "warning"
    yield Faults(grade, found.filter(without), say, {"lots": "line"}, ("contract",))
