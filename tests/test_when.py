"""Days that cells mean: every way in which releases say when something is to happen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.ground.period import Period
from orebook.ground.when import WhenError, coming_season, months_after, season, when

SAID_ON = date(2011, 11, 14)

SAYINGS = {
    "early 2012": "2012-early",
    "mid-2012": "2012-mid",
    "late November 2010": "2010-11-late",
    "H1 2021": "2021-H1",
    "first half of 2021": "2021-H1",
    "Q4 2011": "2011-Q4",
    "the fourth quarter": "2011-Q4",
    "October 25, 2011": "2011-10-25",
    "25 October 2011": "2011-10-25",
    "in 2011": "2011",
    "next year": "2012",
    "before the end of 2011": "by 2011-12-31",
    "prior to the end of 2011": "by 2011-12-31",
    "by year end": "by 2011-12-31",
    "by the end of the year": "by 2011-12-31",
    "by March 31, 2012": "by 2012-03-31",
    "by the end of the first quarter of 2012": "by 2012-03-31",
    "winter": "2011-12/2012-03",
    "this winter": "2011-12/2012-03",
    "winter 2020/21": "2020-12/2021-03",
    "2012-early": "2012-early",
    "after 2011-09-30": "after 2011-09-30",
}


@pytest.mark.parametrize(("said", "label"), SAYINGS.items())
def test_sayings(said: str, label: str) -> None:
    """Words of releases mean the days that the field gives them; labels mean themselves."""
    assert when(said, said_on=SAID_ON).label == label


def test_permit_in_2011_and_before_its_end() -> None:
    """A permit "in 2011" and one "before the end of 2011" are awaited up to one day (H-PERMIT)."""
    assert when("in 2011").end == when("before the end of 2011").end == date(2011, 12, 31)


@pytest.mark.parametrize("said", ["winter", "by year end", "this quarter", "fourth quarter", "next year"])
def test_words_that_need_their_day(said: str) -> None:
    """Words that mean days only beside the day of saying say so where that is missing."""
    with pytest.raises(WhenError, match="beside the day on which it was said"):
        when(said)


@pytest.mark.parametrize("said", ["", "soon", "by", "February 30, 2012", "Q5 2011", "13/2011", "early"])
def test_words_that_say_no_days(said: str) -> None:
    """What says no days is refused, with what to write instead; nothing is guessed."""
    with pytest.raises(WhenError):
        when(said, said_on=SAID_ON)


@given(st.text(max_size=60))
def test_any_words(said: str) -> None:
    """Whatever stands in a cell gives days or is refused in words."""
    try:
        assert isinstance(when(said, said_on=SAID_ON), Period)
    except WhenError as problem:
        assert str(problem)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["winter", "spring", "summer", "fall"]))
def test_coming_season_is_on_or_next(today: date, name: str) -> None:
    """The coming season has not ended, and the one of the year before has."""
    coming = coming_season(name, today)
    assert coming.end >= today
    assert season(name, coming.start.year - 1).end < today


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_after_keeps_the_number(day: date, months: int) -> None:
    """So many months on is that many months on the calendar, and never past the end of the month."""
    later = months_after(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
