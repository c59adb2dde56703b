"""Posting: what is booked for a lot on which day: the sale, changes of its quantity, revaluations and their reversal.

Two things are kept apart. **IFRS 15**: revenue when control passes, at the price of that day for the quantities that
are known; when final weights and assays come, the change of quantity at that same price. **IFRS 9**: everything that
the price does afterwards. At each end of a period an open lot is valued anew; at the beginning of the next this is
reversed; at last the final price takes its place. So all that is posted of the price adds up to the payable metal of
the final assays times the final price less the first.

Amounts are whole cents, positive where they raise revenue.
"""

from datetime import timedelta

import polars as pl

from orebook.disciplines.sales.flows import in_order
from orebook.disciplines.sales.measures import cents
from orebook.disciplines.sales.pricing import Priced

SALE, QUANTITY, REVALUATION, REVERSAL, FINAL_PRICE = "sale", "quantity", "revaluation", "reversal", "final price"

IFRS_15, IFRS_9 = "IFRS 15", "IFRS 9"

METAL, PARTICIPATION = "metal", "price_participation"

COLUMNS = ("lot", "day", "event", "standard", "item", "metal", "amount")
"""Columns of a posting; ``amount`` is in cents."""


def sales(priced: Priced, payable: pl.DataFrame, charged: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Revenue at transfer of control, and its change when the final quantities are known.

    ``payable`` has ``lot``, ``stage``, ``metal`` and ``payable_g``; ``charged`` has ``lot``, ``stage``, ``item``,
    ``metal`` and ``amount``; ``days`` the ``shipped_day`` and ``quantity_day`` of each lot.
    """
    keys = ["lot", "stage", "item", "metal"]
    worth = payable.join(priced.metals.select("lot", "metal", "first", "net_first"), on=["lot", "metal"])
    metal = worth.select(
        "lot", "stage", item=pl.lit(METAL), metal="metal", cents=cents(pl.col("payable_g") * pl.col("first"))
    )
    kept = worth.filter(pl.col("first") != pl.col("net_first")).select(
        "lot",
        "stage",
        item=pl.lit(PARTICIPATION),
        metal="metal",
        cents=-cents(pl.col("payable_g") * (pl.col("first") - pl.col("net_first"))),
    )
    whole = pl.when(pl.col("amount").is_not_null().all()).then(pl.col("amount").sum())
    taken = charged.group_by(keys).agg(whole.alias("amount")).select(*keys, cents=-cents(pl.col("amount")))
    amounts = pl.concat([metal, kept, taken]).join(days, on="lot")
    sold = amounts.filter(pl.col("stage") == "provisional").select(
        "lot", "item", "metal", day="shipped_day", event=pl.lit(SALE), amount="cents"
    )
    ended = pl.col("stage") == "final"
    change = (
        amounts.filter(pl.col("quantity_day").is_not_null())
        .group_by("lot", "item", "metal", day="quantity_day")
        .agg(
            amount=pl.when(pl.col("cents").is_not_null().all()).then(
                pl.col("cents").filter(ended).sum() - pl.col("cents").filter(~ended).sum()
            )
        )
        .filter(pl.col("amount").ne_missing(0))
        .with_columns(event=pl.lit(QUANTITY))
    )
    both = pl.concat([sold, change.select(sold.columns)])
    return both.with_columns(standard=pl.lit(IFRS_15)).select(COLUMNS)


def revaluations(priced: Priced, payable: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """What the price does after the sale: valued at each end of a period, reversed in the next, final at last.

    ``days`` has the ``quantity_day`` of each lot.
    """
    valued = in_order(_valued(priced, payable, days), ["lot", "metal", "closing"])
    again_here = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in ("lot", "metal"))
    before = pl.when(again_here).then(pl.col("total").shift(1)).otherwise(0).fill_null(0)
    was_open = (again_here & pl.col("is_open").shift(1)).fill_null(value=False)
    steps = valued.with_columns(opening=before, was_open=was_open)
    opened = pl.col("before") + timedelta(days=1)
    back = steps.filter((pl.col("opening") != 0) & pl.col("was_open")).select(
        "lot", "metal", day=opened, event=pl.lit(REVERSAL), amount=-pl.col("opening")
    )
    again = steps.filter(pl.col("is_open")).select(
        "lot", "metal", day="closing", event=pl.lit(REVALUATION), amount="total"
    )
    kept = pl.when(pl.col("was_open")).then(0).otherwise("opening")
    fixing = pl.max_horizontal("fixed_day", "shipped_day")
    at_last = (
        steps.filter(~pl.col("is_open"))
        .select(
            "lot",
            "metal",
            day=pl.when(fixing > pl.col("before")).then(fixing).otherwise(pl.min_horizontal("closing", "quantity_day")),
            event=pl.lit(FINAL_PRICE),
            amount=pl.col("total") - kept,
        )
        .filter(pl.col("amount").ne_missing(0))
    )
    both = pl.concat([back, again, at_last])
    return both.with_columns(standard=pl.lit(IFRS_9), item=pl.lit(METAL)).select(COLUMNS)


def _valued(priced: Priced, payable: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """All that the price has done to a metal of a lot up to each end of a period, in cents."""
    first = priced.metals.select("lot", "metal", "net_first")
    stages = {
        stage: payable.filter(pl.col("stage") == stage).select("lot", "metal", pl.col("payable_g").alias(stage))
        for stage in ("provisional", "final")
    }
    keys = ["lot", "metal"]
    found = priced.closings.join(first, on=keys).join(days.select("lot", "quantity_day"), on="lot", how="left")
    for frame in stages.values():
        found = found.join(frame, on=keys, how="left")
    ended = pl.col("quantity_day") <= pl.col("closing")
    metal = pl.when(ended).then(pl.col("final").fill_null(0)).otherwise(pl.col("provisional").fill_null(0))
    return found.with_columns(payable_g=metal).with_columns(
        total=cents(pl.col("payable_g") * (pl.col("net_now") - pl.col("net_first")))
    )
