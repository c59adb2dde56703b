"""The quarter of an unlucky company: signs are said, small amounts are told, what is not known is refused with why."""

from pathlib import Path

import pytest

from book_runs import ask, put
from orebook.book import folder
from orebook.book.folder import Book

ACCOUNTS = """account,name,kind,line,cash_line
1000,Cash,asset,cash,
2500,Debt,liability,long_term_debt,borrowings
3000,Shares,equity,share_capital,share_proceeds
3900,Deficit,equity,retained_earnings,dividends_paid
4000,Sales,income,revenues,
5000,Costs,expense,production_costs,
"""
QUARTERS = {"2011-Q1": "2011-01-01,2011-03-31", "2011-Q2": "2011-04-01,2011-06-30", "2011-Q3": "2011-07-01,2011-09-30"}


def ledger(currency: str = "CAD", scale: float = 1000.0, revenues: float = 100.0, lacking: float = 0.0) -> str:
    """Three quarters in which costs are 600 and equity is below nothing; the last may lack something."""
    rows = [f"{account},,2010-12-31,{amount * scale},{currency}" for account, amount in (("1000", 100), ("3000", -100))]
    rows += [
        f"{account},,2010-12-31,{amount * scale},{currency}" for account, amount in (("2500", -900), ("3900", 900))
    ]
    for label, days in QUARTERS.items():
        gap = lacking if label == "2011-Q3" else 0.0
        rows += [
            f"4000,{days},{-revenues * scale},{currency}",
            f"5000,{days},{600 * scale},{currency}",
            f"1000,{days},{(revenues - 600) * scale - gap},{currency}",
        ]
    return "\n".join(["account,from_day,to_day,amount,currency", *rows]) + "\n"


def booked(place: Path, text: str, settings: str = "") -> Book:
    """A book with this ledger."""
    book = folder.begin(place / "book", issuer="Tor Mines Ltd.")
    (book.folder / "book.toml").write_text(f'[issuer]\nname = "Tor Mines Ltd."\n{settings}', encoding="utf-8")
    for name, content in (("accounts", ACCOUNTS), ("ledger", text)):
        ask("add", put(place, f"{name}.csv", content), "--table", name, "--book", book.folder).well()
    return book


def told(book: Book, period: str = "2011-Q3") -> str:
    """What the page of a quarter says."""
    return ask("make", "quarter", "--period", period, "--book", book.folder).well().out


def test_what_lies_below_nothing_is_said(tmp_path: Path) -> None:
    """A negative cash flow and an overdraft are told as such, without a year before beside them as well."""
    page = told(booked(tmp_path, ledger()))
    assert "Cash flow was negative $0.5 million in the third quarter of 2011." in page
    assert "At September 30, 2011 the bank accounts of the Company were overdrawn by $1.4 million in all." in page
    assert "The Company recorded a net loss of $0.5 million" in page and "Debt was $0.9 million." in page


def test_revenues_that_were_reversed_are_negative(tmp_path: Path) -> None:
    """Sales that were taken back are no sales."""
    assert "Revenues were negative $0.1 million in the third quarter" in told(booked(tmp_path, ledger(revenues=-50.0)))


def test_small_amounts_do_not_vanish(tmp_path: Path) -> None:
    """A company that earns hundreds of dollars earns something."""
    page = told(booked(tmp_path, ledger(scale=1.0, revenues=1000.0)))
    assert (
        "net income of $0.4 thousand in the third quarter" in page
        and "Cash flow was $0.4 thousand in" in page
        and "$0 " not in page
    )


def test_a_restated_period_is_marked(tmp_path: Path) -> None:
    """The tables say which of their columns are restated; the others are as first reported (FN1108)."""
    head, *rows = ledger().splitlines()
    later = [f"{row},restated,2011-11-14" for row in rows if ",2011-06-30," in row]
    text = "\n".join([f"{head},version,published_on", *(f"{row},," for row in rows), *later]) + "\n"
    book = booked(tmp_path, text)
    page = told(book, "2011-Q2")
    assert "Restated, other than first reported: Three months ended June 30, 2011" in page
    assert "Restated" not in told(book, "2011-Q1")


@pytest.mark.parametrize(
    ("text", "settings", "why"),
    [
        (ledger(lacking=1.0), "", "does not balance"),
        (ledger("USD"), '[results.statements]\ncurrency = "CAD"\n', "rate of USD"),
    ],
)
def test_a_quarter_that_is_not_known_says_why(tmp_path: Path, text: str, settings: str, why: str) -> None:
    """Books that do not balance, or have no rate, make no page of nothing: one line with the reason."""
    book = booked(tmp_path, text, settings)
    ask("make", "quarter", "--period", "2011-Q3", "--book", book.folder).refused("--period 2011-Q3", "2011-Q3:", why)
