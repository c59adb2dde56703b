"""Records: tables whose rows lie in no hole come into a book, stay as they are, and are told apart from drilling."""

import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from book_runs import Left, ask, put, question
from orebook.book import folder, store
from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.importing.day_columns import end_of
from orebook.book.importing.days import day_cell
from orebook.book.importing.metal_heads import metal_head
from orebook.book.problems import BookError
from orebook.checks import catalogue
from orebook.checks.table_example import tables_from_text
from orebook.checks.table_records import records
from orebook.checks.table_rule import Tables
from orebook.checks.tables import check_tables
from orebook.ground.metals import metal_column, metal_columns
from orebook.ground.schema import Column, schema, tables
from record_tables import more_tables

HELD = """Property,Holder,Effective date,Interest %,Kind
Heron,Alder Mines,30-Sep-2011,60,joint operation
Heron,Birch Metals,2011/09/30,34.5,joint operation
Heron,Alder Mines,"Jan 15, 2012",65.5,joint operation
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book without anything in it."""
    return folder.begin(tmp_path / "book", issuer="Alder Mines Ltd.")


def add(book: Book, file: Path, *more: str) -> Left:
    """Add a file to a book."""
    return ask("add", file, "--book", book.folder, *more)


def test_records_go_round(book: Book, tmp_path: Path) -> None:
    """Rows of no hole are recognised, kept by their key, read with their days, validated and asked for in SQL."""
    said = add(book, put(tmp_path, "held.csv", HELD)).well().said
    assert "3 rows in = 3 kept as interests + 0 rejected" in said
    frame = book.table("interests")
    assert frame is not None
    assert frame["from_day"].to_list() == [date(2011, 9, 30), date(2012, 1, 15), date(2011, 9, 30)]
    assert frame["interest_pct"].to_list() == [60.0, 65.5, 34.5]
    assert frame["origin_row"].to_list() == [2, 4, 3]
    assert ask("validate", "--book", book.folder).well()
    found = question(book.folder, "select holder from interests where from_day > date '2012-01-01'")
    assert found == [{"holder": "Alder Mines"}]
    bench = Bench(book.settings, book.table)
    assert bench.need("interests", "shares")["row"].to_list() == [0, 1, 2]


def test_parquet_keeps_days(book: Book) -> None:
    """A table of records is the same whether it lies in CSV or in Parquet."""
    frame = pl.DataFrame({"property": ["H"], "holder": ["A"], "from_day": [date(2011, 9, 30)], "interest_pct": [60.0]})
    for form in store.FORMATS:
        file = book.folder / store.FOLDER / f"interests.{form}"
        file.parent.mkdir(exist_ok=True)
        made = store.writer(frame, form)
        file.write_bytes(made) if isinstance(made, bytes) else made(file)
        assert store.read(file, "m").equals(frame)
        file.unlink()


@pytest.mark.parametrize("day", ["30/09/2011", "03/04/2011", "2011-13-45", "30-Sep-2011", "soon"])
def test_a_day_that_was_edited_is_no_guess(book: Book, day: str) -> None:
    """A table in the book holds ISO days; another way of writing them is refused, not turned round in silence."""
    file = put(book.folder, "interests.csv", f"property,holder,from_day\nH,A,{day}\n")
    (book.folder / store.FOLDER).mkdir(exist_ok=True)
    file = file.rename(book.folder / store.FOLDER / file.name)
    with pytest.raises(BookError, match="cannot be read as the table interests"):
        store.read(file, "m")


def test_records_of_the_same_key_need_a_word(book: Book, tmp_path: Path) -> None:
    """A row that the table has already by all that tells it is replaced, doubled or skipped only as somebody said."""
    add(book, put(tmp_path, "held.csv", HELD)).well()
    more = put(tmp_path, "more.csv", HELD.replace("60", "61").replace("2012", "2013"))
    left = add(book, more).refused("has 2 of these rows already", "--known replace")
    assert "Alder Mines" in left.said
    for known, rows, interest in (("replace", 4, 61.0), ("skip", 4, 61.0), ("add", 7, 61.0)):
        add(book, more, "--known", known).well()
        frame = book.table("interests")
        assert frame is not None
        assert frame.height == rows
        assert frame.filter(pl.col("from_day") == date(2011, 9, 30))["interest_pct"].to_list()[0] == interest


def test_drilling_is_not_taken_for_records(book: Book, tmp_path: Path) -> None:
    """A file that lacks what records need is looked at as drilling alone, and one that has it as records."""
    left = add(book, put(tmp_path, "x.csv", "Hole,Easting,Property,Holder\nA,1,H,B\n")).refused("column for northing")
    assert "interest" not in left.said


def test_a_row_without_its_key_is_rejected(book: Book, tmp_path: Path) -> None:
    """What tells a record from others has to be there; a day that is none and a row of totals are no rows."""
    rows = HELD + "Heron,,2012-02-01,1,x\nHeron,Cedar,31-Sep-2011,1,x\nTotal,,,100,\n"
    said = add(book, put(tmp_path, "held.csv", rows)).well().said
    assert "6 rows in = 3 kept as interests + 3 rejected" in said
    for words in ("no holder", "no day of the calendar", "a row of totals"):
        assert words in said


def test_whether_day_or_month_comes_first_is_asked_unless_a_cell_shows_it(book: Book, tmp_path: Path) -> None:
    """Cells that could be read both ways stop the import; one with a number above twelve shows it for its column."""
    rows = "Property,Holder,From day,Interest\nH,A,03/04/2011,60\n"
    file = put(tmp_path, "a.csv", rows)
    add(book, file).refused("'03/04/2011'", "dates=dmy or --declare dates=mdy")
    add(book, file, "--declare", "dates=mdy").well()
    more = rows.replace("From day", "Effective") + "H,B,30/09/2011,40\n"
    add(book, put(tmp_path, "b.csv", more), "--known", "add").well()
    frame = book.table("interests")
    assert frame is not None
    assert [str(each) for each in frame["from_day"].sort().to_list()] == ["2011-03-04", "2011-04-03", "2011-09-30"]
    left = add(book, put(tmp_path, "c.csv", more), "--declare", "dates=mdy", "--known", "add")
    assert "no day where months come first" in left.said


def test_a_number_without_a_unit_keeps_its_name() -> None:
    """Amounts and counts have no suffix, days and words neither, tonnes do."""
    assert Column("amount", "number", "", False, (), "").key() == "amount"
    assert Column("ore", "number", "t", False, (), "").key() == "ore_t"
    assert Column("share", "number", "1", False, (), "").key() == "share"
    assert schema("interests")["from_day"].key("ft") == "from_day"


def test_metals_are_found_by_name() -> None:
    """Grades, recoveries and masses of a metal are told apart by their names, as heads of mill sheets say them."""
    names = ["mine", "cu_pct", "cu_recovery_pct", "cu_lb", "au_oz", "mo_kg", "ore_t", "moisture_pct", "cu_conc_pct"]
    found = {each.column: (each.symbol, each.kind) for each in metal_columns("interests", names)}
    assert found == {
        "cu_pct": ("Cu", "grade"),
        "cu_recovery_pct": ("Cu", "recovery"),
        "cu_lb": ("Cu", "mass"),
        "au_oz": ("Au", "mass"),
        "mo_kg": ("Mo", "mass"),
        "cu_conc_pct": ("Cu", "grade"),
    }
    heads = {
        "Cu (lbs)": "cu_lb",
        "Au oz": "au_oz",
        "Recovery % Cu": "cu_recovery_pct",
        "Cu recovery": "cu_recovery_pct",
        "Copper in concentrate (tonnes)": "cu_concentrate_t",
        "Au (g/t)": "au_gpt",
        "CU_LB": "cu_lb",
        "Mo kg": "mo_kg",
        "Gold price (USD/oz)": "",
        "Au": "",
    }
    assert {head: metal_head(head) for head in heads} == heads
    assert all(name == "" or metal_column(name) is not None for name in heads.values())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2011-09-30", "2011-09-30"),
        ("2011-09-30 00:00:00", "2011-09-30"),
        ("20110930", "2011-09-30"),
        ("30 September 2011", "2011-09-30"),
        ("30-Sep-11", "2011-09-30"),
        ("Sept. 30th, 2011", "2011-09-30"),
        ("Friday, September 30, 2011", "2011-09-30"),
        ("30.9.2011", "2011-09-30"),
        ("9/30/2011 12:00 AM", "2011-09-30"),
        ("05/05/2011", "2011-05-05"),
        ("40816", "2011-09-30"),
        ("40816.5", "2011-09-30"),
        ("30-Sep-98", "1998-09-30"),
        ("29-Feb-2011", "None"),
        ("2011-00-10", "None"),
        ("1,234", "None"),
    ],
)
def test_days_in_all_usual_writings(said: str, day: str) -> None:
    """Each writing gives its day; what is none of the calendar gives none."""
    assert str(day_cell(said).value) == day


def test_ends_of_periods() -> None:
    """A month stands for its first day where a period begins and for its last where one ends."""
    for said in ("2011-09", "Sep-11", "September 2011", "Sep '11", "09/2011"):
        assert [str(day_cell(said, end=end_of(name)).value) for name in ("from_day", "to_day")] == [
            "2011-09-01",
            "2011-09-30",
        ]
    assert day_cell("2011-09", end=end_of("shipped_day")).kind == "bad"


def test_rules_look_at_records() -> None:
    """A rule gets the rows of a table with their lines, and columns that are not there empty."""
    found = records(
        tables_from_text("interests\nproperty,holder,from_day,interest_pct\nH,A,2011-01-01,60"),
        "interests",
        "from_day",
        "interest_pct",
        "document",
    )
    assert found.rows() == [(2, date(2011, 1, 1), 60.0, None)]
    assert records(Tables({}), "interests", "holder").height == 0


def test_every_table_of_records_says_what_it_needs() -> None:
    """Each has a key that it requires in part, and days and numbers of types that a book has."""
    for name in tables():
        kind = schema(name)
        assert kind.rows in ("hole", "station", "interval", "plane", "record", "place"), name
        if kind.is_record:
            assert any(kind[column].required for column in kind.order), name
            assert {column.type for column in kind.columns} <= {"text", "number", "day"}, name
            assert len(set(kind.keys())) == len(kind.columns), name
    assert len(catalogue()) > 100
    assert sys.modules["orebook.checks.tables"]


def test_rows_told_twice_are_found_with_their_lines() -> None:
    """Rows of one key are an error where they differ and a warning where they agree; both lines are places."""
    text = "interests\nproperty,holder,from_day,interest_pct\nH,A,2011-01-01,60\nH,A,2011-01-01,65\nH,B,2011-01-01,40\n"
    findings = check_tables(tables_from_text(text + "H,B,2011-01-01,40"), ["T507"])
    assert [(each.grade, [one.line for one in each.sources]) for each in findings] == [
        ("error", [2, 3]),
        ("warning", [4, 5]),
    ]
    assert "property H, holder A, from_day 2011-01-01 is told 2 times" in findings[0].message
    assert "with other interest_pct" in findings[0].message


def test_a_row_without_a_version_is_none_of_a_version(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are the same only where all that tells them is, what one of two files does not say included."""
    first = "Account,Month,Amount,Currency,Version\nA,2011-09,1,CAD,restated\n"
    plain = put(tmp_path, "b.csv", first.replace(",Version", "").replace(",restated", ""))
    other = put(tmp_path, "c.csv", plain.read_text().replace("1,CAD", "2,CAD"))
    with more_tables(monkeypatch):
        add(book, put(tmp_path, "a.csv", first)).well()
        add(book, plain).well()
        add(book, other).refused(
            "has 1 of these rows already (account A, from_day 2011-09-01, to_day 2011-09-30 first)"
        )
        add(book, other, "--known", "replace").well()
        frame = book.table("entries")
    assert frame is not None
    assert sorted(frame.select("amount", "version").rows()) == [(1.0, "restated"), (2.0, None)]
