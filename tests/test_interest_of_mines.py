"""The interest of a mine in figures of production: by date, and none where nobody says one that can be."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.production.holdings_by_day import mean_interest
from orebook.disciplines.production.mill_figures import mill_figures

FIRST = date(2011, 1, 1)


def held(*steps: tuple[date, float | None]) -> pl.DataFrame:
    """Interests of the company in one mine."""
    days, percents = zip(*steps, strict=True)
    types = {"property": pl.String, "holder": pl.String, "from_day": pl.Date, "interest_pct": pl.Float64}
    return pl.DataFrame({"property": "A", "holder": "H", "from_day": days, "interest_pct": percents}, types)


def mean(interests: pl.DataFrame, start: date, end: date) -> float | None:
    """The mean over some days."""
    rows = pl.DataFrame({"mine": ["A"], "from_day": [start], "to_day": [end]})
    return mean_interest(rows, interests, "H").item()


@pytest.mark.parametrize("odd", [160.0, -5.0, None])
def test_an_interest_that_is_none_makes_its_days_unknown(odd: float | None) -> None:
    """Days with 160 % have no share, nor a stretch that holds one of them; the days before and after have theirs."""
    told = held((FIRST, 50.0), (date(2011, 2, 1), odd), (date(2011, 3, 1), 40.0))
    assert mean(told, FIRST, date(2011, 1, 31)) == pytest.approx(0.5)
    assert mean(told, date(2011, 2, 10), date(2011, 2, 12)) is None
    assert mean(told, date(2011, 1, 20), date(2011, 3, 9)) is None
    assert mean(told, date(2011, 3, 1), date(2011, 3, 31)) == pytest.approx(0.4)


def test_two_interests_of_one_day_are_none() -> None:
    """Which of two rows of one day holds nobody chooses; the same said twice is one."""
    assert mean(held((FIRST, 50.0), (FIRST, 60.0)), FIRST, FIRST) is None
    assert mean(held((FIRST, 50.0), (FIRST, 50.0)), FIRST, FIRST) == 0.5


DAYS = [FIRST + timedelta(days=number) for number in range(365)]


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 100),
    st.dictionaries(st.sampled_from(DAYS[1:]), st.integers(0, 100), max_size=5),
    st.lists(st.integers(0, 50_000), min_size=365, max_size=365),
)
def test_the_whole_times_the_interest_is_attributable_at_every_date(
    first: int, more: dict[date, int], pounds: list[int]
) -> None:
    """Metal of every period: each day times the interest of that day, added; quarters add to the year."""
    steps = {FIRST: first, **more}
    mill = pl.DataFrame({"mine": "A", "from_day": DAYS, "to_day": DAYS, "ore_t": 1000.0, "cu_lb": pounds})
    interests = held(*((day, float(share)) for day, share in steps.items()))
    found = mill_figures(mill, company="H", interests=interests).figures
    own = found.filter(measure="milling.metal_produced", metal="Cu", basis="attributable", subject="A")
    amounts = dict(own.select("period", "value").rows())
    by_day = {day: steps[max(each for each in steps if each <= day)] for day in DAYS}
    for quarter in range(4):
        days = [day for day in DAYS if (day.month - 1) // 3 == quarter]
        whole = sum(by_day[day] / 100 * pounds[DAYS.index(day)] for day in days)
        assert amounts[f"2011-Q{quarter + 1}"] == pytest.approx(whole, rel=1e-9, abs=1e-6)
    assert amounts["2011"] == pytest.approx(sum(amounts[f"2011-Q{number}"] for number in (1, 2, 3, 4)), abs=1e-6)
