"""Hedges: option values that were published, the split of gains and its reversal, laws of money."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import erf, exp, log, sqrt
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.sales.formulas import total_gain
from orebook.disciplines.sales.hedging.gains import Hedged, by_expiry, hedge_book, hedge_gains, roll_forward
from orebook.disciplines.sales.hedging.hedges import COLUMNS, in_order
from orebook.disciplines.sales.hedging.valuing import CURVES, fair_values
from orebook.ground import needs
from orebook.maths.options import black_values

TODAY, EXPIRY = date(2011, 9, 30), date(2012, 6, 30)
ENDS = [date(2011, 9, 30), date(2011, 12, 31), date(2012, 3, 31), date(2012, 6, 30), date(2012, 9, 30)]
SPOTS = {"underlying": pl.String, "day": pl.Date, "price": pl.Float64, "unit": pl.String, "currency": pl.String}


def hedge(**more: Any) -> dict[str, Any]:
    """A put on copper that was bought; whatever else it is, is said."""
    plain = {"hedge": "H", "kind": "put", "side": "buy", "underlying": "LME copper", "quantity": 1.0, "unit": "lb"}
    days = {"start_day": date(2011, 8, 1), "expiry_day": EXPIRY}
    return {**plain, "currency": "USD", "strike": 4.0, **days, **more}


def node(as_of: date, delivery: date, price: float | None, volatility: float | None = None, rate: float = 0.0) -> Any:
    """A point of the curve of copper."""
    money = {"underlying": "LME copper", "unit": "lb", "currency": "USD"}
    point = {"as_of_day": as_of, "delivery_day": delivery, "price": price}
    return {**money, **point, "volatility_pct": volatility, "rate_pct": rate}


def spot(day: date, price: float) -> Any:
    """The price of copper on a day."""
    return {"underlying": "LME copper", "day": day, "price": price, "unit": "lb", "currency": "USD"}


def gained(
    hedges: Sequence[Any], curves: Sequence[Any], spots: Sequence[Any] = (), ends: Sequence[date] = tuple(ENDS)
) -> Hedged:
    """Hedges valued at the ends of quarters."""
    frames = [
        pl.DataFrame(list(rows), schema) for rows, schema in ((hedges, COLUMNS), (curves, CURVES), (spots, SPOTS))
    ]
    return hedge_gains(*frames, ends)


def value(one: dict[str, Any], *curve: Any) -> float:
    """What one hedge is worth on the day of a curve."""
    days = pl.DataFrame({"hedge": [one["hedge"]], "day": [curve[0]["as_of_day"]]})
    found = fair_values(in_order(pl.DataFrame([one], COLUMNS)), days, pl.DataFrame(list(curve), CURVES))
    assert not found.missing.height, found.missing
    return float(found.values["value"].item())


# --- option values ----------------------------------------------------------------------------------------------------

HAUG = [  # strike, forward, rate, years, volatility, call; carry is nought, so the spot of the book is a forward
    (19.0, 19.0, 0.10, 0.75, 0.28, 1.7011),
    (100.0, 90.0, 0.10, 0.10, 0.15, 0.0205),
    (100.0, 100.0, 0.10, 0.10, 0.15, 1.8734),
    (100.0, 110.0, 0.10, 0.10, 0.15, 9.9413),
    (100.0, 90.0, 0.10, 0.10, 0.25, 0.3150),
    (100.0, 100.0, 0.10, 0.10, 0.25, 3.1217),
    (100.0, 110.0, 0.10, 0.10, 0.25, 10.3556),
    (100.0, 90.0, 0.10, 0.10, 0.35, 0.9474),
    (100.0, 100.0, 0.10, 0.10, 0.35, 4.3693),
    (100.0, 110.0, 0.10, 0.10, 0.35, 11.1381),
    (100.0, 90.0, 0.10, 0.50, 0.15, 0.8069),
    (100.0, 100.0, 0.10, 0.50, 0.15, 4.0232),
    (100.0, 110.0, 0.10, 0.50, 0.15, 10.5769),
    (100.0, 90.0, 0.10, 0.50, 0.25, 2.7026),
    (100.0, 100.0, 0.10, 0.50, 0.25, 6.6997),
    (100.0, 110.0, 0.10, 0.50, 0.25, 12.7857),
    (100.0, 90.0, 0.10, 0.50, 0.35, 4.9329),
    (100.0, 100.0, 0.10, 0.50, 0.35, 9.3679),
    (100.0, 110.0, 0.10, 0.50, 0.35, 15.3086),
]


@pytest.mark.parametrize(("strike", "forward", "rate", "years", "volatility", "call"), HAUG)
def test_calls_that_were_published(
    strike: float, forward: float, rate: float, years: float, volatility: float, call: float
) -> None:
    """Calls on forwards as Haug prints them (The complete guide to option pricing formulas, 1998, pages 8 and 24).

    Within one of the last digit: the book takes the normal distribution from a polynomial.
    """
    found = black_values([True], [strike], [forward], [volatility * sqrt(years)])[0] * exp(-rate * years)
    assert found == pytest.approx(call, abs=1e-4)


def test_a_put_on_a_futures_price_that_was_published() -> None:
    """A put at 20 on oil at 20, four months, 25 % and 9 %: 1.12 (Hull, Options, futures and other derivatives)."""
    found = black_values([False], [20.0], [20.0], [0.25 * sqrt(4 / 12)])[0] * exp(-0.09 * 4 / 12)
    assert round(float(found), 2) == 1.12


def test_a_currency_option_that_was_published() -> None:
    """A call at 1.60 with spot 1.56, half a year, 6 % at home, 8 % abroad and 12 %: 0.0291 (Haug, page 7)."""
    forward = 1.56 * exp((0.06 - 0.08) * 0.5)
    found = black_values([True], [1.60], [forward], [0.12 * sqrt(0.5)])[0] * exp(-0.06 * 0.5)
    assert found == pytest.approx(0.0291, abs=5e-5)


def by_hand(strike: float, forward: float, spread: float) -> float:
    """A call by the formula of Black with an error function, another way to the same number."""
    one = log(forward / strike) / spread + spread / 2
    normal = [(1 + erf(x / sqrt(2))) / 2 for x in (one, one - spread)]
    return forward * normal[0] - strike * normal[1]


@settings(max_examples=200, deadline=None)
@given(st.floats(0.5, 10.0), st.floats(0.5, 10.0), st.floats(0.01, 2.0))
def test_option_values_two_ways(strike: float, forward: float, spread: float) -> None:
    """The library and the formula written out give the same; call less put is forward less strike."""
    call, put = black_values([True, False], [strike] * 2, [forward] * 2, [spread] * 2)
    assert call == pytest.approx(by_hand(strike, forward, spread), abs=1e-9)
    assert call - put == pytest.approx(forward - strike, abs=1e-9)


def test_without_the_library_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who values options without the extra is told what to install."""

    def absent(library: str) -> None:
        raise ModuleNotFoundError(name=library)

    monkeypatch.setattr(needs, "import_module", absent)
    with pytest.raises(needs.MissingError, match=r"orebook\[hedges\]"):
        black_values([True], [1.0], [1.0], [0.1])


# --- values of hedges -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fixed", "futures", "printed", "months"),
    [(6_520, 7_290, -2_288, 8), (7_100, 7_296, -580, 9), (7_200, 7_300, -296, 10), (7_300, 7_305, -13, 11),
     (7_300, 7_309, -27, 12)],
    ids=["August", "September", "October", "November", "December"],
)  # fmt: skip
def test_a_forward_book_that_was_published(fixed: float, futures: float, printed: float, months: int) -> None:
    """Copper sold forward, 3,000 t a month, in thousands (Buenaventura, form 20-F of 2017, note 31, derivatives).

    Prices are printed in whole dollars a tonne, so a value may differ by a dollar times 3,000 t, half for each price.
    No rate is printed: values lie between those without discount and with one of two percent a year.
    """
    settled = date(2018, months, 28)
    sold = hedge(kind="swap", side="sell", quantity=3_000.0, unit="t", strike=float(fixed), expiry_day=settled)
    values = [
        value(sold, {**node(date(2017, 12, 31), settled, float(futures), rate=rate), "unit": "t"}) / 1000
        for rate in (0.0, 2.0)
    ]
    assert min(values) - 3.5 <= printed <= max(values) + 3.5


def test_prices_are_turned_into_the_unit_of_the_hedge() -> None:
    """Pounds that were hedged are valued at a curve in dollars a tonne."""
    sold = hedge(kind="forward", side="sell", quantity=1_000.0, strike=4.0)
    curve = {**node(TODAY, EXPIRY, 3.5 * 2204.6226), "unit": "t"}
    assert value(sold, curve) == pytest.approx(500.0, abs=1e-3)


def test_a_collar_is_a_put_less_a_call() -> None:
    """Put and call of a collar are worth what they are alone; who sells it has the opposite."""
    curve = [node(TODAY, EXPIRY, 3.6, 30.0, 2.0)]
    collar = {"strike": 3.2, "second_strike": 4.1}
    both = value(hedge(kind="collar", **collar), *curve)
    apart = value(hedge(strike=3.2), *curve) + value(hedge(kind="call", side="sell", strike=4.1), *curve)
    assert both == pytest.approx(apart, abs=1e-12)
    assert value(hedge(kind="collar", side="sell", **collar), *curve) == pytest.approx(-both)


def test_curves_are_straight_between_their_days() -> None:
    """Price, volatility and rate of a day between two of the curve lie on the line between them."""
    nodes = [
        node(TODAY, EXPIRY - timedelta(days=30), 3.0, 20.0, 1.0),
        node(TODAY, EXPIRY + timedelta(days=10), 3.4, 28.0, 3.0),
    ]
    assert value(hedge(), *nodes) == pytest.approx(value(hedge(), node(TODAY, EXPIRY, 3.3, 26.0, 2.5)))


# --- gains ------------------------------------------------------------------------------------------------------------


def quarters(hedged: Hedged) -> pl.DataFrame:
    """The roll-forward by quarters, in money."""
    starts = [date(2011, 7, 1), *(end + timedelta(days=1) for end in ENDS[:-1])]
    periods = pl.DataFrame({"period": [str(end) for end in ENDS], "from_day": starts, "to_day": ENDS})
    return roll_forward(hedged, periods).with_columns(pl.col(pl.Int64) / 100)


def test_a_put_that_expires_worthless() -> None:
    """Bought for 100, worth 60 at the first end, nothing at the second: −40; −100 and +40, which is −60 (section 9)."""
    forward = hedge(premium=100.0, kind="forward", strike=4.0, expiry_day=date(2011, 11, 30), settled=0.0)
    hedged = gained([{**forward, "quantity": 100.0}], [node(TODAY, date(2011, 11, 30), 4.6)])
    table = quarters(hedged).select("opening", "premium", "gain", "settled", "closing", "realized", "unrealized")
    assert table.row(0) == (0.0, 100.0, -40.0, 0.0, 60.0, 0.0, -40.0)
    assert table.row(1) == (60.0, 0.0, -60.0, 0.0, 0.0, -100.0, 40.0)
    assert table["gain"].sum() == -100.0


def test_gains_that_were_published() -> None:
    """17.5 unrealized less 0.8 realized is 16.7; a loss of 8.2 with one of 2.7 is 10.9 (third quarters 2011, 2010)."""
    split = [(17.5, -0.8, 16.7), (-8.2, -2.7, -10.9)]
    for unrealized, realized, total in split:
        assert round(total_gain(realized, unrealized), 1) == total


def test_a_quarter_of_hedges_splits_into_realized_and_unrealized() -> None:
    """Puts that expired cost 0.8 more than was booked before; those that are open gained 17.5: 16.7 in all."""
    begun = date(2011, 5, 2)
    old = hedge(hedge="old", premium=0.8, quantity=1.0, start_day=begun, expiry_day=date(2011, 8, 31))
    kept = hedge(hedge="kept", kind="forward", side="sell", quantity=10.0, start_day=begun, strike=5.6)
    curves = [
        node(date(2011, 6, 30), date(2011, 8, 31), 4.3, 0.0),
        node(date(2011, 6, 30), EXPIRY, 4.27, 0.0),
        node(TODAY, EXPIRY, 2.6, 0.0),
    ]
    ends = [date(2011, 6, 30), TODAY]
    hedged = gained([old, kept], curves, [spot(date(2011, 8, 31), 4.2)], ends)
    third = pl.DataFrame({"period": ["Q3"], "from_day": [date(2011, 7, 1)], "to_day": [TODAY]})
    (row,) = roll_forward(hedged, third).rows(named=True)
    assert (row["realized"] / 100, row["unrealized"] / 100, row["gain"] / 100) == (-0.8, 17.5, 16.7)


def test_a_hedge_that_is_missing_something_is_not_posted() -> None:
    """No curve, no volatility, a curve that ends too early or in other money, no price at expiry: each is named."""
    short = EXPIRY - timedelta(days=1)
    faults = {
        "no curve": [node(TODAY - timedelta(days=8), EXPIRY, 3.5, 30.0)],
        "its expiry lies beyond the curve": [node(TODAY, short, 3.5, 30.0)],
        "no volatility on the curve": [node(TODAY, EXPIRY, 3.5)],
        "no rate on the curve": [{**node(TODAY, EXPIRY, 3.5, 30.0), "rate_pct": None}],
        "the curve is in another unit or currency": [{**node(TODAY, EXPIRY, 3.5, 30.0), "currency": "CAD"}],
    }
    for reason, curve in faults.items():
        found = gained([hedge()], curve, ends=[TODAY])
        assert found.unposted["reason"].to_list() == [reason] and not found.ledger.height
    expired = gained([hedge(expiry_day=date(2011, 9, 1))], [], ends=[TODAY])
    reason = "no price on the day of expiry and no amount that was settled"
    assert expired.unposted.rows() == [("H", date(2011, 9, 1), reason)]


def test_a_hedge_that_ends_before_it_starts_is_named() -> None:
    """Its value would run backwards, so nothing of it is posted."""
    found = gained([hedge(expiry_day=date(2011, 7, 1))], [], ends=[TODAY])
    assert found.unposted["reason"].to_list() == ["it ends before it starts"]


def test_a_hedge_closed_early_is_realized_when_it_was_closed() -> None:
    """What it was closed for, less its premium, is realized on that day; nothing is valued afterwards."""
    early = hedge(premium=0.3, closed_day=date(2011, 10, 14), settled=0.5)
    hedged = gained([early], [node(TODAY, EXPIRY, 3.5, 0.0)])
    assert hedged.values["closing"].to_list() == [TODAY]
    (realized,) = hedged.ledger.filter(part="realized").rows(named=True)
    assert (realized["day"], realized["amount"]) == (date(2011, 10, 14), 20)


def test_the_hedge_book_by_quarter_of_expiry() -> None:
    """Quantities add up, strikes are weighted by them, a strike that is not there stays missing."""
    puts = [
        hedge(hedge="A", quantity=1.0, strike=3.0),
        hedge(hedge="B", quantity=3.0, strike=4.0),
        hedge(hedge="C", quantity=2.0, expiry_day=date(2012, 3, 30)),
    ]
    curve = [node(TODAY, delivery, 3.5, 30.0) for delivery in (date(2012, 3, 1), date(2012, 9, 1))]
    table = by_expiry(hedge_book(gained(puts, curve, ends=[TODAY])))
    kept = table.select("expiry_quarter", "hedges", "quantity", "average_strike", "average_second_strike")
    assert kept.rows() == [("2012-Q1", 1, 2.0, 4.0, None), ("2012-Q2", 2, 4.0, 3.75, None)]


def book_of(seed: int) -> tuple[list[Any], list[Any], list[Any]]:
    """Hedges of all kinds over two years, with curves for each end of a quarter and a price for each day."""
    chance = Random(seed)
    hedges = []
    for number in range(chance.randint(1, 8)):
        start = date(2011, 7, 1) + timedelta(days=chance.randint(0, 300))
        one = {
            "hedge": f"H{number}",
            "kind": chance.choice(["forward", "swap", "put", "call", "collar"]),
            "side": chance.choice(["buy", "sell"]),
            "quantity": float(chance.randint(1, 9_000)),
            "strike": chance.randint(250, 400) / 100,
            "second_strike": chance.randint(400, 500) / 100,
            "premium": chance.randint(-500, 500) / 1.0,
            "start_day": start,
            "expiry_day": start + timedelta(days=chance.randint(0, 420)),
        }
        hedges.append(hedge(**one))
    curves = [
        node(end, end + timedelta(days=days), chance.randint(200, 500) / 100, chance.randint(0, 60) / 1.0, 2.0)
        for end in ENDS
        for days in (1, 200, 600)
    ]
    spots = [spot(date(2011, 7, 1) + timedelta(days=day), chance.randint(200, 500) / 100) for day in range(800)]
    return hedges, curves, spots


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_gains_close_to_the_cent(seed: int) -> None:
    """Opening, premium, gain and settlement give the closing value; a whole life gains its cash; order is free."""
    hedges, curves, spots = book_of(seed)
    hedged = gained(hedges, curves, spots)
    assert not hedged.unposted.height, hedged.unposted
    starts = [date(2011, 7, 1), *(end + timedelta(days=1) for end in ENDS[:-1])]
    periods = pl.DataFrame({"period": [str(end) for end in ENDS], "from_day": starts, "to_day": ENDS})
    for row in roll_forward(hedged, periods, ["currency"]).to_dicts():
        assert row["opening"] + row["premium"] + row["gain"] - row["settled"] == row["closing"]
        assert row["gain"] == row["realized"] + row["unrealized"]
    ended = hedged.hedges.filter(pl.col("end_day") <= ENDS[-1])["hedge"].to_list()
    life = hedged.ledger.filter(pl.col("hedge").is_in(ended)).group_by("hedge", "part").agg(pl.col("amount").sum())
    by_part = {(name, part): amount for name, part, amount in life.rows()}
    for name in ended:
        assert by_part.get((name, "realized"), 0) == by_part.get((name, "cash"), 0)
        assert by_part.get((name, "unrealized"), 0) == 0
    chance = Random(seed)
    shuffled = (chance.sample(rows, len(rows)) for rows in (hedges, curves, spots))
    assert gained(*shuffled).ledger.equals(hedged.ledger)


def test_many_options_keep_their_order() -> None:
    """Values come back in the order in which they were asked for."""
    chance = np.random.default_rng(7)
    strikes, forwards, spreads = chance.uniform(1, 5, (3, 500))
    found = black_values([True] * 500, strikes, forwards, spreads)
    assert found == pytest.approx([by_hand(*row) for row in zip(strikes, forwards, spreads, strict=True)], abs=1e-9)
