"""Sales and hedges of a book: files in, results out, findings by row; two mines whose quarter is known beforehand."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from book_runs import ask, put
from orebook.book import folder
from orebook.book.bench import Bench, Made
from orebook.book.folder import Book
from orebook.book.problems import SettingsError
from orebook.book.results import results
from orebook.checks.table_example import tables_from_text
from orebook.checks.tables import check_tables

SETTINGS = """
[issuer]
name = "Alder Mines Ltd."

[results.sales]
currency = "CAD"
rates = "spot"
sensitivity_pct = 10

[results.hedges]
tax_rate_pct = 26.5
"""

TERMS = """contract,term,metal,says,value,unit
K,price,Cu,LME copper,,
K,quotational_period,Cu,M+3 shipment,,
K,payable,Cu,,100,%
K,treatment_charge,,,0,USD/dmt
K,provisional_payment,,,90,%
"""

TONNES = 5_000_000 * 453.59237 / 1e6 / 0.25

PRICES = """price,day,delivery day,amount,unit,currency
LME copper,2010-07-05,2010-10-15,3.00,lb,USD
LME copper,2010-09-30,2010-10-15,3.60,lb,USD
LME copper,2010-10-15,,3.70,lb,USD
LME copper,2010-12-31,,4.00,lb,USD
LME copper,2011-07-05,2011-10-15,4.30,lb,USD
LME copper,2011-09-30,2011-10-15,3.57,lb,USD
"""


def lots(year: int) -> str:
    """Two shipments of each of two mines in a third quarter."""
    rows = [
        f"{mine}{year}-{number},{mine},K,{mine}-{year}-{number},{year}-07-0{number + 4},{TONNES},0,25"
        for mine in ("North", "South")
        for number in (1, 2)
    ]
    return "\n".join(rows)


LOTS = "lot,mine,contract,shipment,shipped day,wet tonnes,moisture %,cu_pct\n" + lots(2010) + "\n" + lots(2011) + "\n"

EVENTS = """lot,day,kind
North2010-1,2010-07-20,provisional
North2010-1,2010-12-20,final
North2011-1,2011-07-20,provisional
"""

RATES = "base,quote,day,rate,kind\n" + "\n".join(
    f"USD,CAD,{day},1.0,spot"
    for day in ("2010-07-05", "2010-09-30", "2010-10-01", "2010-10-31", "2011-07-05", "2011-09-30")
)

HEDGES = """hedge,kind,side,underlying,quantity,unit,strike,currency,start day,expiry day,premium
P1,put,buy,LME copper,1000000,lb,3.50,USD,2011-07-04,2011-12-30,100000
F1,forward,sell,USD/CAD,2000000,USD,1.00,CAD,2011-07-04,2011-09-30,
"""

CURVES = """underlying,as of day,delivery day,price,unit,currency,volatility,rate
LME copper,2011-09-30,2011-12-30,3.57,lb,USD,35,1.5
"""

FILES = {
    "contract_terms": TERMS,
    "prices": PRICES,
    "lots": LOTS,
    "lot_events": EVENTS,
    "exchange_rates": RATES,
    "hedges": HEDGES,
    "curves": CURVES,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book of two mines with eight shipments, a put and a sale of dollars."""
    place = tmp_path_factory.mktemp("sales")
    made = folder.begin(place / "book", issuer="Alder Mines Ltd.")
    put(made.folder, "book.toml", SETTINGS)
    for table, text in FILES.items():
        rows = text.strip().count("\n")
        said = ask("add", put(place, f"{table}.csv", text), "--table", table, "--book", made.folder).well().said
        assert f"{rows} rows in = {rows} kept as {table} + 0 rejected" in said
    return folder.find(str(made.folder))


def made(book: Book, name: str) -> Made:
    """A result of the book."""
    return results()[name].make(Bench(book.settings, book.table))


def value(figures: pl.DataFrame, measure: str, period: str, subject: str = "Alder Mines Ltd.", **more: object) -> float:
    """One figure."""
    kept = figures.filter(pl.col("kind") != "since start", measure=measure, period=period, subject=subject)
    return float(kept.filter(*(pl.col(name).eq_missing(pl.lit(said)) for name, said in more.items()))["value"].item())


def test_shipments_of_a_quarter(book: Book) -> None:
    """Two shipments of each mine are four, in this quarter and in that of the year before (relation P-SHIP)."""
    figures = made(book, "sales").parts["sales"]
    for period in ("2010-Q3", "2011-Q3"):
        assert value(figures, "sales.shipments", period, "North") == 2
        assert value(figures, "sales.shipments", period, "South") == 2
        assert value(figures, "sales.shipments", period) == 4
    assert value(figures, "sales.shipments", "2011-Q2") == 0


def test_the_revaluation_belongs_to_one_quarter(book: Book) -> None:
    """Twenty million open pounds that fell by 0.73 are −14.6 M in the third quarter of 2011 and nowhere else."""
    figures = made(book, "sales").parts["sales"]
    assert value(figures, "finance.revaluation", "2011-Q3", metal=None) == -14_600_000
    assert value(figures, "finance.revaluation", "2010-Q3", metal=None) == 12_000_000
    assert value(figures, "finance.revaluation", "2010-Q4", metal=None) == 2_000_000
    fell = figures.filter(measure="finance.revaluation", value=-14_600_000.0)
    assert set(fell["period"]) == {"2011-Q3", "2011-9M"}
    assert value(figures, "finance.revaluation", "2011-9M", metal=None) == -14_600_000
    assert value(figures, "sales.open_metal", "2011-Q3") == pytest.approx(20e6)
    assert value(figures, "sales.provisional_price", "2011-Q3") == pytest.approx(3.57)
    assert value(figures, "sales.first_price", "2011-Q3") == pytest.approx(4.30)
    assert value(figures, "sales.sensitivity", "2011-Q3") == pytest.approx(20e6 * 0.357)


def test_quarters_add_to_years_and_mines_to_the_company(book: Book) -> None:
    """Flows of quarters are those of the year, and those of mines are those of the company."""
    figures = made(book, "sales").parts["sales"]
    for measure in ("sales.revenue", "sales.dry_mass", "milling.metal_sold", "finance.revenues"):
        quarters = sum(value(figures, measure, f"2010-Q{number}") for number in (3, 4))
        assert quarters == pytest.approx(value(figures, measure, "2010"))
        mines = sum(value(figures, measure, "2010", mine) for mine in ("North", "South"))
        assert mines == pytest.approx(value(figures, measure, "2010"))


def test_the_realized_price_is_of_sums(book: Book) -> None:
    """Revenue and revaluation of a quarter by the pounds sold: 4.30 less 0.73, and 4.30 without it."""
    figures = made(book, "sales").parts["sales"]
    assert value(figures, "finance.realized_price", "2011-Q3", metal="Cu", basis="IFRS 15 and IFRS 9") == pytest.approx(
        3.57
    )
    assert value(figures, "finance.realized_price", "2011-Q3", metal="Cu", basis="IFRS 15") == pytest.approx(4.30)


def test_what_buyers_owe(book: Book) -> None:
    """The value of all lots less the ninety percent that were invoiced."""
    figures = made(book, "sales").parts["sales"]
    whole = 20e6 * 3.57 + 15e6 * 3.70
    assert value(figures, "sales.receivable", "2011-Q3", unit="USD") == pytest.approx(whole - 5e6 * 4.30 * 0.9, abs=1)


def test_timing_splits_by_number_and_size(book: Book) -> None:
    """As many shipments as before: all of the change is what one brings."""
    timing = made(book, "sales").parts["sales_timing"].filter(subject="Alder Mines Ltd.", period="2011-Q3")
    (row,) = timing.rows(named=True)
    assert (row["by_number"], row["by_shipment"]) == (0.0, pytest.approx(20e6 * 1.30))


def test_lots_have_their_states(book: Book) -> None:
    """A lot of the year before is final, one that was never invoiced is fixed, those of this quarter are open."""
    parts = made(book, "sales").parts
    state = dict(parts["sales_lots"].select("lot", "state").rows())
    assert (state["North2010-1"], state["South2010-1"], state["North2011-1"]) == ("final", "fixed", "open")
    assert not parts["sales_unposted"].height


def test_hedges_of_the_book(book: Book) -> None:
    """A put stands below its premium, dollars were sold at par and settled at the rate of the day: 1.0."""
    parts = made(book, "hedges").parts
    figures = parts["hedges"]
    (put_,) = parts["hedges_book"].rows(named=True)
    unrealized = value(
        figures, "finance.derivative_gain_unrealized", "2011-Q3", underlying="LME copper", basis="before tax"
    )
    assert unrealized == pytest.approx(put_["value"] - 100_000, abs=0.01)
    taxed = value(figures, "finance.derivative_gain_unrealized", "2011-Q3", underlying="LME copper", basis="after tax")
    assert taxed == pytest.approx(unrealized * 0.735)
    settled = parts["hedges_ledger"].filter(hedge="F1", event="settlement")["amount"].to_list()
    assert settled == [0.0]


def test_make_prints_and_why_follows(book: Book) -> None:
    """Results are made from the command line, and a figure leads to its postings."""
    ask("make", "sales", "hedges", "--book", book.folder).well()
    figures = made(book, "sales").parts["sales"].with_row_index("at")
    row = figures.filter(measure="finance.revaluation", period="2011-Q3", subject="North", kind="quarter").filter(
        pl.col("metal").is_null()
    )
    told = ask("why", f"sales[{row['at'].item()}].value", "--book", book.folder).well().said
    assert ("sales_ledger" in told and "-7,300,000" in told.replace("−", "-")) or "-7300000" in told


def test_a_rate_that_is_missing_posts_nothing_of_the_lot(book: Book, tmp_path: Path) -> None:
    """Without a rate on the days of a lot it is named, and nothing of it is counted."""
    bench = Bench(book.settings, book.table)
    bench.table("exchange_rates")
    bench.tables["exchange_rates"] = bench.table("exchange_rates").filter(pl.col("day") < date(2011, 1, 1))  # type: ignore[union-attr]
    parts = results()["sales"].make(bench).parts
    assert set(parts["sales_unposted"]["reason"]) == {"no spot rate from USD to CAD"}
    assert set(parts["sales_unposted"]["lot"].str.slice(5, 4)) == {"2011"}
    assert value(parts["sales"], "sales.shipments", "2010-Q3") == 4
    assert not parts["sales_lots"].filter(pl.col("shipped_day") > date(2011, 1, 1)).height


def test_a_rate_has_to_be_chosen(book: Book) -> None:
    """Which rate counts is for the accountant to say."""
    bench = Bench(book.settings, book.table)
    bench.settings.results["sales"].pop("rates")  # type: ignore[attr-defined]
    with pytest.raises(
        SettingsError, match=r"results\.sales\.rates: '' is none; with a currency write spot or average"
    ):
        results()["sales"].make(bench)


def test_findings_name_row_and_amount(book: Book, tmp_path: Path) -> None:
    """A currency without a rate is found with the line of its lot and how much it is, before anything is made."""
    lot = "lot,mine,contract,shipped_day,wet_t,moisture_pct,cu_pct\nL1,North,K,2011-08-10,10000,8.5,24"
    terms = "contract,term,metal,says,value,unit\nK,price,Cu,copper,,\nK,payable,Cu,,96.5,%"
    prices = "price,day,amount,unit,currency\ncopper,2011-08-10,3.10,lb,EUR"
    known = "base,quote,day,rate,kind\nUSD,CAD,2011-08-10,0.9869,spot"
    drawn = {"lots": lot, "contract_terms": terms, "prices": prices, "exchange_rates": known}
    tables = tables_from_text("\n\n".join(f"{name}\n{rows}" for name, rows in drawn.items()))
    (finding,) = check_tables(tables, select=["T707"])
    assert (finding.grade, finding.sources[0].line) == ("error", 2)
    assert finding.message == "L1 of 9,150 t is sold in EUR, of which 2011-08-10 has no rate"


@pytest.mark.parametrize(
    ("rate", "grade"),
    [
        ("EUR,CAD,2011-08-10,1.41,spot", ""),
        ("CAD,EUR,2011-08-04,0.71,spot", ""),
        ("USD,EUR,2011-08-31,0.70,average", ""),
        ("EUR,CAD,2011-08-02,1.41,spot", "warning"),
        ("EUR,CAD,2011-07-31,1.41,average", "warning"),
        ("EUR,EUR,2011-08-10,1,spot", "error"),
        ("USD,CAD,2011-08-10,0.98,spot", "error"),
    ],
)
def test_a_rate_counts_as_it_does_for_what_is_made(rate: str, grade: str) -> None:
    """Either way round, into any currency, of the day or a week before, or the mean of its month; into itself not."""
    lot = "lot,mine,contract,shipped_day,wet_t\nL1,North,K,2011-08-10,10000"
    terms = "contract,term,metal,says,value,unit\nK,price,Cu,copper,,\nK,payable,Cu,,96.5,%"
    prices = "price,day,amount,unit,currency\ncopper,2011-08-10,3.10,lb,EUR"
    drawn = {"lots": lot, "contract_terms": terms, "prices": prices}
    drawn["exchange_rates"] = f"base,quote,day,rate,kind\n{rate}"
    tables = tables_from_text("\n\n".join(f"{name}\n{rows}" for name, rows in drawn.items()))
    assert [found.grade for found in check_tables(tables, select=["T707"])] == [grade] * bool(grade)
