"""Tables of production, money and studies in the shapes that companies print, in releases of our own invention."""

import pytest

from orebook.ground.fact import Record
from orebook.reading.read import read_text


def cells(text: str, *kinds: str) -> list[Record]:
    """The records of some kinds in the tables of a text."""
    records = read_text("note.md", text).records
    return [record for record in records if record.kind in kinds and record.about.get("place") == "table"]


def brief(record: Record) -> tuple[str, str, str, str]:
    """Mine or subject, measure, figure and period of a record."""
    first = record.facts[0]
    who = record.about.get("mine") or record.about.get("subject") or ""
    return (
        who,
        first.measure,
        " - ".join(str(f.figure) for f in record.all(first.measure)),
        record.about.get("period", ""),
    )


PHYSICALS = """# Farrow Hill Quarterly Report

PERTH, 29 January 2025 - Farrow Hill Gold Limited (ASX: FHG) reports the quarter ended 31 December 2024.

| | Units | Dec Qtr 2024 | Sep Qtr 2024 | FY25 YTD |
|---|---|---|---|---|
| **Copper Tarn, Western Australia** | | | | |
| Development | m | 1,210 | 1,330 | 2,540 |
| Ore milled | kt | 455 | 449 | 904 |
| Gold produced | oz | 18,810 | 18,873 | 37,683 |
| AISC | A$/oz | 2,105 | 2,190 | 2,148 |
| **Mallee Deeps** | | | | |
| Ore shipped | kwmt | 122 | 118 | 240 |
| Gold produced | oz | 9,940 | 9,510 | 19,450 |
| **Total gold produced** | oz | 28,750 | 28,383 | 57,133 |
"""


def test_rows_belong_to_the_mine_of_their_section_and_totals_to_the_company() -> None:
    """A row of its own names the mine; a total of two mines is the company's; a unit may have a column."""
    records = cells(PHYSICALS, "production", "financial")
    found = [brief(record) for record in records]
    assert ("Copper Tarn", "milling.metal_produced", "18,810 oz", "2024-Q4") in found
    assert ("Copper Tarn", "finance.aisc", "2,190 AUD/oz", "2024-Q3") in found
    assert ("Mallee Deeps", "milling.metal_sold", "122 kwmt", "2024-Q4") in found
    assert ("Mallee Deeps", "milling.metal_produced", "19,450 oz", "2024-H2") in found
    total = next(record for record in records if str(record.facts[0].figure) == "28,750 oz")
    assert "mine" not in total.about and total.about["company"] == "Farrow Hill Gold Limited"


def test_a_row_that_measures_is_never_money() -> None:
    """Metres and tonnes that the vocabulary does not know are lines of production with their unit."""
    records = cells(PHYSICALS, "production", "financial")
    assert ("Copper Tarn", "milling.line", "1,210 m", "2024-Q4") in [brief(record) for record in records]
    assert not [r for r in records if r.facts[0].measure == "finance.line"]


STATEMENT = """# Tamsin Gold Reports Results

DENVER, Nov. 5, 2024 - Tamsin Gold Corp. (NYSE: TMG) reports results for the three and nine months ended September \
30, 2024. All amounts are in millions of U.S. dollars, except per share, per ounce and per tonne amounts.

| | Three months ended September 30 | | Nine months ended September 30 | |
|---|---|---|---|---|
| | 2024 | 2023 | 2024 | 2023 |
| Revenue | 318.4 | 266.0 | 901.2 | 780.6 |
| Net earnings | 52.1 | 20.2 | 120.9 | 61.5 |
| $ per share - basic | 0.21 | 0.08 | 0.49 | 0.25 |
| Number of employees | 2,114 | 2,098 | 2,114 | 2,098 |
| Total cash costs per gold ounce sold | 1,010 | 985 | 1,002 | 990 |

### ESKER MINE

| | 2024 | 2023 | 2024 | 2023 |
|---|---|---|---|---|
| Tonnes processed (000's) | 1,204 | 1,188 | 3,590 | 3,502 |
| Gold ounces produced | 70,150 | 66,010 | 205,330 | 199,870 |
| Zinc in concentrate produced (t) | 410 | 402 | 1,230 | 1,214 |
"""


def test_a_scale_said_once_rules_amounts_only() -> None:
    """Millions for revenue; dollars for a share and an ounce; a number of people is no money."""
    found = [brief(record)[1:] for record in cells(STATEMENT, "financial")]
    assert ("finance.revenues", "318.4 USD million", "2024-Q3") in found
    assert ("finance.net_income_per_share", "0.25 USD/share", "2023-9M") in found
    assert ("finance.cash_cost", "1,010 USD/oz", "2024-Q3") in found
    assert not [one for one in found if "2,114" in one[1]]


def test_bare_years_that_stand_twice_are_the_periods_of_the_table_before() -> None:
    """The second table leaves out what the first has said; units stand in words among the label."""
    found = [brief(record) for record in cells(STATEMENT, "production")]
    assert ("Esker", "milling.ore_milled", "1,204 kt", "2024-Q3") in found
    assert ("Esker", "milling.metal_produced", "199,870 oz", "2023-9M") in found
    assert ("Esker", "milling.metal_produced", "1,214 t", "2023-9M") in found


GUIDANCE = """# Bexley Copper Announces 2025 Guidance

TORONTO, Jan. 14, 2025 - Bexley Copper Ltd. (TSX: BXC) today gave its guidance.

| 2025 guidance | Copper production (kt) | C1 cash cost (US$/lb) |
|---|---|---|
| Harrow Lake | 30 - 33 | 1.85 - 2.05 |
| Rio Pardo | 17 - 19 | 2.10 - 2.30 |
| Total | 47 - 52 | 1.95 - 2.15 |

| Quarter | Ore milled (kt) | Copper grade (%) |
|---|---|---|
| Q1 2024 | 1,902 | 0.71 |
| Q2 2024 | 1,955 | 0.72 |
"""


def test_measures_may_stand_over_the_columns() -> None:
    """Mines or quarters down the rows: ranges are guidance, a total is the company's."""
    found = [brief(record) for record in cells(GUIDANCE, "production", "financial")]
    assert ("Harrow Lake", "milling.metal_produced", "30 kt - 33 kt", "2025") in found
    assert ("Rio Pardo", "finance.cash_cost", "2.10 USD/lb - 2.30 USD/lb", "2025") in found
    assert ("", "milling.metal_produced", "47 kt - 52 kt", "2025") in found
    assert ("", "milling.head_grade", "0.72 %", "2024-Q2") in found


MONTHS = """# Teal Ridge Quarterly Activities

24 October 2024 - Teal Ridge Zinc Ltd. (ASX: TRZ) reports for the September quarter.

| PRODUCTION | Unit | Sep-24 | Jun-24 | Mar-24 |
|---|---|---|---|---|
| THREE PEAKS | | | | |
| Ore mined | dmt | 101,200 | 98,440 | 95,310 |
| Payable Zn sold | t | 5,310 | 5,205 | 4,998 |
"""


def test_months_three_apart_are_quarters() -> None:
    """A head that is only a month stands for the quarter that ends with it."""
    found = [brief(record) for record in cells(MONTHS, "production")]
    assert ("Three Peaks", "milling.ore_mined", "98,440 dmt", "2024-Q2") in found
    assert ("Three Peaks", "milling.metal_sold", "5,310 t", "2024-Q3") in found


STUDY = """# Orsett Nickel Delivers Positive Feasibility Study

OTTAWA, March 3, 2024 - Orsett Nickel Inc. (TSXV: ORN) announces the feasibility study of its Long Reach project. \
Dollar amounts are Canadian dollars.

| | Pre-tax | After-tax |
|---|---|---|
| NPV at 7% ($ millions) | 1,240 | 802 |
| IRR (%) | 24.1 | 18.4 |

| Parameter | Unit | Value |
|---|---|---|
| Mine life | years | 21 |
| Initial capital | C$ M | 809.3 |
| Operating cost | C$/t milled | 24.35 |
| CAD:USD exchange rate |  | 0.76 |

| Nickel price (US$/lb) | After-tax NPV7% ($ millions) | After-tax IRR (%) |
|---|---|---|
| 7.50 | 490 | 14.2 |
| 9.50 | 1,115 | 22.3 |

Initial capital cost

| Item | C$ millions |
|---|---|
| Process plant | 402.6 |
| Contingency | 92.4 |
| Total initial capital | 809.3 |
"""


@pytest.mark.parametrize(
    ("measure", "figure", "tax", "context"),
    [
        ("economics.npv", "1,240 CAD million", "pre-tax", "study"),
        ("economics.irr", "18.4 %", "after-tax", "study"),
        ("plan.mine_life", "21 year", "", "study"),
        ("economics.operating_cost", "24.35 CAD/t", "", "study"),
        ("economics.exchange_rate", "0.76 1", "", "study"),
        ("economics.price", "7.50 USD/lb", "", "sensitivity"),
        ("economics.npv", "490 CAD million", "after-tax", "sensitivity"),
        ("economics.line", "402.6 CAD million", "", "study"),
        ("economics.initial_capital", "809.3 CAD million", "", "study"),
    ],
)
def test_studies_are_read_with_tax_case_and_unit(measure: str, figure: str, tax: str, context: str) -> None:
    """Value before and after tax, parameters with a unit column, cases of a price, capital in parts."""
    found = [
        (r.facts[0].measure, str(r.facts[0].figure), r.about.get("tax", ""), r.about["context"])
        for r in cells(STUDY, "economics", "assumption")
    ]
    assert (measure, figure, tax, context) in found


def test_a_value_knows_the_rate_in_its_label() -> None:
    """The discount rate of a net present value is a fact of its record."""
    value = next(r for r in cells(STUDY, "economics") if str(r.facts[0].figure) == "802 CAD million")
    assert str(value.facts[1].figure) == "7 %" and value.facts[1].measure == "economics.discount_rate"


def test_cents_are_not_dollars() -> None:
    """A row in cents is one of hundredths of the currency, never of dollars."""
    text = STATEMENT.replace("| $ per share - basic |", "| Basic earnings per share (cents) |")
    found = [r.facts[0].figure for r in cells(text, "financial") if str(r.facts[0].figure).startswith("0.21")]
    assert found and all(figure.unit.endswith(" cent/share") for figure in found)


HEADS = "<tr><th></th><th>Three months ended September 30, 2024</th></tr>"
HERON = "<tr><td>Ore milled (tonnes)</td><td>1,480,300</td></tr><tr><td>Copper produced (lb)</td><td>480,300</td></tr>"
FOX = "<tr><td>Ore milled (tonnes)</td><td>2,480,300</td></tr><tr><td>Copper produced (lb)</td><td>680,300</td></tr>"


@pytest.mark.parametrize("cell", ["td", "th"])
@pytest.mark.parametrize("first", ["below the heads", "above the heads"])
def test_a_name_across_a_page_s_table_is_that_of_the_rows_below(cell: str, first: str) -> None:
    """Names of mines in cells across all columns hold for the rows below, wherever the first stands, however marked."""
    heron, fox = (f"<tr><{cell} colspan=2>{name} mine</{cell}></tr>" for name in ("Heron", "Fox"))
    top = f"{HEADS}{heron}" if first == "below the heads" else f"{heron}{HEADS}"
    page = f"<h1>Lark Metals reports production</h1><table>{top}{HERON}{fox}{FOX}</table>"
    records = read_text("note.html", f"<html><body>{page}</body></html>").records
    found = {
        (record.facts[0].figure.digits, record.about.get("mine")) for record in records if record.kind == "production"
    }
    assert found == {("1480300", "Heron"), ("480300", "Heron"), ("2480300", "Fox"), ("680300", "Fox")}


def test_a_zone_in_the_caption_of_a_page_s_table_is_known() -> None:
    """A caption within a table names the zone of its intervals as one above a table does."""
    table = "<tr><th>Hole</th><th>From (m)</th><th>To (m)</th><th>Au (g/t)</th></tr>" + "".join(
        f"<tr><td>A-{hole}</td><td>10.0</td><td>14.0</td><td>1.2{hole}</td></tr>" for hole in (1, 2)
    )
    page = f"<h1>Lark Metals drills</h1><table><caption>Table 1: Red Zone drilling</caption>{table}</table>"
    records = read_text("note.html", f"<html><body>{page}</body></html>").records
    grades = [fact for record in records for fact in record.facts if fact.measure == "drilling.grade"]
    assert [fact.about.get("zone") for fact in grades] == ["Red", "Red"]
