"""Derivatives that settle at a mean of prices: swaps by hand, options beside a library and chance."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.sales.hedging.averaging import fixing_days, spread_of_mean
from orebook.disciplines.sales.hedging.gains import Hedged, hedge_gains
from orebook.disciplines.sales.hedging.hedges import COLUMNS, in_order
from orebook.disciplines.sales.hedging.valuing import CURVES, fair_values
from orebook.ground.needs import need
from orebook.maths.options import black_values

FROM, UNTIL = date(2011, 9, 1), date(2011, 9, 30)
SPOTS = {"underlying": pl.String, "day": pl.Date, "price": pl.Float64, "unit": pl.String, "currency": pl.String}
COPPER = {"underlying": "LME copper", "unit": "t", "currency": "USD"}


def hedge(**more: Any) -> dict[str, Any]:
    """A swap of 100 t for September at 8,000, that was sold; whatever else it is, is said."""
    plain = {"hedge": "S", "kind": "swap", "side": "sell", "quantity": 100.0, "strike": 8_000.0, **COPPER}
    days = {"start_day": date(2011, 7, 1), "expiry_day": UNTIL, "average_from_day": FROM}
    return {**plain, **days, **more}


def curve(as_of: date, *points: tuple[date, float], volatility: float = 30.0, rate: float = 0.0) -> list[Any]:
    """A curve of copper."""
    stood = {**COPPER, "as_of_day": as_of, "volatility_pct": volatility, "rate_pct": rate}
    return [{**stood, "delivery_day": day, "price": price} for day, price in points]


def spots(*prices: tuple[date, float]) -> pl.DataFrame:
    """Prices of days."""
    return pl.DataFrame([{**COPPER, "day": day, "price": price} for day, price in prices], SPOTS)


def value(one: dict[str, Any], points: Sequence[Any], known: pl.DataFrame | None = None) -> float:
    """What a hedge is worth on the day of a curve."""
    days = pl.DataFrame({"hedge": [one["hedge"]], "day": [points[0]["as_of_day"]]})
    found = fair_values(in_order(pl.DataFrame([one], COLUMNS)), days, pl.DataFrame(points, CURVES), spots=known)
    assert not found.missing.height, found.missing["reason"].to_list()
    return float(found.values["value"].item())


def missing(one: dict[str, Any], points: Sequence[Any], known: pl.DataFrame | None = None) -> list[str]:
    """What a hedge lacks."""
    days = pl.DataFrame({"hedge": [one["hedge"]], "day": [points[0]["as_of_day"]]})
    found = fair_values(in_order(pl.DataFrame([one], COLUMNS)), days, pl.DataFrame(points, CURVES), spots=known)
    return found.missing["reason"].to_list()


def gained(one: dict[str, Any], points: Sequence[Any], known: pl.DataFrame, *ends: date) -> Hedged:
    """Its gains at the ends of some periods."""
    return hedge_gains(pl.DataFrame([one], COLUMNS), pl.DataFrame(points, CURVES), known, ends)


def test_a_swap_settles_at_the_mean_of_its_days() -> None:
    """Prices of 8,200, 8,100 and 7,900 in September are 8,066.67: sold at 8,000 it costs 6,666.67."""
    known = spots(
        (date(2011, 8, 31), 9_999.0),
        (FROM, 8_200.0),
        (date(2011, 9, 15), 8_100.0),
        (UNTIL, 7_900.0),
        (date(2011, 10, 3), 1.0),
    )
    hedged = gained(hedge(), curve(date(2011, 8, 31), (FROM, 8_000.0), (UNTIL, 8_000.0)), known, UNTIL)
    (settled,) = hedged.ledger.filter(event="settled").rows(named=True)
    assert (settled["day"], settled["amount"]) == (UNTIL, -666_667)


def test_before_its_days_a_swap_is_worth_the_curve_over_them() -> None:
    """The 22 working days of September lie on the straight line from 8,400 to 8,980: twenty a day."""
    points = curve(date(2011, 8, 31), (FROM, 8_400.0), (UNTIL, 8_980.0), rate=2.0)
    days = fixing_days(pl.DataFrame({"average_from_day": [FROM], "expiry_day": [UNTIL]}))["fixing_day"].to_list()
    by_hand = sum(8_400.0 + 20.0 * (day - FROM).days for day in days) / 22 - 8_000.0
    assert len(days) == 22
    assert value(hedge(), points) == pytest.approx(-100.0 * by_hand * exp(-0.02 * 30 / 365))


def test_days_that_are_past_count_with_their_prices() -> None:
    """After 11 of 22 days at 8,200 and with 7,900 to come, the mean that is expected is 8,050."""
    half = date(2011, 9, 15)
    known = spots(*((FROM + timedelta(days=each), 8_200.0) for each in range(15)))
    points = curve(half, (half, 7_900.0), (UNTIL, 7_900.0))
    assert value(hedge(), points, known) == pytest.approx(-5_000.0)
    reason = "a day of its mean has no price: it lies outside the curve, or is past"
    assert missing(hedge(), points) == [reason]
    assert missing(hedge(), curve(half, (date(2011, 9, 20), 7_900.0), (UNTIL, 7_900.0)), known) == [reason]
    elsewhere = known.with_columns(currency=pl.lit("CAD"))
    assert missing(hedge(), points, elsewhere) == [reason]


def by_library(kind: str, strike: float, forward: float, volatility: float, as_of: date) -> float:
    """The value of an option on the mean of September by the engine of QuantLib for such options."""
    ql = need("QuantLib", extra="hedges")
    today = ql.Date(as_of.day, as_of.month, as_of.year)
    ql.Settings.instance().evaluationDate = today
    counter = ql.Actual365Fixed()
    flat = ql.YieldTermStructureHandle(ql.FlatForward(today, 0.0, counter))
    moves = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), volatility, counter))
    process = ql.BlackScholesMertonProcess(ql.QuoteHandle(ql.SimpleQuote(forward)), flat, flat, moves)
    days = fixing_days(pl.DataFrame({"average_from_day": [FROM], "expiry_day": [UNTIL]}))["fixing_day"].to_list()
    option = ql.DiscreteAveragingAsianOption(
        ql.Average.Arithmetic,
        0.0,
        0,
        [ql.Date(day.day, day.month, day.year) for day in days],
        ql.PlainVanillaPayoff(ql.Option.Call if kind == "call" else ql.Option.Put, strike),
        ql.EuropeanExercise(ql.Date(UNTIL.day, UNTIL.month, UNTIL.year)),
    )
    option.setPricingEngine(ql.TurnbullWakemanAsianEngine(process))
    return float(option.NPV())


@pytest.mark.parametrize("kind", ["put", "call"])
@pytest.mark.parametrize(("strike", "volatility"), [(7_000.0, 30.0), (8_000.0, 15.0), (8_400.0, 30.0), (9_500.0, 60.0)])
def test_options_on_a_mean_are_those_of_a_library(kind: str, strike: float, volatility: float) -> None:
    """Put and call before September, on a flat curve, beside the engine of QuantLib that knows means of days."""
    as_of = date(2011, 7, 29)
    points = curve(as_of, (FROM, 8_200.0), (UNTIL, 8_200.0), volatility=volatility)
    own = value(hedge(kind=kind, side="buy", quantity=1.0, strike=strike), points)
    assert own == pytest.approx(by_library(kind, strike, 8_200.0, volatility / 100, as_of), rel=1e-9, abs=1e-6)


def test_an_option_on_a_mean_beside_chance() -> None:
    """On a sloping curve, half of the days past, the moments give what 400,000 drawn months give."""
    half = date(2011, 9, 15)
    known = spots(*((FROM + timedelta(days=each), 8_200.0) for each in range(15)))
    points = curve(half, (half, 7_900.0), (UNTIL, 8_300.0), volatility=60.0)
    days = fixing_days(pl.DataFrame({"average_from_day": [FROM], "expiry_day": [UNTIL]}))["fixing_day"].to_list()
    ahead = [(day - half).days for day in days if day > half]
    steps = np.sqrt(np.diff([0, *ahead]) / 365) * np.random.default_rng(11).normal(size=(400_000, len(ahead)))
    moves = np.exp(0.6 * np.cumsum(steps, axis=1) - 0.18 * np.array(ahead) / 365)
    drawn = np.array([7_900.0 + 400.0 * each / 15 for each in ahead]) * moves
    paid = np.maximum((11 * 8_200.0 + drawn.sum(axis=1)) / 22 - 8_100.0, 0.0)
    own = value(hedge(kind="call", side="buy", quantity=1.0, strike=8_100.0), points, known)
    assert abs(own - paid.mean()) < 4 * paid.std() / np.sqrt(len(paid)) + 0.2


def test_an_option_that_is_sure_is_worth_what_it_will_pay() -> None:
    """Where the days that are past lift the mean above the strike, a call is a forward and a put nothing."""
    late = date(2011, 9, 29)
    known = spots(*((FROM + timedelta(days=each), 9_000.0) for each in range(29)))
    points = curve(late, (UNTIL, 100.0))
    sure = {"side": "buy", "quantity": 1.0, "strike": 8_000.0}
    mean = (21 * 9_000.0 + 100.0) / 22
    assert value(hedge(kind="call", **sure), points, known) == pytest.approx(mean - 8_000.0)
    assert value(hedge(kind="put", **sure), points, known) == 0.0


@given(st.floats(0.05, 1.5), st.integers(1, 40), st.integers(0, 300))
def test_a_mean_moves_less_than_its_last_price(volatility: float, days: int, later: int) -> None:
    """The spread of a mean lies between those of its first and its last day."""
    years = (later + 1 + np.arange(days)) / 365
    spread = spread_of_mean(np.ones(days), np.full(days, volatility), years)
    low, high = (volatility * float(np.sqrt(each)) for each in (years[0], years[-1]))
    assert low - 1e-9 <= spread <= high + 1e-9
    plain = black_values([True], [1.1], [1.0], [spread])[0]
    assert plain <= black_values([True], [1.1], [1.0], [high])[0] + 1e-12


def test_puts_less_calls_are_swaps_and_money_closes() -> None:
    """A put bought and a call written at one strike are a swap that was sold, while open and when settled."""
    known = spots(*((FROM + timedelta(days=each), 8_000.0 + 10 * each) for each in range(30)))
    points = [*curve(date(2011, 8, 31), (FROM, 8_100.0), (UNTIL, 8_300.0)), *curve(UNTIL, (UNTIL, 8_290.0))]
    ends = date(2011, 8, 31), UNTIL
    swap = gained(hedge(), points, known, *ends)
    collar = gained(hedge(kind="collar", side="buy", second_strike=8_000.0), points, known, *ends)
    assert swap.ledger.drop("event").equals(collar.ledger.drop("event")) and swap.ledger.height
    assert swap.ledger.filter(part="unrealized")["amount"].sum() == 0


def test_days_of_a_mean_that_begin_too_late_are_named() -> None:
    """Nothing of such a hedge is posted."""
    late = gained(hedge(average_from_day=date(2011, 10, 3)), curve(UNTIL, (UNTIL, 1.0)), spots(), date(2011, 12, 31))
    assert late.unposted["reason"].to_list() == ["the days of its mean begin after it expires"]
