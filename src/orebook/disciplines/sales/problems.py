"""Problems of lots: what is missing to value one, so that nothing of it is posted rather than half of it."""

from collections.abc import Iterator

import polars as pl

from orebook.disciplines.sales.exchange import Exchange, rates_between
from orebook.disciplines.sales.measures import charge, looked_up
from orebook.disciplines.sales.pricing import Priced
from orebook.disciplines.sales.quotation import rule
from orebook.disciplines.sales.terms import InForce

COLUMNS = {"lot": pl.String, "day": pl.Date, "metal": pl.String, "reason": pl.String}
"""Columns of a problem: the lot, the day at which something is missing, the metal that it is about, and what it is."""


def before_pricing(
    lots: pl.DataFrame, masses: pl.DataFrame, grades: pl.DataFrame, metals: pl.DataFrame, terms: InForce
) -> pl.DataFrame:
    """What lots lack before a price is looked for: contract, mass, assay, series of prices, quotational period."""
    return _together(_before(lots, masses, grades, metals, terms))


def _before(
    lots: pl.DataFrame, masses: pl.DataFrame, grades: pl.DataFrame, metals: pl.DataFrame, terms: InForce
) -> Iterator[pl.DataFrame]:
    day = lots.select("lot", day="shipped_day")
    yield _said(day.filter(pl.col("day").is_null()), "no day of shipment")
    without = day.join(terms.lots.filter(pl.col("version").is_null()), on="lot", how="semi")
    yield _said(without, "no terms of its contract are in force")
    paid = terms.of("payable").select("version").unique()
    unpaid = day.join(terms.lots.drop_nulls("version").join(paid, on="version", how="anti"), on="lot", how="semi")
    yield _said(unpaid, "its contract pays for no metal")
    yield _said(
        day.join(masses.filter(pl.col("paid_g").is_null() | (pl.col("paid_g") <= 0)), on="lot", how="semi"), "no mass"
    )
    of_metal = metals.select("lot", "metal", "price", "says", "qp_start", "arrived_day", day="shipped_day")
    assayed = grades.filter(pl.col("stage") == "provisional")
    yield _said(of_metal.join(assayed, on=["lot", "metal"], how="anti"), "no assay")
    yield _said(of_metal.filter(pl.col("price").is_null()), "its contract names no series of prices")
    yield _said(of_metal.filter(pl.col("says").is_null()), "its contract names no quotational period")
    understood = looked_up("says", lambda words: rule(words) is not None, pl.Boolean)
    unread = of_metal.drop_nulls("says").with_columns(understood.alias("read"))
    yield _said(unread.filter(~pl.col("read")), "its quotational period is not understood")
    yield _said(
        unread.filter(pl.col("read") & pl.col("qp_start").is_null()), "no day of arrival for its quotational period"
    )


def after_pricing(priced: Priced, first_names: pl.DataFrame) -> pl.DataFrame:
    """Prices that are not there: at shipment, at the end of a period, at last.

    ``first_names`` are the lots and metals for which prices were looked for.
    """
    keys = ["lot", "metal"]
    metals = priced.metals.join(first_names, on=keys, how="semi")
    closings = priced.closings.join(first_names, on=keys, how="semi").filter(pl.col("now").is_null())
    at_first = metals.filter(pl.col("first").is_null()).select(*keys, day="shipped_day")
    open_ones = closings.filter(pl.col("is_open")).select(*keys, day="closing")
    at_last = closings.filter(~pl.col("is_open")).select(*keys, day="fixed_day").unique()
    return _together(
        iter(
            (
                _said(at_first, "no price at shipment"),
                _said(open_ones, "no forward price for its quotational period"),
                _said(at_last, "no price in its quotational period"),
            )
        )
    )


def of_currency(metals: pl.DataFrame, prices: pl.DataFrame, terms: InForce) -> pl.DataFrame:
    """The one ``currency`` of each lot, by the prices of its metals; empty for several, which ``currencies`` names.

    ``charged`` lists the currencies of its charges that are others.
    """
    series = prices.select("price", "currency").drop_nulls().unique()
    by_price = metals.select("lot", "price").join(series, on="price").select("lot", "currency").unique()
    charges = terms.rows.with_columns(looked_up("unit", _currency, pl.String).alias("other")).drop_nulls("other")
    by_charge = terms.lots.join(charges.select("version", "other").unique(), on="version").select("lot", "other")
    counted = by_price.group_by("lot").agg(pl.col("currency").sort())
    one = pl.when(pl.col("currency").list.len() == 1).then(pl.col("currency").list.first())
    found = counted.select("lot", currency=one, currencies=pl.col("currency").list.join(", "))
    others = by_charge.join(found, on="lot").filter(pl.col("other").ne_missing(pl.col("currency")))
    listed = others.group_by("lot").agg(charged=pl.col("other").sort())
    empty = pl.lit([], pl.List(pl.String))
    return found.join(listed, on="lot", how="left").with_columns(pl.col("charged").fill_null(empty))


def of_currencies(lots: pl.DataFrame, currencies: pl.DataFrame) -> pl.DataFrame:
    """Lots whose prices are in several currencies."""
    several = currencies.filter(pl.col("currency").is_null() & pl.col("currencies").str.contains(",", literal=True))
    found = lots.select("lot", day="shipped_day").join(several, on="lot")
    reason = pl.format("prices are in {}", "currencies")
    return found.select("lot", "day", metal=pl.lit(None, pl.String), reason=reason)


def charge_rates(lots: pl.DataFrame, currencies: pl.DataFrame, exchange: Exchange) -> pl.DataFrame:
    """The rate of each currency of a charge into that of its lot, on the day of shipment; empty where there is none.

    Revenue is exchanged at the rate of the day on which control passes (IAS 21, paragraph 21), and its charges are part
    of it.
    """
    wanted = currencies.drop_nulls("currency").select("lot", "charged", into="currency").explode("charged")
    wanted = wanted.drop_nulls("charged").rename({"charged": "currency"})
    wanted = wanted.join(lots.select("lot", day="shipped_day"), on="lot")
    if not exchange.kind:
        return wanted.with_columns(rate=pl.lit(None, pl.Float64))
    return rates_between(wanted, exchange.rates, exchange.kind, exchange.oldest_d)


def without_rates(rated: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Lots with a charge in another currency, of which the day has no rate, or nobody said which rate counts."""
    unsaid = pl.format("charges are in {}, prices in {}; which rate counts is not said", "currency", "into")
    lacking = pl.format("no {} rate from {} to {} for its charges", pl.lit(kind), "currency", "into")
    found = rated.filter(pl.col("rate").is_null())
    return found.select("lot", "day", metal=pl.lit(None, pl.String), reason=lacking if kind else unsaid)


def _said(frame: pl.DataFrame, reason: str) -> pl.DataFrame:
    metal = pl.col("metal") if "metal" in frame.columns else pl.lit(None, pl.String)
    return frame.select("lot", "day", metal=metal, reason=pl.lit(reason))


def _together(found: Iterator[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=COLUMNS), *found]).unique().sort("lot", "day", "metal", "reason")


def _currency(unit: str) -> str | None:
    found = charge(unit)
    return None if found is None else found.currency
