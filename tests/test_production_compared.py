"""Production compared: years beside years, factors of a change, guidance, what counts as waste, a result."""

from datetime import date
from math import exp
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.book.bench import Bench
from orebook.book.results import production
from orebook.book.settings import BookSettings
from orebook.disciplines.production.comparing import compared, factors
from orebook.disciplines.production.guidance import against_guidance
from orebook.disciplines.production.mill_figures import mill_figures
from orebook.disciplines.production.mined_figures import mined_figures

YEARS = {"from_day": [date(2010, 1, 1), date(2011, 1, 1)], "to_day": [date(2010, 9, 30), date(2011, 9, 30)]}


def two_years(ore: list[float], grade: list[float], recovery: list[float]) -> pl.DataFrame:
    """Nine months of one mine in two years."""
    more = {"ore_t": ore, "cu_pct": grade, "cu_recovery_pct": recovery}
    return pl.DataFrame({"mine": "Kestrel", **YEARS, **more})


@pytest.mark.parametrize(
    ("ore", "grade", "recovery", "ratio"),
    [
        ([5943967.0, 5742244.0], [0.324, 0.262], [62.97, 57.16], 0.7091),
        ([4156900.0, 4480300.0], [0.378, 0.382], [91.3, 90.2], 1.0761),
    ],
)
def test_a_change_of_metal_is_a_product(
    ore: list[float], grade: list[float], recovery: list[float], ratio: float
) -> None:
    """Copper of 2011 by that of 2010 is the product of three ratios: 0.7091 and 1.0761 at two published mines."""
    figures = mill_figures(two_years(ore, grade, recovery), company="C").figures
    row = factors(figures).filter(subject="Kestrel", period="2011-9M").row(0, named=True)
    assert round(row["metal_ratio"], 4) == ratio
    assert row["metal_ratio"] == pytest.approx(row["ore_ratio"] * row["grade_ratio"] * row["recovery_ratio"])
    change = (
        compared(figures).filter(measure="milling.ore_milled", subject="Kestrel", period="2011-9M").row(0, named=True)
    )
    assert (change["value"], change["before"], change["before_period"]) == (ore[1], ore[0], "2010-9M")


small = st.floats(-1, 1).map(exp)


@settings(max_examples=20, deadline=None)
@given(st.lists(small, min_size=6, max_size=6))
def test_the_parts_of_a_change_add_up(some: list[float]) -> None:
    """What tonnes, grade and recovery did adds up to the change, whichever way each went."""
    ore, grade, recovery = [1000 * some[0], 1000 * some[1]], some[2:4], [20 * some[4], 20 * some[5]]
    row = factors(mill_figures(two_years(ore, grade, recovery), company="C").figures).row(0, named=True)
    parts = sum(row[f"by_{name}"] for name in ("ore", "grade", "recovery"))
    assert parts == pytest.approx(row["change"], rel=1e-6, abs=1e-9)


def test_guidance_by_its_pace() -> None:
    """Nine months of 34.0 Mlb are below the pace of 48 and inside that of 44 to 46 Mlb, with 10 to 12 Mlb to come."""
    sheet = two_years([4156900.0, 4480300.0], [0.378, 0.382], [91.3, 90.2])
    figures = mill_figures(sheet, company="C", counted_in={"Cu": "lb"}).figures
    guidance = pl.DataFrame(
        {
            "mine": ["Kestrel"] * 3,
            "measure": ["milling.metal_produced", "milling.metal_produced", "milling.head_grade"],
            "metal": "Cu",
            "period": "2011",
            "low": [44.0, 48.0, 0.36],
            "high": [46.0, None, 0.38],
            "unit": ["Mlb", "Mlb", "%"],
            "said_on": [date(2011, 1, 10), date(2011, 2, 1), date(2011, 1, 10)],
        }
    )
    found = against_guidance(guidance, figures, "C").sort("measure", "said_on")
    assert found["state"].to_list() == ["above", "in", "below"]
    metal = found.row(1, named=True)
    assert metal["actual"] == pytest.approx(34.0338637, rel=1e-6)
    assert (metal["low_left"], metal["high_left"]) == pytest.approx((9.9661, 11.9661), abs=1e-4)
    assert metal["elapsed"] == pytest.approx(273 / 365) and metal["until"] == date(2011, 9, 30) and not metal["over"]
    assert found["low_left"].to_list()[0] is None


def test_strip_ratio_says_what_it_counts() -> None:
    """39.7 Mt of ore at 1.51 have 59.9 Mt of waste, 99.6 Mt in all; without old tailings the ratio is another."""
    pit = pl.DataFrame(
        {
            "mine": "Huckleberry",
            "from_day": [date(2012, 1, 1)] * 2,
            "to_day": [date(2012, 12, 31)] * 2,
            "ore_t": [39.7e6, None],
            "waste_t": [39.7e6 * 1.41, 39.7e6 * 0.10],
            "waste_kind": ["rock", "old tailings"],
            "cu_pct": [0.343, None],
        }
    )
    made = mined_figures(pit).figures.filter(period="2012")
    found = {(row["measure"], row["how"]): row["value"] for row in made.iter_rows(named=True)}
    assert found["milling.strip_ratio", "waste counts old tailings and rock"] == pytest.approx(1.51)
    assert round(found["milling.waste_mined", "waste counts old tailings and rock"] / 1e6, 1) == 59.9
    assert round(found["milling.total_mined", None] / 1e6, 1) == 99.6
    assert round(found["milling.metal_mined", None]) == 136_171
    assert made["coverage"].to_list() == [1.0] * made.height
    rock = mined_figures(pit, waste=["rock"]).figures
    (ratio,) = rock.filter(period="2012", measure="milling.strip_ratio")["value"]
    assert ratio == pytest.approx(1.41)


def test_the_result_of_a_book() -> None:
    """A book with a mill sheet, interests, mining and guidance makes one result with all its parts."""
    sheet = two_years([4156900.0, 4480300.0], [0.378, 0.382], [91.3, 90.2])
    held = {"property": ["Kestrel"], "holder": ["C"], "from_day": [date(2000, 1, 1)], "interest_pct": [50.0]}
    tables = {"mill": sheet, "interests": pl.DataFrame(held)}
    said = BookSettings(Path("book.toml"), "C", results={"production": {"counted_in": {"cu": "lb"}}})
    made = production.make(Bench(said, tables.get))
    figures = made.parts["production"]
    assert set(figures["basis"]) == {"100%", "attributable"}
    copper = figures.filter(measure="milling.metal_produced", subject="C", period="2011-9M").sort("basis")["value"]
    assert copper.to_list() == pytest.approx([34033863.7, 34033863.7 / 2], rel=1e-6)
    assert made.parts["production_factors"].height and made.parts["production_compared"].height
    assert made.remarks == ("1 period lacks days: Kestrel 2010; see coverage of production",)
