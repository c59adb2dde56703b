"""Options on the page of a quarter: what was spent in it, who held what at its end, and what is due next."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.checks import check
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Term
from orebook.disciplines.tenure.earn_in_holdings import holdings
from orebook.disciplines.tenure.earn_in_periods import spent, stands
from orebook.disciplines.tenure.earn_ins import courses
from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Passage, Printed
from orebook.reports.quarter.desks import Making
from orebook.reports.quarter.pages import quarter_page
from quarter_figures import COMPANY, DOCUMENTS, document, figures, read

UNTIL = date(2013, 1, 31)
TERMS = (
    Term(1, "spending", "spending", 14e6, by_day=date(2012, 3, 31), counted="stage", binding="option"),
    Term(2, "spending", "spending", 6e6, by_day=date(2013, 3, 31), counted="stage", binding="commitment"),
)
PAID = [(date(2011, 2, 1), 5e6), (date(2011, 8, 15), 4.2e6), (date(2011, 11, 1), 4.8e6), (date(2012, 8, 1), 1e6)]


def hob(currency: str = "CAD", terms: tuple[Term, ...] = TERMS) -> Agreement:
    """An option in two stages, 35 and 15 per cent."""
    stages = {1: 35.0, 2: 15.0}
    first = date(2011, 1, 10)
    return Agreement("Hob", "Hob Lake", COMPANY, "Ness", first, first, currency, stages=stages, terms=terms)


def parts_of(one: Agreement, events: list[Event]) -> dict[str, pl.DataFrame]:
    """The results of an option, beside revenues of the quarter."""
    known, happened = {one.name: one}, {one.name: events}
    return {
        "statements": figures(
            ("finance.revenues", COMPANY, None, f"{year}-Q{number}", None, 5e6, "CAD", None)
            for year in (2011, 2012)
            for number in (1, 2, 3, 4)
        ),
        "earn_ins_stands": stands(known, happened, UNTIL),
        "earn_ins_spent": spent(known, happened, UNTIL),
        "earn_ins_interests": holdings(courses(known, happened, UNTIL)),
    }


def told(period: str, one: Agreement | None = None, events: list[Event] | None = None) -> Printed:
    """The part of a page on options."""
    paid = [Event(day, "spent", amount) for day, amount in PAID] if events is None else events
    said = {"quarter": {"parts": ["earn_ins", "caution"]}}
    return quarter_page(parts_of(one or hob(), paid), Making("quarter", said, company=COMPANY, period=period))


def words(page: Printed) -> str:
    """Its paragraphs."""
    return " ".join(part.text for part in page.parts if isinstance(part, Passage) and part.kind == "paragraph")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2011-Q1", "Under the option $5.0 million was spent on Hob Lake in the first quarter of 2011, all that has"),
        (
            "2011-Q2",
            "Under the option nothing was spent on Hob Lake in the second quarter of 2011; $5.0 million has been",
        ),
        (
            "2011-Q3",
            "Under the option $4.2 million was spent on Hob Lake in the third quarter of 2011, and $9.2 million",
        ),
        (
            "2011-Q3",
            "Ness may earn a 35% interest in the Hob Lake property in stage 1 by spending $14.0 million by",
        ),
        (
            "2011-Q3",
            "March 31, 2012; $9.2 million of it had been spent at September 30, 2011, and $4.8 million was still",
        ),
        ("2011-Q3", "At September 30, 2011 Hob Lake was held by Norbert Copper Ltd. (100%)."),
        ("2011-Q4", "At December 31, 2011 Hob Lake was held by Norbert Copper Ltd. (65%) and Ness (35%)."),
    ],
)
def test_each_quarter_tells_its_own(period: str, said: str) -> None:
    """Spending of the quarter and so far, holders on its last day, and what was due next then, not today."""
    assert said in words(told(period))


def test_a_commitment_is_no_option() -> None:
    """What the earner owes it is committed to, what it may do it may (B16)."""
    elected = [*(Event(day, "spent", amount) for day, amount in PAID), Event(date(2011, 12, 1), "elect")]
    said = words(told("2012-Q3", events=elected))
    assert "Ness is committed to spend $6.0 million by March 31, 2013 and earns a 15% interest" in said
    assert "$1.0 million of it had been spent at September 30, 2012, and $5.0 million was still" in said


def test_a_dollar_without_a_country_stays_one() -> None:
    """Where the agreement names no currency its amounts are dollars in words, and it is said."""
    said = words(told("2011-Q3", hob("$")))
    assert "4.2 million dollars was spent" in said and "$" not in said
    assert "does not say in which dollars" in said


def test_an_option_that_ended_is_told_once() -> None:
    """In the quarter in which a deadline passed the end is told; in the next one nothing is."""
    paid = [Event(*each) for each in ((date(2011, 2, 1), "spent", 5e6),)]
    assert "The option of Ness on Hob Lake ended on April 1, 2012." in words(told("2012-Q2", events=paid))
    with pytest.raises(LayoutError, match="nothing is known of 2012-Q3"):
        told("2012-Q3", events=paid)


@pytest.mark.parametrize("kind", list(DOCUMENTS))
@pytest.mark.parametrize("period", ["2011-Q1", "2011-Q3", "2011-Q4", "2012-Q1"])
def test_the_page_passes_and_cautions(kind: str, period: str) -> None:
    """No rule finds anything; where something is due the caution stands on the page."""
    page = told(period)
    assert check(read(page, kind)) == []
    assert ("forward-looking information" in document(page, "txt")) == ("by spending" in document(page, "txt"))


def test_the_terms_are_read_back() -> None:
    """The reader finds the interest, the money and the deadline of the stage that runs."""
    facts = {fact.measure: fact for fact in read(told("2011-Q3"), "txt").facts}
    assert facts["tenure.option_interest"].number.value == 35
    assert str(facts["tenure.option_deadline"].figure) == "2012-03-31"
    assert facts["tenure.option_spending"].number.range().to("CAD").middle == 14_000_000


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.dates(date(2011, 1, 10), date(2013, 1, 31)), st.integers(1, 9_000_000)), max_size=12))
def test_spending_of_quarters_makes_that_of_years(paid: list[tuple[date, int]]) -> None:
    """Quarters add to their year, and all of it to what was spent since the start, to the cent."""
    events = [Event(day, "spent", amount / 100) for day, amount in paid]
    found = spent({"Hob": hob()}, {"Hob": events}, date(2013, 12, 31))
    amounts = dict(found.select("period", "amount").rows())
    for year in ("2011", "2012", "2013"):
        quarters = sum(amounts.get(f"{year}-Q{number}", 0.0) for number in (1, 2, 3, 4))
        assert quarters == pytest.approx(amounts.get(year, 0.0), abs=0.005)
    whole = sum(amount for _, amount in paid) / 100
    assert sum(amounts.get(year, 0.0) for year in ("2011", "2012", "2013")) == pytest.approx(whole, abs=0.005)
