"""The example books: their samples give the published intervals, by plain averaging and plain searching.

Nothing of the library computes here (see ``by_hand``); what it computes from the same files is compared elsewhere.
"""

import math
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from by_hand import (
    Sample,
    Span,
    chains,
    chord,
    core,
    dot,
    mean,
    normal,
    printed,
    published,
    rows,
    surveys,
    unit,
    walked,
    within,
)

EXAMPLES = Path(__file__).parents[1] / "examples"
CRATER, RUDDOCK, MINE = (EXAMPLES / name for name in ("crater-lake", "ruddock-creek", "small-mine"))

OXIDES = "La2O3 CeO2 Pr6O11 Nd2O3 Sm2O3 Eu2O3 Gd2O3 Tb4O7 Dy2O3 Ho2O3 Er2O3 Tm2O3 Yb2O3 Lu2O3 Y2O3".split()
MAGNET = ["Pr6O11", "Nd2O3", "Tb4O7", "Dy2O3"]


# --- Crater Lake ---


@cache
def crater() -> dict[str, list[Sample]]:
    """The core of Crater Lake."""
    return core(rows(CRATER / "assays.csv"), "Hole", "From (m)", "To (m)", "Type", "Original")


def scandium(samples: Sequence[Sample]) -> list[Fraction]:
    """Sc in ppm."""
    return [Fraction(row["Sc_ppm"]) for *_, row in samples]


def earths(samples: Sequence[Sample], names: Sequence[str]) -> list[Fraction]:
    """Some oxides of rare earths together, in ppm."""
    return [sum((Fraction(row[f"{name}_ppm"]) for name in names), Fraction(0)) for *_, row in samples]


def averaged(hole: str, start: str, end: str) -> tuple[Fraction, Fraction, Fraction]:
    """Sc in ppm, TREO+Y in ppm and magnet oxides in ppm of an interval."""
    samples = within(crater()[hole], Fraction(start), Fraction(end))
    return (
        mean(samples, scandium(samples)),
        mean(samples, earths(samples, OXIDES)),
        mean(samples, earths(samples, MAGNET)),
    )


def test_crater_lake_table_1_comes_out_cell_by_cell() -> None:
    """Seven rows of eight cells: the samples between the printed depths average to the printed grades."""
    table = published(CRATER, "Table 1")
    assert len(table) == 7
    for row in table:
        sc, treo, magnet = averaged(row["hole"], row["From"], row["To"])
        assert printed(Fraction(row["To"]) - Fraction(row["From"]), 2) == row["Interval"]
        assert printed(sc, 0) == row["Sc"]
        assert printed(sc * Fraction("1.5338"), 0) == row["Sc2O3"]
        assert printed(treo / 10_000, 3) == row["TREO+Y"]
        assert printed(magnet / treo * 100, 1) == row["Magnet REO"]


def test_magnet_share_is_no_average_of_shares() -> None:
    """Averaging the shares of the samples by length gives other digits: whoever does so is found out."""
    off = 0
    for row in published(CRATER, "Table 1"):
        samples = within(crater()[row["hole"]], Fraction(row["From"]), Fraction(row["To"]))
        shares = [m / t for m, t in zip(earths(samples, MAGNET), earths(samples, OXIDES), strict=True)]
        off += printed(mean(samples, shares) * 100, 1) != row["Magnet REO"]
    assert off >= 5


def test_crater_lake_gives_no_other_intervals() -> None:
    """The rule sets of the example find the published intervals, and nothing else in any hole."""
    wanted = {"parents": [], "children": []}  # type: dict[str, list[Span]]
    for row in published(CRATER, "Table 1"):
        kind = "children" if row["Hole #"] == "Including" else "parents"
        wanted[kind].append((Fraction(row["From"]), Fraction(row["To"])))
    whole = (Fraction("173.05"), Fraction("190.70"))
    for hole, samples in crater().items():
        grades = scandium(samples)
        bulk = chains(samples, grades, "120", "10", "3")
        rich = chains(samples, grades, "170", "5", "2")
        assert bulk == (wanted["parents"] if hole == "CL20037" else [])
        assert rich == (sorted([*wanted["children"], whole]) if hole == "CL20037" else [])
    alone = within(crater()["CL20037"], *whole)
    assert min(scandium(alone)) >= 170


def test_narrow_intervals_of_the_parallel_unit() -> None:
    """CL20038 gives two narrow intervals, 2.6 m of 244 g/t Sc2O3 and 3.6 m of 192, shorter than the bulk rule asks."""
    samples = crater()["CL20038"]
    found = chains(samples, scandium(samples), "100", "2", "1")
    said = []
    for start, end in found:
        sc, treo, _ = averaged("CL20038", str(start), str(end))
        said.append((printed(end - start, 1), printed(sc * Fraction("1.5338"), 0), printed(treo / 10_000, 2)))
    text = {row["column"]: row["cell"] for row in rows(CRATER / "published.csv") if row["hole"] == "CL20038"}
    assert said == [(text[f"Interval {k}"], text[f"Sc2O3 {k}"], text[f"TREO+Y {k}"]) for k in "ab"]
    assert all(not chains(crater()[hole], scandium(crater()[hole]), "100", "2", "1") for hole in ("CL20036", "CL20039"))


def test_crater_lake_residuals_and_means() -> None:
    """Outside the includes 137.4 and 163.8 ppm Sc, magnet shares of 24.40 and 23.82 %; 265.3 ppm Sc2O3 over all."""

    def rest(parent: tuple[str, str], *children: tuple[str, str]) -> tuple[Fraction, Fraction]:
        sums = [Fraction(0)] * 4
        for sign, (start, end) in [(1, parent), *((-1, child) for child in children)]:
            length = Fraction(end) - Fraction(start)
            sc, treo, magnet = averaged("CL20037", start, end)
            parts = (length, length * sc, length * treo, length * magnet)
            sums = [total + sign * part for total, part in zip(sums, parts, strict=True)]
        return sums[1] / sums[0], sums[3] / sums[2] * 100

    first = rest(("127.81", "156.95"), ("127.81", "134.11"), ("136.31", "145.61"))
    last = rest(("225.97", "247.66"), ("238.50", "247.66"))
    assert [printed(sc, 1) for sc, _ in (first, last)] == ["137.4", "163.8"]
    assert 24.2254 < first[1] < 24.578
    assert 23.6864 < last[1] < 23.95
    parents = [row for row in published(CRATER, "Table 1") if row["Hole #"] != "Including"]
    lengths = [Fraction(row["Interval"]) for row in parents]
    oxide = [averaged("CL20037", row["From"], row["To"])[0] * Fraction("1.5338") for row in parents]
    assert sum(lengths) == Fraction("79.18")
    assert printed(sum(g * length for g, length in zip(oxide, lengths, strict=True)) / sum(lengths), 1) == "265.3"


def test_crater_lake_table_2_is_as_published() -> None:
    """The collars are the four published rows, and their depths add up to 675.63 m."""
    table = published(CRATER, "Table 2")
    collars = rows(CRATER / "collars.csv")
    pairs = {"Easting": "Easting (m)", "Northing": "Northing (m)", "Elevation": "Elevation (m)", "Depth": "Depth (m)"}
    for row, mine in zip(table, collars, strict=False):
        assert row["Hole #"] == mine["Hole"]
        for name in ("Easting", "Northing", "Elevation", "Azimuth", "Dip", "Depth"):
            assert row[name] == mine[pairs.get(name, name)]
    assert printed(sum(Fraction(row["Depth (m)"]) for row in collars), 2) == table[4]["Depth total"]


def test_crater_lake_counts_and_rocks() -> None:
    """343 samples with 17 controls among them; ferrosyenite of 90, about 65 and about 40 m; no sample of odd length."""
    table = rows(CRATER / "assays.csv")
    assert len(table) == 343
    assert sum(row["Type"] in {"Standard", "Blank"} for row in table) == 17
    assert len({row["Sample"] for row in table}) == 343
    assert all(row["Certificate"].startswith("SIMULATED") for row in table)
    lengths = [end - start for samples in crater().values() for start, end, _ in samples]
    assert Fraction("0.5") <= min(lengths) and max(lengths) <= Fraction("1.5")
    thick = defaultdict(list)
    for row in rows(CRATER / "lithology.csv"):
        if row["Rock"].startswith("FSYE"):
            thick[row["Hole"]].append(round(float(row["To (m)"]) - float(row["From (m)"])))
    assert thick["CL20036"] == [90] and thick["CL20037"] == [65, 40]


def test_crater_lake_holes_end_where_straight_ones_would() -> None:
    """Ends of holes at 386, 320, 412 and 444 m, the last interval 214.5 m down, the package 110 m wide."""
    stations = surveys(rows(CRATER / "surveys.csv"), "Hole", "Depth (m)")
    ends = []
    for row in rows(CRATER / "collars.csv"):
        first = stations[row["Hole"]][0]
        assert first == (0.0, float(row["Azimuth"]), float(row["Dip"]))
        ends.append(round(float(row["Elevation (m)"]) + walked(stations[row["Hole"]], float(row["Depth (m)"]))[2]))
    assert ends == [386, 320, 412, 444]
    assert printed(-walked(stations["CL20037"], 247.66)[2], 1) == "214.5"
    (zone,) = rows(CRATER / "zones.csv")
    square = normal(float(zone["Dip"]), float(zone["Dip Direction"]))
    assert printed(abs(dot(chord(stations["CL20037"], 127.81, 247.66), square)), 0) == "110"


def test_sections_lie_349_metres_apart() -> None:
    """CL20037 and CL20038 lie 349.4 m apart along the normal of the drill sections."""
    place = {
        row["Hole"]: (float(row["Easting (m)"]), float(row["Northing (m)"])) for row in rows(CRATER / "collars.csv")
    }
    apart = [a - b for a, b in zip(place["CL20037"], place["CL20038"], strict=True)]
    assert printed(dot(apart, unit(35, 0)[:2]), 1) == "349.4"


# --- Ruddock Creek ---


def percent(cell: str) -> Fraction:
    """A grade of the table; half the limit where there is less."""
    return Fraction(cell[1:]) / 2 if cell.startswith("<") else Fraction(cell)


@cache
def ruddock() -> dict[str, list[Sample]]:
    """The core of Ruddock Creek."""
    return core(rows(RUDDOCK / "assays.csv"), "HoleID", "From_m", "To_m", "Sample Type", "Original")


def metal(samples: Sequence[Sample], *names: str) -> list[Fraction]:
    """Zinc, lead or both, in percent."""
    return [sum((percent(row[f"{name}_pct"]) for name in names), Fraction(0)) for *_, row in samples]


def test_ruddock_creek_table_comes_out_but_for_one_cell() -> None:
    """21 rows; of 147 cells only the Zn+Pb of EUG-11-109 differs, because its parts do not add up in print either."""
    differ = []
    for row in published(RUDDOCK, "Table"):
        samples = within(ruddock()[row["hole"]], Fraction(row["From"]), Fraction(row["To"]))
        grades = [mean(samples, metal(samples, *names)) for names in (["Zn"], ["Pb"], ["Zn", "Pb"])]
        assert printed(Fraction(row["To"]) - Fraction(row["From"]), 1) == row["Interval"]
        differ += [
            (row["hole"], name, printed(grade, 2))
            for name, grade in zip(("Zn", "Pb", "Zn+Pb"), grades, strict=True)
            if printed(grade, 2) != row[name]
        ]
    assert differ == [("EUG-11-109", "Zn+Pb", "13.73")]


def test_sums_are_made_before_rounding() -> None:
    """18.50, 13.99 and 19.06 are printed where the printed addends make 18.51, 13.98 and 19.05."""
    off = []
    for row in published(RUDDOCK, "Table"):
        samples = within(ruddock()[row["hole"]], Fraction(row["From"]), Fraction(row["To"]))
        whole = printed(mean(samples, metal(samples, "Zn", "Pb")), 2)
        if Fraction(row["Zn"]) + Fraction(row["Pb"]) != Fraction(whole):
            off.append(whole)
    assert off == ["18.50", "13.99", "19.06"]


def test_ruddock_creek_gives_no_other_intervals() -> None:
    """Zn+Pb of 5 % over a metre is found 21 times, in 15 holes, and shorter hits in others."""
    wanted: dict[str, list[Span]] = defaultdict(list)
    for row in published(RUDDOCK, "Table"):
        wanted[row["hole"]].append((Fraction(row["From"]), Fraction(row["To"])))
    short = 0
    for hole, samples in ruddock().items():
        grades = metal(samples, "Zn", "Pb")
        assert chains(samples, grades, "5", "1.0", "1.5") == wanted[hole]
        short += len(chains(samples, grades, "5", "0", "1.5")) - len(wanted[hole])
    assert short >= 3


def test_ruddock_creek_programme_is_as_published() -> None:
    """76 holes of 14,133.4 m from 7 stations between November 2010 and July 2011; each is assayed or said to wait."""
    collars = rows(RUDDOCK / "collars.csv")
    assert len(collars) == 76
    assert printed(sum(Fraction(row["EOH_m"]) for row in collars), 1) == "14133.4"
    assert len({row["Station"] for row in collars}) == 7
    numbers = [int(row["HoleID"][-3:]) for row in collars]
    assert numbers[0] == 33 and numbers[-1] == 109 and len(set(numbers)) == 76
    assert min(row["Started"] for row in collars) > "2010-11-15"
    assert "2011-07" <= max(row["Ended"] for row in collars) < "2011-08"
    waiting = {row["HoleID"] for row in collars if row["Status"] == "Results pending"}
    assert waiting and {row["HoleID"] for row in collars} - set(ruddock()) == waiting
    deep = {row["HoleID"]: Fraction(row["EOH_m"]) for row in collars}
    assert all(samples[-1][1] <= deep[hole] for hole, samples in ruddock().items())


def test_true_thicknesses_are_as_published() -> None:
    """The zone's plane gives 19 of the 21 true thicknesses; contacts measured in the core give the other two."""
    stations = surveys(rows(RUDDOCK / "surveys.csv"), "HoleID", "Depth_m")
    (zone,) = rows(RUDDOCK / "zones.csv")
    assert (zone["Dip"], zone["Dip Direction"]) == ("28.5", "315.0")
    plane = normal(28.5, 315.0)
    by_plane, by_contact = 0, 0
    for row in published(RUDDOCK, "Table"):
        start, end = float(row["From"]), float(row["To"])
        across = chord(stations[row["hole"]], start, end)
        contacts = [
            normal(float(each["Dip"]), float(each["Dip Direction"]))
            for each in rows(RUDDOCK / "structures.csv")
            if each["HoleID"] == row["hole"] and start <= float(each["Depth_m"]) <= end
        ]
        thick = [printed(abs(dot(across, square)), 1) for square in contacts or [plane]]
        assert set(thick) == {row["Estimated True Thickness"]}
        by_plane, by_contact = by_plane + (not contacts), by_contact + bool(contacts)
        if contacts:
            assert printed(abs(dot(across, plane)), 1) != row["Estimated True Thickness"]
    assert (by_plane, by_contact) == (19, 2)


def test_lower_e_zone_reaches_450_by_500_metres() -> None:
    """The middles of what holes met of the zone span 450 m by 500 m: 225,000 m2 in plan, 256,026 m2 in the plane."""
    stations = surveys(rows(RUDDOCK / "surveys.csv"), "HoleID", "Depth_m")
    collars = {row["HoleID"]: row for row in rows(RUDDOCK / "collars.csv")}
    east, north = [], []
    for row in rows(RUDDOCK / "domains.csv"):
        step = walked(stations[row["HoleID"]], (float(row["From_m"]) + float(row["To_m"])) / 2)
        east.append(float(collars[row["HoleID"]]["Easting_m"]) + step[0])
        north.append(float(collars[row["HoleID"]]["Northing_m"]) + step[1])
    wide, long = max(east) - min(east), max(north) - min(north)
    assert abs(wide - 450) < 0.002 and abs(long - 500) < 0.002
    assert round(wide * long) == 225_000
    assert round(wide * long / math.cos(math.radians(28.5))) == 256_026


# --- The small mine ---


@cache
def mine() -> dict[str, list[Sample]]:
    """The core of the small mine."""
    return core(rows(MINE / "assays.csv"), "BHID", "FROM", "TO", "SAMPTYPE", "")


def gold(samples: Sequence[Sample]) -> list[Fraction]:
    """Gold in g/t, the gravimetric finish before the fire assay; nothing where the sample was lost."""
    cells = [row["AU_GRAV_GPT"] or row["AU_FA30_GPT"] for *_, row in samples]
    return [Fraction(0) if cell == "IS" else percent(cell) for cell in cells]


def test_small_mine_gives_the_intended_intersections() -> None:
    """Three levels, each sought within the one before, find what ``intersections.csv`` says, with its grades."""
    found: list[tuple[str, str, Fraction, Fraction]] = []

    def seek(hole: str, samples: list[Sample], levels: list[tuple[str, str, str, str]], parent: Span | None) -> None:
        (name, *rule), *deeper = levels
        for span in chains(samples, gold(samples), *rule):
            if span != parent:
                found.append((name, hole, *span))
            if deeper:
                seek(hole, within(samples, *span), deeper, span)

    for hole, samples in mine().items():
        seek(hole, samples, [("bulk", "0.5", "2", "3"), ("vein", "3", "1", "1"), ("shoot", "10", "0.5", "0")], None)
    wanted = rows(MINE / "intersections.csv")
    assert found == [(r["level"], r["hole"], Fraction(r["from_m"]), Fraction(r["to_m"])) for r in wanted]
    for row in wanted:
        samples = within(mine()[row["hole"]], Fraction(row["from_m"]), Fraction(row["to_m"]))
        assayed = [sample for sample in samples if sample[2]["CU_PCT"] != "IS"]
        assert printed(mean(samples, gold(samples)), 4) == row["au_gpt"]
        assert printed(mean(assayed, [percent(each["CU_PCT"]) for *_, each in assayed]), 5) == row["cu_pct"]


def test_small_mine_has_something_of_everything() -> None:
    """A vertical hole, one that goes up, one that waits, one with nothing, values below and above limits, lost core."""
    table = rows(MINE / "assays.csv")
    cells = {row["AU_FA30_GPT"] for row in table} | {row["CU_PCT"] for row in table}
    assert {"<0.005", ">10", "<0.001", "IS"} <= cells
    assert {row["SAMPTYPE"] for row in table} == {"", "STD", "BLK", "DUP"}
    stations = surveys(rows(MINE / "surveys.csv", ";"), "Hole ID", "Depth")
    assert {dip for _, _, dip in stations["HB-03"]} == {-90.0}
    assert all(dip > 0 for _, _, dip in stations["HB-07"])
    assert set(stations) - set(mine()) == {"HB-08"}
    assert "HB-05" in mine() and "HB-05" not in {row["hole"] for row in rows(MINE / "intersections.csv")}


def test_oriented_core_gives_the_planes_back() -> None:
    """Alpha and beta of the vein's contacts, taken back into the ground, lie within a few degrees of its plane."""
    stations = surveys(rows(MINE / "surveys.csv", ";"), "Hole ID", "Depth")
    vein = next(row for row in rows(MINE / "zones.csv") if row["Zone"] == "Hob")
    square = normal(float(vein["Dip"]), float(vein["Dip Direction"]))
    for row in rows(MINE / "structures.csv"):
        depth, alpha, beta = (float(row["Depth"]), *(math.radians(float(row[name])) for name in ("Alpha", "Beta")))
        along = chord(stations[row["Hole"]], depth - 0.05, depth + 0.05)
        axis = [part / math.hypot(*along) for part in along]
        flat = math.hypot(axis[0], axis[1])
        bottom = [axis[0] * axis[2] / flat, axis[1] * axis[2] / flat, -flat]
        side = [axis[1] / flat * -1, axis[0] / flat, 0.0]
        farthest = [math.cos(beta) * b + math.sin(beta) * s for b, s in zip(bottom, side, strict=True)]
        found = [math.sin(alpha) * t - math.cos(alpha) * e for t, e in zip(axis, farthest, strict=True)]
        apart = math.degrees(math.acos(min(1.0, abs(dot(found, square)))))
        assert (apart < 4.5) if row["Zone"] == "Hob" else (apart > 20), row


def test_planted_faults_stand_where_the_list_says() -> None:
    """Each row of ``planted.csv`` names a file, a line and the hole that stands in it; the broken files are broken."""
    for row in rows(MINE / "damaged" / "planted.csv"):
        file = MINE / "damaged" / row["file"]
        assert file.is_file() and row["fault"] and re.fullmatch(r"T\d{3}|import", row["noticed_by"])
        if row["line"]:
            text = file.read_text(encoding="utf-8-sig").splitlines()
            assert text[int(row["line"]) - 1].startswith(f"{row['hole']},")
    data = (MINE / "damaged" / "assays.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data and not data.endswith(b"\n")
    assert data.count(b"\n") > data.count(b"\r\n")


# --- All of them ---


@pytest.mark.parametrize("book", [CRATER, RUDDOCK, MINE], ids=lambda book: book.name)
def test_simulating_again_writes_the_same(book: Path, tmp_path: Path) -> None:
    """The seeded generator writes every file of the example anew, the same to the byte; a workbook cell by cell."""
    (tmp_path / "damaged").mkdir()
    subprocess.run([sys.executable, "-B", str(book / "simulate.py"), str(tmp_path)], check=True, capture_output=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    kept = {path.relative_to(book) for path in book.rglob("*") if path.suffix in {".csv", ".tsv", ".xlsx"}}
    kept = {path for path in kept if path.parts[0] != "book"}
    by_hand = {Path("published.csv"), Path("persons.csv")}
    assert set(made) == kept - by_hand
    for name in made:
        if name.suffix == ".xlsx":
            if "broken" not in name.name:
                assert cells(tmp_path / name) == cells(book / name)
        else:
            assert (tmp_path / name).read_bytes() == (book / name).read_bytes(), name


def cells(file: Path) -> list[list[object]]:
    """The cells of a workbook's first sheet."""
    calamine = pytest.importorskip("python_calamine")
    found: list[list[object]] = calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return found


@pytest.mark.parametrize("book", [CRATER, RUDDOCK, MINE], ids=lambda book: book.name)
def test_first_line_says_that_it_is_simulated(book: Path) -> None:
    """Nobody takes an example for real data: the first line of its README says what was simulated."""
    first = (book / "README.md").read_text(encoding="utf-8").lstrip("# ").partition("\n")[0]
    assert "SIMULATED" in first


@pytest.mark.parametrize(
    ("book", "release"),
    [
        (CRATER, "imperial-mining-2020-crater-lake-drilling.txt"),
        (RUDDOCK, "imperial-metals-2011-ruddock-creek-drilling.txt"),
    ],
)
def test_nothing_is_copied_but_facts(book: Path, release: str, shared: Path) -> None:
    """No eight words in a row are those of the release, but for its title; the published cells are its own."""
    text = (shared / "releases" / "seeds" / release).read_text(encoding="utf-8")
    said = re.findall(r"[\w.%-]+", text.lower())
    runs = {tuple(said[k : k + 8]) for k in range(len(said) - 7)}
    table = rows(book / "published.csv")
    title = re.findall(r"[\w.%-]+", table[0]["source"].partition(": ")[2].lower())
    runs -= {tuple(title[k : k + 8]) for k in range(len(title) - 7)}
    for file in [*book.glob("*.md"), *book.glob("*.py"), *book.glob("*.toml"), *book.glob("*.csv")]:
        mine = re.findall(r"[\w.%-]+", file.read_text(encoding="utf-8").lower())
        numbers = re.compile(r"[\d.%-]+")
        for k in range(len(mine) - 7):
            run = tuple(mine[k : k + 8])
            assert run not in runs or sum(bool(numbers.fullmatch(word)) for word in run) >= 5, " ".join(run)
    assert title and " ".join(title) in " ".join(said)
    for row in table:
        assert row["cell"].replace(",", "") in text.replace(",", ""), row
