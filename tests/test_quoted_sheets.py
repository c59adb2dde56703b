"""Sheets of prices and rates, a column for each: every cell that quotes something becomes a row, and no other sheet."""

from datetime import date
from typing import Any

import pytest

from orebook.book.files import read_bytes
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.quoted_sheets import quote_of, quoted
from orebook.book.importing.recognise import recognise


def taken(text: str, table: str = "", **asked: Any) -> Imported:
    """A sheet taken in; rows in are rows kept plus rows rejected."""
    raw = quoted(read_bytes("a.csv", text.encode()), table)
    found = convert(raw, recognise(raw, table=table, **asked), Declared())
    assert found.report.rows == found.report.kept + found.report.rejected
    return found


SHEET = """Prices of the week,,,,,
Date,Cu USD/lb,Gold (US$/oz),Zinc USc/lb,USD/CAD,Comment
2011-09-28,3.30,"1,610.5",95.5,1.0301,
2011-09-29,3.28,n/a,-,1.0330,holiday
2011-09-30,x,1620,94.1,1.0389,
"""


def test_a_column_for_each_metal() -> None:
    """Every quotation is a row with its unit and currency, cents are hundredths, nothing is lost unsaid."""
    found = taken(SHEET)
    assert found.mapping.table == "prices"
    rows = set(found.table.select("price", "day", "amount", "unit", "currency").rows())
    assert rows == {
        ("Cu", date(2011, 9, 28), 3.30, "lb", "USD"),
        ("Cu", date(2011, 9, 29), 3.28, "lb", "USD"),
        ("Gold", date(2011, 9, 28), 1610.5, "oz", "USD"),
        ("Gold", date(2011, 9, 30), 1620.0, "oz", "USD"),
        ("Zinc", date(2011, 9, 28), 0.955, "lb", "USD"),
        ("Zinc", date(2011, 9, 30), 0.941, "lb", "USD"),
    }
    assert found.rejected.select("cell", "value", "reason").rows() == [("line 5, column 2", "x", "no number")]
    said = " ".join(found.report.remarks)
    assert "2 cells quote nothing" in said and "columns left out: USD/CAD, Comment; add the file once more" in said


def test_rates_of_the_same_sheet() -> None:
    """Asked for, the rates are taken, with what somebody says of their kind."""
    found = taken(SHEET, "exchange_rates", values={"kind": "spot"})
    columns = ("base", "quote", "rate", "kind")
    assert found.table.select(columns).row(2) == ("USD", "CAD", 1.0389, "spot")
    assert found.report.kept == 3
    assert "USD/CAD is read as CAD for one USD" in " ".join(found.report.remarks)


def test_rates_that_say_their_kind() -> None:
    """Means of months, by the heads; without a word the kind is asked."""
    found = taken("Month,USD/CAD average,GBP per USD average\n2011-08,0.98,0.61\n2011-09,1.0025,0.633\n")
    assert found.mapping.table == "exchange_rates"
    rows = found.table.sort("base", "quote", "day").select("base", "quote", "rate", "kind").rows()
    assert rows[-1] == ("USD", "GBP", 0.633, "average") and len(rows) == 4
    raw = quoted(read_bytes("a.csv", b"Date,USD/CAD\n2011-09-30,1.0389\n"))
    assert [question.key for question in recognise(raw, table="exchange_rates").questions] == ["column:kind"]


def test_decimal_commas() -> None:
    """A European sheet in cents keeps its numbers."""
    found = taken("Date;Copper (US$/lb);Zinc US\u00a2/lb\n30.09.2011;3,24;95,5\n29.09.2011;3,25;96,25\n")
    assert sorted(found.table["amount"].to_list()) == [0.955, 0.9625, 3.24, 3.25]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Ore milled (t),Mining cost (US$/t),Milling cost (US$/t)\n2011-09-30,5,1,2\n",
        "Price series,Date,Cu price (USD/lb)\nLME,2011-09-30,3.24\n",
        "Date,Ore milled (t),Cu (USD/lb)\n2011-09-30,5,3.24\n",
        "Lot,Cu USD/lb\nA,3.2\n",
        "BHID,FROM,TO,CU_pct\nA,0,1,0.3\n",
    ],
)
def test_other_tables_stay_as_they_are(text: str) -> None:
    """Costs of a mine, prices one below the other, sheets with more than prices are not turned."""
    raw = read_bytes("a.csv", text.encode())
    assert quoted(raw) is raw
    assert quoted(raw, "mill") is raw


def test_heads_that_quote() -> None:
    """Money for a mass of a metal; two currencies that exist."""
    assert quote_of("Silver, US$ per ounce") is not None
    for head in ("Gold", "Gold (oz)", "Treatment charge (US$/dmt)", "ABC/XYZ", "USD/USD", "CAD"):
        assert quote_of(head) is None
