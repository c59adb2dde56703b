"""Rows of tenure that belong to nothing."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule

_HEADS = (
    ("earn_in_stages", "earn_ins", "earn_in"),
    ("earn_in_terms", "earn_ins", "earn_in"),
    ("earn_in_parties", "earn_ins", "earn_in"),
    ("earn_in_events", "earn_ins", "earn_in"),
    ("royalty_events", "royalties", "royalty"),
    ("cash_calls", "joint_ventures", "property"),
)
"""Tables, the table that has a row for what theirs are about, and the column that names it."""


@table_rule("T924", on="records", basis="one row, one head")
def tenure_row_without_its_head(tables: Tables) -> Iterator[Faults]:
    """A stage, term, event or split belongs to an earn-in that the book does not have, or an event to no royalty.

    What it does:
    Looks up the agreement of every row, and the stage of every term.

    Why it matters:
    A name that is spelled in two ways makes two agreements, and the second one is never run.

    Flagged:

        earn_ins
        earn_in,property,owner,earner,signed_day
        Hob,Hob Lake,Tor,Ness,2010-07-01

        earn_in_stages
        earn_in,stage,interest_pct
        Hob Lake,1,35

    Fine:

        earn_ins
        earn_in,property,owner,earner,signed_day
        Hob,Hob Lake,Tor,Ness,2010-07-01

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35

    Help:
    Write the name as the table of earn-ins, or of royalties, has it.
    """
    for table, head, key in _HEADS:
        if not tables.has(head, key):
            continue
        names = records(tables, head, key)[key].drop_nulls().unique()
        rows = records(tables, table, key).drop_nulls(key)

        def say(row: Row, head: str = head, key: str = key) -> str:
            return f"the table {head} has no {row[key]}"

        yield Faults("error", rows.filter(~pl.col(key).is_in(names.implode())), say, {table: "line"})
