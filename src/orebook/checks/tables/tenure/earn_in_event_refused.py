"""Events that an earn-in does not allow."""

from collections.abc import Iterator

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import run, word
from orebook.disciplines.tenure.earn_ins import refusals


@table_rule("T908", on="records", basis="the machine of earn-ins")
def earn_in_event_refused(tables: Tables) -> Iterator[Faults]:
    """Somebody wrote down that a stage vested, was taken on or ended, and the agreement does not allow it then.

    What it does:
    Runs each agreement over its events and names those that its state, its terms or its windows do not let happen,
    with the reason, and amounts in a currency that no term counts.

    Why it matters:
    An interest that is told before its conditions are met is no interest.

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
        Hob,2011-06-30,spent,12.5
        Hob,2011-08-01,vest,

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
        Hob,2011-06-30,spent,14
        Hob,2011-08-01,vest,

    Help:
    Add what is missing before the event, or its right day; amounts in another currency need a term in it.
    """
    refused = refusals(run(tables))
    rows = records(tables, "earn_in_events", "earn_in", "day", "event").with_columns(
        word("event").str.replace_all(" ", "_")
    )
    lines = rows.group_by("earn_in", "day", "event").agg("line")
    found = refused.join(lines, on=["earn_in", "day", "event"], how="inner", maintain_order="left")

    yield Faults("warning", found, _say, {"earn_in_events": "line"})


def _say(row: Row) -> str:
    return f"{row['earn_in']}, {row['day']}: {row['event'].replace('_', ' ')} is not possible: {row['why']}"
