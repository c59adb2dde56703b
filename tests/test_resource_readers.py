"""What the readers of resources and reserves make of tables, sentences and streams of other people's making."""

import pytest

from orebook.ground.fact import Record
from orebook.reading.read import read_bytes

HEAD = """\
Fernside Metals Reports Resources at Otter Ridge

Perth, Western Australia - March 3, 2022 - Fernside Metals Ltd. (TSXV: FSM) reports on the Otter Ridge gold project.

"""
STREAM = "Mineral Resources Statement Lagoon Gold Limited ABN 00 000 000 000 as at 30 June 2022 "

Row = tuple[str, str, str]
"""Deposit, category, figures."""


def estimates(text: str, name: str = "note.md") -> list[Record]:
    """The resources and reserves of a note."""
    return [one for one in read_bytes(name, text.encode()).records if one.kind in ("resource", "reserve")]


def row(record: Record) -> Row:
    """A record in short: deposit, category, figures with their metals."""
    figures = [f"{fact.figure} {fact.about.get('analyte', '')}".strip() for fact in record.facts]
    return record.about.get("deposit", ""), record.about.get("category", ""), "; ".join(figures)


def rows(text: str, name: str = "note.md") -> list[Row]:
    """All rows of a note in short."""
    return [row(record) for record in estimates(text, name)]


def test_units_in_a_row_of_their_own() -> None:
    """A row of nothing but units belongs to the head; a category in the name of a row leaves the name."""
    text = (
        HEAD + "Mineral Reserves\n\n\tTonnes\tCu\tAu\tContained Cu\tContained Au\n"
        "\t(000's)\t(%)\t(g/t)\t(000 lb)\t(000 oz)\n"
        "Proven\t8,200\t0.312\t0.115\t56,402\t30\nProbable\t1,750\t0.287\t0.098\t11,073\t6\n"
        "Low grade pile (Proven)\t900\t0.201\t0.081\t3,988\t2\nP + P\t10,850\t0.299\t0.109\t71,463\t38\n"
    )
    assert rows(text, "note.txt") == [
        ("Otter Ridge", "Proved", "8,200 kt; 0.312 % Cu; 0.115 g/t Au; 56,402 klb Cu; 30 koz Au"),
        ("Otter Ridge", "Probable", "1,750 kt; 0.287 % Cu; 0.098 g/t Au; 11,073 klb Cu; 6 koz Au"),
        ("Low grade pile", "Proved", "900 kt; 0.201 % Cu; 0.081 g/t Au; 3,988 klb Cu; 2 koz Au"),
        ("Otter Ridge", "Proved and Probable", "10,850 kt; 0.299 % Cu; 0.109 g/t Au; 71,463 klb Cu; 38 koz Au"),
    ]


def test_categories_over_their_zones() -> None:
    """A category alone in its row rules the zones below it, up to the next; its total is no zone."""
    text = HEAD + (
        "| Category / Zone | Tonnes (kt) | Zn (%) | Zn (Mlb) |\n|---|---|---|---|\n"
        "| Indicated | | | |\n| Upper | 1,200 | 6.10 | 161 |\n| Lower | 800 | 5.20 | 92 |\n"
        "| Total Indicated | 2,000 | 5.74 | 253 |\n| Inferred | | | |\n| Upper | 600 | 5.00 | 66 |\n"
    )
    assert [one[:2] for one in rows(text)] == [
        ("Upper", "Indicated"),
        ("Lower", "Indicated"),
        ("Total", "Indicated"),
        ("Upper", "Inferred"),
    ]


def test_deposits_over_their_categories() -> None:
    """A deposit alone in its row rules the categories below it; the part of the totals is no deposit."""
    text = HEAD + (
        "| | Tonnes | Grade (g/t Au) | Contained gold (oz) |\n|---|---|---|---|\n"
        "| Open pit | | | |\n| Measured | 1,000,000 | 1.50 | 48,200 |\n| Indicated | 2,000,000 | 1.20 | 77,200 |\n"
        "| M + I | 3,000,000 | 1.30 | 125,400 |\n| Underground | | | |\n| Indicated | 400,000 | 4.00 | 51,400 |\n"
        "| Total | | | |\n| M + I | 3,400,000 | 1.62 | 176,800 |\n"
    )
    assert [one[:2] for one in rows(text)] == [
        ("Open pit", "Measured"),
        ("Open pit", "Indicated"),
        ("Open pit", "Measured and Indicated"),
        ("Underground", "Indicated"),
        ("Total", "Measured and Indicated"),
    ]


def test_deposits_across_the_columns() -> None:
    """Heads that span tonnes and grades of one deposit each name it."""
    text = HEAD + (
        "Mineral Resources\n\n| | Heron | Heron | Plover | Plover |\n|---|---|---|---|---|\n"
        "| Category | Tonnes (kt) | Au (g/t) | Tonnes (kt) | Au (g/t) |\n"
        "| Indicated | 1,000 | 2.00 | 500 | 1.00 |\n| Inferred | 300 | 1.50 | 800 | 0.90 |\n"
    )
    assert rows(text)[:2] == [
        ("Heron", "Indicated", "1,000 kt; 2.00 g/t Au"),
        ("Plover", "Indicated", "500 kt; 1.00 g/t Au"),
    ]


def test_reserves_and_resources_in_one_table() -> None:
    """A total takes the kind of the rows over it; the caption gives the scale that the heads leave out."""
    text = HEAD + (
        "Mineral Reserves and Mineral Resources (tonnes in thousands, contained metal in thousands of ounces)\n\n"
        "\tTonnes\tGold grade (g/t)\tContained gold\nProven\t12,000\t1.00\t386\nProbable\t8,000\t0.90\t231\n"
        "Total Reserves\t20,000\t0.96\t617\nMeasured\t3,000\t0.80\t77\nInferred\t2,000\t0.60\t39\n"
    )
    found = estimates(text, "note.txt")
    assert [record.kind for record in found] == ["reserve"] * 3 + ["resource"] * 2
    assert row(found[2])[1:] == ("Total", "20,000 kt; 0.96 g/t Au; 617 koz Au")


def test_attributable_columns_stand_apart() -> None:
    """The share of the issuer is not the metal of the deposit."""
    text = HEAD + (
        "Mineral Resources at Dusty Creek\n\n| Category | Tonnes (Mt) | Cu (%) | Contained Cu (kt) | Interest | "
        "Attributable Cu (kt) |\n|---|---|---|---|---|---|\n| Indicated | 40.0 | 0.50 | 200 | 60% | 120 |\n"
    )
    found = estimates(text)
    assert [(row(record)[0], row(record)[2], record.about.get("basis", "")) for record in found] == [
        ("Dusty Creek", "40.0 Mt; 0.50 % Cu; 200 kt Cu", ""),
        ("Dusty Creek", "120 kt Cu", "attributable"),
    ]


def test_cut_offs_are_one_resource_many_times() -> None:
    """Rows by cut-off take their category from the caption; all but the base case are a sensitivity."""
    text = HEAD + (
        "Inferred Mineral Resource at various cut-offs (base case of 0.3% Cu)\n\n"
        "| Cut-off (% Cu) | Tonnes (Mt) | Cu (%) | Cu (Mlb) |\n|---|---|---|---|\n"
        "| 0.2 | 120 | 0.41 | 1,085 |\n| 0.3 | 80 | 0.50 | 882 |\n| 0.4 | 52 | 0.58 | 665 |\n"
    )
    found = estimates(text)
    assert [(r.about["category"], r.about["cutoff"], r.about["context"]) for r in found] == [
        ("Inferred", "0.2 % Cu", "sensitivity"),
        ("Inferred", "0.3 % Cu", "announced"),
        ("Inferred", "0.4 % Cu", "sensitivity"),
    ]


def test_a_table_by_cut_off_whose_head_takes_two_lines() -> None:
    """The word over the criterion says what the column is, and no other word is needed for a table by cut-off."""
    text = HEAD + (
        "Otter Ridge by cut-off\n\n<table><tr><th>Cut-off</th><th>Tonnes</th><th>Gold grade</th><th>Contained</th>"
        "</tr><tr><th>criterion (g/t Au)</th><th>(Mt)</th><th>(g/t)</th><th>gold (koz)</th></tr>"
        "<tr><td>0.4</td><td>4.0</td><td>1.00</td><td>129</td></tr><tr><td>0.6</td><td>2.0</td><td>1.50</td><td>96</td>"
        "</tr><tr><td>0.8</td><td>1.0</td><td>2.00</td><td>64</td></tr></table>\n"
    )
    found = estimates(text, "note.html")
    assert [record.about["cutoff"] for record in found] == ["0.4 g/t Au", "0.6 g/t Au", "0.8 g/t Au"]
    assert {record.about["context"] for record in found} == {"sensitivity"}


def test_data_of_a_page() -> None:
    """The keys of a page's data stand for the heads of its columns."""
    page = (
        'const estimates = [\n  { category: "Measured", mt: 4.2, auGpt: 1.91, contained_oz: 257900 },\n'
        '  { category: "Indicated", mt: 6.2, auGpt: 1.51, contained_oz: 301000 },\n];\n'
        "export default function Page() { return (<h1>Otter Ridge Gold Project</h1>); }\n"
    )
    assert [one[1:] for one in rows(page, "page.tsx")] == [
        ("Measured", "4.2 Mt; 1.91 g/t Au; 257,900 oz Au"),
        ("Indicated", "6.2 Mt; 1.51 g/t Au; 301,000 oz Au"),
    ]


def test_production_is_no_estimate() -> None:
    """Tonnes, grade and ounces of a quarter are not a resource."""
    text = HEAD + (
        "Production of the quarter\n\n| Pit | Tonnes milled (kt) | Grade (g/t Au) | Gold (koz) |\n|---|---|---|---|\n"
        "| North | 1,200 | 1.10 | 39 |\n| South | 800 | 1.20 | 29 |\n"
    )
    assert rows(text) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The resource at Heron Hill is 4.0 Mt @ 1.5 g/t Au for 193 koz (Indicated 3.0 Mt @ 1.6 g/t Au for 154 koz; "
            "Inferred 1.0 Mt @ 1.2 g/t Au for 39 koz).",
            [("Heron Hill", "", "4.0 Mt"), ("Heron Hill", "Indicated", "3.0 Mt"), ("Heron Hill", "Inferred", "1.0 Mt")],
        ),
        (
            "Reserves at the Plover underground stand at 2.2Mt @ 4.1g/t for 290koz, within a resource of 5.0Mt @ "
            "4.6g/t for 739koz.",
            [("Plover", "", "2.2 Mt"), ("Plover", "", "5.0 Mt")],
        ),
        (
            "The Heron Hill deposit was drilled in 2019. Its Inferred resource is 2.4 Mt at 2.0 g/t Au for 154 koz.",
            [("Heron Hill", "Inferred", "2.4 Mt")],
        ),
        ("A historical estimate of 1987 gives 640,000 tons at 0.21 oz/ton gold.", [("Otter Ridge", "", "640,000")]),
        (
            "Work lifted the Indicated Mineral Resource to 74.5Mt at 1.6 g/t Au, from 61.0Mt at 1.7 g/t Au.",
            [("Otter Ridge", "Indicated", "74.5 Mt"), ("Otter Ridge", "Indicated", "61.0 Mt")],
        ),
        ("Ore reserves have grown by 15 per cent from 24.0 Mt.", [("Otter Ridge", "", "24.0 Mt")]),
        (
            "Inferred ounces fell by 12% from 410,000 to 361,000.",
            [("Otter Ridge", "Inferred", "410,000 oz Au"), ("Otter Ridge", "Inferred", "361,000 oz Au")],
        ),
        ("The maiden 1.45-million-ounce gold resource dates from May.", [("Otter Ridge", "", "1.45 million oz Au")]),
        (
            "The Inferred Resource is 2.2 million tonnes LCE at 410 mg/L Li.",
            [("Otter Ridge", "Inferred", "2.2 Mt LCE; 410 mg/L Li")],
        ),
        (
            "The Indicated Resource totals 310,000 tonnes of contained TREO.",
            [("Otter Ridge", "Indicated", "310,000 t TREO")],
        ),
        ("The target of 5 to 8 Mt at 1.0 to 1.5 g/t Au is conceptual and no Mineral Resource.", []),
        ("The plant treated 1.2 Mt at 1.4 g/t Au and sold 52,000 ounces.", []),
        ("About 72% of the resource is Indicated.", []),
        ("Heron Hill is a 1.45-million-ounce gold project in the far north.", [("Heron Hill", "", "1.45 million oz")]),
        ("A 1.45-million-ounce gold project, much like Heron Hill.", []),
    ],
)  # fmt: skip
def test_sentences(sentence: str, expected: list[Row]) -> None:
    """Estimates of a sentence have its deposit, its category and its metal."""
    found = rows(HEAD + sentence + "\n", "note.txt")
    assert [(deposit, category) for deposit, category, _ in found] == [one[:2] for one in expected]
    assert all(figures.startswith(one[2]) for (_, _, figures), one in zip(found, expected, strict=True))


def test_reserve_beside_its_resource() -> None:
    """The word before an estimate rules it, and the metal is the only one of the release."""
    text = HEAD + "Reserves at the Plover underground stand at 2.2Mt @ 4.1g/t, within a resource of 5.0Mt @ 4.6g/t.\n"
    found = estimates(text, "note.txt")
    assert [record.kind for record in found] == ["reserve", "resource"]
    assert {fact.about["analyte"] for record in found for fact in record.all("resources.grade")} == {"Au"}


def test_what_a_mine_plan_holds() -> None:
    """The inventory of a schedule is no total of the resource: its basis says so."""
    (record,) = estimates(
        HEAD + "The life of mine schedule has a total mineral inventory of 1.8 Mt at 2.4 g/t Au.\n", "note.txt"
    )
    assert record.about["basis"] == "production target"


def test_old_figures_are_previously_reported() -> None:
    """What an estimate rose or fell from is no news."""
    text = HEAD + "The Indicated Resource rose to 74.5Mt at 1.6 g/t Au, from 61.0Mt at 1.7 g/t Au.\n"
    assert [one.about["context"] for one in estimates(text, "note.txt")] == ["announced", "previously reported"]


def test_vanished_groups() -> None:
    """Totals along the row and down the columns tell in which groups the figures of a short row stand."""
    text = STREAM + (
        "Table 1: Mineral Resources Measured & Indicated Inferred Total Project Mt g/t koz Mt g/t koz Mt g/t koz Alder "
        "4.10 1.50 198 2.00 1.20 77 6.10 1.40 275 Birch 1.00 2.00 64 1.00 2.00 64 Cedar 3.00 1.00 96 3.00 1.00 96 "
        "Total 5.10 1.60 262 5.00 1.08 173 10.10 1.34 435 Figures are rounded."
    )
    found = rows(text, "note.txt")
    assert [one for one in found if one[0] in ("Birch", "Cedar")] == [
        ("Birch", "Measured and Indicated", "1.00 Mt; 2.00 g/t Au; 64 koz Au"),
        ("Birch", "Total", "1.00 Mt; 2.00 g/t Au; 64 koz Au"),
        ("Cedar", "Inferred", "3.00 Mt; 1.00 g/t Au; 96 koz Au"),
        ("Cedar", "Total", "3.00 Mt; 1.00 g/t Au; 96 koz Au"),
    ]
    assert len(found) == 10


@pytest.mark.parametrize(
    "stream",
    [
        "Measured Indicated Inferred Deposit Mt g/t koz Mt g/t koz Mt g/t koz Alder 4.10 1.50 198 2.00 1.20 77 1.00 "
        "1.00 32 Birch 1.00 2.00 64 Notes follow here.",
        "Measured Indicated Total Deposit Mt g/t koz Mt g/t koz Mt g/t koz Alder 1.00 2.00 64 1.00 2.00 64 Birch 1.00 "
        "2.00 64 1.00 2.00 64 Total 1.00 2.00 64 1.00 2.00 64 2.00 2.00 128 Notes follow here.",
    ],
)
def test_groups_that_cannot_be_told_stay_unread(stream: str) -> None:
    """Without totals, or where they leave two ways, a short row is not read."""
    assert [one for one in rows(f"{STREAM}Table 1: Mineral Resources {stream}", "note.txt") if one[0] == "Birch"] == []


def test_a_dash_keeps_its_place() -> None:
    """Dashes for an empty group need no totals."""
    text = STREAM + (
        "Table 1: Ore Reserves Proved Probable Total Deposit Tonnes Grade Ounces Tonnes Grade Ounces Tonnes Grade "
        "Ounces (kt) (g/t) (koz) (kt) (g/t) (koz) (kt) (g/t) (koz) Alder 400 2.0 26 600 1.5 29 1,000 1.7 55 Birch - - "
        "- 200 1.0 6 200 1.0 6 Total 400 2.0 26 800 1.4 35 1,200 1.6 61 Notes follow here."
    )
    found = [one for one in rows(text, "note.txt") if one[0] == "Birch"]
    assert [one[1] for one in found] == ["Probable", "Total"]
