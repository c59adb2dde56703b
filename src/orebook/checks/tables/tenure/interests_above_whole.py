"""Interests that together are more than the whole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_tenure import figure
from orebook.disciplines.tenure.interest_days import wholes


@table_rule("T901", on="records", basis="a whole has a hundred parts")
def interests_above_whole(tables: Tables) -> Iterator[Faults]:
    """The holders of one property together hold more than the whole of it on some day.

    What it does:
    Adds what every holder has of a property on each day on which something changes, as the last row of each says
    it.

    Why it matters:
    Attributable production and reserves are computed with these shares; more than a whole counts metal twice.

    Flagged:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor Mines,2009-01-01,65
        Hob Lake,Ness,2011-03-01,40

    Fine:

        interests
        property,holder,from_day,interest_pct
        Hob Lake,Tor Mines,2009-01-01,100
        Hob Lake,Tor Mines,2011-03-01,60
        Hob Lake,Ness,2011-03-01,40

    Help:
    Add a row for whoever gave what the other took, with the same day; nought ends an interest.
    """
    rows = records(tables, "interests", "property", "holder", "from_day", "interest_pct").drop_nulls()
    sums = (
        wholes(rows)
        .filter(pl.col("whole_pct") > 100.0 + 1e-9)
        .select("property", pl.col("from_day").alias("day"), "whole_pct")
    )
    held = sums.join(rows, on="property").filter(pl.col("from_day") <= pl.col("day")).sort("from_day", "line")
    last = held.group_by("property", "day", "whole_pct", "holder", maintain_order=True).last()
    found = last.filter(pl.col("interest_pct") != 0.0).sort("property", "day", "line")
    keys = ["property", "day", "whole_pct"]
    parts = found.group_by(keys, maintain_order=True).agg("line", "holder", "interest_pct")

    def say(row: Row) -> str:
        shares = zip(row["holder"], row["interest_pct"], strict=True)
        parts = some([f"{holder} {figure(share)} %" for holder, share in shares])
        return f"{row['property']}, {row['day']}: {parts} make {figure(row['whole_pct'])} %, more than the whole"

    yield Faults("error", parts, say, {"interests": "line"})
