"""Measures of a company's own: bridges add up to the cent, costs for a unit come out by either treatment."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import chart
from orebook.disciplines.finance.ledger.exchange import exchange_into
from orebook.disciplines.finance.ledger.held import held
from orebook.disciplines.finance.ledger.statement_lines import usual_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.measures.bridges import Bridges, bridge_table, bridges, ratio
from orebook.disciplines.finance.measures.definitions import MeasureError, measure_definitions
from orebook.disciplines.finance.measures.unit_costs import unit_costs
from orebook.disciplines.finance.statements import bounds
from orebook.ground.fiscal import Reported, reporting_periods
from orebook.ground.period import Period

Rows = list[tuple[str, str, float]]


def quarters(first: str, last: str) -> list[Reported]:
    """The quarters from one to another."""
    periods = reporting_periods(Period.parse(first).start, Period.parse(last).end)
    return [each for each in periods if each.kind == "quarter"]


def measured(
    said: Mapping[str, object],
    accounts: pl.DataFrame,
    rows: Rows,
    periods: list[Reported],
    mines: list[str] | None = None,
) -> Bridges:
    """Measures of a ledger of quarters, given as rows of account, quarter and amount."""
    days = [(Period.parse(period).start, Period.parse(period).end) for _, period, _ in rows]
    units = dict(accounts.filter(pl.col("kind") == "quantity").select("account", pl.lit("oz")).iter_rows())
    ledger = pl.DataFrame(
        {
            "account": [account for account, _, _ in rows],
            "from_day": [start for start, _ in days],
            "to_day": [end for _, end in days],
            "amount": [amount for _, _, amount in rows],
            "currency": [units.get(account, "CAD") for account, _, _ in rows],
            "mine": mines or [""] * len(rows),
        }
    )
    read = held(accounts, ledger)
    assert not read.left_out.height, read.left_out
    definitions = measure_definitions(said, usual_lines())
    return bridges(definitions, sums(read, *bounds(periods), exchange_into("CAD", None)), usual_lines(), read.series)


ADJUSTED = {
    "adjusted_net_income": {
        "label": "Adjusted net income",
        "kind": "financial measure",
        "start": {"line": "net_income"},
        "comparable": "net_income",
        "why": "It leaves out what does not settle in the period.",
        "adjust": [
            {
                "label": "Unrealized gains and losses on derivative instruments",
                "tag": "unrealized",
                "sign": "remove",
                "tax": {"rate_pct": {"2010": 28.9145, "2011": 26.5}},
            }
        ],
    }
}


# --- the published quarters ------------------------------------------------------------------------------------------


def test_adjusted_income_of_the_published_quarters() -> None:
    """17,617 less a gain of 17.5 M at 26.5 % is 4,755: a bridge of 12,862; and 7,429 to 13,258, a bridge of −5,829."""
    gain, loss = -17_499_319.73, 8_200_000.00
    rows = [
        ("4500", "2011-Q3", gain),
        ("5200", "2011-Q3", -17_617_000.00 - gain),
        ("4500", "2010-Q3", loss),
        ("5200", "2010-Q3", -7_429_000.00 - loss),
    ]
    periods = quarters("2010-Q3", "2011-Q3")
    found = measured(ADJUSTED, chart(), rows, periods)
    table = bridge_table(found, periods, company="Alder", currency="CAD")
    result = table.filter(pl.col("kind") == "result").select("period", "value", "implied_tax_pct").rows()
    assert [(period, round(value / 1000)) for period, value, _ in result if period.endswith("Q3")] == [
        ("2010-Q3", 13258),
        ("2011-Q3", 4755),
    ]
    items = table.filter(pl.col("kind") == "item").select("period", "value").rows()
    assert [round(-value / 1000) for period, value in items if period.endswith("Q3")] == [-5829, 12862]
    assert [round(rate, 2) for period, _, rate in result if period.endswith("Q3")] == [28.91, 26.50]


MARGINS = {
    "2011-Q3": (69_409, 8_531, 12.3),
    "2010-Q3": (68_477, 25_656, 37.5),
    "2011-9M": (205_994, 56_614, 27.5),
    "2010-9M": (191_232, 46_742, 24.4),
}
"""Revenues and income from mine operations in thousands, and the margin in percent."""


def test_margins_of_the_published_columns() -> None:
    """12.3, 37.5, 27.5 and 24.4 %, each from the amounts of its own column."""
    rows = [("4000", period, -1000.0 * revenue) for period, (revenue, _, _) in MARGINS.items()]
    rows += [("5000", period, 1000.0 * (revenue - income)) for period, (revenue, income, _) in MARGINS.items()]
    periods = [each for each in reporting_periods(date(2010, 1, 1), date(2011, 9, 30)) if each.period.label in MARGINS]
    found = measured({"margin": {"preset": "margin"}}, chart(), rows, periods)
    values, known = ratio(found, found.made["margin", ""])
    assert known.all()
    assert {each.period.label: round(float(value), 1) for each, value in zip(periods, values, strict=True)} == {
        period: percent for period, (_, _, percent) in MARGINS.items()
    }


def test_an_item_belongs_to_a_measure_for_its_time() -> None:
    """What was taken out until 2010 only is taken out of 2010 only."""
    item = {"label": "Share-based pay", "tag": "pay", "sign": "remove", "tax": "none", "until": date(2010, 12, 31)}
    said = {"adjusted_net_income": {**ADJUSTED["adjusted_net_income"], "adjust": [item]}}
    accounts = chart("5300 expense share_based_payments - pay\n4000 income revenues - -")
    rows = [("5300", "2010-Q4", 5.0), ("4000", "2010-Q4", -20.0), ("5300", "2011-Q1", 5.0), ("4000", "2011-Q1", -20.0)]
    found = measured(said, accounts, rows, quarters("2010-Q4", "2011-Q1"))
    assert (found.made["adjusted_net_income", ""].cents / 100).tolist() == [20.0, 15.0]


# --- all-in sustaining cost ------------------------------------------------------------------------------------------

COSTS = chart("""
6000 expense production_costs - site_cost
6100 expense royalties - royalties
6200 expense treatment_charges - refining
4100 income metal_sales - gold_revenue
4200 income metal_sales - silver_revenue
7000 expense administration - corporate
7100 expense other_operating - accretion
7200 expense exploration_expense - sustaining_exploration
1510 asset mineral_properties capital_expenditures sustaining_capital
1520 asset mineral_properties capital_expenditures growth_capital
1000 asset cash - -
9000 quantity - - gold_sold
9100 quantity - - silver_sold
""")

AISC = {
    "cash_cost": {
        "label": "Cash cost",
        "kind": "ratio",
        "start": {"tag": "site_cost", "label": "Production costs"},
        "comparable": "cost_of_sales",
        "by": "mine",
        "treatment": "by-product",
        "per": {"metal": "Au", "tag": "gold_sold", "unit": "oz", "basis": "sold"},
        "adjust": [
            {"label": "Royalties", "tag": "royalties", "sign": "add"},
            {"label": "Refining", "tag": "refining", "sign": "add"},
            {"label": "Silver revenue", "tag": "silver_revenue", "sign": "deduct"},
        ],
    },
    "aisc": {
        "label": "All-in sustaining cost",
        "kind": "ratio",
        "start": {"measure": "cash_cost", "label": "Cash cost"},
        "comparable": "cost_of_sales",
        "by": "mine",
        "treatment": "by-product",
        "per": {"metal": "Au", "tag": "gold_sold", "unit": "oz", "basis": "sold"},
        "adjust": [
            {"label": "Corporate administration", "tag": "corporate", "sign": "add"},
            {"label": "Accretion", "tag": "accretion", "sign": "add"},
            {"label": "Sustaining exploration", "tag": "sustaining_exploration", "sign": "add"},
            {"label": "Sustaining capital", "tag": "sustaining_capital", "sign": "add"},
        ],
    },
}

SPENT = {
    "6000": 60_000_000.0,
    "6100": 3_000_000.0,
    "6200": 1_000_000.0,
    "4200": -8_000_000.0,
    "7000": 6_000_000.0,
    "7100": 1_000_000.0,
    "7200": 2_000_000.0,
    "1510": 15_000_000.0,
    "1520": 40_000_000.0,
    "4100": -120_000_000.0,
}


def gold(mine: str = "Heron", times: float = 1.0) -> tuple[Rows, list[str]]:
    """A quarter of a gold mine: 80,000 oz of gold and 400,000 oz of silver sold, all for cash."""
    rows = [(account, "2011-Q3", amount * times) for account, amount in SPENT.items()]
    rows.append(("1000", "2011-Q3", -sum(amount for _, _, amount in rows)))
    rows += [("9000", "2011-Q3", 80_000.0 * times), ("9100", "2011-Q3", 400_000.0 * times)]
    mines = ["" if account == "7000" else mine for account, _, _ in rows]
    return rows, mines


def test_all_in_sustaining_cost_by_product() -> None:
    """60 + 3 + 1 − 8 = 56 M or 700 an ounce; with 6 of the company, 1, 2 and 15 it is 80 M or 1,000 an ounce sold.

    The blocks are those of the World Gold Council's guidance note of 2013 and 2018; growth capital stays out.
    """
    rows, mines = gold()
    periods = quarters("2011-Q3", "2011-Q3")
    opened = [("1000", "2011-Q2", 0.0)]
    found = measured(AISC, COSTS, opened + rows, periods, ["", *mines])
    table = unit_costs(found, periods, pl.DataFrame(), company="Alder", currency="CAD")
    told = {(row["line"], row["subject"]): row["value"] for row in table.to_dicts()}
    assert told == {
        ("cash_cost", "Alder"): 700.0,
        ("cash_cost", "Heron"): 700.0,
        ("aisc", "Alder"): 1000.0,
        ("aisc", "Heron"): 925.0,
    }
    assert set(table["quantity_basis"]) == {"sold"}
    assert (table["cost"] / table["quantity"]).to_list() == table["value"].to_list()


def test_sites_and_corporate_are_the_company() -> None:
    """Mines and what belongs to none add up to the company in every step of the bridge."""
    one, there = gold()
    two, here = gold("Alder Creek", 0.37)
    periods = quarters("2011-Q3", "2011-Q3")
    found = measured(AISC, COSTS, one + two, periods, there + here)
    table = bridge_table(found, periods, company="Company", currency="CAD")
    by_step = table.filter(pl.col("measure") == "aisc").pivot("subject", index="step", values="value")
    parts = by_step["Heron"] + by_step["Alder Creek"] + by_step["corporate"]
    assert (parts - by_step["Company"]).abs().max() < 0.005
    assert by_step["corporate"].to_list()[-1] == pytest.approx(8_220_000.0)


def test_co_products_share_the_cost_by_revenue() -> None:
    """64 M shared by revenue of 120 and 8 M: 60 M or 750 an ounce of gold, 4 M or 10 an ounce of silver."""
    per = [
        {"metal": "Au", "tag": "gold_sold", "unit": "oz", "basis": "sold", "revenue": "gold_revenue"},
        {"metal": "Ag", "tag": "silver_sold", "unit": "oz", "basis": "sold", "revenue": "silver_revenue"},
    ]
    said = {**AISC["cash_cost"], "treatment": "co-product", "per": per, "adjust": AISC["cash_cost"]["adjust"][:2]}
    rows, mines = gold()
    periods = quarters("2011-Q3", "2011-Q3")
    found = measured({"cash_cost": said}, COSTS, rows, periods, mines)
    table = unit_costs(found, periods, pl.DataFrame(), company="Alder", currency="CAD")
    told = {row["metal"]: (row["cost"], row["value"]) for row in table.filter(pl.col("subject") == "Alder").to_dicts()}
    assert told == {"Au": (60_000_000.0, 750.0), "Ag": (4_000_000.0, 10.0)}


def test_a_quantity_of_another_result_is_converted() -> None:
    """Metal that another result gives in pounds divides a cost a tonne; a basis that is not there gives nothing."""
    per = {"metal": "Cu", "figure": "milling.metal_produced", "unit": "t", "basis": "100%"}
    said = {**AISC["cash_cost"], "per": per}
    rows, mines = gold()
    periods = quarters("2011-Q3", "2011-Q3")
    found = measured({"cash_cost": said}, COSTS, rows, periods, mines)
    made = {"measure": ["milling.metal_produced"] * 2, "subject": ["Alder"] * 2, "metal": ["Cu"] * 2}
    made |= {
        "period": ["2011-Q3"] * 2,
        "basis": ["100%", "attributable"],
        "value": [2204622.6, 1.0],
        "unit": ["lb"] * 2,
    }
    table = unit_costs(found, periods, pl.DataFrame(made), company="Alder", currency="CAD")
    assert [round(value) for value in table["value"]] == [56_000]


# --- laws ------------------------------------------------------------------------------------------------------------


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.tuples(st.integers(-(10**11), 10**11), st.sampled_from(["none", 26.5, 28.5, 33.333])), max_size=5),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_bridge_adds_up_to_the_cent(net: int, items: list[tuple[int, object]]) -> None:
    """Start and items, each with its tax effect, are the result, whatever the amounts and rates."""
    accounts = chart(
        "4000 income revenues - -\n" + "\n".join(f"45{n:02} income other_income - t{n}" for n in range(len(items)))
    )
    rows = [("4000", "2011-Q3", -net / 100), *((f"45{n:02}", "2011-Q3", -one[0] / 100) for n, one in enumerate(items))]
    adjust = [
        {"label": f"t{n}", "tag": f"t{n}", "sign": "remove", "tax": tax if tax == "none" else {"rate_pct": tax}}
        for n, (_, tax) in enumerate(items)
    ]
    said = {"adjusted_net_income": {**ADJUSTED["adjusted_net_income"], "adjust": adjust}}
    periods = quarters("2011-Q3", "2011-Q3")
    found = measured(said, accounts, rows, periods)
    table = bridge_table(found, periods, company="Alder", currency="CAD")
    cents = (table["value"] * 100).round().cast(pl.Int64).to_list()
    assert sum(cents[:-1]) == cents[-1] == found.made["adjusted_net_income", ""].cents[0]
    assert cents[0] == net + sum(amount for amount, _ in items)


# --- definitions -----------------------------------------------------------------------------------------------------

WRONG = {
    "tax": ({"adjust": [{"tag": "x", "sign": "remove"}]}, "tax: has to be said"),
    "sign": ({"adjust": [{"tag": "x", "sign": "minus"}]}, "'minus' is not known; write one of add, deduct, remove"),
    "two sources": ({"adjust": [{"tag": "x", "line": "cash", "sign": "add"}]}, "names line and tag"),
    "line": ({"start": {"line": "net_incom"}}, "there is no line 'net_incom'; did you mean 'net_income'"),
    "kind": ({"kind": "own"}, "'own' is not known"),
    "key": ({"comparabel": "net_income"}, "did you mean 'comparable'"),
    "removed line": ({"adjust": [{"line": "income_tax", "sign": "remove"}]}, "only accounts are removed"),
    "treatment": ({"per": {"metal": "Au", "tag": "g", "unit": "oz", "basis": "sold"}}, "treatment: None is not known"),
    "basis": ({"per": {"metal": "Au", "tag": "g", "unit": "oz"}}, "basis: is missing"),
    "unit": ({"per": {"metal": "Au", "tag": "g", "unit": "ozs", "basis": "sold"}}, "'ozs' is no unit"),
    "itself": ({"start": {"measure": "adjusted_net_income"}}, "is made of itself"),
    "preset": ({"preset": "ebita"}, "'ebita' is not known; write one of ebitda"),
    "change": ({"changed": [{"on": "2011", "what": "label"}]}, "changed 1.on: is missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_definition_that_cannot_be_meant_is_refused(name: str) -> None:
    """Every fault is told with the measure, the key, and what to write."""
    more, message = WRONG[name]
    said = {"adjusted_net_income": {**ADJUSTED["adjusted_net_income"], **more}}
    with pytest.raises(MeasureError, match=r"measures\.adjusted_net_income") as caught:
        measure_definitions(said, usual_lines())
    assert message in str(caught.value)


def test_accounts_of_both_sides_are_not_added() -> None:
    """A tag at an income and an expense account cannot be added: nobody knows which way; it can be removed."""
    accounts = chart("4000 income revenues - both\n5000 expense production_costs - both")
    said = {"own": {"label": "Own", "kind": "supplementary", "start": {"tag": "both"}}}
    with pytest.raises(MeasureError, match="stands at accounts of expense, income"):
        measured(said, accounts, [("4000", "2011-Q3", -1.0), ("5000", "2011-Q3", 1.0)], quarters("2011-Q3", "2011-Q3"))
