"""Whatever stands in tables of finance, rules and results answer; they neither fail nor post half of anything."""

from datetime import date
from math import inf, nan

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import STOCKS, chart, drawn, summed
from orebook.checks import folder
from orebook.checks.table_rule import Tables
from orebook.checks.tables import check_tables
from orebook.disciplines.finance.capital import capital_figures
from orebook.disciplines.finance.later_events import later_events
from orebook.disciplines.finance.shares.share_history import KINDS, share_history
from orebook.disciplines.finance.shares.weighted_shares import weighted_shares
from orebook.ground.fiscal import reporting_periods

CODES = [code for code, rule in folder("T").items() if rule.on == "records"]

DAYS = st.sampled_from(
    [
        None,
        date.min,
        date(1900, 1, 1),
        date(2011, 1, 1),
        date(2011, 6, 30),
        date(2011, 9, 30),
        date(2012, 2, 29),
        date.max,
    ]
)
NUMBERS = st.sampled_from([None, 0.0, 0.01, -0.01, 0.001, 5.0, -5.0, 1e15, 1e300, -1e300, inf, -inf, nan])
WORDS = st.sampled_from(
    [None, "", " ", "1000", "4000", "CAD", "USD", "restated", "issue", "split", "opening", "option", "yes"]
)
NAMES = st.sampled_from([None, "", "1000", "1500", "2000", "3900", "4000", "5000", "none"])

LEDGER = {
    "account": (NAMES, pl.String),
    "from_day": (DAYS, pl.Date),
    "to_day": (DAYS, pl.Date),
    "amount": (NUMBERS, pl.Float64),
    "currency": (st.sampled_from([None, "CAD", "CAD", "USD"]), pl.String),
    "entity": (st.sampled_from([None, "A"]), pl.String),
    "version": (st.sampled_from([None, "", "restated"]), pl.String),
    "published_on": (DAYS, pl.Date),
}
OTHERS = {
    "balances": {"account": NAMES, "day": DAYS, "amount": NUMBERS, "currency": WORDS, "tolerance": NUMBERS},
    "share_events": {"day": DAYS, "kind": WORDS, "shares": NUMBERS, "ratio": NUMBERS, "block": WORDS},
    "share_prices": {"day": DAYS, "price": NUMBERS, "currency": WORDS},
    "dilutives": {"instrument": WORDS, "kind": WORDS, "shares": NUMBERS, "exercise_price": NUMBERS, "from_day": DAYS},
    "bids": {"bid": WORDS, "exchange": WORDS, "from_day": DAYS, "to_day": DAYS, "issued": NUMBERS, "float": NUMBERS},
    "capital": {"project": WORDS, "from_day": DAYS, "to_day": DAYS, "amount": NUMBERS, "currency": WORDS},
    "later_events": {"day": DAYS, "title": WORDS, "amount": NUMBERS, "currency": WORDS, "falls_on": DAYS},
    "exchange_rates": {"base": WORDS, "quote": WORDS, "day": DAYS, "rate": NUMBERS, "kind": WORDS},
}


def kind_of(values: st.SearchStrategy[object]) -> type[pl.DataType]:
    """The type of a column that is drawn from some values."""
    return pl.Date if values is DAYS else pl.Float64 if values is NUMBERS else pl.String


@st.composite
def frames(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """A ledger and, beside it, one other table, both of anything."""
    rows = draw(st.lists(st.tuples(*(values for values, _ in LEDGER.values())), max_size=8))
    found = {"ledger": pl.DataFrame(rows, {name: kind for name, (_, kind) in LEDGER.items()}, orient="row")}
    name = draw(st.sampled_from(sorted(OTHERS)))
    columns = OTHERS[name]
    others = draw(st.lists(st.tuples(*columns.values()), max_size=5))
    types = {column: kind_of(values) for column, values in columns.items()}
    return {**found, name: pl.DataFrame(others, types, orient="row")}


HARD = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(frames())
@HARD
def test_rules_answer_whatever_stands_there(found: dict[str, pl.DataFrame]) -> None:
    """No rule on records fails on nothing, on infinite amounts, on days of other ages."""
    tables = Tables({"accounts": chart(), **found}, crs="local", azimuth_reference="grid", said={"currency": "CAD"})
    for finding in check_tables(tables, CODES):
        assert finding.sources
        assert finding.message


@given(frames())
@HARD
def test_results_answer_whatever_stands_there(found: dict[str, pl.DataFrame]) -> None:
    """Sums, shares, capital and events are made of it, and every statement that is made balances."""
    periods = reporting_periods(date(2010, 1, 1), date(2012, 12, 31))
    rates = found.get("exchange_rates")
    figures = drawn(summed(found["ledger"], periods, rates=rates), periods)
    at = figures.filter(
        (pl.col("statement") == "position") & pl.col("line").is_in(["total_assets", "liabilities_and_equity"])
    )
    wide = at.pivot("line", on_columns=["total_assets", "liabilities_and_equity"], index="period", values="cents")
    assert (wide["total_assets"].fill_null(0) == wide["liabilities_and_equity"].fill_null(0)).all()
    if "share_events" in found:
        events = found["share_events"].filter(pl.col("kind").is_in(list(KINDS)))
        days = pl.DataFrame({"from_day": [date(2011, 1, 1)], "to_day": [date(2011, 9, 30)]})
        weighted_shares(share_history(events), days)
    if "capital" in found:
        capital_figures(found["capital"], periods, company="Alder", currency="CAD")
    if "later_events" in found:
        later_events(found["later_events"])


def test_the_kinds_of_balances_are_those_of_the_chart() -> None:
    """The ledgers of these tests know the same balances as the house."""
    assert set(STOCKS) < set(chart()["kind"])
