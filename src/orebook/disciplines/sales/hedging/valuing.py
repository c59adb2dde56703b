"""Valuing: the fair value of hedges on a day, at curves that the user gives; a curve that is missing is not made up.

A curve is the forward price of an underlying by day of delivery as it stood on a day, with the volatility and the rate
to that day. Between two days of delivery all three lie on a straight line; beyond the ends there is nothing. The rate
is continuously compounded and time is counted in years of 365 days. A derivative with a first day of its mean settles
at the mean price of the days from there to its expiry.
"""

from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.hedging.averaging import OVER, YEAR_D, averaged, means
from orebook.disciplines.sales.hedging.hedges import legs, payoff, unit_ratio
from orebook.disciplines.sales.quotes import OLDEST_D, between
from orebook.disciplines.sales.terms import with_columns
from orebook.maths.options import black_values

CURVES: dict[str, type[pl.DataType]] = {
    "underlying": pl.String,
    "as_of_day": pl.Date,
    "delivery_day": pl.Date,
    "price": pl.Float64,
    "unit": pl.String,
    "currency": pl.String,
    "volatility_pct": pl.Float64,
    "rate_pct": pl.Float64,
}
"""Columns of the table of curves."""

_SPOTS: dict[str, type[pl.DataType]] = {
    "underlying": pl.String,
    "day": pl.Date,
    "price": pl.Float64,
    "unit": pl.String,
    "currency": pl.String,
}


class Valued(NamedTuple):
    """Values of hedges on days, and those for which something is missing, with the ``reason``."""

    values: pl.DataFrame
    missing: pl.DataFrame


def fair_values(
    hedges: pl.DataFrame,
    days: pl.DataFrame,
    curves: pl.DataFrame,
    oldest_d: int = OLDEST_D,
    spots: pl.DataFrame | None = None,
) -> Valued:
    """The fair value of hedges on days: ``hedge``, ``day``, ``forward``, ``value``.

    ``hedges`` are those of ``in_order``, ``days`` pairs of ``hedge`` and ``day`` before expiry. The curve is that of
    the day, or of the latest day before that is no farther away than a holiday. ``spots`` are the prices of days that
    are past, for what settles at a mean.

    Source: Black 1976 for options, on a mean by its moments; forwards by their discounted difference.

    >>> from datetime import date
    >>> from orebook.disciplines.sales.hedging.hedges import in_order
    >>> hedges = in_order(pl.DataFrame({"hedge": "F", "kind": "forward", "side": "sell", "underlying": "LME copper",
    ...     "quantity": 1000.0, "unit": "lb", "strike": 4.0, "currency": "USD", "expiry_day": date(2012, 3, 30)}))
    >>> curves = pl.DataFrame({"underlying": "LME copper", "as_of_day": date(2011, 9, 30), "price": [3.1, 3.2],
    ...     "delivery_day": [date(2011, 12, 31), date(2012, 3, 30)], "unit": "lb", "currency": "USD", "rate_pct": 0.0})
    >>> days = pl.DataFrame({"hedge": "F", "day": date(2011, 9, 30)})
    >>> fair_values(hedges, days, curves).values["value"].round(6).to_list()
    [800.0]
    """
    asked = days.join(hedges, on="hedge").with_columns(target="expiry_day")
    known = pl.DataFrame(schema=_SPOTS) if spots is None else spots
    placed = _on_curves(asked, with_columns(curves, CURVES), known, oldest_d)
    parts = placed.join(legs(hedges).rename({"strike": "leg_strike"}), on="hedge")
    missing = _missing(placed, parts)
    whole = parts.join(missing.select("hedge").unique(), on="hedge", how="anti")
    discount = (-pl.col("rate_pct") / 100 * pl.col("years")).exp()
    worth = pl.when(pl.col("leg") == "forward").then(pl.col("forward") - pl.col("leg_strike")).otherwise("option")
    values = (
        _with_options(whole)
        .with_columns(value=pl.col("size") * discount * worth)
        .group_by("hedge", "day")
        .agg(pl.col("forward").first(), pl.col("value").sum())
        .sort("hedge", "day")
    )
    return Valued(values, missing)


def _on_curves(asked: pl.DataFrame, curves: pl.DataFrame, spots: pl.DataFrame, oldest_d: int) -> pl.DataFrame:
    """The forward price, volatility and rate of each hedge on each day, in the unit of the hedge, and ``OVER``."""
    by = ["underlying", "as_of_day"]
    known = curves.drop_nulls([*by, "delivery_day", "price"]).sort(*by, "delivery_day", "price")
    known = known.unique([*by, "delivery_day"], keep="first", maintain_order=True)
    told = known.group_by(by).agg(
        quoted_unit=pl.col("unit").first(),
        quoted_in=pl.col("currency").first(),
        several=pl.struct("unit", "currency").n_unique() > 1,
    )
    found = asked.sort("day").join_asof(
        told.sort("as_of_day"),
        left_on="day",
        right_on="as_of_day",
        by="underlying",
        tolerance=f"{oldest_d}d",
        coalesce=False,
        check_sortedness=False,
    )
    found = between(found, known, by, "delivery_day", ["price", "volatility_pct", "rate_pct"]).with_columns(
        years=(pl.col("expiry_day") - pl.col("day")).dt.total_days() / YEAR_D, fixed=pl.lit(0.0), share=pl.lit(1.0)
    )
    found = found.with_columns(spread=pl.col("volatility_pct") / 100 * pl.col("years").clip(lower_bound=0).pow(0.5))
    found = _with_means(found, known, spots, by)
    ratio = pl.col("ratio")
    return found.join(_ratios(found), on=["unit", "quoted_unit"], how="left").with_columns(
        forward=pl.col("price") * ratio, fixed=pl.col("fixed") * ratio
    )


def _with_means(found: pl.DataFrame, curves: pl.DataFrame, spots: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The same, with the mean that is expected in place of the price at expiry where a hedge settles at one."""
    settles_at_mean = pl.col("average_from_day").is_not_null()
    asked = found.filter(settles_at_mean & pl.col("as_of_day").is_not_null())
    if not asked.height:
        return found
    mean = averaged(asked, curves, spots, by).rename({"forward": "price"})
    names = ("price", *OVER)
    both = found.join(mean, on=["hedge", "day"], how="left", suffix="_mean", maintain_order="left")
    chosen = [pl.when(settles_at_mean).then(f"{name}_mean").otherwise(name).alias(name) for name in names]
    return both.with_columns(chosen).drop([f"{name}_mean" for name in names])


def _ratios(found: pl.DataFrame) -> pl.DataFrame:
    """The ratio of the unit of each hedge to that of its prices."""
    pairs = found.select("unit", "quoted_unit").unique().drop_nulls()
    ratios = [unit_ratio(*pair) for pair in pairs.rows()]
    return pairs.with_columns(ratio=pl.Series(ratios, dtype=pl.Float64))


def _missing(placed: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """What hedges lack on a day: a curve, a price in the same money, a rate, a volatility, a leg."""
    is_option = pl.col("leg").is_in(["put", "call"])
    no_curve, no_price = pl.col("as_of_day").is_null(), pl.col("price").is_null()
    at_once, is_open = pl.col("average_from_day").is_null(), pl.col("share") > 0
    other = (pl.col("quoted_in") != pl.col("currency")) | pl.col("ratio").is_null() | pl.col("several")
    faults = {
        "no curve": (placed, no_curve),
        "its expiry lies beyond the curve": (placed, ~no_curve & no_price & at_once),
        "a day of its mean has no price: it lies outside the curve, or is past": (
            placed,
            ~no_curve & no_price & ~at_once,
        ),
        "the curve is in another unit or currency": (placed, ~no_price & other.fill_null(True)),
        "no rate on the curve": (placed, ~no_price & pl.col("rate_pct").is_null()),
        "no volatility on the curve": (
            parts,
            ~no_price & is_option & is_open & pl.col("spread").is_null(),
        ),
        "an option on a price that is not positive": (
            parts,
            is_option & (pl.min_horizontal("forward", "leg_strike") <= 0),
        ),
        "a leg without quantity, side or strike": (parts, pl.col("size").is_null() | pl.col("leg_strike").is_null()),
    }
    found = [
        frame.filter(fault).select("hedge", "day", reason=pl.lit(reason)) for reason, (frame, fault) in faults.items()
    ]
    without = placed.join(parts.select("hedge").unique(), on="hedge", how="anti")
    found.append(without.select("hedge", "day", reason=pl.lit("its kind is not known")))
    return pl.concat(found).unique().sort("hedge", "day", "reason")


def _with_options(parts: pl.DataFrame) -> pl.DataFrame:
    """Legs with the undiscounted value of those that are options; equal ones are worked out once.

    What is ``fixed`` of a mean moves the strike on what is left of it; below a strike of nought the option is sure.
    """
    keys = ["leg", "leg_strike", "forward", "fixed", "share", "spread"]
    asked = parts.filter(pl.col("leg") != "forward").select(keys).unique(maintain_order=True)
    if not asked.height:
        return parts.with_columns(option=pl.lit(None, pl.Float64))
    at, ahead = ((pl.col(name) - pl.col("fixed")) / pl.col("share") for name in ("leg_strike", "forward"))
    is_open = (pl.col("share") > 0) & (at > 0)
    left = asked.filter(is_open).with_columns(at=at, ahead=ahead)
    black = black_values(left["leg"] == "call", left["at"], left["ahead"], left["spread"])
    worth = left.select(*keys, option=pl.Series(black, dtype=pl.Float64) * pl.col("share"))
    paid = payoff(pl.col("leg"), pl.col("forward"), pl.col("leg_strike"))
    sure = asked.filter(~is_open).select(*keys, option=paid)
    return parts.join(pl.concat([worth, sure]), on=keys, how="left", nulls_equal=True)


def settlements(hedges: pl.DataFrame, spots: pl.DataFrame, until: pl.Expr) -> Valued:
    """What hedges paid when they ended: ``hedge``, ``day``, ``value``.

    They settle by the spot price of that day, by the mean of the days from the first that counts, or as ``settled``.

    ``spots`` has ``underlying``, ``day``, ``price``, ``unit`` and ``currency``; ``until`` is the last day that counts.
    A hedge that was closed before its expiry needs what it was ``settled`` for.
    """
    ended = hedges.filter(pl.col("end_day") <= until)
    prices = spots.drop_nulls(["underlying", "day", "price"]).sort("underlying", "day", "price")
    prices = prices.unique(["underlying", "day"], keep="first", maintain_order=True)
    prices = prices.rename({"unit": "quoted_unit", "currency": "quoted_in", "day": "end_day"})
    at_mean = pl.col("average_from_day").is_not_null()
    at_once, over = ended.filter(~at_mean), ended.filter(at_mean)
    parts = [at_once.join(prices, on=["underlying", "end_day"], how="left")]
    parts.append(over.join(means(over, spots, "end_day"), on=["hedge", "end_day"], how="left"))
    found = pl.concat(parts, how="diagonal_relaxed")
    found = found.join(_ratios(found), on=["unit", "quoted_unit"], how="left")
    same = pl.col("quoted_in") == pl.col("currency")
    at = pl.when(same & (pl.col("end_day") == pl.col("expiry_day"))).then(pl.col("price") * pl.col("ratio"))
    paid = (
        found.with_columns(at=at)
        .join(legs(hedges).rename({"strike": "leg_strike"}), on="hedge")
        .with_columns(pays=pl.col("size") * payoff(pl.col("leg"), pl.col("at"), pl.col("leg_strike")))
        .group_by("hedge")
        .agg(pays=pl.when(pl.col("pays").is_not_null().all()).then(pl.col("pays").sum()))
    )
    values = ended.join(paid, on="hedge", how="left").select(
        "hedge", day="end_day", value=pl.coalesce("settled", "pays")
    )
    none = values.filter(pl.col("value").is_null())
    missing = none.select("hedge", "day", reason=pl.lit("no price on the day of expiry and no amount that was settled"))
    return Valued(values.drop_nulls("value"), missing)
