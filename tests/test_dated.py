"""Dated rows: gaps, overlaps and coverage agree with counting day by day, whatever the order of the rows."""

import random
from collections import Counter
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.maths.dated import coverage, gaps, overlaps, stretches

START = date(2011, 1, 1)
SPANS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 60), st.integers(0, 9)), max_size=12)


def rows(spans: list[tuple[str, int, int]]) -> pl.DataFrame:
    """Rows about mines, each with some days."""
    return pl.DataFrame(
        {
            "mine": [mine for mine, _, _ in spans],
            "from_day": [START + timedelta(days=at) for _, at, _ in spans],
            "to_day": [START + timedelta(days=at + more) for _, at, more in spans],
            "line": range(2, len(spans) + 2),
        },
        schema={"mine": pl.String, "from_day": pl.Date, "to_day": pl.Date, "line": pl.UInt32},
    )


def counted(spans: list[tuple[str, int, int]]) -> dict[str, Counter[int]]:
    """How often each day of each mine is told, day by day."""
    found: dict[str, Counter[int]] = {}
    for mine, at, more in spans:
        found.setdefault(mine, Counter()).update(range(at, at + more + 1))
    return found


def days(frame: pl.DataFrame) -> dict[str, set[int]]:
    """The days of stretches, by mine."""
    found: dict[str, set[int]] = {}
    for row in frame.iter_rows(named=True):
        first, last = ((row[name] - START).days for name in ("from_day", "to_day"))
        found.setdefault(row["mine"], set()).update(range(first, last + 1))
        assert row["days"] == last - first + 1
    return found


@settings(deadline=None)
@given(SPANS)
def test_stretches_and_gaps_are_the_days_that_are_told_and_those_between(spans: list[tuple[str, int, int]]) -> None:
    """Every day between the first and the last of a mine is in a stretch or in a gap, never in both."""
    told = counted(spans)
    assert days(stretches(rows(spans), ["mine"])) == {mine: set(each) for mine, each in told.items()}
    between = {mine: set(range(min(each), max(each) + 1)) - set(each) for mine, each in told.items()}
    assert days(gaps(rows(spans), ["mine"])) == {mine: each for mine, each in between.items() if each}


@settings(deadline=None)
@given(SPANS)
def test_there_is_an_overlap_where_a_day_is_told_twice(spans: list[tuple[str, int, int]]) -> None:
    """Mines with a day that is told twice are those with an overlap, and each pair shares the days that it says."""
    found = overlaps(rows(spans), ["mine"])
    twice = {mine for mine, each in counted(spans).items() if max(each.values()) > 1}
    assert set(found["mine"]) == twice
    for row in found.iter_rows(named=True):
        shared = min(row["to_day"], row["other_to_day"]) - max(row["from_day"], row["other_from_day"])
        assert row["days"] == shared.days + 1 > 0
        assert row["line"] != row["other_line"]


@settings(deadline=None)
@given(SPANS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(spans: list[tuple[str, int, int]], chance: random.Random) -> None:
    """Gaps, stretches and coverage are the same from shuffled rows."""
    mixed = list(spans)
    chance.shuffle(mixed)
    for make in (stretches, gaps):
        some = ["mine", "from_day", "to_day", "days"]
        assert make(rows(spans), ["mine"]).select(some).equals(make(rows(mixed), ["mine"]).select(some))


@settings(deadline=None)
@given(SPANS)
def test_coverage_counts_each_day_once(spans: list[tuple[str, int, int]]) -> None:
    """Of each period as many days are covered as are told at least once."""
    periods = pl.DataFrame(
        {
            "period": ["2011-01", "2011-02", "2011-Q1"],
            "from_day": [START, date(2011, 2, 1), START],
            "to_day": [date(2011, 1, 31), date(2011, 2, 28), date(2011, 3, 31)],
        }
    )
    told = counted(spans)
    for row in coverage(rows(spans), periods, ["mine"]).iter_rows(named=True):
        first, last = ((row[name] - START).days for name in ("from_day", "to_day"))
        assert row["covered"] == sum(first <= day <= last for day in told[row["mine"]])
        assert row["days"] == last - first + 1


def test_rows_without_a_day_or_backwards_cover_nothing() -> None:
    """What is not whole is left to other rules and breaks nothing here."""
    odd = rows([("A", 0, 1), ("A", 5, -3), ("A", 9, 2)]).with_columns(
        to_day=pl.when(pl.col("line") == 4).then(None).otherwise(pl.col("to_day"))
    )
    assert stretches(odd, ["mine"])["days"].to_list() == [2]
    assert gaps(odd, ["mine"]).height == overlaps(odd, ["mine"]).height == 0
