"""Dates and periods: every way in which releases write them."""

from datetime import date

import pytest

from orebook.ground.period import Period, months_ended, year_before
from orebook.reading.language.dates import dates

FORMS = {
    "November 14, 2011": ["2011-11-14"],
    "14 November 2011": ["2011-11-14"],
    "August 7th, 2020": ["2020-08-07"],
    "August 7th , 2020": ["2020-08-07"],
    "dated July 2009": ["2009-07"],
    "in late November 2010": ["2010-11-late"],
    "in early 2012": ["2012-early"],
    "the 2011 third quarter": ["2011-Q3"],
    "the third quarter of 2011": ["2011-Q3"],
    "the September 2011 quarter": ["2011-Q3"],
    "Q4 2024 and 3Q24": ["2024-Q4", "2024-Q3"],
    "H1 2021": ["2021-H1"],
    "the first half of 2021": ["2021-H1"],
    "nine months ended September 30, 2011": ["2011-9M"],
    "year ended December 31, 2010": ["2010"],
    "year ended June 30, 2025": ["2024-07-01/2025-06-30"],
    "from 2011 to 2021": ["2011/2021"],
    "(1960-2010)": ["1960/2010"],
    "FY2025": ["2025"],
    "by the end of 2011": ["2011-12-31"],
}


@pytest.mark.parametrize("said", FORMS)
def test_a_date_is_read(said: str) -> None:
    """Each form gives the label of its period."""
    assert [when.period.label for when in dates(said)] == FORMS[said]


@pytest.mark.parametrize("said", ["2,011 tonnes", "hole R10-411", "section 450N", "a 2011.5 m hole", "the May lode"])
def test_what_is_no_date_is_none(said: str) -> None:
    """Numbers that look like years, and names that look like months, are left alone."""
    assert dates(said) == []


def test_a_date_without_a_year_takes_that_of_the_context() -> None:
    """The year is never invented: without a context there is no date."""
    assert dates("to September 30") == []
    assert dates("to September 30", year=2011)[0].period == Period.parse("2011-09-30")


def test_labels_and_days_go_both_ways() -> None:
    """A label parses to the days that it was made from."""
    for count in (1, 3, 6, 9, 12):
        for month in range(1, 13):
            made = months_ended(date(2011, month, 28), count)
            assert Period.parse(made.label) == made
            assert year_before(made).days in (made.days, made.days + 1, made.days - 1)
