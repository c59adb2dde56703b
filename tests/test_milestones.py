"""Milestones and permits: the precision of their days, order, slippage, and what blocks what."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.tenure.milestones import chains, conflicts, order_of, sayings, slippage, standing
from orebook.disciplines.tenure.permits import blocked, permit_sayings, permits_on, with_permits
from orebook.maths.precedence import along, circle, in_order

Row = dict[str, object]


def told(*rows: Row, land: str = "P") -> pl.DataFrame:
    """Sayings about milestones of one property, with what each leaves out as planned."""
    return sayings(
        pl.DataFrame([{"property": land, "status": "planned", **row} for row in rows], infer_schema_length=None)
    )


def said(milestone: str, said_on: str, when: str, **more: object) -> Row:
    """One saying."""
    return {"milestone": milestone, "said_on": said_on, "date": when, **more}


def test_huckleberry_permit_told_twice() -> None:
    """On November 14 the amendment is expected in 2011, on November 22 before its end: the same last day (H-PERMIT)."""
    rows = {
        "property": "Huckleberry",
        "permit": "Mines Act amendment",
        "said_on": ["2011-11-14", "2011-11-22"],
        "state": ["applied", "expected"],
        "date": ["in 2011", "before the end of 2011"],
        "blocks": "optimization plan",
    }
    told_ = permit_sayings(pl.DataFrame(rows))
    assert told_["latest_day"].to_list() == [date(2011, 12, 31)] * 2
    assert told_["earliest_day"].to_list() == [date(2011, 11, 14), date(2011, 11, 22)]
    stood = permits_on(told_, date(2012, 1, 10))
    assert stood.select("standing", "overdue_d").rows() == [("awaited", 10)]
    assert blocked(stood)["milestone"].to_list() == ["optimization plan"]


def test_document_dates_in_order() -> None:
    """Drilling from late November 2010 to July 2011, then papers of October 25, November 14 and 22 (T-DATES)."""
    words = ["late November 2010", "July 2011", "September 30, 2011", "October 25, 2011", "2011-11-14", "2011-11-22"]
    rows = [
        said(str(place), "2011-12-01", when, status="done", after=str(place - 1) if place else None)
        for place, when in enumerate(words)
    ]
    assert set(order_of(told(*rows))["lies"]) == {"after"}
    assert chains(standing(told(*rows), date(2012, 1, 1)))["short_d"].null_count() == 6


def test_same_report_told_twice() -> None:
    """A report in early 2012, told on October 25 and again on November 14, did not move."""
    rows = told(said("report", "2011-10-25", "early 2012"), said("report", "2011-11-14", "2012-early"))
    assert slippage(rows).select("moved", "slip_d").rows() == [("same", 0)]


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("Q4 2011", "early 2012", "later"),
        ("2012", "Q1 2012", "narrower"),
        ("Q1 2012", "2012", "wider"),
        ("H1 2012", "mid-2012", "shifted"),
        ("Q4 2012", "Q2 2012", "sooner"),
        ("by 2012-06-30", "by 2012-06-30", "narrower"),  # a month less is left of it
    ],
)
def test_slippage(before: str, now: str, moved: str) -> None:
    """What a later saying makes of the one before, as intervals of days on the days of publication."""
    rows = told(said("gold", "2011-10-01", before), said("gold", "2011-11-01", now))
    assert slippage(rows)["moved"].to_list() == [moved]


@pytest.mark.parametrize(
    ("day", "moved"), [("2012-02-03", "reached"), ("2012-04-01", "reached late"), ("2011-12-30", "reached early")]
)
def test_reached(day: str, moved: str) -> None:
    """What was done is compared with what had been planned."""
    rows = told(said("gold", "2011-11-14", "early 2012"), said("gold", "2012-06-01", day, status="done"))
    assert slippage(rows)["moved"].to_list() == [moved]


def test_chain_to_first_gold() -> None:
    """The earliest day through a chain: permit by year end, building of 200 days, first gold 30 days after."""
    rows = told(
        said("building", "2011-11-14", "2012", takes_d=200.0),
        said("first gold", "2011-11-14", "early 2012", after="building", takes_d=30.0),
    )
    permit = permit_sayings(
        pl.DataFrame(
            {
                "property": ["P"],
                "permit": ["mine permit"],
                "said_on": ["2011-11-14"],
                "state": ["applied"],
                "date": ["2012-02-01"],
                "blocks": ["building"],
            }
        )
    )
    stood = permits_on(permit, date(2011, 12, 1))
    chain = chains(with_permits(standing(rows, date(2011, 12, 1)), stood), stood)
    possible = {row["milestone"]: (row["possible_day"], row["by"], row["short_d"]) for row in chain.to_dicts()}
    assert possible["building"] == (date(2012, 2, 1) + timedelta(days=200), "mine permit", None)
    first = date(2012, 2, 1) + timedelta(days=230)
    assert possible["first gold"] == (first, "building", (first - date(2012, 3, 31)).days)


def test_circle_is_named() -> None:
    """Milestones that wait for one another are named in their circle, and nothing of them is dated."""
    rows = told(said("a", "2011-01-01", "2012", after="b"), said("b", "2011-01-01", "2012", after="a"))
    chain = chains(standing(rows, date(2011, 6, 1)))
    assert chain["circle"].to_list() == ["a → b → a"] * 2
    assert chain["possible_day"].null_count() == 2


def test_unknown_predecessor_is_named() -> None:
    """What a milestone waits for and nobody dates is said, not passed over."""
    chain = chains(standing(told(said("a", "2011-01-01", "2012", after="money | b")), date(2011, 6, 1)))
    assert chain["unknown"].to_list() == ["money | b"]


def test_two_dates_on_one_day() -> None:
    """Two dates of one day that exclude each other are a conflict; one that holds the other is none."""
    apart = told(said("gold", "2011-11-14", "Q1 2012"), said("gold", "2011-11-14", "Q2 2012"))
    assert conflicts(apart).height == 1
    assert conflicts(told(said("gold", "2011-11-14", "Q1 2012"), said("gold", "2011-11-14", "2012"))).height == 0


def test_words_that_mean_no_day_are_kept() -> None:
    """A date that cannot be read stays as it was said, with the reason."""
    row = told(said("gold", "2011-11-14", "soon")).row(0, named=True)
    assert row["latest_day"] is None
    assert "says no days" in row["unreadable"]


graphs = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3), max_size=10)


@given(graphs)
def test_order_or_circle(waits: dict[int, list[int]]) -> None:
    """Either there is an order in which nothing comes before what it waits for, or a circle that is really there."""
    if found := circle(waits):
        assert found[0] == found[-1]
        assert all(later in waits[earlier] for earlier, later in pairwise(found))
    else:
        order = in_order(waits)
        assert all(order.index(before) < order.index(node) for node, some in waits.items() for before in some)
        depth = along(waits, lambda node, known: 1 + max((known[each] for each in waits.get(node, ())), default=0))
        assert all(depth[node] > depth[before] for node, some in waits.items() for before in some)
