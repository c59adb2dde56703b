"""Claims that have lapsed."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import told_until
from orebook.disciplines.tenure.claims import claims_on


@table_rule("T920", on="records", basis="calendar")
def claim_lapsed(tables: Tables) -> Iterator[Faults]:
    """A claim expired and no row says that it was renewed.

    What it does:
    Takes the last row of each claim up to the last day that the tables tell of.

    Why it matters:
    Ground that has lapsed is open to anybody, and its hectares still stand in the sum.

    Flagged:

        claims_held
        property,claim,from_day,expires_day
        Hob Lake,1,2010-01-01,2010-12-31
        Hob Lake,2,2011-06-01,2012-06-01

    Fine:

        claims_held
        property,claim,from_day,expires_day
        Hob Lake,1,2010-01-01,2010-12-31
        Hob Lake,1,2011-01-01,2011-12-31
        Hob Lake,2,2011-06-01,2012-06-01

    Help:
    Add the renewal, or take the claim out of what is held.
    """
    day = told_until(tables)
    if day is None or not tables.has("claims_held", "property", "claim"):
        return
    lines = records(tables, "claims_held", "property", "claim", "expires_day")
    keys = ["property", "claim", "expires_day"]
    gone = claims_on(tables.frame("claims_held"), day).filter(~pl.col("held")).select(keys)
    rows = gone.join(lines, on=keys).unique(keys, keep="last").sort("line")

    def say(row: Row) -> str:
        name = f"claim {row['claim']} of {row['property']}"
        return f"{name} expired on {row['expires_day']}, and no renewal is told by {day}"

    yield Faults("warning", rows, say, {"claims_held": "line"})
