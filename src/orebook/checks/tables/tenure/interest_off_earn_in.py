"""Interests that differ from what an earn-in made."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure, run
from orebook.disciplines.tenure.earn_in_holdings import DERIVED, STATED, holdings


@table_rule("T909", on="records", basis="one book tells one interest")
def interest_off_earn_in(tables: Tables) -> Iterator[Faults]:
    """The table of interests tells another interest than the earn-in had made by that day.

    What it does:
    On each day on which a stage vested compares what the table of interests says of owner and earners with what
    follows from the stages.

    Why it matters:
    Attributable figures take the table; a stage that vested and was not entered there counts for nobody.

    Flagged:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor,2009-01-01,100
        Hob Lake,Tor,2011-06-30,70
        Hob Lake,Ness,2011-06-30,30

        earn_ins
        earn_in,property,owner,earner,signed_day,currency
        Hob,Hob Lake,Tor,Ness,2010-07-01,CAD

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35

        earn_in_events
        earn_in,day,event
        Hob,2011-06-30,vest

    Fine:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor,2009-01-01,100
        Hob Lake,Tor,2011-06-30,65
        Hob Lake,Ness,2011-06-30,35

        earn_ins
        earn_in,property,owner,earner,signed_day,currency
        Hob,Hob Lake,Tor,Ness,2010-07-01,CAD

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35

        earn_in_events
        earn_in,day,event
        Hob,2011-06-30,vest

    Help:
    Add a row for each party with the day of the vesting, or mend the events of the earn-in.
    """
    yield Faults("warning", _off(tables), _say, {"interests": "line"})


def _off(tables: Tables) -> pl.DataFrame:
    """The rows of interests that tell another interest than the stages had made by a day of vesting."""
    rows = records(tables, "interests", "property", "holder", "from_day", "interest_pct").drop_nulls()
    made = holdings(run(tables), rows).filter(pl.col("basis").is_in([DERIVED, STATED])).drop_nulls("interest_pct")
    after = made.filter(pl.col("from_day") > pl.col("from_day").min().over("earn_in"))
    told = rows.rename({"from_day": "told_day", "interest_pct": "told"}).sort("told_day")
    pairs = after.join(told, on=["property", "holder"]).filter(pl.col("told_day") <= pl.col("from_day"))
    keys = ["earn_in", "property", "holder", "from_day"]
    last = pairs.sort("told_day", "line").group_by(keys, maintain_order=True).last()
    return last.filter((pl.col("told") - pl.col("interest_pct")).abs() > 1e-9).sort("line")


def _say(row: Row) -> str:
    made, told = figure(row["interest_pct"]), figure(row["told"])
    return f"{row['earn_in']}: {row['holder']} holds {made} % from {row['from_day']} on by its stages, {told} % here"
