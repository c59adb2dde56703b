"""Interests that are no part of a whole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure
from orebook.ground.schema import schema


@table_rule("T902", on="records", basis="a share of a whole lies from 0 to 100")
def interest_impossible(tables: Tables) -> Iterator[Faults]:
    """An interest is below nought or above a hundred per cent.

    What it does:
    Looks at every interest, earned interest and rate of a royalty.

    Why it matters:
    A fraction was written as a percentage, or a sign slipped.

    Flagged:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor Mines,2009-01-01,-5

    Fine:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor Mines,2009-01-01,50

    Help:
    Write per cent of the whole: 50 for a half.
    """
    for table, column in (
        ("interests", "interest_pct"),
        ("earn_in_parties", "interest_pct"),
        ("royalties", "rate_pct"),
    ):
        rows = records(tables, table, schema(table).order[0], column)
        out = rows.filter((pl.col(column) < 0.0) | (pl.col(column) > 100.0))
        first = schema(table).order[0]

        def say(row: Row, column: str = column, first: str = first) -> str:
            return f"{row[first]}: {figure(row[column])} % is no part of a whole"

        yield Faults("error", out, say, {table: "line"})
