"""Days of tenure that run backwards."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule

_PAIRS = (
    ("persons", "from_day", "to_day"),
    ("claims_held", "from_day", "expires_day"),
    ("documents", "as_of_day", "published_day"),
    ("earn_ins", "signed_day", "start_day"),
    ("royalties", "from_day", "buy_back_by_day"),
)
"""Tables with two of their days, the first and the last."""


@table_rule("T919", on="records", basis="order of days")
def days_backwards(tables: Tables) -> Iterator[Faults]:
    """A last day lies before the first, or a document holds for a day after its publication.

    What it does:
    Compares the days of persons, claims, documents and agreements row by row.

    Why it matters:
    A year or a month slipped, and the row counts for no day at all.

    Flagged:

        persons
        person,role,from_day,to_day
        R. Calder,geologist,2012-01-01,2011-12-31

    Fine:

        persons
        person,role,from_day,to_day
        R. Calder,geologist,2011-01-01,2011-12-31

    Help:
    Compare with the register or the document.
    """
    for table, first, last in _PAIRS:
        rows = records(tables, table, first, last)
        back = rows.filter(pl.col(last) < pl.col(first))

        def say(row: Row, first: str = first, last: str = last) -> str:
            return f"{last} {row[last]} lies before {first} {row[first]}"

        yield Faults("warning", back, say, {table: "line"})
