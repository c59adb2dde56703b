"""Finance in a book: files come in, statements, measures, shares and capital are made, and all says why."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from book_runs import Left, ask, put
from orebook.book import folder
from orebook.book.folder import Book
from orebook.book.making import part

ACCOUNTS = """account,name,kind,line,cash line,tags,mine
1000,Bank,asset,cash,,,
1300,Derivative assets,asset,derivative_assets,unrealized_derivatives_added,,
1500,Plant,asset,mineral_properties,capital_expenditures,sustaining_capital,Heron
1590,Depreciation so far,asset,mineral_properties,depreciation_added,,Heron
2000,Payables,liability,payables,working_capital_change,,
2600,Deferred taxes,liability,deferred_tax_liabilities,deferred_tax_added,,
3000,Share capital,equity,share_capital,share_proceeds,,
3900,Retained earnings,equity,retained_earnings,dividends_paid,,
4000,Copper sales,income,revenues,,,Heron
4500,Unrealized gains,income,derivative_gain_unrealized,,unrealized,
5000,Production costs,expense,production_costs,,site_cost,Heron
5100,Depreciation,expense,depreciation,,,Heron
5200,Administration,expense,administration,,,
5700,Deferred taxes of the period,expense,deferred_tax,,,
9000,Copper sold,quantity,,,copper_sold,Heron
"""

QUARTERS = {
    "2010-Q3": ("2010-07-01", "2010-09-30"),
    "2010-Q4": ("2010-10-01", "2010-12-31"),
    "2011-Q1": ("2011-01-01", "2011-03-31"),
    "2011-Q2": ("2011-04-01", "2011-06-30"),
    "2011-Q3": ("2011-07-01", "2011-09-30"),
}

Amounts = Mapping[str, float]

PERIOD: Amounts = {
    "4000": -1_000_000.00,
    "4500": -200_000.00,
    "5000": 600_000.00,
    "5100": 50_000.00,
    "5200": 30_000.00,
    "5700": 53_000.00,
    "1300": 200_000.00,
    "1500": 120_000.00,
    "1590": -50_000.00,
    "2000": -15_000.00,
    "2600": -53_000.00,
    "9000": 300_000.00,
}
"""What is posted in a quarter; the bank takes the rest."""

BOOK = """
[issuer]
name = "Alder Mines Ltd."

[results.statements]
framework = "IFRS"

[measures.adjusted_net_income]
label = "Adjusted net income"
kind = "financial measure"
start = { line = "net_income" }
comparable = "net_income"
why = "It leaves out what does not settle in the period."
per_share = true
adjust = [{ label = "Unrealized gains", tag = "unrealized", sign = "remove", tax = { rate_pct = 26.5 } }]

[measures.cash_flow]
preset = "cash_flow"
per_share = true

[measures.free_cash_flow]
preset = "free_cash_flow"

[measures.margin]
preset = "margin"

[measures.ebitda]
preset = "ebitda"

[measures.net_debt]
preset = "net_debt"

[measures.net_debt_to_ebitda]
preset = "net_debt_to_ebitda"

[measures.liquidity]
preset = "liquidity"

[measures.cash_cost]
label = "Cash cost"
kind = "ratio"
start = { tag = "site_cost" }
comparable = "cost_of_sales"
by = "mine"
treatment = "none"
per = { metal = "Cu", tag = "copper_sold", unit = "lb", basis = "sold" }
"""


def ledger(quarters: Mapping[str, Amounts]) -> str:
    """Quarters as a file: what is posted, and an opening balance of a million in the bank."""
    lines = ["account,from,to,amount,currency"]
    lines += ["1000,,2010-06-30,1000000.00,CAD", "3000,,2010-06-30,-1000000.00,CAD"]
    for name, amounts in quarters.items():
        start, end = QUARTERS[name]
        cash = -sum(round(100 * amount) for account, amount in amounts.items() if account != "9000") / 100
        for account, amount in {**amounts, "1000": cash + amounts.get("1000", 0.0)}.items():
            lines.append(f"{account},{start},{end},{amount:.2f},{'lb' if account == '9000' else 'CAD'}")
    return "\n".join(lines) + "\n"


def begun(tmp_path: Path, settings: str = BOOK) -> Book:
    """A book with these settings and nothing in it."""
    found = folder.begin(tmp_path / "book", issuer="Alder Mines Ltd.")
    (found.folder / "book.toml").write_text(settings, encoding="utf-8")
    return found


def filled(tmp_path: Path, files: Mapping[str, str], settings: str = BOOK) -> Book:
    """A book with some tables, each added from a file."""
    found = begun(tmp_path, settings)
    for table, text in files.items():
        ask("add", put(tmp_path, f"{table}.csv", text), "--book", found.folder, "--table", table).well()
    return found


def make(book: Book, *names: str) -> Left:
    """Make some results of a book."""
    return ask("make", *names, "--book", book.folder).well()


SHARES = """day,kind,shares,ratio
2010-01-01,opening,1000000,
2011-02-15,issue,100000,
2011-08-01,buy_back,20000,
2011-08-10,cancel,20000,
2011-09-30,count,1080000,
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book of five quarters."""
    files = {"accounts": ACCOUNTS, "ledger": ledger(dict.fromkeys(QUARTERS, PERIOD)), "share_events": SHARES}
    return filled(tmp_path, files)


def told(book: Book, name: str, measure: str, period: str, **about: str) -> float | None:
    """One figure of a result."""
    at = (pl.col("measure") == f"finance.{measure}") & (pl.col("period") == period)
    for key, value in about.items():
        at &= pl.col(key) == value
    found = part(book, name).filter(at)["value"].to_list()
    assert len(found) < 2
    return found[0] if found else None


def test_statements_measures_and_shares_of_a_book(book: Book) -> None:
    """A third quarter by hand: income 467,000, of it 147,000 of unrealized gains after tax; 1.0886 M shares."""
    make(book, "statements", "measures", "shares")
    assert told(book, "statements", "net_income", "2011-Q3", subject="Alder Mines Ltd.") == 467_000.0
    assert told(book, "statements", "revenues", "2011-9M", subject="Heron") == 3_000_000.0
    assert told(book, "statements", "cash_flow", "2011-Q3") == 370_000.0
    assert told(book, "statements", "operating_cash_flow", "2011-Q3") == 385_000.0
    assert told(book, "statements", "capital_expenditures", "2011-Q3") == 120_000.0
    assert told(book, "statements", "cash", "2011-Q3") == 1_000_000.0 + 5 * 265_000.0
    assert told(book, "measures", "adjusted_net_income", "2011-Q3") == 320_000.0
    assert told(book, "measures", "free_cash_flow", "2011-Q3") == 265_000.0
    assert told(book, "measures", "cash_flow", "2011-Q3") == 370_000.0
    assert told(book, "measures", "cash_cost", "2011-Q3", subject="Heron") == 2.0
    assert told(book, "measures", "margin", "2011-Q3") == pytest.approx(35.0)
    assert told(book, "measures", "ebitda", "2011-Q3") == 467_000.0 + 53_000.0 + 50_000.0
    assert told(book, "measures", "net_debt_to_ebitda", "2011-Q3") == pytest.approx(-2_325_000 / 570_000)
    weighted = (1_100_000 * 31 + 1_080_000 * 61) / 92
    assert told(book, "shares", "shares", "2011-Q3", basis="basic") == pytest.approx(weighted)
    assert told(book, "shares", "shares_at_end", "2011-Q3") == 1_080_000.0
    assert told(book, "shares", "net_income_per_share", "2011-Q3", basis="basic") == pytest.approx(467_000 / weighted)
    assert told(book, "shares", "adjusted_net_income_per_share", "2011-9M", basis="diluted") == pytest.approx(
        3 * 320_000 / (told(book, "shares", "shares", "2011-9M", basis="basic") or 1)
    )
    assert part(book, "shares_missed").height == 0
    assert part(book, "shares")["to_day"].max() == date(2011, 9, 30)


def test_a_figure_is_followed_to_the_lines_of_the_ledger(book: Book) -> None:
    """Net income leads to the lines it is made of, a line to its accounts, an account to the rows of the file."""
    make(book, "statements")
    table = part(book, "statements").with_row_index()
    at = (pl.col("line") == "revenues") & (pl.col("period") == "2011-Q3") & (pl.col("subject") == "Alder Mines Ltd.")
    row = table.filter(at)["index"][0]
    said = ask("why", f"statements[{row}].value", "--book", book.folder).well().said
    assert "4000" in said
    parts = part(book, "statements_parts").with_row_index()
    of = parts.filter((pl.col("part") == "4000") & (pl.col("period") == "2011-Q3"))["index"][0]
    assert "ledger.csv" in ask("why", f"statements_parts[{of}].value", "--book", book.folder).well().said
    quarter = parts.filter((pl.col("line") == "net_income") & (pl.col("period") == "2011-Q3"))
    assert quarter["value"].sum() == 467_000.0


def test_the_words_of_a_measure(book: Book) -> None:
    """Every slot that a measure needs is filled; what the book does not say is listed as missing."""
    said = make(book, "measures").said
    words = part(book, "measures_words")
    adjusted = words.filter(pl.col("name") == "adjusted_net_income")
    assert adjusted["slot"].to_list() == [
        *("identification", "not_standardised", "comparable", "usefulness", "composition", "comparative"),
    ]
    assert adjusted.filter(pl.col("slot") == "composition")["text"][0] == (
        "Adjusted net income is net income, without unrealized gains net of tax."
    )
    table = part(book, "measures").with_row_index()
    at = (pl.col("line") == "adjusted_net_income") & (pl.col("period") == "2011-Q3")
    row = table.filter(at)["index"][0]
    assert "Unrealized gains" in ask("why", f"measures[{row}].value", "--book", book.folder).well().said
    assert words.filter("missing").select("name", "slot").rows() == [("cash_cost", "usefulness")]
    assert "cash_cost" in part(book, "measures_unit_costs")["line"].to_list()
    assert said


def test_nothing_is_made_of_a_quarter_that_does_not_balance(tmp_path: Path) -> None:
    """One cent too many in the second quarter: it is told with account and amount; the quarters around it are made."""
    text = ledger(dict.fromkeys(QUARTERS, PERIOD))
    bent = text.replace("5200,2011-04-01,2011-06-30,30000.00", "5200,2011-04-01,2011-06-30,30000.01")
    book = filled(tmp_path, {"accounts": ACCOUNTS, "ledger": bent})
    make(book, "statements")
    left = part(book, "statements_left_out")
    assert left.select("from_day", "to_day", "amount", "why").rows() == [
        (date(2011, 4, 1), date(2011, 6, 30), 0.01, "does not balance")
    ]
    assert told(book, "statements", "net_income", "2011-Q2", subject="Alder Mines Ltd.") is None
    assert told(book, "statements", "net_income", "2011-9M", subject="Alder Mines Ltd.") is None
    assert told(book, "statements", "net_income", "2011-Q3", subject="Alder Mines Ltd.") == 467_000.0
    why = part(book, "statements_unknown").filter(pl.col("period") == "2011-Q2")["why"].to_list()
    assert all("does not balance by 0.01 CAD" in reason for reason in why)


def test_capital_and_events_after_the_period(tmp_path: Path) -> None:
    """Spending by project, kind and funding; a claim of 13.9 M agreed in October is not in the third quarter."""
    capital = """project,from,to,amount,currency,kind,funding,mine
Heron mill,2010-07-01,2010-09-30,15200000,CAD,sustaining,cash flow,Heron
Heron mill,2010-10-01,2011-06-30,1,CAD,sustaining,cash flow,Heron
Heron mill,2011-07-01,2011-09-30,8700000,CAD,sustaining,cash flow,Heron
Red Quail,2011-07-01,2011-09-30,4000000,CAD,growth,short term debt,
"""
    events = """day,title,amount,currency,falls on,conditions
2011-10-28,Claims against a broker sold,13900000,USD,,approval of the trustee
2011-10-05,Tax reassessment,500000,CAD,2011-12-15,
"""
    book = filled(tmp_path, {"capital": capital, "later_events": events})
    said = make(book, "capital", "later_events").said
    assert told(book, "capital", "capital_expenditures", "2011-Q3", subject="Alder Mines Ltd.") == 12_700_000.0
    assert told(book, "capital", "sustaining_capital", "2011-Q3") == 8_700_000.0
    assert told(book, "capital", "project_capital", "2011-Q3") == 4_000_000.0
    assert told(book, "capital", "capital_funding", "2011-Q3", subject="short term debt") == 4_000_000.0
    assert told(book, "capital", "capital_by_project", "2011-Q3", subject="Red Quail") == 4_000_000.0
    assert told(book, "capital", "capital_expenditures", "2011-Q2", subject="Alder Mines Ltd.") is None
    change = [
        told(book, "capital", "capital_expenditures", f"{year}-Q3", subject="Alder Mines Ltd.") for year in (2011, 2010)
    ]
    assert round((change[0] or 0) / 1e6 - (change[1] or 0) / 1e6, 1) == -2.5
    told_events = part(book, "later_events").select("title", "after", "falls_in").rows()
    assert told_events == [
        ("Tax reassessment", "2011-Q3", "2011-Q4"),
        ("Claims against a broker sold", "2011-Q3", None),
    ]
    assert said


def test_asserted_balances(tmp_path: Path) -> None:
    """A bank statement that the ledger meets within its tolerance holds; one without tolerance holds to the cent."""
    balances = """account,day,amount,currency,tolerance
1000,2011-09-30,2325000.50,CAD,1
1000,2011-06-30,2060000.01,CAD,
1000,2011-05-31,1,CAD,
"""
    book = filled(
        tmp_path,
        {"accounts": ACCOUNTS, "ledger": ledger(dict.fromkeys(QUARTERS, PERIOD)), "balances": balances},
    )
    make(book, "statements")
    assert part(book, "statements_missed").select("day", "said", "held", "why").rows() == [
        (date(2011, 5, 31), 1.0, None, "the ledger does not know this day"),
        (date(2011, 6, 30), 2_060_000.01, 2_060_000.0, "missed"),
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[measures.odd]\nlabel = "Odd"\n', "measures: odd.kind: None is not known"),
        ('[measures.odd]\npreset = "ebita"\n', "odd.preset: 'ebita' is not known"),
        ('[entities.Heron]\nkind = "half"\ninterest_pct = 50\n', "entities: Heron.kind: 'half' is not known"),
        ('[lines.odd]\nstatement = "income"\nside = "left"\n', "lines: odd: side is 'left'"),
    ],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, more: str, message: str) -> None:
    """A definition that cannot be used is refused with its place, and nothing is written."""
    files = {"accounts": ACCOUNTS, "ledger": ledger({"2011-Q3": PERIOD})}
    book = filled(tmp_path, files, BOOK + more)
    ask("make", "measures", "--book", book.folder).refused(message)
    assert not (book.folder / "results" / "measures.parquet").exists()


def test_debits_and_credits_in_columns_of_their_own(tmp_path: Path) -> None:
    """A trial balance with a column for each side gives what one with signed amounts gives."""
    text = ledger(dict.fromkeys(QUARTERS, PERIOD))
    rows = ["account,from,to,debit,credit,currency"]
    for line in text.splitlines()[1:]:
        account, start, end, amount, currency = line.split(",")
        sides = f"{amount}," if not amount.startswith("-") else f",{amount[1:]}"
        rows.append(f"{account},{start},{end},{sides},{currency}")
    book = filled(tmp_path, {"accounts": ACCOUNTS, "ledger": "\n".join(rows) + "\n"})
    make(book, "statements")
    assert told(book, "statements", "net_income", "2011-9M", subject="Alder Mines Ltd.") == 3 * 467_000.0
    assert part(book, "statements_left_out").height == 0
    assert ask("validate", "--book", book.folder, "--fail-on", "error").well()
