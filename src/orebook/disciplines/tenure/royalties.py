"""Royalties: what is owed on which property, what of it can be bought back for how much, and what a cap leaves.

A royalty is a percentage of something: of the net smelter return (NSR), of gross revenue (GRR) or of net profits (NPI).
Buying a part back for a price lowers the rate from that day on; a cap ends the royalty when all payments reach it.
"""

from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import Types, shaped
from orebook.ground.quantity import Q

ROYALTY: Types = {
    "property": pl.String,
    "royalty": pl.String,
    "holder": pl.String,
    "kind": pl.String,
    "rate_pct": pl.Float64,
    "from_day": pl.Date,
    "metals": pl.String,
    "buy_back_pct": pl.Float64,
    "buy_back_amount": pl.Float64,
    "buy_back_by_day": pl.Date,
    "cap_amount": pl.Float64,
    "currency": pl.String,
    "document": pl.String,
}
"""The columns of ``royalties``; ``buy_back_pct`` are the points of the rate that may be bought."""

ROYALTY_EVENT: Types = {
    "royalty": pl.String,
    "day": pl.Date,
    "event": pl.String,
    "points_pct": pl.Float64,
    "amount": pl.Float64,
    "currency": pl.String,
    "document": pl.String,
}
"""The columns of ``royalty_events``: each ``buy_back`` of points for an amount, each ``payment``."""

BUY_BACK, PAYMENT = "buy_back", "payment"
EVENTS = (BUY_BACK, PAYMENT)


def rate_after_buy_back(rate: Q, bought: Q) -> Q:
    """The rate of a royalty after some of its points were bought back, in per cent.

    Source: definition; catalogue code FN1112.

    >>> rate_after_buy_back(2.0, 1.0)
    1.0
    """
    return rate - bought


def royalty_due(base: Q, rate: Q, whole: Q) -> Q:
    """What is owed on an amount of money at a rate: base × rate ÷ the whole of which the rate is a part (100 for %).

    >>> royalty_due(1_000_000.0, 2.0, 100.0)
    20000.0
    """
    return base * rate / whole


def net_interest(interest: Q, kept: Q, whole: Q) -> Q:
    """What a holder keeps of revenue: interest times what all royalties leave, the product of the steps.

    ``kept`` is the whole less the rates of all royalties on the same base. Source: catalogue code FN1112.

    >>> net_interest(60.0, 100.0 - 2.5, 100.0)
    58.5
    """
    return interest * kept / whole


def royalties_on(royalties: pl.DataFrame, events: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Each royalty as it stands on a day: rate now and after all that can still be bought, price a point, cap left.

    ``rate_pct`` of one that has reached its cap is nought. A price is per point of the rate; what can no longer be
    bought has none. Amounts in another currency than the royalty's are not counted, and ``uncounted`` says how many.

    >>> rows = pl.DataFrame({"property": ["Heron"], "royalty": ["R1"], "kind": ["NSR"], "rate_pct": [2.0],
    ...     "buy_back_pct": [1.0], "buy_back_amount": [1500000.0], "currency": ["CAD"]})
    >>> royalties_on(rows, None, date(2012, 1, 1)).select("rate_pct", "lowest_pct", "price_per_point").rows()
    [(2.0, 1.0, 1500000.0)]
    """
    known = shaped(royalties, ROYALTY).drop_nulls("royalty").unique("royalty", keep="first", maintain_order=True)
    known = known.filter(pl.col("from_day").is_null() | (pl.col("from_day") <= day))
    done = _done(known, events, day)
    left = pl.max_horizontal(pl.col("buy_back_pct").fill_null(0.0) - pl.col("bought_pct"), 0.0)
    closed = pl.col("buy_back_by_day").is_not_null() & (pl.col("buy_back_by_day") < day)
    made = known.join(done, on="royalty", how="left").with_columns(pl.col("bought_pct", "paid").fill_null(0.0))
    made = made.with_columns(
        pl.when(closed).then(0.0).otherwise(left).alias("can_buy_pct"),
        (pl.col("cap_amount") - pl.col("paid")).clip(lower_bound=0.0).alias("cap_left"),
        pl.col("rate_pct").alias("first_rate_pct"),
        pl.col("uncounted").fill_null(0),
    )
    rate = rate_after_buy_back(pl.col("rate_pct"), pl.col("bought_pct"))
    made = made.with_columns(pl.when(pl.col("cap_left") <= 0.0).then(0.0).otherwise(rate).alias("rate_pct"))
    lowest = pl.max_horizontal(rate_after_buy_back(pl.col("rate_pct"), pl.col("can_buy_pct")), 0.0)
    price = pl.col("buy_back_amount") / pl.col("buy_back_pct")
    return made.select(
        *("property", "royalty", "holder", "kind", "metals", "first_rate_pct", "rate_pct"),
        *("bought_pct", "can_buy_pct", lowest.alias("lowest_pct")),
        pl.when(pl.col("can_buy_pct") > 0.0).then(price).alias("price_per_point"),
        *("buy_back_by_day", "paid", "cap_amount", "cap_left", "currency", "uncounted", "document"),
    ).sort("property", "royalty")


def _done(known: pl.DataFrame, events: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """What was bought back and paid of each royalty up to a day."""
    rows = shaped(events if events is not None else pl.DataFrame(), ROYALTY_EVENT)
    rows = rows.filter(pl.col("day") <= day).join(
        known.select("royalty", pl.col("currency").alias("own")), on="royalty", how="inner"
    )
    ours = pl.col("currency").is_null() | pl.col("own").is_null() | (pl.col("currency") == pl.col("own"))
    paid = (pl.col("event") == PAYMENT) & ours
    return rows.group_by("royalty").agg(
        pl.col("points_pct").filter(pl.col("event") == BUY_BACK).sum().alias("bought_pct"),
        pl.col("amount").filter(paid).sum().alias("paid"),
        ((pl.col("event") == PAYMENT) & ~ours).sum().cast(pl.Int64).alias("uncounted"),
    )


def burdens(stood: pl.DataFrame) -> pl.DataFrame:
    """All royalties of a kind on each property together, in per cent, now and after all that can be bought back."""
    sums = [pl.col(name).sum() for name in ("first_rate_pct", "rate_pct", "lowest_pct")]
    return stood.group_by("property", "kind").agg(pl.len().alias("royalties"), *sums).sort("property", "kind")
