"""Rows of a mill sheet that share days."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_mill import laid_mill
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T602", on="records", basis="a day is milled once")
def mill_days_overlap(tables: Tables) -> Iterator[Faults]:
    """A row of a mill sheet shares days with another of its mine and source.

    What it does:
    Rows that shorter ones fill, and rows that they fill but for one stretch, are sums and are used as such: a year
    beside its nine months. Every other row that shares days with another is left out of all figures and told.

    Why it matters:
    Ore of a day that stands in two rows would count twice.

    Flagged:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-10,200100
        Kestrel,2011-01-08,2011-01-15,160400

    Fine:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-09-30,5742244
        Kestrel,2011-07-01,2011-09-30,2038720

    Help:
    Mend the days, or take one of the rows out.
    """
    found = laid_mill(tables)
    if found is None:
        return
    mill = tables.frame("mill").select("mine", "from_day", "to_day").with_row_index("row").cast({"row": pl.Int64})
    left = found.left_out.join(mill, on="row").with_columns(line=pl.col("row") + 2)

    def say(row: Row) -> str:
        return f"{row['mine']} {row['from_day']} to {row['to_day']}: {row['why']}; it is left out"

    yield Faults("error", left, say, {"mill": "line"})
