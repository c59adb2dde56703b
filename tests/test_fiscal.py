"""Fiscal periods: those that a company reports, by its own year."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.ground.fiscal import KINDS, fiscal_period, fiscal_year, reporting_periods
from orebook.ground.period import Period

YEAR_ENDS = st.sampled_from(["12-31", "03-31", "06-30", "09-30", "02-28"])


def test_days_of_the_parts_of_a_year() -> None:
    """The third quarter has 92 days, the first half 181 or 182, nine months 273 or 274."""
    days = {(year, kind): fiscal_period(year, kind, number).days for year in (2011, 2012) for kind, number in PARTS}
    assert days[2011, "quarter"] == days[2012, "quarter"] == 92
    assert (days[2011, "half"], days[2012, "half"]) == (181, 182)
    assert (days[2011, "nine months"], days[2012, "nine months"]) == (273, 274)


PARTS = (("quarter", 3), ("half", 1), ("nine months", 1))


@given(st.integers(1950, 2100), YEAR_ENDS)
def test_the_parts_of_a_fiscal_year_make_it(year: int, year_end: str) -> None:
    """Months, quarters and halves each lie end to end from the first day of a fiscal year to its last."""
    whole = fiscal_period(year, "year", 1, year_end)
    for kind, count in (("month", 12), ("quarter", 4), ("half", 2)):
        parts = [fiscal_period(year, kind, number, year_end) for number in range(1, count + 1)]
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(parts))
    assert fiscal_year(whole.start, year_end) == fiscal_year(whole.end, year_end) == year
    assert fiscal_period(year, "nine months", 1, year_end).start == whole.start


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 900), YEAR_ENDS)
def test_every_label_is_one_period(first: date, length: int, year_end: str) -> None:
    """No label is given twice, each says its own days, and each period has a day of the data."""
    last = first + timedelta(days=length)
    made = reporting_periods(first, last, year_end)
    labels = [each.period.label for each in made]
    assert len(set(labels)) == len(labels) or made[-1].kind == "since start"
    for each in made:
        said = Period.parse(each.period.label)
        assert (said.start, said.end) == (each.period.start, each.period.end)
        assert each.period.start <= last and first <= each.period.end
    assert list(dict.fromkeys(each.kind for each in made)) == [kind for kind in KINDS if kind in {e.kind for e in made}]


def test_periods_backwards_are_refused() -> None:
    """The last day before the first is a mistake of the caller."""
    with pytest.raises(ValueError, match="from the first day to the last"):
        reporting_periods(date(2011, 1, 2), date(2011, 1, 1))
