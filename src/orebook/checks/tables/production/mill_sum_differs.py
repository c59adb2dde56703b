"""Sums of a mill sheet that differ from their parts."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_mill import laid_mill, slack
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value


@table_rule("T603", on="records", basis="arithmetic: parts add up to the whole (catalogue code PR1001)")
def mill_sum_differs(tables: Tables) -> Iterator[Faults]:
    """A row of a mill sheet is not the sum of the shorter rows that fill its days.

    What it does:
    Adds ore and metal of the days under a month, of the quarters under a year, and compares with what the longer row
    says. A difference within half a printed digit of every row is none.

    Why it matters:
    One of the two was corrected and the other was not; what is printed depends on which one is read.

    Flagged:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-31,620213
        Kestrel,2011-02-01,2011-02-28,560224
        Kestrel,2011-01-01,2011-02-28,1190437

    Fine:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-31,620213
        Kestrel,2011-02-01,2011-02-28,560224
        Kestrel,2011-01-01,2011-02-28,1180437

    Help:
    Compare both with the log of the mill.
    """
    found = laid_mill(tables)
    if found is None:
        return
    frame = tables.frame("mill")
    shown = found.sums.filter((pl.col("amount") == "ore_t") | pl.col("amount").str.ends_with(" made"))
    reach = pl.col("amount").replace_strict(slack(frame), default=0.0, return_dtype=pl.Float64) * (pl.col("parts") + 1)
    off = shown.filter((pl.col("value") - pl.col("of_parts")).abs() > reach + 1e-9 * pl.col("value").abs())

    def say(row: Row) -> str:
        what = "ore" if row["amount"] == "ore_t" else row["amount"].removesuffix(" made")
        said = f"{what} of {row['from_day']} to {row['to_day']} is {value(row['value'])}"
        return f"{said}, and the rows of these days make {value(row['of_parts'])}"

    yield Faults("error", off.with_columns(line=pl.col("row") + 2), say, {"mill": "line"})
