"""Files for other programs: each is opened again by a library that is not ours, and nothing is lost on the way."""

import csv as csv_
import io
import json
import sqlite3
import warnings
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest

from book_runs import ask, example
from orebook.faces.output import formats
from orebook.ground.schema import MissingColumnError
from orebook.reports.drilling.collars import collar_table
from orebook.reports.drilling.intersections import intersection_table
from orebook.reports.drilling.layouts import Layout, layout
from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, Printed, Sheet
from orebook.reports.tables import csv, docx, html, jsonl, md, parquet, text, xlsx
from orebook.reports.tables import json as json_
from orebook.reports.traced import MissingGridError, Traces, interval_lines, trace_lines, traces
from orebook.reports.traces import csv as traces_csv
from orebook.reports.traces import dxf, gpkg, las, omf
from orebook.reports.trouble import Trouble

TROUBLE = Trouble("gone", "no such book", "look again")
INTERVALS = pl.DataFrame(
    {
        "hole": ["NX-1", "NX-1", "NX-2"],
        "level": [0, 1, 0],
        "from_m": [10.0, 12.5, 100.25],
        "to_m": [20.25, 14.0, 101.0],
        "au_gpt": [1.2345678, 1234.5678, 0.004],
        "au_gpt_below": [None, None, True],
        "zone": ["North", None, "=1+1"],
    }
)
LOOKS = layout(
    {
        "caption": "Table 1: Significant intersections",
        "columns": ["hole", "zone", "from", "to", "length", {"source": "au_gpt", "values": "both"}],
        "barren": "rows",
    }
)
COLLARS = pl.DataFrame({"hole": ["NX-1", "NX-2"], "dip_deg": [-60.0, -90.0], "depth_m": [150.004, 1050.004]})
PAGE = Printed(
    "book",
    (
        Passage("Drilling results", "title"),
        Passage("Two holes."),
        intersection_table(
            INTERVALS, LOOKS, holes=["NX-1", "NX-2", "NX-3"], notes=["Grades are uncut.", "Core lengths."]
        ),
        collar_table(COLLARS, Layout(caption="Table 2: Collars", total=True)),
    ),
    (("bulk.cutoff", "0.5"), ("=bulk", "x")),
)
SHEET = Sheet("assays", INTERVALS)


def whole(form: ModuleType, *results: object, paper: Paper = Paper()) -> bytes:  # noqa: B008
    """Everything that a format writes."""
    parts = form.page(results, paper)
    return b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)


@pytest.mark.parametrize("form", [text, md, html, csv, json_, jsonl, parquet, xlsx, docx], ids=lambda m: m.__name__)
def test_the_same_tables_give_the_same_bytes(form: ModuleType) -> None:
    """No format writes the time of day, and all take pages, stored tables, troubles and nothing at all."""
    assert whole(form, PAGE, TROUBLE) == whole(form, PAGE, TROUBLE)
    assert whole(form, SHEET) == whole(form, SHEET)
    assert isinstance(whole(form), bytes)


def test_the_formats_are_found_by_their_files() -> None:
    """What a face offers is what lies in the folders."""
    assert formats("tables") == ["csv", "docx", "html", "json", "jsonl", "md", "parquet", "text", "xlsx"]
    assert formats("traces") == ["csv", "dxf", "gpkg", "las", "omf"]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_workbook_holds_numbers_that_show_the_printed_digits() -> None:
    """Numbers are numbers, signs and decimals belong to their format, and no word becomes a formula."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(whole(xlsx, PAGE)))
    assert book.sheetnames == ["intersections", "collars", "Text", "Parameters"]
    sheet = book["intersections"]
    assert sheet.freeze_panes == "B4" and sheet.print_title_rows == "$3:$3"
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=4)}
    assert [cell.value for cell in rows["NX-1"]] == ["NX-1", "North", 10, 20.25, 10.25, 1.2345678]
    assert rows["NX-1"][2].number_format == "0.00" and rows["NX-1"][5].number_format == "0.00"
    assert rows["Including"][5].value == 1234.5678 and rows["Including"][5].number_format == "#,##0.00"
    assert rows["NX-2"][5].value == 0.01 and rows["NX-2"][5].number_format == '"<"0.00'
    assert rows["NX-2"][1].value == "=1+1" and rows["NX-2"][1].data_type == "s"
    assert rows["NX-3"][1].value == "No significant intersections"
    assert sheet["A9"].value == "1. Grades are uncut."
    total = list(book["collars"].iter_rows())[-1]
    assert (total[0].value, total[2].value, total[2].number_format) == ("Total", 1200.01, "#,##0.00")
    assert [cell.value for cell in book["Parameters"]["A"]] == ["Parameter", "bulk.cutoff", "=bulk"]


def test_a_stored_table_in_a_workbook_keeps_every_digit() -> None:
    """Rows of the book are written unrounded, empty cells stay empty."""
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(whole(xlsx, SHEET)))["assays"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[4] for row in found] == INTERVALS["au_gpt"].to_list()
    assert [row[6] for row in found] == INTERVALS["zone"].to_list()


def test_a_word_document_has_real_tables() -> None:
    """Captions above, heads that come again on every page, cells as printed, notes below."""
    library = pytest.importorskip("docx")
    document = library.Document(io.BytesIO(whole(docx, PAGE)))
    first, second = document.tables
    assert [cell.text for cell in first.rows[0].cells] == [
        "Hole", "Zone", "From (m)", "To (m)", "Interval (m)", "Au (g/t)",
    ]  # fmt: skip
    printed = PAGE.tables()[0].cells()
    assert [[cell.text for cell in row.cells] for row in first.rows[1:4]] == printed[:3]
    assert [cell.text for cell in first.rows[4].cells] == ["NX-3", *["No significant intersections"] * 5]
    assert [cell.text for cell in second.rows[-1].cells] == ["Total", "", "1,200.01"]
    assert first.rows[0]._tr.trPr.xpath("w:tblHeader")
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[0] == "Drilling results" and "Table 1: Significant intersections" in said and "2. Core lengths." in said
    assert document.core_properties.created.year == 2000


def test_values_separated_by_commas_are_printed_or_unrounded_as_the_column_says() -> None:
    """One column gives both; formulas get an apostrophe; two tables stand apart."""
    first, second = whole(csv, PAGE).decode().split("\n\n")
    rows = list(csv_.DictReader(io.StringIO(first)))
    assert [row["Au (g/t)"] for row in rows[:3]] == ["1.23", "1,234.57", "<0.01"]
    assert [row["au_gpt"] for row in rows[:3]] == ["1.2345678", "1234.5678", "0.004"]
    assert rows[2]["Zone"] == "'=1+1" and rows[1]["Zone"] == "-"
    assert second.splitlines()[-1] == 'Total,,"1,200.01"'
    assert whole(csv, SHEET).decode() == INTERVALS.write_csv().replace("=1+1", "'=1+1")


def test_objects_carry_words_values_and_addresses() -> None:
    """A program gets the printed digits, the number behind them and the row that it comes from."""
    said = json.loads(whole(json_, PAGE, TROUBLE))
    cell = said["tables"][0]["rows"][1]["cells"][-1]
    assert cell == {
        "text": "1,234.57", "value": 1234.5678, "address": {"table": "intersections", "row": 1, "column": "au_gpt"},
    }  # fmt: skip
    assert said["troubles"][0]["where"] == "gone"
    lines = [json.loads(line) for line in whole(jsonl, PAGE).decode().splitlines()]
    assert lines[1]["printed"]["au_gpt"] == "1,234.57" and lines[1]["values"]["au_gpt"] == 1234.5678
    assert len(lines) == sum(len(table.rows) for table in PAGE.tables())
    stored = [json.loads(line) for line in whole(jsonl, SHEET).decode().splitlines()]
    assert stored == INTERVALS.to_dicts()


def test_a_parquet_file_has_a_row_for_each_printed_cell() -> None:
    """Lineage as a table; a stored table goes as it is, and two of them do not fit."""
    cells = pl.read_parquet(io.BytesIO(whole(parquet, PAGE)))
    found = cells.filter(pl.col("printed") == "1,234.57").row(0, named=True)
    assert found["number"] == 1234.5678
    assert (found["from_table"], found["from_row"], found["from_column"]) == ("intersections", "1", "au_gpt")
    assert pl.read_parquet(io.BytesIO(whole(parquet, SHEET))).equals(INTERVALS)
    with pytest.raises(ValueError, match="holds one table"):
        whole(parquet, SHEET, SHEET)


def test_a_long_stored_table_is_shown_in_part_and_says_so() -> None:
    """People see the first rows and how many there are; files for programs hold all."""
    long = Sheet("long", pl.DataFrame({"hole": [f"A-{at}" for at in range(5000)], "au_gpt": [0.1] * 5000}))
    shown = whole(text, long).decode()
    assert "The table has 5,000 rows" in shown and len(shown.splitlines()) < 100
    assert len(whole(csv, long).splitlines()) == 5001


def test_a_page_of_html_stands_alone_and_can_be_heard() -> None:
    """Heads have scopes, tables captions; nothing is fetched from elsewhere; dark and light are both there."""
    said = whole(html, PAGE).decode()
    assert said.count('scope="col"') == 6 + 3 and said.count("<caption>") == 2 and 'scope="row"' in said
    assert "http" not in said and "<script" not in said and "prefers-color-scheme: dark" in said
    assert 'colspan="5"' in said


# --- traces -----------------------------------------------------------------------------------------------------------


def position(hole: str, depth: float) -> tuple[float, float, float]:
    """Where a depth of one of the two invented holes lies: one bends, one goes straight down."""
    if hole == "NX-1":
        return 440870.123 + 0.002 * depth**2, 6133665.456, 540.125 - 0.9 * depth
    return 440900.5, 6133700.25, 541.0 - depth


def three_holes(crs: str = "EPSG:26920", unit: str = "m") -> Traces:
    """Three holes, one of them without a trace, and intervals on two."""
    names = [f"easting_{unit}", f"northing_{unit}", f"elevation_{unit}"]
    depths = {"NX-1": [0.0, 12.0, 40.0, 150.0], "NX-2": [0.0, 1050.0]}
    points = pl.DataFrame(
        [(hole, depth, *position(hole, depth)) for hole, each in depths.items() for depth in each],
        schema=["hole", f"depth_{unit}", *names],
        orient="row",
    )
    collars = pl.DataFrame(
        [(*row, kind, date) for row, kind, date in (
            (("NX-1", *position("NX-1", 0)), "diamond", 1),
            (("NX-2", *position("NX-2", 0)), None, None),
            (("NX-3", 440000.0, 6133000.0, 500.0), "planned", 3),
        )],
        schema=["hole", *names, "type", "order"],
        orient="row",
    )  # fmt: skip
    ends = [f"{end}_{name}" for end in ("from", "to") for name in names]
    placed = [
        (*position(hole, begin), *position(hole, end))
        for hole, begin, end in INTERVALS.select("hole", "from_m", "to_m").iter_rows()
    ]
    intervals = INTERVALS.rename({"from_m": f"from_{unit}", "to_m": f"to_{unit}"})
    intervals = intervals.hstack(pl.DataFrame(placed, schema=ends, orient="row"))
    return traces("Drill book", collars, points, intervals, crs=crs)


def test_what_cannot_be_placed_is_counted() -> None:
    """A hole without a trace keeps its collar; rows without a position are said to be left out."""
    assert three_holes().remark == "hole NX-3 has no trace"
    found = three_holes()
    gaps = found.intervals.with_columns(to_easting_m=pl.lit(None, dtype=pl.Float64))
    again = traces("b", found.collars, found.points, gaps)
    assert again.intervals.height == 0 and again.remark.startswith("3 intervals without a position were left out")
    with pytest.raises(MissingColumnError, match="from_easting_m"):
        traces("b", found.collars, found.points, INTERVALS)


def test_an_interval_follows_its_hole() -> None:
    """The line of an interval goes through every point of the trace that lies in it, and starts and ends exactly."""
    found = three_holes()
    lines = interval_lines(found)
    assert lines.line(0)[:, 3].tolist() == [10.0, 12.0, 20.25]
    assert lines.line(1)[:, 3].tolist() == [12.5, 14.0]
    assert lines.line(0)[0].tolist() == [*position("NX-1", 10.0), 10.0]
    names, along = trace_lines(found)
    assert names == ["NX-1", "NX-2"] and along.starts.tolist() == [0, 4, 6]
    pairs, owner = along.pairs()
    assert pairs.tolist() == [[0, 1], [1, 2], [2, 3], [4, 5]] and owner.tolist() == [0, 0, 0, 1]


def geometry(blob: bytes) -> np.ndarray:
    """The coordinates of a line of a GeoPackage, measures included."""
    shapely = pytest.importorskip("shapely")
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    return shapely.get_coordinates(shapely.from_wkb(blob[8 + envelope :]), include_z=True, include_m=True)


def test_a_geopackage_has_typed_layers_in_its_grid(tmp_path: Path) -> None:
    """Collars as points, traces and intervals as lines with depth as measure; every digit and every gap kept."""
    pyogrio = pytest.importorskip("pyogrio")
    file = tmp_path / "holes.gpkg"
    file.write_bytes(whole(gpkg, three_holes(), TROUBLE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # this reader leaves measures out
        assert {(name, kind) for name, kind in pyogrio.list_layers(file)} == {
            ("collars", "Point Z"), ("traces", "LineString Z"), ("intervals", "LineString Z"),
        }  # fmt: skip
        info = pyogrio.read_info(file, layer="intervals")
        meta, _, shapes, values = pyogrio.raw.read(file, layer="intervals")
        _, _, places, of_collars = pyogrio.raw.read(file, layer="collars")
    assert info["crs"] == "EPSG:26920" and meta["crs"] == "EPSG:26920"
    assert dict(zip(info["fields"], info["dtypes"], strict=True)) == {
        "hole": "object", "level": "int64", "from_m": "float64", "to_m": "float64", "au_gpt": "float64",
        "au_gpt_below": "bool", "zone": "object",
    }  # fmt: skip
    kept = dict(zip(info["fields"], values, strict=True))
    assert kept["au_gpt"].tolist() == INTERVALS["au_gpt"].to_list()
    assert kept["zone"].tolist() == INTERVALS["zone"].to_list()
    assert len(shapes) == len(places) == 3
    assert of_collars[-2].tolist() == ["diamond", None, "planned"]
    book = sqlite3.connect(file)
    lines = [geometry(blob) for (blob,) in book.execute("SELECT geom FROM intervals ORDER BY fid")]
    nothing = book.execute("SELECT count(*) FROM intervals WHERE au_gpt_below IS NULL").fetchone()
    kinds = set(book.execute("SELECT table_name, geometry_type_name, z, m FROM gpkg_geometry_columns"))
    book.close()
    assert np.array_equal(lines[0], interval_lines(three_holes()).line(0)) and nothing == (2,)
    assert kinds == {("collars", "POINT", 1, 0), ("traces", "LINESTRING", 1, 1), ("intervals", "LINESTRING", 1, 1)}


@pytest.mark.parametrize(("crs", "words"), [("", "name it in book.toml"), ("EPSG:123456789", "no grid is called")])
def test_a_geopackage_without_a_grid_is_refused(crs: str, words: str) -> None:
    """No coordinate system is a message, not a guess."""
    pytest.importorskip("pyogrio")
    with pytest.raises(MissingGridError, match=words):
        whole(gpkg, three_holes(crs))


def test_an_omf_project_has_collars_traces_and_intervals(tmp_path: Path) -> None:
    """Each segment names its hole and carries the values of its interval; the project is valid and reads back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the library itself
        library = pytest.importorskip("omf")
        file = tmp_path / "holes.omf"
        file.write_bytes(whole(omf, three_holes()))
        reader = library.OMFReader(str(file))
        project = reader.get_project()
        assert project.validate()
        reader._fopen.close()
        collars, lines, intervals = project.elements
        assert (collars.subtype, lines.subtype, project.units) == ("collar", "borehole", "meters")
        assert np.array_equal(np.array(collars.geometry.vertices.array)[0], position("NX-1", 0))
        data = {each.name: list(each.array.array) for each in lines.data}
        assert data["hole"] == ["NX-1", "NX-1", "NX-1", "NX-2"]
        assert data["depth"] == [0.0, 12.0, 40.0, 150.0, 0.0, 1050.0]
        values = {each.name: (each.location, list(each.array.array)) for each in intervals.data}
        assert values["au_gpt"] == ("segments", [1.2345678, 1.2345678, 1234.5678, 0.004])
        assert values["zone"][1] == ["North", "North", "", "=1+1"]
        assert "EPSG:26920" in project.description


@pytest.mark.parametrize(("unit", "code", "metric"), [("m", 6, 1), ("ft", 2, 0)])
def test_a_drawing_has_units_layers_names_and_values(tmp_path: Path, unit: str, code: int, metric: int) -> None:
    """Polylines in space, a layer for each zone, the name of each hole beside its collar, values as extended data."""
    library = pytest.importorskip("ezdxf")
    file = tmp_path / "holes.dxf"
    file.write_bytes(whole(dxf, three_holes(unit=unit)))
    drawing = library.readfile(file)
    assert drawing.audit().errors == []
    assert (drawing.header["$INSUNITS"], drawing.header["$MEASUREMENT"]) == (code, metric)
    assert drawing.header.custom_vars.get("CRS") == "EPSG:26920"
    space = drawing.modelspace()
    assert [words.dxf.text for words in space.query("TEXT")] == ["NX-1", "NX-2", "NX-3"]
    first, *_ = space.query('POLYLINE[layer=="TRACES"]')
    assert [tuple(vertex.dxf.location) for vertex in first.vertices][1] == pytest.approx(
        position("NX-1", 12.0), abs=1e-9
    )
    parts = list(space.query("POLYLINE"))[2:]
    assert [part.dxf.layer for part in parts] == ["INTERVALS_NORTH", "INTERVALS", "INTERVALS__1+1"]
    said = [value for _, value in parts[0].get_xdata("OREBOOK")]
    assert f"from_{unit}=10" in said and "au_gpt=1.2345678" in said


def test_logs_are_one_file_a_hole(tmp_path: Path) -> None:
    """Depth down, numbers to the last digit, nothing where nothing is; what a log cannot hold is said in it."""
    library = pytest.importorskip("lasio")
    packed = zipfile.ZipFile(io.BytesIO(whole(las, three_holes())))
    assert packed.namelist() == ["NX-1.las", "NX-2.las"]
    log = library.read(packed.read("NX-1.las").decode())
    assert log.well["WELL"].value == "NX-1" and log.well["STEP"].value == 0 and log.params["CRS"].value == "EPSG:26920"
    assert log.params["EASTING"].value == 440870.123 and log.curves["DEPT"].unit == "M"
    assert log["DEPT"].tolist() == [10.0] and log["TO_M"].tolist() == [20.25] and log["AU_GPT"].tolist() == [1.2345678]
    assert log.curves["AU_GPT"].unit == "g/t" and "Left out: 1 within other intervals." in log.other
    packed.close()
    found = three_holes()
    bare = zipfile.ZipFile(io.BytesIO(whole(las, traces("b", found.collars, found.points))))
    trace = library.read(bare.read("NX-1.las").decode())
    assert trace["DEPT"].tolist() == [0.0, 12.0, 40.0, 150.0] and trace["EASTING_M"][0] == 440870.123
    bare.close()


def test_points_as_plain_values() -> None:
    """The positions along the holes, every digit kept."""
    found = three_holes()
    assert pl.read_csv(io.BytesIO(whole(traces_csv, found))).equals(found.points)


@pytest.mark.parametrize("form", [gpkg, omf, dxf, las], ids=lambda m: m.__name__)
def test_the_same_holes_give_the_same_bytes(form: ModuleType) -> None:
    """No file holds the time of day or a number drawn by chance; two books do not fit into one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert whole(form, three_holes()) == whole(form, three_holes())
        assert whole(form, TROUBLE) == b""
        with pytest.raises(ValueError, match="one book at a time"):
            whole(form, three_holes(), three_holes())


def test_an_ending_that_no_format_has(tmp_path: Path) -> None:
    """What would be a file of bytes is not written under another ending, unless it was asked for."""
    book = example("crater-lake", tmp_path / "book")
    left = ask("make", "traces", "--book", book, "-o", tmp_path / "holes.xyz")
    left.refused("files that end in .xyz", ".gpkg", "--format gpkg")
    assert not (tmp_path / "holes.xyz").exists()
    ask("make", "traces", "--book", book, "--format", "gpkg", "-o", tmp_path / "holes.xyz").well()


def test_a_stored_table_starts_no_formula_either() -> None:
    """Words and heads like a formula get an apostrophe in CSV; numbers written as text, dashes and days stay."""
    words = ["=1+1", "@home", "+SUM(A1)", "-6.5", "-", "\ttab", "plain", None]
    sheet = Sheet("words", pl.DataFrame({"=head": words, "n": [-1.5] * 8}))
    rows = list(csv_.reader(io.StringIO(whole(csv, sheet).decode())))
    assert rows[0] == ["'=head", "n"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'@home", "'+SUM(A1)", "-6.5", "-", "'\ttab", "plain", ""]
    assert {row[1] for row in rows[1:]} == {"-1.5"}


def test_days_of_a_stored_table_are_told_as_json() -> None:
    """A day is written as a text of its ISO form."""
    sheet = Sheet("days", pl.DataFrame({"day": ["2011-09-30"]}).with_columns(pl.col("day").str.to_date()))
    assert json.loads(whole(json_, sheet))["tables"][0]["rows"] == [{"day": "2011-09-30"}]
