"""Pricing: which price a metal of a lot has on a day: at shipment, at the end of each period, and at last.

A lot is first worth the price of its provisional invoice or, where none is said, the forward price for its quotational
period on the day of shipment. It is worth the forward price at each end of a period, and the mean of the period, or the
price that was fixed, from the day on which that is known. A period that counts from arrival is that of the planned day
until the lot has arrived: a day sees nothing of what came after it.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.content import participation
from orebook.disciplines.sales.measures import charge, looked_up
from orebook.disciplines.sales.quotation import quotational_periods
from orebook.disciplines.sales.quotes import OLDEST_D, Quotes, by_gram, priced
from orebook.disciplines.sales.terms import InForce

_ASKED = ["price", "as_of", "qp_start", "qp_end"]
"""What tells one price that is looked up from another."""


class Priced(NamedTuple):
    """Prices of lots by grams, less what the buyer keeps of them.

    ``metals`` has for each lot and metal its quotational period, the ``first`` price, the ``last`` one and the day
    ``fixed_day`` on which that was known. ``closings`` has the price ``now`` at each end of a period (``closing``) at
    which a lot is open, and at the first at which it is not.
    """

    metals: pl.DataFrame
    closings: pl.DataFrame


def sold_metals(lots: pl.DataFrame, terms: InForce) -> pl.DataFrame:
    """Every metal that a lot is paid for, with its series of prices and its quotational period.

    Of lots with ``planned_day`` and ``came_day`` it has beside it what was known of the period before they arrived:
    ``planned_start`` and ``planned_end``, and ``known_day``, the day from which the period itself is known; nothing
    where it was known from the beginning.
    """
    paid = terms.of("payable").select("version", "metal").unique()
    series = terms.of("price").select("version", "metal", price="says").unique(["version", "metal"], keep="last")
    period = terms.of("quotational_period").select("version", "metal", "says").unique(["version", "metal"], keep="last")
    keys = ["version", "metal"]
    by_version = paid.join(series, on=keys, how="left").join(period, on=keys, how="left")
    none = [pl.lit(None, pl.Date).alias(name) for name in ("planned_day", "came_day") if name not in lots.columns]
    days = lots.with_columns(none).select("lot", "shipped_day", "arrived_day", "planned_day", "came_day")
    sold = days.join(terms.lots, on="lot").join(by_version, on="version")
    planned = quotational_periods(sold.with_columns(arrived_day="planned_day"))
    return quotational_periods(sold).with_columns(
        planned_start=planned["qp_start"],
        planned_end=planned["qp_end"],
        known_day=pl.when("by_arrival").then("came_day"),
    )


def price_lots(
    metals: pl.DataFrame,
    events: pl.DataFrame,
    known: Quotes,
    terms: InForce,
    ends: Sequence[date],
    until: pl.DataFrame,
    oldest_d: int = OLDEST_D,
) -> Priced:
    """The prices of lots at shipment, at the ends of periods, and at last.

    ``metals`` are those of ``sold_metals``; of ``events`` those of the kinds ``provisional`` and ``price_fixed`` say
    prices. ``until`` has the ``quantity_day`` of each lot: it is looked at until prices and quantities are final.
    """
    said = _said(events)
    fixed = said.filter(pl.col("kind") == "price_fixed").select("lot", "metal", fixed_on="day", fixed_at="per_gram")
    invoiced = said.filter(pl.col("kind") == "provisional").select("lot", "metal", invoiced_at="per_gram")
    found = metals.join(fixed, on=["lot", "metal"], how="left").join(invoiced, on=["lot", "metal"], how="left")
    found = found.with_columns(fixed_day=pl.coalesce("fixed_on", pl.max_horizontal("qp_end", "known_day")))
    opened = _closings(found, ends, until)
    at_first = _as_known(found.with_columns(as_of="shipped_day"))
    days = {"at_last": found.with_columns(as_of="qp_end"), "at_first": at_first}
    asked = pl.concat([frame.select(_ASKED) for frame in (*days.values(), opened.filter("is_open"))]).unique()
    looked = priced(asked, known, oldest_d)
    for name, frame in days.items():
        at = frame.join(looked, on=_ASKED, how="left", maintain_order="left")["per_gram"]
        found = found.with_columns(at.alias(name))
    last = pl.when(pl.col("fixed_day") <= max(ends)).then(pl.coalesce("fixed_at", "at_last"))
    over = pl.col("fixed_day") <= pl.col("shipped_day")
    first = (
        pl.when(over & pl.col("fixed_at").is_not_null())
        .then("fixed_at")
        .otherwise(pl.coalesce("invoiced_at", "at_first"))
    )
    found = found.with_columns(last=last, first=first).drop(
        "fixed_on", "fixed_at", "invoiced_at", "at_last", "at_first"
    )
    closings = _with_prices(opened, found, looked)
    return Priced(_less_participation(found, terms, ["first", "last"]), _less_participation(closings, terms, ["now"]))


def _as_known(metals: pl.DataFrame) -> pl.DataFrame:
    """Metals with the quotational period that was known on the day ``as_of``: the planned one until arrival."""
    late = pl.col("known_day") > pl.col("as_of")
    return metals.with_columns(
        qp_start=pl.when(late).then("planned_start").otherwise("qp_start"),
        qp_end=pl.when(late).then("planned_end").otherwise("qp_end"),
    )


def _said(events: pl.DataFrame) -> pl.DataFrame:
    """Prices that events say, by grams, the latest of each lot, metal and kind."""
    said = events.filter(pl.col("kind").is_in(["provisional", "price_fixed"]) & pl.col("metal").is_not_null())
    said = by_gram(said.drop_nulls(["amount", "unit", "currency"])).sort("day")
    return said.group_by("lot", "metal", "kind").agg(pl.col("day", "per_gram").last())


def _closings(metals: pl.DataFrame, ends: Sequence[date], until: pl.DataFrame) -> pl.DataFrame:
    """The ends of periods of each metal from shipment until all of its lot is settled, open or not."""
    closing = pl.DataFrame({"closing": sorted(set(ends))}, {"closing": pl.Date})
    closing = closing.with_columns(before=pl.col("closing").shift(1).fill_null(date.min))
    settled = metals.group_by("lot").agg(pl.col("shipped_day").first(), pl.col("fixed_day").max())
    settled = settled.join(until, on="lot", how="left").select(
        "lot", "shipped_day", settled=pl.max_horizontal("fixed_day", "quantity_day", "shipped_day")
    )
    spans = settled.join_where(
        closing, pl.col("closing") >= pl.col("shipped_day"), pl.col("before") < pl.col("settled")
    ).select("lot", "closing", "before")
    is_open = pl.col("fixed_day") > pl.col("closing")
    names = ["lot", "version", "metal", "price", "shipped_day", "qp_start", "qp_end", "fixed_day"]
    planned = ["planned_start", "planned_end", "known_day"]
    open_ = metals.select(*names, *planned).join(spans, on="lot").with_columns(as_of="closing", is_open=is_open)
    return _as_known(open_).drop(planned)


def _with_prices(opened: pl.DataFrame, metals: pl.DataFrame, looked: pl.DataFrame) -> pl.DataFrame:
    """The price of each metal at each end of a period: what was looked up while it is open, else the last one."""
    found = opened.join(metals.select("lot", "metal", "first", "last"), on=["lot", "metal"], how="left")
    found = found.join(looked, on=_ASKED, how="left").drop("as_of")
    done = ~pl.col("is_open")
    return found.with_columns(
        now=pl.when(done).then("last").otherwise("per_gram"),
        priced_by=pl.when(done).then(pl.lit("final")).otherwise("priced_by"),
        priced_on=pl.when(done).then("fixed_day").otherwise("priced_on"),
    ).drop("last", "per_gram")


def _less_participation(frame: pl.DataFrame, terms: InForce, columns: list[str]) -> pl.DataFrame:
    """Prices with what is left of them to the seller, ``net_first`` beside ``first``."""
    return frame.with_columns(
        (pl.col(name) - kept_by_buyer(frame, terms, name)).alias(f"net_{name}") for name in columns
    )


def kept_by_buyer(frame: pl.DataFrame, terms: InForce, column: str) -> pl.Series:
    """What the buyer keeps of each price under price participation, less what he gives back; nought without it."""
    by_step = looked_up("step_unit", _per_gram, pl.Float64)
    bands = terms.of("price_participation", "price_participation_below").select(
        "version",
        "metal",
        "term",
        share=pl.col("value") / 100,
        above=(pl.col("above") * by_step).fill_null(0),
        upto=pl.col("upto") * by_step,
    )
    if not bands.height:
        return pl.repeat(0.0, frame.height, eager=True)
    price = pl.col(column)
    taken = participation(price, pl.col("share"), pl.col("above"), pl.col("upto"))
    given = pl.col("share") * (pl.col("upto") - pl.max_horizontal(price, "above")).clip(lower_bound=0)
    summed = (
        frame.select("version", "metal", column)
        .with_row_index("_at")
        .join(bands, on=["version", "metal"])
        .group_by("_at")
        .agg(pl.when(pl.col("term") == "price_participation").then(taken).otherwise(-given).sum().alias("kept"))
    )
    at = pl.DataFrame({"_at": pl.int_range(frame.height, dtype=pl.UInt32, eager=True)})
    return at.join(summed, on="_at", how="left", maintain_order="left")["kept"].fill_null(0.0)


def _per_gram(unit: str) -> float | None:
    found = charge(unit)
    return None if found is None else found.per_gram
