"""Metal accounting: balances close, doubt goes where it belongs, provisional and final stand side by side."""

from datetime import date
from math import exp
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book.bench import Bench
from orebook.book.results import metal_accounting
from orebook.book.settings import BookSettings
from orebook.disciplines.production.metal_balance import metal_account
from orebook.disciplines.production.mill_amounts import mass_pull, two_product_recovery
from orebook.maths.constrained_least_squares import adjusted

START, END = date(2011, 1, 1), date(2011, 1, 31)
STREAMS = pl.DataFrame(
    {
        "stream": ["feed", "concentrate", "tailings"],
        "comes_from": [None, "mill", "mill"],
        "goes_to": ["mill", None, None],
    }
)


def measures(
    mass: list[float], copper: list[float], *, said_on: date = date(2011, 2, 1), provisional: str | None = None
) -> pl.DataFrame:
    """What was measured of feed, concentrate and tailings in a month."""
    return pl.DataFrame(
        {
            "stream": STREAMS["stream"],
            "from_day": START,
            "to_day": END,
            "said_on": said_on,
            "provisional": pl.Series([provisional] * 3, dtype=pl.String),
            "mass_t": mass,
            "mass_sd_pct": [1.0, 0.5, 5.0],
            "cu_pct": copper,
            "cu_sd_pct": [0.01, 0.2, 0.005],
        }
    )


def test_unaccounted_metal_and_its_deviation() -> None:
    """1,000 t at 1.00 % in, 40 t at 22.5 % and 955 t at 0.08 % out leave 0.236 t; its variance is the sum of all."""
    made = metal_account(STREAMS, measures([1000.0, 40.0, 955.0], [1.0, 22.5, 0.08]))
    copper = made.balances.filter(metal="Cu").row(0, named=True)
    assert copper["unaccounted"] == pytest.approx(10.0 - 9.0 - 0.764)
    parts = [(0.1, 0.1), (0.045, 0.08), (0.0382, 0.04775)]
    assert copper["unaccounted_sd"] == pytest.approx(sum(a * a + b * b for a, b in parts) ** 0.5)
    assert copper["z"] == pytest.approx(copper["unaccounted"] / copper["unaccounted_sd"])


def test_stock_belongs_to_the_balance() -> None:
    """What stays in the plant is not lost: an increase of stock of 5 t of mass and 0.1 t of copper is taken off."""
    stocks = pl.DataFrame(
        {"node": "mill", "day": [date(2010, 12, 31), END], "mass_t": [10.0, 15.0], "cu_pct": [1.0, 4 / 3]}
    )
    said = measures([1000.0, 40.0, 955.0], [1.0, 22.5, 0.08])
    balances = metal_account(STREAMS, said, stocks).balances
    mass, copper = balances.filter(pl.col("metal").is_null()), balances.filter(metal="Cu")
    assert (mass["stock_increase"][0], mass["unaccounted"][0]) == pytest.approx((5.0, 0.0))
    assert copper["stock_increase"][0] == pytest.approx(0.1)
    assert set(balances["uncounted"]) == {None}
    once = metal_account(STREAMS, said, stocks.sort("day").head(1)).balances
    assert once["uncounted"].unique().to_list() == stocks["node"].head(1).to_list()
    assert once["stock_increase"].unique().to_list() == [0.0]


amount = st.floats(0.97, 1.03)


@settings(max_examples=25, deadline=None)
@given(st.lists(amount, min_size=6, max_size=6))
def test_reconciled_balances_close(off: list[float]) -> None:
    """However far measurements are off, reconciled mass and copper balance, and no value becomes less certain."""
    mass = [value * by for value, by in zip([1000.0, 40.0, 960.0], off, strict=False)]
    copper = [value * by for value, by in zip([1.0, 22.6, 0.1], off[3:], strict=False)]
    made = metal_account(STREAMS, measures(mass, copper))
    found = {(row["stream"], row["quantity"]): row["reconciled"] for row in made.reconciled.iter_rows(named=True)}
    masses = np.array([found[stream, "mass"] for stream in STREAMS["stream"]])
    metal = masses * np.array([found[stream, "Cu"] for stream in STREAMS["stream"]])
    assert masses[0] == pytest.approx(masses[1] + masses[2], rel=1e-9)
    assert metal[0] == pytest.approx(metal[1] + metal[2], rel=1e-9)
    assert (made.reconciled["reconciled_sd"] <= made.reconciled["sd"] * (1 + 1e-9)).all()
    assert made.tests["converged"].all() and made.tests["degrees"].to_list() == [2]


def test_a_gross_error_is_found() -> None:
    """A tailings scale that is off by 300 t makes chi-square improbable, and its own adjustment the largest."""
    test = metal_account(STREAMS, measures([1000.0, 40.0, 1260.0], [1.0, 22.6, 0.1])).tests.row(0, named=True)
    assert test["chi_square"] == pytest.approx(300.0**2 / (10.0**2 + 0.2**2 + 63.0**2), rel=0.02)
    assert test["probability"] == pytest.approx(exp(-test["chi_square"] / 2), rel=1e-9)  # two degrees of freedom
    assert test["probability"] < 1e-4 and test["largest"] in ("tailings mass", "feed mass")
    calm = metal_account(STREAMS, measures([1000.0, 40.0, 960.0], [1.0, 22.6, 0.1])).tests.row(0, named=True)
    assert calm["chi_square"] == pytest.approx(0.0, abs=1e-9) and calm["probability"] == pytest.approx(1.0)


def test_provisional_and_final_are_both_kept() -> None:
    """A later report changes no earlier one: there is a balance of each, and each says what it is."""
    first = measures([1000.0, 40.0, 955.0], [1.0, 22.5, 0.08], provisional="yes")
    last = measures([1002.0, 40.0, 955.0], [1.0, 22.5, 0.08], said_on=date(2011, 3, 1))
    tables = {"streams": STREAMS, "stream_measures": pl.concat([last, first])}
    made = metal_accounting.make(Bench(BookSettings(Path("book.toml"), "C"), tables.get))
    mass = made.parts["metal_accounting"].filter(pl.col("metal").is_null()).select("version", "status", "metal_in")
    assert mass.rows() == [("first said", "provisional", 1000.0), ("last said", "final", 1002.0)]


def test_a_stream_without_a_mass_is_told() -> None:
    """Nothing is balanced where a stream across the border is missing."""
    made = metal_account(STREAMS, measures([1000.0, 40.0, 955.0], [1.0, 22.5, 0.08])[:2])
    assert made.balances.is_empty() and made.lacking["stream"].to_list() == ["tailings"]


def test_a_deviation_below_nought_is_refused() -> None:
    """That is a mistake of the caller."""
    with pytest.raises(ValueError, match="nought or more"):
        adjusted(np.ones(2), -np.ones(2), lambda at: (at[:1] - at[1:], np.array([[1.0, -1.0]])))


def test_published_flows_are_reconciled() -> None:
    """Six measured flows round an exchanger with a bypass, each with a deviation of one, become two and their sum.

    Source: S. Narasimhan and C. Jordache, Data Reconciliation and Gross Error Detection: An Intelligent Use of Process
    Data, Gulf Publishing (2000), example 1-1.
    """
    flows = [101.91, 64.45, 34.65, 64.20, 36.44, 98.88]
    ends = [(None, "split"), ("split", "exchanger"), ("split", "valve"), ("exchanger", "mixer"), ("valve", "mixer"),
            ("mixer", None)]  # fmt: skip
    names = [f"flow {at}" for at in range(1, 7)]
    streams = pl.DataFrame({"stream": names, "comes_from": [a for a, _ in ends], "goes_to": [b for _, b in ends]})
    said = {"stream": names, "from_day": START, "to_day": END, "said_on": END, "mass_t": flows}
    made = metal_account(streams, pl.DataFrame(said | {"mass_sd_pct": [100.0 / flow for flow in flows]}))
    assert made.reconciled["reconciled"].round(2).to_list() == [100.22, 64.5, 35.72, 64.5, 35.72, 100.22]
    assert made.balances["unaccounted"].to_list() == pytest.approx([101.91 - 98.88])
    assert made.tests["degrees"].to_list() == [4]


def test_published_recovery_by_assays_alone() -> None:
    """Copper of 1.0 % in the feed, 10.0 % in the concentrate, 0.2 % in the tailings: 81.6327 % in 8.16327 % of the ore.

    Source: worked example of the two-product formula at processconvert.com/calculators/two-product-formula.
    """
    found = pl.DataFrame({"f": [1.0], "c": [10.0], "t": [0.2]}).select(
        recovery=two_product_recovery(pl.col("f"), pl.col("c"), pl.col("t")),
        pull=mass_pull(pl.col("f"), pl.col("c"), pl.col("t")),
    )
    assert [round(100.0 * each, 5) for each in found.row(0)] == [81.63265, 8.16327]
