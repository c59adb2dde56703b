"""Stages of an earn-in after which somebody holds less."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure


@table_rule("T903", on="records", basis="interest is earned, not given back, by a stage")
def stage_lowers_interest(tables: Tables) -> Iterator[Faults]:
    """A stage of an earn-in lowers what was earned, or an earner holds less after a later stage.

    What it does:
    Looks at what each stage adds and at what each of several earners holds after each stage.

    Why it matters:
    What a stage adds was exchanged with what is held after it, or stages are numbered in another order.

    Flagged:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35
        Hob,2,-15

    Fine:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35
        Hob,2,15

    Help:
    Write what each stage adds; under earn_in_parties what each earner holds after it.
    """
    stages = records(tables, "earn_in_stages", "earn_in", "stage", "interest_pct")

    def lower(row: Row) -> str:
        return f"{row['earn_in']}, stage {figure(row['stage'])}: {figure(row['interest_pct'])} points are earned"

    yield Faults("error", stages.filter(pl.col("interest_pct") < 0.0), lower, {"earn_in_stages": "line"})
    held = records(tables, "earn_in_parties", "earn_in", "stage", "holder", "interest_pct").drop_nulls()
    held = held.sort("earn_in", "holder", "stage").with_columns(
        pl.col("interest_pct").shift(1).over("earn_in", "holder").alias("before")
    )

    def fell(row: Row) -> str:
        after, before = figure(row["interest_pct"]), figure(row["before"])
        stage = figure(row["stage"])
        return f"{row['earn_in']}: {row['holder']} holds {after} % after stage {stage}, {before} % before it"

    yield Faults("warning", held.filter(pl.col("interest_pct") < pl.col("before")), fell, {"earn_in_parties": "line"})
