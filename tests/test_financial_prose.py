"""Money, production and studies in sentences: every sentence is invented, every test is about one form of words."""

import pytest

from orebook.ground.fact import Fact
from orebook.reading.read import read_text

HEAD = (
    "# Corvane Metals Reports Third Quarter Results\n\nToronto, Ontario - November 8, 2023 - Corvane Metals Corp. (TSX:"
    " CVM) reports results for the three and nine months ended September 30, 2023.\n\n"
)
STUDY = (
    "# Corvane Files a Preliminary Economic Assessment of the Hollin Project\n\nToronto, Ontario - March 4, 2024 -"
    " Corvane Metals Corp. (TSX: CVM) has filed the study of its Hollin project.\n\n"
)


def facts(text: str, table: str, head: str = HEAD) -> list[Fact]:
    """The facts of one table in a release whose body is this text."""
    return [fact for fact in read_text("note.md", head + text).facts if fact.measure.startswith(table)]


def said(text: str, table: str, about: str = "period", head: str = HEAD) -> list[tuple[str, str]]:
    """Each figure with one thing that it is about."""
    return [(str(fact.figure), fact.about.get(about, "")) for fact in facts(text, table, head)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gold production was 8,230 ounces, up from 7,460 ounces a year earlier.",
            [("8,230 oz", "2023-Q3"), ("7,460 oz", "2022-Q3")],
        ),
        (
            "For the first nine months production stood at 26,900 ounces.",
            [("26,900 oz", "2023-9M")],
        ),
        (
            "In the six months ended June 30, 2023 the Tarn mine produced 840 tonnes of tin, against 655 tonnes in the"
            " same months of 2022.",
            [("840 t", "2023-H1"), ("655 t", "2022-H1")],
        ),
        (
            "Gold production was 4,310 oz (June quarter: 4,050 oz; as forecast).",
            [("4,310 oz", "2023-Q3"), ("4,050 oz", "2023-Q2")],
        ),
        (
            "Copper production was 5,210 tonnes in the third quarter and 15,840 tonnes year to date.",
            [("5,210 t", "2023-Q3"), ("15,840 t", "2023-9M")],
        ),
    ],
)
def test_periods_without_a_year_are_those_of_the_release(text: str, expected: list[tuple[str, str]]) -> None:
    """A quarter, a comparison and a stretch of the year take their year from the release and its sentence."""
    assert said(text, "milling.metal_produced") == expected


def test_a_period_in_brackets_is_that_of_the_figure_beside_it() -> None:
    """What stands behind the brackets keeps the period of the sentence."""
    text = "3Q23 production of 31.2koz (our estimate 29.5koz; 2Q23 28.8koz) came at an AISC of A$2,140/oz."
    assert said(text, "finance.aisc") == [("2,140 AUD/oz", "2023-Q3")]


@pytest.mark.parametrize(
    ("text", "mines"),
    [
        ("Production was 12,000 ounces at Ostrand, 8,000 ounces at Fell Ridge.", ["Ostrand", "Fell Ridge"]),
        ("Production at the Ostrand mine was 1,200 ounces and at Marl Hill 700 ounces.", ["Ostrand", "Marl Hill"]),
        ("During 2022 the Norbeck mill produced 6,310 tonnes of nickel.", ["Norbeck"]),
        (
            "Gold production rose to 8,230 ounces as grades improved at the Ostrand mine.\n\nThe Fell Ridge"
            " mine is shut.",
            [""],
        ),
    ],
)
def test_each_figure_has_its_own_mine(text: str, mines: list[str]) -> None:
    """Second subjects, mills, and company totals that have no mine."""
    assert [mine for _, mine in said(text, "milling.metal_produced", "mine")] == mines


def test_tonnes_treated_with_their_grade() -> None:
    """What a mill treated has its grade behind it."""
    text = "During 2022 the Norbeck mill treated 1.84 Mt of ore at 0.44% Ni and produced 6,310 tonnes of nickel."
    assert said(text, "milling.ore_milled") == [("1.84 Mt", "2022")]
    assert said(text, "milling.head_grade", "analyte") == [("0.44 %", "Ni")]


@pytest.mark.parametrize(
    "text",
    [
        "Corvane expects to produce 65,000 to 75,000 ounces of gold in 2024.",
        "Guidance for 2024 is 65,000 to 75,000 ounces of gold.",
        "Production is forecast to be between 65,000 and 75,000 ounces in 2024.",
        "For 2024 Corvane expects 65,000 to 75,000 ounces of gold.",
    ],
)
def test_guidance_is_a_range_with_two_ends(text: str) -> None:
    """Both ends of the guidance are facts, told apart by their bound."""
    found = facts(text, "milling.metal_produced")
    assert [(fact.about["bound"], fact.about["period"], fact.about["context"]) for fact in found] == [
        ("low", "2024", "guidance"),
        ("high", "2024", "guidance"),
    ]


def test_what_was_produced_is_no_plan_although_guidance_is_named() -> None:
    """ "Consistent with its guidance" plans nothing; a stretch of years to come is a plan."""
    text = "Consistent with its guidance, the Ostrand mine produced 4,000 ounces of gold in the quarter."
    assert said(text, "milling.metal_produced", "context") == [("4,000 oz", "announced")]
    text = "The Ostrand mine is planned to yield production of 1.2 million ounces of gold from 2024 to 2033."
    assert said(text, "plan.metal_production") == [("1.2 Moz", "2024/2033")]


def test_amounts_per_share_and_what_they_are_compared_with() -> None:
    """The figure in brackets belongs to the amount before it, small amounts are per share."""
    text = "Net loss was $3.1 million ($0.04 per share) compared to $8.9 million ($0.26 per share) a year earlier."
    assert said(text, "finance.net_income") == [
        ("-3.1 $ million", "2023-Q3"),
        ("-0.04 $/share", "2023-Q3"),
        ("-8.9 $ million", "2022-Q3"),
        ("-0.26 $/share", "2022-Q3"),
    ]
    assert said("Adjusted net earnings of $0.04 were reported.", "finance.") == [("0.04 $/share", "2023-Q3")]


def test_cash_is_held_and_not_paid() -> None:
    """A price in cash is no balance; a balance takes the day that its sentence names."""
    assert not facts("Corvane bought the Tarn property, paying C$2.5 million in cash.", "finance.cash")
    text = "Cash at 30 September of A$143.7 million; debt of A$60.0 million."
    assert said(text, "finance.") == [("143.7 AUD million", "2023-09-30"), ("60.0 AUD million", "2023-09-30")]
    assert said("Cash and bullion rose A$22M to A$118M.", "finance.cash")[-1][0] == "118 AUD million"


def test_net_sales_in_other_currencies() -> None:
    """Net sales are revenue; a same amount in brackets is of another period, that is not said."""
    text = "Net sales for the quarter were EUR 35.4 million (EUR 33.1 million)."
    assert said(text, "finance.revenues") == [("35.4 EUR million", "2023-Q3"), ("33.1 EUR million", "")]


def test_the_value_of_a_project_before_and_after_tax() -> None:
    """The rate may stand between the name and its figure; both figures have their own tax."""
    text = "The net present value at a discount rate of 7.5% is C$88.4 million before tax and C$61.0 million after tax."
    assert said(text, "economics.npv", "tax", STUDY) == [
        ("88.4 CAD million", "pre-tax"),
        ("61.0 CAD million", "after-tax"),
    ]
    assert said(text, "economics.discount_rate", "", STUDY) == [("7.5 %", "")]


def test_capital_with_its_parts() -> None:
    """Contingency and the parts of the capital are measures of their own, not capital again."""
    text = (
        "Initial capital is US$615 million, including contingency of US$80 million.\n\nOf the capital, US$352 million"
    )
    text += " falls to the process plant and US$65 million to infrastructure."
    assert said(text, "economics.initial_capital", "", STUDY) == [("615 USD million", "")]
    assert said(text, "economics.contingency", "", STUDY) == [("80 USD million", "")]
    assert said(text, "economics.capital_part", "part", STUDY) == [
        ("352 USD million", "process plant"),
        ("65 USD million", "infrastructure"),
    ]


def test_costs_of_a_study_are_economics() -> None:
    """Costs and lives in a study are those of a mine to come."""
    text = "The study has production of 20,000 tonnes a year of potash for 25 years at cash costs of $880 per ounce."
    records = read_text("note.md", STUDY + text).records
    kinds = {record.kind for record in records if str(record.facts[0].figure).startswith("880")}
    assert kinds == {"economics"}
    assert said(text, "plan.mine_life", "", STUDY) == [("25 year", "")]


def test_a_title_is_no_person() -> None:
    """A title alone names nobody."""
    assert not facts("General Manager Operations said that output would rise.", "people.")
