"""Rows of what was mined, depleted or measured that share days."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.production.sheet_stretches import lay

_TABLES = {
    "mined": (("mine", "source", "waste_kind"), ("ore_t", "waste_t")),
    "depletions": (("mine", "model"), ("tonnes_t",)),
    "stream_measures": (("stream", "said_on"), ("mass_t",)),
}
"""What the rows of a table are told by, days apart, and the amounts that may be taken from one another."""


@table_rule("T614", on="records", basis="a day is counted once")
def production_days_cross(tables: Tables) -> Iterator[Faults]:
    """A row of what was mined, depleted or measured shares days with another of the same.

    What it does:
    Lays the rows of a mine and source, of a model, or of a stream and report along the calendar. Rows that shorter
    ones fill, and rows that they fill but for one stretch, are sums and are used as such. Every other row that shares
    days with another is named. T602 does the same for mill sheets.

    Why it matters:
    Tonnes of a day that stands in two rows would count twice, so such rows are left out of all figures.

    Flagged:

        mined
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-31,640100
        Kestrel,2011-01-31,2011-02-28,580400

    Flagged:

        depletions
        mine,model,from_day,to_day,tonnes_t
        Kestrel,reserve,2011-01-01,2011-01-31,600000
        Kestrel,reserve,2011-01-01,2011-01-31,610000

    Fine:

        mined
        mine,from_day,to_day,ore_t
        Kestrel,2011-01-01,2011-01-31,640100
        Kestrel,2011-02-01,2011-02-28,580400
        Kestrel,2011-01-01,2011-02-28,1220500

    Fine:

        depletions
        mine,model,from_day,to_day,tonnes_t
        Kestrel,reserve,2011-01-01,2011-01-31,600000
        Kestrel,grade control,2011-01-01,2011-01-31,610000

    Help:
    Mend the days, or take one of the rows out.
    """
    for table, (who, amounts) in _TABLES.items():
        if tables.has(table, who[0], "from_day", "to_day"):
            yield Faults("error", _left_out(tables, table, who, amounts), _say(who[0]), {table: "line"})


def _left_out(tables: Tables, table: str, who: Sequence[str], amounts: Sequence[str]) -> pl.DataFrame:
    """The rows of a table that cannot be laid along the calendar, with why."""
    rows = records(tables, table, *who, "from_day", "to_day", *amounts)
    rows = rows.filter(pl.col(who[0]).is_not_null(), pl.col("from_day") <= pl.col("to_day"))
    left = lay(rows.with_columns(row=pl.col("line").cast(pl.Int64)), amounts, who).left_out
    return rows.join(left, left_on=pl.col("line").cast(pl.Int64), right_on="row").sort("line")


def _say(whose: str) -> Callable[[Row], str]:
    def say(row: Row) -> str:
        return f"{row[whose]} {row['from_day']} to {row['to_day']}: {row['why']}; it is left out"

    return say
