"""The outlook of a quarter: guidance with what came so far, marked as looking forward, and held against what came."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.checks import check
from orebook.ground.fact import Words
from orebook.reading.read import read_bytes, read_text
from orebook.reading.reading import Reading
from orebook.reports.paper import Paper
from orebook.reports.printed import Passage, Printed
from orebook.reports.quarter.desks import Making
from orebook.reports.quarter.layouts import PARTS
from orebook.reports.quarter.pages import SECTIONS, outlook_page, quarter_page
from orebook.reports.tables import docx
from quarter_figures import COMPANY, DOCUMENTS, document, figures, mill

AHEAD = ("guidance", "planned")
SCHEMA = {"subject": pl.String, "measure": pl.String, "metal": pl.String, "basis": pl.String, "period": pl.String}
SCHEMA |= {"from_day": pl.Date, "last_day": pl.Date, "low": pl.Float64, "high": pl.Float64, "unit": pl.String}
SCHEMA |= {"said_on": pl.Date}


def line(mine: str, metal: str | None, low: float, high: float, unit: str, **said: object) -> dict[str, object]:
    """A line of guidance for 2024."""
    usual: dict[str, object] = {
        "measure": "milling.metal_produced",
        "basis": "100%",
        "period": "2024",
        "from_day": date(2024, 1, 1),
        "last_day": date(2024, 12, 31),
        "said_on": date(2024, 2, 1),
    }
    return {**usual, "subject": mine, "metal": metal, "low": low, "high": high, "unit": unit, **said}


def parts_of(*lines: dict[str, object], period: str = "2024-9M", days: int = 274) -> dict[str, pl.DataFrame]:
    """The results of two mines with what came in the year to date, and this guidance."""
    milled = [
        row
        for mine, grade in (("Anvil Hill", 0.262), ("Lost Ladle", 0.38))
        for label, length in ((period, days), ("2024-Q3", 92))
        for row in mill(mine, label, length, 20_000.0 * length, grade, 57.16)
    ]
    return {"production": figures(milled), "production_guidance": pl.DataFrame(list(lines), schema=SCHEMA)}


def page_of(*lines: dict[str, object], period: str = "2024-Q3", **said: object) -> Printed:
    """The outlook with this guidance."""
    return outlook_page(parts_of(*lines), Making("outlook", dict(said), company=COMPANY, period=period))


def read_back(reading: Reading, *contexts: str) -> set[tuple[str, str, str, float]]:
    """Mine, metal, period and value of all metal that is read in some contexts, in pounds or ounces."""
    found = set()
    for fact in reading.facts:
        if fact.measure == "milling.metal_produced" and not isinstance(fact.figure, Words):
            told = fact.figure.range().to("lb" if fact.about.get("analyte") == "Cu" else "oz")
            if (fact.about.get("context", "") in AHEAD) == (contexts == AHEAD):
                key = (fact.about["mine"], fact.about["analyte"], fact.about["period"])
                found.add((*key, float(round(told.middle, -3 if key[1] == "Cu" else 0))))
    return found


def bullets(page: Printed) -> list[str]:
    """The sentences of the outlook."""
    return [part.text for part in page.parts if isinstance(part, Passage) and part.kind == "bullet"]


BOTH = (line("Anvil Hill", "Cu", 2.4e7, 2.8e7, "lb"), line("Lost Ladle", "Cu", 3.1e7, 3.4e7, "lb"))


@pytest.mark.parametrize("kind", [*DOCUMENTS, "docx"])
def test_guidance_reads_back_with_its_tag(kind: str) -> None:
    """Both ends are read as what lies ahead, what came so far is not; and no rule finds anything (system 53)."""
    page = page_of(*BOTH)
    if kind == "docx":
        reading = read_bytes("release.docx", b"".join(docx.page([page], Paper())))
    else:
        reading = read_text(f"release.{kind}", document(page, kind))
    ahead = {("Anvil Hill", "Cu", "2024", each) for each in (2.4e7, 2.8e7)}
    ahead |= {("Lost Ladle", "Cu", "2024", each) for each in (3.1e7, 3.4e7)}
    assert read_back(reading, *AHEAD) == ahead
    assert {period for _, _, period, _ in read_back(reading)} == {"2024-9M"}
    assert check(reading) == []


def test_guidance_says_what_came_so_far() -> None:
    """The range in one unit, then the year to date; both from unrounded numbers with their addresses."""
    page = page_of(BOTH[0])
    assert bullets(page) == [
        "The Anvil Hill mine is expected to produce 24.0 to 28.0 million pounds of copper in 2024. "
        "The Anvil Hill mine produced 18.1 million pounds of copper in the nine months ended September 30, 2024."
    ]
    (table,) = page.tables()
    assert [column.head for column in table.columns[1:]] == [
        "Guidance for 2024",
        "Nine months ended September 30, 2024",
    ]
    assert table.cells()[0][1] == "24,000,000 to 28,000,000"
    said = {(text, str(address)) for text, address, _ in page.said()}
    assert ("24,000,000", "production_guidance[0].low") in said
    assert ("28.0 million pounds", "production_guidance[0].high") in said
    assert "given on February 1, 2024" in table.footnotes[0]


def test_the_newest_saying_counts() -> None:
    """Guidance that was raised in July stands alone; what was said in February does not."""
    later = line("Anvil Hill", "Cu", 2.5e7, 2.9e7, "lb", said_on=date(2024, 7, 30))
    (words,) = bullets(page_of(later, BOTH[0]))
    assert "25.0 to 29.0 million pounds" in words


def test_other_figures_and_other_periods() -> None:
    """Grades, tonnes, costs, money, one figure alone, and a year to come of which nothing has come yet."""
    next_year = {"period": "2025", "from_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
    words = bullets(
        page_of(
            line("Anvil Hill", "Cu", 57.0, 59.0, "%", measure="milling.recovery"),
            line("Anvil Hill", None, 5.4e6, 5.6e6, "t", measure="milling.ore_milled"),
            line(COMPANY, None, 5.0e7, 5.5e7, "CAD", measure="finance.capital_expenditures"),
            line(COMPANY, None, 1050.0, 1150.0, "USD/oz", measure="finance.aisc"),
            line("Lost Ladle", "Cu", 3.0e7, 3.0e7, "lb", **next_year),
        )
    )
    assert words[0].startswith(
        "The Company expects ore milled of 5.4 to 5.6 million tonnes at the Anvil Hill mine in 2024"
    )
    assert words[1].startswith(
        "The Company expects copper recovery of 57.00% to 59.00% at the Anvil Hill mine in 2024."
    )
    assert words[2] == "The Lost Ladle mine is expected to produce 30.0 million pounds of copper in 2025."
    assert words[3] == "The Company expects capital expenditures of C$50.0 million to C$55.0 million in 2024."
    assert words[4] == "The Company expects all-in sustaining cost of US$1,050 to US$1,150 per ounce in 2024."


@pytest.mark.parametrize(("low", "high", "side"), [(7e7, 8e7, "below"), (1e7, 2e7, "above"), (2.4e7, 2.5e7, "within")])
def test_guidance_is_held_against_the_year(low: float, high: float, side: str) -> None:
    """When the year is over, what came stands beside the guidance, on the side on which it is printed (FL808)."""
    parts = parts_of(line("Anvil Hill", "Cu", low, high, "lb"), period="2024", days=366)
    page = outlook_page(parts, Making("outlook", company=COMPANY, period="2024"))
    (words,) = bullets(page)
    assert words.startswith(
        f"In 2024 copper produced at the Anvil Hill mine came to 24.2 million pounds, {side} the guid"
    )
    assert check(read_text("release.txt", document(page, "txt"))) == []
    assert "forward-looking" not in document(page, "txt").lower()


def test_a_share_is_said() -> None:
    """Of a mine that others hold a part of, it is said whether all of it is counted or the share."""
    held = {"property": ["Lost Ladle"], "holder": [COMPANY], "kind": [None], "interest_pct": [50.0]}
    days = {"from_day": [date(2020, 1, 1)], "to_day": [None], "document": [None]}
    parts = parts_of(BOTH[1], line("Lost Ladle", "Cu", 1.5e7, 1.7e7, "lb", basis="attributable"))
    parts["interests_spans"] = pl.DataFrame({**held, **days}, schema_overrides={"to_day": pl.Date})
    page = outlook_page(parts, Making("outlook", company=COMPANY, period="2024-Q3"))
    whole, share = bullets(page)
    assert "in 2024, on a 100% basis." in whole and "in 2024, on an attributable basis." in share
    assert [row[0] for row in page.tables()[0].cells()] == [
        "Copper produced (lb)",
        "Copper produced, attributable (lb)",
    ]


def test_a_fiscal_year_that_ends_in_june() -> None:
    """The year of the guidance is named by its last day, which lies ahead."""
    days = {"period": "2023-07-01/2024-06-30", "from_day": date(2023, 7, 1), "last_day": date(2024, 6, 30)}
    parts = parts_of(line("Anvil Hill", "Cu", 2.4e7, 2.8e7, "lb", **days), period="2023-07-01/2024-03-31", days=275)
    making = Making("outlook", company=COMPANY, period="2024-Q1", fiscal_year_end="06-30")
    (words,) = bullets(outlook_page(parts, making))
    assert "in the year ending June 30, 2024. " in words and "in the nine months ended March 31, 2024." in words


@settings(deadline=None, max_examples=40)
@given(st.floats(1e3, 9e7), st.floats(1.0, 1.6), st.sampled_from(list(DOCUMENTS)))
def test_any_range_is_read_as_it_was_given(low: float, wider: float, kind: str) -> None:
    """Ends of any size, printed in pounds or millions: what is read is what was given, to the printed digits."""
    high = low * wider
    reading = read_text(f"release.{kind}", document(page_of(line("Anvil Hill", "Cu", low, high, "lb")), kind))
    for fact in reading.facts:
        if fact.measure == "milling.metal_produced" and fact.about.get("context") in AHEAD:
            told = fact.figure.range().to("lb")
            end = {"low": low, "high": high}.get(fact.about.get("bound", ""))
            assert any(told.low <= each <= told.high for each in ((low, high) if end is None else (end,)))
    assert check(reading) == []


def test_the_parts_of_a_page_are_named_once() -> None:
    """What a layout may name is what a page has, in one order."""
    assert tuple(SECTIONS) == PARTS
    page = quarter_page(parts_of(*BOTH), Making("quarter", {"quarter": {"parts": ["outlook"]}}, company=COMPANY))
    assert [each.name for each in page.tables()] == ["guidance Anvil Hill", "guidance Lost Ladle"]
