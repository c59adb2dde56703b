"""What the drilling readers make of tables, sentences and streams of other people's making."""

import json
from pathlib import Path

import pytest

from orebook.ground.fact import Record
from orebook.reading.read import read_bytes, read_text
from orebook.reading.records import Json, Shape, as_key
from scoring.records import compare, score, total

INTERCEPTS = """\
Table 1: Drill results of the Alder zone

Hole ID\tFrom (m)\tTo (m)\tInterval (m)\tTrue Width (m)\tAu (g/t)\tCu (%)\tAuEq (g/t)
AX-24-001\t12.0\t30.5\t18.5\t14.0\t2.10\t0.30\t2.52
including\t14.0\t16.0\t2.0\t1.5\t9.80\t<0.01\t9.80
and\t52.0\t55.0\t3.0\t2.3\t1.15\t0.22\t1.46
AX-24-002\t7.5\t9.0\t1.5\t1.1\t4.40\t0.05\t4.47
AX-24-003\tNSI
"""

COLLARS = """\
Table 2: Collars

Hole ID\tUTM East (NAD83 Zone 10N)\tUTM North (NAD83 Zone 10N)\tElevation (m)\tAzimuth\tDip (degrees)\tDepth (m)
AX-24-001\t512345\t5876543\t1204\t45\t-60\t210.5
AX-24-002\t512390\t5876570\t1198\t225\t-50\t180.0
Total\t\t\t\t\t\t390.5
"""


def read(text: str) -> list[Record]:
    """The records of a note."""
    return read_text("note.md", text).records


def of(kind: str, text: str) -> list[Shape]:
    """The records of one kind, as dictionaries."""
    return [as_key(record) for record in read(text) if record.kind == kind]


def intervals(text: str) -> list[tuple[object, ...]]:
    """Hole, from, length and the first grade of every intercept."""
    found = []
    for shape in of("drill_intercept", text):
        grades = shape["grades"]
        first = grades[0] if isinstance(grades, list) and isinstance(grades[0], dict) else {}
        found.append((shape.get("hole"), shape.get("from"), shape.get("interval"), first["analyte"], first["value"]))
    return found


def test_a_table_of_intercepts_gives_every_cell_its_meaning() -> None:
    """Columns are told by their heads; "including" and "and" keep the hole of the row above."""
    first, child, further, last = of("drill_intercept", INTERCEPTS)
    assert (first["hole"], first["from"], first["to"], first["interval"], first["true_thickness"]) == (
        "AX-24-001", 12.0, 30.5, 18.5, 14.0,
    )  # fmt: skip
    assert child["relation"] == "including" and child["parent"] == [12.0, 30.5] and child["hole"] == "AX-24-001"
    assert further["relation"] == "and" and further["hole"] == "AX-24-001"
    assert last["hole"] == "AX-24-002"
    assert [(g["analyte"], g["value"], g["unit"]) for g in child["grades"]] == [  # type: ignore[index,union-attr]
        ("Au", 9.8, "g/t"), ("Cu", 0.01, "%"), ("AuEq", 9.8, "g/t"),
    ]  # fmt: skip
    assert child["grades"][1]["sign"] == "<"  # type: ignore[index,call-overload]  # below detection


def test_a_row_that_says_nothing_was_found_is_no_intercept() -> None:
    """NSI in a row makes a record of its own kind."""
    assert [shape["hole"] for shape in of("drill_no_significant", INTERCEPTS)] == ["AX-24-003"]


def test_a_collar_table_and_its_total() -> None:
    """Every collar has its seven figures; the total is not a hole."""
    first, second = of("drill_collar", COLLARS)
    assert {name: first[name] for name in ("easting", "northing", "elevation", "azimuth", "dip", "depth")} == {
        "easting": 512345, "northing": 5876543, "elevation": 1204, "azimuth": 45, "dip": -60, "depth": 210.5,
    }  # fmt: skip
    assert second["hole"] == "AX-24-002" and first["grid"] == "NAD83 Zone 10N"
    assert [shape["metres"] for shape in of("drill_program", COLLARS)] == [390.5]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("- 17m @ 1.35g/t Au from 31m", [(None, 31, 17, "Au", 1.35)]),
        ("Hole AX-7B01 returned 7.3 m at 4.2% Cu from 61.4 m.", [("AX-7B01", 61.4, 7.3, "Cu", 4.2)]),
        ("AX-24-009 cut 9.7% zinc over an estimated true thickness of 5.2 metres.",
         [("AX-24-009", None, None, "Zn", 9.7)]),
        ("Drilling cut 1.07% Li2O over 11.9 metres in hole LQ-11-04.", [("LQ-11-04", None, 11.9, "Li2O", 1.07)]),
        ("- AX22-03 - 4.66 gpt Au over 21.5m", [("AX22-03", None, 21.5, "Au", 4.66)]),
        ("- 8m at 1.93% Cu from 207m (AX24RC031) including 3m at 4.12% Cu from 209m",
         [("AX24RC031", 207, 8, "Cu", 1.93), ("AX24RC031", 209, 3, "Cu", 4.12)]),
        ("- 0.82 g/t Au over 4.0 m at AX-19-02, and 1.7 g/t Au over 2.0 m at AX-19-05",
         [("AX-19-02", None, 4.0, "Au", 0.82), ("AX-19-05", None, 2.0, "Au", 1.7)]),
        ("Drill hole AX-24-101 hit 15 feet of 0.21 oz/ton gold.", [("AX-24-101", None, 15, "Au", 0.21)]),
    ],
)  # fmt: skip
def test_the_forms_of_an_intercept_in_prose(said: str, expected: list[tuple[object, ...]]) -> None:
    """Length first or grade first, hole before, behind or between."""
    assert intervals(said) == expected


def test_parts_are_tied_to_what_holds_them() -> None:
    """Included intervals have a parent, also three deep and where the parent comes last."""
    said = "- AX-24-004 returned 88.0 m at 0.7 g/t Au, including 19.5 m at 2.6 g/t Au including 2.0 m at 21.3 g/t Au"
    whole, part, core = read(said)[-3:]
    assert core.parent is part and part.parent is whole and whole.parent is None
    child, parent = read("- AX-24-005: 9m at 1.31% Cu from 62m (within 31m at 0.58% Cu from 50m)")[-2:]
    assert child.parent is parent and child.about["relation"] == "including"
    said = "- AX 24-07: 910 gpt Ag over 1.2 m from a zone of 205 gpt Ag over 6.0 m within 80 m of 0.9 gpt AuEq"
    core, part, whole = read(said)[-3:]
    assert core.parent is part and part.parent is whole


def test_equivalents_and_restated_grades() -> None:
    """An equivalent is an analyte of its own; the same grade said in another unit is not a second grade."""
    (first,) = of("drill_intercept", "Hole AX-1101 cut 64m at 1.30g/t Gold Equivalent (1.10g/t Au & 0.14% Cu).")
    assert [g["analyte"] for g in first["grades"]] == ["AuEq", "Au", "Cu"]  # type: ignore[index,union-attr]
    (again,) = of("drill_intercept", "- AX0042: 7m @ 640ppb (0.6gpt) Au from 58m")
    assert [(g["analyte"], g["unit"]) for g in again["grades"]] == [("Au", "ppb")]  # type: ignore[index,union-attr]


@pytest.mark.parametrize(
    "said",
    [
        "The hole intersected 45 m of strong alteration with 4% pyrite by visual estimate.",
        "Inferred resources are 12.4 Mt at 1.2 g/t gold above a cut-off grade of 0.5 g/t gold.",
        "The zone extends 500 m along strike and 200 m down dip.",
        "The mill treated 1.2 million tonnes at 0.8 g/t gold over 90 days.",
        "Recoveries of 92% were achieved on a composite of 1.4 g/t gold.",
        "Upon drilling of at least 12 metres averaging 0.9% Sn the Company shall issue 100,000 shares.",
    ],
)
def test_what_is_no_intercept(said: str) -> None:
    """Lengths without assays, resources, production and conditions give no intercept."""
    assert intervals(said) == []


def test_samples_from_the_surface_are_kept_apart() -> None:
    """Channels, chips and grabs are no drill holes."""
    text = "Channel sampling returned 14.0 m grading 2.41 g/t Au. Grab samples assayed up to 6.8% copper."
    assert intervals(text) == []
    samples = of("surface_sample", text)
    assert [sample["grades"][0]["value"] for sample in samples] == [2.41, 6.8]  # type: ignore[index,call-overload]
    assert samples[0]["interval"] == 14.0 and samples[1]["qualifier"] == "up to"


def test_remarks_without_assays() -> None:
    """A length of core that was only seen, and a hole without results."""
    text = "Hole AX-24-006: intersected a 75-m core interval of gabbro. No significant gold assays were returned."
    (seen,), (nothing,) = of("drill_interval_visual", text), of("drill_no_significant", text)
    assert (seen["hole"], seen["interval"], nothing["hole"]) == ("AX-24-006", 75, "AX-24-006")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The campaign had 41 drill holes totalling 8,210.5 metres from 3 drill stations.", (41, 8210.5, None)),
        ("A six-hole, 940 m diamond drilling program was completed.", (6, 940, None)),
        ("Drilling of 7,320 metres in 19 drill holes was completed using three drills.", (19, 7320, 3)),
        ("Earlier work included 2,150 metres of underground drilling.", (None, 2150, None)),
        ("The Company plans approximately 12 holes for 1,800m.", (12, 1800, None)),
        ("A 30,000-metre drill program is under way.", (None, 30000, None)),
    ],
)  # fmt: skip
def test_programmes_are_counted(said: str, expected: tuple[object, ...]) -> None:
    """Holes, metres and rigs that are said together are one programme."""
    (shape,) = of("drill_program", said)
    assert (shape.get("holes"), shape.get("metres"), shape.get("rigs")) == expected


def test_a_table_that_ran_together_is_read_back() -> None:
    """Cells on one line are rows again when the head and the depths agree."""
    collars = "Table 1 Hole ID East North RL Azimuth Dip Depth " + " ".join(
        f"AXRC{n:04d} 4950{n} 68292{n} 313 120 -60 5{n}" for n in range(10, 15)
    )
    first = of("drill_collar", collars)[0]
    assert (first["hole"], first["dip"], first["depth"]) == ("AXRC0010", -60, 510)
    results = (
        "Table 2 Hole ID Downhole From Downhole To Downhole Au (m) (m) Intersection (g/t) (m) AXRC0010 11 30 19 4.17"
        " incl. 14 20 6 8.02 AXRC0011 41 43 2 1.09 77 80 3 2.36 AXRC0012 52 57 5 0.44 AXRC0013 90 92 2 0.61"
    )
    assert intervals(results)[:3] == [
        ("AXRC0010", 11, 19, "Au", 4.17), ("AXRC0010", 14, 6, "Au", 8.02), ("AXRC0011", 41, 2, "Au", 1.09),
    ]  # fmt: skip


def test_a_list_in_one_cell_goes_hole_by_hole() -> None:
    """A table that lost its rows: the first hole has the first interval, the second the second."""
    text = (
        "| Hole ID | AXB0311  AXB0312 |\n| --- | --- |\n"
        "| Interval | 3m @ 6.1g/t Au from 42m  6m @ 7.7g/t Au from 95m |\n"
        "| Including: | 1m @ 12.4g/t Au [43m]  2m @ 18.8g/t Au [97m] |\n"
    )
    assert intervals(text) == [
        ("AXB0311", 42, 3, "Au", 6.1), ("AXB0312", 95, 6, "Au", 7.7),
        ("AXB0311", 43, 1, "Au", 12.4), ("AXB0312", 97, 2, "Au", 18.8),
    ]  # fmt: skip


def test_every_figure_is_where_it_says() -> None:
    """The quote of every fact is a slice of the document, and holds the digits."""
    for text in (INTERCEPTS, COLLARS, "Hole AX-1 cut **12.5 m** grading 1.50 g/t gold from 7 m."):
        reading = read_text("note.md", text)
        for fact in reading.facts:
            assert reading.document.text[fact.source.start : fact.source.end] == fact.source.quote


def test_the_keys_of_real_releases(shared: Path) -> None:
    """Against the answer keys: intercepts and collars of text, Markdown and HTML pages."""
    scores = score(shared, ("drill_intercept", "drill_collar"))
    for kind, least in (("drill_intercept", 0.9), ("drill_collar", 0.92)):
        assert total(one for (of_kind, _), one in scores.items() if of_kind == kind).f1 >= least


def test_the_tables_of_the_seeds_cell_by_cell(shared: Path) -> None:
    """Every figure of the drill tables of the seed releases, at its place."""
    wanted = [json.loads(line) for line in (shared / "facts" / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    cells = [fact for fact in wanted if fact["kind"] in ("drill_intercept", "drill_collar") and fact.get("column")]
    assert len(cells) > 200
    missing = []
    for name in {fact["doc"] for fact in cells}:
        reading = read_bytes(name, (shared / "releases" / "seeds" / name).read_bytes())
        places = {(fact.source.start, fact.source.end): fact for fact in reading.facts}
        for fact in (one for one in cells if one["doc"] == name and isinstance(one["value"], int | float)):
            ours = places.get((fact["start"], fact["end"]))
            if ours is None or float(ours.number.value) != float(fact["value"]):
                missing.append(fact["id"])
    assert missing == []


def test_a_score_pairs_one_to_one() -> None:
    """A record that says an answer again is no mistake, one that no answer knows is."""
    grades: Json = [{"analyte": "Au", "value": 3, "unit": "g/t"}]
    same: Shape = {"hole": "AX-1", "from": 1, "interval": 2, "grades": grades}
    other: Shape = {"hole": "AX-2", "from": 1, "interval": 9, "grades": grades}
    found = compare("drill_intercept", [same], [same, same, other])
    assert (found.matched, len(found.missed), len(found.extra)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Drill hole FZ-24-011\n- 4.2 m @ 6.1 g/t Au from 88 m\n- incl. 1.0 m @ 14.2 g/t Au from 89 m\n"
         "Drill hole FZ-24-012\n- 3.1 m @ 2.2 g/t Au from 12 m",
         [("FZ-24-011", 88, 4.2, "Au", 6.1), ("FZ-24-011", 89, 1.0, "Au", 14.2), ("FZ-24-012", 12, 3.1, "Au", 2.2)]),
        ("FZ-24-013 (120 m step-out):\n- 10 m of 1.1% Cu from 40 m\n- 3 m of 0.4% Cu from 71 m",
         [("FZ-24-013", 40, 10, "Cu", 1.1), ("FZ-24-013", 71, 3, "Cu", 0.4)]),
        ("- 5.2m @ 1.9% Cu from 31m in FZRC001 - 7m @ 0.8% Cu from 12m in FZRC002 including 2m @ 2.0% Cu from 14m",
         [("FZRC001", 31, 5.2, "Cu", 1.9), ("FZRC002", 12, 7, "Cu", 0.8), ("FZRC002", 14, 2, "Cu", 2.0)]),
        ("- 9m @ 0.84% WO3 from 54m - 12m @ 0.31% WO3 from 18m",
         [(None, 54, 9, "WO3", 0.84), (None, 18, 12, "WO3", 0.31)]),
        ("FZRC005: 30-42m, 12m @ 1.4g/t Au", [("FZRC005", 30, 12, "Au", 1.4)]),
        ("Drilling cut 24.0 m of 1.05 g/t gold in hole FZ-24-033, from 12.0 m, within which 3.0 m assayed 4.4 g/t Au.",
         [("FZ-24-033", 12.0, 24.0, "Au", 1.05), ("FZ-24-033", None, 3.0, "Au", 4.4)]),
        ("6.2 m at 4.4% Zn from 203.4 m (within 19.1 m at 2.2% Zn from 196.0 m) was cut in FZ-24-002.",
         [("FZ-24-002", 203.4, 6.2, "Zn", 4.4), ("FZ-24-002", 196.0, 19.1, "Zn", 2.2)]),
        ("1.21% Ni over 12.2 m in FZ-24-016 within a broader zone of 0.84% Ni over 25.0 m from 77.0 m",
         [("FZ-24-016", None, 12.2, "Ni", 1.21), ("FZ-24-016", 77.0, 25.0, "Ni", 0.84)]),
        ("Hole FZ-24-014 returned grades of up to 8.8 g/t gold.", [("FZ-24-014", None, None, "Au", 8.8)]),
        ("14m @ 1.1g/t Au, 3m @ 7.7g/t Au and 2m @ 4g/t Au in FZRC007",
         [("FZRC007", None, 14, "Au", 1.1), ("FZRC007", None, 3, "Au", 7.7), ("FZRC007", None, 2, "Au", 4)]),
        ("Drilling at the gold mine hit 6.3m @ 14.2g/t from 212m (FZD411).", [("FZD411", 212, 6.3, "Au", 14.2)]),
        ("In drill hole 24-112, 3.05 metres averaged 5.2 g/t gold.", [("24-112", None, 3.05, "Au", 5.2)]),
        ("Hole FZ-24-029 cut 8.5 m of 2.2 g/t 2PGE+Au and 1.5 m at 5.5 g/t PGM (3E).",
         [("FZ-24-029", None, 8.5, "2PGE+Au", 2.2), ("FZ-24-029", None, 1.5, "3E", 5.5)]),
        ("See: 6 July 2023, “85m @ 11.6g/t gold at the Quern lode”", []),
    ],
)  # fmt: skip
def test_further_forms_of_an_intercept_in_prose(said: str, expected: list[tuple[object, ...]]) -> None:
    """Holes over bullets, dashes for bullets, holes behind passive verbs, depths behind holes, sums of metals."""
    assert intervals(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Holes FZ-17, FZ-18 and FZ-19 returned no significant values.", ["FZ-17", "FZ-18", "FZ-19"]),
        ("No significant mineralization was encountered in FZ-20 or FZ-21.", ["FZ-20", "FZ-21"]),
        ("FZ-15 cut 6 m grading 1.2% Cu, while FZ-16 did not intersect the target structure.", ["FZ-16"]),
        ("FZ-22: NSI. FZ-23: NSR.", ["FZ-22", "FZ-23"]),
        ("FZ-24 was barren.", ["FZ-24"]),
        ("All assays from hole FZ-26 were below the 0.3 g/t cut-off.", ["FZ-26"]),
        ("The vendor of the ground around hole FZ-27 keeps a 2% NSR.", []),
    ],
)
def test_barren_holes_in_prose(said: str, expected: list[str]) -> None:
    """Every hole that is said to hold nothing has a record; a royalty of the same letters has none."""
    assert [shape["hole"] for shape in of("drill_no_significant", said)] == expected


def test_what_is_said_again_is_marked() -> None:
    """The fullest record of an interval stands for itself, the headline and the bullet are marked as said again."""
    text = f"Osmun drills 18.5 m of 2.1 g/t gold\n\n- AX-24-001: 18.5 m @ 2.1 g/t Au from 12 m\n\n{INTERCEPTS}"
    shapes = of("drill_intercept", text)
    assert [(shape["source"], shape["interval"]) for shape in shapes if shape.get("restated")] == [
        ("headline", 18.5), ("bullet", 18.5),
    ]  # fmt: skip
    assert len([shape for shape in shapes if not shape.get("restated")]) == 4


def test_one_hole_has_one_name() -> None:
    """Zeros in front do not make another hole; the tables have the name, the text keeps what it printed."""
    first, *_ = of("drill_intercept", f"AX-24-01 hit 18.5 m at 2.1 g/t gold from 12 m.\n\n{INTERCEPTS}")
    assert (first["hole"], first["hole_as_printed"], first["restated"]) == ("AX-24-001", "AX-24-01", True)


def test_names_in_the_middle_of_their_rows() -> None:
    """Where each stretch of falling depths has one name, the name is that of the whole stretch."""
    rows = "\t39\t43\t4\t0.15\nAX-1\t51\t55\t4\t2.66\n\t74\t75\t1\t0.24\n\t12\t13\t1\t4.40\nAX-2\t27\t29\t2\t4.10\n"
    text = f"Table 1: Results\n\nHole ID\tFrom (m)\tTo (m)\tInterval (m)\tAu (g/t)\n{rows}"
    assert [name for name, *_ in intervals(text)] == ["AX-1"] * 3 + ["AX-2"] * 2


def test_a_share_of_the_rare_earths_is_no_grade() -> None:
    """Magnet oxides in percent beside a total in ppm are a share; beside a total in percent the figures tell."""
    head = "Hole\tFrom (m)\tTo (m)\tLength (m)\t{}\nAU-1\t0\t14\t14\t{}\nAU-2\t3\t8\t5\t{}\n"
    share, *_ = of("drill_intercept", head.format("TREO ppm\tMREO %", "3420\t27.0", "1640\t22.4"))
    assert [g["analyte"] for g in share["grades"]] == ["TREO"]  # type: ignore[index,union-attr]
    assert [g["analyte"] for g in share["shares"]] == ["MREO"]  # type: ignore[index,union-attr]
    grade, *_ = of("drill_intercept", head.format("TREO %\tMREO %", "3.42\t0.92", "1.64\t0.41"))
    assert [g["analyte"] for g in grade["grades"]] == ["TREO", "MREO"]  # type: ignore[index,union-attr]


def test_heads_that_are_keys() -> None:
    """Keys of data name analytes in small letters."""
    text = (
        "hole_id\tfrom_m\tto_m\tlength_m\tcu_pct\tau_gpt\nAX-1\t18.0\t66.5\t48.5\t0.91\t0.44\nAX-2\t1\t2\t1\t0.2\t0.1\n"
    )
    first, _ = of("drill_intercept", text)
    assert [(g["analyte"], g["unit"]) for g in first["grades"]] == [("Cu", "%"), ("Au", "g/t")]  # type: ignore[index,union-attr]


def test_counts_of_holes_that_are_no_programme() -> None:
    """Holes that have results or wait for them are counted, but are no programme of their own."""
    assert of("drill_program", "Assays are pending for a further 12 holes drilled at the mine.") == []
    assert [s["holes"] for s in of("drill_program", "Twenty-six rotary holes were drilled in 1987.")] == [26]
    said = "12,480 m of drilling were completed at Lake Ash (212 holes)."
    assert [(s["holes"], s["metres"]) for s in of("drill_program", said)] == [(212, 12480)]
    said = "Ash Pond 10 holes for 2,210 metres, Elm Creek 4 holes for 964 metres were drilled."
    assert [(s["holes"], s["metres"]) for s in of("drill_program", said)] == [(10, 2210), (4, 964)]


def test_trenches_in_a_table_are_no_holes() -> None:
    """A table of trenches gives samples from the surface."""
    text = (
        "Trench\tFrom (m)\tTo (m)\tLength (m)\tLi2O (%)\nTR-03\t22.0\t40.2\t18.2\t1.46\nTR-05\t11.4\t17.0\t5.6\t0.93\n"
    )
    assert of("drill_intercept", text) == []
    assert [shape["interval"] for shape in of("surface_sample", text)] == [18.2, 5.6]
