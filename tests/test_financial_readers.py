"""Readers of production, finance, resources and economics: what they find in releases of our own invention."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from orebook.ground.fact import Record
from orebook.reading.read import read_text
from orebook.reading.records import as_key
from scoring.statements import Score, scores

RESULTS = """# Larchmont Metals Reports Third Quarter Results

TORONTO, Nov. 9, 2021 - **Larchmont Metals Corp. (TSX: LAR)** reports results for the three and nine months ended \
September 30, 2021.

| in thousands of CDN$ except per share amounts | Three Months Ended Sept 30 | | Nine Months Ended Sept 30 | |
| --- | --- | --- | --- | --- |
| | 2021 | 2020 | 2021 | 2020 |
| Revenues | $41,207 | $38,115 | $120,440 | $101,992 |
| Net income (loss) | ($1,204) | $2,310 | $5,118 | – |
| Net income (loss) per share | ($0.02) | $0.04 | $0.09 | – |
| Adjusted net income (1) | $2,006 | $2,118 | $6,330 | $4,200 |
| Write-off of sundry items | (310) | – | (310) | – |

## Copper Ridge Mine

| Production (100% - Larchmont owns 60%) | Nine Months Ended Sept 30 | |
| --- | --- | --- |
| | 2021 | 2020 |
| Ore milled (tonnes) | 2,340,118 | 2,204,077 |
| Ore milled per calendar day (tonnes) | 8,572 | 8,044 |
| Grade % - copper | 0.412 | 0.401 |
| Copper (lbs) | 18,440,210 | 17,002,911 |
"""


@cache
def real_scores(shared: Path) -> dict[str, Score]:
    """The scores over all documents with a key, read once."""
    return scores(shared / "releases" / "dev")


def read(text: str, *kinds: str) -> list[Record]:
    """The records of some kinds in a text."""
    return [record for record in read_text("note.md", text).records if record.kind in kinds]


def said(records: list[Record]) -> list[tuple[str, str, str]]:
    """Measure, figure and period of every fact."""
    return [(f.measure, str(f.figure), f.about.get("period", "")) for record in records for f in record.facts]


def test_a_statement_keeps_currency_scale_and_the_period_of_each_column() -> None:
    """Thousands of Canadian dollars come from the corner, periods from both header rows, nil is left out."""
    found = said(read(RESULTS, "financial"))
    assert ("finance.revenues", "41,207 CAD thousand", "2021-Q3") in found
    assert ("finance.revenues", "101,992 CAD thousand", "2020-9M") in found
    assert ("finance.net_income", "-1,204 CAD thousand", "2021-Q3") in found
    assert ("finance.net_income_per_share", "-0.02 CAD/share", "2021-Q3") in found
    assert not [one for one in found if one[0] == "finance.net_income" and one[2] == "2020-9M"]


def test_a_line_that_the_vocabulary_does_not_know_keeps_its_label() -> None:
    """An unknown line of a money table is a line, and adjusted income stands beside the standards."""
    records = read(RESULTS, "financial")
    line = next(record for record in records if record.facts[0].measure == "finance.line")
    assert (line.about["label"], str(line.facts[0].figure)) == ("Write-off of sundry items", "-310 CAD thousand")
    adjusted = next(r for r in records if r.facts[0].measure == "finance.adjusted_net_income")
    assert adjusted.about["basis"] == "non-IFRS" and as_key(adjusted)["non_gaap"] is True


def test_production_belongs_to_the_mine_of_its_section_on_the_basis_of_its_head() -> None:
    """Tonnes a day come from the words, the basis and the share of the owner from the corner."""
    records = read(RESULTS, "production")
    assert {record.about["mine"] for record in records} == {"Copper Ridge"}
    assert {record.about["basis"] for record in records} == {"100%"}
    assert ("milling.throughput", "8,572 t/d", "2021-9M") in said(records)
    share = read(RESULTS, "ownership")[0].facts[0]
    assert (share.measure, str(share.figure), share.about["company"]) == (
        "tenure.interest",
        "60 %",
        "Larchmont Metals Corp.",
    )


def test_the_source_of_a_cell_is_its_number() -> None:
    """The quote of a cell is what stands in it, sign and currency with it."""
    cell = next(f for record in read(RESULTS, "financial") for f in record.facts if f.measure == "finance.net_income")
    assert RESULTS[cell.source.start : cell.source.end] == cell.source.quote
    assert cell.source.quote.startswith("($1,204")


MINES = """Second quarter report

(In United States dollars)

The company reports gross profit of $212 million and revenues of $604 million for the three months ended June 30, 2024.

|  | Q2 2024 | Q2 2023 |
| --- | --- | --- |
| Revenues | 604 | 588 |
| Gross profit | 212 | 190 |
| Copper production (tonnes)1 | 41,210 | 40,106 |
| Blue Hill | 30,110 | 29,006 |
| Other sites2 | 11,100 | 11,100 |
| Cash cost (C1) (per lb)3 | $1.71 | $1.66 |

| Copper production guidance (000's tonnes) | 2025 | 2026 |
| --- | --- | --- |
| Blue Hill | 120 - 130 | 125 - 135 |
"""


def test_the_scale_of_a_table_may_be_told_by_the_text_that_repeats_it() -> None:
    """Two amounts of the table stand in the text in millions, so the table is in millions."""
    assert ("finance.gross_profit", "190 USD million", "2023-Q2") in said(read(MINES, "financial"))


def test_rows_below_a_production_row_are_its_mines() -> None:
    """A name without a measure under copper production is a mine with copper production."""
    hill = [r for r in read(MINES, "production") if r.about.get("mine") == "Blue Hill"]
    assert [str(record.facts[0].figure) for record in hill[:2]] == ["30,110 t", "29,006 t"]
    assert hill[0].facts[0].about["analyte"] == "Cu"


def test_guidance_is_two_ends_of_one_record() -> None:
    """A range of guidance keeps its ends apart and says that it is guidance."""
    guided = next(r for r in read(MINES, "production") if r.about["context"] == "guidance")
    assert [(str(f.figure), f.about["bound"]) for f in guided.facts] == [("120 kt", "low"), ("130 kt", "high")]
    assert as_key(guided)["value"] == [120, 130]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Revenues were $41.2 million in the September 2021 quarter compared to $38.1 million in the 2020 quarter.",
            [("finance.revenues", "41.2 CAD million", "2021-Q3"), ("finance.revenues", "38.1 CAD million", "2020-Q3")],
        ),
        (
            "Adjusted net income in the quarter was $2.0 million or $0.03 per share, versus $2.1 million or "
            "$0.04 per share "
            "in the September 2020 quarter.",
            [
                ("finance.adjusted_net_income", "2.0 CAD million", "2021-Q3"),
                ("finance.adjusted_net_income_per_share", "0.03 CAD/share", "2021-Q3"),
                ("finance.adjusted_net_income", "2.1 CAD million", "2020-Q3"),
                ("finance.adjusted_net_income_per_share", "0.04 CAD/share", "2020-Q3"),
            ],
        ),
        (
            "Gains on derivative instruments were $3.3 million in the quarter compared to losses of $1.9 million "
            "in the "
            "2020 quarter.",
            [
                ("finance.derivative_gain", "3.3 CAD million", "2021-Q3"),
                ("finance.derivative_gain", "-1.9 CAD million", "2020-Q3"),
            ],
        ),
        (
            "Cash flow decreased to $6.1 million in the quarter from $7.0 million in the 2020 quarter. The $0.9 "
            "million "
            "decrease follows lower grades.",
            [
                ("finance.cash_flow", "6.1 CAD million", "2021-Q3"),
                ("finance.cash_flow", "7.0 CAD million", "2020-Q3"),
                ("finance.change", "-0.9 CAD million", "2021-Q3"),
            ],
        ),
        (
            "The carrying amount of the loan was written down to nil.",
            [("finance.carrying_amount", "0 CAD", "2021-09-30")],
        ),
        (
            "At September 30, 2021 the Company had $12.4 million in cash and cash equivalents.",
            [("finance.cash", "12.4 CAD million", "2021-09-30")],
        ),
    ],
)
def test_sentences_of_results(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    """Comparisons carry the measure over; losses and decreases are negative; the quarter is that of the release."""
    found = said(read(RESULTS + "\n## Financial review\n\n" + sentence + "\n", "financial"))
    assert found[-len(expected) :] == expected


def test_the_change_of_a_measure_says_of_what() -> None:
    """A change keeps the measure that changed."""
    text = RESULTS + "\n## Review\n\nCapital expenditures were $8.0 million, down $1.5 million from the prior year.\n"
    change = next(f for r in read(text, "financial") for f in r.facts if f.measure == "finance.change")
    assert (change.about["of"], change.number.value) == ("finance.capital_expenditures", Decimal("-1.5"))


def test_cash_that_is_only_paid_is_not_cash_held() -> None:
    """Payments of cash are not a cash balance."""
    assert not read("The option asks for payments of cash and shares totalling US$835,000.", "financial")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Mill throughput averaged 8,610 tonnes per day for the 2021 third quarter.",
            ("milling.throughput", "8,610 t/d", "2021-Q3"),
        ),
        ("Mill feed grade averaged 0.412% copper in October 2021.", ("milling.head_grade", "0.412 %", "2021-10")),
        (
            "Copper production was 6.3 million pounds in the 2021 third quarter.",
            ("milling.metal_produced", "6.3 Mlb", "2021-Q3"),
        ),
        (
            "The plan sees copper production averaging 21.5 million pounds per year from 2022 to 2029.",
            ("plan.average_production", "21.5 Mlb/year", "2022/2029"),
        ),
    ],
)
def test_sentences_of_production(sentence: str, expected: tuple[str, str, str]) -> None:
    """Throughput, feed grade, metal of a period, and the average of a plan."""
    assert expected in said(read(sentence, "production", "economics"))


def test_cumulative_production_is_one_fact_for_each_metal() -> None:
    """A list of metals shares measure and period."""
    text = (
        "From startup in 1999 to December 31, 2012 the aggregate production was approximately 310.0 million "
        "pounds copper, "
        "4.0 million pounds molybdenum and 61,000 ounces gold."
    )
    found = [(f.about["analyte"], str(f.figure), f.about["period"]) for r in read(text, "production") for f in r.facts]
    assert found == [
        ("Cu", "~310.0 Mlb", "1999/2012-12-31"),
        ("Mo", "4.0 Mlb", "1999/2012-12-31"),
        ("Au", "61,000 oz", "1999/2012-12-31"),
    ]


def test_studies_say_value_rate_price_and_ratio() -> None:
    """Net present value with its rate, the price that was assumed, par for one, and the strip ratio."""
    text = (
        "The PEA shows an after-tax NPV(8%) of US$210 million and an IRR of 24.5% with a payback of 2.9 years, "
        "based on "
        "US$4.10 per pound copper from 2026 to 2031 and the US/Cdn exchange rate at par. The strip ratio is "
        "1.8:1 over a "
        "12-year mine life."
    )
    found = {(measure, figure) for measure, figure, _ in said(read(text, "economics", "assumption"))}
    assert found == {
        ("economics.npv", "210 USD million"), ("economics.discount_rate", "8 %"), ("economics.irr", "24.5 %"),
        ("economics.payback", "2.9 year"), ("economics.price", "4.10 USD/lb"), ("economics.exchange_rate", "1 1"),
        ("plan.strip_ratio", "1.8 1"), ("plan.mine_life", "12 year"),
    }  # fmt: skip


def test_machines_stockpiles_and_tests() -> None:
    """Power and diameter of a mill, a stockpile with its grade, a recovery with its days."""
    text = (
        "A 9,000 hp 30 foot diameter SAG mill was ordered. The surface stockpile totals 14,000 tons at 0.080 "
        "ounce per ton. "
        "Metallurgical testwork confirms a gold recovery of 65% after 45 days of cyanide leaching."
    )
    found = {(measure, figure) for measure, figure, _ in said(read(text, "plant", "stockpile", "metallurgy"))}
    assert found == {
        ("plant.power", "9,000 hp"), ("plant.diameter", "30 ft"), ("stockpiles.tonnes", "14,000 ton"),
        ("stockpiles.grade", "0.080 oz/ton"), ("metallurgy.recovery", "65 %"), ("metallurgy.days", "45 d"),
    }  # fmt: skip


def rows(records: list[Record]) -> list[tuple[str, str, list[str]]]:
    """Deposit, category and figures of estimates."""
    return [
        (r.about.get("deposit", ""), r.about.get("category", ""), [str(f.figure) for f in r.facts]) for r in records
    ]


def test_resources_with_categories_over_the_columns() -> None:
    """Each group of columns is a row of the statement."""
    table = """Table 1: Mineral Resource Estimate

| Project | Indicated | | | Inferred | | |
| --- | --- | --- | --- | --- | --- | --- |
| | Tonnes (million) | Au (g/t) | Au (koz) | Tonnes (million) | Au (g/t) | Au (koz) |
| North Fork | 2.1 | 1.40 | 95 | 5.0 | 1.10 | 177 |
"""
    assert rows(read(table, "resource")) == [
        ("North Fork", "Indicated", ["2.1 Mt", "1.40 g/t", "95 koz"]),
        ("North Fork", "Inferred", ["5.0 Mt", "1.10 g/t", "177 koz"]),
    ]


def test_reserves_with_categories_down_the_rows() -> None:
    """Proved and probable rows are reserves, and so is their total."""
    table = """Ore Reserve Statement, Sable Pit

| Category | Tonnes (Mt) | Cu (%) | Contained Cu (kt) |
| --- | --- | --- | --- |
| Proved | 3.0 | 0.60 | 18 |
| Probable | 4.0 | 0.50 | 20 |
| Total | 7.0 | 0.54 | 38 |
"""
    found = read(table, "reserve")
    assert [record.about["category"] for record in found] == ["Proved", "Probable", "Total"]
    assert as_key(found[0])["tonnes"] == 3_000_000


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The estimate comprises 1.2 million tonnes grading 1.10 g/t Au for an indicated resource of 42 koz "
            "Au and 8.0 "
            "million tonnes grading 0.90 g/t Au for an inferred resource of 231 koz Au.",
            [("Indicated", ["1.2 Mt", "1.10 g/t", "42 koz"]), ("Inferred", ["8.0 Mt", "0.90 g/t", "231 koz"])],
        ),
        (
            "Resources include 640koz Au (20.1Mt @ 0.99 g/t Au) in Indicated and 510koz Au (18.0Mt @ 0.88 g/t Au) in "
            "Inferred categories.",
            [("Indicated", ["640 koz", "20.1 Mt", "0.99 g/t"]), ("Inferred", ["510 koz", "18.0 Mt", "0.88 g/t"])],
        ),
        ("The project hosts a 2.3Moz gold Mineral Resource.", [("", ["2.3 Moz"])]),
        ("The hole cut 12.0 m at 1.50 g/t Au next to the resource.", []),
        ("A shipment of 4.5 tons of ore grading 3.1% zinc went to the Reserve Smelting Company.", []),
    ],
)
def test_sentences_of_resources(sentence: str, expected: list[tuple[str, list[str]]]) -> None:
    """Tonnage, grade and metal are one estimate under the category beside them; other tonnes and grades are not."""
    found = [(category, figures) for _, category, figures in rows(read(sentence, "resource", "reserve"))]
    assert found == expected


def test_a_flattened_statement_whose_empty_group_has_vanished() -> None:
    """The totals tell that the second deposit has nothing measured."""
    stream = (
        "Gold Resource Summary of the company as last reported to the exchange, with all figures rounded to "
        "reflect their accuracy. "
        "Measured Indicated Inferred Total Project Tonnes Grade Ounces Tonnes Grade Ounces Tonnes Grade Ounces "
        "Tonnes Grade "
        "Ounces ('000t) (g/t) ('000oz) ('000t) (g/t) ('000oz) ('000t) (g/t) ('000oz) ('000t) (g/t) ('000oz) Old "
        "Camp 100 8.0 "
        "26 900 6.0 174 500 5.0 80 1,500 5.8 280 Red Bluff 3,000 1.5 145 2,000 1.4 90 5,000 1.5 235 TOTAL 100 "
        "8.0 26 3,900 2.5 "
        "319 2,500 2.1 170 6,500 2.5 515 Notes: rounded."
    )
    bluff = [row for row in rows(read(stream, "resource")) if row[0] == "Red Bluff"]
    assert [(category, figures[0]) for _, category, figures in bluff] == [
        ("Indicated", "3,000 kt"),
        ("Inferred", "2,000 kt"),
        ("Total", "5,000 kt"),
    ]


@pytest.mark.parametrize(
    ("kind", "recall", "precision"),
    [
        ("financial", 0.90, 0.95),
        ("production", 0.90, 0.95),
        ("economics", 0.70, 0.90),
        ("resource", 0.70, 0.95),
        ("reserve", 0.60, 0.95),
    ],
)
def test_real_releases_against_their_keys(shared: Path, kind: str, recall: float, precision: float) -> None:
    """What is read of real releases is in their keys, and most of the keys is read."""
    score = real_scores(shared)[kind]
    assert score.recall >= recall
    assert score.precision >= precision
