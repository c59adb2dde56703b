"""Figures of hedges: gains, realized and unrealized, their tax, and value, by period, as a tidy table."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from orebook.disciplines.sales.figures import FIGURES
from orebook.disciplines.sales.flows import PERIOD, over_periods
from orebook.disciplines.sales.formulas import after_tax
from orebook.disciplines.sales.hedging.gains import CASH, PREMIUM_PAID, REALIZED, SETTLED, UNREALIZED, Hedged

BEFORE_TAX, AFTER_TAX = "before tax", "after tax"

_KEYS = ("measure", "subject", "underlying", "basis", "unit")

_EVENTS = {PREMIUM_PAID: "sales.hedge_premium", SETTLED: "sales.hedge_settled"}
_PARTS = {REALIZED: "finance.derivative_gain_realized", UNREALIZED: "finance.derivative_gain_unrealized"}


def spot_prices(prices: pl.DataFrame, curves: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """What hedges are settled at: spot prices, points of curves for their own day, and rates of the day.

    A rate of ``USD`` in ``CAD`` is the price of the underlying ``USD/CAD``.

    >>> from datetime import date
    >>> rates = pl.DataFrame({"base": "USD", "quote": "CAD", "day": date(2011, 9, 30), "rate": 1.0389, "kind": "spot"})
    >>> spot_prices(pl.DataFrame(), pl.DataFrame(), rates).row(0)
    ('USD/CAD', datetime.date(2011, 9, 30), 1.0389, 'USD', 'CAD')
    """
    columns = {"underlying": pl.String, "day": pl.Date, "price": pl.Float64, "unit": pl.String, "currency": pl.String}
    parts = [pl.DataFrame(schema=columns)]
    if curves.height:
        own_day = curves.filter(pl.col("as_of_day") == pl.col("delivery_day"))
        parts.append(own_day.select("underlying", "price", "unit", "currency", day="as_of_day").select(list(columns)))
    if prices.height:
        forward = pl.col("delivery_day") if "delivery_day" in prices.columns else pl.lit(None, pl.Date)
        spot = prices.filter(forward.is_null() | (forward == pl.col("day")))
        named = spot.select("day", "unit", "currency", underlying="price", amount="amount").rename({"amount": "price"})
        parts.append(named.select(list(columns)))
    if rates.height:
        of_day = rates.filter(pl.col("kind") == "spot")
        pair = pl.format("{}/{}", "base", "quote")
        parts.append(of_day.select(underlying=pair, day="day", price="rate", unit="base", currency="quote"))
    return pl.concat(parts)


def hedge_figures(
    hedged: Hedged,
    values: pl.DataFrame,
    periods: pl.DataFrame,
    ends: Sequence[date],
    tax_rate_pct: float | None,
    company: str,
) -> pl.DataFrame:
    """Gains of hedges and their value for the company, over all and by underlying.

    ``values`` has ``hedge``, ``closing`` and ``value`` in cents; ``periods`` has ``kind``, ``period``, ``from_day`` and
    ``to_day``. Only periods that begin and end where hedges were valued are made. With a tax rate there is each gain
    ``after tax`` besides, and the tax itself is what lies between the two.
    """
    told = hedged.hedges.select("hedge", "underlying", unit="currency")
    exact = _valued_at(periods, ends, hedged)
    flows = _flows(hedged, told, company)
    made = over_periods(pl.concat([flows, flows.with_columns(underlying=pl.lit(None, pl.String))]), exact, _KEYS)
    stood = values.join(told, on="hedge")
    stood = pl.concat([stood, stood.with_columns(underlying=pl.lit(None, pl.String))])
    worth = stood.group_by("underlying", "unit", to_day="closing").agg(pl.col("value").sum())
    named = worth.with_columns(
        measure=pl.lit("sales.hedge_value"), subject=pl.lit(company), basis=pl.lit(BEFORE_TAX)
    ).join(exact.select(PERIOD), on="to_day")
    columns = [*_KEYS, *PERIOD, "value"]
    both = pl.concat([made.select(columns), named.select(columns)]).with_columns(pl.col("value") / 100)
    if tax_rate_pct is not None:
        gains = both.filter(pl.col("measure").str.starts_with("finance.derivative_gain"))
        net = after_tax(pl.col("value"), pl.lit(tax_rate_pct / 100))
        both = pl.concat([both, gains.with_columns(basis=pl.lit(AFTER_TAX), value=net)])
    return (
        both.join(exact.select("kind", *PERIOD), on=list(PERIOD))
        .with_columns(metal=pl.lit(None, pl.String), version=pl.lit(None, pl.Date))
        .select(*(pl.col(name).cast(kind) for name, kind in FIGURES.items()), "underlying")
        .sort("measure", "underlying", "basis", "unit", "from_day", "to_day", "kind")
    )


def _flows(hedged: Hedged, told: pl.DataFrame, company: str) -> pl.DataFrame:
    """Gains and cash by measure, underlying and day, in cents."""
    ledger = hedged.ledger.drop("currency").join(told, on="hedge")
    is_gain = pl.col("part") != CASH
    gains = ledger.filter(is_gain)
    paid = pl.when(pl.col("event") == PREMIUM_PAID).then(-pl.col("amount")).otherwise("amount")
    parts = [
        gains.with_columns(measure=pl.lit("finance.derivative_gain")),
        gains.with_columns(measure=pl.col("part").replace_strict(_PARTS, return_dtype=pl.String)),
        ledger.filter(~is_gain).with_columns(
            amount=paid, measure=pl.col("event").replace_strict(_EVENTS, return_dtype=pl.String)
        ),
    ]
    return pl.concat(parts).select(
        "measure", "underlying", "unit", "day", subject=pl.lit(company), basis=pl.lit(BEFORE_TAX), value="amount"
    )


def _valued_at(periods: pl.DataFrame, ends: Sequence[date], hedged: Hedged) -> pl.DataFrame:
    """The periods that begin after an end at which hedges were valued, or before the first, and end at one."""
    known = pl.Series(sorted(set(ends)), dtype=pl.Date).implode()
    first = hedged.hedges["start_day"].min()
    begins = (pl.col("from_day") - timedelta(days=1)).is_in(known)
    if isinstance(first, date):
        begins |= pl.col("from_day") <= first
    return periods.filter(begins & pl.col("to_day").is_in(known))
