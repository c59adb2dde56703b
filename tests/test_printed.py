"""Printed tables: rounded once, laid out as the company wants, and read back by our own reader as they were meant."""

import random
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.checks import check
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.disciplines.drilling.programmes import Programme, programme, programmes
from orebook.ground.fact import Record
from orebook.reading.read import read_text
from orebook.reports.drilling.collars import collar_table
from orebook.reports.drilling.columns import sources
from orebook.reports.drilling.heads import analyte, decimals_for, head
from orebook.reports.drilling.highlights import highlights
from orebook.reports.drilling.intersections import intersection_table
from orebook.reports.drilling.layouts import ColumnLayout, Layout, LayoutError, layout
from orebook.reports.drilling.lists import sentence
from orebook.reports.drilling.notes import desurvey_note, rule_notes, table_notes
from orebook.reports.drilling.pages import Making, drilling_page, unused
from orebook.reports.drilling.programmes import programme_sentences, programme_table
from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, Printed
from orebook.reports.rounding import adds_up, as_is, decimals_that_add, digits, exact, rounded
from orebook.reports.tables import html, md, text

DOCUMENTS = {"text": text, "md": md, "html": html}
ENDINGS = {"text": "txt", "md": "md", "html": "html"}


def printed_as(kind: str, page: Printed) -> str:
    """The page in one of the formats that read as a document."""
    return "".join(DOCUMENTS[kind].page([page], Paper()))


# --- rounding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (2.675, 2, "2.68"),
        (-2.675, 2, "-2.68"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (1.005, 2, "1.01"),
        (0.285, 2, "0.29"),
        (1.1 + 2.2 - 0.625, 2, "2.68"),
        (-0.004, 2, "0.00"),
        (1234567.891, 1, "1,234,567.9"),
        (675.63, 0, "676"),
    ],
)
def test_a_half_goes_away_from_zero(value: float, decimals: int, printed: str) -> None:
    """A float is the decimal number that people wrote; two point six seven five prints 2.68, not 2.67."""
    assert digits(value, decimals) == printed


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), st.integers(0, 6))
def test_numbers_that_people_write_are_rounded_exactly(whole: int, places: int, decimals: int) -> None:
    """Any decimal number of at most fifteen digits is rounded as the number itself, whatever its float is."""
    said = Decimal(whole).scaleb(-places)
    away = Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
    assert rounded(float(said), decimals) == away
    assert exact(float(said)) == said


@given(st.fractions(), st.integers(0, 5))
def test_a_fraction_is_rounded_as_a_fraction(value: Fraction, decimals: int) -> None:
    """The nearest printed number is never more than half a step away, and a tie goes outwards."""
    printed = Fraction(rounded(value, decimals))
    step = Fraction(1, 10**decimals)
    assert abs(printed - value) <= step / 2
    if abs(printed - value) == step / 2:
        assert abs(printed) > abs(value)


@given(st.floats(0, 1e6), st.integers(0, 4))
def test_signs_stay_true(value: float, decimals: int) -> None:
    """What is printed behind "<" is not less than the value, and behind ">" not more."""
    assert rounded(value, decimals, towards="up") >= exact(value) >= rounded(value, decimals, towards="down")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_all_digits_are_kept_where_nothing_is_rounded(value: float) -> None:
    """As it is means as it is, to fifteen digits."""
    assert float(as_is(value)) == pytest.approx(value, rel=1e-14, abs=0)


def test_what_is_no_number_is_refused() -> None:
    """A missing value is not a number to print."""
    with pytest.raises(ValueError, match="give a missing value as None"):
        digits(float("nan"), 2)


thousandths = st.integers(0, 2_000_000)


@given(st.lists(st.tuples(thousandths, thousandths), min_size=1, max_size=20), st.integers(0, 2))
def test_printed_depths_give_the_printed_length(rows: list[tuple[int, int]], decimals: int) -> None:
    """As many decimals are added, for the whole table, as it takes; never more than the depths have."""
    triples = [(a / 1000, (a + b) / 1000, b / 1000) for a, b in rows]
    found = decimals_that_add(triples, decimals)
    assert decimals <= found <= 3
    assert all(adds_up(*row, found) for row in triples)
    assert found == decimals or not all(adds_up(*row, found - 1) for row in triples)


# --- heads and layouts ------------------------------------------------------------------------------------------------


def test_heads_follow_from_the_names_of_columns() -> None:
    """An analyte, its unit and its decimals are told by the column; a unit is never guessed."""
    assert [head(name).words for name in ("sc2o3_ppm", "treo_y_pct", "zn_pb_pct", "au_fa50_gpt")] == [
        "Sc₂O₃", "TREO+Y", "Zn+Pb", "Au",
    ]  # fmt: skip
    assert (head("au_gpt").decimals, head("cu_pct").decimals, head("sc_ppm").decimals) == (2, 2, 0)
    assert head("remarks").unit == "" and analyte("remarks") == "" and decimals_for("Au", "m") is None


def test_a_layout_is_plain_data_and_its_faults_are_named() -> None:
    """Whoever mistypes is told what could stand there."""
    found = layout({"columns": ["hole", {"source": "au_gpt", "decimals": 1}], "child": ["incl.", "and incl."]})
    assert found.columns[1].decimals == 1 and found.mark(1) == "incl." and found.mark(5) == "and incl."
    for said, words in (
        ({"furhter": "and"}, "did you mean further"),
        ({"units": "square"}, "give 'brackets', 'bare', 'none'"),
        ({"columns": [{"head": "x"}]}, "names no column"),
        ({"columns": [{"source": "hole", "decimal": 1}]}, "did you mean decimals"),
        ({"columns": [{"source": "hole", "decimals": 99}]}, "cannot be printed"),
        ({"total": "yes"}, "give true or false"),
        ({"indent": True}, "give a whole number"),
        ({"child": []}, "at least one word"),
        ({"columns": 3}, "give a list"),
    ):
        with pytest.raises(LayoutError, match=words):
            layout(said)


def test_a_column_that_is_not_there_is_an_error_with_the_nearest_name() -> None:
    """Nothing is left out of a table in silence."""
    table = pl.DataFrame({"hole": ["A1"], "from_m": [1.0], "au_gpt": [2.0], "cu_pct": [1.0]})
    with pytest.raises(LayoutError, match="did you mean au_gpt"):
        sources(table, layout({"columns": ["hole", "au_gtp"]}), ())
    with pytest.raises(LayoutError, match="a sum needs one unit"):
        sources(table, layout({"columns": ["hole", "au_gpt + cu_pct"]}), ())
    with pytest.raises(LayoutError, match="needs the hole"):
        intersection_table(table, layout({"columns": ["from", "au_gpt"]}))


# --- the tables of the seeds ------------------------------------------------------------------------------------------

CRATER = """\
CL20037 127.81 156.95 29.14 165 253 0.305 24.3
Including 127.81 134.11 6.30 180 276 0.316 24.1
Including 136.31 145.61 9.30 195 299 0.317 24.3
CL20037 173.05 190.70 17.65 194 298 0.332 24.4
CL20037 207.82 218.52 10.70 152 233 0.389 24.4
CL20037 225.97 247.66 21.69 177 271 0.419 23.9
Including 238.50 247.66 9.16 195 299 0.445 24.0"""
CRATER_HEADS = "Hole #|From (m)|To (m)|Interval (m)|Sc (ppm)|Sc₂O₃ (ppm)|TREO+Y (%)|Magnet REO (%)"
CRATER_COLLARS = """\
CL20036 440245 6131700 518 255 -55 161.50
CL20037 440870 6133665 540 305 -60 254.05
CL20038 440825 6133270 522 305 -50 143.08
CL20039 442230 6134800 527 340 -45 117.00"""
RUDDOCK = """\
EUG-10-033 69.8 78.3 8.5 6.8 10.75 2.08 12.83
and 136.2 142.6 6.4 5.2 10.83 2.26 13.09
EUG-11-038 55.0 61.1 6.1 3.8 16.75 3.82 20.57
and 144.9 148.7 3.8 3.5 9.25 1.80 11.05
EUG-11-055 77.4 80.6 3.2 2.3 20.05 3.92 23.97
EUG-11-057 121.8 132.5 10.7 6.2 12.48 2.00 14.48
and 134.5 135.5 1.0 0.6 14.03 3.35 17.38
EUG-11-058 40.3 48.4 8.1 4.2 15.20 3.31 18.50
EUG-11-059 93.7 100.5 6.8 5.8 16.13 3.34 19.47
and 160.8 163.5 2.7 2.0 14.11 2.96 17.07
EUG-11-061 109.9 117.3 7.4 4.8 13.00 2.47 15.47
EUG-11-065 32.4 39.8 7.4 6.8 15.09 3.00 18.09
EUG-11-071 42.0 46.0 4.0 3.6 10.82 2.36 13.18
and 48.0 49.6 1.6 1.5 13.72 3.51 17.23
EUG-11-083 55.1 66.6 11.5 5.9 11.64 2.34 13.99
and 84.2 100.8 16.6 8.4 14.43 2.27 16.70
EUG-11-089 78.9 86.6 7.7 4.8 11.87 2.17 14.04
EUG-11-092 50.9 53.8 2.9 2.4 15.42 3.63 19.06
EUG-11-099 6.1 8.5 2.4 2.3 14.45 3.12 17.57
EUG-11-100 220.7 226.0 5.3 2.5 19.41 2.99 22.40
EUG-11-109 248.8 258.0 9.2 4.0 11.80 1.93 13.82"""
RUDDOCK_HEADS = "Drill Hole #|From|To|Interval (m)|Estimated True Thickness|Zn %|Pb %|Zn+Pb %"


def within(printed: str, rng: random.Random) -> float:
    """A number that rounds to what is printed."""
    step = 10.0 ** -len(printed.partition(".")[2])
    return float(printed) + step * rng.uniform(-0.49, 0.49)


def published(rows: str) -> list[list[str]]:
    """The published cells."""
    return [row.split(" ") for row in rows.splitlines()]


def test_table_1_of_crater_lake_comes_out_cell_by_cell() -> None:
    """Seven rows of eight cells, from unrounded grades and the depths."""
    rng, rows, hole = random.Random(1), [], ""
    for first, *cells in published(CRATER):
        hole = first if first != "Including" else hole
        begin, end, _, *grades = cells
        rows.append((hole, int(first == "Including"), float(begin), float(end), *(within(g, rng) for g in grades)))
    names = ["hole", "level", "from_m", "to_m", "sc_ppm", "sc2o3_ppm", "treo_y_pct", "magnet_reo_pct"]
    table = pl.DataFrame(rows, schema=names, orient="row")
    wanted = layout(
        {
            "columns": [
                {"source": "hole", "head": "Hole #"}, "from", "to", "length", "sc_ppm", "sc2o3_ppm", "treo_y_pct",
                {"source": "magnet_reo_pct", "head": "Magnet REO", "decimals": 1},
            ]
        }
    )  # fmt: skip
    found = intersection_table(table.sample(fraction=1.0, shuffle=True, seed=3), wanted)
    assert [column.head for column in found.columns] == CRATER_HEADS.split("|")
    assert found.cells() == published(CRATER)
    assert found.remarks == ()


def test_table_2_of_crater_lake_and_its_total() -> None:
    """Four collars, and below them 675.63 m added up before rounding; in words 676 m."""
    names = ["hole", "easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg", "depth_m"]
    rows = [(hole, *map(float, cells)) for hole, *cells in published(CRATER_COLLARS)]
    table = pl.DataFrame(rows, schema=names, orient="row")
    found = collar_table(table, layout({"total": True}))
    assert found.cells() == [*published(CRATER_COLLARS), ["Total", "", "", "", "", "", "675.63"]]
    assert programme_sentences(programme(table), Layout(), decimals=0)[0].text == (
        "Four drill holes totalling 676 m were completed."
    )


def split(zinc: str, lead: str, both: str) -> tuple[float, float]:
    """Zinc and lead that round to their printed grades, and their sum to its own where that can be."""
    share = max(-0.0045, min(0.0045, (float(both) - float(zinc) - float(lead)) / 2))
    return float(zinc) + share, float(lead) + share


def test_the_table_of_ruddock_creek_comes_out_cell_by_cell() -> None:
    """Sums are made before rounding: 18.50, 13.99 and 19.06 come out; only the cell that cannot be right differs."""
    rows, hole = [], ""
    for first, *cells in published(RUDDOCK):
        hole = hole if first == "and" else first
        begin, end, _, thick, zinc, lead, both = cells
        rows.append((hole, float(begin), float(end), float(thick), *split(zinc, lead, both)))
    names = ["hole", "from_m", "to_m", "true_thickness_m", "zn_pct", "pb_pct"]
    wanted = layout(
        {
            "units": "bare",
            "further": "and",
            "depth_decimals": 1,
            "columns": [
                {"source": "hole", "head": "Drill Hole #"}, {"source": "from", "unit": ""},
                {"source": "to", "unit": ""}, {"source": "length", "unit": "(m)"},
                {"source": "true_thickness", "head": "Estimated True Thickness", "unit": ""},
                "zn_pct", "pb_pct", "zn_pct + pb_pct",
            ],
        }
    )  # fmt: skip
    found = intersection_table(pl.DataFrame(rows, schema=names, orient="row"), wanted)
    assert [column.head for column in found.columns] == RUDDOCK_HEADS.split("|")
    expected = published(RUDDOCK)
    assert len(found.cells()) == 21 and all(len(row) == 8 for row in found.cells())
    differing = [
        (row[0], mine, theirs)
        for row, other in zip(found.cells(), expected, strict=True)
        for mine, theirs in zip(row, other, strict=True)
        if mine != theirs
    ]
    ((hole, mine, theirs),) = differing
    assert (hole, theirs) == ("EUG-11-109", "13.82") and mine in ("13.73", "13.74")


def test_the_published_cells_are_those_of_the_seeds(shared) -> None:
    """What is transcribed above stands in the two releases."""
    seeds = shared / "releases" / "seeds"
    crater = (seeds / "imperial-mining-2020-crater-lake-drilling.txt").read_text(encoding="utf-8")
    ruddock = (seeds / "imperial-metals-2011-ruddock-creek-drilling.txt").read_text(encoding="utf-8")
    for rows, said in ((CRATER, crater), (CRATER_COLLARS, crater), (RUDDOCK, ruddock)):
        for row in published(rows):
            assert "\t".join(row) in said


# --- printed, read back, checked --------------------------------------------------------------------------------------

NAMES = ("CL{year}{number:03}", "EUG-{year}-{number:03}", "TKB{number:04}", "DH-{number}", "NX{year}RC{number:03}")
ANALYTES = (
    ("au_gpt",),
    ("ag_ozpst", "cu_pct"),
    ("au_gpt", "ag_gpt"),
    ("zn_pct", "pb_pct"),
    ("cu_pct", "au_gpt"),
    ("sc_ppm",),
    ("li2o_pct",),
)
SCALES = {
    "ag_ozpst": 40.0,
    "au_gpt": 1.5,
    "ag_gpt": 60.0,
    "zn_pct": 8.0,
    "pb_pct": 2.0,
    "cu_pct": 0.6,
    "sc_ppm": 180.0,
    "li2o_pct": 1.1,
}


def simulated(rng: random.Random) -> tuple[pl.DataFrame, list[str], list[str]]:
    """Intersections of an invented programme, made from samples; its barren holes, and those that wait."""
    pattern, columns = rng.choice(NAMES), rng.choice(ANALYTES)
    year, ratio = rng.randint(10, 25), rng.choice([None, rng.uniform(0.5, 0.95)])
    rows: list[dict[str, object]] = []
    barren, waiting = [], []
    for number in sorted(rng.sample(range(1, 200), rng.randint(2, 6))):
        hole = pattern.format(year=year, number=number)
        fate = rng.random() if rows else 1.0
        if fate < 0.2:
            barren.append(hole)
        elif fate < 0.35:
            waiting.append(hole)
        else:
            rows += [{"hole": hole, **row} for row in _found(rng, columns, ratio)]
    return with_doubts(rng, pl.DataFrame(rows), columns), barren, waiting


def with_doubts(rng: random.Random, table: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The table with some grades missing, below detection or above the limit; in one book of five in feet."""
    for name in columns[1:]:
        fates = [rng.choice(["", "", "", "below", "above", "missing"]) for _ in range(table.height)]
        values = [None if fate == "missing" else value for fate, value in zip(fates, table[name], strict=True)]
        table = table.with_columns(
            pl.Series(name, values),
            pl.Series(f"{name}_below", [fate == "below" or None for fate in fates], dtype=pl.Boolean),
            pl.Series(f"{name}_above", [fate == "above" or None for fate in fates], dtype=pl.Boolean),
        )
    if rng.random() < 0.2:
        table = table.rename({name: f"{name.removesuffix('_m')}_ft" for name in table.columns if name.endswith("_m")})
    return table


def _found(rng: random.Random, columns: tuple[str, ...], ratio: float | None) -> list[dict[str, object]]:
    """The intervals of a hole with their parts, each richer than the whole."""
    depth, rows = rng.randint(500, 9000), []
    for _ in range(rng.randint(1, 3)):
        depth += rng.randint(1500, 6000)
        count = rng.randint(3, 14)
        lengths = [rng.randint(40, 200) for _ in range(count)]
        grades = [{name: SCALES[name] * rng.lognormvariate(0, 0.6) for name in columns} for _ in range(count)]
        begins = [depth + sum(lengths[:at]) for at in range(count + 1)]
        rows.append(_mean(begins, lengths, grades, 0, count, 0, ratio))
        inner = rng.choice([(), (1,), (1, 2)]) if count > 5 else ()
        low, high = 0, count
        for level in inner:
            size = max(1, (high - low) // 2 - 1)
            starts = range(low, high - size + 1)
            low = max(
                starts,
                key=lambda at: (
                    sum(grades[k][columns[0]] * lengths[k] for k in range(at, at + size)) / sum(lengths[at : at + size])
                ),
            )
            high = low + size
            rows.append(_mean(begins, lengths, grades, low, high, level, ratio))
        depth = begins[-1]
    return rows


def _mean(begins, lengths, grades, low, high, level, ratio) -> dict[str, object]:
    """One interval: the length-weighted means of its samples, depths in hundredths of a metre."""
    whole = sum(lengths[low:high])
    means = {name: sum(grades[at][name] * lengths[at] for at in range(low, high)) / whole for name in grades[0]}
    thick = {} if ratio is None else {"true_thickness_m": whole / 100 * ratio}
    return {"level": level, "from_m": begins[low] / 100, "to_m": begins[high] / 100, **thick, **means}


def any_layout(rng: random.Random, table: pl.DataFrame) -> Layout:
    """A layout that some company might want."""
    said: dict[str, object] = {
        "caption": rng.choice(["", "Table 1: Significant intersections", "Significant drill intersections"]),
        "units": rng.choice(["brackets", "bare"]),
        "child": rng.choice(["Including", "including", "incl.", ["Including", "and including"]]),
        "child_in": rng.choice(["hole", "hole", "column"]),
        "further": rng.choice(["hole", "and", ""]),
        "barren": rng.choice(["rows", "sentence"]),
        "pending": rng.choice(["rows", "sentence"]),
        "missing": rng.choice(["-", "–", "n/a"]),
        "subscripts": rng.random() < 0.7,
        "depth_decimals": rng.choice([None, 1, 2]),
        "at_least": rng.choice(["≥", "≥", ">", ">="]),
    }
    if "zn_pct" in table.columns:
        thick = ["true_thickness"] if any(name.startswith("true_thickness") for name in table.columns) else []
        said["columns"] = ["hole", "from", "to", "length", *thick, "zn_pct", "pb_pct", "zn_pct + pb_pct"]
    return layout(said)


def expected(table: pl.DataFrame, page: Printed) -> list[dict[str, object]]:
    """What a reader should find in the table: for each interval its hole and the printed digits."""
    (printed,) = [part for part in page.tables() if part.name in ("intersections", "intercepts")]
    found, hole = [], ""
    for row in printed.rows:
        if row.kind == "words":
            continue
        cells = dict(zip([column.key for column in printed.columns], row.cells, strict=True))
        hole = str(cells["hole"].value)
        said = {key: cell.text for key, cell in cells.items() if key not in ("hole", "relation")}
        lengths = {key.rpartition("_")[0]: float(text) for key, text in said.items() if key.endswith(("_m", "_ft"))}
        graded = [text for key, text in said.items() if not key.endswith(("_m", "_ft"))]
        grades = [text.replace(",", "") for text in graded if any(char.isdigit() for char in text)]
        grades = [text.replace("≥", "at least").replace(">=", "at least") for text in grades]
        found.append({"hole": hole, "part": row.kind == "part", "grades": grades, **lengths})
    return found


def read_back(records: list[Record]) -> list[dict[str, object]]:
    """What our reader found in tables, in the same form."""
    found = []
    for record in records:
        if record.kind == "drill_intercept" and record.about.get("place") == "table":
            names = ("from", "to", "length", "true_thickness")
            lengths = {name: record.get(f"drilling.{name}") for name in names}
            found.append(
                {
                    "hole": record.about["hole"],
                    "part": record.about["relation"] == "including",
                    "grades": [f"{fact.figure.sign}{fact.figure.digits}" for fact in record.all("drilling.grade")],
                    **{name: float(fact.figure.value) for name, fact in lengths.items() if fact},
                }
            )
    return found


RULES = {"name": "bulk", "on": "", "cutoff": 0.5, "top_cut": None, "min_length": 2.0, "max_waste_run": 3.0,
         "missing_sample": "zero", "gap": "break", "bdl_view": "half"}  # fmt: skip


def page_of(rng: random.Random) -> tuple[pl.DataFrame, list[str], Printed]:
    """An invented page of drill results in an invented layout."""
    table, barren, waiting = simulated(rng)
    rows = any_layout(rng, table)
    grade = next(name for name in table.columns if name in SCALES)
    holes = [*table["hole"].unique(maintain_order=True), *barren, *waiting]
    unit = "m" if "to_m" in table.columns else "ft"
    lengths = dict(table.group_by("hole").agg(pl.col(f"to_{unit}").max()).iter_rows())
    collars = pl.DataFrame(
        {
            "hole": holes,
            f"easting_{unit}": [500_000.0 + rng.randint(0, 4000) for _ in holes],
            f"northing_{unit}": [6_100_000.0 + rng.randint(0, 4000) for _ in holes],
            f"elevation_{unit}": [float(rng.randint(200, 900)) for _ in holes],
            "azimuth_deg": [float(rng.randint(0, 359)) for _ in holes],
            "dip_deg": [-float(rng.randint(45, 85)) for _ in holes],
            f"depth_{unit}": [lengths.get(hole, 90.0) + rng.randint(500, 5000) / 100 for hole in holes],
        }
    )
    looks = Layout(caption=rng.choice(["", "Table 2: Drill hole locations, NAD83 Zone 20N"]), total=rng.random() < 0.5)
    notes = [
        *rule_notes(RULES | {"on": grade}, length_unit=unit),
        *table_notes(table, rows),
        *desurvey_note("minimum_curvature"),
    ]
    style = rng.choice(["", "grading", "at", "sign", "over"])
    said = [each.text for each in highlights(table, rows, style=style, grades=[grade])] if style else []
    metres = [each.text for each in programme_sentences(programme(collars), rows, decimals=rng.choice([0, 1]))]
    found = intersection_table(table, rows, holes=holes, pending=waiting, notes=notes)
    parts = [Passage("Drilling results", "title"), *(Passage(words, "bullet") for words in said)]
    if rng.random() < 0.5:
        parts += [Passage(" ".join(metres)), *unused(holes)]
    return table, barren, Printed("book", (*parts, found, collar_table(collars, looks)))


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_what_is_printed_is_read_back_and_passes_every_check(kind: str, seed: int) -> None:
    """Any intersections in any layout: the reader finds the same cells, and no rule has anything to say."""
    table, barren, page = page_of(random.Random(seed))
    reading = read_text(f"page.{ENDINGS[kind]}", printed_as(kind, page))
    assert [(found.code, found.message) for found in check(reading)] == []
    assert read_back(reading.records) == expected(table, page)
    nothing = {record.about["hole"] for record in reading.records if record.kind == "drill_no_significant"}
    assert nothing == set(barren)


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_the_pages_of_a_book_pass_every_check(kind: str, seed: int) -> None:
    """What a book prints of its drilling, all parts on one page, is read back whole and draws no remark."""
    rng = random.Random(seed)
    table, barren, waiting = simulated(rng)
    grades = [name for name in table.columns if name in SCALES]
    unit = "m" if "to_m" in table.columns else "ft"
    names = [*table["hole"].unique(maintain_order=True), *barren, *waiting]
    holes = pl.DataFrame({"hole": names, f"depth_{unit}": [500.0 + at / 4 for at in range(len(names))]})
    parts = {
        "intercepts": table,
        "holes": holes.with_columns(dip_deg=pl.lit(-60.0), azimuth_deg=pl.lit(120.0)),
        "intercepts_without": pl.DataFrame({"hole": barren}, schema={"hole": pl.String}),
        "intercepts_pending": pl.DataFrame({"hole": waiting}, schema={"hole": pl.String}),
    }
    said = {"carried": grades, "highlights": {"style": rng.choice(["grading", "at", "sign", "over"])}}
    making = Making("drilling", said, rules=[RULES | {"on": grades[0]}], length=unit, desurvey="minimum_curvature")
    page = drilling_page(parts, making)
    reading = read_text(f"page.{ENDINGS[kind]}", printed_as(kind, page))
    assert [(found.code, found.message) for found in check(reading)] == []
    assert read_back(reading.records) == expected(table, page)
    assert {record.about["hole"] for record in reading.records if record.kind == "drill_no_significant"} == set(barren)


def test_a_wrong_digit_is_seen() -> None:
    """The test above can fail: a page with one digit changed reads otherwise."""
    _, _, page = page_of(random.Random(3))
    said = printed_as("text", page)
    reading = read_text("page.txt", said.replace("109.19", "109.99"))
    assert read_back(reading.records) != expected(pl.DataFrame(), page)
    assert check(reading) != []


def test_every_sentence_of_ours_is_silent_below_a_table() -> None:
    """No footnote that we can make is taken for an intersection or draws a remark."""
    table = pl.DataFrame(
        {"hole": ["NX-1", "NX-2"], "from_m": [10.0, 20.0], "to_m": [16.0, 31.5], "au_gpt": [2.5, 1.25],
         "au_gpt_above": [True, None], "cu_pct": [0.01, 0.2], "cu_pct_below": [True, None],
         "true_thickness_m": [4.0, None]}
    )  # fmt: skip
    rules = [
        {"name": "bulk", "on": "au_gpt", "cutoff": 0.5, "cutoff_op": "gt", "min_average": 0.6, "top_cut": 31.1,
         "top_cut_stage": "before_classification", "min_length": 2.0, "min_length_basis": "true", "max_length": 50.0,
         "short_high_metal": 10.0, "max_waste_run": 3.0, "max_waste_total": 6.0, "min_waste_grade": 0.1,
         "missing_sample": "exclude", "gap": "zero", "bdl_view": "sqrt2", "weights": "length_density"},
        {"name": "core", "on": "au_gpt", "cutoff": 5.0, "top_cut": None, "min_length": 1.0, "max_waste_run": 0.0},
    ]  # fmt: skip
    looks = layout({"caption": "Table 1: Significant intersections"})
    notes = [*rule_notes(rules, length_unit="m"), *table_notes(table, looks), sentence("pending", ["NX-3", "NX-4"])]
    assert notes[0] == (
        "Grades above 0.5 g/t Au, mean grade at least 0.6 g/t Au, true thickness at least 2 m, length at most 50 m, "
        "shorter where grade times length is at least 10 g/t × m, internal dilution at most 3 m in a row, internal "
        "dilution at most 6 m in all, internal dilution grading at least 0.1 g/t Au, grades cut to 31.1 g/t Au before "
        "the cut-off is applied."
    )
    page = Printed("book", (intersection_table(table, looks, notes=notes),))
    for kind in DOCUMENTS:
        reading = read_text(f"page.{ENDINGS[kind]}", printed_as(kind, page))
        assert [found.message for found in check(reading)] == []
        assert {record.kind for record in reading.records} <= {"drill_intercept", "document"}
        assert len([record for record in reading.records if record.kind == "drill_intercept"]) == 2


def test_the_notes_of_a_rule_set_follow_from_its_options() -> None:
    """Whatever a rule set says of itself can be printed below the table that it made."""
    rules = RuleSet(name="bulk", on="zn_pct", cutoff=2.0, top_cut=None, min_length=1.5, max_waste_run=0.0)
    assert rule_notes(rules.said(), length_unit="m")[0] == (
        "Cut-off 2% Zn, length at least 1.5 m, no internal dilution, grades uncut."
    )


# --- what the layout decides ------------------------------------------------------------------------------------------

TABLE = pl.DataFrame(
    {
        "hole": ["A-10", "A-9", "A-9", "A-9"],
        "level": [0, 0, 1, 2],
        "from_m": [5.0, 30.25, 30.25, 31.0],
        "to_m": [7.5, 40.5, 36.0, 32.0],
        "au_gpt": [1.0, 2.345, 3.0, 9.0],
    }
)


def test_rows_stand_by_hole_and_depth_with_their_parts_below_them() -> None:
    """Hole 9 stands before hole 10; the words for parts may differ by level."""
    looks = layout({"child": ["Including", "and including"], "depth_decimals": 2})
    found = intersection_table(TABLE.reverse(), looks)
    assert found.column("hole") == ["A-9", "Including", "and including", "A-10"]
    assert [row.depth for row in found.rows] == [0, 1, 2, 0]
    assert intersection_table(TABLE, layout({"order": "given"})).column("hole")[0] == "A-10"


def test_a_decimal_is_added_for_the_whole_table_and_said() -> None:
    """30.25 to 40.50 is 10.25: with one decimal the depths would not give the length, so all rows get two."""
    found = intersection_table(TABLE, layout({"depth_decimals": 1}))
    assert found.column("from_m") == ["30.25", "30.25", "31.00", "5.00"]
    assert found.remarks == (
        "depths and lengths have 2 decimals, not 1: to less from would not give the printed length",
    )


def test_every_printed_number_knows_its_row() -> None:
    """The address is the row of the table as it is stored, whatever the order of printing."""
    found = intersection_table(TABLE, Layout(), name="bulk")
    addressed = {(cell.address, cell.value) for _, column, cell in found.addressed() if column.key == "au_gpt"}
    assert {(str(address), value) for address, value in addressed} == {
        (f"bulk[{row}].au_gpt", value) for row, value in enumerate(TABLE["au_gpt"])
    }


def test_no_hole_is_forgotten() -> None:
    """Holes without results are rows, a sentence, or at least a remark."""
    said = {"holes": ["A-9", "A-10", "A-11", "A-12"], "pending": ["A-12"]}
    rows = intersection_table(TABLE, layout({"barren": "rows", "pending": "rows"}), **said)
    assert rows.cells()[-2:] == [
        ["A-11", "No significant intersections", "", "", ""], ["A-12", "Assays pending", "", "", ""],
    ]  # fmt: skip
    words = intersection_table(TABLE, Layout(), **said)
    assert words.footnotes == (
        "No significant intersections in hole A-11.", "Assays are pending for hole A-12.",
    )  # fmt: skip
    silent = intersection_table(TABLE, layout({"barren": "none", "pending": "none"}), **said)
    assert silent.remarks == ("the layout names no holes without results: A-11 and A-12",)


def test_missing_values_and_signs() -> None:
    """Missing is not nought; a sign stands before digits that make it true."""
    table = pl.DataFrame(
        {"hole": ["A-1", "A-2", "A-3", "A-4"], "from_m": [0.0] * 4, "to_m": [1.0] * 4,
         "au_gpt": [0.004, 12.349, None, float("nan")], "au_gpt_below": [True, None, None, None],
         "au_gpt_above": [None, True, None, None], "au_gpt_token": [None, None, "NS", None]}
    )  # fmt: skip
    assert intersection_table(table, Layout()).column("au_gpt") == ["<0.01", "≥12.34", "-", "-"]
    shown = layout({"tokens": "shown", "missing": "n/a", "at_least": ">="})
    assert intersection_table(table, shown).column("au_gpt") == ["<0.01", ">=12.34", "NS", "n/a"]


def test_highlights_have_the_digits_of_the_table() -> None:
    """Every style says the same figures; a grade may be said in the unit that the company writes."""
    looks = layout({"depth_decimals": 1})
    grades = [ColumnLayout("au_gpt", unit="grams per tonne")]
    (first, second) = (said.text for said in highlights(TABLE, looks, style="plain", grades=grades))
    assert first == (
        "10.25 m grading 2.35 grams per tonne Au from 30.25 m, including 5.75 m grading 3.00 grams per tonne Au from "
        "30.25 m, including 1.00 m grading 9.00 grams per tonne Au from 31.00 m"
    )
    assert second == "2.50 m grading 1.00 grams per tonne Au from 5.00 m"
    own = {
        "highlight": {"mine": {"line": "{hole} {interval}", "interval": "{grades}/{length}", "including": "({parts})"}}
    }
    assert highlights(TABLE, looks, style="mine", grades=["au"], own=own)[1].text == "A-10 1.00 g/t Au/2.50 m"
    with pytest.raises(LayoutError, match=r"no sentence highlight\.shouted"):
        highlights(TABLE, looks, style="shouted", grades=["au"])
    with pytest.raises(LayoutError, match=r"has \{nothing\}"):
        highlights(TABLE, looks, style="mine", grades=["au"], own={"highlight": {"mine": {"interval": "{nothing}"}}})


def test_programmes_add_up_before_they_round() -> None:
    """Metres a hole, a station and a day of a rig come from unrounded depths; what is not known is left out."""
    collars = pl.DataFrame(
        {
            "hole": ["A", "B", "C"], "depth_m": [100.05, 100.05, 50.0], "programme": ["2020", "2020", "2021"],
            "station": ["S1", "S2", "S2"], "started": ["2020-01-01", "2020-01-03", "2021-01-01"],
            "ended": ["2020-01-02", "2020-01-04", "2021-01-05"],
        }
    )  # fmt: skip
    found = programme_table(programmes(collars), layout({"total": True}))
    assert found.cells() == [
        ["2020", "2", "200.1", "100.1", "2", "100.1", "4", "50.0", "200.1"],
        ["2021", "1", "50.0", "50.0", "1", "50.0", "5", "10.0", "250.1"],
        ["Total", "3", "250.1", "83.4", "3", "83.4", "9", "27.8", ""],
    ]
    assert programme(collars.drop("station", "started")).stations is None
    assert programme_sentences(programme(collars), Layout(), decimals=1)[0].text == (
        "Three drill holes totalling 250.1 m were completed from 2 drill stations."
    )


def test_a_page_of_text_fits_a_narrow_terminal() -> None:
    """On narrow paper heads are set in several lines; nothing is cut."""
    _, _, page = page_of(random.Random(21))
    lines = "".join(text.page([page], Paper(width=80))).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("True" in line and "thickness" not in line for line in lines)


def test_words_of_others_cannot_leave_their_cell() -> None:
    """Names with strokes, tags and control characters are shown, not obeyed."""
    table = pl.DataFrame({"hole": ["A|1 <b>\x1b[31m*x*"], "from_m": [1.0], "to_m": [2.0], "au_gpt": [1.0]})
    page = Printed("<script>", (Passage("# A_b_ <i>", "paragraph"), intersection_table(table, Layout())))
    marked = printed_as("md", page)
    assert "A\\|1 \\<b>·\\[31m\\*x\\*" in marked and marked.startswith("\\# A_b\\_ \\<i>")
    assert "<b>" not in printed_as("html", page) and "<title>&lt;script&gt;" in printed_as("html", page)
    assert "\x1b" not in printed_as("text", page) + marked + printed_as("html", page)


def test_programmes_of_the_published_figures() -> None:
    """Metres a hole and running metres of four programmes come out as Imperial Metals' figures of 2011 imply them."""
    surface = [Programme("surface", 24, 11564.0, "m"), Programme("Red Chris", 45, 49760.0, "m")]
    assert [row[3] for row in programme_table(surface, Layout()).cells()] == ["481.8", "1,105.8"]
    underground = [Programme("1960-2010", 1, 3584.0, "m"), Programme("2011", 76, 14133.4, "m")]
    assert programme_table(underground, Layout()).cells()[-1][-1] == "17,717.4"
