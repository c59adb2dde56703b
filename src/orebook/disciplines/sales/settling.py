"""Settling: lots from shipment to final settlement, as one ledger of postings with what is still open.

Everything is a function of plain tables; no price, rate or share is assumed. A lot of which something is missing is not
posted at all, and is named with the reason.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.assays import Grades, quantities
from orebook.disciplines.sales.content import charges, payables
from orebook.disciplines.sales.exchange import Exchange, in_currency
from orebook.disciplines.sales.flows import in_order
from orebook.disciplines.sales.posting import COLUMNS, revaluations, sales
from orebook.disciplines.sales.pricing import Priced, price_lots, sold_metals
from orebook.disciplines.sales.problems import (
    after_pricing,
    before_pricing,
    charge_rates,
    of_currencies,
    of_currency,
    without_rates,
)
from orebook.disciplines.sales.quotes import OLDEST_D, by_gram, quotes
from orebook.disciplines.sales.terms import InForce, in_force, with_columns

LOTS: dict[str, type[pl.DataType]] = {
    "lot": pl.String,
    "mine": pl.String,
    "product": pl.String,
    "contract": pl.String,
    "shipment": pl.String,
    "shipped_day": pl.Date,
    "arrived_day": pl.Date,
    "wet_t": pl.Float64,
    "dry_t": pl.Float64,
    "moisture_pct": pl.Float64,
    "weight_oz": pl.Float64,
}
EVENTS: dict[str, type[pl.DataType]] = {
    "lot": pl.String,
    "day": pl.Date,
    "kind": pl.String,
    "party": pl.String,
    "metal": pl.String,
    "amount": pl.Float64,
    "unit": pl.String,
    "currency": pl.String,
    "share_pct": pl.Float64,
    "wet_t": pl.Float64,
    "dry_t": pl.Float64,
    "moisture_pct": pl.Float64,
    "weight_oz": pl.Float64,
}
PRICES: dict[str, type[pl.DataType]] = {
    "price": pl.String,
    "day": pl.Date,
    "delivery_day": pl.Date,
    "amount": pl.Float64,
    "unit": pl.String,
    "currency": pl.String,
}
"""Columns of the tables that settling reads; lots and events may have grades besides."""


class Sold(NamedTuple):
    """Lots as they are settled.

    ``lots`` are those that are posted, with their days, the ``currency`` of their postings and the ``price_currency``
    of their contract; ``masses`` what they weighed and ``payable`` their payable metal, by ``stage``; ``priced`` their
    prices; ``ledger`` all postings in cents; ``unposted`` the lots of which something is missing, with the ``reason``;
    ``undecided`` the assays that differ and that nobody decided: their lots stay provisional; ``terms`` the terms in
    force.
    """

    lots: pl.DataFrame
    masses: pl.DataFrame
    payable: pl.DataFrame
    priced: Priced
    ledger: pl.DataFrame
    unposted: pl.DataFrame
    undecided: pl.DataFrame
    terms: InForce


def settle(
    lots: pl.DataFrame,
    terms: pl.DataFrame,
    events: pl.DataFrame,
    prices: pl.DataFrame,
    grades: Sequence[Grades],
    ends: Sequence[date],
    oldest_d: int = OLDEST_D,
    exchange: Exchange | None = None,
) -> Sold:
    """Settle lots: revenue at shipment, revaluation at each end of a period, its reversal, final settlement.

    ``lots``, ``terms``, ``events`` and ``prices`` are the tables of a book; ``grades`` says which columns of lots and
    events are grades; ``ends`` are the days at which open lots are valued anew. A lot is in the currency of its prices;
    charges in another are exchanged at the rate of ``exchange`` on the day of shipment. Source: IFRS 15, IFRS 9, IAS
    21; catalogue code FN1107.
    """
    shipped = _shipped(lots, events, grades)
    held = _events(events, grades)
    quoted = with_columns(prices, PRICES)
    rules = in_force(shipped, terms)
    found = quantities(shipped, held, grades, rules)
    metals = sold_metals(shipped, rules)
    stock = {"masses": found["masses"], "grades": found["grades"].join(rules.lots, on="lot", how="left")}
    problems = before_pricing(shipped, stock["masses"], stock["grades"], metals, rules)
    currencies = of_currency(metals, quoted, rules)
    exchange = exchange or Exchange()
    rated = charge_rates(shipped, currencies, exchange)
    problems = pl.concat([problems, of_currencies(shipped, currencies), without_rates(rated, exchange.kind)])
    units = quoted.drop_nulls("price").group_by("price").agg(price_unit=pl.col("unit").min())
    metals = metals.join(problems.select("lot").unique(), on="lot", how="anti").join(units, on="price", how="left")
    priced = price_lots(metals, held, quotes(by_gram(quoted)), rules, ends, found["days"], oldest_d)
    problems = pl.concat([problems, after_pricing(priced, metals.select("lot", "metal"))])
    posted = shipped.join(problems.select("lot").unique(), on="lot", how="anti")
    whole = posted.join(currencies, on="lot", how="left").join(found["days"], on="lot", how="left")
    whole = whole.drop("currencies", "charged").with_columns(price_currency="currency")
    kept = {name: frame.join(posted, on="lot", how="semi") for name, frame in stock.items()}
    payable, charged = _valued(kept["masses"], kept["grades"], rules, rated)
    clean = Priced(*(frame.join(posted, on="lot", how="semi") for frame in priced))
    ledger = pl.concat([sales(clean, payable, charged, whole), revaluations(clean, payable, whole)])
    sold = Sold(whole, kept["masses"], payable, clean, ledger, problems.unique(), found["undecided"], rules)
    reason = pl.lit("an amount or a charge that cannot be counted")
    uncounted = ledger.filter(pl.col("amount").is_null()).select("lot", "day", "metal", reason=reason).unique()
    counted = _without(sold, uncounted) if uncounted.height else sold
    return counted._replace(ledger=in_order(counted.ledger, COLUMNS[:6]))


def _without(sold: Sold, named: pl.DataFrame) -> Sold:
    """The same without some lots, of which nothing is posted, named with the reason."""
    gone = named.select("lot").unique()

    def kept(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(gone, on="lot", how="anti", maintain_order="left")

    return Sold(
        kept(sold.lots),
        kept(sold.masses),
        kept(sold.payable),
        Priced(*map(kept, sold.priced)),
        kept(sold.ledger),
        pl.concat([sold.unposted, named]).sort("lot", "day", "metal", "reason"),
        sold.undecided,
        sold.terms,
    )


def _shipped(lots: pl.DataFrame, events: pl.DataFrame, grades: Sequence[Grades]) -> pl.DataFrame:
    """Lots in their columns, one of each name; an event of arrival says when a lot arrived, whatever was planned.

    ``planned_day`` is the day of arrival as it was planned, or as it was where nobody planned one; ``came_day`` that of
    the event, before which nobody knew of it.
    """
    assayed = [each.column for each in grades if each.column in lots.columns]
    known = with_columns(lots, LOTS | dict.fromkeys(assayed, pl.Float64)).drop_nulls("lot").unique("lot", keep="first")
    arrived = (
        with_columns(events, EVENTS)
        .filter(pl.col("kind") == "arrived")
        .group_by("lot")
        .agg(came_day=pl.col("day").max())
    )
    known = known.sort("lot").join(arrived, on="lot", how="left", maintain_order="left")
    planned = pl.coalesce("arrived_day", "came_day")
    return known.with_columns(planned_day=planned, arrived_day=pl.coalesce("came_day", "arrived_day"))


def _events(events: pl.DataFrame, grades: Sequence[Grades]) -> pl.DataFrame:
    assayed = [each.column for each in grades if each.column in events.columns]
    return with_columns(events, EVENTS | dict.fromkeys(assayed, pl.Float64)).drop_nulls(["lot", "day", "kind"])


def _valued(
    masses: pl.DataFrame, grades: pl.DataFrame, terms: InForce, rated: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The payable metal of each lot and stage, and what is charged for it, in the currency of the lot."""
    keyed = masses.join(terms.lots, on="lot").with_row_index("key")
    keyed = keyed.rename({"dry_g": "weighed_g"}).rename({"paid_g": "dry_g"})
    placed = grades.join(keyed.select("key", "lot", "stage", "dry_g"), on=["lot", "stage"])
    payable = payables(placed, terms.rows).with_columns(payable_g=pl.col("payable") * pl.col("dry_g"))
    taken = charges(keyed, placed, payable, terms.rows).join(keyed.select("key", "lot", "stage"), on="key")
    taken = taken.join(rated.select("lot", "currency", "rate"), on=["lot", "currency"], how="left")
    taken = taken.with_columns(amount=pl.col("amount") * pl.col("rate").fill_null(1.0)).drop("key", "currency", "rate")
    return payable.select("lot", "stage", "metal", "payable_g"), taken


def in_reporting_currency(sold: Sold, rates: pl.DataFrame, to: str, kind: str, oldest_d: int = OLDEST_D) -> Sold:
    """The same lots with their postings in another currency, each at the rate of its day.

    A lot for which a rate is missing is not posted at all, and is named. Prices and what is open stay in the currency
    of the contract. ``kind`` is ``spot`` or ``average``; see ``exchange``.
    """
    told = sold.ledger.join(sold.lots.select("lot", "currency"), on="lot", maintain_order="left")
    exchanged, without = in_currency(told, rates, to, kind, oldest_d)
    reason = pl.format("no {} rate from {} to {}", pl.lit(kind), "currency", pl.lit(to))
    named = without.select("lot", "day", metal=pl.lit(None, pl.String), reason=reason).unique()
    there = _without(sold._replace(ledger=exchanged.select(COLUMNS)), named)
    return there._replace(lots=there.lots.with_columns(currency=pl.lit(to)))
