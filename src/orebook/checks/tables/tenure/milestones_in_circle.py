"""Milestones that wait for one another."""

from collections.abc import Iterator

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import chained


@table_rule("T913", on="records", basis="what waits for itself never happens")
def milestones_in_circle(tables: Tables) -> Iterator[Faults]:
    """Milestones wait for one another in a circle.

    What it does:
    Follows what each milestone waits for, also through permits that block it, and names the first circle of a
    property.

    Why it matters:
    None of them can ever be the first.

    Flagged:

        milestone_dates
        property,milestone,said_on,status,date,after
        Hob Lake,mill,2011-11-14,planned,2012,permit
        Hob Lake,permit,2011-11-14,planned,2012,mill

    Fine:

        milestone_dates
        property,milestone,said_on,status,date,after
        Hob Lake,mill,2011-11-14,planned,2012,permit
        Hob Lake,permit,2011-11-14,planned,2012,

    Help:
    Take out the link that does not hold.
    """
    rounds = chained(tables).drop_nulls("circle")
    once = rounds.group_by("property", "circle", maintain_order=True).agg("line")

    def say(row: Row) -> str:
        return f"{row['property']}: these wait for one another: {row['circle']}"

    yield Faults("error", once, say, {"milestone_dates": "line"})
