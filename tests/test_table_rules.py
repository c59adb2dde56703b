"""Rules on tables: the known defects of real tables are found, one planted fault gets its rule, clean tables get none."""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.checks import catalogue, check, folder
from orebook.checks.table_depths import beyond
from orebook.checks.table_overlaps import overlaps
from orebook.checks.table_rule import MOST, SETTINGS, TableRule, Tables, table_rule
from orebook.checks.table_stations import courses
from orebook.checks.tables import check_tables
from orebook.ground.finding import Finding
from orebook.reading.read import read_text

FORBIDDEN = re.compile(r"\b(?:false|wrong|error|incorrect|mistake|misleading|misstated)\b", re.IGNORECASE)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def counted(findings: list[Finding]) -> Counter[tuple[str, str]]:
    """How many findings each rule gave, by grade."""
    return Counter((finding.code, finding.grade) for finding in findings)


# --- real tables --------------------------------------------------------------------------------------------------------


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
    """465 rows share a name, 286 have no depth, all are in degrees; by the survey's own key, 5 gaps and nothing below."""
    findings = check_tables(hyden("CompanyHoleId", "CompanyHoleId"), select=["T1"], most=10_000)
    found = counted(findings)
    assert sum(int(said.message.split()[0]) for said in findings if said.code == "T102") == 465
    assert found["T116", "warning"] == 286
    assert found["T114", "warning"] == 1 and found["T112", "warning"] == 1
    by_key = counted(check_tables(hyden("CollarID", "CollarId"), most=10_000))
    assert by_key["T306", "note"] == 5 and by_key["T311", "warning"] == 182 and by_key["T310", "note"] == 3
    assert not {code for code, _ in by_key} & {"T102", "T301", "T305", "T307"}


# --- invented tables ----------------------------------------------------------------------------------------------------


def clean(seed: int) -> Tables:
    """Tables without a fault: numbered holes that are surveyed, sampled and logged from their collar to their end."""
    luck = random.Random(seed)
    count = luck.randint(6, 9)
    names = [f"CL{20036 + number}" for number in range(count)]
    rows: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("collars", "surveys", "assays", "lithology", "densities", "recoveries")
    }
    for number, name in enumerate(names):
        depth = 2.0 * luck.randint(50, 70)
        azimuth, dip = luck.randint(0, 359), luck.randint(-75, -50)
        rows["collars"].append(
            {
                "hole": name,
                "easting_m": round(432_000 + 60.0 * number + luck.random(), 2),
                "northing_m": round(6_132_000 + luck.random() * 500, 2),
                "elevation_m": round(310 + number + luck.random(), 2),
                "azimuth_deg": float(azimuth),
                "dip_deg": float(dip),
                "depth_m": depth,
                "started": "2020-09-01",
                "ended": "2020-09-09",
            }
        )
        for station in [*range(0, int(depth) - 10, 30), int(depth)]:
            rows["surveys"].append(
                {
                    "hole": name,
                    "depth_m": float(station),
                    "azimuth_deg": (azimuth + luck.uniform(0, 0.5) + 360) % 360,
                    "dip_deg": dip + round(luck.uniform(-1, 1), 1),
                }
            )
        _along(rows, name, depth, luck)
    frames = {name: pl.DataFrame(table) for name, table in rows.items()}
    return Tables(frames, crs="EPSG:26920", azimuth_reference="grid")


def _along(rows: dict[str, list[dict[str, object]]], name: str, depth: float, luck: random.Random) -> None:
    for step in range(int(depth / 2)):
        rows["assays"].append(
            {
                "hole": name,
                "from_m": 2.0 * step,
                "to_m": 2.0 * step + 2.0,
                "sample": f"E{len(rows['assays']):06d}",
                "au_gpt": luck.randint(2, 900) / 100,
                "ni_pct": luck.randint(1500, 9999) / 10_000,
                "sio2_pct": luck.randint(4000, 5000) / 100,
                "al2o3_pct": luck.randint(1000, 1900) / 100,
                "fe_pct": luck.randint(500, 900) / 100,
            }
        )
        rows["recoveries"].append(
            {
                "hole": name,
                "from_m": 2.0 * step,
                "to_m": 2.0 * step + 2.0,
                "recovery_pct": float(luck.randint(80, 100)),
                "rqd_pct": float(luck.randint(20, 79)),
            }
        )
    middle = 2.0 * luck.randint(5, 20)
    rows["lithology"] += [
        {"hole": name, "from_m": 0.0, "to_m": middle, "rock": "gabbro"},
        {"hole": name, "from_m": middle, "to_m": depth, "rock": "granite"},
    ]
    rows["densities"].append({"hole": name, "from_m": 12.0, "to_m": 12.2, "density_tpm3": luck.randint(260, 320) / 100})


@FEW
@given(st.integers(0, 10**9))
def test_clean_tables_get_nothing(seed: int) -> None:
    """Tables without a fault get no finding of any grade."""
    assert check_tables(clean(seed)) == []


def test_clean_tables_in_feet_get_nothing() -> None:
    """The same tables in a book in feet get none either."""
    tables = clean(7)
    frames = {
        name: frame.rename({column: column[:-2] + "_ft" for column in frame.columns if column.endswith("_m")})
        for name, frame in tables.frames.items()
    }
    assert check_tables(Tables(frames, length="ft", crs="local", azimuth_reference="true")) == []


Plant = Callable[[Tables, random.Random], Tables]
PLANTS: dict[str, Plant] = {}


def plants(code: str) -> Callable[[Plant], Plant]:
    """Say that a function plants the one fault of a rule."""
    return lambda plant: PLANTS.setdefault(code, plant)


def given_frame(tables: Tables, name: str, frame: pl.DataFrame) -> Tables:
    """The tables with another frame in the place of one."""
    return replace(tables, frames={**tables.frames, name: frame})


def at_row(tables: Tables, name: str, row: int, **values: object) -> Tables:
    """The tables with some values of one row changed."""
    frame = tables.frame(name).with_row_index("row")
    changed = [
        pl.when(pl.col("row") == row).then(pl.lit(value, frame[column].dtype)).otherwise(column).alias(column)
        for column, value in values.items()
    ]
    return given_frame(tables, name, frame.with_columns(changed).drop("row"))


def with_row(tables: Tables, name: str, like: int, **values: object) -> Tables:
    """The tables with one more row: a copy of another with some values changed."""
    frame = tables.frame(name)
    row = frame.row(like, named=True) | values
    return given_frame(tables, name, pl.concat([frame, pl.DataFrame([row], schema=frame.schema)]))


def renamed(tables: Tables, name: str, new: str) -> Tables:
    """The tables with another name for one hole, everywhere."""
    frames = {table: frame.with_columns(pl.col("hole").replace(name, new)) for table, frame in tables.frames.items()}
    return replace(tables, frames=frames)


def scaled(tables: Tables, name: str, factor: float, *columns: str) -> Tables:
    """The tables with some columns times a factor."""
    frame = tables.frame(name).with_columns((pl.col(column) * factor).round(3) for column in columns)
    return given_frame(tables, name, frame)


def hole(tables: Tables, place: int) -> str:
    """The name of one hole."""
    return str(tables.frame("collars")["hole"][place])


def rows_of(tables: Tables, name: str, which: str) -> list[int]:
    """The rows of a table that belong to a hole."""
    return (tables.frame(name)["hole"] == which).arg_true().to_list()


def inside(tables: Tables, luck: random.Random, name: str = "assays") -> int:
    """A row of a table that is neither the first nor the last of its hole."""
    rows = rows_of(tables, name, hole(tables, luck.randrange(tables.frame("collars").height)))
    return luck.choice(rows[1:-1])


@plants("T101")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "collars", 0, hole=luck.choice([None, " ", ""]), easting_m=432_001.5)


@plants("T102")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "collars", luck.randrange(5), easting_m=432_001.5)


@plants("T103")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), hole(tables, luck.randrange(4)).lower())


@plants("T104")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(4))
    return renamed(
        tables, hole(tables, -1), luck.choice([f"CL-{name[2:]}", f"CL0{name[2:]}", name.replace("200", "2O0")])
    )


@plants("T105")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), luck.choice([f"{hole(tables, -1)} ", f" {hole(tables, -1)}"]))


@plants("T106")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), hole(tables, -1)[2:])


@plants("T107")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, luck.randint(1, 3)), "XRD007")


@plants("T108")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), **{luck.choice(["easting_m", "northing_m"]): None})


@plants("T109")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), elevation_m=None)


@plants("T110")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("collars").with_columns(elevation_m=pl.lit(float(luck.randint(0, 500))))
    return given_frame(tables, "collars", frame)


@plants("T111")
def _(tables: Tables, luck: random.Random) -> Tables:
    first = tables.frame("collars").row(1, named=True)
    place = {name: first[name] for name in ("easting_m", "northing_m", "elevation_m")}
    return at_row(tables, "collars", luck.randint(2, 5), **place)


@plants("T112")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, crs="")


@plants("T113")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = luck.randrange(5)
    east, north = tables.frame("collars").select("easting_m", "northing_m").row(row)
    return at_row(
        replace(tables, crs=luck.choice([tables.crs, "local"])), "collars", row, easting_m=north, northing_m=east
    )


@plants("T114")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), easting_m=-64.0723194, northing_m=55.3281171)


@plants("T115")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, crs=luck.choice(["EPSG:28350", "EPSG:26919", "EPSG:999999", "EPSG:2277"]))


@plants("T116")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), depth_m=None)


@plants("T117")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), depth_m=luck.choice([0.0, -99.0]))


@plants("T118")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), **luck.choice([{"azimuth_deg": 999.0}, {"dip_deg": -600.0}]))


@plants("T119")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("collars")
    if luck.random() < 0.5:
        return given_frame(tables, "collars", frame.with_columns(-pl.col("dip_deg")))
    return at_row(tables, "collars", 2, dip_deg=-frame["dip_deg"][2])


@plants("T120")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), ended="2020-08-31")


@plants("T121")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), northing_m=6_192_000.0 + luck.randint(0, 9))


@plants("T122")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), elevation_m=3110.0)


@plants("T201")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", 0, hole="ZZ009")


@plants("T202")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, **{luck.choice(["azimuth_deg", "dip_deg", "depth_m"]): None})


@plants("T203")
def _(tables: Tables, luck: random.Random) -> Tables:
    which = pl.when(pl.col("hole") == hole(tables, luck.randrange(5))).then(None).otherwise("dip_deg")
    return given_frame(tables, "surveys", tables.frame("surveys").with_columns(which.alias("dip_deg")))


@plants("T204")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", inside(tables, luck, "surveys"), **luck.choice([{}, {"azimuth_deg": 12.5}]))


@plants("T205")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(
        tables, "surveys", row, **luck.choice([{"azimuth_deg": -1.0}, {"azimuth_deg": 361.0}, {"dip_deg": -91.0}])
    )


@plants("T206")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, dip_deg=-tables.frame("surveys")["dip_deg"][row])


@plants("T207")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, azimuth_reference=luck.choice(["", "unknown"]))


@plants("T208")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, dip_deg=tables.frame("surveys")["dip_deg"][row] + luck.choice([25.0, 30.0]))


@plants("T209")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, azimuth_deg=(tables.frame("surveys")["azimuth_deg"][row] + 180.0) % 360.0)


@plants("T210")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[-1]
    return at_row(tables, "surveys", last, depth_m=tables.frame("surveys")["depth_m"][last] + luck.choice([2.0, 60.0]))


@plants("T211")
def _(tables: Tables, luck: random.Random) -> Tables:
    first = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[0]
    return at_row(tables, "surveys", first, depth_m=5.0)


@plants("T212")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", 0, depth_m=-5.0)


@plants("T213")
def _(tables: Tables, luck: random.Random) -> Tables:
    azimuth = tables.frame("collars")["azimuth_deg"][3]
    return at_row(tables, "collars", 3, azimuth_deg=(azimuth + 60.0) % 360.0)


@plants("T301")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, luck.choice(["lithology", "densities"]), 0, hole="ZZ009")


@plants("T302")
def _(tables: Tables, luck: random.Random) -> Tables:
    start, end = luck.choice([(14.0, 12.0), (12.0, 12.0)])
    return with_row(tables, "assays", 0, from_m=start, to_m=end, sample="X1")


@plants("T303")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "assays", 0, sample="X1", **{luck.choice(["from_m", "to_m"]): None})


@plants("T304")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "assays", 0, from_m=-2.0, to_m=0.0, sample="X1")


@plants("T305")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    start = tables.frame("assays")["from_m"][row]
    return with_row(tables, "assays", row, from_m=start + luck.choice([0.0, 0.5]), to_m=start + 2.0, sample="X1")


@plants("T306")
def _(tables: Tables, luck: random.Random) -> Tables:
    row, name = inside(tables, luck), luck.choice(["assays", "recoveries"])
    frame = tables.frame(name)
    return given_frame(tables, name, pl.concat([frame[:row], frame[row + 1 :]]))


@plants("T307")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "recoveries", hole(tables, luck.randrange(5)))[-1]
    return at_row(tables, "recoveries", last, to_m=tables.frame("recoveries")["to_m"][last] + luck.choice([1.5, 3.0]))


@plants("T308")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame, rows = tables.frame("assays"), rows_of(tables, "assays", hole(tables, luck.randrange(5)))
    end = frame["to_m"][rows[25]]
    merged = at_row(tables, "assays", rows[5], to_m=end).frame("assays")
    return given_frame(tables, "assays", pl.concat([merged[: rows[6]], merged[rows[26] :]]))


@plants("T309")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    return at_row(tables, "assays", row, sample=tables.frame("assays")["sample"][row - 1])


@plants("T310")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    end = tables.frame("assays")["to_m"][row - 1] + 0.00001
    return at_row(at_row(tables, "assays", row, from_m=end), "assays", row - 1, to_m=end)


@plants("T311")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "lithology", luck.randrange(8), rock=luck.choice([None, " "]))


@plants("T401")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), **luck.choice([{"ni_pct": 250.0}, {"au_gpt": 2e6}]))


@plants("T402")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(
        tables, "assays", inside(tables, luck), sio2_pct=luck.choice([80.0, 90.0]), al2o3_pct=21.0, fe_pct=6.0
    )


@plants("T403")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), au_gpt=luck.choice([-0.005, -999.0]))


@plants("T404")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    zeros = pl.when(pl.col("row") % 9 == 0).then(0.0).otherwise("ni_pct").alias("ni_pct")
    return given_frame(tables, "assays", frame.with_columns(zeros).drop("row"))


@plants("T405")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    same = pl.when(pl.col("row") % 5 == 0).then(0.4321).otherwise("ni_pct").alias("ni_pct")
    return given_frame(tables, "assays", frame.with_columns(same).drop("row"))


@plants("T406")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    low = pl.when(pl.col("row") % 8 == 0).then(luck.choice([0.005, 0.01])).otherwise("au_gpt").alias("au_gpt")
    return given_frame(tables, "assays", frame.with_columns(low).drop("row"))


@plants("T407")
def _(tables: Tables, luck: random.Random) -> Tables:
    sister = tables.frame("assays").with_columns(ni_ppm=(pl.col("ni_pct") * 1e4).round(0))
    row = inside(tables, luck)
    return at_row(given_frame(tables, "assays", sister), "assays", row, ni_ppm=tables.frame("assays")["ni_pct"][row])


@plants("T408")
def _(tables: Tables, luck: random.Random) -> Tables:
    other = pl.when(pl.col("hole") == hole(tables, 2)).then((pl.col("ni_pct") * 1e-4).round(6)).otherwise("ni_pct")
    return given_frame(tables, "assays", tables.frame("assays").with_columns(other.alias("ni_pct")))


@plants("T409")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), ni_pct=None)


@plants("T410")
def _(tables: Tables, luck: random.Random) -> Tables:
    noisy = pl.col("ni_pct").cast(pl.Float32).cast(pl.String).str.slice(0, 20)
    digits = [float(f"{np.float32(value):.9g}") for value in tables.frame("assays")["ni_pct"]]
    assert noisy is not None
    return given_frame(tables, "assays", tables.frame("assays").with_columns(ni_pct=pl.Series(digits)))


@plants("T411")
def _(tables: Tables, luck: random.Random) -> Tables:
    if luck.random() < 0.3:
        return scaled(tables, "recoveries", 0.01, "recovery_pct", "rqd_pct")
    return at_row(tables, "recoveries", inside(tables, luck), recovery_pct=luck.choice([970.0, -1.0]))


@plants("T412")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "recoveries", inside(tables, luck), recovery_pct=60.0, rqd_pct=95.0)


@plants("T413")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "densities", luck.randrange(5), density_tpm3=luck.choice([27.1, 0.0, 2710.0, 0.2]))


@plants("T414")
def _(tables: Tables, luck: random.Random) -> Tables:
    bounds = luck.choice([{"ni_pct": (0.0, 0.3)}, {"easting_m": (0.0, 432_100.0)}])
    return replace(tables, settings={"bounds": bounds})


@plants("T501")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("densities")
    if luck.random() < 0.3:
        return given_frame(tables, "densities", frame.with_columns(pl.col("density_tpm3").cast(pl.String)))
    return given_frame(tables, "densities", frame.drop(luck.choice(["density_tpm3", "to_m"])))


@plants("T502")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "surveys", tables.frame("surveys").filter(pl.col("hole") != name))


@plants("T503")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "assays", tables.frame("assays").filter(pl.col("hole") != name))


@plants("T504")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "lithology", tables.frame("lithology").filter(pl.col("hole") != name))


@plants("T505")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = luck.choice(["lithology", "recoveries"])
    return scaled(tables, name, luck.choice([1 / 0.3048, 0.3048]), "from_m", "to_m")


@plants("T506")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[-1]
    frame = tables.frame("surveys")
    return given_frame(tables, "surveys", pl.concat([frame[:last], frame[last + 1 :]]))


@pytest.mark.parametrize("code", folder("T"))
@FEW
@given(seed=st.integers(0, 10**9))
def test_one_planted_fault_gets_its_rule(code: str, seed: int) -> None:
    """A fault that is planted in clean tables is found by the rule that is named after it, and by no other."""
    findings = check_tables(PLANTS[code](clean(seed), random.Random(seed)))
    assert {finding.code for finding in findings} == {code}, [f"{one.code} {one.message}" for one in findings]


def test_every_rule_has_a_plant() -> None:
    """No rule is left untried."""
    assert set(PLANTS) == set(folder("T"))


# --- how many are told --------------------------------------------------------------------------------------------------


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
    assert [said.message for said in check_tables(tables, select=["T109"], most=0)][0].startswith("1 more like these")


def test_places_say_where() -> None:
    """A place is a line of a file, the heads being line 1, with the key of the row and the value that is meant."""
    tables = replace(at_row(clean(3), "assays", 8, au_gpt=-0.01), files={"assays": "lab/2020.csv"})
    (finding,) = check_tables(tables)
    (source,) = finding.sources
    assert (source.doc, source.line) == ("lab/2020.csv", 10)
    assert source.quote.endswith("au_gpt -0.01") and source.quote.startswith("hole CL20036, from_m 16.0, to_m 18.0")


# --- two ways -----------------------------------------------------------------------------------------------------------

depths = st.integers(0, 30)
intervals = st.lists(
    st.tuples(st.sampled_from("AB"), depths, st.integers(1, 6)).map(lambda one: (one[0], one[1], one[1] + one[2])),
    min_size=1,
    max_size=14,
)


@given(intervals)
def test_overlaps_and_gaps_by_counting_pieces(rows: list[tuple[str, int, int]]) -> None:
    """The pieces that overlaps and gaps name are those that are covered more than once and not at all between the ends."""
    frame = pl.DataFrame(rows, schema=["hole", "from_m", "to_m"], orient="row").with_columns(
        pl.col("from_m", "to_m").cast(pl.Float64)
    )
    tables = Tables({"lithology": frame})
    found = overlaps(tables, "lithology")
    covered = Counter((name, piece) for name, start, end in rows for piece in range(start, end))
    twice = {key for key, times in covered.items() if times > 1}
    shared = {
        (row["hole"], piece)
        for row in found.with_columns(
            hole=pl.col("at").replace_strict({0: min(one[0] for one in rows), 1: "B"}, return_dtype=pl.String)
        ).iter_rows(named=True)
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


# --- what is given ------------------------------------------------------------------------------------------------------


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


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_tables())
def test_anything_gives_findings(tables: Tables) -> None:
    """Whatever the tables hold, the answer is findings, each with a place, in words that accuse nobody."""
    for finding in check_tables(tables, most=5):
        assert finding.sources and finding.message and not FORBIDDEN.search(finding.message)
