"""Forms of statements and production tables that no single release owns: each an invented table with what it says."""

import pytest

from orebook.ground.fact import Words
from orebook.reading.read import read_text


def told(text: str, *about: str, name: str = "note.txt") -> list[tuple[str, ...]]:
    """Measure, figure and some keys of every figure of production and money."""
    return [
        (fact.measure.partition(".")[2], str(fact.figure), *(fact.about.get(key, "") for key in about))
        for record in read_text(name, text).records
        if record.kind in ("production", "financial")
        for fact in record.facts
        if not isinstance(fact.figure, Words)
    ]


def test_strokes_only_between_cells() -> None:
    """Cells parted by strokes, none at the ends of lines, with a row of one name and empty cells."""
    text = (
        "Tern Gold Limited (ASX: TRN)\n\nQuarterly report for the quarter ended 30 June 2025\n\n"
        "Operation | Units | Mar-25 Qtr | Jun-25 Qtr\n"
        "Sandpiper | | |\nOre milled | kt | 301 | 312\nGold produced | oz | 19,479 | 20,875\n"
    )
    assert ("metal_produced", "20,875 oz", "Sandpiper", "2025-Q2") in told(text, "mine", "period")


def test_signs_in_cells_of_their_own() -> None:
    """A statement whose currency signs have cells, below a head that has one cell for each period."""
    text = (
        "# Tern Gold reports its third quarter of 2024\n\n(in thousands of Canadian dollars)\n\n"
        "|   | Three months ended September 30, |   | Nine months ended September 30, |   |\n"
        "|   | 2024 | 2023 | 2024 | 2023 |\n|---|---|---|---|---|\n"
        "| Revenue | $ | 41 | $ | 52 | $ | 118 | $ | 166 |\n"
        "| Cost of sales |   | (38) |   | (39) |   | (112) |   | (121) |\n"
        "| Net loss | $ | (10) | $ | (2) | $ | (33) | $ | (1) |\n"
    )
    found = told(text, "period", name="note.md")
    assert ("revenues", "52 CAD thousand", "2023-Q3") in found
    assert ("net_income", "-33 CAD thousand", "2024-9M") in found


GLUED = """Tern Energy Corp. reports its second quarter

                                                    THREE MONTHS          SIX MONTHS
HIGHLIGHTS                                          ENDED JUNE 30         ENDED JUNE 30
($ MILLIONS EXCEPT WHERE INDICATED)                 2025      2024        2025      2024
Revenue                                              338       298         655       571
Gross profit                                         104        81         196       148
Average unit cost of sales (C$/lb, including D&A) 56.40     57.10       57.30     58.00
"""


def test_a_long_label_touches_its_number() -> None:
    """A label that leaves one blank before its number hides neither the column nor the heads over it."""
    found = told(GLUED, "period")
    assert ("revenues", "338 $ million", "2025-Q2") in found and ("revenues", "571 $ million", "2024-H1") in found


GROUPS = """Tern Potash Ltd. reports its first quarter

                                        Three Months Ended March 31
(millions of US dollars, except         Dollars               Tonnes (thousands)        Average per Tonne
as otherwise noted)                  2024   2023  % Change    2024    2023  % Change    2024   2023  % Change
Net sales
  North                               139    188     (26)      548     471       16      254    399     (36)
  Offshore                            212    264     (20)    1,072     962       11      198    274     (28)
                                      351    452     (22)    1,620   1,433       13      217    315     (31)
Cost of goods sold                    156    140      11                                  96     98      (2)
"""


@pytest.mark.parametrize(
    ("measure", "figure", "period"),
    [
        ("revenues", "139 USD million", "2024-Q1"),
        ("metal_sold", "471 kt", "2023-Q1"),
        ("line", "274 USD/t", "2023-Q1"),
        ("cost_of_sales", "140 USD million", "2023-Q1"),
        ("line", "96 USD/t", "2024-Q1"),
    ],
)
def test_groups_of_columns_have_units(measure: str, figure: str, period: str) -> None:
    """Heads over groups that repeat say what is counted: dollars, tonnes, dollars for a tonne."""
    assert (measure, figure, period) in told(GROUPS, "period")


PRODUCTS = """Tern Minerals S.A.

1Q25 PRODUCTION REPORT

April 15, 2025

Sales summary

kt                         1Q25      4Q24    Δ q/q
Pellets                   2,066     2,399   -13.9%
Nickel                      9.8      12.0   -18.3%

Realized prices

US$/t                      1Q25      4Q24    Δ q/q
Pellets                   140.8     143.0    -1.5%
Nickel                   16,106    16,163    -0.4%
"""


def test_captions_say_what_a_unit_in_the_corner_counts() -> None:
    """Under "Sales summary" and "kt" metals and other products are sold, under "Realized prices" they are paid for."""
    found = told(PRODUCTS, "analyte", "product", "period")
    assert ("metal_sold", "2,399 kt", "", "pellets", "2024-Q4") in found
    assert ("metal_sold", "9.8 kt", "Ni", "", "2025-Q1") in found
    assert ("realized_price", "16,106 USD/t", "Ni", "", "2025-Q1") in found


def test_coal_of_two_mines_by_quarters_named_by_months() -> None:
    """A corner with the unit of all rows, rows of one name for the mines, months for quarters."""
    text = (
        "<p>Tern Coal Limited (ASX: TRC)</p><table><tr><th>Thousands of tonnes (100%)</th><th>Sep-24</th>"
        "<th>Jun-24</th><th>Sep-23</th></tr><tr><td colspan=4>Wren Creek</td></tr>"
        "<tr><td>ROM coal production</td><td>3,110</td><td>2,905</td><td>2,860</td></tr>"
        "<tr><td>Saleable coal production</td><td>2,402</td><td>2,298</td><td>2,233</td></tr>"
        "<tr><td colspan=4>Mount Dipper</td></tr>"
        "<tr><td>Coal sales</td><td>1,415</td><td>1,402</td><td>1,310</td></tr></table>"
    )
    found = told(text, "product", "mine", "period", name="note.html")
    assert ("metal_produced", "2,298 kt", "saleable coal", "Wren Creek", "2024-Q2") in found
    assert ("metal_sold", "1,310 kt", "coal", "Mount Dipper", "2023-Q3") in found


def test_money_that_is_no_dollar() -> None:
    """Euros over a table, rand in a column of units, cents of a share."""
    euros = (
        "Tern Metall ASA: Interim report for the second quarter of 2025\n\n"
        "Key figures (EUR million)    Q2 2025   Q2 2024\nSales                          268.4     241.0\n"
        "Earnings per share, EUR         0.29      0.18\n"
    )
    assert {("revenues", "268.4 EUR million"), ("net_income_per_share", "0.29 EUR/share")} <= set(told(euros))
    rand = (
        "Results for the six months ended 31 December 2024\n\n"
        "| | | 6 months ended 31 Dec 2024 | 12 months ended 30 June 2024 |\n|---|---|---|---|\n"
        "| Ore milled | 000t | 2 146 | 4 201 |\n| Capital expenditure | Rm | 1 120 | 2 034 |\n"
        "| Cash cost per 6E ounce | R/oz | 20 115 | 19 760 |\n"
        "| Headline earnings per share | cents | 182 | 287 |\n"
    )
    found = set(told(rand, name="note.md"))
    assert {("capital_expenditures", "1,120 ZAR million"), ("cash_cost", "20,115 ZAR/oz")} <= found
    assert ("ore_milled", "2,146 kt") in found and ("headline_earnings_per_share", "182 ZAR cent/share") in found


def test_names_with_operator_and_interest_beside_them() -> None:
    """Columns that say more about a named row are no part of its name; the caption says what is counted."""
    text = (
        "# Tern Royalties\n\nResults of the three months ended September 30, 2024\n\n**Attributable GEOs by asset**\n\n"
        "| Asset | Operator | Interest | Q3 2024 | Q3 2023 |\n|---|---|---|---|---|\n"
        "| Wren Hill | Ness Gold | 2.5% NSR | 2,987 | 2,210 |\n| Dipper | Lorn Mining | 10% stream | 4,120 | 3,655 |\n"
    )
    assert ("metal_produced", "2,210 oz", "AuEq", "Wren Hill", "2023-Q3") in told(
        text, "analyte", "mine", "period", name="note.md"
    )


@pytest.mark.parametrize(
    ("sentence", "figure", "period"),
    [
        ("FY25 gold production was 218,760 ounces.", "218,760 oz", "2024-07-01/2025-06-30"),
        ("Gold production in Q3 FY25 was 54,087 ounces.", "54,087 oz", "2025-Q1"),
        ("Gold production in H1 FY25 was 102,300 ounces.", "102,300 oz", "2024-H2"),
    ],
)
def test_fiscal_periods_in_sentences(sentence: str, figure: str, period: str) -> None:
    """Where the year ends in June, "Q3 FY25" is the first quarter of 2025."""
    text = f"Tern Gold Limited (ASX: TRN)\n\nJune 2025 quarterly report\n\n24 July 2025\n\n{sentence}\n"
    assert ("metal_produced", figure, period) in told(text, "period")


def test_lines_that_are_statements_of_their_own() -> None:
    """Highlights without bullets stay apart, so that the period of one is not that of the next."""
    text = (
        "Tern Gold Limited (ASX: TRN) reports its activities for the quarter ended 30 June 2025.\n\n"
        "Gold production of 58,412oz in the June 2025 quarter, a record for the company since it began\n"
        "Gold sales of 57,930oz in the June 2025 quarter at an average realised price of A$4,615/oz\n"
        "FY26 guidance of 225,000-245,000oz of gold at an AISC of A$2,200-2,400/oz for the two mines\n"
        "Gold sales in the March 2025 quarter of 51,000oz\nCapital expenditure of A$21.4M in the June 2025 quarter\n"
    )
    found = told(text, "period")
    assert ("metal_sold", "57,930 oz", "2025-Q2") in found and ("metal_sold", "51,000 oz", "2025-Q1") in found


STUDY = """Tern Copper announces a preliminary economic assessment of its Dipper project

Annual production will average 61 million pounds of copper and 38,000 ounces of gold in the first five years, and 52
million pounds of copper and 31,000 ounces of gold over the life of mine. Life-of-mine head grades are 0.58% copper and
0.34 g/t gold, with recoveries of 91% and 66%, respectively. The mill will process 12,500 tonnes per day. Closure costs
are C$46 million. The ratio of NPV to initial capital is 1.3.
"""


def test_a_study_in_sentences() -> None:
    """Lists of metals by year, grades and recoveries one after the other, closure, a ratio."""
    found = [
        (fact.measure, str(fact.figure), fact.about.get("analyte", ""), fact.about.get("scope", ""))
        for record in read_text("note.txt", STUDY).records
        if record.kind == "economics"
        for fact in record.facts
        if not isinstance(fact.figure, Words)
    ]
    assert ("plan.average_production", "38,000 oz/year", "Au", "the first five years") in found
    assert ("plan.average_production", "52 Mlb/year", "Cu", "the life of mine") in found
    assert ("milling.recovery", "66 %", "Au", "") in found and ("milling.head_grade", "0.58 %", "Cu", "") in found
    assert ("plan.mining_rate", "12,500 t/d", "", "") in found
    assert ("economics.closure_cost", "46 CAD million", "", "") in found
    assert ("economics.npv_to_capital", "1.3 1", "", "") in found


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("For 2025 we expect 710-780,000 ounces of gold.", ("metal_produced", "710,000 oz", "")),
        ("Wren Creek, in Norland, mined 27,400 tonnes of ore.", ("ore_mined", "27,400 t", "Wren Creek")),
        ("At Wren Creek 214,000 tonnes milled gave 61,300 ounces.", ("ore_milled", "214,000 t", "Wren Creek")),
        ("Mill recoveries at Wren Creek were 95% for gold and 71% for silver.", ("recovery", "71 %", "Wren Creek")),
        ("Copper sales volumes fell 12% in the quarter.", ("change", "-12 %", "")),
        ("Earnings fell on a 13% sales volume decline.", ("change", "-13 %", "")),
        ("Wren Creek sold 2,412 tonnes of payable nickel.", ("metal_sold", "2,412 t", "Wren Creek")),
        ("Wren Creek sold 5.2 million payable pounds of copper.", ("metal_sold", "5.2 Mlb", "Wren Creek")),
    ],
)
def test_production_in_sentences(sentence: str, wanted: tuple[str, ...]) -> None:
    """Ranges short for thousands, places beside mines, lists of recoveries, changes in per cent."""
    text = (
        "Tern Gold reports its fourth quarter of 2024\n\nToronto, January 16, 2025. Tern Gold Inc. (TSX: TRN) has "
        f"mines. In October Wren Creek produced 61,300 ounces. Ore from Wren Creek was rich.\n\n{sentence}\n"
    )
    assert wanted in told(text, "mine")


def test_saleable_coal_in_sentences() -> None:
    """Products that are no metal are told apart in prose as in tables."""
    text = (
        "Tern Coal Limited reports its September 2024 quarter\n\n17 October 2024\n\nTern Coal Limited (ASX: TRC) "
        "produced 4.9Mt of ROM coal and 3.8Mt of saleable coal in the September 2024 quarter.\n"
    )
    found = told(text, "product")
    assert ("metal_produced", "4.9 Mt", "ROM coal") in found and ("metal_produced", "3.8 Mt", "saleable coal") in found


NEWS = "Tern Resources Swings to {} Loss\n\nFeb 14, 2025\n\nTern Resources reported Friday {}\n"


@pytest.mark.parametrize(
    ("title", "said", "wanted"),
    [
        (
            "Fiscal Q2",
            "a diluted loss per share of AU$0.0382 in its fiscal second quarter. Revenue in the three months ended "
            "Dec. 31, 2024, came to AU$207.6 million.",
            ("net_income_per_share", "-0.0382 AUD/share", "2024-Q4"),
        ),
        ("1H25", "a profit. Revenue of $300 million was a record.", ("revenues", "300 $ million", "2024-H2")),
        ("Q4", "that production plunged 23% to 51,000 tonnes in 2024.", ("metal_produced", "51,000 t", "2024")),
        ("Q4", "all-in sustaining costs of US$998-1,063 an ounce in 2024.", ("aisc", "998 USD/oz", "2024")),
        (
            "Q4",
            "that it ended the year with $318 million in cash. Net income for 2024 rose.",
            ("cash", "318 $ million", ""),
        ),
    ],
)
def test_results_in_short_news(title: str, said: str, wanted: tuple[str, ...]) -> None:
    """Fiscal quarters by the months beside them, halves that had not ended, prices an ounce, verbs of newspapers."""
    assert wanted in told(NEWS.format(title, said), "period")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "The company repurchased 1.8 million shares for $47 million.",
            ("share_repurchases", "47 $ million", "2024-Q1"),
        ),
        (
            "It bought back 1.8 million shares at an average price of $26.10 per share.",
            ("repurchase_price", "26.10 $/share", ""),
        ),
        (
            "It may buy back up to 14,600,000 shares under the bid.",
            ("buyback_limit_shares", "up to 14,600,000 share", ""),
        ),
    ],
)
def test_own_shares(sentence: str, wanted: tuple[str, ...]) -> None:
    """Shares bought back, what was paid for them, and how many more may be."""
    text = f"Tern Gold reports its first quarter of 2024\n\nMay 8, 2024\n\nIn the first quarter of 2024 {sentence}\n"
    found = told(text, "period")
    assert wanted in found or (*wanted[:2], "2024-Q1") in found


def test_output_of_a_country_is_of_no_mine() -> None:
    """What a country made is not what the mine made that the document speaks of most."""
    text = (
        "Norland output falls\n\nThe Wren Hill mine is shut. The Wren Hill mine is big.\n\n"
        "The country's industrial gold production plunged 23% to 51 tonnes in 2024.\n"
    )
    assert ("metal_produced", "51 t", "") in told(text, "mine")


def test_a_quarterly_report_names_its_quarter_by_month() -> None:
    """ "MARCH 2025 QUARTERLY REPORT" and "Quarterly Report - March 2025" are of the first quarter."""
    for title in ("MARCH 2025 QUARTERLY REPORT", "Quarterly Report – March 2025"):
        text = f"{title}\n\n30 April 2025\n\nExploration expenditure was $486,000.\n"
        assert ("exploration_expense", "486,000 $", "2025-Q1") in told(text, "period")


def test_what_an_option_asks_is_no_cash_of_the_company() -> None:
    """Cash commitments of an option and counted mines are neither a balance nor a mine."""
    text = (
        "Tern optioned Dipper\n\nNess may acquire 80% of Dipper for cash commitments of $3,345,000.\n\n"
        "In the camp 108 underground mines produced 600 million ounces of silver.\n"
    )
    found = told(text, "mine")
    assert not [one for one in found if one[0] == "cash"] and not [one for one in found if one[2] == "108"]
