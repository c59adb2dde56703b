"""Recoveries that cannot be."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_views import numbers

_LEAST = 10
"""So many values must lie between 0 and 1 to be called fractions."""


@table_rule("T411", on="values", basis="a part is no more than the whole")
def recovery_impossible(tables: Tables) -> Iterator[Remark | Faults]:
    """A recovery of core or an RQD lies outside 0 to 100 %, or is a fraction.

    What it does:
    A negative value is an error. More than 105 % (setting ``recovery_over_pct``) is a warning, because a run may bring
    up core that the one before left. A column in which no value exceeds 1 is not in per cent.

    Why it matters:
    Poor recovery excuses poor grades, or forbids good ones. It has to be right.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        recoveries
        hole,from_m,to_m,recovery_pct
        CL20037,10.0,13.0,970.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        recoveries
        hole,from_m,to_m,recovery_pct
        CL20037,10.0,13.0,97.0
        CL20037,13.0,16.0,102.0

    Help:
    Compare lengths drilled and lengths recovered in the log of the run.
    """
    over = 100.0 + tables.setting("recovery_over_pct")
    for column in ("recovery_pct", "rqd_pct"):
        if not tables.has("recoveries", column):
            continue
        frame = numbers(tables, "recoveries", column).drop_nulls(column)
        beyond = pl.col(column) > over

        def say(row: dict[str, float], column: str = column) -> str:
            return f"{column} {value(row[column])} is outside 0 to 100 %"

        yield Faults("error", frame.filter(pl.col(column) < 0.0), say, {"recoveries": "line"}, (column,))
        yield Faults("warning", frame.filter(beyond), say, {"recoveries": "line"}, (column,))
        most = frame[column].max()
        if frame.height >= _LEAST and isinstance(most, float) and 0.0 < most <= 1.0:
            text = (
                f"no value of {column} is more than {value(most)}: these are fractions, and the column is in per cent"
            )
            yield remark("error", text, [tables.source("recoveries", int(frame["line"][0]), column)])
