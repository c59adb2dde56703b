"""Royalties: each on a day with what can be bought back of it and what its cap leaves, and their sums by property."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.tenures import figures, interests, told_until
from orebook.disciplines.tenure.interest_days import interest_on
from orebook.disciplines.tenure.royalties import burdens, net_interest, royalties_on


def make(bench: Bench) -> Made:
    """Royalties as they stand, the burden on each property, and what each holder keeps of revenue after them."""
    day, why = told_until(bench, "royalties")
    stood = royalties_on(bench.need("royalties", "royalties"), bench.table("royalty_events"), day)
    sums = burdens(stood)
    smelter = sums.filter(pl.col("kind") == "NSR").select("property", "rate_pct")
    held = interest_on(interests(bench), day).join(smelter, on="property", how="inner")
    kept = net_interest(pl.col("interest_pct"), 100.0 - pl.col("rate_pct"), pl.lit(100.0)).alias("net_interest_pct")
    tidy = figures(
        stood,
        day,
        measure=pl.lit("tenure.royalty"),
        subject=pl.col("property"),
        basis=pl.col("kind"),
        value=pl.col("rate_pct"),
        unit=pl.lit("%"),
        holder=pl.col("holder"),
    )
    parts = {
        "royalties_now": stood,
        "royalties_burdens": sums,
        "royalties_kept": held.with_columns(kept).drop("document"),
        "royalties_figures": tidy,
    }
    return Made(parts, {"royalties": dict(bench.said("royalties"))}, (why,))
