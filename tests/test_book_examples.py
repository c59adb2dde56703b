"""The example books through the command line: what was published comes out, cell by cell, and says where it is from."""

import contextlib
import csv
import importlib.util
import json
import sqlite3
import warnings
import zipfile
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from book_runs import EXAMPLES, ask, content, example, printed, question, settings, whole, words
from by_hand import published, rows
from orebook.book import store
from orebook.checks import check
from orebook.ground.fact import Record
from orebook.reading.read import read_text

BOOKS = ("crater-lake", "ruddock-creek", "small-mine")
MARKED = {"Magnet REO": "magnet_pct", "Sc2O3": "sc2o3_ppm", "Sc": "sc_ppm", "TREO+Y": "treoy_pct"}
INTERVAL = {"From": "from_m", "To": "to_m", "Interval": "length_m", "Estimated True Thickness": "true_thickness_m"}
METALS = {"Zn": "zn_pct", "Pb": "pb_pct", "Zn+Pb": "znpb_pct"}

Book = Path


@pytest.fixture(scope="module")
def crater(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy of the book of Crater Lake."""
    return example("crater-lake", tmp_path_factory.mktemp("books") / "crater")


@pytest.fixture(scope="module")
def ruddock(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy of the book of Ruddock Creek."""
    return example("ruddock-creek", tmp_path_factory.mktemp("books") / "ruddock")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy of the book of the small mine."""
    return example("small-mine", tmp_path_factory.mktemp("books") / "mine")


@pytest.fixture(scope="module")
def every(crater: Book, ruddock: Book, mine: Book) -> dict[str, Book]:
    """The copies by the names of the examples."""
    return dict(zip(BOOKS, (crater, ruddock, mine), strict=True))


def build() -> ModuleType:
    """The script that builds the books of the examples."""
    spec = importlib.util.spec_from_file_location("build_of_examples", EXAMPLES / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rounded(value: float, digits: int) -> str:
    """A number as print rounds it, a half upwards."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


# --- The books as they are committed ---


@pytest.mark.parametrize("name", BOOKS)
def test_building_a_book_again_gives_the_same_tables(name: str, tmp_path: Path) -> None:
    """From the files beside it a book is built again: tables and mappings are the same to the byte."""
    build().build(name, tmp_path)
    kept = EXAMPLES / name / "book"
    for folder in ("tables", "mappings"):
        made = {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
        assert made == {file.name: file.read_bytes() for file in (kept / folder).iterdir()}
    assert whole(tmp_path) == len(list((kept / "journal").glob("*-add.json")))


@pytest.mark.parametrize("name", BOOKS)
def test_the_journal_of_a_committed_book_is_whole(name: str, every: dict[str, Book]) -> None:
    """Every table is as the last step that wrote it says, rows in are rows kept plus rows rejected, the chain holds."""
    book = every[name]
    whole(book)
    last: dict[str, str] = {}
    for file in sorted((book / "journal").glob("*-add.json")):
        step = json.loads(file.read_text(encoding="utf-8"))
        assert step["counts"]["rows"] == step["counts"]["kept"] + step["counts"]["rejected"]
        last |= {thing["name"]: thing["sha256"] for thing in step["writes"]}
        source = EXAMPLES / name / step["reads"][0]["name"]
        assert step["reads"][0]["sha256"] == store.fingerprint(source)
    files = {f"tables/{file.name}": file for file in (book / "tables").iterdir()}
    assert {key: last[key] for key in files} == {key: store.fingerprint(file) for key, file in files.items()}


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_of_an_example_is_an_error(name: str, every: dict[str, Book]) -> None:
    """The rules on tables find neither error nor warning in an example."""
    found = ask("validate", "--book", every[name], "--format", "json").well().json["findings"]
    assert [each for each in found if each["grade"] != "note"] == []


# --- Crater Lake ---


def test_table_1_of_crater_lake(crater: Book) -> None:
    """7 rows of 8 cells: every printed cell is the published one."""
    (table,) = printed(crater, "intercepts")
    wanted = published(EXAMPLES / "crater-lake", "Table 1")
    keys = {"Hole #": "hole"} | INTERVAL | MARKED
    columns = [name for name in wanted[0] if name != "hole"]
    assert words(table, *(keys[name] for name in columns)) == [[row[name] for name in columns] for row in wanted]
    assert (len(wanted), len(columns), len(table["columns"])) == (7, 8, 8)


def test_table_2_of_crater_lake_and_its_total(crater: Book) -> None:
    """4 rows of 7 cells, and a total of 675.63 m."""
    (table,) = printed(crater, "holes")
    wanted = published(EXAMPLES / "crater-lake", "Table 2")
    columns = [name for name in wanted[0] if name != "hole"]
    cells = [[row[name] for name in columns] for row in wanted if row["hole"]]
    found = [[cell.replace(",", "") for cell in row] for row in words(table)]
    assert found[:4] == [[cell.replace(",", "") for cell in row] for row in cells] and len(columns) == 7
    (total,) = [row for row in wanted if not row["hole"]]
    assert found[-1][-1] == "675.63" and "675.63" in total.values()


def test_the_narrow_intersections_of_crater_lake(crater: Book) -> None:
    """The two narrow intersections of CL20038 that the text of the release tells of."""
    (table,) = printed(crater, "narrow")
    assert words(table) == [
        ["CL20038", "61.40", "64.00", "2.60", "159", "244", "0.71"],
        ["CL20038", "92.15", "95.75", "3.60", "125", "192", "0.50"],
    ]


def test_programme_of_crater_lake(crater: Book) -> None:
    """Four holes, 675.63 m, which the text rounds to 676."""
    left = ask("make", "programme", "--book", crater, "--quiet").well()
    assert left.out.startswith("Four drill holes totalling 676 m were completed.")
    (table,) = printed(crater, "programme")
    metres = {column["key"]: cell for column, cell in zip(table["columns"], table["rows"][0]["cells"], strict=True)}
    assert (metres["holes"]["value"], metres["metres"]["value"], metres["metres"]["text"]) == (4, 675.63, "676")


def test_residuals_packages_and_means_of_crater_lake(crater: Book) -> None:
    """Residual grades 137.4 and 163.8 ppm Sc, 79.18 m in four intervals within 119.85 m, 265.3 ppm Sc2O3 together."""
    printed(crater, "intercepts", "zones")
    residual = question(crater, "select residual_m, residual_sc_ppm g from intercepts where residual_m > 0 order by id")
    assert [(round(row["residual_m"], 2), round(row["g"], 1)) for row in residual] == [(13.54, 137.4), (12.53, 163.8)]
    (mean,) = question(
        crater, "select sum(length_m) m, sum(length_m * sc2o3_ppm) / sum(length_m) g from intercepts where level = 0"
    )
    assert (round(mean["m"], 2), 264.754 <= mean["g"] <= 265.764) == (79.18, True)
    (package,) = question(crater, "select package_m, mineralized_m from zones_packages")
    assert (round(package["package_m"], 2), round(package["mineralized_m"], 2)) == (119.85, 79.18)


def test_oxides_and_shares_of_crater_lake(crater: Book) -> None:
    """Sc₂O₃ is 1.5338 times Sc in every row, the magnet oxides of the first interval make 741 ppm within their box."""
    printed(crater, "intercepts")
    found = question(crater, "select sc_ppm, sc2o3_ppm, treoy_pct, mreo_pct, magnet_pct from intercepts order by id")
    for row in found:
        assert row["sc2o3_ppm"] == pytest.approx(1.5338 * row["sc_ppm"], rel=1e-12)
        assert row["magnet_pct"] == pytest.approx(100 * row["mreo_pct"] / row["treoy_pct"], rel=1e-12)
    assert 738.413 <= found[0]["mreo_pct"] * 10_000 <= 743.893


def test_geometry_of_crater_lake(crater: Book) -> None:
    """Holes end at 386, 320, 412 and 444 m; the sections lie 349.4 m apart; the last interval ends 214.5 m down."""
    printed(crater, "holes", "intercepts")
    ends = question(crater, "select end_elevation_m from holes order by hole")
    assert [round(row["end_elevation_m"]) for row in ends] == [386, 320, 412, 444]
    offset = (
        "select abs((a.easting_m - b.easting_m) * sin(radians(35)) + (a.northing_m - b.northing_m) * cos(radians(35)))"
        " m from collars a, collars b where a.hole = 'CL20037' and b.hole = 'CL20038'"
    )
    assert rounded(question(crater, offset)[0]["m"], 1) == "349.4"
    (last,) = question(
        crater,
        "select h.elevation_m - i.elevation_to_m m from intercepts i join holes h using (hole) where i.id = 6",
    )
    assert rounded(last["m"], 1) == "214.5"
    (ratio,) = question(crater, "select core_angle_deg from intercepts where id = 1")
    assert 61.1662 <= ratio["core_angle_deg"] <= 73.6608


def test_barren_holes_of_crater_lake_are_named(crater: Book) -> None:
    """CL20036, CL20038 and CL20039 are said to have nothing, and none is forgotten."""
    printed(crater, "intercepts")
    assert [row["hole"] for row in question(crater, "select hole from intercepts_without order by hole")] == [
        "CL20036",
        "CL20038",
        "CL20039",
    ]


# --- Ruddock Creek ---


def test_the_table_of_ruddock_creek_but_for_one_cell(ruddock: Book) -> None:
    """21 rows of 8 cells; only the Zn+Pb of EUG-11-109 differs, whose printed parts do not add up."""
    (table,) = printed(ruddock, "intercepts")
    wanted = published(EXAMPLES / "ruddock-creek", "Table")
    keys = {"Drill Hole #": "hole"} | INTERVAL | METALS
    columns = [name for name in wanted[0] if name != "hole"]
    found = words(table, *(keys[name] for name in columns))
    assert (len(found), len(columns)) == (21, 8)
    differ = [
        (row["hole"], name, mine, row[name])
        for row, cells in zip(wanted, found, strict=True)
        for name, mine in zip(columns, cells, strict=True)
        if mine != row[name]
    ]
    assert differ == [("EUG-11-109", "Zn+Pb", "13.73", "13.82")]


def test_sums_of_ruddock_creek_are_made_before_rounding(ruddock: Book) -> None:
    """18.50, 13.99 and 19.06 stand beside parts whose printed digits make 18.51, 13.98 and 19.05."""
    (table,) = printed(ruddock, "intercepts")
    off = [
        both
        for zinc, lead, both in words(table, "zn_pct", "pb_pct", "znpb_pct")
        if Decimal(zinc) + Decimal(lead) != Decimal(both)
    ]
    assert off == ["18.50", "13.99", "19.06"]


def test_programme_of_ruddock_creek(ruddock: Book) -> None:
    """76 holes, 14,133.4 m, 7 stations, 185.97 m a hole; of 77 numbers one has no hole, and that is a finding."""
    (table,) = printed(ruddock, "programme")
    keys = [column["key"] for column in table["columns"]]
    cells = dict(zip(keys, table["rows"][0]["cells"], strict=True))
    assert [cells[key]["text"] for key in ("holes", "metres", "stations")] == ["76", "14,133.4", "7"]
    assert rounded(cells["per_hole"]["value"], 2) == "185.97"
    found = ask("validate", "--book", ruddock, "--select", "T107", "--format", "json").well().json["findings"]
    assert len(found) == 1 and "EUG-11-073" in found[0]["message"]


def test_extents_of_ruddock_creek(ruddock: Book) -> None:
    """The zone spans 450 m by 500 m: 225,000 m2 in plan and 256,026 m2 in its plane of 28.5 degrees."""
    printed(ruddock, "zones")
    (zone,) = question(ruddock, "select * from zones_drilled")
    assert [round(zone[f"{way}_m"]) for way in ("east_west", "north_south")] == [450, 500]
    assert round(zone["plan_area_m2"], -1) == 225_000 and round(zone["area_in_plane_m2"]) == 256_026
    assert (zone["zone"], zone["holes"], zone["intersections"]) == ("Lower E", 15, 21)


def test_true_thickness_of_ruddock_creek(ruddock: Book) -> None:
    """No interval is thicker than it is long; 19 thicknesses rest on the plane of the zone, 2 on measured contacts."""
    printed(ruddock, "intercepts")
    found = question(ruddock, "select length_m, true_thickness_m t, plane_basis from intercepts")
    assert all(0 < row["t"] <= row["length_m"] for row in found)
    assert sorted(row["plane_basis"] for row in found) == ["structures"] * 2 + ["zone"] * 19
    (best,) = question(
        ruddock, "select hole, from_m, znpb_pct * true_thickness_m g from intercepts order by g desc limit 1"
    )
    assert (best["hole"], best["from_m"], round(best["g"], 1)) == ("EUG-11-083", 84.2, pytest.approx(140.3, abs=1.0))


def test_every_hole_of_ruddock_creek_is_accounted_for(ruddock: Book) -> None:
    """Holes with intervals, holes without, holes that wait: together the 76, and none twice."""
    printed(ruddock, "intercepts")
    found = [
        row["hole"]
        for table in ("intercepts", "intercepts_without", "intercepts_pending", "intercepts_unassayed")
        for row in question(ruddock, f"select distinct hole from {table}")
    ]
    assert len(found) == len(set(found)) == 76


# --- The small mine ---


def test_intersections_of_the_small_mine(mine: Book) -> None:
    """Three levels in nine holes, with depths and grades as ``intersections.csv`` has them."""
    printed(mine, "intercepts")
    found = question(mine, "select rule, hole, from_m, to_m, length_m, au_gpt, cu_pct from intercepts order by id")
    wanted = rows(EXAMPLES / "small-mine" / "intersections.csv")
    assert [
        [row["rule"], row["hole"], *(rounded(row[key], 2) for key in ("from_m", "to_m", "length_m"))] for row in found
    ] == [[row[key] for key in ("level", "hole", "from_m", "to_m", "length_m")] for row in wanted]
    for row, want in zip(found, wanted, strict=True):
        assert abs(row["au_gpt"] - float(want["au_gpt"])) <= 0.000_05 + 1e-9
        assert abs(row["cu_pct"] - float(want["cu_pct"])) <= 0.000_005 + 1e-9
    assert question(mine, "select hole from intercepts_pending") == [{"hole": "HB-08"}]
    assert question(mine, "select hole from intercepts_without") == [{"hole": "HB-05"}]


# --- What is printed, read back ---


def said_of(record: Record) -> list[str]:
    """Depths and grades that a record was read to say, as printed."""
    facts = [record.get(f"drilling.{name}") for name in ("from", "to", "length", "true_thickness")]
    facts += [*record.all("drilling.grade"), *record.all("drilling.share")]
    return [fact.figure.digits for fact in facts if fact is not None]


@pytest.mark.parametrize("form", ["txt", "md", "html"])
@pytest.mark.parametrize("name", BOOKS)
def test_what_a_book_prints_is_read_back(name: str, form: str, every: dict[str, Book], tmp_path: Path) -> None:
    """Every cell of the printed intersections is read back from text, Markdown and HTML, and no rule has a remark."""
    file = tmp_path / f"page.{form}"
    shape = {"txt": "text"}.get(form, form)
    ask("make", "drilling", "--book", every[name], "--format", shape, "-o", file, "--quiet").well()
    reading = read_text(file.name, file.read_text(encoding="utf-8"))
    assert [(found.code, found.message) for found in check(reading)] == []
    tables = [table for table in printed(every[name], "drilling") if table["name"] == "intercepts"]
    wanted = [[cell for cell in row[1:] if cell] for row in words(tables[0])]
    found = [
        said_of(record)
        for record in reading.records
        if record.kind == "drill_intercept" and record.about.get("place") == "table"
    ]
    assert [sorted(row) for row in found] == [sorted(row) for row in wanted]


@pytest.mark.parametrize("name", BOOKS)
def test_a_page_passes_orebook_check(name: str, every: dict[str, Book], tmp_path: Path) -> None:
    """The numbers of a release, as text, Markdown and HTML, draw no finding from orebook check."""
    files = [tmp_path / f"page.{ending}" for ending in ("txt", "md", "html")]
    for file in files:
        shape = {".txt": "text"}.get(file.suffix, file.suffix[1:])
        ask("make", "drilling", "--book", every[name], "--format", shape, "-o", file, "--quiet").well()
    left = ask("check", *files).well()
    assert left.out == "no findings in 3 documents\n"


# --- Everything else that can be made ---


@pytest.mark.parametrize("name", BOOKS)
def test_formats_for_programs_hold_the_same_cells(name: str, every: dict[str, Book], tmp_path: Path) -> None:
    """CSV has the printed words; JSON lines, Parquet and a workbook have every row."""
    (table,) = printed(every[name], "intercepts")
    for form in ("csv", "xlsx", "jsonl", "parquet"):
        file = tmp_path / f"i.{form}"
        ask("make", "intercepts", "--book", every[name], "-o", file, "--quiet").well()
        if form == "csv":
            with file.open(encoding="utf-8-sig", newline="") as lines:
                assert list(csv.reader(lines))[1:] == words(table)
        elif form == "jsonl":
            said = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            assert [list(line["printed"].values()) for line in said] == words(table)
        elif form == "parquet":
            said = pl.read_parquet(file)["printed"].to_list()
            assert said == [cell for row in words(table) for cell in row if cell]
        else:
            assert len(_sheet(file)) >= len(table["rows"])


def _sheet(file: Path) -> list[list[object]]:
    library = pytest.importorskip("python_calamine")
    found: list[list[object]] = library.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return found


COMPOSITES = """
[results.composites]
of = ["{grade}"]
length = {length}
tail = "keep"
minimum_coverage = 0.5
"""


@pytest.mark.parametrize(
    ("name", "grade"), [("crater-lake", "sc_ppm"), ("ruddock-creek", "zn_pct"), ("small-mine", "cu_pct")]
)
def test_composites_conserve_metal(name: str, grade: str, tmp_path: Path) -> None:
    """Grade times assayed length of all composites, and of what was rejected, is what the samples hold."""
    book = example(name, tmp_path / "book")
    settings(book, more=COMPOSITES.format(grade=grade, length=2.0))
    ask("make", "composites", "--book", book, "--quiet").well()
    kept = question(book, f"select sum({grade} * {grade}_assayed_m) g from composites")[0]["g"]
    refused = question(book, "select coalesce(sum(grade * assayed_m), 0) g from composites_rejected")[0]["g"]
    there = {row["column_name"] for row in question(book, "describe assays")}
    core = "type is null or type in ('', 'Original')" if "type" in there else "true"
    whole = question(book, f"select sum({grade} * (to_m - from_m)) g from assays where {core}")[0]["g"]
    assert kept + refused == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("what", ["paths", "sensitivity", "survey_quality", "highlights", "holes", "programme"])
def test_everything_can_be_made(name: str, what: str, every: dict[str, Book]) -> None:
    """Every result comes out of every example, and is made again without a new step."""
    if (name, what) == ("small-mine", "highlights"):
        assert "HB-06" in ask("make", what, "--book", every[name], "--quiet").well().out
    first = ask("make", what, "--book", every[name]).well()
    before = content(every[name])
    assert ask("make", what, "--book", every[name]).well() == first
    assert content(every[name]) == before
    whole(every[name])


def test_the_list_of_what_can_be_made_knows_the_book(crater: Book) -> None:
    """Without a name everything is listed that can be made, further tables of the book too."""
    plain = ask("make").well().out
    assert "intercepts" in plain and "traces" in plain and "narrow" not in plain
    assert "narrow" in ask("make", "--book", crater).well().out


# --- Holes in space ---


@pytest.mark.parametrize("name", BOOKS)
def test_traces_for_other_programs(name: str, every: dict[str, Book], tmp_path: Path) -> None:
    """A GeoPackage, an OMF project, a DXF drawing, LAS logs and a CSV have all holes."""
    book = every[name]
    holes = {row["hole"] for row in question(book, "select hole from collars")}
    looks = {"gpkg": _geopackage, "omf": _omf, "dxf": _dxf, "las": _logs, "csv": _csv}
    for form, look in looks.items():
        file = tmp_path / f"holes.{form}"
        ask("make", "traces", "--book", book, "-o", file).well()
        assert look(file) == holes, form


def _geopackage(file: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(file)) as database:
        layers = {name for (name,) in database.execute("select table_name from gpkg_contents")}
        assert {"collars", "traces"} <= layers
        return {hole for (hole,) in database.execute("select hole from collars")}


def _omf(file: Path) -> set[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the library itself
        library = pytest.importorskip("omf")
        reader = library.OMFReader(str(file))
        project = reader.get_project()
        assert project.validate()
        reader._fopen.close()
        found = [set(data.array.array) for each in project.elements for data in each.data if data.name == "hole"]
    return found[1]


def _dxf(file: Path) -> set[str]:
    library = pytest.importorskip("ezdxf")
    drawing = library.readfile(file)
    assert drawing.audit().errors == []
    return {words.dxf.text for words in drawing.modelspace().query("TEXT")}


def _logs(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as logs:
        return {name.removesuffix(".las") for name in logs.namelist()}


def _csv(file: Path) -> set[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["hole"] for row in csv.DictReader(lines)}


# --- Why ---


@pytest.mark.parametrize("name", BOOKS)
def test_the_chain_of_every_printed_grade(name: str, every: dict[str, Book]) -> None:
    """The rows behind a grade average to it, and lie in the very lines of the file that are named."""
    book = every[name]
    (table,) = printed(book, "intercepts")
    heads, lines = _source(name)
    looked = 0
    for row in table["rows"][:: 1 + len(table["rows"]) // 6]:
        for cell in row["cells"]:
            where = cell["address"]
            if not where or not where["column"].endswith(("_ppm", "_pct", "_gpt")):
                continue
            at = f"{where['table']}[{where['row']}].{where['column']}"
            (chain,) = ask("why", at, "--book", book, "--format", "json").well().json["done"]
            assert chain["value"] == cell["value"] and chain["changed"] == []
            if chain["again"] is not None:
                assert chain["again"] == pytest.approx(cell["value"], rel=1e-9)
            (origin,) = chain["origins"]
            assert origin["sha256"] == store.fingerprint(EXAMPLES / name / origin["file"])
            assert sorted(one["origin_row"] for one in chain["rows"]) == origin["lines"]
            for one in chain["rows"]:
                found = dict(zip(heads, lines[one["origin_row"] - 1], strict=True))
                assert float(found["from"]) == one["from_m"] and float(found["to"]) == one["to_m"]
                looked += 1
    assert looked > 20


def _source(name: str) -> tuple[Sequence[str], list[list[str]]]:
    """The lines of the assays of an example, its depths under plain heads."""
    with (EXAMPLES / name / "assays.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    plain = {"From (m)": "from", "To (m)": "to", "From_m": "from", "To_m": "to", "FROM": "from", "TO": "to"}
    return [plain.get(head, head) for head in lines[0]], lines


def test_a_printed_number_finds_its_place(crater: Book) -> None:
    """253 stands in one cell, 299 in two, which are both named; what is printed nowhere is refused in words."""
    printed(crater, "intercepts")
    assert "253 is 253.066" in ask("why", "253", "--book", crater).well().out
    assert "printed 2 times" in ask("why", "299", "--book", crater).well().out
    ask("why", "12345.678", "--book", crater).refused("no printed number of this book")
    ask("why", "intercepts[99].sc_ppm", "--book", crater).refused("there is no row 99")
    ask("why", "intercepts[0].gold", "--book", crater).refused("has no column gold")
    ask("why", "nonsense[0].sc_ppm", "--book", crater).refused("is called 'nonsense'")


@pytest.mark.parametrize(
    ("address", "table"), [("holes[0].end_elevation_m", "surveys"), ("holes[1].depth_m", "collars")]
)
def test_the_chain_of_positions(address: str, table: str, crater: Book) -> None:
    """Positions rest on surveys, depths on collars."""
    printed(crater, "holes")
    (chain,) = ask("why", address, "--book", crater, "--format", "json").well().json["done"]
    assert chain["table"] == table and chain["rows"] and chain["origins"][0]["file"] == f"{table}.csv"


def test_rows_are_numbered_as_stored(crater: Book) -> None:
    """Of a table for some holes only, the rows that are named are those of the whole table of assays."""
    printed(crater, "narrow")
    found = question(crater, "select first_row, last_row, from_m, to_m from narrow order by id")
    (chain,) = ask("why", "narrow[0].sc_ppm", "--book", crater, "--format", "json").well().json["done"]
    rows_behind = [row["row"] for row in chain["rows"]]
    assert (rows_behind[0], rows_behind[-1]) == (found[0]["first_row"], found[0]["last_row"])
    assert chain["rows"][0]["from_m"] == found[0]["from_m"] and chain["rows"][-1]["to_m"] == found[0]["to_m"]


def test_a_table_that_changed_is_named(tmp_path: Path) -> None:
    """After an edit of a table the chain says that the table is no longer the one the result was made from."""
    book = example("crater-lake", tmp_path / "book")
    printed(book, "intercepts")
    file = book / "tables" / "assays.csv"
    file.write_bytes(file.read_bytes().replace(b",180,", b",181,", 1).replace(b"180.0", b"181.0", 1))
    (chain,) = ask("why", "intercepts[0].sc_ppm", "--book", book, "--format", "json").well().json["done"]
    assert chain["changed"] == ["tables/assays.csv"]


# --- Ask ---


@pytest.mark.parametrize("name", BOOKS)
def test_every_table_can_be_asked(name: str, every: dict[str, Book]) -> None:
    """Every table has as many rows in the cache as in its file; the cache may be deleted."""
    book = every[name]
    for _ in range(2):
        for file in sorted((book / "tables").glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as lines:
                count = sum(1 for _ in csv.reader(lines)) - 1
            assert question(book, f"select count(*) n from {file.stem}") == [{"n": count}]
        (book / "cache" / "book.duckdb").unlink()
