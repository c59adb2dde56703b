"""Rules on tables: the known defects of real tables are found, and nothing that is found is lost."""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from orebook.checks import catalogue, check
from orebook.checks.table_depths import beyond
from orebook.checks.table_overlaps import overlaps
from orebook.checks.table_rule import MOST, SETTINGS, TableRule, Tables, table_rule
from orebook.checks.table_stations import courses
from orebook.checks.table_views import name_of
from orebook.checks.tables import check_tables
from orebook.ground.finding import Finding
from orebook.reading.read import read_text
from planted_faults import PLANTS, at_row, clean

FORBIDDEN = re.compile(r"\b(?:false|wrong|error|incorrect|mistake|misleading|misstated)\b", re.IGNORECASE)


def counted(findings: list[Finding]) -> Counter[tuple[str, str]]:
    """How many findings each rule gave, by grade."""
    return Counter((finding.code, finding.grade) for finding in findings)


# --- real tables ------------------------------------------------------------------------------------------------------


def read(file: Path, names: Mapping[str, str]) -> pl.DataFrame:
    """A file of somebody else with our names for its columns; the hole is text."""
    text = next(theirs for theirs, ours in names.items() if ours == "hole")
    frame = pl.read_csv(file, infer_schema_length=None, schema_overrides={text: pl.String})
    return frame.select(pl.col(theirs).alias(ours) for theirs, ours in names.items())


@pytest.fixture(scope="module")
def forrestania(shared: Path) -> Tables:
    """Nickel holes in Western Australia: metres, a shifted grid, dips negative down."""
    folder_ = shared / "data" / "drillholes" / "forrestania"
    heads = pl.read_csv(folder_ / "assay.csv", n_rows=0).columns[3:]
    ends = {"hole_ID": "hole", "depth_from": "from_m", "depth_to": "to_m"}
    frames = {
        "collars": read(
            folder_ / "collar.csv", {"hole_ID": "hole", "x": "easting_m", "y": "northing_m", "z": "elevation_m"}
        ),
        "surveys": read(
            folder_ / "survey.csv",
            {"hole_ID": "hole", "depth": "depth_m", "azimuth": "azimuth_deg", "dip": "dip_deg"},
        ),
        "assays": read(folder_ / "assay.csv", ends | {head: head.lower() for head in heads}),
    }
    return Tables(frames, crs="local", azimuth_reference="grid")


@pytest.fixture(scope="module")
def babbitt(shared: Path) -> Tables:
    """Copper holes in Minnesota: feet, dips positive down, which the import turns."""
    folder_ = shared / "data" / "drillholes" / "babbitt"
    place = {"XCOLLAR": "easting_ft", "YCOLLAR": "northing_ft", "ZCOLLAR": "elevation_ft"}
    grades = {"CU": "cu_pct", "NI": "ni_pct", "S": "s_pct", "FE": "fe_pct"}
    surveys = read(folder_ / "survey.csv", {"BHID": "hole", "AT": "depth_ft", "AZ": "azimuth_deg", "DIP": "dip_deg"})
    frames = {
        "collars": read(folder_ / "collar.csv", {"BHID": "hole"} | place),
        "surveys": surveys.with_columns(-pl.col("dip_deg")),
        "assays": read(folder_ / "assay.csv", {"BHID": "hole", "FROM": "from_ft", "TO": "to_ft"} | grades),
    }
    return Tables(frames, length="ft", crs="local", azimuth_reference="true")


@pytest.fixture(scope="module")
def hyden(shared: Path) -> Callable[[str, str], Tables]:
    """Holes of a geological survey near Hyden, by the name of the company or by the key of the survey."""
    folder_ = shared / "data" / "drillholes" / "gswa_hyden"

    def made(collar_key: str, log_key: str) -> Tables:
        place = {"Longitude": "easting_m", "Latitude": "northing_m", "Elevation": "elevation_m", "MaxDepth": "depth_m"}
        log = {log_key: "hole", "FromDepth": "from_m", "ToDepth": "to_m", "Lith1": "rock"}
        frames = {
            "collars": read(folder_ / "collars.csv", {collar_key: "hole"} | place),
            "lithology": read(folder_ / "geology.csv", log),
        }
        return Tables(frames)

    return made


def test_forrestania(forrestania: Tables) -> None:
    """All that is known to be odd about these tables is found, as often as it is there."""
    findings = check_tables(forrestania, most=10_000)
    found = counted(findings)
    assert found["T503", "note"] == 28 and found["T502", "warning"] == 28
    assert sum(int(said.message.split()[0]) for said in findings if said.code == "T111") == 21
    assert [said.message for said in findings if said.code == "T110"] == ["all 100 collars lie at 0.0 m"]
    assert found["T211", "note"] == 7
    assert found["T204", "warning"] == 2
    assert found["T306", "note"] == 206
    assert found["T305", "error"] == 2
    assert found["T116", "warning"] == 1 and found["T310", "note"] == 3
    negatives = {said.message.split(" are ")[0].split(" is ")[0] for said in findings if said.code == "T403"}
    assert len(negatives) == 11 and "2 rows of au_ppm" in negatives
    assert not {code for code, _ in found} & {"T201", "T301", "T302", "T303", "T304", "T102", "T205"}


def test_titanium_of_two_units(forrestania: Tables) -> None:
    """Two holes have their titanium in per cent under a head in ppm; the other holes have thousands."""
    holes = [said.sources[0].quote for said in check_tables(forrestania, select=["T408"])]
    assert len(holes) == 2 and holes[0].startswith("hole ZK100-1") and holes[1].startswith("hole ZK101-1")


def test_babbitt(babbitt: Tables) -> None:
    """All that is known to be odd about these tables is found, as often as it is there."""
    findings = check_tables(babbitt, most=10_000)
    found = counted(findings)
    assert sum(int(said.message.split()[0]) for said in findings if said.code == "T111") == 6
    (without,) = (said.message for said in findings if said.code == "T116")
    assert without == "no collar has a total depth (depth_ft)"
    (below,) = (said.message for said in findings if said.code == "T506")
    assert below.startswith("329 holes are sampled below the last survey")
    (missing,) = (said.message for said in findings if said.code == "T409")
    assert missing.startswith("rows without a value, of 35,616: cu_pct 11,931,") and missing.endswith("fe_pct 35,592")
    assert found["T106", "note"] == 1 and found["T410", "note"] == 1
    assert max(said.message for said in findings if said.code == "T308" and "3,574.0" in said.message)
    assert not {code for code, _ in found} & {"T305", "T306", "T301", "T302", "T206", "T403"}


def test_turns_of_babbitt(babbitt: Tables) -> None:
    """No two neighbouring stations differ by more than 16.9 degrees."""
    assert round(float(courses(babbitt)["turn"].to_numpy().max()), 1) == 16.9


def test_hyden(hyden: Callable[[str, str], Tables]) -> None:
    """465 rows share a name, 286 have no depth, all are in degrees; by the survey's own key there are 5 gaps."""
    findings = check_tables(hyden("CompanyHoleId", "CompanyHoleId"), select=["T1"], most=10_000)
    found = counted(findings)
    assert sum(int(said.message.split()[0]) for said in findings if said.code == "T102") == 465
    assert found["T116", "warning"] == 286
    assert found["T114", "warning"] == 1 and found["T112", "warning"] == 1
    by_key = counted(check_tables(hyden("CollarID", "CollarId"), most=10_000))
    assert by_key["T306", "note"] == 5 and by_key["T311", "warning"] == 182 and by_key["T310", "note"] == 3
    assert not {code for code, _ in by_key} & {"T102", "T301", "T305", "T307"}


# --- how many are told ------------------------------------------------------------------------------------------------


def negatives(rows: int) -> Tables:
    """Intervals all of which begin above the collar."""
    frame = pl.DataFrame({"hole": ["A"] * rows, "from_m": [-2.0] * rows, "to_m": [-1.0] * rows})
    return Tables({"assays": frame, "lithology": frame.with_columns(rock=pl.lit("gabbro"))})


@pytest.mark.parametrize(("most", "single"), [(MOST, MOST), (0, 0), (7, 7), (100_000, 20_000)])
def test_nothing_is_lost_in_silence(most: int, single: int) -> None:
    """Beyond so many findings of a rule, one counts all the others, file by file."""
    findings = check_tables(negatives(10_000), select=["T304"], most=most)
    assert len(findings) == single + (single < 20_000)
    closing = [finding.message for finding in findings if "more like these" in finding.message]
    left = f"{20_000 - single:,} more like these: {10_000 - single:,} in assays.csv and 10,000 in lithology.csv"
    assert [said.startswith(left) for said in closing] == [True] * (single < 20_000)


def test_single_remarks_are_counted_too() -> None:
    """Findings on whole tables and columns count towards the most."""
    tables = Tables({"collars": clean(1).frame("collars").drop("elevation_m")})
    (closing,) = check_tables(tables, select=["T109"], most=0)
    assert closing.message.startswith("1 more like these")


def test_places_say_where() -> None:
    """A place is a line of a file, the heads being line 1, with the key of the row and the value that is meant."""
    tables = replace(at_row(clean(3), "assays", 8, au_gpt=-0.01), files={"assays": "lab/2020.csv"})
    (finding,) = check_tables(tables)
    (source,) = finding.sources
    assert (source.doc, source.line) == ("lab/2020.csv", 10)
    assert source.quote.endswith("au_gpt -0.01") and source.quote.startswith("hole CL20036, from_m 16.0, to_m 18.0")


# --- two ways ---------------------------------------------------------------------------------------------------------

depths = st.integers(0, 30)
intervals = st.lists(
    st.tuples(st.sampled_from("AB"), depths, st.integers(1, 6)).map(lambda one: (one[0], one[1], one[1] + one[2])),
    min_size=1,
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(intervals)
def test_overlaps_and_gaps_by_counting_pieces(rows: list[tuple[str, int, int]]) -> None:
    """The pieces that overlaps name are covered more than once, those that gaps name not at all."""
    frame = pl.DataFrame(rows, schema=["hole", "from_m", "to_m"], orient="row").with_columns(
        pl.col("from_m", "to_m").cast(pl.Float64)
    )
    tables = Tables({"lithology": frame})
    found = overlaps(tables, "lithology")
    covered = Counter((name, piece) for name, start, end in rows for piece in range(start, end))
    twice = {key for key, times in covered.items() if times > 1}
    shared = {
        (row["hole"], piece)
        for row in name_of(tables, found).iter_rows(named=True)
        for piece in range(row["from"] // 1000, min(row["to"], row["other_to"]) // 1000)
    }
    assert shared == twice
    missing = sum(
        max(end for name, _, end in rows if name == which)
        - min(start for name, start, _ in rows if name == which)
        - len({piece for name, piece in covered if name == which})
        for which in {name for name, _, _ in rows}
    )
    gaps = [said.message.rsplit(": ", 1)[1] for said in check_tables(tables, select=["T306"], most=100)]
    assert sum(float(length.removesuffix(" m")) for length in gaps) == missing


def test_kinds_of_overlap() -> None:
    """The three kinds that need no person are told from the others."""
    rows = [
        ("touch", 0.0, 2.005, 1.0),
        ("touch", 2.0, 4.0, 1.0),
        ("alike", 0.0, 2.0, 1.0),
        ("alike", 0.0, 2.0, 1.0),
        ("again", 0.0, 2.0, 1.0),
        ("again", 0.0, 2.0, 1.1),
        ("finer", 0.0, 4.0, 1.0),
        ("finer", 0.0, 2.0, 1.5),
        ("finer", 2.0, 4.0, 0.51),
        ("both", 0.0, 4.0, 1.0),
        ("both", 0.0, 2.0, 1.5),
        ("both", 2.0, 4.0, 1.5),
    ]
    tables = Tables({"assays": pl.DataFrame(rows, schema=["hole", "from_m", "to_m", "au_gpt"], orient="row")})
    found = overlaps(tables, "assays")
    by_hole = {
        tables.frame("assays")["hole"][line - 2]: kind for line, kind in found.select("line", "kind").iter_rows()
    }
    assert by_hole == {name: name for name in ("touch", "alike", "again", "finer", "both")}
    grades = {said.sources[0].quote.split(",")[0]: said.grade for said in check_tables(tables, select=["T305"])}
    assert grades == {"hole both": "error"} | {
        f"hole {name}": "warning" for name in ("touch", "alike", "again", "finer")
    }


def test_ends_are_compared_by_their_printed_digits() -> None:
    """Where total depths are whole metres, 120.4 m is not below 120 m; where they have a decimal, it is."""
    for depths_, below in (([120.0, 80.0], 0), ([120.0, 80.5], 1)):
        collars = pl.DataFrame({"hole": ["A", "B"], "easting_m": 0.0, "northing_m": 0.0, "depth_m": depths_})
        assays = pl.DataFrame({"hole": ["A"], "from_m": [119.0], "to_m": [120.4]})
        assert beyond(Tables({"collars": collars, "assays": assays}), "assays", "to").height == below


# --- what is given ----------------------------------------------------------------------------------------------------


def test_rules_look_only_at_what_they_know() -> None:
    """Rules on tables do not run on documents, those on documents not on tables, and all stand in one catalogue."""
    example = catalogue()["F101"].examples("Flagged")[0]
    assert {finding.code[0] for finding in check(read_text("example.md", example))} <= {"D", "F"}
    assert not check(read_text("example.md", example), select=["T"])
    assert {finding.code[0] for finding in check_tables(PLANTS["T305"](clean(2), random.Random(2)))} == {"T"}
    assert all(isinstance(each, TableRule) == code.startswith("T") for code, each in catalogue().items())
    assert list(catalogue()) == sorted(catalogue())


def test_settings_move_the_limits() -> None:
    """What the rules measure by can be set for a book."""
    bent = PLANTS["T208"](clean(5), random.Random(5))
    assert check_tables(replace(bent, settings={"dogleg_deg_per_30m": 60.0})) == []
    assert all(type(value) is float for value in SETTINGS.values())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"frames": {"assay": pl.DataFrame()}}, "a book has no table 'assay'"),
        ({"frames": {}, "length": "km"}, "lengths are counted in m or ft, not in 'km'"),
        ({"frames": {}, "settings": {"doglegs": 3}}, "no rule knows the setting 'doglegs'"),
        ({"frames": {}, "settings": {"touching_m": "1"}}, "the setting touching_m is '1'; write a number"),
        ({"frames": {}, "settings": {"bounds": {"cu_pct": 5}}}, "bounds of cu_pct are 5"),
        ({"frames": {}, "settings": {"bounds": 5}}, "bounds of every column are 5"),
    ],
)
def test_what_the_caller_gives(said: dict[str, object], words: str) -> None:
    """Tables, units and settings that do not exist are refused with what exists."""
    with pytest.raises(ValueError, match=re.escape(words)):
        Tables(**said)  # type: ignore[arg-type]


def test_other_refusals() -> None:
    """A negative number of findings and an unknown subject are refused."""
    with pytest.raises(ValueError, match="at most -1 findings"):
        check_tables(clean(1), most=-1)
    with pytest.raises(ValueError, match="a rule on tables looks at collars"):
        table_rule("T999", on="facts", basis="none")


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library that knows grids a note says that collars were not compared, and what to install."""
    monkeypatch.setitem(sys.modules, "pyproj", None)
    (note,) = check_tables(replace(clean(1), crs="EPSG:26921"))
    assert (note.code, note.grade) == ("T115", "note") and "pip install 'orebook[geo]'" in note.message


cells = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, -1.0, 1e300, 30.0]))
words = st.one_of(st.none(), st.sampled_from(["", " ", "A", "a", "A ", "CL1", "CL3", "CL-1", "\u00a0", "É", "1"]))


@st.composite
def any_tables(draw: st.DrawFn) -> Tables:
    """Tables of anything: missing columns, no rows, no numbers, infinities, numbers as text."""
    columns = {
        "collars": ["easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg", "depth_m"],
        "surveys": ["depth_m", "azimuth_deg", "dip_deg"],
        "assays": ["from_m", "to_m", "cu_pct", "cu_ppm", "sio2_pct", "loi_pct"],
        "lithology": ["from_m", "to_m"],
        "domains": ["from_m", "to_m"],
        "densities": ["from_m", "to_m", "density_tpm3"],
        "recoveries": ["from_m", "to_m", "recovery_pct", "rqd_pct"],
        "structures": ["depth_m", "dip_deg"],
        "zones": ["dip_deg"],
    }
    frames: dict[str, pl.DataFrame] = {}
    for name in draw(st.lists(st.sampled_from(list(columns)), unique=True)):
        height = draw(st.integers(0, 7))
        kept = [column for column in columns[name] if draw(st.integers(0, 9))]
        table: dict[str, pl.Series] = {}
        for column in kept:
            values = draw(st.lists(cells, min_size=height, max_size=height))
            series = pl.Series(column, values, dtype=pl.Float64)
            table[column] = series.cast(pl.String) if draw(st.integers(0, 9)) == 0 else series
        for column in ("hole", "sample", "type", "method", "rock", "zone", "status"):
            if draw(st.integers(0, 3)):
                table[column] = pl.Series(
                    column, draw(st.lists(words, min_size=height, max_size=height)), dtype=pl.String
                )
        frames[name] = pl.DataFrame(table)
    return Tables(frames, crs=draw(st.sampled_from(["", "local", "EPSG:26920", "EPSG:4326", "x"])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_tables())
@example(Tables({"surveys": pl.DataFrame({"depth_m": [None, "0.0"], "hole": [None, "A"]})}))
def test_anything_gives_findings(tables: Tables) -> None:
    """Whatever the tables hold, the answer is findings, each with a place, in words that accuse nobody."""
    for finding in check_tables(tables, most=5):
        assert finding.sources and finding.message and not FORBIDDEN.search(finding.message)
