"""Gains: what hedges gained in each period, realized and unrealized, and the roll-forward of their value.

While a hedge is open, what it gained on paper is its fair value less the premium that was paid. When it expires its
settlement less its premium is realized, and everything that was booked as unrealized before is reversed. So what was
realized over its life is the money that came in less the money that went out, and all unrealized gains add up to
nought.

Amounts are whole cents, positive where they are gains; a premium is positive where it was paid.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.hedging.hedges import in_order
from orebook.disciplines.sales.hedging.valuing import fair_values, settlements
from orebook.disciplines.sales.measures import cents
from orebook.disciplines.sales.quotes import OLDEST_D

VALUATION, REVERSAL, SETTLEMENT = "valuation", "reversal", "settlement"
PREMIUM_PAID, SETTLED = "premium", "settled"

REALIZED, UNREALIZED, CASH = "realized", "unrealized", "cash"


class Hedged(NamedTuple):
    """Hedges over time.

    ``hedges`` are those that are posted; ``values`` their fair value in cents at each end of a period (``closing``) at
    which they are open; ``ledger`` the gains (``part``: realized, unrealized) and the cash (premium, settled) by day;
    ``unposted`` the hedges of which something is missing, with the ``reason``.
    """

    hedges: pl.DataFrame
    values: pl.DataFrame
    ledger: pl.DataFrame
    unposted: pl.DataFrame


def hedge_gains(
    hedges: pl.DataFrame, curves: pl.DataFrame, spots: pl.DataFrame, ends: Sequence[date], oldest_d: int = OLDEST_D
) -> Hedged:
    """Value hedges at the ends of periods and at expiry, and split their gains.

    ``hedges`` and ``curves`` are tables of a book, ``spots`` has ``underlying``, ``day``, ``price``, ``unit`` and
    ``currency``. A hedge without a curve, a volatility, a rate or a price at expiry is not posted at all.

    Source: IFRS 9; catalogue code FN1106.
    """
    known = in_order(hedges)
    last = max(ends)
    faulty = _faulty(known)
    begun = known.filter(pl.col("start_day") <= last).join(faulty, on="hedge", how="anti")
    closing = pl.DataFrame({"day": sorted(set(ends))}, {"day": pl.Date})
    spans = begun.select("hedge", "start_day", "end_day")
    days = spans.join_where(closing, pl.col("day") >= pl.col("start_day"), pl.col("day") < pl.col("end_day"))
    valued = fair_values(begun, days.select("hedge", "day"), curves, oldest_d, spots)
    paid = settlements(begun, spots, pl.lit(last))
    reason = pl.lit("an amount that cannot be counted")
    large = [each.values.filter(cents(pl.col("value")).is_null()) for each in (valued, paid)]
    named = [each.select("hedge", "day", reason=reason) for each in large]
    unposted = pl.concat([faulty, valued.missing, paid.missing, *named]).sort("hedge", "day", "reason")
    whole = begun.join(unposted.select("hedge").unique(), on="hedge", how="anti")
    values = valued.values.join(whole.select("hedge"), on="hedge", how="semi").select(
        "hedge", "forward", closing="day", value=cents(pl.col("value"))
    )
    settled = paid.values.join(whole.select("hedge"), on="hedge", how="semi").with_columns(cents(pl.col("value")))
    return Hedged(whole, values, _ledger(whole, values, settled), unposted)


def _faulty(hedges: pl.DataFrame) -> pl.DataFrame:
    """Hedges that cannot be placed in time."""
    backwards = pl.col("end_day") < pl.col("start_day")
    late = pl.col("average_from_day") > pl.col("expiry_day")
    unknown = pl.col("start_day").is_null() | pl.col("end_day").is_null()
    reason = (
        pl.when(unknown)
        .then(pl.lit("no day of start or expiry"))
        .when(backwards)
        .then(pl.lit("it ends before it starts"))
        .otherwise(pl.lit("the days of its mean begin after it expires"))
    )
    return hedges.filter(unknown | backwards | late).select("hedge", day="start_day", reason=reason)


def _ledger(hedges: pl.DataFrame, values: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """Gains and cash of hedges by day."""
    premium = hedges.select("hedge", "start_day", premium=cents(pl.col("premium")))
    on_paper = values.join(premium.select("hedge", "premium"), on="hedge").select(
        "hedge", day="closing", total=pl.col("value") - pl.col("premium")
    )
    before = pl.col("total").shift(1).over("hedge", order_by="day").fill_null(0)
    change = on_paper.select(
        "hedge", "day", pl.lit(UNREALIZED).alias("part"), event=pl.lit(VALUATION), amount=pl.col("total") - before
    )
    booked = on_paper.sort("hedge", "day").group_by("hedge").agg(pl.col("total").last())
    back = settled.join(booked, on="hedge").select(
        "hedge", "day", pl.lit(UNREALIZED).alias("part"), event=pl.lit(REVERSAL), amount=-pl.col("total")
    )
    realized = settled.join(premium.select("hedge", "premium"), on="hedge").select(
        "hedge",
        "day",
        pl.lit(REALIZED).alias("part"),
        event=pl.lit(SETTLEMENT),
        amount=pl.col("value") - pl.col("premium"),
    )
    paid = premium.filter(pl.col("premium") != 0).select(
        "hedge", pl.lit(CASH).alias("part"), day="start_day", event=pl.lit(PREMIUM_PAID), amount=-pl.col("premium")
    )
    received = settled.select("hedge", "day", pl.lit(CASH).alias("part"), event=pl.lit(SETTLED), amount="value")
    columns = ["hedge", "day", "part", "event", "amount"]
    both = pl.concat([each.select(columns) for each in (change, back, realized, paid, received)])
    return both.join(hedges.select("hedge", "currency"), on="hedge").sort(columns)


def roll_forward(hedged: Hedged, periods: pl.DataFrame, by: Sequence[str] = ("currency",)) -> pl.DataFrame:
    """Opening value, premium, gains, settled and closing value of each period, in cents: they close to the cent.

    ``periods`` has ``period``, ``from_day`` and ``to_day``, each from the day after an end of a period to another.
    ``by`` are columns of the hedges.

    Source: catalogue code FN1106: opening + premium + gain − settled = closing.
    """
    told = hedged.hedges.select("hedge", *by)
    values = hedged.values.join(told, on="hedge")
    at_end = values.group_by(*by, "closing").agg(pl.col("value").sum())
    groups = told.select(by).unique().sort(by)
    found = groups.join(periods, how="cross").with_columns(before=pl.col("from_day").dt.offset_by("-1d"))
    for name, day in (("opening", "before"), ("closing", "to_day")):
        some = at_end.rename({"closing": day, "value": name})
        found = found.join(some, on=[*by, day], how="left").with_columns(pl.col(name).fill_null(0))
    flows = hedged.ledger.drop("currency").join(told, on="hedge")
    amounts = flows.join_where(
        periods, pl.col("day") >= pl.col("from_day"), pl.col("day") <= pl.col("to_day")
    ).group_by(*by, "period")
    sums = {
        "premium": -pl.col("amount").filter(pl.col("event") == PREMIUM_PAID).sum(),
        "realized": pl.col("amount").filter(pl.col("part") == REALIZED).sum(),
        "unrealized": pl.col("amount").filter(pl.col("part") == UNREALIZED).sum(),
        "settled": pl.col("amount").filter(pl.col("event") == SETTLED).sum(),
    }
    found = found.join(amounts.agg(**sums), on=[*by, "period"], how="left").with_columns(pl.col(*sums).fill_null(0))
    gain = pl.col("realized") + pl.col("unrealized")
    return found.with_columns(gain=gain).select(
        *by,
        "period",
        "from_day",
        "to_day",
        "opening",
        "premium",
        "gain",
        "settled",
        "closing",
        "realized",
        "unrealized",
    )


def hedge_book(hedged: Hedged) -> pl.DataFrame:
    """The hedges that are open at each end of a period, the first to expire first, with their fair value in cents."""
    columns = ["hedge", "kind", "side", "underlying", "quantity", "unit", "strike", "second_strike", "currency"]
    open_ = hedged.values.join(hedged.hedges.select(*columns, "start_day", "expiry_day"), on="hedge")
    return open_.select("closing", *columns, "start_day", "expiry_day", "forward", "value").sort(
        "closing", "expiry_day", "underlying", "hedge"
    )


def by_expiry(book: pl.DataFrame) -> pl.DataFrame:
    """The hedge book by quarter of expiry: quantity, its average strikes, and fair value in cents."""
    keys = ["closing", "underlying", "kind", "side", "unit", "currency", "expiry_quarter"]
    quarter = pl.format("{}-Q{}", pl.col("expiry_day").dt.year(), pl.col("expiry_day").dt.quarter())
    weighted = [
        ((pl.col(name) * pl.col("quantity")).sum() / pl.col("quantity").filter(pl.col(name).is_not_null()).sum())
        for name in ("strike", "second_strike")
    ]
    second = pl.when(pl.col("second_strike").is_not_null().any()).then(weighted[1])
    return (
        book.with_columns(expiry_quarter=quarter)
        .group_by(keys)
        .agg(
            hedges=pl.len(),
            quantity=pl.col("quantity").sum(),
            average_strike=weighted[0],
            average_second_strike=second,
            value=pl.col("value").sum(),
        )
        .sort(keys)
    )
