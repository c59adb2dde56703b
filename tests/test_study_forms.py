"""Studies in forms of words and tables: all is invented, every test is about one form."""

import pytest

from orebook.ground.fact import Fact
from orebook.reading.layout import piled_units
from orebook.reading.read import read_text
from orebook.reading.release import declared_currency

STUDY = "Corvane announces a scoping study of the Hollin project\n\n"


def facts(body: str, name: str = "note.txt", head: str = STUDY) -> list[Fact]:
    """The facts of a study whose body is this text, without its title."""
    return [fact for fact in read_text(name, head + body).facts if fact.measure != "document.title"]


def said(body: str, name: str = "note.txt") -> list[tuple[str, str]]:
    """Each figure of a study with its measure."""
    return [(fact.measure, str(fact.figure)) for fact in facts(body, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pre-production capital is C$90 million, comprising C$51 million for the mill and C$39 million for roads.",
            [("mill", "51 CAD million"), ("roads", "39 CAD million")],
        ),
        (
            "Capital costs are as follows (US$ M): mine 12, mill 40 and contingency 9.",
            [("mine", "12 USD million"), ("mill", "40 USD million"), ("contingency", "9 USD million")],
        ),
        (
            "Operating costs are US$31 per tonne, made up as follows:\n\n- Mining: US$18/t\n- Milling: US$13/t\n",
            [("Mining", "18 USD/t"), ("Milling", "13 USD/t")],
        ),
        (
            "Mining costs average US$38/t ore, processing costs US$22/t and general and administration US$5/t.",
            [("Mining", "38 USD/t"), ("processing", "22 USD/t"), ("general and administration", "5 USD/t")],
        ),
    ],
)
def test_costs_in_parts(text: str, expected: list[tuple[str, str]]) -> None:
    """The parts of a cost carry their names, whether these stand before the figures, behind them or in bullets."""
    assert [(f.about["part"], str(f.figure)) for f in facts(text) if f.about.get("part")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reclamation is put at US$8 million.", ("economics.closure_cost", "8 USD million")),
        ("Sustaining and deferred capital of US$8 million follows.", ("economics.sustaining_capital", "8 USD million")),
        ("The capital intensity is US$915 per annual ounce.", ("economics.capital_intensity", "915 USD/oz")),
        ("The schedule includes 4.5% dilution.", ("plan.dilution", "4.5 %")),
        ("The plant will treat 410,000 tonnes of ore a year.", ("plan.mining_rate", "410,000 t/year")),
        ("The post-tax NPV is US$81 million at 5% and US$54 million at 10%.", ("economics.npv", "54 USD million")),
        ("Recoveries of 91% for zinc and 78% for lead are used.", ("milling.recovery", "78 %")),
    ],
)
def test_sums_and_shares(text: str, expected: tuple[str, str]) -> None:
    """Figures of a study are told by words that stand some way before them or right behind."""
    assert expected in said(text)


def test_no_parts_outside_a_study() -> None:
    """The same words in another release are not costs of a study."""
    body = "Operating costs are US$31 per tonne milled: mining US$18/t and milling US$13/t."
    read = facts(body, head="Corvane reports results of the third quarter of 2024\n\n")
    assert [fact for fact in read if fact.about.get("part")] == []


def test_plans_and_previous_studies_in_tables() -> None:
    """Rows of what a mine will do are read, the study before beside the new one, and their change is not."""
    table = (
        "| | 2026 study | 2023 study | Change |\n|---|---|---|---|\n| Ore milled (Mt) | 41 | 36 | +14% |\n"
        "| Gold grade (g/t) | 1.31 | 1.40 | -6% |\n| Gold recovery | 91% | 90% | +1% |\n"
        "| AISC (US$/oz) | 990 | 870 | 14% |\n"
    )
    assert [figure for _, figure in said(table, "note.md")] == [
        "41 Mt", "36 Mt", "1.31 g/t", "1.40 g/t", "91 %", "90 %", "990 USD/oz", "870 USD/oz",
    ]  # fmt: skip


def test_values_at_several_discount_rates() -> None:
    """A row of values under discount rates is a value at each of them."""
    table = "| Discount rate | 5% | 8% |\n|---|---|---|\n| After-tax NPV (US$ M) | 431 | 322 |\n"
    assert [figure for measure, figure in said(table, "note.md") if measure == "economics.npv"] == [
        "431 USD million", "322 USD million",
    ]  # fmt: skip


def test_sensitivities_named_below_the_table() -> None:
    """A table of steps says below what it varies."""
    table = "| | -10% | Base | +10% |\n|---|---|---|---|\n| Price | 57 | 75 | 93 |\n| Capital | 78 | 75 | 71 |\n\n"
    read = facts(f"{table}*Sensitivity of after-tax NPV (US$ millions)*\n", "note.md")
    assert [str(fact.figure) for fact in read if fact.measure == "economics.npv"][:3] == [
        "57 USD million", "75 USD million", "93 USD million",
    ]  # fmt: skip


def test_lists_of_one_cell_a_line() -> None:
    """A head of two lines for each case belongs together, and a section is no row of figures."""
    cells = (
        "Metric|Unit|Base|US$90/t|Spot|US$120/t|Output|Life|years|9|9|Mill feed|Mt|4|4|Value|NPV8%|US$M|58|77".split(
            "|"
        )
    )
    found = piled_units.shape(cells)
    assert found is not None
    assert found.head == [[0], [1], [2, 3], [4, 5]]
    assert [len(row) for row in found.rows] == [1, 4, 4, 1, 4]


def test_lists_that_are_none() -> None:
    """Words that could head a list do not make one of prose below them."""
    assert piled_units.shape(["Description", "of the works", "and of the plant", "12"]) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("All dollar amounts in this announcement are Australian dollars.", "AUD"),
        ('Amounts are in US dollars ("$") and in real terms.', "USD"),
        ("Currency is Canadian dollars unless noted.", "CAD"),
        ("Our costs are US$45 million.", "$"),
        ("The dollars of the grant are in US$3 million steps.", "$"),
    ],
)
def test_what_a_dollar_is(words: str, expected: str) -> None:
    """A sentence that says what a dollar is rules the bare ones; an amount does not."""
    assert declared_currency(words) == expected


def test_a_caution_in_front_ends_with_the_next_heading() -> None:
    """Studies of early stages are read behind the caution that rules want first."""
    body = (
        "## Cautionary statement\n\nThe study is of low accuracy.\n\n## Outcomes\n\n"
        + "The pre-tax NPV (10%) is US$64 million. " * 3
        + "\n\n## Next\n\nWork goes on at the site with drilling for water and a survey of the road.\n"
    )
    assert ("economics.npv", "64 USD million") in said(body, "note.md")
