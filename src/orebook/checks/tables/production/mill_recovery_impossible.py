"""Recoveries of a mill that cannot be."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.ground.metals import metal_columns


@table_rule("T604", on="records", basis="no more metal comes out than went in (catalogue code PR1012)")
def mill_recovery_impossible(tables: Tables) -> Iterator[Faults]:
    """A recovery of a mill lies outside 0 to 100 %.

    What it does:
    Looks at every column of recoveries. One above 100 % can come of stock in process or of errors of measurement over a
    day, and is a warning there; over seven days or more, and below nought, it is an error.

    Why it matters:
    Metal that is not in the ore is in the stock, in the scale or in the assay, and one of them has to be looked at.

    Flagged:

        mill
        mine,from_day,to_day,ore_t,cu_recovery_pct
        Kestrel,2011-01-01,2011-01-31,620000,104.2

    Fine:

        mill
        mine,from_day,to_day,ore_t,cu_recovery_pct
        Kestrel,2011-01-01,2011-01-31,620000,84.2

    Help:
    Compare with the stock in process at both ends, and with the samples of feed and product.
    """
    if not tables.has("mill", "mine", "from_day", "to_day"):
        return
    for column in metal_columns("mill", tables.frame("mill").columns, "recovery"):
        name = column.column
        rows = records(tables, "mill", "mine", "from_day", "to_day", name).drop_nulls(name)
        days = (pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1
        short = (pl.col(name) > 100.0) & (days < _WEEK).fill_null(value=False)

        def say(row: Row, name: str = name) -> str:
            said = f"{row['mine']} {row['from_day']} to {row['to_day']}"
            return f"{said}: {name} {value(row[name])} is outside 0 to 100 %"

        outside = rows.filter(~pl.col(name).is_between(0.0, 100.0))
        yield Faults("error", outside.filter(~short), say, {"mill": "line"}, (name,))
        yield Faults("warning", outside.filter(short), say, {"mill": "line"}, (name,))


_WEEK = 7
