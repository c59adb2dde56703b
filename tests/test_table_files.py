"""Table files: every oddity of text tables and workbooks is read as it stands, and what cannot be read says why."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orebook.book.files import RawTable, read_bytes, read_table, sheets_of
from orebook.book.files._delimited import DelimitedCells
from orebook.book.files._records import records
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.recognise import recognise
from orebook.reading.formats import UnreadableError

SAMPLES = Path(__file__).parent / "table_samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".json")


def taken(raw: RawTable, asked: dict[str, Any]) -> Imported:
    """A raw table taken in as somebody asked for it."""
    mapping = recognise(
        raw,
        table=asked.get("table", ""),
        given=asked.get("given"),
        length=asked.get("length", "m"),
        others=asked.get("others", "leave"),
    )
    return convert(raw, mapping, Declared.recalled(asked.get("declared", {})))


def said(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What is to be written down of a sample: its form, its table, its rejected cells and its report."""
    raw = read_bytes(name, (SAMPLES / name).read_bytes())
    got = taken(raw, asked)
    return {
        "asked": asked,
        "encoding": raw.encoding,
        "delimiter": raw.delimiter,
        "preamble": list(raw.preamble),
        "report": str(got.report),
        "blank": got.report.blank,
        "remarks": list(got.report.remarks),
        "columns": {match.head: got.mapping.physical(match) for match in got.mapping.taken()},
        "table": [got.table.columns, *map(list, got.table.head(6).rows())],
        "rejected": [list(row) for row in got.rejected.rows()],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_taken_in_as_written_down(name: str) -> None:
    """The table, the rejected cells and the report of a sample are those of the JSON file of the same name."""
    written = json.loads((SAMPLES / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert said(name, written["asked"]) == written


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_are_rows_kept_and_rows_rejected(name: str) -> None:
    """Nothing is lost between a file and the two tables that come of it."""
    asked = json.loads((SAMPLES / name).with_suffix(".json").read_text(encoding="utf-8"))["asked"]
    got = taken(read_bytes(name, (SAMPLES / name).read_bytes()), asked)
    assert got.report.rows == got.table.height + got.rejected["origin_row"].n_unique()
    assert got.report.kept == got.table.height
    assert not set(got.table["origin_row"]) & set(got.rejected["origin_row"])


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_at_once_are_cells_read_one_by_one(name: str) -> None:
    """Two ways to take the text of a sample apart, in columns and record by record, give the same cells."""
    cells = read_bytes(name, (SAMPLES / name).read_bytes()).cells
    assert isinstance(cells, DelimitedCells)
    kinds = dict.fromkeys(range(cells.width), "text")
    at_once = cells.load(kinds).frame.fill_null("")
    records_found = records(cells.data, cells.start, cells.first, cells.delimiter)
    one_by_one = cells._by_hand(kinds, records_found).fill_null("")
    assert one_by_one.filter(pl.col("line").is_in(at_once["line"].to_list())).equals(at_once)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b" \r\n \n", "the file is empty"),
        ("a.csv", bytes(range(256)) * 64, "the file is binary"),
        ("a.csv", b"%PDF-1.7 \n", "a PDF file"),
        ("a.xls", b"<html><table><tr><td>Hole</td></tr></table>", "a web page"),
        ("a.csv", b"PAR1\x15\x04", "a Parquet file"),
        ("a.csv", b"The hole was drilled in May.\nNothing was found.\n", "no table: nothing stands between cells"),
        ("a.csv", b"\xff\xfea", "the file says it is UTF-16-LE and is not, at byte 0"),
        ("a.xlsx", b"PK\x03\x04[Content_Types].xml", "the workbook is corrupt or no workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook is corrupt or no workbook"),
        ("a.zip", b"PK\x03\x04readme.txt", "a zip archive and no workbook that can be opened"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(name: str, data: bytes, what: str) -> None:
    """A file that holds no table is refused in one line that says what it is and what to give instead."""
    with pytest.raises(UnreadableError) as refused:
        read_bytes(name, data)
    assert refused.value.what.startswith(what)
    assert refused.value.where == name
    assert refused.value.instead


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """A path without a file, and a folder, are refused with the path."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableError, match=str(path)):
            read_table(path)


def workbook(**tables: list[list[Any]]) -> bytes:
    """A workbook with these sheets; dates are written as dates."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "mmm-yy"})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif cell != "":
                    sheet.write(at, column, cell)
    book.close()
    return file.getvalue()


ASSAYS = [["Hole", "From (m)", "To (m)", "Au_ppm"], [34873, 0, 1.5, "<0.01"], ["KR-1", "1.5", 3, 0.25]]


def test_a_workbook_gives_its_cells_with_their_addresses() -> None:
    """Whole numbers stay whole as names, numbers stored as text are numbers, and a bad cell is named as C3."""
    raw = read_bytes("a.xlsx", workbook(Assays=[*ASSAYS, ["KR-1", 3, "four", 1]]))
    got = taken(raw, {})
    assert got.table.rows() == [("34873", 0.0, 1.5, 0.01, True, 2), ("KR-1", 1.5, 3.0, 0.25, False, 3)]
    assert got.rejected.rows() == [(4, "C4", "To (m)", "four", "no number")]
    assert raw.sheet == "Assays"


def test_a_cell_at_the_other_end_of_a_sheet_is_refused() -> None:
    """A sheet is not laid out in memory when one cell stands seventeen milliards of cells from the others."""
    far = io.BytesIO()
    book = xlsxwriter.Workbook(far, {"in_memory": True})
    sheet = book.add_worksheet("Assays")
    for at, row in enumerate(ASSAYS):
        sheet.write_row(at, 0, row)
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    with pytest.raises(UnreadableError, match="1,048,576 rows and 16,384 columns"):
        read_bytes("far.xlsx", far.getvalue())


def test_a_workbook_that_unpacks_to_very_much_is_refused() -> None:
    """What is packed a thousandfold is not unpacked."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(Assays=ASSAYS))) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for part in plain.namelist():
            bomb.writestr(part, plain.read(part) + (b" " * 20_000_000 if "sheet1" in part else b""))
    with pytest.raises(UnreadableError, match="more than a workbook needs"):
        read_bytes("bomb.xlsx", made.getvalue())


def test_a_hole_that_a_spreadsheet_took_for_a_date_is_rejected() -> None:
    """MAR-01 typed into a spreadsheet is a date there; the name of the hole is lost and the row says so."""
    got = taken(read_bytes("a.xlsx", workbook(Assays=[*ASSAYS, [date(2001, 3, 1), 0, 1, 2]])), {})
    assert got.rejected.rows() == [(4, "A4", "Hole", "2001-03-01", "a date where the name of a hole should be")]


def test_one_of_several_sheets_has_to_be_named(tmp_path: Path) -> None:
    """A workbook of several sheets asks for one of them; sheets without cells are not counted."""
    path = tmp_path / "drilling.xlsx"
    collars = [["Hole", "Easting", "Northing"], ["KR-1", 1000, 2000]]
    path.write_bytes(workbook(Collars=collars, Empty=[], Assays=ASSAYS))
    assert sheets_of(path) == ("Collars", "Assays")
    with pytest.raises(UnreadableError, match=r"2 sheets with cells: Collars, Assays; say which"):
        read_table(path)
    with pytest.raises(UnreadableError, match=r"no sheet 'Surveys'; the sheets are"):
        read_table(path, sheet="Surveys")
    assert [recognise(read_table(path, sheet=sheet)).table for sheet in sheets_of(path)] == ["collars", "assays"]
    path.write_bytes(workbook(Notes=[], Assays=ASSAYS))
    assert read_table(path).sheet == "Assays"


def test_heads_that_were_merged_downwards_are_found() -> None:
    """A head over two rows, with the group above and the parts below, gives each column one head."""
    rows = [
        ["Kestrel Ridge Gold Inc.", "", "", "", ""],
        ["Hole", "Interval", "", "", ""],
        ["", "From", "To", "Au", "Cu"],
        ["", "m", "m", "g/t", "%"],
        ["KR-1", 0, 1, 0.5, 0.1],
    ]
    raw = read_bytes("a.xlsx", workbook(Assays=rows))
    assert raw.header == ("Hole", "From", "To", "Au", "Cu")
    assert taken(raw, {}).table.rows() == [("KR-1", 0.0, 1.0, 0.5, 0.1, 5)]


def test_a_locked_or_cut_workbook_is_refused() -> None:
    """Half a workbook is no workbook."""
    whole = workbook(Assays=ASSAYS)
    with pytest.raises(UnreadableError, match="corrupt"):
        read_bytes("a.xlsx", whole[: len(whole) // 2])


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n\t"), max_size=8)
DAMAGE = st.sampled_from(["none", "none", "none", "long", "short", "blank", "word", "head"])
ROW = st.tuples(
    st.sampled_from(["KR-1", "KR-2", "34873", " KR 3"]),
    st.floats(0, 900, width=32),
    st.floats(0, 900),
    st.one_of(st.floats(0, 1e6), st.sampled_from(["", "<0.01", ">10", "NSS", "-"])),
    CELL,
    DAMAGE,
    CELL,
)


def written(rows: list[Any], delimiter: str, end: str) -> tuple[bytes, list[list[str]]]:
    """A damaged text table, and its records below the head."""
    head = ["Hole", "From (m)", "To (m)", "Au_ppm", "Remark"]
    records: list[list[str]] = []
    for hole, start, stop, grade, remark, damage, word in rows:
        cells = [hole, repr(start), repr(stop), repr(grade) if isinstance(grade, float) else grade, remark]
        records.append(
            {
                "none": cells,
                "long": [*cells, word],
                "short": cells[:2],
                "blank": [""] * len(cells),
                "word": [cells[0], word, *cells[2:]],
                "head": head,
            }[damage]
        )
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([head, *records])
    return text.getvalue().encode(), records


@settings(deadline=None, max_examples=300)
@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_no_row_is_lost_and_no_value_changed(rows: list[Any], delimiter: str, end: str) -> None:
    """Of tables with random damage, rows in are rows kept and rejected, and kept values are those of the text."""
    data, records = written(rows, delimiter, end)
    raw = read_bytes("a.csv", data, header=1)
    asked = {"Hole": "hole", "From (m)": "from", "To (m)": "to", "Au_ppm": "au_ppm", "Remark": "keep"}
    declared = {"decimal": ".", "missing": [], "negatives": "kept"}
    got = taken(raw, {"table": "assays", "given": asked, "declared": declared})
    assert got.report.rows + got.report.blank == len(records)
    assert got.report.rows == got.report.kept + got.report.rejected
    by_line = dict(_lines(data, delimiter))
    for row in got.table.iter_rows(named=True):
        cells = by_line[row["origin_row"]]
        assert row["hole"] == cells[0].strip()
        assert (row["from_m"], row["to_m"]) == tuple(round(float(cell) * 1000) / 1000 for cell in cells[1:3])
        grade = row["au_ppm"]
        assert (cells[3] in ("", "NSS", "-")) if grade is None else grade == float(cells[3].lstrip("<>"))
        assert (row["remark"] or "") == cells[4].strip()


def _lines(data: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """Every record with the line that it begins on, by the standard library."""
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
    found, line = [], 1
    for cells in reader:
        found.append((line, cells))
        line = reader.line_num + 1
    return found


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from('ab1", '), max_size=14), min_size=1, max_size=20))
@example(['",111"1,'])
def test_stray_quotes_lose_no_line(lines: list[str]) -> None:
    """However quotes stand, every line with a cell is in a row that was kept or rejected, or in one quoted cell."""
    data = ("Hole,From (m),To (m),Remark\n" + "\n".join(f"KR-1,0,1,{line}" for line in lines)).encode()
    asked = {"table": "lithology", "given": {"Remark": "description"}, "others": "keep"}
    got = taken(read_bytes("a.csv", data, header=1), asked)
    assert got.report.rows == got.report.kept + got.report.rejected
    told = "".join(
        cell
        for row in (*got.table.select(pl.col(pl.String)).rows(), *got.rejected.select("value").rows())
        for cell in row
        if cell
    )
    assert told.count("KR-1") == len(lines)
    assert sum(map(str.isalnum, told)) >= sum(map(str.isalnum, "".join(lines)))


@pytest.mark.parametrize(("others", "kept"), [("keep", True), ("leave", False)])
def test_a_column_that_fills_late_is_kept_or_told(others: str, kept: bool) -> None:
    """A column without a head that is empty at first, and holds a word thousands of lines below, is no silent loss."""
    rows = [f"KR-{at},0,1,schist," for at in range(3000)]
    rows[2500] += "faulted"
    data = ("Hole,From (m),To (m),Lithology,\n" + "\n".join(rows)).encode()
    got = taken(read_bytes("a.csv", data, header=1), {"table": "lithology", "others": others})
    assert ("column_e" in got.table.columns) is kept
    told = [each for each in got.report.remarks if "was left out: 1 cell holds something, first 'faulted'" in each]
    assert bool(told) is not kept


def test_an_empty_column_is_nothing_to_keep() -> None:
    """A column of delimiters alone is neither kept nor spoken of."""
    data = b"Hole,From (m),To (m),Lithology,\nKR-1,0,1,schist,\nKR-1,1,2,gneiss,\n"
    got = taken(read_bytes("a.csv", data, header=1), {"table": "lithology", "others": "keep"})
    assert got.table.columns[:3] == ["hole", "from_m", "to_m"]
    assert "column_e" not in got.table.columns
    assert not got.report.remarks
