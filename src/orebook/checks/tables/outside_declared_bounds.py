"""Values outside what somebody declared for their column."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_views import numbers
from orebook.ground.schema import tables as known_tables


@table_rule("T414", on="values", basis="what was declared for the book")
def outside_declared_bounds(tables: Tables) -> Iterator[Faults]:
    """A value lies outside the bounds that were declared for its column.

    What it does:
    Compares each column that has an entry in the setting ``bounds`` with its least and greatest value. Bounds of
    easting, northing and elevation make a box around the project.

    Why it matters:
    Who knows the project knows what cannot be there; the program does not.

    Flagged:

        bounds cu_pct: 0 35

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,61.0

    Fine:

        bounds cu_pct: 0 35

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,1.2

    Help:
    Compare with the source of the value, or widen the bounds and say why.
    """
    for table in known_tables():
        for column in tables.frame(table).columns:
            ends = tables.bounds(column)
            if ends is not None:
                outside = numbers(tables, table, column).filter(~pl.col(column).is_between(*ends))

                def say(row: Row, column: str = column, ends: tuple[float, float] = ends) -> str:
                    return f"{column} {value(row[column])} is outside {value(ends[0])} to {value(ends[1])}"

                yield Faults("warning", outside, say, {table: "line"}, (column,))
