"""Rows of production that end before they begin."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule

_TABLES = ("mill", "mined", "depletions", "stream_measures")


@table_rule("T613", on="records", basis="order of days")
def production_days_backwards(tables: Tables) -> Iterator[Faults]:
    """The last day of a row of production lies before its first.

    What it does:
    Compares both days of each row of mill sheets, mined ore, depletions and measured streams.

    Why it matters:
    Such a row belongs to no period. It is left out of every sum.

    Flagged:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-31,2011-01-01,620100

    Fine:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-31,620100

    Help:
    Exchange the days, or look at the month and the year of both.
    """
    for table in _TABLES:
        if not tables.has(table, "from_day", "to_day"):
            continue
        whose = "stream" if table == "stream_measures" else "mine"
        rows = records(tables, table, whose, "from_day", "to_day")

        def say(row: Row, whose: str = whose) -> str:
            return (
                f"{row[whose]}: to_day {row['to_day']} lies before from_day {row['from_day']}; the row counts nowhere"
            )

        yield Faults("error", rows.filter(pl.col("to_day") < pl.col("from_day")), say, {table: "line"})
