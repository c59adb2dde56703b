"""Hours of a mill that the calendar does not have."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value


@table_rule("T606", on="records", basis="calendar: a day has 24 hours, a mill runs when it can")
def mill_hours_impossible(tables: Tables) -> Iterator[Faults]:
    """A mill ran longer than the calendar, or longer than it was available.

    What it does:
    Adds the hours of all ore sources of a mine over the same days and compares with 24 hours a day, and with the hours
    in which the mill could run.

    Why it matters:
    Throughput per operating day and utilisation are made of these hours.

    Flagged:

        mill
        mine,from_day,to_day,ore_t,operating_h,available_h
        Kestrel,2011-01-01,2011-01-01,20100,25.5,24

    Fine:

        mill
        mine,from_day,to_day,ore_t,operating_h,available_h
        Kestrel,2011-01-01,2011-01-01,20100,21.5,23

    Help:
    Compare with the log of the mill; hours of the mill stand once, beside one of its ore sources.
    """
    if not tables.has("mill", "mine", "from_day", "to_day"):
        return
    rows = records(tables, "mill", "mine", "from_day", "to_day", "operating_h", "available_h")
    keys = ["mine", "from_day", "to_day"]
    summed = (
        rows.drop_nulls(keys)
        .group_by(keys, maintain_order=True)
        .agg(pl.col("line").min(), *(_sum(name) for name in ("operating_h", "available_h")))
    )
    hours = 24.0 * ((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1)
    summed = summed.with_columns(hours=hours.cast(pl.Float64))
    for name in ("operating_h", "available_h"):

        def say(row: Row, name: str = name) -> str:
            said = f"{row['mine']} {row['from_day']} to {row['to_day']}: {name} {value(row[name])}"
            return f"{said} is outside 0 to {value(row['hours'])} h of the calendar"

        beyond = summed.filter((pl.col(name) < 0.0) | (pl.col(name) > pl.col("hours")))
        yield Faults("error", beyond, say, {"mill": "line"}, (name,))
    over = summed.filter(pl.col("operating_h") > pl.col("available_h"), pl.col("operating_h") <= pl.col("hours"))

    def longer(row: Row) -> str:
        said = f"{row['mine']} {row['from_day']} to {row['to_day']}"
        return f"{said}: it ran {value(row['operating_h'])} h of {value(row['available_h'])} h available"

    yield Faults("error", over, longer, {"mill": "line"}, ("operating_h", "available_h"))


def _sum(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)
