"""The book of two mines: every published cell of the third quarter of 2011 comes out of simulated tables."""

import csv
import importlib.util
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from book_runs import EXAMPLES, ask, example
from orebook.book.bench import Bench, Made
from orebook.book.folder import Book, find
from orebook.book.making import Done
from orebook.book.results import results
from orebook.checks import check
from orebook.desk.printing import pages, wanted
from orebook.ground.figure import Figure
from orebook.reading.read import read_text
from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.tables import html, md, text

BOOK = EXAMPLES / "two-mines"
COMPANY = "Imperial Metals Corporation"
HEADS = {
    "2011-Q3": "Three months ended September 30, 2011",
    "2010-Q3": "Three months ended September 30, 2010",
    "2011-9M": "Nine months ended September 30, 2011",
    "2010-9M": "Nine months ended September 30, 2010",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy of the book."""
    return find(str(example("two-mines", tmp_path_factory.mktemp("books") / "two-mines")))


@cache
def made(folder: str, name: str) -> Made:
    """A result of the book."""
    found = find(folder)
    return results()[name].make(Bench(found.settings, found.table))


@pytest.fixture(scope="module")
def quarter(book: Book) -> Printed:
    """The page of the third quarter of 2011."""
    return page(book, "quarter", "2011-Q3")


def page(book: Book, name: str, period: str) -> Printed:
    """A page of the book."""
    parts = {one: made(str(book.folder), one) for one in wanted(name, book.tables())}
    (found,) = pages(name, Done(book.settings, parts), period)
    assert isinstance(found, Printed)
    return found


def cells(table: str, subject: str = "") -> list[dict[str, str]]:
    """The published cells of a table."""
    with (BOOK / "published.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["table"] == table and row["subject"] == subject]


def table_of(page: Printed, name: str) -> PrintedTable:
    """A table of the page by its name."""
    return next(each for each in page.tables() if each.name == name)


def shown(page: Printed, table: PrintedTable, book: Book) -> dict[tuple[str, str], str]:
    """Every cell of a printed table by the measure, with its metal, and the period that it leads back to."""
    found = {}
    for _, column, cell in table.addressed():
        if cell.address is not None:
            row = (
                made(str(book.folder), cell.address.table)
                .parts[cell.address.table]
                .row(int(cell.address.row), named=True)
            )
            name = row["measure"].partition(".")[2] + (f" {row['metal']}" if row["metal"] else "")
            assert column.head == HEADS[row["period"]]
            found[name, row["period"]] = cell.text
    return found


@pytest.mark.parametrize(
    ("name", "subject", "count"),
    [("summary", "", 32), ("production", "Mount Polley", 18), ("production", "Huckleberry", 16)],
)
def test_every_published_cell_comes_out_as_printed(
    quarter: Printed, book: Book, name: str, subject: str, count: int
) -> None:
    """32, 18 and 16 cells: each printed cell is the published one, and there is no other."""
    wanted_cells = {(row["row"], row["column"]): row["cell"] for row in cells(name, subject)}
    assert len(wanted_cells) == count
    table = table_of(quarter, f"{name} {subject}".strip())
    assert shown(quarter, table, book) == wanted_cells


def test_figures_of_the_text_come_out(quarter: Printed, book: Book) -> None:
    """Seventeen figures of the sentences: throughput, metal, shipments, derivatives, revaluation, capital, cash."""
    reading = read_text("release.txt", "".join(text.page([quarter], Paper())))
    read = [
        (fact.measure, fact.about.get("mine", ""), fact.about.get("period"), fact.figure)
        for fact in reading.facts
        if isinstance(fact.figure, Figure)
    ]
    with (BOOK / "published.csv").open(encoding="utf-8", newline="") as lines:
        told = [row for row in csv.DictReader(lines) if row["table"] == "text"]
    assert len(told) == 17
    for row in told:
        number, _, unit = row["cell"].partition(" ")
        periods = {row["column"], "2011-09-30" if row["row"] == "finance.cash" else row["column"]}
        same = [
            each.value
            for measure, mine, period, each in read
            if measure == row["row"] and mine == row["subject"] and period in periods and each.unit == unit
        ]
        assert Figure.parse(row["cell"]).value in same if unit == "t/d" else any(f"{v}" == number for v in same), row


@pytest.mark.parametrize(("kind", "shape"), [("txt", text), ("md", md), ("html", html)])
def test_the_printed_quarter_passes(quarter: Printed, kind: str, shape) -> None:
    """No rule finds anything in the page, whatever it is printed as."""
    assert check(read_text(f"release.{kind}", "".join(shape.page([quarter], Paper())))) == []


def test_days_and_throughput(book: Book) -> None:
    """273 days; 21,034, 21,773, 16,411 and 15,227 t/d; the first half of 2011 ran at 20,461 t/d (system 25)."""
    table = made(str(book.folder), "production").parts["production"]
    throughput = table.filter(measure="milling.throughput", basis="100%").filter(pl.col("source").is_null())

    def of(mine: str, period: str) -> int:
        return round(throughput.filter(subject=mine, period=period)["value"].item())

    assert of("Mount Polley", "2011-9M") == 21034 and of("Mount Polley", "2010-9M") == 21773
    assert of("Huckleberry", "2011-9M") == 16411 and of("Huckleberry", "2010-9M") == 15227
    assert of("Mount Polley", "2011-Q3") == 22160
    half = throughput.filter(subject="Mount Polley", period="2011-H1")
    assert half["value"].item() == pytest.approx(20_461.5, abs=0.5)
    days = throughput.filter(subject="Mount Polley", period="2011-9M").select(
        (pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1
    )
    assert days.item() == 273 and (date(2011, 9, 30) - date(2011, 7, 1)).days + 1 == 92


def test_attributable_metal(book: Book) -> None:
    """Half of Huckleberry's copper is 17,022,000 lb in 2011 and 15,832,000 lb in 2010 (system 26)."""
    table = made(str(book.folder), "production").parts["production"]
    own = table.filter(measure="milling.metal_produced", metal="Cu", basis="attributable", subject="Huckleberry")
    assert own.filter(period="2011-9M")["value"].item() == pytest.approx(17_022_000)
    assert own.filter(period="2010-9M")["value"].item() == pytest.approx(15_832_000)


def test_bridge_and_implied_tax(book: Book) -> None:
    """12,862 at 26.5 % and −5,829 at 28.5 %, in thousands (system 37)."""
    steps = made(str(book.folder), "measures").parts["measures_bridges"].filter(measure="adjusted_net_income")

    def of(period: str, kind: str, column: str) -> float:
        return float(steps.filter(period=period, kind=kind)[column].item())

    for period, amount, rate in (("2011-Q3", -12_862, 26.5), ("2010-Q3", 5_829, 28.5)):
        between = of(period, "result", "value") - of(period, "start", "value")
        assert round(between / 1000) == amount
        assert of(period, "result", "implied_tax_pct") == pytest.approx(rate, abs=0.001)


def test_hedges_are_those_of_the_accounts(book: Book) -> None:
    """Gains on the hedges, valued one by one, are what the accounts posted, to the cent of each price."""
    hedged = made(str(book.folder), "hedges").parts["hedges"].filter(pl.col("underlying").is_null())
    booked = made(str(book.folder), "statements").parts["statements"]
    for part in ("", "_realized", "_unrealized"):
        measure = f"finance.derivative_gain{part}"
        for period in ("2011-Q3", "2010-Q3", "2011-9M", "2010-9M"):
            value = hedged.filter(measure=measure, period=period)["value"].item()
            assert value == pytest.approx(booked.filter(measure=measure, period=period)["value"].item(), abs=1)


def test_revaluation_of_open_lots(book: Book) -> None:
    """−14.6 million from open pounds and the fall of their price, in the third quarter alone (system 34)."""
    table = made(str(book.folder), "sales").parts["sales"].filter(subject=COMPANY)
    found = table.filter(pl.col("metal").is_null(), measure="finance.revaluation", period="2011-Q3")
    assert found["value"].item() == pytest.approx(-14_600_000, abs=1)


def test_every_figure_leads_back(quarter: Printed, book: Book) -> None:
    """Each cell and each figure of a sentence has the address of an unrounded number of a result."""
    ask("make", "quarter", "--period", "2011-Q3", "--book", book.folder)
    said = list(quarter.said())
    assert len(said) > 120
    for name in ("18,939,711", "69.4", "measures_bridges[119].value", "sales[0].value"):
        answer = ask("why", name, "--period", "2011-Q3", "--book", book.folder)
        assert answer.status == 0 and "made in step" in answer.out
    twice = ask("why", "17,102", "--period", "2011-Q3", "--book", book.folder)
    assert "is printed 2 times" in twice.out and "statements[" in twice.out and "measures_bridges[" in twice.out
    assert all(isinstance(part, Passage | PrintedTable) for part in quarter.parts)


def test_a_number_of_another_quarter_is_found(book: Book) -> None:
    """Without a period the last whole quarter is looked at first, then the others, and it is said which one told it."""
    ask("make", "quarter", "--period", "2011-Q1", "--book", book.folder)
    printed = next(text for text, _, _ in page(book, "production", "2011-Q1").said() if "," in text)
    found = ask("why", printed, "--book", book.folder).well()
    assert "stands on the pages of 2011-Q1" in found.err
    ask("why", "987,654,321", "--book", book.folder).refused("no printed number of this book is '987,654,321'")
    assert "print.quarter" not in ask("make", "charts", "--period", "2012-Q3", "--book", book.folder).said


def test_the_simulation_writes_the_same_bytes(tmp_path: Path) -> None:
    """The tables of the example are those that its script writes, and carry nothing of their own."""
    for name in ("simulate", "mills", "accounts", "markets", "published", "simulation"):
        sys.modules.pop(name, None)
    spec = importlib.util.spec_from_file_location("two_mines_simulated", BOOK / "simulate.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(script)
    sys.path[:] = before
    script.main(tmp_path)
    written = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert written == {name: (BOOK / name).read_bytes() for name in written} and len(written) == 21


def sections(page: Printed) -> Iterator[str]:
    """The headings of a page."""
    return (part.text for part in page.parts if isinstance(part, Passage) and part.kind == "heading")


def test_the_event_is_after_the_period(quarter: Printed) -> None:
    """13.9 million US dollars were agreed after the period: said, and in none of its figures (system 40)."""
    words = " ".join(part.text for part in quarter.parts if isinstance(part, Passage))
    assert "US$13.9 million" in words and "not in the figures of the third quarter of 2011" in words
    assert "After the period" in list(sections(quarter))
    assert not any("13,9" in cell for table in quarter.tables() for row in table.cells() for cell in row)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("quarter", "2011-Q2"),
        ("quarter", "2011-H1"),
        ("quarter", "2010"),
        ("quarter", "2011-09"),
        ("production", "2011-Q3"),
        ("statements", "2011-Q3"),
        ("measures", "2010-Q4"),
        ("sales", "2011-Q3"),
        ("hedges", "2011-Q3"),
        ("capital", "2011-Q3"),
    ],
)
def test_other_pages_and_periods_pass(book: Book, name: str, period: str) -> None:
    """A page of any period, and any part of it, says something and nothing that a rule finds."""
    found = page(book, name, period)
    assert found.parts
    assert check(read_text("release.txt", "".join(text.page([found], Paper())))) == []


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2011-Q5", "--period: not a period: '2011-Q5'"),
        ("2012-Q3", "--period 2012-Q3: no figure is about 2012-Q3; the last whole quarter"),
    ],
)
def test_a_period_that_cannot_be_told_is_refused(book: Book, period: str, words: str) -> None:
    """What is no period, and one of which the book knows nothing, gives one line and no page of dashes."""
    ask("make", "quarter", "--period", period, "--book", book.folder).refused(words)
