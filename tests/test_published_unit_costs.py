"""Published reconciliations of unit costs come out of the project's own bridges, within the printed digits."""

from datetime import timedelta

import polars as pl
import pytest

from ledgers import chart
from orebook.disciplines.finance.ledger.exchange import exchange_into
from orebook.disciplines.finance.ledger.held import held
from orebook.disciplines.finance.ledger.statement_lines import usual_lines
from orebook.disciplines.finance.ledger.summing import sums
from orebook.disciplines.finance.measures.bridges import Bridges, bridges
from orebook.disciplines.finance.measures.definitions import measure_definitions
from orebook.disciplines.finance.measures.unit_costs import unit_costs
from orebook.disciplines.finance.statements import bounds
from orebook.ground.fiscal import Reported, reporting_periods
from orebook.ground.period import Period

MILLION = 1_000_000.0

Entry = tuple[str, str, str, float]
"""Mine, account, quarter, and amount as a debit."""


def quarter(label: str) -> list[Reported]:
    """One quarter as it is reported."""
    period = Period.parse(label)
    return [each for each in reporting_periods(period.start, period.end) if each.kind == "quarter"]


def measured(said: dict[str, object], accounts: pl.DataFrame, entries: list[Entry], label: str) -> Bridges:
    """Measures of one quarter of a ledger in US dollars; every entry is paid from cash."""
    quantities = set(accounts.filter(pl.col("kind") == "quantity")["account"])
    paid = [(mine, "1000", period, -amount) for mine, account, period, amount in entries if account not in quantities]
    eve = Period.parse(label).start - timedelta(days=1)
    days = {period: (Period.parse(period).start, Period.parse(period).end) for _, _, period, _ in entries}
    rows = [("", "1000", eve, eve, 0.0)]
    rows += [(mine, account, *days[period], amount) for mine, account, period, amount in entries + paid]
    ledger = pl.DataFrame(
        {
            "account": [account for _, account, *_ in rows],
            "from_day": [start for _, _, start, _, _ in rows],
            "to_day": [end for _, _, _, end, _ in rows],
            "amount": [amount for *_, amount in rows],
            "currency": ["oz" if account in quantities else "USD" for _, account, *_ in rows],
            "mine": [mine for mine, *_ in rows],
        }
    )
    read = held(accounts, ledger)
    assert not read.left_out.height, read.left_out
    summed = sums(read, *bounds(quarter(label)), exchange_into("USD", None))
    return bridges(measure_definitions(said, usual_lines()), summed, usual_lines(), read.series)


def cost(label: str, start: dict[str, str], per: dict[str, str], **items: str) -> dict[str, object]:
    """A unit cost by product, of the company and each mine; ``items`` are tags with their signs."""
    return {
        "label": label,
        "kind": "ratio",
        "start": start,
        "comparable": "cost_of_sales",
        "by": "mine",
        "treatment": "by-product",
        "per": per,
        "adjust": [{"label": tag.replace("_", " "), "tag": tag, "sign": sign} for tag, sign in items.items()],
    }


# --- copper: cash cost and all-in sustaining cost, mine by mine -------------------------------------------------------

COPPER = chart("""
5000 expense production_costs - cost_of_sales
5100 expense depreciation - cost_of_sales|depreciation
5200 expense royalties - cost_of_sales|royalties
4200 income metal_sales - by_products
6200 expense treatment_charges - treatment
6300 expense treatment_charges - freight
6400 expense production_costs - finished_goods
6500 expense other_operating - other_cash
7000 expense administration - administration
7100 expense other_operating - other_sustaining
1510 asset mineral_properties capital_expenditures sustaining_capital
1000 asset cash - -
""")

ACCOUNTS = ("5000", "5100", "4200", "5200", "6200", "6300", "6400", "6500", "7000", "1510", "7100")

SPENT = {
    "Cobre Panamá": (10, 10, 1, 0, 1, 0, 0, 0, 14, 4, 0),
    "Kansanshi": (368, 67, 82, 51, 5, 0, -17, -32, 6, 41, 0),
    "Sentinel": (345, 78, 0, 35, 15, -1, 7, 0, 13, 47, -2),
    "Guelb Moghrein": (53, 6, 37, 2, 1, 0, 0, -1, 0, 1, 0),
    "Çayeli": (14, 1, -1, 2, 1, 1, 3, -2, 1, 2, 0),
    "Pyhäsalmi": (5, 0, 6, 0, 0, 0, 1, 1, 0, 0, 0),
}
"""Millions: cost of sales, then of it depreciation, by-products, of it royalties, treatment, freight, and so on."""

PRINTED = {
    "Copper": (401, 618, 1.68, 2.58),
    "Cobre Panamá": (0, 18, None, None),
    "Kansanshi": (124, 222, 1.21, 2.14),
    "Sentinel": (253, 346, 2.11, 2.88),
    "Guelb Moghrein": (8, 11, 1.01, 1.30),
    "Çayeli": (15, 20, 2.91, 3.83),
    "Pyhäsalmi": (1, 1, None, None),
}
"""Cash cost and all-in sustaining cost in millions, and each for a pound where one is printed."""


def copper(pounds: dict[str, float]) -> pl.DataFrame:
    """Both costs of the quarter, mine by mine, over these pounds of copper."""
    per = {"metal": "Cu", "figure": "milling.metal_produced", "unit": "lb", "basis": "payable"}
    cash = {"depreciation": "deduct", "royalties": "deduct", "by_products": "deduct"}
    cash |= dict.fromkeys(("treatment", "freight", "finished_goods", "other_cash"), "add")
    more = dict.fromkeys(("administration", "sustaining_capital", "royalties", "other_sustaining"), "add")
    said: dict[str, object] = {
        "cash_cost": cost("Cash cost", {"tag": "cost_of_sales"}, per, **cash),
        "aisc": cost("All-in sustaining cost", {"measure": "cash_cost"}, per, **more),
    }
    entries: list[Entry] = []
    for mine, amounts in SPENT.items():
        told = dict(zip(ACCOUNTS, map(float, amounts), strict=True))
        told["5000"] -= told["5100"] + told["5200"]
        told["4200"] = -told["4200"]
        entries += [(mine, account, "2024-Q4", amount * MILLION) for account, amount in told.items()]
    sold = pl.DataFrame({"subject": list(pounds), "value": list(pounds.values())}).with_columns(
        measure=pl.lit("milling.metal_produced"),
        metal=pl.lit("Cu"),
        period=pl.lit("2024-Q4"),
        basis=pl.lit("payable"),
        unit=pl.lit("lb"),
    )
    found = measured(said, COPPER, entries, "2024-Q4")
    return unit_costs(found, quarter("2024-Q4"), sold, company="Copper", currency="USD")


def test_published_all_in_sustaining_cost_of_copper_mines() -> None:
    """Cash cost of 401 M and all-in sustaining cost of 618 M, and those of six mines, to the printed million.

    First Quantum Minerals, results of the fourth quarter of 2024 (11 February 2025): table of cash cost, all-in
    sustaining cost and total cost for the three months to 31 December 2024.
    """
    table = copper(dict.fromkeys(PRINTED, MILLION))
    told = {(row["line"], row["subject"]): row["cost"] / MILLION for row in table.to_dicts()}
    for subject, (cash, aisc, _, _) in PRINTED.items():
        assert told["cash_cost", subject] == pytest.approx(cash, abs=1e-6), subject
        assert told["aisc", subject] == pytest.approx(aisc, abs=1e-6), subject


def test_published_costs_a_pound_share_one_quantity() -> None:
    """For each mine one quantity of copper gives both printed costs a pound, cash and all-in sustaining.

    The release of the test before prints no payable pounds. Costs are printed to the million and the cent, so each pair
    of figures leaves a range of pounds, and both ranges have to meet.
    """
    pounds = {}
    for subject, (cash, aisc, cash_lb, aisc_lb) in PRINTED.items():
        if cash_lb and aisc_lb:
            pairs = [(cash, cash_lb), (aisc, aisc_lb)]
            least = max((whole - 0.5) / (unit + 0.005) for whole, unit in pairs)
            most = min((whole + 0.5) / (unit - 0.005) for whole, unit in pairs)
            assert least < most, subject
            pounds[subject] = (least + most) / 2 * MILLION
    for row in copper(pounds).to_dicts():
        cash_lb, aisc_lb = PRINTED[row["subject"]][2:]
        printed = cash_lb if row["line"] == "cash_cost" else aisc_lb
        assert row["unit"] == "USD/lb"
        assert abs(row["value"] - printed) <= 0.005 + 0.5 * MILLION / row["quantity"], row["subject"]


# --- gold: cash cost net of silver, for an ounce sold -----------------------------------------------------------------

GOLD = chart("""
5000 expense production_costs - cost_of_sales
5050 expense production_costs - share_of_others
4200 income metal_sales - silver_sales
9000 quantity - - gold_sold
1000 asset cash - -
""")


@pytest.mark.parametrize(
    ("label", "amounts", "sold", "cost_m", "an_ounce"),
    [
        ("2013-Q1", (475.7, 5.1, 61.9), (613_683, 6_916), 408.7, 674),
        ("2012-Q1", (451.7, 5.4, 83.7), (561_152, 7_800), 362.6, 655),
    ],
)
def test_published_by_product_cost_of_gold(
    label: str, amounts: tuple[float, ...], sold: tuple[int, int], cost_m: float, an_ounce: int
) -> None:
    """408.7 M over 606,767 oz are 674 an ounce, and 362.6 M over 553,352 oz are 655.

    Kinross Gold Corporation, results of the first quarter of 2013: attributable production cost of sales per ounce sold
    on a by-product basis. Less silver sales and the share of others in one mine; both quarters as printed.
    """
    costs, others, silver = (amount * MILLION for amount in amounts)
    per = {"metal": "Au", "tag": "gold_sold", "unit": "oz", "basis": "sold"}
    said = {
        "cash_cost": cost("Cash cost", {"tag": "cost_of_sales"}, per, share_of_others="deduct", silver_sales="deduct")
    }
    entries: list[Entry] = [
        ("", "5000", label, costs - others),
        ("", "5050", label, others),
        ("", "4200", label, -silver),
        ("", "9000", label, float(sold[0] - sold[1])),
    ]
    accounts = GOLD.with_columns(
        tags=pl.when(pl.col("account") == "5050")
        .then(pl.lit("cost_of_sales|share_of_others"))
        .otherwise(pl.col("tags"))
    )
    words = dict.fromkeys(("subject", "measure", "metal", "period", "basis", "unit"), pl.String)
    none = pl.DataFrame(schema={**words, "value": pl.Float64})
    table = unit_costs(measured(said, accounts, entries, label), quarter(label), none, company="Gold", currency="USD")
    (row,) = [each for each in table.to_dicts() if each["subject"] == "Gold"]
    assert row["quantity"] == sold[0] - sold[1] and round(row["cost"] / MILLION, 1) == cost_m
    assert round(row["value"]) == an_ounce and row["unit"] == "USD/oz"
