"""Days of a mill that no row tells."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T601", on="records", basis="every day is in the sheet, also one on which the mill stood")
def mill_day_missing(tables: Tables) -> Iterator[Faults]:
    """No row of a mill sheet tells some days between its first and its last.

    What it does:
    Lays the rows of each mine along the calendar, all ore sources together, and names each gap behind the row that
    ends before it. A day on which the mill stood has a row with no ore.

    Why it matters:
    A month without one of its days is a lower month, and nobody sees it in the sum.

    Flagged:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-01,20100
        Kestrel,2011-01-03,2011-01-03,19800

    Fine:

        mill
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-01,20100
        Kestrel,2011-01-02,2011-01-02,0
        Kestrel,2011-01-03,2011-01-03,19800

    Help:
    Add the days from the log of the mill, with no ore where it stood.
    """
    if not tables.has("mill", "mine", "from_day", "to_day"):
        return
    rows = records(tables, "mill", "mine", "from_day", "to_day").drop_nulls()
    rows = rows.filter(pl.col("from_day") <= pl.col("to_day")).sort("mine", "to_day", "from_day", "line")
    until = pl.col("to_day").cum_max().over("mine")
    following = pl.col("from_day").reverse().cum_min().reverse().shift(-1).over("mine")
    gaps = rows.with_columns(until=until, following=following).filter(
        (pl.col("following") - pl.col("until")).dt.total_days() > 1
    )
    missing = gaps.unique(["mine", "until"], keep="first", maintain_order=True).with_columns(
        first=pl.col("until").dt.offset_by("1d"), last=pl.col("following").dt.offset_by("-1d")
    )

    def say(row: Row) -> str:
        days = (row["last"] - row["first"]).days + 1
        said = f"{row['first']}" if days == 1 else f"{row['first']} to {row['last']} ({days:,} days)"
        return f"{row['mine']}: no row tells {said}"

    yield Faults("warning", missing, say, {"mill": "line"})
