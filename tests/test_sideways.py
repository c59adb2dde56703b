"""Sheets that lie on their side: measures down, months across; turned without losing a figure."""

from collections.abc import Iterator
from typing import Any

import pytest

from orebook.book.files import read_bytes
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.recognise import recognise
from orebook.book.importing.sideways import Turned, upright
from record_tables import more_tables


@pytest.fixture(autouse=True)
def _more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with more_tables(monkeypatch):
        yield


def taken(text: str, **asked: Any) -> Imported:
    """A sheet taken in; rows in are rows kept plus rows rejected."""
    raw = upright(read_bytes("a.csv", text.encode()))
    found = convert(raw, recognise(raw, **asked), Declared())
    assert found.report.rows == found.report.kept + found.report.rejected
    return found


SHEET = """Copper Hill monthly report,,,,,,
Item,Unit,Jan-11,Feb-11,Mar-11,Q1 2011,YTD
Ore milled,tonnes,"620,100","571,200","633,000","1,824,300",1
Copper grade,%,0.30,0.31,0.29,0.30,1
Copper recovery,%,80.1,79.5,81.0,80.2,1
Copper produced,lbs,100,200,300,600,1
Comments,,good,,wet,,
"""


def test_measures_down_and_months_across() -> None:
    """Each month becomes a row, units beside the measures are those of its columns, sums of months are no rows."""
    found = taken(SHEET, values={"mine": "Copper Hill"})
    assert found.mapping.table == "sheets"
    frame = found.table
    assert frame["to_day"].dt.to_string().to_list() == ["2011-01-31", "2011-02-28", "2011-03-31"]
    assert frame["ore_t"].to_list() == [620100.0, 571200.0, 633000.0]
    assert frame.select("cu_pct", "cu_recovery_pct", "cu_lb").row(1) == (0.31, 79.5, 200.0)
    assert frame["origin_row"].to_list() == [2, 3, 4]
    assert found.report.reasons == (("a period that sums up others of the sheet", 1),)
    assert any("were turned into 3 rows" in remark for remark in found.report.remarks)


def test_columns_and_lines_that_are_no_month_are_told() -> None:
    """A total and a comment are named as left out; numbers without a measure are rejected with their line."""
    text = "Item,Unit,2011-08,2011-09,Total,Comments\nOre milled,t,1,2,3,wet\nCu,%,0.1,0.2,0.15,\n,,4,5,9,\n"
    found = taken(text, values={"mine": "A"})
    assert found.table["ore_t"].to_list() == [1.0, 2.0]
    assert "columns left out: Total, Comments" in found.report.remarks
    assert found.report.reasons == (("line 4 of the sheet: numbers without a measure", 1),)


def test_several_mines_in_one_sheet() -> None:
    """The name of a mine stands beside its measures or above them, once for all rows that follow."""
    beside = "Mine,Item,2011-08,2011-09\nA,Ore milled,1,2\n,Cu (%),0.1,0.2\nB,Ore milled,3,4\n,Cu (%),0.3,0.4\n"
    found = taken(beside)
    assert found.table.select("mine", "ore_t", "cu_pct").rows() == [
        ("A", 1.0, 0.1),
        ("A", 2.0, 0.2),
        ("B", 3.0, 0.3),
        ("B", 4.0, 0.4),
    ]
    above = "Item,2011-08,2011-09\nA,,\nOre milled,1,2\nCu (%),0.1,0.2\nB,,\nOre milled,3,4\nCu (%),0.3,0.4\n"
    found = taken(above, given={"Section": "mine"})
    assert found.table["mine"].to_list() == ["A", "A", "B", "B"]


def test_a_figure_that_is_none_is_named_by_its_place_in_the_sheet() -> None:
    """A cell that cannot be used is told of by where it stood, and costs no row of another mine."""
    rows = "A,Ore milled,1,x\nA,Cu (%),0.1,0.2\nB,Ore milled,3,4\nB,Cu (%),0.1,0.2\n"
    found = taken(f"Mine,Item,2011-08,2011-09\n{rows}")
    assert found.rejected.select("cell", "value", "reason").rows() == [("line 2, column 4", "x", "no number")]
    assert found.table.select("mine", "ore_t").rows() == [("A", 1.0), ("B", 3.0), ("B", 4.0)]


@pytest.mark.parametrize(
    "text",
    [
        "Hole,2011-08,2011-09\nA,1,2\nB,1,2\n",
        "Item,2011-08\nOre milled,1\nCu (%),0.1\n",
        "Mine,Month,Ore milled\nA,2011-08,1\n",
        "BHID,FROM,TO,CU_pct\nA,0,1,0.3\n",
    ],
)
def test_other_tables_stay_as_they_are(text: str) -> None:
    """Without measures down or several periods across, nothing is turned."""
    raw = read_bytes("a.csv", text.encode())
    assert upright(raw) is raw


def test_a_measure_twice_is_asked_about() -> None:
    """Two rows of one measure are two columns, of which somebody has to say which it is."""
    raw = upright(read_bytes("a.csv", b"Item,2011-08,2011-09\nOre milled,1,2\nOre milled,3,4\nCu (%),1,2\n"))
    assert isinstance(raw, Turned)
    assert "both claim to be ore" in str(recognise(raw, values={"mine": "A"}).questions[0])


def test_a_sheet_that_lacks_its_mine_is_asked_for_it() -> None:
    """What names no hole and no depth, and heads of a mill sheet, is not asked for a hole."""
    for text in (SHEET, "Month,Ore milled,Cu (%),Au (g/t)\n2011-09,5,0.3,0.2\n"):
        raw = upright(read_bytes("a.csv", text.encode()))
        assert {question.key for question in recognise(raw).questions} == {"column:mine"}
    certificate = read_bytes("a.csv", b"Sample,Date,Cu (%),Au (g/t)\n1,2011-09-30,0.3,0.2\n")
    assert recognise(certificate).table == "assays"
