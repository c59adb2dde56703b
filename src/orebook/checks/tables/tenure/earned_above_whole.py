"""Earn-ins whose stages make more than the whole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure


@table_rule("T904", on="records", basis="arithmetic")
def earned_above_whole(tables: Tables) -> Iterator[Faults]:
    """The stages of an earn-in, with the royalties on its property, make more than the whole.

    What it does:
    Adds the points of all stages, and puts what is left to the owner beside the rates of the royalties of the
    property.

    Why it matters:
    What the owner keeps follows from it.

    Flagged:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,60
        Hob,2,55

    Fine:

        earn_in_stages
        earn_in,stage,interest_pct
        Hob,1,35
        Hob,2,15

    Help:
    Give each stage what it adds, not what is held after it.
    """
    stages = records(tables, "earn_in_stages", "earn_in", "stage", "interest_pct")
    sums = stages.group_by("earn_in", maintain_order=True).agg("line", pl.col("interest_pct").sum())

    def say(row: Row) -> str:
        return f"{row['earn_in']}: all stages make {figure(row['interest_pct'])} %, more than the whole"

    yield Faults("error", sums.filter(pl.col("interest_pct") > 100.0 + 1e-9), say, {"earn_in_stages": "line"})
    rates = (
        records(tables, "royalties", "property", "rate_pct")
        .group_by("property")
        .agg(pl.col("rate_pct").sum(), pl.col("line").alias("royalty_line"))
    )
    lands = records(tables, "earn_ins", "earn_in", "property").drop("line").unique("earn_in", keep="first")
    both = sums.join(lands, on="earn_in").join(rates, on="property")
    left = both.with_columns((100.0 - pl.col("interest_pct")).alias("left"))

    def burdened(row: Row) -> str:
        rest, rates = figure(row["left"]), figure(row["rate_pct"])
        return f"{row['earn_in']}: {rest} % left to the owner and royalties of {rates} % make more than the whole"

    over = left.filter((pl.col("left") >= 0.0) & (pl.col("left") + pl.col("rate_pct") > 100.0 + 1e-9))
    yield Faults("error", over, burdened, {"earn_in_stages": "line", "royalties": "royalty_line"})
