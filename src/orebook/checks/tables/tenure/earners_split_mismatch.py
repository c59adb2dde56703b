"""Earners whose parts do not make what they earned."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure


@table_rule("T905", on="records", basis="arithmetic")
def earners_split_mismatch(tables: Tables) -> Iterator[Faults]:
    """What several earners hold after a stage does not add up to what was earned by then.

    What it does:
    Adds what each earner holds after a stage and compares with the points of that stage and those before.

    Why it matters:
    Thirty and twenty make the fifty of an option; another sum leaves points that nobody has.

    Flagged:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35
        Hob,2,15

        earn_in_parties
        earn_in,stage,holder,interest_pct
        Hob,2,Alder,30
        Hob,2,Birch,25

    Fine:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35
        Hob,2,15

        earn_in_parties
        earn_in,stage,holder,interest_pct
        Hob,2,Alder,30
        Hob,2,Birch,20

    Help:
    Write what each holds of the property after the stage, not their part of what is earned.
    """
    stages = records(tables, "earn_in_stages", "earn_in", "stage", "interest_pct").drop_nulls().sort("earn_in", "stage")
    earned = stages.select("earn_in", "stage", pl.col("interest_pct").cum_sum().over("earn_in").alias("earned"))
    held = records(tables, "earn_in_parties", "earn_in", "stage", "holder", "interest_pct").drop_nulls()
    sums = held.group_by("earn_in", "stage", maintain_order=True).agg("line", pl.col("interest_pct").sum())
    both = sums.join(earned, on=["earn_in", "stage"], how="left", maintain_order="left")

    def say(row: Row) -> str:
        made, due = figure(row["interest_pct"]), figure(row["earned"])
        return (
            f"{row['earn_in']}: after stage {figure(row['stage'])} the earners hold {made} %, the stages make {due} %"
        )

    off = both.filter((pl.col("interest_pct") - pl.col("earned")).abs() > 1e-9)
    yield Faults("warning", off, say, {"earn_in_parties": "line"})
