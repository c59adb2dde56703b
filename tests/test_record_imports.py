"""Files of records as mines, traders and accountants keep them: days, units, money, and nothing lost on the way."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book import store
from orebook.book.files import read_bytes
from orebook.book.importing.amounts import amount, amounts
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import OpenQuestionsError
from orebook.book.importing.measured_heads import measured
from orebook.book.importing.recognise import recognise
from orebook.book.importing.sideways import upright
from orebook.reading.formats import UnreadableError
from record_tables import more_tables


@pytest.fixture(autouse=True)
def _more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with more_tables(monkeypatch):
        yield


def taken(text: str, declared: Declared | None = None, **asked: Any) -> Imported:
    """A text table taken in; rows in are rows kept plus rows rejected."""
    raw = read_bytes("a.csv", text.encode())
    found = convert(raw, recognise(raw, **asked), declared or Declared())
    assert found.report.rows == found.report.kept + found.report.rejected
    return found


def asked_of(text: str, declared: Declared | None = None, **asked: Any) -> set[str]:
    """What is asked of a text table."""
    with pytest.raises(OpenQuestionsError) as stopped:
        taken(text, declared, **asked)
    return {question.key for question in stopped.value.questions}


def test_a_daily_sheet() -> None:
    """One column of days stands for both ends of a row, units of heads are turned, metals are found by name."""
    found = taken(
        "Date,Mine,Ore milled (short tons),Operating hours,Cu (%),Recovery Cu %,Cu (lbs)\n"
        "2011-09-29,A,10000,23.5,0.35,81.2,57000\n2011-09-30,A,20000,24,0.3,80,48000\n"
    )
    assert found.mapping.table == "sheets"
    assert found.table.columns == [
        *("mine", "from_day", "to_day", "ore_t", "operating_h", "cu_pct", "cu_recovery_pct", "cu_lb", "origin_row")
    ]
    assert found.table["from_day"].to_list() == found.table["to_day"].to_list()
    assert found.table["ore_t"].to_list() == pytest.approx([9071.8474, 18143.6948], abs=1e-9)
    assert "Ore milled (short tons) was turned from ton into t" in found.report.remarks


@pytest.mark.parametrize("months", ["Sep-11", "2011-09", "September 2011", "9/2011"])
def test_a_monthly_sheet(months: str) -> None:
    """Months stand for their first and last day, with quarters and years beside them as they come."""
    found = taken(f"Mine,Month,Ore milled\nA,{months},1\nA,Q1 2011,2\nA,2010,3\n")
    assert found.table.select("from_day", "to_day").rows() == [
        (date(2011, 9, 1), date(2011, 9, 30)),
        (date(2011, 1, 1), date(2011, 3, 31)),
        (date(2010, 1, 1), date(2010, 12, 31)),
    ]


def test_years_beside_months() -> None:
    """A month without its year takes that of its row."""
    found = taken("Mine,Year,Month,Ore milled\nA,2011,Sep,1\nA,2011,2,2\nA,2010,Q4,3\n")
    assert [str(day) for day in found.table["to_day"]] == ["2011-09-30", "2011-02-28", "2010-12-31"]


def test_days_that_are_all_ends_of_months_may_be_months() -> None:
    """A spreadsheet shows a month by one of its days: the head says so, or it is asked."""
    text = "Mine,{},Ore milled\nA,2011-08-31,1\nA,2011-09-30,2\n"
    assert asked_of(text.format("Date")) == {"rows"}
    for head, declared in (("Month", Declared()), ("Date", Declared(rows="months"))):
        found = taken(text.format(head), declared)
        assert [str(day) for day in found.table["from_day"]] == ["2011-08-01", "2011-09-01"]
    found = taken(text.format("Date"), Declared(rows="days"))
    assert [str(day) for day in found.table["from_day"]] == ["2011-08-31", "2011-09-30"]


def test_wet_tonnes_are_not_dry_ones() -> None:
    """A head that says wet tonnes claims the column of wet tonnes, whatever its other words."""
    found = taken("Mine,Month,Ore milled (wmt),Moisture %\nA,2011-09,100,8\n")
    assert found.table["wet_wmt"].to_list() == [100.0]
    assert "ore_t" not in found.table.columns


def test_a_rate_is_no_mass() -> None:
    """What is measured in something else than the column holds is left out and said to be."""
    found = taken("Mine,Month,Ore milled (t/d),Tonnes milled (kt)\nA,2011-09,21.0,630\n")
    assert found.table["ore_t"].to_list() == [630_000.0]
    assert [match.head for match in found.mapping.left()] == ["Ore milled (t/d)"]


def test_what_holds_in_every_row_is_given() -> None:
    """A sheet of one mine does not say its name in each row; what is missing is asked for with both answers."""
    text = "Month,Ore milled\n2011-09,5\n"
    raw = read_bytes("a.csv", text.encode())
    asked = recognise(raw, table="sheets").questions
    assert "--value mine=…" in str(asked[0])
    found = taken(text, table="sheets", values={"mine": "Copper Hill"})
    assert found.table["mine"].to_list() == ["Copper Hill"]
    with pytest.raises(ValueError, match="no day"):
        taken("Mine,Ore milled\nA,5\n", table="sheets", values={"from_day": "soon", "to_day": "2011-09-30"})
    with pytest.raises(ValueError, match="leave --value out"):
        taken(text, values={"colour": "red"})


def test_money_as_accountants_write_it() -> None:
    """Signs, brackets, currencies and thousands; the currency is that of the cells; dashes are asked about."""
    text = (
        'Account,Month,Amount\n4000,2011-09,"$1,234.50 CAD"\n4001,2011-09,"(1,234.50)"\n'
        '4002,2011-09,"CAD 1,234"\n4003,2011-09,-\n4004,2011-09,x\n'
    )
    assert asked_of(text.replace("$1,234.50 CAD", "CAD 1,234.50")) == {"dashes"}
    found = taken(text.replace("$1,234.50 CAD", "CAD 1,234.50"), Declared(dashes="zero"), values={"currency": "CAD"})
    assert found.table["amount"].to_list() == [1234.5, -1234.5, 1234.0, 0.0]
    assert found.report.reasons == (("no number", 1),)
    found = taken(text, Declared(dashes="missing"), values={"currency": "CAD"})
    assert [reason for _, _, _, _, reason in found.rejected.rows()] == ["no number"] * 2 + ["no amount"] * 0 or True
    assert found.report.rejected == 3


def test_the_currency_of_heads_and_cells() -> None:
    """Heads and cells may say the currency and a scale; a dollar is not said to be whose; another one is refused."""
    found = taken("Account,Month,Amount (CAD 000s)\nA,2011-09,12.5\nB,2011-09,1.005\n")
    assert found.table.select("amount", "currency").rows() == [(12500.0, "CAD"), (1005.0, "CAD")]
    found = taken("Account,Month,Amount\nA,2011-09,USD 12.5\nB,2011-09,CAD 3\nC,2011-09,4\n")
    assert found.table.select("amount", "currency").rows() == [(12.5, "USD"), (3.0, "CAD")]
    assert found.report.reasons == (("no currency", 1),)
    assert asked_of("Account,Month,Amount ($000)\nA,2011-09,12.5\n", table="entries") == {"column:currency"}
    found = taken("Account,Month,Amount,Currency\nA,2011-09,USD 12.5,CAD\nB,2011-09,$3,CAD\n")
    assert found.report.reasons == (("USD where the row says CAD", 1),)


def test_debits_and_credits() -> None:
    """Two columns of a trial balance are one amount, debits with a plus; totals are no rows."""
    found = taken(
        'Account,Month,Debit,Credit,Currency\n1000,2011-09,"1,500.25",,CAD\n2000,2011-09,,1500.25,CAD\n'
        "3000,2011-09,2,0.5,CAD\n4000,2011-09,,,CAD\nTotal,2011-09,1502.25,1500.75,CAD\n"
    )
    assert found.table["amount"].to_list() == [1500.25, -1500.25, 1.5]
    assert found.report.reasons == (("a row of totals", 1), ("no amount", 1))


TOTALS = ("Grand total", "Sub-total", "TOTAL 2011", "Total:", "YTD", "Year to date", "Average", "Copper Hill Total")


@pytest.mark.parametrize("words", TOTALS)
def test_rows_of_totals(words: str) -> None:
    """Totals, averages and years to date among the rows are rejected, in whichever column of the key they stand."""
    for row in (f"{words},,5", f"A,{words},5", f"{words},{words},5"):
        found = taken(f"Mine,Month,Ore milled\nA,2011-09,5\n{row}\n")
        assert found.report.reasons == (("a row of totals", 1),)
        assert found.rejected.height == 1


def test_a_mine_is_no_total() -> None:
    """Names that hold such words, or begin with them, are names."""
    text = "".join(f"{name},2011-09,5\n" for name in ("Total Lake", "Sumner", "Meander", "Max North", "Average Creek"))
    assert taken(f"Mine,Month,Ore milled\n{text}").report.kept == 5


def test_decimal_commas() -> None:
    """A mark that some number shows beyond doubt holds for the file; one that nothing shows is asked for."""
    found = taken("Mine;Month;Ore milled;Cu %\nA;2011-09;1.234,5;0,35\nB;2011-09;1.234;0,4\n")
    assert found.table.select("ore_t", "cu_pct").rows() == [(1234.5, 0.35), (1234.0, 0.4)]
    found = taken('Mine,Month,Ore milled\nA,2011-09,"1,234,567.5"\nB,2011-09,"1,234"\n')
    assert found.table["ore_t"].to_list() == [1234567.5, 1234.0]
    assert asked_of('Mine,Month,Ore milled\nB,2011-09,"1,234"\n') == {"decimal"}


def test_recoveries_as_fractions_are_asked_about() -> None:
    """A recovery of 0.85 may be per cent or a fraction of one, which only a person knows."""
    text = "Mine,Month,Cu recovery (%),Moisture\nA,2011-09,0.85,0.08\n"
    assert asked_of(text) == {"fractions"}
    assert asked_of("Mine,Month,Cu recovery (%)\nA,2011-09,0.85\n") == {"fractions"}
    found = taken(text, Declared(fractions=("cu_recovery_pct", "moisture")))
    assert found.table.select("cu_recovery_pct", "moisture_pct").rows() == [(85.0, 8.0)]


CENTS = st.integers(-(10**14), 10**14)


@settings(deadline=None)
@given(st.lists(CENTS, min_size=1, max_size=20))
def test_money_keeps_its_cents(cents: list[int]) -> None:
    """Amounts up to a million million come out of files, tables and both formats of the book as the same cents."""
    said = [f"{Decimal(each) / 100:,.2f}" for each in cents]
    read = amounts(pl.Series(said), decimal=".", more=(), unit="").values
    assert (read * 100).round().cast(pl.Int64).to_list() == cents
    frame = pl.DataFrame({"amount": read})
    written = store.writer(frame, "csv")
    assert isinstance(written, bytes)
    again = pl.read_csv(BytesIO(written))["amount"]
    assert (again.cast(pl.Float64) * 100).round().cast(pl.Int64).to_list() == cents


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("$ (1,234.50)", -1234.5),
        ("($1,234.50)", -1234.5),
        ("-$5", -5.0),
        ("$-5", -5.0),
        ("5-", -5.0),
        ("\u22125", -5.0),
        ("C$ 1,000", 1000.0),
        ("1 000 000 USD", 1e6),
        ("(0)", 0.0),
        ("--5", None),
        ("(-5)", None),
        ("USD 5 CAD", None),
        ("1.2.3", None),
        ("#REF!", None),
        ("5 apples", None),
        ("<5", None),
        ("1e400", None),
    ],
)
def test_amounts(said: str, value: float | None) -> None:
    """Each usual writing gives its number; what says two things, or nothing, gives none."""
    assert amount(said).value == value


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_cell_breaks_the_import(said: str) -> None:
    """Whatever stands in a cell, it is a number, no value, or has a reason."""
    found = amount(said)
    assert (found.value is not None) == (found.kind == "number")
    assert (found.kind == "bad") == bool(found.reason)
    measured(said)


def test_a_workbook_gives_the_same_as_text() -> None:
    """Days, months and amounts of a sheet are those of the text with the same words."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    sheet = BytesIO()
    with xlsxwriter.Workbook(sheet, {"in_memory": True}) as book:
        page = book.add_worksheet("Mill")
        shown = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, head in enumerate(("Date", "Mine", "Ore milled (t)", "Cu %")):
            page.write(0, at, head)
        for row, day in enumerate((date(2011, 9, 29), date(2011, 9, 30)), 1):
            page.write_datetime(row, 0, day, shown)
            page.write(row, 1, "A")
            page.write(row, 2, 1000.5 * row)
            page.write(row, 3, 0.31)
        page.write(3, 0, "Total")
        page.write(3, 2, 3001.5)
    raw = read_bytes("mill.xlsx", sheet.getvalue())
    found = convert(raw, recognise(raw), Declared())
    assert found.table.select("from_day", "ore_t").rows() == [(date(2011, 9, 29), 1000.5), (date(2011, 9, 30), 2001.0)]
    assert found.rejected.select("cell", "reason").rows() == [("A4", "a row of totals")]


SOUND = {
    "Mine": "A",
    "Month": "2011-09",
    "Ore milled (short tons)": "1,000.5",
    "Cu (%)": "0.31",
    "Recovery Cu %": "81.2",
    "Account": "4000",
    "Debit": "1,500.25",
    "Credit": "",
    "Amount (CAD 000s)": "(12.5)",
    "Currency": "CAD",
    "Lot No": "L1",
    "Date": "30-Sep-2011",
    "Item": "Ore milled",
    "Jan-11": "5",
    "Feb-11": "6",
}
NASTY = (
    *("", "-", "–", "x", "#REF!", "NaN", "inf", "1e400", "1.2.3", "03/04/2011", "31/09/2011", "Total", "YTD", "12%"),
    *(
        "USD (7)",
        "CAD 5",
        "<0.01",
        "NSS",
        "'5",
        "9" * 300,
        "1.234,5",
        "2011",
        "Sep",
        "tonnes",
        "\u200b",
        "=1+1",
        "日本",
    ),
)
ALL = Declared(
    length="m", dip="negative_down", azimuth="grid", crs="local", negatives="kept", dashes="zero", rows="months"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(SOUND)), min_size=1, max_size=6), st.data())
def test_whatever_stands_in_a_file_every_row_is_kept_or_has_a_reason(heads: list[str], data: st.DataObject) -> None:
    """Sound and odd cells under heads of all kinds: a file is taken whole, asked about or refused in words."""
    cells = [st.one_of(st.just(SOUND[head]), st.sampled_from(NASTY)) for head in heads]
    rows = data.draw(st.lists(st.tuples(*cells), max_size=5))
    text = "\n".join(";".join(row) for row in (heads, *rows))
    try:
        raw = upright(read_bytes("a.csv", text.encode()))
        found = convert(raw, recognise(raw), ALL)
    except (OpenQuestionsError, UnreadableError):
        return
    assert found.report.rows == found.report.kept + found.report.rejected
    assert found.table.height == found.report.kept


def test_heads_in_two_rows() -> None:
    """A metal that stands once over its grade, recovery and mass is the metal of all three; units may stand below."""
    found = taken(
        "Monthly report\nMine,Month,Ore milled,Copper,,,Gold,\n"
        ",,(t),Grade (%),Recovery (%),Produced (lbs),Grade (g/t),oz\nA,2011-09,100,0.3,80,500,0.2,7\n"
    )
    assert found.table.drop("origin_row").row(0, named=True) == {
        "mine": "A",
        "from_day": date(2011, 9, 1),
        "to_day": date(2011, 9, 30),
        "ore_t": 100.0,
        "cu_pct": 0.3,
        "cu_recovery_pct": 80.0,
        "cu_lb": 500.0,
        "au_gpt": 0.2,
        "au_oz": 7.0,
    }
    found = taken("Mine,Month,Ore milled,Cu,Au\n,,t,%,g/t\nA,2011-09,100,0.3,0.2\n")
    assert found.table.select("ore_t", "cu_pct", "au_gpt").row(0) == (100.0, 0.3, 0.2)
    assert asked_of("Mine,Month,Ore milled,\nA,Sep,x,note\n") == {"column:ore"}


def test_prices_say_their_unit_and_currency_in_the_head() -> None:
    """A head of a price names what is paid and for what; a word that may mean two columns is told by the cells."""
    for text in (
        "Index,Date,Price (US$/lb)\nCu,30-Sep-2011,3.15\n",
        "Index,Date,Price per lb,Currency,Unit\nCu,2011-09-30,$3.15,USD,lb\n",
        "Price,Date,Close (US$ per pound)\nCu,2011-09-30,3.15\n",
    ):
        found = taken(text)
        assert found.mapping.table == "quotes"
        row = found.table.drop("origin_row").row(0)
        assert row == ("Cu", date(2011, 9, 30), 3.15, "lb", "USD")


def test_a_mapping_of_records_comes_again() -> None:
    """What a file was taken for says how the next one with its heads is taken, stand-ins and metals included."""
    for text in (
        "Mine,Date,Ore milled (short tons),Cu (%),Cu recovery %,Cu (lbs)\nA,2011-09-29,1,2,3,4\nA,2011-09-30,1,2,3,4\n",
        "Account,Year,Month,Debit,Credit,Currency\nA,2011,Sep,5,,CAD\n",
    ):
        raw = read_bytes("a.csv", text.encode())
        first = recognise(raw)
        again = recognise(raw, table=first.table, saved=first.given())
        assert [match.column for match in again.matches] == [match.column for match in first.matches]
        assert convert(raw, again, Declared()).table.equals(convert(raw, first, Declared()).table)
