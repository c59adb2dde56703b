"""Interests by date: what each holds of what from day to day, and laws that hold whatever is written down."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.tenure.dilution import Terms, diluted, dilution_line
from orebook.disciplines.tenure.interest_days import (
    interest_by_day,
    interest_changes,
    interest_on,
    interest_spans,
    mean_interest,
    wholes,
)
from orebook.disciplines.tenure.interests import whole_interest
from orebook.disciplines.tenure.ventures import venture_parties, venture_terms

FIRST, LAST = date(2011, 1, 1), date(2011, 12, 31)

Row = tuple[str, str, date, float]


def table(*rows: Row) -> pl.DataFrame:
    """Rows of interests: property, holder, day, per cent."""
    names = {"property": pl.String, "holder": pl.String, "from_day": pl.Date, "interest_pct": pl.Float64}
    return pl.DataFrame(list(rows), names, orient="row")


def test_huckleberry_whole() -> None:
    """50 and 50 per cent make the whole of Huckleberry (H-OWN)."""
    held = table(("Huckleberry", "Imperial", FIRST, 50.0), ("Huckleberry", "Japanese partners", FIRST, 50.0))
    assert wholes(held).select("whole_pct", "unsaid_pct", "holders").rows() == [(100.0, 0.0, 2)]
    assert whole_interest([50.0, 50.0]) == 100.0


def test_attributable_by_day() -> None:
    """Half of 34,044,000 pounds over nine months is 17,022,000, however the interest is looked up (P-ATT-hb)."""
    held = table(("Huckleberry", "Imperial", date(2006, 1, 1), 50.0))
    days = interest_by_day(held, date(2011, 1, 1), date(2011, 9, 30))
    assert days.height == 273
    assert round((days["interest_pct"] / 100 * 34_044_000 / 273).sum(), 3) == 17_022_000
    assert mean_interest(held, date(2011, 1, 1), date(2011, 9, 30))["interest_pct"].to_list() == [50.0]


def test_two_interests_for_one_day() -> None:
    """Two rows that contradict each other give no interest; the same said twice is one."""
    twice = table(("P", "A", FIRST, 60.0), ("P", "A", FIRST, 60.0))
    assert interest_on(twice, LAST)["interest_pct"].to_list() == [60.0]
    other = table(("P", "A", FIRST, 60.0), ("P", "A", FIRST, 40.0))
    assert interest_on(other, LAST)["interest_pct"].to_list() == [None]
    assert wholes(other).select("whole_pct", "unknown").rows() == [(0.0, 1)]


def test_transfer() -> None:
    """What one gives another takes: the changes of a day add up to nought, and what nobody takes is seen."""
    held = table(("P", "A", FIRST, 100.0), ("P", "A", LAST, 40.0), ("P", "B", LAST, 60.0))
    assert interest_changes(held).filter(pl.col("day") == LAST)["balance_pct"].to_list() == [0.0, 0.0]
    lost = table(("P", "A", FIRST, 100.0), ("P", "A", LAST, 0.0))
    row = interest_changes(lost).row(1, named=True)
    assert (row["before_pct"], row["after_pct"], row["balance_pct"]) == (100.0, 0.0, -100.0)


def test_nothing_is_nothing() -> None:
    """A table without rows gives tables without rows."""
    for made in (interest_spans, wholes, interest_changes):
        assert made(table()).height == 0
    assert interest_on(pl.DataFrame(), FIRST).height == 0


rows = st.lists(
    st.tuples(
        st.sampled_from(["P", "Q"]),
        st.sampled_from(["A", "B", "C"]),
        st.integers(0, 364).map(lambda number: FIRST + timedelta(days=number)),
        st.integers(0, 400).map(lambda quarter: quarter / 4),
    ),
    max_size=15,
)


@settings(deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_order_of_rows_means_nothing(some: list[Row], dice: object) -> None:
    """Interests by date are the same in whatever order they were written down."""
    other = sorted(some, key=lambda row: (row[3], row[2], row[0], row[1]), reverse=True)
    for made in (interest_spans, wholes, interest_changes):
        assert made(table(*some)).equals(made(table(*other)))


@settings(deadline=None)
@given(rows, st.integers(0, 364))
def test_a_day_is_a_day_two_ways(some: list[Row], number: int) -> None:
    """The daily frame, the question for one day, and the last row said by then agree on every day."""
    day = FIRST + timedelta(days=number)
    asked = {
        row[:2]: row[2] for row in interest_on(table(*some), day).select("property", "holder", "interest_pct").rows()
    }
    daily = interest_by_day(table(*some), FIRST, LAST).filter(pl.col("day") == day)
    assert {row[:2]: row[2] for row in daily.select("property", "holder", "interest_pct").rows()} == asked
    plain: dict[tuple[str, str], set[float]] = {}
    for land, holder, since, share in sorted(some, key=lambda row: row[2]):
        if since <= day:
            last = max(row[2] for row in some if row[:2] == (land, holder) and row[2] <= day)
            if since == last:
                plain.setdefault((land, holder), set()).add(share)
    expected = {key: shares.copy().pop() if len(shares) == 1 else None for key, shares in plain.items()}
    assert asked == {key: share for key, share in expected.items() if share != 0.0}


@settings(deadline=None)
@given(rows)
def test_whole_is_the_sum_of_every_day(some: list[Row]) -> None:
    """The whole of a stretch of days is what all hold on its first day, and the days of a period add up."""
    held = table(*some)
    for row in wholes(held).to_dicts():
        there = interest_on(held, row["from_day"]).filter(pl.col("property") == row["property"])
        assert abs(there["interest_pct"].sum() - row["whole_pct"]) < 1e-9
        assert there.height == row["holders"]
    means = mean_interest(held, FIRST, LAST).drop_nulls("interest_pct")
    sums = interest_by_day(held, FIRST, LAST).group_by("property", "holder").agg(pl.col("interest_pct").sum() / 365)
    both = means.join(sums, on=["property", "holder"], suffix="_sum")
    assert both.filter((pl.col("interest_pct") - pl.col("interest_pct_sum")).abs() > 1e-9).height == 0


def test_dilution_by_contributions_two_ways() -> None:
    """Who put in 15 of 40 has 37.5 per cent, call by call or all at once."""
    ventures = pl.DataFrame(
        {"property": ["P"], "from_day": [FIRST], "dilution": ["contributions"], "deemed_amount": [30.0]}
    )
    calls = pl.DataFrame(
        {
            "property": "P",
            "day": [FIRST, FIRST, LAST, LAST],
            "holder": ["A", "B", "A", "B"],
            "called": 2.5,
            "paid": [5.0, 0.0, 5.0, 0.0],
        }
    )
    line = dilution_line(ventures, calls, {"P": {"A": 50.0, "B": 50.0}})
    assert line.filter(pl.col("day") == LAST).select("holder", "interest_pct").rows() == [("A", 62.5), ("B", 37.5)]
    assert line["state"].to_list() == ["joint venture", "diluted", "joint venture", "diluted"]


@settings(deadline=None)
@given(
    st.sampled_from(["contributions", "accelerated", "points"]),
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=5),
)
def test_dilution_keeps_the_whole(formula: str, some: list[tuple[int, int, int]]) -> None:
    """Whatever was called and paid, what all hold together stays, and nobody holds less than nothing."""
    whole = sum(weight for weight, _, _ in some)
    held = {str(place): 100.0 * weight / whole for place, (weight, _, _) in enumerate(some)}
    calls = {str(place): (float(asked), float(paid)) for place, (_, asked, paid) in enumerate(some)}
    put_in = {holder: share * 2 for holder, share in held.items()}
    after = diluted(Terms(formula, multiple=2.0, amount_per_point=3.0), held, put_in, calls)
    assert abs(sum(after.values()) - 100.0) < 1e-6
    assert min(after.values()) >= -1e-9


def test_a_venture_tells_its_parties_and_who_runs_it_on_the_day() -> None:
    """A later operator is not known before; what ended by the day says until when; a property held whole is none."""
    held = table(("Hob", "Tor", FIRST, 100.0), ("Hob", "Tor", date(2011, 6, 1), 60.0))
    held = pl.concat([held, table(("Hob", "Ness", date(2011, 6, 1), 40.0), ("Fen", "Tor", FIRST, 100.0))])
    days = [date(2011, 6, 1), date(2011, 9, 1)]
    agreed = pl.DataFrame({"property": "Hob", "from_day": days, "operator": ["Tor", "Ness"]})
    early, late = (venture_parties(held, agreed, day) for day in (date(2011, 7, 1), LAST))
    assert set(early["property"]) == {"Hob"} and not venture_parties(held, agreed, date(2011, 5, 1)).height
    assert early.select("holder", "role", "interest_pct", "to_day").rows() == [
        ("Tor", "operator", 100.0, date(2011, 5, 31)),
        ("Ness", "participant", 40.0, None),
        ("Tor", "operator", 60.0, None),
    ]
    assert set(late.filter(role="operator")["holder"]) == {"Ness"}
    assert venture_terms(agreed, LAST)["operator"].to_list() == ["Ness"]


def test_a_joint_operation_without_an_agreement_is_a_venture_without_an_operator() -> None:
    """What the book does not say stays missing."""
    held = table(("Hob", "Tor", FIRST, 50.0), ("Hob", "Ness", FIRST, 50.0))
    found = venture_parties(held.with_columns(kind=pl.lit("joint operation")), None, LAST)
    assert found["role"].to_list() == [None, None] and found["interest_pct"].sum() == 100.0
    assert not venture_parties(held, None, LAST).height


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Hob", "Fen"]), st.sampled_from("ABC"), st.dates(FIRST, LAST)), max_size=9))
def test_parties_on_a_day_are_those_who_hold_then(rows: list[tuple[str, str, date]]) -> None:
    """Of every venture those without an end are just those who hold something on the day."""
    day = date(2011, 7, 1)
    held = table(*((*row, 10.0 * at) for at, row in enumerate(rows))).with_columns(kind=pl.lit("joint venture"))
    now = venture_parties(held, None, day).filter(pl.col("to_day").is_null())
    columns = ["property", "holder", "interest_pct"]
    assert sorted(now.select(columns).rows(), key=str) == sorted(interest_on(held, day).select(columns).rows(), key=str)
