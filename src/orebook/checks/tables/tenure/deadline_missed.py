"""Deadlines of an earn-in that passed."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure, run
from orebook.disciplines.tenure.earn_ins import terms_on


@table_rule("T907", on="records", basis="calendar")
def deadline_missed(tables: Tables) -> Iterator[Faults]:
    """A deadline of an earn-in passed and what it asks for was not done.

    What it does:
    Runs each agreement over its events up to the last day that the tables tell of, with extensions and force
    majeure, and names the terms whose day passed while the agreement still ran.

    Why it matters:
    Options are lost by a day. Courts read such conditions strictly.

    Flagged:

        earn_ins
        earn_in,property,owner,earner,signed_day,currency
        Hob,Hob Lake,Tor,Ness,2010-07-01,CAD

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted,binding
        Hob,1,first,spending,14,2012-03-31,stage,option

        earn_in_events
        earn_in,day,event,amount
        Hob,2012-04-02,spent,14

    Fine:

        earn_ins
        earn_in,property,owner,earner,signed_day,currency
        Hob,Hob Lake,Tor,Ness,2010-07-01,CAD

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted,binding
        Hob,1,first,spending,14,2012-03-31,stage,option

        earn_in_events
        earn_in,day,event,amount
        Hob,2012-03-31,spent,14

    Help:
    Add the event that is missing, or the extension that was agreed; otherwise say that the option has lapsed.
    """
    missed = terms_on(run(tables)).filter(pl.col("status") == "missed")
    number = pl.col("stage").cast(pl.Int64, strict=False)
    lines = records(tables, "earn_in_terms", "earn_in", "stage", "term").with_columns(number)
    rows = missed.join(lines, on=["earn_in", "stage", "term"], how="inner", maintain_order="left")

    yield Faults("warning", rows, _say, {"earn_in_terms": "line"})


def _say(row: Row) -> str:
    currency = f" {row['currency']}" if row["currency"] else ""
    done, needed = figure(row["done"]), "what it asks for" if row["needed"] is None else figure(row["needed"])
    due = f"{row['earn_in']}: {row['term']} was due by {row['due_day']}"
    return f"{due}; {done} of {needed}{currency} counted when the book ends"
