"""The forms in which releases tell of drilling: prose in every order, words in tables, names in the middle, French."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.checks import check
from orebook.ground.fact import Record
from orebook.reading.drilling.middle_names import Span, owners
from orebook.reading.language.french import english, is_french
from orebook.reading.read import read_text
from orebook.reading.records import as_key
from orebook.reading.text import inline

Told = tuple[str, float | None, float | None, float | None, str]


def told(text: str, name: str = "note.txt") -> list[Told]:
    """Hole, from, to, length and grades of every intercept that a text gives."""
    return [_told(record) for record in read_text(name, text).of("drill_intercept")]


def _told(record: Record) -> Told:
    said = as_key(record)
    grades = said.get("grades", [])
    assert isinstance(grades, list)
    listed = ", ".join(f"{one['value']} {one['unit']} {one['analyte']}" for one in grades if isinstance(one, dict))
    begin, end, size = (said.get(key) for key in ("from", "to", "interval"))
    return str(said.get("hole", "")), _number(begin), _number(end), _number(size), listed


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


FORMS: dict[str, list[Told]] = {
    "RX-04 returned 5.0 m @ 2.96 g/t Au (incl. 2.0 m @ 5.95 g/t Au) from 154 m.": [
        ("RX-04", 154, None, 5, "2.96 g/t Au"),
        ("RX-04", None, None, 2, "5.95 g/t Au"),
    ],
    "5.0 m @ 2.96 g/t Au (incl. 2.0 m @ 5.95 g/t Au) from 154 m (RX-04).": [
        ("RX-04", 154, None, 5, "2.96 g/t Au"),
        ("RX-04", None, None, 2, "5.95 g/t Au"),
    ],
    "Results from 1m samples: 3 m @ 7.1 g/t Au from 20 m in RX-04.": [("RX-04", 20, None, 3, "7.1 g/t Au")],
    "Drilling gave 1.37 grams per tonne of gold (g/t Au) over 81.2 metres in hole RX-04.": [
        ("RX-04", None, None, 81.2, "1.37 g/t Au")
    ],
    "RX-04 cut 8.23 Aug/t over 25.7mand 4 m of 1 g/t Au.": [
        ("RX-04", None, None, 25.7, "8.23 g/t Au"),
        ("RX-04", None, None, 4, "1 g/t Au"),
    ],
    "In RX-04, 107 to 108 m assayed 3.91 g/t Au.": [("RX-04", 107, 108, None, "3.91 g/t Au")],
    "RX-04 gave 9.32 grams per tonne of gold from a 2.7 foot interval.": [("RX-04", None, None, 2.7, "9.32 g/t Au")],
    "Hole RX-04 cut 25 ft of 0.35 opt Au from 410 ft.": [("RX-04", 410, None, 25, "0.35 oz/ton Au")],
    "RX-04: 0.031 oz Au/ton over 112 feet (410-522 ft)": [("RX-04", 410, 522, 112, "0.031 oz/ton Au")],
    "RX-04: 139 g/t AgEq over 22.5 m (51 g/t Ag, 0.9 g/t Au), from 12 m.": [
        ("RX-04", 12, None, 22.5, "139 g/t AgEq, 51 g/t Ag, 0.9 g/t Au")
    ],
    "RX-04 cut 11.0 m grading 0.88 g/t Au at 102.0 m, then 5.0 m grading 2.35 g/t Au at 131.5 m.": [
        ("RX-04", 102, None, 11, "0.88 g/t Au"),
        ("RX-04", 131.5, None, 5, "2.35 g/t Au"),
    ],
    "Hole RX-09, collared 75 m north-east of RX-04, cut 29 m of 2.6 g/t Au.": [("RX-09", None, None, 29, "2.6 g/t Au")],
    "RX-04 and RX-09 hit a vein with 15.4 g/t Au over 0.6 m and 6.1 g/t Au over 0.9 m, respectively.": [
        ("RX-04", None, None, 0.6, "15.4 g/t Au"),
        ("RX-09", None, None, 0.9, "6.1 g/t Au"),
    ],
    "Hole 24-07 is the best. The richest sample of 24-07 was 1.0 m of 30 g/t Au.": [
        ("24-07", None, None, 1, "30 g/t Au")
    ],
    "Brine of well RX-04 averaged 548 mg/L Li over 226 m, from 120 m to 346 m.": [
        ("RX-04", 120, 346, 226, "548 mg/L Li")
    ],
    "RX-04: 22 m @ 61.8% Fe, 4.1% SiO2 and 3.9% LOI from 6 m": [
        ("RX-04", 6, None, 22, "61.8 % Fe, 4.1 % SiO2, 3.9 % LOI")
    ],
    "HRD0114 13.6m @ 5.21 q/t Au fom 214.7m": [("HRD0114", 214.7, None, 13.6, "5.21 g/t Au")],
    "Portable XRF readings of RX-04 gave 14 g/t Au over 3 m.": [],
    "By visual estimates RX-04 holds 2% Cu over 55 m.": [],
}


@pytest.mark.parametrize("text", FORMS)
def test_form_is_read(text: str) -> None:
    """One way of saying an interval gives its hole, depths, length and grades, and no other figure."""
    assert told(text) == FORMS[text]


STATUSES = {
    "Hole RX-04 cut 4 m of 2 g/t Au.": "announced",
    "Historical drilling returned 4 m of 2 g/t Au.": "historical",
    "The previously reported hole RX-04 cut 4 m of 2 g/t Au.": "previously reported",
    "RX-04 cut 4 m of 2 g/t Au (see news release dated May 3, 2020).": "previously reported",
    "The zone lies 70 m down plunge from historic drilling: RX-04 cut 4 m of 2 g/t Au.": "announced",
    "On the neighbouring ground others have 4 m of 2 g/t Au.": "third party",
}


@pytest.mark.parametrize("text", STATUSES)
def test_status_is_carried(text: str) -> None:
    """What was reported before, is historical or another company's is told from what is announced."""
    assert [as_key(record).get("context") for record in read_text("a.txt", text).of("drill_intercept")] == [
        STATUSES[text]
    ]


def test_list_has_the_status_of_its_head() -> None:
    """The words before a list of intervals speak of all of them."""
    text = "Historical drill campaigns gave notable intercepts, including:\n\n- 4 m of 2 g/t Au\n- 7 m of 1 g/t Au\n"
    assert {record.about["context"] for record in read_text("a.md", text).of("drill_intercept")} == {"historical"}


MARKED = """New results:

| Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
|---|---|---|---|---|
| RX-04 | 10 | 14 | 4 | 2.0 |
| RX-01* | 55 | 81 | 26 | 1.9 |

* Previously reported, see news release of May 3, 2020.
"""


def test_mark_at_a_name_leads_to_its_note() -> None:
    """An asterisk at the name of a hole gives its row the status that the note says."""
    found = read_text("a.md", MARKED).of("drill_intercept")
    assert [(record.about["hole"], record.about["context"]) for record in found] == [
        ("RX-04", "announced"),
        ("RX-01", "previously reported"),
    ]


WORDS = """| Zone | Hole | Interval | Result |
|---|---|---|---|
| North | RX-04 | 21.4 m | 9.6% Zn from 3.2 m |
| | RX-05 | 4.5 m | 12.8% Zn and 1.1% Pb beginning at surface |
"""


def test_cells_of_words_are_read_together() -> None:
    """A length in one cell and a grade in words in the next are one interval."""
    assert told(WORDS, "a.md") == [
        ("RX-04", 3.2, None, 21.4, "9.6 % Zn"),
        ("RX-05", 0, None, 4.5, "12.8 % Zn, 1.1 % Pb"),
    ]


def test_gaps_are_said() -> None:
    """What an interval leaves open stands in its record."""
    (record,) = read_text("a.txt", "Drilling gave 4 m of 2 g/t Au from 12 m.").of("drill_intercept")
    assert as_key(record)["missing"] == ["hole", "to"]


CENTRED = (
    "Prospect Hole ID Type Easting Northing RL Azimuth Dip End of Hole (m) From (m) To (m) Interval (m) Au (g/t) "
    "22 24 2 0.34 North RXRC001 RC 580410 6980220 455 90 -60 150 118 122 4 1.22 140 141 1 0.28 "
    "16 20 4 0.41 North RXRC002 RC 580450 6980220 455 90 -60 162 77 78 1 0.66 125 131 6 0.52 "
    "North RXRC003 RC 580490 6980260 456 90 -60 180 NSI"
)


def test_names_in_the_middle_of_a_stream() -> None:
    """Rows before and behind a name that has its collar beside it are its own; a hole without rows is barren."""
    reading = read_text("a.txt", CENTRED)
    assert [(hole, begin) for hole, begin, *_ in told(CENTRED)] == [
        ("RXRC001", 22),
        ("RXRC001", 118),
        ("RXRC001", 140),
        ("RXRC002", 16),
        ("RXRC002", 77),
        ("RXRC002", 125),
    ]
    assert [record.about["hole"] for record in reading.of("drill_collar")] == ["RXRC001", "RXRC002", "RXRC003"]
    assert [record.about["hole"] for record in reading.of("drill_no_significant")] == ["RXRC003"]


def _rows(steps: Sequence[int]) -> list[Span]:
    depths = [sum(steps[: at + 1]) for at in range(len(steps))]
    return [Span(Decimal(depth), Decimal(depth + 1)) for depth in depths]


@given(st.lists(st.lists(st.integers(2, 60), min_size=1, max_size=6), min_size=2, max_size=6))
def test_no_row_gets_the_hole_of_another(holes: list[list[int]]) -> None:
    """Of tables whose names stand in the middle, each row has its own hole or none."""
    segments: list[list[Span]] = [[]]
    truth: list[list[int]] = [[]]
    for hole, steps in enumerate(holes):
        rows = _rows(steps)
        half = len(rows) // 2
        segments[-1] += rows[:half]
        truth[-1] += [hole] * half
        segments.append(rows[half:])
        truth.append([hole] * (len(rows) - half))
    found = owners(segments, [None] * len(holes))
    assert all(
        one is None or one == hole
        for ours, theirs in zip(found, truth, strict=True)
        for one, hole in zip(ours, theirs, strict=True)
    )


@given(st.integers(0, 9_999_999), st.integers(0, 99))
def test_french_numbers_keep_their_value(whole: int, part: int) -> None:
    """Blanks between thousands and a comma before decimals give the same number as commas and a point."""
    said = f"une longueur de {whole:,}".replace(",", " ") + f",{part:02} m"
    assert english(inline(said, 0, len(said))).plain.endswith(f"{whole:,}.{part:02} m")


FRENCH = (
    "Le forage LC-12 a recoupé 12,5 g/t Au sur 3,2 m, de 1 045,0 m à 1 048,2 m, dont 38,4 g/t Au sur 0,8 m. "
    "Les résultats de la campagne sont présentés dans le tableau et sur la carte par la Société avec les plans."
)


def test_french_is_read_and_quoted_in_french() -> None:
    """A sentence of a French release gives the intervals; the quotes are its own words."""
    assert is_french(FRENCH)
    reading = read_text("a.txt", FRENCH)
    assert told(FRENCH) == [
        ("LC-12", 1045, 1048.2, 3.2, "12.5 g/t Au"),
        ("LC-12", None, None, 0.8, "38.4 g/t Au"),
    ]
    assert {"12,5 g/t", "3,2 m", "1 045,0"} <= {fact.source.quote for fact in reading.facts}


def test_words_of_a_french_release_stay_french() -> None:
    """A title and what is said of a hole are told in the words that stand there, not in English."""
    title = "Exploration Vernay inc. recoupe 12,5 m à 1,40 g/t Au à Lac Nordet"
    reading = read_text("a.md", f"# {title}\n\n{FRENCH} Le sondage LC-13 n'a recoupé aucune valeur significative.\n")
    assert [str(fact.figure) for fact in reading.facts if fact.measure == "document.title"] == [title]
    assert [as_key(record)["said"] for record in reading.of("drill_no_significant")] == [
        "n'a recoupé aucune valeur significative"
    ]


EXCHANGED = """| Hole ID | Easting | Northing | RL | Dip | Azimuth | Depth (m) |
|---|---|---|---|---|---|---|
| RX-03 | 512340 | 6871220 | 310 | 135 | -60 | 131.0 |
| RX-04 | 512380 | 6871260 | 312 | 140 | -55 | 120.0 |
"""


def test_exchanged_heads_are_a_warning_and_stay() -> None:
    """Columns whose values speak against their heads are remarked on; the records keep what the heads say."""
    reading = read_text("a.md", EXCHANGED)
    assert "F131" in {finding.code for finding in check(reading)}
    assert [as_key(record)["dip"] for record in reading.of("drill_collar")] == [135, 140]
