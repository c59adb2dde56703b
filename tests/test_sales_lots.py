"""Lots of concentrate: worked examples that were published, what is posted for a lot and when, and laws of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.sales.assays import Grades
from orebook.disciplines.sales.exchange import Exchange
from orebook.disciplines.sales.invoices import invoices, states
from orebook.disciplines.sales.positions import average_prices, open_metal
from orebook.disciplines.sales.settling import EVENTS, LOTS, PRICES, Sold, settle
from orebook.disciplines.sales.terms import COLUMNS

POUND_G, OUNCE_G = 453.59237, 31.1034768

GRADES = (
    Grades("cu_pct", "Cu", 0.01),
    Grades("au_gpt", "Au", 1e-6),
    Grades("ag_gpt", "Ag", 1e-6),
    Grades("as_pct", "As", 0.01),
)
QUARTERS = [date(2011, 3, 31), date(2011, 6, 30), date(2011, 9, 30), date(2011, 12, 31), date(2012, 3, 31)]


def table(rows: Sequence[dict[str, Any]], columns: dict[str, Any]) -> pl.DataFrame:
    """Rows as a table with all of some columns, and grades where rows have them."""
    more = {name: pl.Float64 for row in rows for name in row if name not in columns}
    return pl.DataFrame(list(rows), schema={**columns, **more})


def term(name: str, metal: str | None = None, value: float | None = None, unit: str | None = None, **more: Any) -> Any:
    """A term of the contract K."""
    return {"contract": "K", "term": name, "metal": metal, "value": value, "unit": unit, **more}


def of(metal: str, series: str, period: str, share: float) -> list[Any]:
    """What a contract has to say of each metal that it pays."""
    return [
        term("price", metal, says=series),
        term("quotational_period", metal, says=period),
        term("payable", metal, share, "%"),
    ]


def quote(day: date, amount: float, delivery: date | None = None, series: str = "LME copper", unit: str = "lb") -> Any:
    """A price in US dollars."""
    return {
        "price": series,
        "day": day,
        "delivery_day": delivery,
        "amount": amount,
        "unit": unit,
        "currency": "USD",
    }


def settled(
    lots: Sequence[Any],
    terms: Sequence[Any],
    prices: Sequence[Any],
    events: Sequence[Any] = (),
    ends: Sequence[date] = tuple(QUARTERS),
) -> Sold:
    """Lots settled at the ends of quarters."""
    return settle(table(lots, LOTS), table(terms, COLUMNS), table(events, EVENTS), table(prices, PRICES), GRADES, ends)


COPPER = [*of("Cu", "LME copper", "M+2 shipment", 96.5), term("minimum_deduction", "Cu", 1.0, "%")]
GOLD = of("Au", "London gold", "M+0 shipment", 97.0)
CHARGES = [
    term("treatment_charge", None, 80.0, "USD/dmt"),
    term("refining_charge", "Cu", 8.0, "USD cent/lb"),
    term("refining_charge", "Au", 5.0, "USD/oz"),
]
LOT = {"lot": "L1", "mine": "North", "contract": "K", "shipment": "S1", "shipped_day": date(2011, 8, 10)}
WEIGHED = {"wet_t": 10_000.0, "moisture_pct": 8.5, "cu_pct": 24.0}


def amounts(sold: Sold, **where: Any) -> dict[tuple[str, str], float]:
    """What was posted of each event and item, in money."""
    kept = sold.ledger.filter(**where).group_by("event", "item").agg(pl.col("amount").sum() / 100)
    return {(event, item): amount for event, item, amount in kept.rows()}


# --- worked examples --------------------------------------------------------------------------------------------------


def test_value_of_a_shipment() -> None:
    """Ten thousand wet tonnes at 24 % copper and 10 g/t gold are worth US$23.148 M (handbook, section 7)."""
    prices = [
        quote(date(2011, 8, 10), 4.00, date(2011, 10, 15)),
        quote(date(2011, 8, 10), 2000.0, date(2011, 8, 31), "London gold", "oz"),
    ]
    lot = {**LOT, **WEIGHED, "au_gpt": 10.0}
    sold = settled([lot], [*COPPER, *GOLD, *CHARGES], prices, ends=[date(2011, 8, 15)])
    metal = {row[0]: row[1] for row in sold.payable.filter(stage="provisional").select("metal", "payable_g").rows()}
    assert metal["Cu"] / 1e6 == pytest.approx(2_104.5)
    assert round(metal["Cu"] / POUND_G) == 4_639_628
    assert round(metal["Au"] / OUNCE_G, 1) == 2_853.5
    said = amounts(sold)
    assert round(said["sale", "metal"] / 1e6, 3) == 24.266
    assert said["sale", "treatment_charge"] == -732_000.0
    assert round(said["sale", "refining_charge"] / 1e6, 3) == -0.385
    assert round(sum(said.values()) / 1e6, 3) == 23.148


def path_of_prices() -> list[Any]:
    """A forward of 4.05 at shipment, of 3.85 at the end of the quarter, and a last price of 3.92."""
    return [
        quote(date(2011, 8, 10), 4.05, date(2011, 10, 19)),
        quote(date(2011, 9, 30), 3.85, date(2011, 10, 19)),
        quote(date(2011, 10, 19), 3.92),
    ]


def test_revaluation_and_its_reversal() -> None:
    """4,639,628 lb at 4.05, 3.85, 3.92: −927,926 in a quarter, +324,774 in the next, −603,152 in all (section 8)."""
    sold = settled([{**LOT, **WEIGHED}], COPPER, path_of_prices())
    ninth = sold.ledger.filter(pl.col("standard") == "IFRS 9")
    third = ninth.filter(pl.col("day") <= date(2011, 9, 30))["amount"].sum() / 100
    fourth = ninth.filter(pl.col("day") > date(2011, 9, 30))["amount"].sum() / 100
    assert (round(third), round(fourth), round(third + fourth)) == (-927_926, 324_774, -603_152)
    assert amounts(sold)["reversal", "metal"] == -amounts(sold)["revaluation", "metal"]


def test_revenue_and_revaluation_stand_apart() -> None:
    """What control passed for is IFRS 15 and stays; what the price does afterwards is IFRS 9."""
    sold = settled([{**LOT, **WEIGHED}], [*COPPER, *CHARGES], path_of_prices())
    assert set(sold.ledger.filter(event="sale")["standard"]) == {"IFRS 15"}
    assert set(sold.ledger.filter(pl.col("event") != "sale")["standard"]) == {"IFRS 9"}


def test_payable_and_refining_charge_that_a_smelter_published() -> None:
    """24 % copper less one unit is 23 %, and 4.5 ¢/lb on it US$22.8 a dry tonne (Boliden, capital markets day 2008)."""
    terms = [
        *of("Cu", "LME copper", "M+2 shipment", 96.65),
        term("minimum_deduction", "Cu", 1.0, "%"),
        term("refining_charge", "Cu", 4.5, "USD cent/lb"),
    ]
    sold = settled([{**LOT, **WEIGHED, "wet_t": 1.0, "moisture_pct": 0.0}], terms, path_of_prices())
    assert sold.payable["payable_g"][0] / 1e6 == pytest.approx(0.23)
    assert round(amounts(sold)["sale", "refining_charge"], 1) == -22.8


@pytest.mark.parametrize(
    ("pounds", "prices", "average"),
    [([50.1, 25.4], [4.27, 4.28], 4.27), ([2.9, 3.4, 2.4, 0.3], [15.55] * 4, 15.55)],
    ids=["copper", "molybdenum"],
)
def test_average_provisional_price_that_was_published(pounds: list[float], prices: list[float], average: float) -> None:
    """Open pounds and their average price as a producer printed them (Southern Copper, 10-Q of June 2011, note 7)."""
    open_ = pl.DataFrame({"metal": "Cu", "payable_g": pounds, "first": prices, "now": prices})
    found = average_prices(open_, ["metal"])
    assert round(found["now"].item(), 2) == average
    assert round(found["payable_g"].item(), 1) in (75.5, 9.0)


def test_revaluation_of_a_quarter_from_open_pounds_and_prices() -> None:
    """Four lots with 20 million open pounds whose price falls by 0.73 give −14.6 M, in the third quarter only."""
    tonnes = 5_000_000 * POUND_G / 1e6 / 0.25
    terms = of("Cu", "LME copper", "M+3 shipment", 100.0)
    lots = [
        {
            **LOT,
            "lot": f"L{number}",
            "mine": "North" if number < 3 else "South",
            "shipment": f"S{number}",
            "shipped_day": date(2011, 7, 5 + number),
            "wet_t": tonnes,
            "moisture_pct": 0.0,
            "cu_pct": 25.0,
        }
        for number in range(1, 5)
    ]
    prices = [quote(date(2011, 7, 5), 4.30, date(2011, 10, 15)), quote(date(2011, 9, 30), 3.57, date(2011, 10, 15))]
    sold = settled(lots, terms, prices, ends=[date(2011, 6, 30), date(2011, 9, 30)])
    positions = open_metal(sold, 10)
    pounds = positions["payable_g"].sum() / POUND_G
    change = (positions["now"] - positions["first"]).mean() * POUND_G
    revaluation = sold.ledger.filter(standard="IFRS 9").group_by("day").agg(pl.col("amount").sum() / 100)
    assert revaluation.rows() == [(date(2011, 9, 30), -14_600_000.0)]
    assert pounds == pytest.approx(20_000_000) and pounds * change == pytest.approx(-14_600_000)
    # FN1107: a price that fell between the two ends cannot give a gain
    assert change < 0 and set(sold.ledger.filter(standard="IFRS 9")["amount"].sign()) == {-1}
    assert positions["shift"].sum() / 100 == pytest.approx(20_000_000 * 0.357)


# --- what a lot goes through ------------------------------------------------------------------------------------------


def test_a_lot_goes_through_its_states() -> None:
    """Shipped, invoiced, open at the end of the quarter, fixed by its period, final."""
    events = [
        {"lot": "L1", "day": date(2011, 8, 20), "kind": "provisional", "share_pct": 90.0},
        {"lot": "L1", "day": date(2011, 12, 5), "kind": "final"},
    ]
    sold = settled([{**LOT, **WEIGHED}], COPPER, path_of_prices(), events)
    assert states(sold, table(events, EVENTS)).select("state", "day").rows() == [
        ("shipped", date(2011, 8, 10)),
        ("provisional", date(2011, 8, 20)),
        ("open", date(2011, 9, 30)),
        ("fixed", date(2011, 10, 31)),
        ("final", date(2011, 12, 5)),
    ]


def test_the_final_invoice_is_what_is_left() -> None:
    """Ninety percent are paid first, of the value at shipment; the final invoice is the final value less that."""
    events = [
        {"lot": "L1", "day": date(2011, 8, 20), "kind": "provisional"},
        {"lot": "L1", "day": date(2011, 12, 5), "kind": "final"},
    ]
    terms = [*COPPER, term("provisional_payment", None, 90.0, "%")]
    sold = settled([{**LOT, **WEIGHED}], terms, path_of_prices(), events)
    first, last = invoices(sold, table(events, EVENTS)).rows(named=True)
    assert first["amount"] == round(first["value"] * 0.9)
    assert first["amount"] + last["amount"] == last["value"] == sold.ledger["amount"].sum()


def test_final_assays_change_the_quantity_at_the_first_price() -> None:
    """A quantity that is found later is revenue at the price of the sale; what the price did to it is not."""
    terms = [*COPPER, term("splitting_limit", "Cu", 0.3, "%"), term("umpire", says="middle")]
    events = [{"lot": "L1", "day": date(2011, 11, 15), "kind": "assays", "party": "buyer", "cu_pct": 23.8}]
    sold = settled([{**LOT, **WEIGHED}], terms, path_of_prices(), events)
    final = 9_150 * (0.239 - 0.01) * 1e6 / POUND_G
    first = 9_150 * 0.23 * 1e6 / POUND_G
    said = amounts(sold)
    assert said["quantity", "metal"] == pytest.approx((final - first) * 4.05, abs=0.02)
    priced = sold.ledger.filter(standard="IFRS 9")["amount"].sum() / 100
    assert priced == pytest.approx(final * (3.92 - 4.05), abs=0.02)


def test_assays_beyond_the_limit_wait_for_an_umpire() -> None:
    """Where the parties lie too far apart and nobody decided, the lot stays with the seller's assay and is named."""
    terms = [*COPPER, term("splitting_limit", "Cu", 0.1, "%"), term("umpire", says="middle")]
    bought = {"lot": "L1", "day": date(2011, 11, 15), "kind": "assays", "party": "buyer", "cu_pct": 23.0}
    sold = settled([{**LOT, **WEIGHED}], terms, path_of_prices(), [bought])
    assert sold.undecided.select("lot", "metal").rows() == [("L1", "Cu")]
    umpired = {**bought, "party": "umpire", "cu_pct": 23.4, "day": date(2011, 11, 30)}
    after = settled([{**LOT, **WEIGHED}], terms, path_of_prices(), [bought, umpired])
    assert not after.undecided.height
    assert after.payable.filter(stage="final")["payable_g"].item() == pytest.approx(9_150e6 * 0.224)


def test_a_fixed_price_counts_from_its_day() -> None:
    """A price that was fixed takes the place of the mean of the period, and the lot is open no longer."""
    fixed = {"lot": "L1", "day": date(2011, 9, 12), "kind": "price_fixed", "metal": "Cu", "amount": 3.95}
    events = [{**fixed, "unit": "lb", "currency": "USD"}]
    sold = settled([{**LOT, **WEIGHED}], COPPER, path_of_prices()[:1], events)
    (row,) = sold.ledger.filter(standard="IFRS 9").rows(named=True)
    assert (row["event"], row["day"]) == ("final price", date(2011, 9, 12))
    assert row["amount"] / 100 == pytest.approx(-463_962.83, abs=0.01)


@pytest.mark.parametrize(
    ("arsenic", "amount"), [(0.15, 0.0), (0.25, -2.5 * 0.5), (0.35, -2.5 * 1.5), (0.60, -2.5 * 3 - 5.0)]
)
def test_penalties_go_by_steps(arsenic: float, amount: float) -> None:
    """US$2.50 for each 0.1 % above 0.2 %, twice as much above 0.5 %, parts of a step in proportion."""
    step = {"each": 0.1, "step_unit": "%"}
    terms = [
        *COPPER,
        term("penalty", "As", 2.5, "USD/dmt", above=0.2, upto=0.5, **step),
        term("penalty", "As", 5.0, "USD/dmt", above=0.5, **step),
    ]
    sold = settled([{**LOT, **WEIGHED, "as_pct": arsenic}], terms, path_of_prices())
    assert amounts(sold).get(("sale", "penalty"), 0.0) == pytest.approx(amount * 9_150, abs=0.01)


def test_only_full_steps_count_where_the_contract_says_so() -> None:
    """Three and a half steps are three; three steps are three whatever the last bit of a float is."""
    terms = [*COPPER, term("penalty_full_steps", "As", 2.5, "USD/dmt", above=0.2, each=0.1, step_unit="%")]
    for arsenic in (0.5, 0.55):
        sold = settled([{**LOT, **WEIGHED, "as_pct": arsenic}], terms, path_of_prices())
        assert amounts(sold)["sale", "penalty"] == pytest.approx(-7.5 * 9_150, abs=0.01)


@pytest.mark.parametrize(("grade", "share"), [(0.9, 0.0), (1.0, 0.9), (2.9, 0.9), (5.0, 0.95)])
def test_gold_is_paid_by_the_step_of_its_grade(grade: float, share: float) -> None:
    """Nothing under a gram, 90 % from one gram, 95 % from three: the step counts for the whole grade."""
    steps = [
        term("payable", "Au", 90.0, "%", above=1.0, step_unit="g/t"),
        term("payable", "Au", 95.0, "%", above=3.0, step_unit="g/t"),
    ]
    gold = [*of("Au", "London gold", "M+0 shipment", 0.0)[:2], *steps]
    prices = [quote(date(2011, 8, 10), 1800.0, date(2011, 8, 31), "London gold", "oz")]
    sold = settled([{**LOT, **WEIGHED, "au_gpt": grade}], gold, prices, ends=[date(2011, 8, 15)])
    assert sold.payable.filter(stage="provisional")["payable_g"].item() == pytest.approx(9_150 * grade * share)


def test_price_participation_is_kept_by_the_buyer() -> None:
    """Ten percent of the price above 90 ¢/lb stay with the buyer, at the sale and in each revaluation."""
    band = term("price_participation", "Cu", 10.0, "%", above=0.90, step_unit="USD/lb")
    sold = settled([{**LOT, **WEIGHED}], [*COPPER, band], path_of_prices())
    pounds = 9_150 * 0.23 * 1e6 / POUND_G
    assert amounts(sold)["sale", "price_participation"] == pytest.approx(-pounds * 0.315, abs=0.01)
    assert sold.ledger.filter(standard="IFRS 9")["amount"].sum() / 100 == pytest.approx(pounds * -0.13 * 0.9, abs=0.02)


def test_freight_franchise_and_other_charges() -> None:
    """Freight by the wet tonne, supervision by the lot, half a percent of the dry mass lost in weighing."""
    terms = [
        *COPPER,
        term("freight", None, 60.0, "USD/wmt"),
        term("charge", None, 2_500.0, "USD", says="supervision"),
        term("treatment_charge", None, 80.0, "USD/dmt"),
        term("franchise", None, 0.5, "%"),
    ]
    said = amounts(settled([{**LOT, **WEIGHED}], terms, path_of_prices()))
    assert said["sale", "freight"] == -600_000.0
    assert said["sale", "supervision"] == -2_500.0
    assert said["sale", "treatment_charge"] == pytest.approx(-80.0 * 9_150 * 0.995)


def test_bars_are_weighed_in_ounces() -> None:
    """Doré: gross ounces times fineness times the payable share, at a charge for each gross ounce."""
    terms = [
        *of("Au", "London gold", "2011-08-15", 99.9),
        term("treatment_charge", None, 0.5, "USD/oz"),
    ]
    dore = {**LOT, "weight_oz": 5_000.0, "au_gpt": 900_000.0}
    prices = [quote(date(2011, 8, 10), 1_790.0, date(2011, 8, 15), "London gold", "oz")]
    prices.append(quote(date(2011, 8, 15), 1_800.0, None, "London gold", "oz"))
    sold = settled([dore], terms, prices)
    assert sold.payable.filter(stage="provisional")["payable_g"].item() / OUNCE_G == pytest.approx(4_495.5)
    assert amounts(sold)["sale", "treatment_charge"] == -2_500.0
    assert sold.ledger["amount"].sum() == 4_495.5 * 180_000 - 250_000


def test_annual_charges_change_with_the_day_of_shipment() -> None:
    """A term that is given anew from a day counts for lots shipped from then on."""
    terms = [
        *COPPER,
        term("treatment_charge", None, 80.0, "USD/dmt"),
        term("treatment_charge", None, 60.0, "USD/dmt", from_day=date(2011, 8, 1)),
    ]
    said = amounts(settled([{**LOT, **WEIGHED}], terms, path_of_prices()))
    assert said["sale", "treatment_charge"] == -60.0 * 9_150


# --- what is missing --------------------------------------------------------------------------------------------------


def missing(**change: Any) -> list[tuple[str, Any, Any]]:
    """The reasons why a lot is not posted, and that nothing of it is."""
    given = {"lots": [{**LOT, **WEIGHED}], "terms": COPPER, "prices": path_of_prices(), "events": (), **change}
    sold = settled(given["lots"], given["terms"], given["prices"], given["events"])
    assert not sold.ledger.height and not sold.lots.height
    return [(row["reason"], row["day"], row["metal"]) for row in sold.unposted.sort("reason").to_dicts()]


def test_a_lot_without_a_contract_is_not_posted() -> None:
    """A contract that nobody wrote down pays nothing, and the lot is named."""
    lot = {**LOT, **WEIGHED, "contract": "Q"}
    assert missing(lots=[lot]) == [("no terms of its contract are in force", date(2011, 8, 10), None)]


def test_a_missing_forward_price_is_not_filled() -> None:
    """Without a forward price at the end of the quarter nothing of the lot is posted, not even its sale."""
    prices = [path_of_prices()[0], path_of_prices()[2]]
    reason = "no forward price for its quotational period"
    assert missing(prices=prices) == [(reason, date(2011, 9, 30), "Cu")]


def test_prices_are_not_carried_beyond_the_curve() -> None:
    """A curve that ends before the quotational period says nothing of it."""
    short = [{**quote, "delivery_day": date(2011, 9, 30)} for quote in path_of_prices()[:2]]
    assert missing(prices=short)[0] == ("no forward price for its quotational period", date(2011, 9, 30), "Cu")


def test_an_arrival_that_is_not_known_gives_no_period() -> None:
    """A period counted from arrival needs the day, planned or past."""
    terms = [*of("Cu", "LME copper", "MAMA", 96.5)]
    assert missing(terms=terms) == [("no day of arrival for its quotational period", date(2011, 8, 10), "Cu")]


def at_sea(came: date | None = date(2011, 11, 3)) -> tuple[dict[str, Any], list[Any], list[Any], list[Any]]:
    """A lot that was to arrive in September and is priced in the month after arrival; its ship came in November."""
    lot = {**LOT, **WEIGHED, "arrived_day": date(2011, 9, 20)}
    curve = [(date(2011, 10, 15), 4.0), (date(2011, 11, 15), 4.1), (date(2011, 12, 15), 4.2)]
    prices = [
        quote(day, amount - off, delivery)
        for day, off in ((date(2011, 8, 10), 0.0), (date(2011, 9, 30), 0.5))
        for delivery, amount in curve
    ]
    prices += [quote(date(2011, 10, 17), 3.3), quote(date(2011, 12, 15), 3.4)]
    return lot, of("Cu", "LME copper", "MAMA", 100.0), prices, [arrived(came)] if came else []


def arrived(day: date) -> dict[str, Any]:
    """An event of arrival."""
    return {"lot": "L1", "day": day, "kind": "arrived"}


def test_a_period_end_does_not_know_when_a_ship_will_come() -> None:
    """Planned for September, priced in October: 4.00 at first, 3.50 at its end; it came in November, 3.40 at last."""
    lot, terms, prices, events = at_sea()
    sold = settled([lot], terms, prices, events)
    closings = {row["closing"]: row for row in sold.priced.closings.iter_rows(named=True)}
    first, third = sold.priced.metals["first"].item() * POUND_G, closings[date(2011, 9, 30)]
    assert (first, third["now"] * POUND_G) == pytest.approx((4.0, 3.5))
    assert (third["qp_start"], third["qp_end"]) == (date(2011, 10, 1), date(2011, 10, 31))
    last = closings[date(2011, 12, 31)]
    assert (last["qp_end"], last["now"] * POUND_G) == (date(2011, 12, 31), pytest.approx(3.4))
    pounds = 9_150 * 0.24 * 1e6 / POUND_G
    ninth = sold.ledger.filter(standard="IFRS 9")
    by_september = ninth.filter(pl.col("day") <= date(2011, 9, 30))["amount"].sum() / 100
    assert (by_september, ninth["amount"].sum() / 100) == pytest.approx((-0.5 * pounds, -0.6 * pounds), abs=0.02)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 140), st.sampled_from(["MAMA", "M+0 arrival", "M-1 arrival", "D+20 arrival", "M+2 shipment"]))
def test_what_comes_later_changes_no_earlier_posting(late: int, period: str) -> None:
    """What a quarter adds up to is the same with and without all that was told after its end."""
    came = date(2011, 8, 20) + timedelta(days=late)
    lot, terms, prices, _ = at_sea()
    terms = [{**each, "says": period} if each["term"] == "quotational_period" else each for each in terms]
    days = [date(2011, 8, 1) + timedelta(days=at) for at in range(0, 300, 3)]
    prices += [quote(day, 3.0 + at / 100) for at, day in enumerate(days)]
    prices += [quote(date(2011, 12, 31), 3.9, date(2012, 1, 31) + timedelta(days=at)) for at in range(0, 90, 30)]
    end, ends = date(2011, 9, 30), QUARTERS[2:]
    known = [arrived(came)] if came <= end else []
    then = settled([lot], terms, [each for each in prices if each["day"] <= end], known, [end])
    now = settled([lot], terms, prices, [arrived(came)], ends)
    keys = ["standard", "item", "metal"]  # a planned arrival without another is taken as the last word
    upto = [made.ledger.filter(pl.col("day") <= end).group_by(keys).agg(pl.col("amount").sum()) for made in (then, now)]
    if now.ledger.height:
        assert upto[0].sort(keys).rows() == upto[1].sort(keys).rows()


def test_charges_in_another_currency_are_exchanged_at_shipment() -> None:
    """Eighty Canadian dollars a tonne at 0.9869 are US$81.06, also when the weights change later."""
    terms = [*COPPER, term("treatment_charge", None, 80.0, "CAD/dmt")]
    rates = pl.DataFrame(
        {"base": "USD", "quote": "CAD", "day": [date(2011, 8, 8), date(2011, 11, 1)], "rate": [0.9869, 1.02]}
    ).with_columns(kind=pl.lit("spot"))
    weights = {"lot": "L1", "day": date(2011, 11, 1), "kind": "weights", "wet_t": 10_100.0, "moisture_pct": 8.5}
    frames = [table([{**LOT, **WEIGHED}], LOTS), table(terms, COLUMNS), table([weights], EVENTS)]
    sold = settle(*frames, table(path_of_prices(), PRICES), GRADES, QUARTERS, exchange=Exchange(rates, "spot"))
    said = sold.ledger.filter(item="treatment_charge").select("event", pl.col("amount") / 100).rows()
    assert dict(said) == pytest.approx({"sale": -732_000 / 0.9869, "quantity": -7_320 / 0.9869}, abs=0.02)
    assert set(sold.lots["currency"]) == {"USD"}


def test_several_currencies_are_not_added() -> None:
    """A charge in another currency needs a rate, and somebody who says which; prices in several are none."""
    terms = [*COPPER, term("treatment_charge", None, 80.0, "CAD/dmt")]
    unsaid = "charges are in CAD, prices in USD; which rate counts is not said"
    assert missing(terms=terms) == [(unsaid, date(2011, 8, 10), None)]
    frames = [table([{**LOT, **WEIGHED}], LOTS), table(terms, COLUMNS), table([], EVENTS)]
    sold = settle(*frames, table(path_of_prices(), PRICES), GRADES, QUARTERS, exchange=Exchange(kind="spot"))
    assert sold.unposted["reason"].to_list() == ["no spot rate from CAD to USD for its charges"]
    assert not sold.ledger.height
    euros = [{**each, "currency": "EUR"} for each in path_of_prices()[:1]]
    assert missing(prices=[*path_of_prices(), *euros]) == [("prices are in EUR, USD", date(2011, 8, 10), None)]


def test_one_bad_lot_does_not_keep_the_others() -> None:
    """Lots are posted whole or not at all, each for itself."""
    lots = [{**LOT, **WEIGHED}, {**LOT, **WEIGHED, "lot": "L2", "wet_t": None}]
    sold = settled(lots, COPPER, path_of_prices())
    assert set(sold.ledger["lot"]) == {"L1"}
    assert sold.unposted.select("lot", "reason").rows() == [("L2", "no mass")]


# --- laws -------------------------------------------------------------------------------------------------------------


def book_of(seed: int) -> dict[str, list[Any]]:
    """Lots of a year with prices for all of it, some with final weights and assays, some with prices fixed early."""
    chance = Random(seed)
    lots: list[Any] = []
    events: list[Any] = []
    for number in range(chance.randint(1, 5)):
        shipped = date(2011, 1, 1) + timedelta(days=chance.randint(0, 200))
        lot = {**LOT, "lot": f"L{number}", "shipment": f"S{number}", "shipped_day": shipped}
        lot |= {"wet_t": float(chance.randint(1, 9_000)), "moisture_pct": chance.randint(0, 120) / 10}
        lots.append({**lot, "cu_pct": chance.randint(50, 400) / 10, "as_pct": chance.randint(0, 8) / 10})
        after = {"lot": lot["lot"], "day": shipped + timedelta(days=chance.randint(20, 150))}
        if chance.random() < 0.5:
            grade = lots[-1]["cu_pct"] + chance.randint(-3, 3) / 10
            events.append({**after, "kind": "assays", "party": "buyer", "cu_pct": grade})
        if chance.random() < 0.5:
            wet = lot["wet_t"] * chance.randint(970, 1010) / 1000
            events.append({**after, "kind": "weights", "wet_t": wet, "moisture_pct": lot["moisture_pct"]})
        if chance.random() < 0.5:
            fixed = {"metal": "Cu", "amount": money(chance), "unit": "lb", "currency": "USD"}
            events.append({**after, "kind": "price_fixed", **fixed})
    terms = [
        *of("Cu", "LME copper", chance.choice(["M+0 shipment", "M+2 shipment", "D+40 shipment"]), 96.5),
        term("minimum_deduction", "Cu", 1.0, "%"),
        term("splitting_limit", "Cu", 0.4, "%"),
        term("treatment_charge", None, 80.0, "USD/dmt"),
        term("price_participation", "Cu", 10.0, "%", above=3.0, upto=5.0, step_unit="USD/lb"),
    ]
    # spot prices on every day: a period of one day must have one
    prices = [quote(date(2011, 1, 1) + timedelta(days=step), money(chance)) for step in range(420)]
    for day in (date(2010, 12, 31) + timedelta(days=step) for step in range(0, 470, 5)):
        level = money(chance)
        prices += [quote(day, level + months / 10, day + timedelta(days=int(30 * months))) for months in (0.1, 5)]
    return {"lots": lots, "events": events, "terms": terms, "prices": prices}


def money(chance: Random) -> float:
    """A price of a pound."""
    return chance.randint(200, 600) / 100


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_revaluations_add_up_to_final_less_provisional(seed: int) -> None:
    """All postings of the price are final quantity times last less first net price, to the cent; order is free."""
    book = book_of(seed)
    sold = settled(**book)
    assert not sold.unposted.height
    # a lot whose final assays came has both stages; "final" sorts before "provisional"
    last = sold.payable.sort("stage").unique(["lot", "metal"], keep="first", maintain_order=True)
    for row in sold.priced.metals.join(last, on=["lot", "metal"]).to_dicts():
        change = row["payable_g"] * (row["net_last"] - row["net_first"])
        posted = sold.ledger.filter(pl.col("lot") == row["lot"], pl.col("standard") == "IFRS 9")["amount"].sum()
        assert abs(posted - change * 100) <= 0.51
    by_event = dict(sold.ledger.group_by("event").agg(pl.col("amount").sum()).rows())
    assert by_event.get("reversal", 0) == -by_event.get("revaluation", 0)
    chance = Random(seed)
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in book.items()}
    assert settled(**shuffled).ledger.equals(sold.ledger)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_ends_of_months_give_the_same_as_ends_of_quarters(seed: int) -> None:
    """Whoever values each month books for each quarter what one does who values each quarter."""
    book = book_of(seed)
    months = [date(2011 + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 16)]
    by_month, by_quarter = settled(**book, ends=months), settled(**book)
    for start, end in zip([date(2010, 12, 31), *QUARTERS], QUARTERS, strict=False):
        some = pl.col("day").is_between(start + timedelta(days=1), end)
        assert by_month.ledger.filter(some)["amount"].sum() == by_quarter.ledger.filter(some)["amount"].sum()


def test_a_period_that_has_begun_counts_the_days_that_are_past() -> None:
    """Ten of thirty days past at 4.00 and twenty to come at 3.70 are 3.80."""
    prices = [quote(date(2011, 9, 10), 4.00), quote(date(2011, 9, 10), 3.70, date(2011, 9, 20))]
    terms = of("Cu", "LME copper", "M+0 shipment", 100.0)
    lot = {**LOT, **WEIGHED, "shipped_day": date(2011, 9, 10)}
    sold = settled([lot], terms, prices, ends=[date(2011, 9, 10)])
    assert sold.priced.metals["first"].item() * POUND_G == pytest.approx(3.80)
    assert sold.priced.closings["priced_by"].to_list() == ["average and forward"]


@pytest.mark.parametrize(
    "fault",
    [
        {"value": None, "unit": "USD/dmt"},
        {"value": 80.0, "unit": "dmt"},
        {"value": float("inf"), "unit": "USD/dmt"},
        {"value": 80.0, "unit": None},
    ],
    ids=["no number", "no money", "no end", "no unit"],
)
def test_a_charge_that_cannot_be_counted_posts_nothing(fault: dict[str, Any]) -> None:
    """A charge without a number or in no money is not nought: the lot is named and not posted."""
    terms = [*COPPER, {**term("treatment_charge"), **fault}]
    assert missing(terms=terms) == [("an amount or a charge that cannot be counted", date(2011, 8, 10), None)]


def test_a_share_that_cannot_be_counted_posts_nothing() -> None:
    """A payable share in no percent is not a share of nought."""
    terms = [*COPPER[:2], term("payable", "Cu", 96.5, "dmt")]
    assert missing(terms=terms)[0][0] == "an amount or a charge that cannot be counted"
