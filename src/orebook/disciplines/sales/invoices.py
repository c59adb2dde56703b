"""Invoices: what was paid for a lot first, what is due at last, and in which state a lot is on each day."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from orebook.disciplines.sales.measures import cents
from orebook.disciplines.sales.settling import EVENTS, Sold
from orebook.disciplines.sales.terms import with_columns

STATES = ("shipped", "provisional", "open", "fixed", "final")
"""States of a lot in their order."""


def invoices(sold: Sold, events: pl.DataFrame) -> pl.DataFrame:
    """The provisional and the final invoice of each lot, in cents.

    ``value`` is what the lot is worth on the day of the invoice, as it was sold or as it is settled at last;
    ``share_pct`` the part of it that is paid first, as the event says or else the contract; ``amount`` what is due by
    that invoice: the final one is the final value less what was paid. An event may say an amount itself, as it was
    received; then ``made`` is what it would be. Empty where the contract says no share.
    """
    days = _invoiced(events).join(sold.lots.select("lot", "currency"), on="lot")
    shares = sold.terms.lots.join(sold.terms.value("provisional_payment"), on="version", how="left")
    sale = _worth(sold, pl.col("event") == "sale")
    first = days.filter(pl.col("kind") == "provisional").join(sale, on="lot").join(shares, on="lot", how="left")
    first = first.with_columns(share_pct=pl.coalesce("share_pct", "provisional_payment")).with_columns(
        made=cents(pl.col("value") * pl.col("share_pct") / 10_000)
    )
    first = first.with_columns(amount=pl.coalesce("said", "made"))
    paid = first.group_by("lot").agg(paid=pl.col("amount").sum())
    whole = _worth(sold, pl.lit(True))
    last = days.filter(pl.col("kind") == "final").join(whole, on="lot").join(paid, on="lot", how="left")
    last = last.with_columns(made=pl.col("value") - pl.col("paid").fill_null(0), share_pct=pl.lit(None, pl.Float64))
    last = last.with_columns(amount=pl.coalesce("said", "made"))
    columns = ["lot", "day", "kind", "currency", "value", "share_pct", "amount", "made"]
    return pl.concat([first.select(columns), last.select(columns)]).sort("lot", "day", "kind")


def _invoiced(events: pl.DataFrame) -> pl.DataFrame:
    """The days of invoices, one of a kind for each lot, with the share and the amount that they say."""
    told = with_columns(events, EVENTS)
    said = told.filter(pl.col("kind").is_in(["provisional", "final"])).sort("day")
    amount = pl.col("amount").filter(pl.col("metal").is_null()).last()
    share = pl.col("share_pct").drop_nulls().last()
    found = said.group_by("lot", "kind").agg(pl.col("day").last(), said=amount, share_pct=share)
    return found.with_columns(cents(pl.col("said")).alias("said"))


def _worth(sold: Sold, which: pl.Expr) -> pl.DataFrame:
    return sold.ledger.filter(which).group_by("lot").agg(value=pl.col("amount").sum())


def states(sold: Sold, events: pl.DataFrame) -> pl.DataFrame:
    """The day on which each lot came into each of its states: shipped, provisional, open, fixed, final.

    A lot is open from the first end of a period at which its price is not fixed; it is fixed when the prices of all its
    metals are known; final by its final invoice.
    """
    opened = sold.priced.closings.filter(pl.col("is_open")).group_by("lot").agg(day=pl.col("closing").min())
    last = sold.priced.metals.group_by("lot").agg(
        day=pl.col("fixed_day").max(), known=pl.col("last").is_not_null().all()
    )
    days = _invoiced(events).join(sold.lots.select("lot"), on="lot", how="semi")
    parts = {
        "shipped": sold.lots.select("lot", day="shipped_day"),
        "provisional": days.filter(pl.col("kind") == "provisional").select("lot", "day"),
        "open": opened.select("lot", "day"),
        "fixed": last.filter(pl.col("known")).select("lot", "day"),
        "final": days.filter(pl.col("kind") == "final").select("lot", "day"),
    }
    order = pl.Enum(STATES)
    named = [frame.with_columns(state=pl.lit(state, order)) for state, frame in parts.items()]
    return (
        pl.concat(named)
        .select("lot", "state", "day")
        .sort("lot", "state")
        .with_columns(pl.col("state").cast(pl.String))
    )


def receivables(sold: Sold, invoiced: pl.DataFrame, ends: Sequence[date]) -> pl.DataFrame:
    """What buyers owe at each end of a period, in cents: the value of all that was sold less what was invoiced.

    ``invoiced`` are those of ``invoices``. A row is ``closing``, ``subject`` (the mine), ``currency`` and ``amount``,
    of lots that are in the currency of their contract: at the end of a period money owed is exchanged at the rate of
    that day, which is no matter of sales.
    """
    told = sold.lots.select("lot", "currency", subject="mine")
    paid = invoiced.select("lot", "day", amount=-pl.col("amount").fill_null(0))
    flows = pl.concat([sold.ledger.select("lot", "day", "amount"), paid]).join(told, on="lot")
    days = flows.group_by("subject", "currency", "day").agg(pl.col("amount").sum()).sort("day")
    days = days.with_columns(pl.col("amount").cum_sum().over("subject", "currency", order_by="day"))
    groups = days.select("subject", "currency").unique()
    closing = pl.DataFrame({"closing": sorted(set(ends))}, {"closing": pl.Date})
    found = closing.join(groups, how="cross").sort("closing", "subject", "currency")
    keys = ["subject", "currency"]
    owed = found.join_asof(days, left_on="closing", right_on="day", by=keys, check_sortedness=False)
    return owed.drop_nulls("amount").select("closing", *keys, "amount")
