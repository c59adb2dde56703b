"""Rests: a figure of a tidy table is followed to the rows of the tables it was made of, and to the lines of files."""

from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from book_runs import ask, put
from orebook.book import folder, store
from orebook.book.folder import Book
from orebook.book.lineage import address, chain
from orebook.book.rests import Rest, rests, rows_part

HELD = """property,holder,from_day,interest_pct
Heron,Alder,2011-01-01,60
Heron,Birch,2011-01-01,40
Heron,Alder,2011-08-01,65
Heron,Birch,2011-08-01,35
Quail,Alder,2011-01-01,100
"""
FIGURES = pl.DataFrame(
    {
        "measure": ["tenure.interest", "tenure.interest", "tenure.total"],
        "subject": ["Heron", "Quail", "Heron"],
        "metal": pl.Series([None, None, "Cu"], dtype=pl.String),
        "from_day": [date(2011, 7, 1), date(2011, 7, 1), date(2011, 8, 1)],
        "to_day": [date(2011, 9, 30)] * 3,
        "value": [65.0, 100.0, 100.0],
        "unit": ["%", "%", "%"],
    }
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with interests and a result that says what its figures rest on."""
    found = folder.begin(tmp_path / "book", issuer="Alder Mines Ltd.")
    ask("add", put(tmp_path, "held.csv", HELD), "--book", found.folder).well()
    sayings = rests(
        Rest(
            *("tenure.interest", "interests", ("interest_pct", "{metal}_lb")),
            same={"property": "subject"},
            span="until",
            how="last",
        ),
        Rest("tenure.total", "interests", ("interest_pct",), same={"property": "subject"}, how="sum", words="of all"),
    )
    put_result(found, {"held": FIGURES, "held_rests": sayings})
    return found


def put_result(book: Book, parts: dict[str, pl.DataFrame]) -> None:
    """Write a result down as making does."""
    with book.changing("make", {"result": next(iter(parts))}) as writing:
        for name, frame in parts.items():
            sheet = BytesIO()
            frame.write_parquet(sheet)
            writing.file(f"results/{name}.parquet", sheet.getvalue(), frame.height)
        writing.tell(counts={name: frame.height for name, frame in parts.items()})


def test_a_figure_leads_to_its_rows(book: Book) -> None:
    """Rows agree with the figure in what was said, belong to its days, and give it once more."""
    where = address("held[2].value")
    assert where is not None
    (rest,) = chain(book, where).rests
    assert rest.table == "interests"
    assert rest.rows["origin_row"].to_list() == [4, 5]
    assert rest.again == 100.0
    assert rest.origins[0].file == "held.csv"
    (rest,) = chain(book, where._replace(row=0)).rests
    assert rest.rows["holder"].to_list() == ["Alder", "Alder", "Birch", "Birch"]


def test_why_tells_of_a_figure(book: Book) -> None:
    """The rows, how the figure follows from them, the file and its lines are told."""
    said = ask("why", "held[2].value", "--book", book.folder).well().said
    for words in ("2 rows of interests, added; of all; worked out again from the rows: 100.0", "lines 4 to 5"):
        assert words in said
    data = ask("why", "held[1].value", "--book", book.folder, "--format", "json").well().json["done"][0]
    assert data["rests"][0]["origins"][0]["lines"] == [6]


def test_rows_may_be_listed_one_by_one(book: Book) -> None:
    """A result that knows its rows says which they are and how much of each counts; only those are shown."""
    listed = rows_part(
        pl.DataFrame({"figure": [0, 0, 1], "table": ["interests"] * 3, "row": [0, 2, 4], "weight": [0.5, 1.0, 1.0]})
    )
    put_result(book, {"held": FIGURES, "held_rows": listed})
    where = address("held[0].value")
    assert where is not None
    first, _ = chain(book, where).rests
    assert first.rows.select("row", "weight").rows() == [(0, 0.5), (2, 1.0)]


def test_figures_may_rest_on_other_figures(book: Book) -> None:
    """A measure that was made of another result leads to its figures, which can be asked for in turn."""
    both = rests(Rest("all", "held", ("value",), span="any", how="sum", same={"subject": "subject"}))
    figure = pl.DataFrame({"measure": ["all"], "subject": ["Heron"], "value": [165.0], "unit": ["%"]})
    put_result(book, {"more": figure, "more_rests": both})
    where = address("more[0].value")
    assert where is not None
    (rest,) = chain(book, where).rests
    assert rest.table == "held"
    assert rest.rows["row"].to_list() == [0, 2]
    assert rest.again == 165.0


def test_a_cell_of_a_table_leads_to_its_line(book: Book) -> None:
    """What stands in a table of the book came from a line of a file, in a step."""
    said = ask("why", "interests[0].interest_pct", "--book", book.folder).well().said
    for words in ("interests[0].interest_pct: 60.0", "holder Alder", "held.csv", "lines 2", "added in step 1"):
        assert words in said
    ask("why", "interests[9].interest_pct", "--book", book.folder).refused("has 5 rows")
    ask("why", "interests[0].weight", "--book", book.folder).refused("has no column weight")


def test_units_are_turned_before_they_are_compared(book: Book) -> None:
    """Tonnes of a table become the thousand tonnes of the figure; what cannot be turned is not worked out again."""
    for unit, again in (("%", 100.0), ("fraction", 1.0), ("CAD", None)):
        figure = pl.DataFrame({"measure": ["x"], "subject": ["Quail"], "value": [1.0], "unit": [unit]})
        said = rests(Rest("x", "interests", ("interest_pct",), same={"property": "subject"}, how="sum"))
        put_result(book, {"x": figure, "x_rests": said})
        where = address("x[0].value")
        assert where is not None
        assert chain(book, where).rests[0].again == again


MILL = """Mine,Month,Ore milled (t),Cu (%),Cu recovery (%),Cu (lbs)
A,2011-07,100,0.3,80,530
A,2011-08,300,0.2,81,1072
A,2011-09,200,0.25,80.5,890
B,2011-07,60,0.4,79,418
B,2011-08,50,0.5,79,435
B,2011-09,70,0.45,78,541
"""


def test_figures_of_production_lead_to_the_mill_sheet(tmp_path: Path) -> None:
    """Tonnes, grades and metal of a mine and of the whole company are worked out again from the rows of the sheet."""
    book = folder.begin(tmp_path / "book", issuer="Alder Mines Ltd.")
    ask("add", put(tmp_path, "mill.csv", MILL), "--book", book.folder).well()
    ask("make", "production", "--book", book.folder).well()
    made = store.read_part(book.results()["production"]).with_row_index("at")
    checked = set()
    for row in made.filter(pl.col("period") == "2011-Q3", pl.col("source").is_null()).iter_rows(named=True):
        where = address(f"production[{row['at']}].value")
        assert where is not None
        for rest in chain(book, where).rests:
            assert rest.rows.height == {"A": 3, "B": 3}.get(row["subject"], 6)
            if rest.again is not None:
                assert rest.again == pytest.approx(row["value"], rel=1e-12)
                checked.add((row["measure"], row["subject"]))
    measures = ("milling.ore_milled", "milling.head_grade", "milling.metal_produced", "milling.throughput")
    assert {(measure, mine) for measure in measures for mine in ("A", "B", "Alder Mines Ltd.")} <= checked
