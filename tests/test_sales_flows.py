"""Flows over periods: sums of whatever days, two ways; quarters add to years, as the company counts them."""

from datetime import date, timedelta
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.sales.exchange import in_currency
from orebook.disciplines.sales.flows import by_stretch, over_periods
from orebook.ground.fiscal import reporting_periods

FIRST, LAST = date(2010, 7, 1), date(2012, 6, 30)


def periods(year_end: str) -> pl.DataFrame:
    """All periods of two years."""
    rows = [
        (each.kind, each.period.label, each.period.start, each.period.end)
        for each in reporting_periods(FIRST, LAST, year_end)
    ]
    return pl.DataFrame(rows, ["kind", "period", "from_day", "to_day"], orient="row")


def flows(chance: Random) -> pl.DataFrame:
    """Amounts of two mines on days of two years, in cents."""
    rows = [
        (
            chance.choice(["North", "South"]),
            FIRST + timedelta(days=chance.randint(0, 730)),
            chance.randint(-(10**11), 10**11),
        )
        for _ in range(chance.randint(1, 60))
    ]
    return pl.DataFrame(rows, {"mine": pl.String, "day": pl.Date, "value": pl.Int64}, orient="row")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["12-31", "06-30", "03-31"]))
def test_sums_over_periods_two_ways(seed: int, year_end: str) -> None:
    """Every sum is that of the amounts on its days; stretches give the same; quarters add to years; order is free."""
    chance = Random(seed)
    some, told = flows(chance), periods(year_end)
    found = over_periods(some, told, ["mine"])
    for row in chance.sample(found.to_dicts(), 20):
        within = pl.col("day").is_between(row["from_day"], row["to_day"])
        assert row["value"] == some.filter(within, mine=row["mine"])["value"].sum()
    assert over_periods(by_stretch(some, told, ["mine"], "value"), told, ["mine"]).equals(found)
    assert over_periods(some.sample(fraction=1, shuffle=True, seed=seed % 1000), told, ["mine"]).equals(found)
    kinds = found.join(told, on=["period", "from_day", "to_day"])
    whole = kinds.filter(kind="year", mine=some["mine"][0]).filter(
        pl.col("to_day") <= LAST, pl.col("from_day") >= FIRST
    )
    for year in whole.to_dicts():
        inside = pl.col("from_day").is_between(year["from_day"], year["to_day"])
        quarters = kinds.filter(inside, kind="quarter", mine=some["mine"][0])
        assert quarters["value"].sum() == year["value"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20), st.integers(5000, 20000))
def test_money_is_exchanged_to_the_cent(cents: list[int], rate: int) -> None:
    """Each amount is rounded once, and none is lost: those that come in are exchanged or named without a rate."""
    days = [date(2011, 9, 1) + timedelta(days=3 * place) for place in range(len(cents))]
    amounts = pl.DataFrame({"amount": cents, "day": days, "currency": "USD"})
    rates = pl.DataFrame(
        {"base": "USD", "quote": "CAD", "day": [date(2011, 9, 1)], "rate": rate / 10000, "kind": "spot"}
    )
    found, without = in_currency(amounts, rates, "CAD", "spot")
    assert found.height + without.height == len(cents)
    assert set(found["day"]) == {day for day in days if day <= date(2011, 9, 8)}
    for before, after in zip(cents, found["amount"], strict=False):
        assert abs(after - before * rate / 10000) <= 0.5 + abs(before) * 1e-15
