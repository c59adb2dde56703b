"""Royalties of which more was bought back than can be."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure, word


@table_rule("T921", on="records", basis="arithmetic")
def royalty_bought_back_beyond(tables: Tables) -> Iterator[Faults]:
    """More points of a royalty can be bought back, or were, than it has.

    What it does:
    Compares the points that may be bought back with the rate, and those that were bought with those that may be.

    Why it matters:
    The rate after it would be below nought.

    Flagged:

        royalties
        property,royalty,kind,rate_pct,buy_back_pct
        Hob Lake,R1,NSR,2,3

    Fine:

        royalties
        property,royalty,kind,rate_pct,buy_back_pct
        Hob Lake,R1,NSR,2,1

    Help:
    Write points of the rate: 1 where half of 2 per cent can be bought.
    """
    rows = records(tables, "royalties", "royalty", "rate_pct", "buy_back_pct")

    def beyond(row: Row) -> str:
        return (
            f"{row['royalty']}: {figure(row['buy_back_pct'])} points can be bought back of {figure(row['rate_pct'])} %"
        )

    yield Faults("error", rows.filter(pl.col("buy_back_pct") > pl.col("rate_pct")), beyond, {"royalties": "line"})
    bought = records(tables, "royalty_events", "royalty", "event", "points_pct").with_columns(word("event"))
    bought = bought.filter(pl.col("event").str.replace_all(" ", "_") == "buy_back")
    sums = bought.group_by("royalty", maintain_order=True).agg("line", pl.col("points_pct").sum())
    may = rows.select("royalty", pl.col("buy_back_pct").fill_null(0.0)).unique("royalty", keep="first")
    over = sums.join(may, on="royalty").filter(pl.col("points_pct") > pl.col("buy_back_pct") + 1e-9)

    def too_many(row: Row) -> str:
        done, allowed = figure(row["points_pct"]), figure(row["buy_back_pct"])
        return f"{row['royalty']}: {done} points were bought back, {allowed} can be"

    yield Faults("error", over, too_many, {"royalty_events": "line"})
