"""Pages of a quarter: rounded once, right for either sign, read back figure by figure, and nothing for the rules."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.checks import check
from orebook.ground.period import Period
from orebook.reports.charted import steps
from orebook.reports.drawings.charts import chart_drawing
from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Printed
from orebook.reports.quarter.charts import charts
from orebook.reports.quarter.desks import Making
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.layouts import page_layout, table_layout
from orebook.reports.quarter.pages import quarter_page
from orebook.reports.quarter.periods import reported
from orebook.reports.quarter.writing import Money, scaled, written
from quarter_figures import COMPANY, DOCUMENTS, QUARTERS, YEARS, document, figures, lost, made_up, mill, money, read

BASE = {
    "revenues": 69_409_123.0,
    "mine_income": 8_531_000.0,
    "net_income": 17_617_400.0,
    "adjusted_net_income": 4_755_000.0,
    "cash_flow": 17_102_499.0,
    "derivative_gain": 16_700_000.0,
    "derivative_gain_unrealized": 17_500_000.0,
    "derivative_gain_realized": -800_000.0,
    "capital_expenditures": 12_744_000.0,
}


def parts_of(now: dict[str, float], before: dict[str, float], shares: float = 36_900_000.0):
    """The results of a company with these amounts in the quarter and in that of the year before."""
    rows = [*money(now, QUARTERS[0], shares=shares), *money(before, QUARTERS[1], shares=shares)]
    rows += [row for year in YEARS for row in money({"revenues": 2e8, "net_income": 4.5e7}, year, shares=shares)]
    rows += [("finance.cash", COMPANY, None, QUARTERS[0], None, 30_800_000.0, "CAD", None)]
    tonnes = {"2024-Q3": 2_038_720.0, "2023-Q3": 2_101_000.0, "2024-9M": 5_742_244.0, "2023-9M": 5_943_967.0}
    days = {"2024-Q3": 92, "2023-Q3": 92, "2024-9M": 274, "2023-9M": 273}
    milled = [
        row
        for mine, grade in (("Anvil Hill", 0.262), ("Lost Ladle", 0.38))
        for period in tonnes
        for row in mill(mine, period, days[period], tonnes[period], grade, 57.16)
    ]
    shipped = [
        ("sales.shipments", mine, None, period, None, 2.0, "shipment", None)
        for period in QUARTERS
        for mine in ("Anvil Hill", "Lost Ladle")
    ]
    return {"statements": figures(rows), "production": figures(milled), "sales": figures(shipped)}


def page_of(parts, **said: object) -> Printed:
    """The quarterly page of some results."""
    return quarter_page(parts, Making("quarter", dict(said), company=COMPANY, period="2024-Q3"))


BEFORE = {**BASE, "net_income": 7_429_000.0, "cash_flow": 27_079_000.0, "derivative_gain": -10_900_000.0}
BEFORE |= {"derivative_gain_unrealized": -8_200_000.0, "derivative_gain_realized": -2_700_000.0}


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_a_quarter_reads_back_figure_by_figure_and_passes(kind: str) -> None:
    """Every figure of the page is read back with its measure, mine and period, and no rule finds anything."""
    parts = parts_of(BASE, BEFORE)
    page = page_of(parts)
    reading = read(page, kind)
    assert lost(page, parts, reading) == []
    assert made_up(parts, reading) == []
    assert check(reading) == []


amounts = st.integers(-40_000_000, 40_000_000).map(float)
sums = st.integers(10_000, 90_000_000).map(float)


@st.composite
def quarters(draw: st.DrawFn) -> dict[str, float]:
    """The amounts of a quarter, on either side of nothing, whose parts make their whole."""
    unrealized, realized = draw(amounts), draw(amounts)
    return {
        "revenues": draw(sums),
        "mine_income": draw(amounts),
        "net_income": draw(amounts),
        "adjusted_net_income": draw(amounts),
        "cash_flow": draw(amounts),
        "derivative_gain": unrealized + realized,
        "derivative_gain_unrealized": unrealized,
        "derivative_gain_realized": realized,
        "capital_expenditures": draw(sums),
    }


@settings(max_examples=60, deadline=None)
@given(quarters(), quarters(), st.sampled_from(list(DOCUMENTS)))
def test_words_are_right_on_either_side_of_nothing(now: dict[str, float], before: dict[str, float], kind: str) -> None:
    """Gains and losses, increases and decreases: whatever the amounts, the reader reads what was meant."""
    parts = parts_of(now, before)
    page = page_of(parts)
    reading = read(page, kind)
    assert lost(page, parts, reading) == []
    assert made_up(parts, reading) == []
    by_chance = ["F602"]  # one amount in two periods: two quarters may make the same
    assert [finding for finding in check(reading, ignore=by_chance) if finding.grade == "error"] == []


def test_what_prints_alike_is_not_said_to_have_moved() -> None:
    """68.46 and 68.54 million are both 68.5: revenues did not rise as far as anybody reads."""
    parts = parts_of({**BASE, "revenues": 68_540_000.0}, {**BASE, "revenues": 68_460_000.0})
    words = document(page_of(parts), "txt")
    assert "Revenues were $68.5 million in the third quarter of 2024, as in the third quarter of 2023." in words


def test_text_and_table_print_one_number() -> None:
    """17,102,499 is 17,102 thousand in the table and 17.1 million in the text; both lead to the same row."""
    page = page_of(parts_of(BASE, BEFORE))
    said = {(text, address) for text, address, _ in page.said() if "17.1" in text or text == "17,102"}
    assert {text for text, _ in said} == {"17,102", "$17.1 million"}
    assert len({address for _, address in said}) == 1


def test_scale_and_decimals_are_the_companys() -> None:
    """A company may print millions with two decimals in its table, and thousands in its text."""
    said = {"summary": {"scale": "million", "decimals": 2}, "quarter": {"scale": "thousand", "decimals": 0}}
    words = document(page_of(parts_of(BASE, BEFORE), **said), "txt")
    assert "In millions of Canadian dollars" in words and " 69.41 " in words and "$69,409 thousand" in words


def test_a_company_says_it_in_its_own_words() -> None:
    """Any sentence can be another one; a brace that nothing fills is named."""
    own = {"revenues": {"alone": "Sales: {now}.", "down": "Sales fell to {now}.", "up": "x", "same": "Sales: {now}."}}
    page = quarter_page(parts_of(BASE, BEFORE), Making("quarter", company=COMPANY, period="2024-Q3", own=own))
    assert any(part.text == "Sales: $69.4 million." for part in page.parts if hasattr(part, "text"))
    with pytest.raises(LayoutError, match="nowhere"):
        quarter_page(
            parts_of(BASE, BEFORE),
            Making("quarter", company=COMPANY, period="2024-Q3", own={"revenues": {"same": "{nowhere}"}}),
        )


def test_measures_outside_ifrs_are_marked_and_defined() -> None:
    """Each such row points to a note that says it is no IFRS measure, what it is made of and why it is shown."""
    (table, *_) = page_of(parts_of(BASE, BEFORE)).tables()
    heads = [row.cells[0].text for row in table.rows]
    assert "Adjusted net income (1)" in heads and "Cash flow (2)" in heads and "Net income" in heads
    assert all("not a measure under IFRS" in note and "It is" in note for note in table.footnotes[:2])


def test_without_a_period_the_last_whole_quarter_is_told() -> None:
    """A month that is begun does not hide the quarter before it."""
    parts = parts_of(BASE, BEFORE)
    parts["october"] = figures([("milling.ore_milled", "Anvil Hill", None, "2024-10", "100%", 7e5, "t", None)])
    page = quarter_page(parts, Making("quarter", company=COMPANY))
    assert page.parts[0].text == "Norbert Copper Ltd.: results of the third quarter of 2024"
    with pytest.raises(
        LayoutError, match="no quarter is covered; the results cover 2024-10; name one: --period 2024-10"
    ):
        quarter_page({"october": parts["october"]}, Making("quarter", company=COMPANY))
    with pytest.raises(LayoutError, match="nor is another period; name the one that is meant all the same"):
        quarter_page({"none": parts["october"].clear()}, Making("quarter", company=COMPANY))
    with pytest.raises(LayoutError, match="not a period"):
        quarter_page(parts, Making("quarter", company=COMPANY, period="soon"))


@pytest.mark.parametrize(
    ("period", "year_end", "labels"),
    [
        ("2024-Q3", "12-31", ["2024-Q3", "2023-Q3", "2024-9M", "2023-9M"]),
        ("2024-Q1", "12-31", ["2024-Q1", "2023-Q1"]),
        ("2024-Q4", "12-31", ["2024-Q4", "2023-Q4", "2024", "2023"]),
        ("2024-Q4", "06-30", ["2024-Q4", "2023-Q4", "2024-H2", "2023-H2"]),
        ("2024-H1", "12-31", ["2024-H1", "2023-H1"]),
        ("2024", "12-31", ["2024", "2023"]),
        ("2024-Q2", "09-30", ["2024-Q2", "2023-Q2", "2023-10-01/2024-06-30", "2022-10-01/2023-06-30"]),
    ],
)
def test_a_page_has_the_fiscal_year_to_date(period: str, year_end: str, labels: list[str]) -> None:
    """The year to date begins with the fiscal year, and stands beside the same of the year before."""
    assert reported(Period.parse(period), year_end).labels() == labels


@given(st.floats(-1e9, 1e9), st.sampled_from(["one", "thousand", "million"]), st.integers(0, 3))
def test_scaled_money_is_rounded_once(value: float, scale: str, decimals: int) -> None:
    """Thousands and millions come from the whole amount, never from one another."""
    parts = {"one": 1, "thousand": 1_000, "million": 1_000_000}[scale]
    assert abs(float(scaled(value, scale, decimals)) * parts - value) <= parts * 0.5000001 / 10**decimals + 1e-6


def test_numbers_below_nothing() -> None:
    """A minus or brackets in a table; in a sentence the word says it, and nothing is small enough to vanish."""
    assert written(scaled(-1_234_500.0, "thousand", 1), "brackets") == "(1,234.5)"
    assert Money("CAD").words(40_200.0) == "$40 thousand"
    assert label("finance.net_income").said([1.0, -2.0]) == "Net income (loss)"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rowss": []}, "did you mean rows"),
        ({"scale": "dozen"}, "give 'one', 'thousand'"),
        ({"decimals": 12}, "cannot be printed"),
        ({"rows": [{"head": "x"}]}, "names no measure"),
        ({"rows": [{"source": "cash", "decimal": 1}]}, "did you mean decimals"),
    ],
)
def test_a_layout_of_a_table_names_its_faults(said: dict[str, object], words: str) -> None:
    """Whoever mistypes is told what could stand there."""
    with pytest.raises(LayoutError, match=words):
        table_layout(said)


def test_a_layout_of_a_page_names_its_faults() -> None:
    """A part that no page has is named, with those that there are."""
    with pytest.raises(LayoutError, match="there are results, outlook"):
        page_layout({"parts": ["reslts"]}, ("results", "outlook"))


def test_production_may_show_both_shares() -> None:
    """With both, the company's part stands below the whole for amounts, and grades stand once."""
    parts = parts_of(BASE, BEFORE)
    whole = parts["production"]
    half = whole.with_columns(pl.col("value") / 2, basis=pl.lit("attributable"))
    parts["production"] = pl.concat([whole, half])
    (table, *_) = [each for each in page_of(parts, production={"basis": "both"}).tables() if "Anvil" in each.name]
    heads = [row.cells[0].text for row in table.rows]
    assert "Copper produced (lb)" in heads and "Copper produced, attributable (lb)" in heads
    assert sum("Grade" in head for head in heads) == 1


def test_charts_are_the_same_and_change_with_their_numbers() -> None:
    """A chart is drawn from the figures alone: twice the same drawing, another for another number."""
    parts = parts_of(BASE, BEFORE)
    (chart,) = [each for each in charts(parts, Period.parse("2024-Q3"), COMPANY) if each.doc == "production"]
    assert chart.panels[0].axis == "million pounds" and chart.panels[0].categories == QUARTERS[::-1]
    other = replace(chart, panels=(replace(chart.panels[0], title="Other"),))
    drawn = chart_drawing([chart]).svg()
    assert drawn == chart_drawing([chart]).svg() != chart_drawing([other]).svg()


def test_a_waterfall_arrives_at_its_measure() -> None:
    """The changes of a bridge end where the last bar stands, on either side of nothing."""
    for values in ([17.6, -12.9, 4.7], [5.0, -9.0, -4.0], [-3.0, 1.0, 7.0, 5.0]):
        spans = steps(values)
        assert spans[-2][1] == pytest.approx(spans[-1][1]) and spans[0] == (0.0, values[0])


def test_guidance_stands_beside_what_came() -> None:
    """Both ends and what came so far, in one unit."""
    said = {"subject": ["Anvil Hill"], "measure": ["milling.metal_produced"], "metal": ["Cu"], "period": ["2024"]}
    said |= {"from_day": [date(2024, 1, 1)], "last_day": [date(2024, 12, 31)], "said_on": [date(2024, 2, 1)]}
    told = pl.DataFrame({**said, "low": [2.4e7], "high": [2.8e7], "actual": [1.9e7], "unit": ["lb"]})
    (chart,) = charts({"production_guidance": told}, Period.parse("2024-Q3"), COMPANY)
    (panel,) = chart.panels
    assert panel.axis == "million pounds" and [each.values for each in panel.series] == [(24.0,), (28.0,), (19.0,)]
