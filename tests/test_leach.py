"""Heap leach: contained and recoverable ounces, curves, and inventories that close."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book.bench import Bench
from orebook.book.problems import SettingsError
from orebook.book.results import leach
from orebook.book.settings import BookSettings
from orebook.disciplines.production.heap_leach import lifts_placed, pad_inventory, recovered_share
from orebook.disciplines.production.metal import contained_metal
from orebook.ground.range import Range

PLACED = date(2012, 1, 1)


def lifts(**more: object) -> pl.DataFrame:
    """A stockpile of 28,000 short tons at 0.100 oz/ton, 70 % of which come out (Imperial Metals, Sterling, 2011)."""
    said = {"pad": "Sterling", "lift": "1", "placed_day": [PLACED], "tonnes_st": [28000.0], "au_ozpst": [0.1]}
    return pl.DataFrame(said | {"ultimate_recovery_pct": 70.0} | more)


def test_contained_and_recoverable_ounces() -> None:
    """2,800 oz contained and 1,960 recoverable; 25,401 t at 3.429 g/t."""
    row = lifts_placed(lifts()).row(0, named=True)
    assert (row["placed"], row["extractable"]) == pytest.approx((2800.0, 1960.0))
    assert (round(row["tonnes_t"]), round(row["grade"], 3)) == (25401, 3.429)
    metric = lifts_placed(lifts(tonnes_st=None, tonnes_t=25401.17272, au_ozpst=None, au_gpt=3.4285714)).row(
        0, named=True
    )
    assert metric["placed"] == pytest.approx(2800.0, rel=1e-6)


def test_ranges_of_the_printed_stockpile() -> None:
    """By its printed digits it holds 2,736 to 2,864 oz, of which 1,902 to 2,019 are recoverable."""
    tons, grade, share = Range("27500", "28500", "ton"), Range("0.0995", "0.1005", "oz/ton"), Range("69.5", "70.5", "%")
    held = contained_metal(tons, grade).to("oz")
    assert (round(held.low), round(held.high)) == (2736, 2864)
    out = (held * share).to("oz")
    assert (round(out.low), round(out.high)) == (1902, 2019)
    metric = Range("0.1", "0.1", "oz/ton").to("g/t"), Range("28000", "28000", "ton").to("t")
    assert round(float(metric[0].low), 3) == 3.429 and round(float(metric[1].low)) == 25401


def test_a_table_by_days() -> None:
    """A column test that gave everything within thirty days: half way at fifteen, all of the 70 % at thirty."""
    curve = pl.DataFrame({"curve": "column", "days_d": [15.0, 30.0], "recovery_pct": [50.0, 100.0]})
    days = [PLACED + timedelta(days=at) for at in (0, 15, 30, 300)]
    made = pad_inventory(lifts(curve="column"), days, curves=curve)
    assert made["extracted"].to_list() == pytest.approx([0.0, 980.0, 1960.0, 1960.0])
    with pytest.raises(ValueError, match="draws the curve"):
        pad_inventory(lifts(curve="other"), days, curves=curve)


def test_a_table_by_solution() -> None:
    """Two tonnes of solution to a tonne bring out half, where the curve says so."""
    curve = pl.DataFrame({"curve": "wash", "solution_ratio": [2.0, 4.0], "recovery_pct": [50.0, 100.0]})
    tonnes = 28000 * 0.90718474
    counts = pl.DataFrame(
        {"pad": "Sterling", "day": [PLACED, PLACED + timedelta(days=40)], "state": "recovered", "au_oz": [0.0, 900.0]}
    ).with_columns(solution_t=pl.Series([0.0, 4 * tonnes]))
    days = [PLACED + timedelta(days=20), PLACED + timedelta(days=40)]
    made = pad_inventory(lifts(curve="wash"), days, curves=curve, metal=counts)
    assert made["extracted"].to_list() == pytest.approx([980.0, 1960.0])
    assert made["recoverable"].to_list() == pytest.approx([1960.0, 1060.0])
    assert made["behind"].to_list() == pytest.approx([980.0, 1060.0])


@given(st.floats(0, 90), st.floats(1, 400), st.lists(st.floats(0, 3000), min_size=2, max_size=8))
def test_a_curve_rises_to_the_whole(lag: float, tau: float, days: list[float]) -> None:
    """What has come out never falls, begins after the lag, and never exceeds what can."""
    at = np.sort(np.array(days))
    share = recovered_share(at, np.full(len(at), lag), np.full(len(at), tau))
    assert np.all(np.diff(share) >= 0) and np.all((share >= 0) & (share <= 1))
    assert np.all(share[at <= lag] == 0)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.floats(1, 1e5), st.floats(0.1, 5), st.floats(30, 90)), min_size=1, max_size=6
    )
)
def test_pads_are_the_sum_of_their_lifts(some: list[tuple[int, float, float, float]]) -> None:
    """Placed, extractable and extracted of a pad are those of its lifts; extracted and recoverable make extractable."""
    frame = pl.DataFrame(
        {
            "pad": "P",
            "lift": [str(at) for at in range(len(some))],
            "placed_day": [PLACED + timedelta(days=day) for day, *_ in some],
            "tonnes_t": [tonnes for _, tonnes, *_ in some],
            "au_gpt": [grade for *_, grade, _ in some],
            "ultimate_recovery_pct": [share for *_, share in some],
            "lag_d": 10.0,
            "tau_d": 60.0,
        }
    )
    day = PLACED + timedelta(days=400)
    pad = pad_inventory(frame, [day]).row(0, named=True)
    apart = pl.concat([pad_inventory(frame[at], [day]) for at in range(len(some))])
    for name in ("placed", "extractable", "extracted", "tonnes_t", "recoverable"):
        assert pad[name] == pytest.approx(apart[name].sum(), rel=1e-9)
    assert pad["extracted"] <= pad["extractable"] <= pad["placed"]
    turned = pad_inventory(frame.reverse(), [day]).row(0, named=True)
    assert turned["extracted"] == pytest.approx(pad["extracted"])


def test_the_result_of_a_book() -> None:
    """A book with lifts and counts tells each month end, and remarks on more than can come out."""
    counts = {"pad": "Sterling", "day": [date(2012, 2, 29)], "state": "recovered", "au_oz": [2000.0]}
    tables = {"leach_lifts": lifts(lag_d=10.0, tau_d=20.0), "leach_metal": pl.DataFrame(counts)}
    said = BookSettings(Path("book.toml"), "C", results={"leach": {"until": date(2012, 4, 30)}})
    made = leach.make(Bench(said, tables.get))
    assert made.parts["leach_pads"]["day"].to_list() == [
        date(2012, 1, 31),
        date(2012, 2, 29),
        date(2012, 3, 31),
        date(2012, 4, 30),
    ]
    days = "Sterling 2012-02-29, Sterling 2012-03-31 and Sterling 2012-04-30"
    assert made.remarks == (f"more metal was recovered than can ever come out: {days}; see leach_pads",)
    figures = made.parts["leach"].filter(period="2012-02-29", metal="Au")
    found = dict(figures.select("measure", "value").rows())
    assert found["leaching.metal_recoverable"] == pytest.approx(-40.0)
    assert found["leaching.grade_placed"] == pytest.approx(3.4285714)
    bad = {"leach_lifts": lifts(curve="none")}
    with pytest.raises(SettingsError, match="draws the curve"):
        leach.make(Bench(said, bad.get))
