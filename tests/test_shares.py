"""Shares: published examples come out, and no order of rows or cut of time changes a mean."""

import random
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.disciplines.finance.amounts import change, per_share, relative_change, sum_of_parts
from orebook.disciplines.finance.shares.buy_backs import bid_limit, limits, over_limits
from orebook.disciplines.finance.shares.dilution import Potential, diluted
from orebook.disciplines.finance.shares.per_share import common_share_count
from orebook.disciplines.finance.shares.potential_shares import NoPriceError, potential_shares
from orebook.disciplines.finance.shares.share_figures import in_last_shares
from orebook.disciplines.finance.shares.share_history import missed_counts, share_history
from orebook.disciplines.finance.shares.weighted_shares import shares_on, weighted_shares
from orebook.ground.figure import Figure
from orebook.ground.range import Range

YEAR = date(2001, 1, 1), date(2001, 12, 31)


def events(*rows: tuple[date, str, float | None], **more: list[float | None]) -> pl.DataFrame:
    """Share events of day, kind and shares; further columns by name."""
    frame = pl.DataFrame(rows, {"day": pl.Date, "kind": pl.String, "shares": pl.Float64}, orient="row")
    return frame.with_columns(pl.Series(name, values, pl.Float64) for name, values in more.items())


def mean(table: pl.DataFrame, start: date, end: date, **how: str) -> float | None:
    """The weighted average of one period."""
    period = pl.DataFrame({"from_day": [start], "to_day": [end]})
    return weighted_shares(share_history(table), period, **how)["weighted"][0]  # type: ignore[arg-type]


# --- published examples -----------------------------------------------------------------------------------------------


def test_weighted_average_of_the_standard() -> None:
    """IAS 33, illustrative example 2: 1,400 shares, 800 issued on 31 May, 250 bought on 1 December: 1,846."""
    table = events(
        (date(2001, 1, 1), "opening", 1700.0),
        (date(2001, 1, 1), "buy_back", 300.0),
        (date(2001, 5, 31), "issue", 800.0),
        (date(2001, 12, 1), "buy_back", 250.0),
    )
    assert mean(table, *YEAR, count="months") == pytest.approx(1400 * 5 / 12 + 2200 * 6 / 12 + 1950 / 12)
    assert round(mean(table, *YEAR, count="months") or 0) == 1846
    assert mean(table, *YEAR) == pytest.approx((1400 * 150 + 2200 * 184 + 1950 * 31) / 365)


def test_bonus_issue_restates_the_year_before() -> None:
    """IAS 33, illustrative example 3: two shares for each of 200 in the second year; 1.00 and, restated, 0.30."""
    table = events((date(2001, 1, 1), "opening", 200.0), (date(2002, 10, 1), "split", None), ratio=[None, 3.0])
    assert mean(table, date(2001, 1, 1), date(2001, 12, 31)) == 600.0
    assert mean(table, date(2002, 1, 1), date(2002, 12, 31)) == 600.0
    assert per_share(600.0, 600.0) == 1.0
    assert per_share(180.0, 600.0) == pytest.approx(0.30)
    before = share_history(table, known=date(2001, 12, 31))
    assert weighted_shares(before, pl.DataFrame({"from_day": [YEAR[0]], "to_day": [YEAR[1]]}))["weighted"][0] == 200.0


def test_rights_issue_of_the_standard() -> None:
    """IAS 33, illustrative example 4: one for five at 5 with the share at 11: 550 restated, and 591.67 in the year."""
    table = events(
        (date(2000, 1, 1), "opening", 500.0),
        (date(2001, 3, 1), "rights", 100.0),
        price=[None, 5.0],
        market_price=[None, 11.0],
    )
    earlier = mean(table, date(2000, 1, 1), date(2000, 12, 31), count="months") or 0
    this = mean(table, *YEAR, count="months") or 0
    assert earlier == pytest.approx(550.0)
    assert this == pytest.approx(500 * 1.1 * 2 / 12 + 600 * 10 / 12)
    assert [round(per_share(1100.0, earlier), 2), round(per_share(1500.0, this), 2)] == [2.00, 2.54]


def test_treasury_stock_method_of_the_standard() -> None:
    """IAS 33, illustrative example 5: 100,000 options at 15 with the share at 20 add 25,000: 2.40 and 2.29."""
    options = pl.DataFrame({"instrument": ["A"], "kind": ["option"], "shares": [1e5], "exercise_price": [15.0]})
    found = diluted(1_200_000.0, 500_000.0, potential_shares(options, *YEAR, 20.0))
    assert found.shares == 525_000.0
    assert [round(per_share(1_200_000.0, 500_000.0), 2), round(found.per_share, 2)] == [2.40, 2.29]


def test_order_of_dilution_of_the_standard() -> None:
    """IAS 33, illustrative example 9: options, then bonds; the preference shares would raise 3.23 and stay out."""
    found = diluted(
        10_000_000.0,
        2_000_000.0,
        [
            Potential("preference shares", 1_600_000.0, 6_400_000.0),
            Potential("bonds", 2_000_000.0, 3_000_000.0),
            Potential("options", 20_000.0),
        ],
    )
    assert [(stage.name, round(stage.per_share, 2), stage.dilutes) for stage in found.stages] == [
        ("options", 4.95, True),
        ("bonds", 3.23, True),
        ("preference shares", 3.45, False),
    ]
    assert (found.shares, found.income) == (4_020_000.0, 13_000_000.0)


def test_weighted_shares_of_a_quarter_with_buy_backs() -> None:
    """161.70 M at the start of 91 days, 0.50 M cancelled after day 30 and 0.30 M after day 60: 161.263 M, 160.90 M."""
    start = date(2018, 4, 1)
    table = events(
        (start, "opening", 161.70),
        (start + timedelta(30), "cancel", 0.50),
        (start + timedelta(60), "cancel", 0.30),
    )
    period = pl.DataFrame({"from_day": [start], "to_day": [date(2018, 6, 30)]})
    found = weighted_shares(share_history(table), period)
    assert found.select(pl.col("weighted", "at_end").round(3)).row(0) == (161.263, 160.9)
    assert found["weighted"][0] == pytest.approx(161.70 - 0.50 * 61 / 91 - 0.30 * 31 / 91)


# --- what is not counted ----------------------------------------------------------------------------------------------


def test_a_loss_is_not_diluted() -> None:
    """In a loss every potential share would make the loss per share smaller, so that none is taken in."""
    found = diluted(-100.0, 10.0, [Potential("options", 5.0), Potential("bonds", 5.0, 1.0)])
    assert (found.shares, found.per_share) == (10.0, -10.0)
    assert not any(stage.dilutes for stage in found.stages)


def test_continuing_operations_decide() -> None:
    """IAS 33, paragraph 42: a loss of continuing operations keeps all out, though the income as a whole is a profit."""
    assert diluted(100.0, 10.0, [Potential("options", 5.0)], control=-1.0).shares == 10.0


def test_options_without_a_price_are_not_guessed() -> None:
    """Where nobody gave the price of the share, options are neither taken in nor left out in silence."""
    options = pl.DataFrame({"instrument": ["A"], "kind": ["option"], "shares": [1e5], "exercise_price": [15.0]})
    with pytest.raises(NoPriceError, match="no price of the share between 2001-01-01 and 2001-12-31"):
        potential_shares(options, *YEAR, None)


def test_options_count_for_the_days_they_stood() -> None:
    """Options granted on the first of October stand for 92 of 365 days; those above the price add nothing."""
    options = pl.DataFrame(
        {
            "instrument": ["A", "B"],
            "kind": ["option", "option"],
            "from_day": [date(2001, 10, 1), None],
            "shares": [100.0, 100.0],
            "exercise_price": [15.0, 25.0],
        }
    )
    assert [one.shares for one in potential_shares(options, *YEAR, 20.0)] == [pytest.approx(25.0 * 92 / 365), 0.0]


def test_a_split_changes_options_and_their_price() -> None:
    """After two for one, 100 options at 15 are 200 at 7.50: with the share at 10 they add 50."""
    held = {"instrument": ["A"], "kind": ["option"], "from_day": [YEAR[0]], "shares": [100.0], "exercise_price": [15.0]}
    split = events((YEAR[0], "opening", 1000.0), (date(2001, 6, 1), "split", None), ratio=[None, 2.0])
    told = in_last_shares(
        pl.DataFrame(held), share_history(split), "from_day", more=["shares"], less=["exercise_price"]
    )
    assert potential_shares(told, *YEAR, 10.0)[0].shares == 50.0


def test_a_period_before_the_first_event_has_no_mean() -> None:
    """What was before the register begins is not known, and a count below nothing is none."""
    table = events((date(2001, 2, 1), "opening", 100.0), (date(2001, 6, 1), "cancel", 200.0))
    assert mean(table, *YEAR) is None
    assert mean(table, date(2001, 2, 1), date(2001, 5, 31)) == 100.0
    assert mean(table, date(2001, 6, 1), date(2001, 6, 30)) is None
    assert shares_on(share_history(table), date(2001, 1, 31)) is None


def test_counts_of_the_register_are_held_against_the_events() -> None:
    """A count that the events do not lead to is told with both numbers; one that they lead to is not."""
    table = events(
        (date(2001, 1, 1), "opening", 100.0),
        (date(2001, 3, 1), "issue", 20.0),
        (date(2001, 3, 31), "count", 120.0),
        (date(2001, 6, 30), "count", 121.0),
    )
    assert missed_counts(table).rows() == [(date(2001, 6, 30), 121.0, 120.0)]


def test_bid_limits() -> None:
    """A bid may buy the larger of 5 % of issued and 10 % of the float; a block counts for the year, not for the day."""
    assert bid_limit(161.7e6, 100e6, limits()["TSX"]) == pytest.approx(10e6)
    assert bid_limit(161.7e6, 20e6, limits()["TSX"]) == pytest.approx(8.085e6)
    bid = pl.DataFrame(
        {
            "bid": ["2018"],
            "exchange": ["TSX"],
            "from_day": [YEAR[0]],
            "to_day": [YEAR[1]],
            "issued": [1e6],
            "float": [2e5],
            "daily_volume": [8000.0],
        }
    )
    bought = events(
        (date(2001, 2, 1), "buy_back", 2000.0),
        (date(2001, 2, 2), "buy_back", 2001.0),
        (date(2001, 2, 5), "buy_back", 47_000.0),
    ).with_columns(block=pl.Series([False, False, True]))
    assert over_limits(bid, bought).select("day", "so_far", "limit", "over").rows() == [
        (date(2001, 2, 2), 2001.0, 2000.0, "day"),
        (date(2001, 2, 5), 51_001.0, 50_000.0, "twelve months"),
    ]


# --- laws -------------------------------------------------------------------------------------------------------------

_KINDS = st.sampled_from(["issue", "buy_back", "cancel", "split", "consolidation"])


@given(
    st.lists(
        st.tuples(st.integers(0, 272), _KINDS, st.integers(1, 50), st.sampled_from([1.5, 2.0, 10.0])), max_size=12
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_order_of_rows_and_no_cut_of_time_changes_a_mean(
    drawn: list[tuple[int, str, int, float]], chance: random.Random
) -> None:
    """Days × mean of a first half and a third quarter are days × mean of nine months, in whatever order rows stand."""
    start = date(2011, 1, 1)
    rows = [(start, "opening", 1e6, None), *((start + timedelta(at), kind, n, r) for at, kind, n, r in drawn)]
    names = {"day": pl.Date, "kind": pl.String, "shares": pl.Float64, "ratio": pl.Float64}
    table = pl.DataFrame(rows, names, orient="row")
    half = mean(table, start, date(2011, 6, 30)) or 0
    third = mean(table, date(2011, 7, 1), date(2011, 9, 30)) or 0
    nine = mean(table, start, date(2011, 9, 30)) or 0
    assert nine * 273 == pytest.approx(half * 181 + third * 92)
    chance.shuffle(rows)
    assert share_history(pl.DataFrame(rows, names, orient="row")).equals(share_history(table))


@given(
    st.floats(0.01, 1e6),
    st.floats(1.0, 1e6),
    st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)), max_size=8),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_diluted_is_never_above_basic(income: float, shares: float, some: list[tuple[float, float]]) -> None:
    """Whatever may become shares, income per share after dilution is at most what it was, stage by stage."""
    found = diluted(income, shares, [Potential(str(place), *one) for place, one in enumerate(some)])
    taken = [stage.per_share for stage in found.stages if stage.dilutes]
    assert found.per_share <= income / shares * (1 + 1e-12)
    assert taken == sorted(taken, reverse=True)


# --- the published quarter of 2011 ------------------------------------------------------------------------------------

PUBLISHED = {
    "2011-Q3": ((17617, "0.48"), (4755, "0.13"), (17102, "0.46")),
    "2010-Q3": ((7429, "0.20"), (13258, "0.36"), (27079, "0.74")),
    "2011-9M": ((45405, "1.23"), (23104, "0.63"), (63533, "1.72")),
    "2010-9M": ((19338, "0.54"), (22727, "0.63"), (52298, "1.46")),
}
"""Net income, adjusted net income and cash flow in thousands of Canadian dollars, each with its figure per share."""

COUNTS = {
    "2011-Q3": (36.7774, 37.0895),
    "2010-Q3": (36.3470, 36.8429),
    "2011-9M": (36.8304, 36.9672),
    "2010-9M": (35.7898, 35.9440),
}


def printed(amount: int, each: str) -> tuple[Range, Range]:
    """An amount in thousands and a per-share figure as the ranges that they stand for."""
    return Figure.parse(f"{amount} CAD thousand").range(), Figure.parse(f"{each} CAD/share").range()


@pytest.mark.parametrize("period", PUBLISHED)
def test_one_share_count_fits_all_three_figures(period: str) -> None:
    """FN1102: in each of the four columns one number of shares gives all three per-share figures as printed."""
    found = common_share_count(printed(*pair) for pair in PUBLISHED[period])
    assert found is not None
    low, high = (float(end) / 1e6 for end in (found.low, found.high))
    assert (round(low, 4), round(high, 4)) == COUNTS[period]
    for amount, each in PUBLISHED[period]:
        places = -Decimal(each).as_tuple().exponent  # type: ignore[operator]
        assert round(per_share(amount * 1000, float(found.middle)), places) == float(each)


def test_no_share_count_fits_a_figure_of_another_period() -> None:
    """A per-share figure of another column leaves no number of shares."""
    pairs = [*PUBLISHED["2011-Q3"][:2], (17102, "0.74")]
    assert common_share_count(printed(*pair) for pair in pairs) is None


def test_shares_were_issued_in_2010() -> None:
    """The count of the third quarter of 2010 lies wholly above that of its nine months."""
    third, nine = (common_share_count(printed(*pair) for pair in PUBLISHED[name]) for name in ("2010-Q3", "2010-9M"))
    assert third is not None
    assert nine is not None
    assert not third.meets(nine)
    assert nine.high < third.low


def test_first_half_is_nine_months_less_the_quarter() -> None:
    """Ten figures of the first halves of 2011 and 2010, in thousands."""
    nine = {"revenues": (205994, 191232), "mine income": (56614, 46742), "net income": (45405, 19338)}
    nine |= {"adjusted": (23104, 22727), "cash flow": (63533, 52298)}
    quarter = {"revenues": (69409, 68477), "mine income": (8531, 25656), "net income": (17617, 7429)}
    quarter |= {"adjusted": (4755, 13258), "cash flow": (17102, 27079)}
    half = {name: tuple(change(a, b) for a, b in zip(nine[name], quarter[name], strict=True)) for name in nine}
    assert half == {
        "revenues": (136585, 122755),
        "mine income": (48083, 21086),
        "net income": (27788, 11909),
        "adjusted": (18349, 9469),
        "cash flow": (46431, 25219),
    }


def test_changes_and_margins_of_the_quarter() -> None:
    """Cash flow fell by 9.977, printed 10.0; spending by 2.5; margins 12.3, 37.5, 27.5 and 24.4 %; 16.7 and −10.9."""
    assert change(17102, 27079) / 1000 == -9.977
    assert round(change(17102, 27079) / 1000, 1) == -10.0
    assert round(change(12.7, 15.2), 1) == -2.5
    pairs = [(8531, 69409), (25656, 68477), (56614, 205994), (46742, 191232)]
    assert [round(100 * a / b, 1) for a, b in pairs] == [12.3, 37.5, 27.5, 24.4]
    assert round(sum_of_parts([17.5, -0.8]), 1) == 16.7
    assert round(sum_of_parts([-8.2, -2.7]), 1) == -10.9
    assert round(change(17102 / 1000, 12.7), 1) == 4.4
    assert round(change(27079 / 1000, 15.2), 1) == 11.9
    assert round(relative_change(17102.0, 27079.0), 3) == -0.368
