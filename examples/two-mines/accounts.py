"""Accounts: a trial balance for seven quarters, SIMULATED, whose statements are those that were published.

All amounts are whole cents. What was not published is chosen: depreciation, administration, interest, taxes, and the
balance sheet. Unrealized gains follow from net income and adjusted net income by the tax rates 28.5 % and 26.5 %.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from numpy.random import Generator
from published import COLUMNS, SUMMARY

ACCOUNTS = [
    ("1000", "Cash, cash equivalents and short term investments", "asset", "cash", "", ""),
    ("1200", "Receivables and inventory, less payables", "asset", "receivables", "working_capital_change", ""),
    ("1400", "Derivative instruments", "asset", "derivative_assets", "unrealized_derivatives_added", ""),
    ("1500", "Mineral properties and plant at cost", "asset", "mineral_properties", "capital_expenditures", ""),
    ("1590", "Accumulated depreciation", "asset", "mineral_properties", "depreciation_added", ""),
    ("2500", "Short term debt", "liability", "short_term_debt", "borrowings", ""),
    ("2600", "Deferred taxes", "liability", "deferred_tax_liabilities", "deferred_tax_added", ""),
    ("3000", "Share capital", "equity", "share_capital", "share_proceeds", ""),
    ("3100", "Retained earnings", "equity", "retained_earnings", "income_of_period", ""),
    ("4000", "Sales of concentrate", "income", "metal_sales", "", ""),
    ("4100", "Revaluation of unsettled sales", "income", "revaluation", "", ""),
    ("5000", "Production costs", "expense", "production_costs", "", ""),
    ("5100", "Depreciation and depletion", "expense", "depreciation", "", ""),
    ("6000", "General and administration", "expense", "administration", "", ""),
    ("6100", "Unrealized gains on derivatives", "income", "derivative_gain_unrealized", "", "unrealized_derivatives"),
    ("6110", "Realized gains on derivatives", "income", "derivative_gain_realized", "", ""),
    ("6300", "Interest expense", "expense", "interest_expense", "", ""),
    ("7000", "Current taxes", "expense", "current_tax", "", ""),
    ("7100", "Deferred taxes of the period", "expense", "deferred_tax", "", ""),
]

OPENING = {"1000": 21_400, "1200": 38_250, "1500": 262_000, "1590": -84_300, "2500": -12_000, "2600": -27_900}
OPENING |= {"3000": -121_500, "3100": -75_950}
"""The balance at the end of 2009, in thousands; debits positive."""

TAX = {2010: 0.285, 2011: 0.265}

ENDS = {
    "2010-Q1": ("2010-01-01", "2010-03-31"),
    "2010-Q2": ("2010-04-01", "2010-06-30"),
    "2010-Q3": ("2010-07-01", "2010-09-30"),
    "2010-Q4": ("2010-10-01", "2010-12-31"),
    "2011-Q1": ("2011-01-01", "2011-03-31"),
    "2011-Q2": ("2011-04-01", "2011-06-30"),
    "2011-Q3": ("2011-07-01", "2011-09-30"),
}

THOUSANDS = {
    # chosen: the third quarter and the nine months of each year
    "depreciation": (11_420, 9_480, 31_050, 27_000),
    "administration": (1_210, 1_090, 3_630, 3_240),
    "interest": (480, 390, 1_420, 1_180),
    "realized": (-800, -2_700, -17_020, -9_010),  # of the quarters published
    "capital": (12_700, 15_200, 41_350, 38_900),  # of the quarters published
    "borrowed": (5_000, -1_500, 8_200, 3_400),
    "issued": (0, 0, 0, 4_350),
    "revaluation": (-14_600, 3_300, -12_900, -1_800),  # of the third quarter of 2011 published
}

CASH = {"2010-Q1": 23_950, "2010-Q2": 26_410, "2010-Q3": 29_820, "2010-Q4": 33_140}
CASH |= {"2011-Q1": 36_570, "2011-Q2": 34_260, "2011-Q3": 30_800}
"""Cash at the end of each quarter, in thousands; the last was published."""


@dataclass
class Quarter:
    """Amounts of a quarter in cents, by what they are."""

    label: str
    amounts: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.amounts[name]


def quarters(rng: Generator) -> list[Quarter]:
    """Seven quarters that add up to the published columns."""
    printed = {name: SUMMARY[name] for name in SUMMARY if not name.endswith("share")}
    spans = {name: [float(cell.replace(",", "")) for cell in cells] for name, cells in printed.items()}
    told = {name: [_unrounded(rng, value) for value in values] for name, values in spans.items()}
    told |= {name: [_unrounded(rng, float(each)) if each else 0 for each in row] for name, row in THOUSANDS.items()}
    told["unrealized"] = [_before_tax(told, at) for at in range(len(COLUMNS))]
    found = []
    for at, year in ((1, 2010), (0, 2011)):
        third = {name: values[at] for name, values in told.items()}
        half = {name: values[at + 2] - values[at] for name, values in told.items()}
        first = {name: _share(rng, value) for name, value in half.items()}
        second = {name: half[name] - first[name] for name in half}
        parts = [first, second, third]
        if year == 2010:
            parts.append({name: round(value * 0.98) for name, value in third.items()})
        found += [Quarter(f"{year}-Q{number}", amounts) for number, amounts in enumerate(parts, 1)]
    return found


def _unrounded(rng: Generator, thousands: float) -> int:
    """Cents that print as so many thousands."""
    return round(thousands * 100_000) + int(rng.integers(-42_000, 42_000))


def _before_tax(told: dict[str, list[int]], at: int) -> int:
    """The unrealized gain of a column: what net income has more than adjusted net income, before tax."""
    rate = TAX[int(COLUMNS[at][:4])]
    return round((told["net_income"][at] - told["adjusted_net_income"][at]) / (1 - rate))


def _share(rng: Generator, half: int) -> int:
    """The first quarter's part of a half year."""
    return round(half * float(rng.uniform(0.44, 0.54)))


def postings(found: list[Quarter]) -> Iterator[tuple[str, str, str, int]]:
    """Yield account, first day, last day and cents: the opening balances, then the postings of each quarter."""
    for account, thousands in OPENING.items():
        yield account, "", "2009-12-31", thousands * 100_000
    cash = OPENING["1000"] * 100_000
    for quarter in found:
        start, end = ENDS[quarter.label]
        closing = CASH[quarter.label] * 100_000
        rows = _posted(quarter, closing - cash)
        assert sum(rows.values()) == 0, quarter.label
        yield from ((account, start, end, cents) for account, cents in rows.items() if cents)
        cash = closing


def _posted(quarter: Quarter, into_cash: int) -> dict[str, int]:
    """The postings of a quarter, debits positive; taxes and working capital are what is left over."""
    q = quarter
    before_tax = q["mine_income"] + q["unrealized"] + q["realized"] - q["administration"] - q["interest"]
    tax = before_tax - q["net_income"]
    deferred = q["cash_flow"] - q["net_income"] + q["unrealized"] - q["depreciation"]
    rows = {
        "4000": -(q["revenues"] - q["revaluation"]),
        "4100": -q["revaluation"],
        "5000": q["revenues"] - q["mine_income"] - q["depreciation"],
        "5100": q["depreciation"],
        "6000": q["administration"],
        "6100": -q["unrealized"],
        "6110": -q["realized"],
        "6300": q["interest"],
        "7000": tax - deferred,
        "7100": deferred,
        "1000": into_cash,
        "1400": q["unrealized"],
        "1500": q["capital"],
        "1590": -q["depreciation"],
        "2500": -q["borrowed"],
        "2600": -deferred,
        "3000": -q["issued"],
    }
    return {**rows, "1200": -sum(rows.values())}


def written(cents: int) -> str:
    """Cents as dollars."""
    sign, size = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{size // 100}.{size % 100:02d}"
