"""Importing: columns are recognised and every guess is shown, what must be declared is asked, and nothing is lost."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book.files import read_bytes, read_table
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import ColumnMapping, OpenQuestionsError
from orebook.book.importing.recognise import recognise
from orebook.book.importing.values import cell
from orebook.reading.formats import UnreadableError

SAID = Declared(length="m", dip="negative_down", azimuth="grid", crs="local")


def mapped(text: str, **asked: Any) -> ColumnMapping:
    """What a text table is taken for."""
    return recognise(read_bytes("a.csv", text.encode()), **asked)


def taken(text: str, declared: Declared = SAID, **asked: Any) -> Imported:
    """A text table taken in."""
    raw = read_bytes("a.csv", text.encode())
    return convert(raw, recognise(raw, **asked), declared)


def asked_of(text: str, declared: Declared, **asked: Any) -> dict[str, str]:
    """What is asked of a text table, by the key of each question, with the guess."""
    with pytest.raises(OpenQuestionsError) as stopped:
        taken(text, declared, **asked)
    return {question.key: question.guess for question in stopped.value.questions}


HEADS = {
    "BHID,XCOLLAR,YCOLLAR,ZCOLLAR": ("collars", "datamine", ["hole", "easting", "northing", "elevation"]),
    "hole_id,y,x,z,max_depth,hole_path": ("collars", "surpac", ["hole", "northing", "easting", "elevation", "depth"]),
    "HOLE,EAST,NORTH,RL,TOTALDEPTH": ("collars", "micromine", ["hole", "easting", "northing", "elevation", "depth"]),
    "holeid,x,y,z,maxdepth,trench": ("collars", "leapfrog", ["hole", "easting", "northing", "elevation", "depth"]),
    "Hole ID,Easting,Northing,Elevation,Final Depth": (
        "collars",
        "mxdeposit",
        ["hole", "easting", "northing", "elevation", "depth"],
    ),
    "CollarId,HoleId,CompanyHoleId,Longitude,Latitude,MaxDepth": (
        "collars",
        "wamex",
        ["hole", "easting", "northing", "depth"],
    ),
    "BHID,AT,BRG,DIP": ("surveys", "datamine", ["hole", "depth", "azimuth", "dip"]),
    "BHID,AT,AZ,DIP": ("surveys", "pygslib", ["hole", "depth", "azimuth", "dip"]),
    "hole_ID,depth,dip,azimuth": ("surveys", "surpac", ["hole", "depth", "dip", "azimuth"]),
    "HOLE,DEPTH,AZIMUTH,INCLINATION": ("surveys", "micromine", ["hole", "depth", "azimuth", "dip"]),
    "hole_id,samp_id,depth_from,depth_to,Au_ppm": ("assays", "surpac", ["hole", "sample", "from", "to", "au_ppm"]),
    "HoleId,FromDepth,ToDepth,Lith1,GeologyComment": (
        "lithology",
        "wamex",
        ["hole", "from", "to", "rock", "description"],
    ),
    "dhid,sampfrom,sampto,Zn_%": ("assays", "", ["hole", "from", "to", "zn_pct"]),
    "Sondaje,Desde,Hasta,Cu %": ("assays", "", ["hole", "from", "to", "cu_pct"]),
    "Hole,From,To,SG": ("densities", "", ["hole", "from", "to", "density"]),
    "Hole,From,To,TCR,RQD": ("recoveries", "", ["hole", "from", "to", "recovery", "rqd"]),
    "Hole,From,To,Domain": ("domains", "", ["hole", "from", "to", "zone"]),
    "Hole,Depth,Structure,Alpha,Beta": ("structures", "", ["hole", "depth", "kind", "alpha", "beta"]),
    "Zone,Dip,Dip Direction": ("zones", "", ["zone", "dip", "dip_direction"]),
}


@pytest.mark.parametrize("heads", HEADS)
def test_columns_are_recognised_by_the_heads_of_the_common_systems(heads: str) -> None:
    """Each system's own heads, in any order and case, give the table and its columns without a question."""
    table, profile, columns = HEADS[heads]
    cells = ",".join("1" for _ in heads.split(","))
    for words in (heads, heads.upper() if profile != "surpac" else heads, heads.replace("_", " ")):
        found = mapped(f"{words}\n{cells}\n")
        assert (found.table, [match.column for match in found.taken()]) == (table, columns)
        assert not found.questions
    assert found.profile == profile or profile in ("", "leapfrog", "surpac", "mxdeposit")


def test_every_guess_says_why_and_shows_the_rows_that_support_it() -> None:
    """A mapping is a table of heads, columns and reasons, with the first lines and cells, and lists what is left."""
    found = mapped("BHID,FROM,TO,Au_ppm,Geologist\nA,0,1,0.5,JS\nA,1,2,0.7,JS\n")
    assert found.frame().select("head", "column", "how", "rows").rows() == [
        ("BHID", "hole", "profile", "2: A, 3: A"),
        ("FROM", "from_m", "profile", "2: 0, 3: 1"),
        ("TO", "to_m", "profile", "2: 1, 3: 2"),
        ("Au_ppm", "au_ppm", "name", "2: 0.5, 3: 0.7"),
        ("Geologist", None, "none", "2: JS, 3: JS"),
    ]
    assert [match.head for match in found.left()] == ["Geologist"]


@pytest.mark.parametrize(("head", "other"), [("De", "À"), ("De", "Jusqu'à"), ("von", "bis"), ("Desde", "Hasta")])
def test_depths_in_other_tongues(head: str, other: str) -> None:
    """Heads of depths are known in the tongues in which mines log their core."""
    found = mapped(f"Hole,{head} (m),{other} (m),Au_ppm\nA,0,1,0.5\n")
    assert [match.column for match in found.taken()] == ["hole", "from", "to", "au_ppm"]


def test_the_other_end_is_found_by_its_cells() -> None:
    """One end is named and the column beside it rises with it: it is the other end, else it is asked for."""
    rows = "A,0,1,0.5\nA,1,2,0.7\nA,2,4,0.1\n"
    for heads, at in (("Hole,From,Z2,Au_ppm", 2), ("Hole,Z1,To,Au_ppm", 1)):
        found = mapped(f"{heads}\n{rows}")
        match = next(match for match in found.taken() if match.index == at)
        assert (match.how, match.column) == ("content", ("from", "to")[at - 1])
        assert not found.questions
    assert [question.key for question in mapped("Hole,From,Z2,Au_ppm\nA,5,1,1\nA,6,2,1\n").questions] == ["column:to"]


def test_two_columns_that_claim_one_meaning_are_named() -> None:
    """Neither of two columns is taken silently; the question names both and the answer settles it."""
    text = "Hole_ID,From_m,From_ft,To_m,Au_ppm\nA,0,0,1,0.5\n"
    (question,) = mapped(text).questions
    assert question.what == "'From_m' and 'From_ft' both claim to be from"
    assert not mapped(text, given={"From_m": "from", "From_ft": "leave"}).questions
    (grades,) = mapped("Hole,From,To,Au_ppm,Au ppm\nA,0,1,1,1\n").questions
    assert grades.what == "'Au_ppm' and 'Au ppm' both claim to be au_ppm"
    (twice,) = mapped("Hole,From,To,Cu_%,Cu_%\nA,0,1,1,1\n").questions
    assert twice.instead == "say which it is, such as column D=cu_pct and column E=leave"
    assert not mapped("Hole,From,To,Cu_%,Cu_%\nA,0,1,1,1\n", given={"column E": "leave"}).questions


def test_a_grade_without_a_unit_is_a_question_whatever_its_size() -> None:
    """No unit is guessed from magnitude; it comes from the head, a row of units, or whoever answers."""
    text = "Hole,From,To,CU\nA,0,1,5000\n"
    (question,) = mapped(text).questions
    assert (question.key, question.instead) == ("unit:CU", "say --column CU=cu_pct or --column CU=cu_ppm")
    for given_unit in ({"given": {"CU": "cu_ppm"}}, {"unit": "ppm"}):
        assert mapped(text, **given_unit).taken()[-1].column == "cu_ppm"
    assert mapped("Hole,From,To,CU\n,m,m,ppm\nA,0,1,5000\n").taken()[-1].column == "cu_ppm"


def test_holes_and_depths_are_found_by_their_cells() -> None:
    """Where no head says it, known holes, rising depths and the limits of directions do."""
    text = "A,B,C,D\nKR-1,0,1,0.5\nKR-1,1,2,0.7\nKR-2,0,3,0.1\n"
    found = mapped(text, table="assays", holes={"KR-1", "KR-2"})
    assert [(match.column, match.how) for match in found.taken()] == [
        ("hole", "content"),
        ("from", "content"),
        ("to", "content"),
    ]
    assert "rising" not in found.taken()[1].why
    survey = mapped("Hole,Depth,P,Q\nKR-1,0,327,-60\nKR-1,30,328,-61\n", table="surveys")
    assert [match.column for match in survey.taken()] == ["hole", "depth", "azimuth", "dip"]


def test_columns_whose_cells_contradict_their_heads_are_asked_about() -> None:
    """From deeper than to, and words under a head of numbers, are questions and not data."""
    assert (
        mapped("Hole,From,To,Au_ppm\nA,1,0,1\nA,2,1,1\n").questions[0].what == "from lies deeper than to in 2 of 2 rows"
    )
    (words,) = mapped("Hole,From,To,Au_ppm\nA,GRT,1,1\nA,BAS,1,1\n").questions
    assert words.what == "the column 'From' should hold from and holds text such as 'GRT'"


def test_a_file_of_another_table_says_which() -> None:
    """Assays given as surveys are not taken; the question says what is missing and what the file looks like."""
    found = mapped("hole,from,to,Au_ppm\nA,0,1,2\n", table="surveys")
    assert [question.key for question in found.questions] == ["column:depth", "column:azimuth", "column:dip"]
    assert "the file looks like assays" in found.questions[0].what
    with pytest.raises(UnreadableError, match="no table of a book has such heads: name, age, city"):
        mapped("name,age,city\nBo,3,Rome\n")
    with pytest.raises(KeyError, match="a book has no table 'assay'"):
        mapped("hole,from,to\nA,0,1\n", table="assay")


def test_a_file_that_fits_two_tables_is_asked_about() -> None:
    """Hole, from and to alone are no table; the name of the file may say which it is."""
    text = b"hole,from,to\nA,0,1\n"
    (question,) = recognise(read_bytes("a.csv", text)).questions
    assert question.key == "table"
    assert recognise(read_bytes("KR_lithology.csv", text)).table == "lithology"


def test_what_is_given_wins_and_has_to_make_sense() -> None:
    """A head or a column that does not exist is an exception with the nearest that does."""
    text = "Hole,From,To,Val,Note\nA,0,1,2,x\n"
    found = mapped(text, given={"Val": "cu_pct", "Note": "keep"})
    assert [(m.column, m.how) for m in found.taken()[3:]] == [("cu_pct", "given"), ("note", "kept")]
    with pytest.raises(ValueError, match=r"looks like surveys, which has no column 'cu_pct' for 'Val'"):
        mapped("Hole,Depth,Azimuth,Dip,Val\nA,0,1,2,3\n", given={"Val": "cu_pct"})
    with pytest.raises(ValueError, match=r"no column 'Vall'; did you mean 'Val'"):
        mapped(text, given={"Vall": "cu_pct"})
    with pytest.raises(ValueError, match=r"no table has a column 'cu_percent'; assays has hole, from, to"):
        mapped(text, table="assays", given={"Val": "cu_percent"})


def test_a_mapping_comes_again_from_what_it_gives() -> None:
    """What a mapping says of its heads, given for the next file, gives the same mapping without a guess."""
    text = "BHID,FROM,TO,CU,Geologist,Note\nA,0,1,2,JS,x\n"
    first = mapped(text, given={"CU": "cu_ppm", "Note": "keep"})
    again = mapped(text, table=first.table, given=first.given())
    assert [(m.head, m.column) for m in again.matches] == [(m.head, m.column) for m in first.matches]
    assert {match.how for match in again.matches} <= {"given", "kept"}
    fewer = mapped("BHID,FROM,TO,CU\nA,0,1,2\n", saved=first.given())
    assert [match.column for match in fewer.matches] == ["hole", "from", "to", "cu_ppm"]
    declared = Declared(length="ft", missing=(), negatives="below", tokens=("TR",))
    assert Declared.recalled(declared.record()) == declared


# What has to be declared


SURVEY = "Hole,Depth,Azimuth,Dip\nA,0,10,60\nA,30,10,61\nA,60,10,-62\n"


def test_what_must_be_declared_is_asked_all_at_once() -> None:
    """Unit of lengths, sign of dips and reference of azimuths are asked together, each with what the data look like."""
    assert asked_of(SURVEY, Declared()) == {"length": "m", "dip": "positive_down", "azimuth": ""}
    assert asked_of("Hole,X,Y\nA,1,2\n", Declared(length="m")) == {"crs": ""}


def test_a_majority_of_dips_against_the_declaration_stops() -> None:
    """Most dips decide, not the presence of one: an up-hole among many is fine, and a confirmation overrules."""
    assert asked_of(SURVEY, SAID) == {"dip": "positive_down"}
    turned = taken(SURVEY, Declared(length="m", dip="positive_down", azimuth="grid"))
    assert turned.table["dip_deg"].to_list() == [-60.0, -61.0, 62.0]
    confirmed = taken(SURVEY, Declared(length="m", dip="negative_down", azimuth="grid", confirmed=("dip",)))
    assert confirmed.table["dip_deg"].to_list() == [60.0, 61.0, -62.0]
    level = taken("Hole,Depth,Azimuth,Dip\nA,0,10,0\n", Declared(length="m", azimuth="grid"))
    assert level.table["dip_deg"].to_list() == [0.0]


def test_lengths_are_in_the_unit_that_heads_or_somebody_said() -> None:
    """Feet stay feet in a book of feet, become metres in one of metres, and a contradiction stops."""
    text = "Hole,From (ft),To (ft),Au_ppm\nA,0,10,1\n"
    assert taken(text, Declared(), length="ft").table.columns[1:3] == ["from_ft", "to_ft"]
    turned = taken(text, Declared())
    assert turned.table["to_m"].to_list() == [3.048]
    assert turned.declared.length == "ft"
    assert turned.report.remarks == ("From (ft), To (ft) were turned from ft into m",)
    assert asked_of(text, SAID) == {"length": ""}
    assert list(asked_of("Hole,From (ft),To (m),Au_ppm\nA,0,10,1\n", Declared())) == ["length"]


def test_coordinates_in_metres_beside_depths_in_feet_stay_metres() -> None:
    """A grid in metres counts in metres whatever the unit of the depths."""
    pytest.importorskip("pyproj")
    text = "Hole,Easting,Northing,Elevation,Depth (ft)\nA,500000,6000000,300,1000\n"
    got = taken(text, Declared(crs="EPSG:26909"))
    assert got.table.rows() == [("A", 500000.0, 6000000.0, 300.0, 304.8, 2)]


def test_degrees_are_seen_and_projected() -> None:
    """Longitude and latitude are asked about by name or by size, and brought into the grid when declared."""
    pytest.importorskip("pyproj")
    text = "Hole,Longitude,Latitude,Depth (m)\nA,-129,54,10\nB,-129.1,54,10\nC,-129.2,54,10\n"
    grid = Declared(crs="EPSG:26909")
    assert asked_of(text, grid) == {"coordinates": "EPSG:4326"}
    assert asked_of(text.replace("Longitude,Latitude", "X,Y"), grid) == {"coordinates": "EPSG:4326"}
    got = taken(text, Declared(crs="EPSG:26909", coordinates="EPSG:4269"))
    assert got.table["easting_m"][0] == 500000.0
    assert got.table["northing_m"][0] == pytest.approx(5983521.662)


def test_a_comma_in_a_number_is_asked_about() -> None:
    """1,5 may be one and a half or fifteen with a slip: nobody but a person knows."""
    text = "Hole;From (m);To (m);Au_ppm\nA;0;1,5;0,2\n"
    assert asked_of(text, Declared()) == {"decimal": "comma"}
    assert taken(text, Declared(decimal=",")).table["to_m"].to_list() == [1.5]
    late = "Hole;From (m);To (m);Au_ppm\n" + "A;0;1;2\n" * 2000 + "A;0;1,5;2\n"
    assert asked_of(late, Declared()) == {"decimal": "point"}


NEGATIVE = "Hole,From (m),To (m),Au_ppm\nA,0,1,-0.01\nA,1,2,-999\nA,2,3,0\n"


def test_negative_grades_and_codes_are_declared_and_never_guessed() -> None:
    """A negative grade is below detection, no value, or a number, as declared; zero is zero."""
    assert asked_of(NEGATIVE, Declared()) == {"missing": "-999", "negatives": "below"}
    below = taken(NEGATIVE, Declared(negatives="below", missing=(-999.0,))).table
    assert below.select("au_ppm", "au_ppm_below", "au_ppm_token").rows() == [
        (0.01, True, None),
        (None, False, "-999"),
        (0.0, False, None),
    ]
    missing = taken(NEGATIVE, Declared(negatives="missing", missing=())).table
    assert missing.select("au_ppm", "au_ppm_token").rows() == [(None, "-0.01"), (None, "-999"), (0.0, None)]
    kept = taken(NEGATIVE, Declared(negatives="kept", missing=())).table
    assert kept["au_ppm"].to_list() == [-0.01, -999.0, 0.0]


def test_words_for_no_value_can_be_declared() -> None:
    """An unknown word rejects its row until it is declared; then it is kept beside the empty cell."""
    text = "Hole,From (m),To (m),Au_ppm\nA,0,1,TR\nA,1,2,0.5\n"
    refused = taken(text, Declared())
    assert refused.rejected.rows() == [(2, "line 2, column 4", "Au_ppm", "TR", "no number")]
    got = taken(text, Declared(tokens=("tr",)))
    assert got.table["au_ppm_token"].to_list() == ["TR", None]
    assert got.report.column("au_ppm")["tokens"] == 1


def test_fractions_are_seen_in_shares_and_nowhere_else() -> None:
    """A recovery of at most 1 is asked about; a grade of 0.5 per cent is not."""
    text = "Hole,From (m),To (m),Recovery,RQD\nA,0,1,0.9,0.5\n"
    assert asked_of(text, Declared()) == {"fractions": "recovery|rqd"}
    assert taken(text, Declared(fractions=("recovery", "rqd_pct"))).table["rqd_pct"].to_list() == [50.0]
    assert taken(text, Declared(confirmed=("recovery", "rqd"))).table["rqd_pct"].to_list() == [0.5]


# Peers' faults that are not to be repeated


def test_laboratory_and_analytes_come_from_the_file_and_from_nowhere_else() -> None:
    """RG20: a column of laboratories is read as it stands; without one no laboratory and no gold is made up."""
    got = taken("Hole,From (m),To (m),Lab,Ni_ppm\nA,0,1,Bondar,5\n")
    assert got.table["laboratory"].to_list() == ["Bondar"]
    without = taken("Hole,From (m),To (m),Ni_ppm\nA,0,1,5\n")
    assert without.table.columns == ["hole", "from_m", "to_m", "ni_ppm", "origin_row"]


def test_of_104_intervals_all_come_or_have_a_reason() -> None:
    """RG21: 104 rows in, 99 kept, and a line, a cell and a reason for each of the other five."""
    rows = [f"A,{at},{at + 1},{at / 100}" for at in range(104)]
    for at, wrong in {
        7: "A,7,,0.1",
        20: ",20,21,0.1",
        50: "A,50,51,O.5",
        51: "A,51,52,0.1,9",
        103: "Total,,,12",
    }.items():
        rows[at] = wrong
    got = taken("\n".join(["Hole,From (m),To (m),Au_ppm", *rows]))
    assert str(got.report) == (
        "a.csv: 104 rows in = 99 kept as assays + 5 rejected (5 cells where the table has 4: 1, a row of totals: 1, "
        "no hole: 1, no number: 1, no to: 1)"
    )
    assert got.rejected["origin_row"].to_list() == [9, 22, 52, 53, 105]


def test_depths_in_whole_numbers_are_depths() -> None:
    """RG22: a column of integers is accepted where numbers are wanted, and a hole 0077 stays 0077."""
    got = taken("Hole,From (m),To (m),Au_ppm\n0077,0,1,2\n34873,1,2,3\n")
    assert got.table.schema["from_m"] == pl.Float64
    assert got.table["hole"].to_list() == ["0077", "34873"]


# Two ways that agree


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(-1e12, 1e12) | st.floats(-1, 1) | st.integers(-(10**18), 10**18), min_size=1, max_size=30),
    st.sampled_from(["{}", "{:.3f}", "{:e}", "{:+}"]),
)
def test_numbers_read_fast_are_numbers_read_with_care(values: list[float], form: str) -> None:
    """Read as numbers, read as quoted text, and read cell by cell in Python, a number is the same to the last bit."""
    texts = [form.format(value) for value in values]
    declared = Declared(length="m", negatives="kept", missing=())
    plain = "Hole,From,To,Au_ppm\n" + "".join(f"A,0,1,{text}\n" for text in texts)
    quoted = "Hole,From,To,Au_ppm\n" + "".join(f'"A","0","1","{text}"\n' for text in texts)
    mixed = plain + "A,0,1,NSS\n"
    found = [taken(text, declared).table["au_ppm"].to_list() for text in (plain, quoted, mixed)]
    assert found[0] == found[1] == found[2][:-1] == [cell(text).value for text in texts] == [float(t) for t in texts]


def test_a_large_file_is_read_as_a_small_one() -> None:
    """What only the last rows of a large file hold, a limit and a word, is read, and no row moves."""
    rows = [f"KR-{at // 100},{at % 100},{at % 100 + 1},{at / 1000}" for at in range(30_000)]
    rows[29_000] = "KR-290,0,1,<0.005"
    rows[29_999] = "KR-299,99,100,broken"
    got = taken("\n".join(["Hole,From (m),To (m),Au_ppm", *rows]))
    assert (got.report.rows, got.report.kept, got.report.rejected) == (30_000, 29_999, 1)
    assert got.table["origin_row"].to_list() == list(range(2, 30_001))
    assert got.table.filter("au_ppm_below").rows() == [("KR-290", 0.0, 1.0, 0.005, True, 29_002)]
    assert got.rejected.rows() == [(30_001, "line 30001, column 4", "Au_ppm", "broken", "no number")]


# Public drill holes


BABBITT = Declared(length="ft", dip="positive_down", azimuth="grid", crs="local")
FORRESTANIA = Declared(length="m", dip="negative_down", azimuth="unknown", crs="local", negatives="missing")
HYDEN = Declared(length="m", crs="EPSG:28350", coordinates="EPSG:4283")


def real(shared: Path, name: str, declared: Declared, **asked: Any) -> Imported:
    """A public file taken in."""
    raw = read_table(shared / "data" / "drillholes" / name)
    return convert(raw, recognise(raw, length=declared.length, **asked), declared)


def test_babbitt_comes_in_whole(shared: Path) -> None:
    """399 collars, 2,628 stations and 35,616 samples in feet; 11,931 samples without copper, 24 with iron."""
    collars = real(shared, "babbitt/collar.csv", BABBITT)
    assert (collars.mapping.table, collars.report.kept, collars.report.rejected) == ("collars", 399, 0)
    assert "depth_ft" not in collars.table.columns
    shared_places = collars.table.filter(pl.struct("easting_ft", "northing_ft").is_duplicated())
    assert shared_places.height == 6
    surveys = real(shared, "babbitt/survey.csv", BABBITT)
    assert (surveys.report.kept, surveys.table["dip_deg"].max()) == (2_628, surveys.table["dip_deg"].max())
    assert (surveys.table["dip_deg"] < 0).all()
    assays = real(shared, "babbitt/assay.csv", BABBITT, unit="%")
    assert (assays.report.rows, assays.report.kept) == (35_616, 35_616)
    assert assays.report.column("cu_pct")["missing"] == 11_931
    assert (assays.report.column("fe_pct")["values"], assays.report.column("fe_pct")["missing"]) == (24, 35_592)
    length = pl.col("to_ft") - pl.col("from_ft")
    no_copper = assays.table.filter(pl.col("cu_pct").is_null())
    assert no_copper.select(length.max()).item() == pytest.approx(3_574)
    with_copper = assays.table.filter(pl.col("cu_pct").is_not_null())
    assert with_copper.select(length.sum()).item() == pytest.approx(209_074.2)
    assert with_copper.select((length * pl.col("cu_pct")).sum()).item() == pytest.approx(76_059.75992608, abs=1e-6)
    assert "34873" in assays.table["hole"].to_list()
    ends = assays.table.group_by("hole").agg(pl.col("to_ft").max())
    last = surveys.table.group_by("hole").agg(pl.col("depth_ft").max())
    assert ends.join(last, on="hole").filter(pl.col("to_ft") > pl.col("depth_ft")).height == 329


def test_babbitt_asks_for_what_it_does_not_say(shared: Path) -> None:
    """Nothing is inferred: the units of grades, feet, the sign of dips and the north are questions."""
    raw = read_table(shared / "data" / "drillholes" / "babbitt" / "assay.csv")
    with pytest.raises(OpenQuestionsError) as stopped:
        convert(raw, recognise(raw), Declared())
    assert [each.key for each in stopped.value.questions] == ["unit:CU", "unit:NI", "unit:S", "unit:FE", "length"]
    with pytest.raises(OpenQuestionsError, match="2,628 of 2,628 dips that are not level are positive"):
        real(shared, "babbitt/survey.csv", Declared(length="ft", dip="negative_down", azimuth="grid"))


def test_forrestania_comes_in_whole(shared: Path) -> None:
    """100 collars, 144 stations, 4,074 samples, the last without a line end among them; 2 negative golds."""
    collars = real(shared, "forrestania/collar.csv", FORRESTANIA).table
    surveys = real(shared, "forrestania/survey.csv", FORRESTANIA)
    assays = real(shared, "forrestania/assay.csv", FORRESTANIA)
    assert (collars.height, surveys.report.kept, assays.report.kept) == (100, 144, 4_074)
    assert (collars["elevation_m"] == 0).all()
    assert collars.filter(pl.struct("easting_m", "northing_m").is_duplicated()).height == 21
    assert len(set(collars["hole"]) - set(assays.table["hole"])) == 28
    assert len(set(collars["hole"]) - set(surveys.table["hole"])) == 28
    first = surveys.table.group_by("hole").agg(pl.col("depth_m").min())
    assert first.filter(pl.col("depth_m") > 0).height == 7
    assert surveys.table.filter(pl.struct("hole", "depth_m").is_duplicated()).height == 4
    assert assays.report.column("au_ppm")["negative"] == 2
    assert len(assays.mapping.grades()) == 50
    assert sum(row["negative"] > 0 for row in assays.report.columns.iter_rows(named=True)) == 11
    assert assays.report.column("from_m")["snapped"] > 0
    assert assays.table.row(0)[:3] == ("BD048", 142.51, 143.51)
    below = real(shared, "forrestania/assay.csv", Declared(length="m", negatives="below"))
    assert below.table.filter("au_ppm_below")["au_ppm"].to_list() == [0.01, 0.01]


def test_hyden_comes_in_whole_and_projected(shared: Path) -> None:
    """4,685 collars in degrees brought to metres, 5,831 rows of geology in 100 holes, every hole found."""
    pytest.importorskip("pyproj")
    collars = real(shared, "gswa_hyden/collars.csv", HYDEN, given={"CompanyHoleId": "keep"})
    geology = real(shared, "gswa_hyden/geology.csv", HYDEN)
    assert (collars.report.kept, geology.report.kept, geology.table["hole"].n_unique()) == (4_685, 5_831, 100)
    assert collars.report.column("depth_m")["missing"] == 286
    kinds = dict(collars.table["type"].value_counts().rows())
    assert kinds == {"RAB": 2_479, "DD": 1_274, "RC": 592, "AC": 300, "WAT": 16, "UNKN": 16, "PERC": 8}
    assert collars.table.filter(pl.col("company_hole_id").is_duplicated()).height == 465
    assert set(geology.table["hole"]) <= set(collars.table["hole"])
    assert geology.report.column("rock")["missing"] == 182
    assert collars.table["easting_m"].is_between(650_000, 850_000).all()
    assert (collars.table["depth_m"] * 1000 % 1).is_between(1e-6, 1 - 1e-6).sum() == 0
    ends = dict(collars.table.select("hole", "depth_m").rows())
    assert not [row for row in geology.table.select("hole", "to_m").rows() if ends[row[0]] and row[1] > ends[row[0]]]


def test_a_name_alone_makes_no_zone() -> None:
    """A chart of accounts has names, as zones have; the other heads say what it is."""
    text = "Account,Name,Kind,Line,Cash Line,Tags\n4000,Sales of metal,income,revenue,,\n1000,Bank,asset,cash,,\n"
    assert recognise(read_bytes("a.csv", text.encode())).table == "accounts"


def test_the_name_of_a_file_tells_two_tables_apart() -> None:
    """Days of ore fit the mill and the pit alike; the name of the file tells which, and without it one is asked."""
    text = b"Mine,From Day,To Day,ore_t,cu_pct\nHob,2025-01-01,2025-01-01,1000,0.4\n"
    for name in ("mill", "mined"):
        found = recognise(read_bytes(f"{name}.csv", text))
        assert found.table == name and not found.questions
    assert "fit mill, mined alike" in str(recognise(read_bytes("a.csv", text)).questions[0])


def test_from_and_to_are_days_where_their_cells_are() -> None:
    """Heads that mean depths in a table of samples mean days where days stand below them and no hole is named."""
    text = "Mine,From,To,Ore milled (tonnes),Recovery Cu %,Cu (lbs)\nHob,2025-01-01,2025-01-31,620000,85,3600000\n"
    raw = read_bytes("mill.csv", text.encode())
    found = convert(raw, recognise(raw), Declared())
    assert found.mapping.table == "mill"
    assert found.table["to_day"].to_list() == [date(2025, 1, 31)]
    assert found.table["cu_lb"].to_list() == [3_600_000.0]
