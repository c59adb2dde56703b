"""Composites: metal is conserved, missing is not zero, and slow obvious ways give the same grades."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.compositing.averaging import Averaging
from orebook.disciplines.drilling.compositing.composites import (
    Composites,
    composite,
    composite_optimal,
    composite_runs,
    interval_means,
    with_metal,
)
from orebook.disciplines.drilling.compositing.merged_intervals import merge_intervals
from orebook.disciplines.drilling.compositing.steps import bench_intervals, intervals_between, thickness_intervals
from orebook.disciplines.drilling.compositing.weighing import MissingDensityError
from orebook.disciplines.drilling.surveying.path import desurvey
from slow_composites import Mean, Sample, best_partition, cells, close, composites, mean, runs, steps, used

AU = ["au_gpt"]
TAILS = ("keep", "full", "discard", "add_to_previous", "distribute")


def samples(*rows: tuple[float, float, float | None], hole: str = "A", **more: Sequence[Any]) -> pl.DataFrame:
    """A table of samples of one hole: from, to and gold, and other columns by name."""
    depths = {name: [float(row[place]) for row in rows] for place, name in enumerate(("from_m", "to_m"))}
    gold = pl.Series("au_gpt", [row[2] for row in rows], dtype=pl.Float64)
    return pl.DataFrame({"hole": pl.Series([hole] * len(rows), dtype=pl.String), **depths, "au_gpt": gold, **more})


def grades(found: Composites) -> list[float | None]:
    """The gold of composites."""
    return found.table["au_gpt"].to_list()


def edges(found: Composites) -> list[tuple[float, float]]:
    """Where composites begin and end."""
    return found.table.select("from_m", "to_m").rows()


def metal(found: Composites, column: str = "au_gpt", unit: str = "m") -> float:
    """Grade times assayed length of composites, added up."""
    return float((found.table[column] * found.table[f"{column}_assayed_{unit}"]).sum())


# Vectors of the handbook


def test_cp1_rg1_weights_are_lengths() -> None:
    """CP1, RG1: half a metre at 10 and one and a half at 0 are 2.5; a weight is an overlap, not a share of a sample."""
    assert grades(composite(samples((0, 0.5, 10.0), (0.5, 2, 0.0)), of=AU, length=2)) == [2.5]


def test_rg2_hard_boundaries_of_one_hole_and_one_column() -> None:
    """RG2: the same with a hard boundary and nothing but one column is no special case."""
    table = samples((0, 0.5, 10.0), (0.5, 2, 0.0), zone=["A", "A"])
    assert grades(composite(table, of=AU, length=2, domains="zone")) == [2.5]


def test_cp2_rg3_rg4_missing_is_not_nought() -> None:
    """CP2, RG3, RG4: a metre without assay adds neither metal nor weight, unless it is asked to count as nought."""
    table = samples((0, 1, 4.0), (1, 2, None))
    found = composite(table, of=AU, length=2)
    assert grades(found) == [4.0]
    assert found.table["au_gpt_coverage"].to_list() == [0.5]
    strict = composite(table, of=AU, length=2, minimum_coverage=0.51)
    assert strict.table.height == 0
    assert strict.rejected.select("grade", "coverage", "assayed_m", "reason").rows() == [
        (4.0, 0.5, 1.0, "coverage under the minimum")
    ]
    assert grades(composite(table, of=AU, length=2, averaging=Averaging(missing="zero"))) == [2.0]


def test_nan_is_missing() -> None:
    """What comes as NaN or infinite is a missing value, not a grade."""
    table = samples((0, 1, 4.0), (1, 2, float("nan")), (2, 3, float("inf")), (3, 4, 2.0))
    assert grades(composite(table, of=AU, length=2)) == [4.0, 2.0]


def test_cp3_a_sample_counts_on_both_sides() -> None:
    """CP3: 0–3 @ 1 and 3–4 @ 9 are 1 and 5 over two metres."""
    assert grades(composite(samples((0, 3, 1.0), (3, 4, 9.0)), of=AU, length=2)) == [1.0, 5.0]


def test_cp4_density_weighs() -> None:
    """CP4: with density weights (2·4 + 6·2) ÷ 6; with length weights 4."""
    table = samples((0, 1, 2.0), (1, 2, 6.0), sg=[4.0, 2.0])
    found = composite(table, of=AU, length=2, densities="sg", averaging=Averaging(weights="density"))
    assert grades(found) == [pytest.approx(20 / 6, abs=1e-12)]
    assert found.table.select("density_tpm3", "density_measured_share").rows() == [(3.0, 1.0)]
    assert grades(composite(table, of=AU, length=2)) == [4.0]


DOMAINS = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 3.5], "to_m": [3.5, 6.0], "zone": ["A", "B"]})


@pytest.mark.parametrize("domains", ["zone", DOMAINS], ids=["column", "table"])
def test_cp5_tails_are_added_to_their_predecessor(domains: pl.DataFrame | str) -> None:
    """CP5: domain A is 0–3.5, B is 3.5–6: the short ends lengthen the composites before them."""
    table = samples((0, 3.5, 1.0), (3.5, 6, 2.0), **({"zone": ["A", "B"]} if isinstance(domains, str) else {}))
    found = composite(table, of=AU, length=2, domains=domains, tail="add_to_previous")
    assert found.table.select("zone", "from_m", "to_m", "au_gpt").rows() == [("A", 0, 3.5, 1), ("B", 3.5, 6, 2)]


TAIL_EDGES = {
    "keep": [(0, 2), (2, 4), (4, 5)],
    "full": [(0, 2), (2, 4), (4, 6)],
    "discard": [(0, 2), (2, 4)],
    "add_to_previous": [(0, 2), (2, 5)],
    "distribute": [(0, 2.5), (2.5, 5)],
}


@pytest.mark.parametrize("tail", TAILS)
def test_tails(tail: Any) -> None:
    """Five metres in twos: what becomes of the fifth metre is said, and the metal of a discarded one is listed."""
    found = composite(samples((0, 3, 1.0), (3, 5, 6.0)), of=AU, length=2, tail=tail)
    assert edges(found) == TAIL_EDGES[tail]
    lost = found.rejected.select((pl.col("grade") * pl.col("assayed_m")).sum()).item()
    assert metal(found) + lost == pytest.approx(15.0)
    assert lost == (6.0 if tail == "discard" else 0.0)


def test_origins() -> None:
    """Composites are counted from the top of the hole, the first sample, or the top of each domain."""
    table = samples((1.5, 4.5, 1.0), (4.5, 6, 2.0), zone=["A", "B"])
    asked = {"of": AU, "length": 2, "minimum_coverage": 0}
    assert edges(composite(table, **asked)) == [(0, 2), (2, 4), (4, 6)]
    assert edges(composite(table, **asked, origin="first_sample")) == [(1.5, 3.5), (3.5, 5.5), (5.5, 6)]
    assert edges(composite(table, **asked, domains="zone")) == [(1.5, 3.5), (3.5, 4.5), (4.5, 6)]
    assert edges(composite(table, **asked, domains="zone", origin="hole")) == [(1.5, 2), (2, 4), (4, 4.5), (4.5, 6)]


# Real data


@pytest.fixture(scope="module")
def babbitt(shared: Path) -> pl.DataFrame:
    """Samples of the Babbitt deposit, in feet; hole names that look like numbers are text."""
    names = {"BHID": "hole", "FROM": "from_ft", "TO": "to_ft", "CU": "cu_pct", "NI": "ni_pct"}
    file = shared / "data" / "drillholes" / "babbitt" / "assay.csv"
    return pl.read_csv(file, schema_overrides={"BHID": pl.String}).select(names.keys()).rename(names)


@pytest.mark.parametrize("length", [5, 10, 13.7, 20, 100])
def test_cp7_metal_does_not_depend_on_the_length(babbitt: pl.DataFrame, length: float) -> None:
    """CP7: 209,074.2 ft hold 76,059.75992608 ft·% at 0.36379314 %, whatever the composites, when none is rejected."""
    found = composite(babbitt, of=["cu_pct"], length=length, minimum_coverage=0.0)
    assayed = found.table["cu_pct_assayed_ft"].sum()
    assert assayed == pytest.approx(209_074.2, abs=1e-6)
    assert metal(found, "cu_pct", "ft") == pytest.approx(76_059.75992608, rel=1e-12)
    assert metal(found, "cu_pct", "ft") / assayed == pytest.approx(0.36379314, abs=5e-9)


@pytest.mark.parametrize(
    ("length", "touched", "count", "whole", "mean", "variance"),
    [
        (10, 21_835, 21_408, 75_849.9689, 0.35833232, 0.14499255),
        (20, 11_451, 10_554, 75_311.0769, 0.36248032, 0.12858327),
    ],
    ids=["CP8", "CP9"],
)
def test_cp8_cp9_support_changes_the_variance(
    babbitt: pl.DataFrame, length: float, touched: int, count: int, whole: float, mean: float, variance: float
) -> None:
    """CP8, CP9: number, metal, mean and variance of 10 ft and 20 ft composites, each as long as the others."""
    found = composite(babbitt, of=["cu_pct"], length=length, minimum_coverage=0.5, tail="full")
    thin = found.rejected.filter(pl.col("reason") == "coverage under the minimum")
    assert (found.table.height, found.table.height + thin.height) == (count, touched)
    assert metal(found, "cu_pct", "ft") == pytest.approx(whole, abs=5e-5)
    assert found.table["cu_pct"].mean() == pytest.approx(mean, abs=5e-9)
    assert found.table["cu_pct"].var() == pytest.approx(variance, abs=5e-9)
    assert found.dropped.height == 0


def test_cp6_metal_is_conserved_in_every_hole(babbitt: pl.DataFrame) -> None:
    """CP6: in each hole composites and rejected composites hold what the samples hold, to a billionth."""
    found = composite(babbitt, of=["cu_pct", "ni_pct"], length=10, minimum_coverage=0.8)
    length = pl.col("to_ft") - pl.col("from_ft")
    for column in ("cu_pct", "ni_pct"):
        held = babbitt.group_by("hole").agg((pl.col(column) * length).sum().alias("held"))
        kept = found.table.group_by("hole").agg((pl.col(column) * pl.col(f"{column}_assayed_ft")).sum().alias("kept"))
        mine = found.rejected.filter(pl.col("column") == column)
        lost = mine.group_by("hole").agg((pl.col("grade") * pl.col("assayed_ft")).sum().alias("lost"))
        balance = held.join(kept, on="hole", how="left").join(lost, on="hole", how="left").fill_null(0.0)
        off = (balance["held"] - balance["kept"] - balance["lost"]).abs()
        assert (off <= 1e-9 * balance["held"].abs() + 1e-12).all()


def by_expressions(table: pl.DataFrame, column: str, length: float) -> pl.DataFrame:
    """Composites from the top of the hole by polars: one row for each sample and composite that meet."""
    first, last = (pl.col("from_ft") / length).floor().cast(int), (pl.col("to_ft") / length).ceil().cast(int)
    met = table.with_columns(pl.int_ranges(first, last).alias("number")).explode("number")
    low = pl.max_horizontal("from_ft", pl.col("number") * length)
    high = pl.min_horizontal("to_ft", (pl.col("number") + 1) * length)
    parts = met.with_columns(overlap=high - low).filter(pl.col("overlap") > 1e-9, pl.col(column).is_not_null())
    return (
        parts.group_by("hole", "number")
        .agg(
            assayed=pl.col("overlap").sum(),
            grade=(pl.col("overlap") * pl.col(column)).sum() / pl.col("overlap").sum(),
        )
        .sort("hole", "number")
    )


def test_polars_and_duckdb_agree(babbitt: pl.DataFrame, tmp_path: Path) -> None:
    """Two data-frame ways over Babbitt give the same composites and the same grades."""
    found = composite(babbitt, of=["cu_pct"], length=20, minimum_coverage=0.0).table
    other = by_expressions(babbitt, "cu_pct", 20.0)
    assert found.height == other.height
    assert (found["hole"] == other["hole"]).all()
    assert (found["cu_pct"] - other["grade"]).abs().max() < 1e-12
    assert (found["cu_pct_assayed_ft"] - other["assayed"]).abs().max() < 1e-8
    babbitt.write_parquet(tmp_path / "babbitt.parquet")
    third = duckdb.sql(
        f"""
        with met as (
            select hole, from_ft, to_ft, cu_pct,
                unnest(range(floor(from_ft / 20)::int, ceil(to_ft / 20)::int)) as number
            from '{tmp_path / "babbitt.parquet"}'
        )
        select hole, number, sum(cu_pct * w) / sum(w) as grade
        from (select *, least(to_ft, (number + 1) * 20) - greatest(from_ft, number * 20) as w from met)
        where cu_pct is not null and w > 1e-9 group by all order by all
        """
    ).fetchall()
    assert [hole for hole, _, _ in third] == found["hole"].to_list()
    assert max(abs(grade - mine) for (_, _, grade), mine in zip(third, found["cu_pct"], strict=True)) < 1e-12


# The slow and obvious way


def invented(seed: int, number: int) -> dict[str, list[Sample]]:
    """Holes with gaps, overlaps, repeated rows, rows of no length, missing values and zones."""
    dice = random.Random(seed)
    holes: dict[str, list[Sample]] = {}
    for turn in range(number):
        place, rows = dice.choice([0, 0, dice.randint(0, 60)]), []
        for _ in range(dice.randint(1, 9)):
            place += dice.choice([0, 0, 0, 0, 0, dice.randint(1, 40), -dice.randint(1, 15)])
            place = max(place, 0)
            length = dice.choice([0, -2]) if dice.random() < 0.04 else dice.randint(1, 60)
            value = None if dice.random() < 0.2 else round(dice.expovariate(0.5), 3)
            density = None if dice.random() < 0.2 else round(dice.uniform(2, 5), 2)
            rows.append(Sample(place, place + length, value, dice.choice("AAB"), density))
            if dice.random() < 0.05:
                rows.append(rows[-1]._replace(value=None if dice.random() < 0.5 else dice.randint(0, 5)))
            place += max(length, 0)
        holes[f"H{turn:05d}"] = rows
    return holes


def table_of(holes: dict[str, list[Sample]], seed: int | None = None) -> pl.DataFrame:
    """Holes as a table of samples; with a seed its rows are shuffled."""
    rows = [(hole, each.low / 1000, each.high / 1000, *each[2:]) for hole, rows in holes.items() for each in rows]
    if seed is not None:
        random.Random(seed).shuffle(rows)
    types = [pl.String, pl.Float64, pl.Float64, pl.Float64, pl.String, pl.Float64]
    names = ["hole", "from_m", "to_m", "au_gpt", "zone", "density_tpm3"]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def told(table: pl.DataFrame) -> list[tuple[str, Mean]]:
    """A table of composites in the words of the slow way."""
    rows = table.select(
        "hole",
        (pl.col("from_m", "to_m") * 1000).round().cast(int),
        "au_gpt",
        (pl.col("au_gpt_assayed_m") * 1000).round().cast(int),
        "samples",
        "au_gpt_samples",
    ).rows()
    return [(hole, Mean(*rest)) for hole, *rest in rows]


def same(one: Sequence[tuple[str, Mean]], other: Sequence[tuple[str, Mean]]) -> None:
    """Two lists of composites are one."""
    for (hole, mine), (other_hole, theirs) in zip(one, other, strict=True):
        assert (hole, mine._replace(mean=None)) == (other_hole, theirs._replace(mean=None))
        assert close(mine.mean, theirs.mean), (hole, mine, theirs)


@pytest.mark.parametrize("origin", ["hole", "first_sample", "domain"])
@pytest.mark.parametrize("tail", TAILS)
def test_the_slow_way_agrees(tail: Any, origin: Any) -> None:
    """Cell by cell, a thousand untidy holes give the same composites, rejected for the same reasons."""
    if (tail, origin) == ("full", "domain"):
        return
    holes = invented(len(tail) * 10 + len(origin), 1000)
    domains = "zone" if origin == "domain" else None
    fast = composite(
        table_of(holes, seed=1),
        of=AU,
        length=0.037,
        tail=tail,
        origin=origin,
        minimum_coverage=0.6,
        domains=domains,
    )
    slow = {hole: composites(rows, 37, tail, origin, 0.6) for hole, rows in holes.items()}
    same(told(fast.table), [(hole, each) for hole, (kept, _) in slow.items() for each in kept])
    rejected = [(hole, each.low, each.high, why) for hole, (_, lost) in slow.items() for each, why in lost]
    ends = (pl.col("from_m", "to_m") * 1000).round().cast(int)
    assert fast.rejected.select("hole", ends, "reason").rows() == rejected
    rows = sum(map(len, holes.values()))
    assert rows == fast.dropped.height + sum(len(used(each)) for each in holes.values())


def test_whole_holes_agree() -> None:
    """One composite for each hole, and one for each run through a zone, as cell by cell."""
    holes = invented(5, 600)
    for domains in (None, "zone"):
        fast = composite_runs(table_of(holes), of=AU, minimum_coverage=0.0, domains=domains)
        slow = [
            (hole, mean(used(rows), cells(used(rows)), low, high))
            for hole, rows in holes.items()
            for low, high in runs(used(rows), domains is not None)
        ]
        same(told(fast.table), [(hole, each) for hole, each in slow if each.assayed])


def test_any_intervals_agree() -> None:
    """Intervals that overlap, repeat or lie outside, some in unknown holes: each gets the mean of its cells."""
    holes, dice = invented(7, 600), random.Random(7)
    asked = []
    for _ in range(4000):
        low = dice.randint(-20, 300)
        asked.append((f"H{dice.randint(0, 620):05d}", low / 1000, (low + dice.randint(-1, 120)) / 1000))
    intervals = pl.DataFrame(asked, schema=["hole", "from_m", "to_m"], orient="row").with_columns(
        name=pl.int_range(4000)
    )
    found = interval_means(table_of(holes, seed=3), intervals, of=AU).table
    assert found["name"].to_list() == list(range(4000))
    lying = {hole: (used(rows), cells(used(rows))) for hole, rows in holes.items()}
    for (hole, low, high), got in zip(asked, told(found), strict=True):
        if high <= low:
            assert got[1].mean is None
            assert got[1].assayed is None
        else:
            same([got], [(hole, mean(*lying.get(hole, ([], {})), round(low * 1000), round(high * 1000)))])


def test_density_tables_agree() -> None:
    """Densities with boundaries of their own: a sample over two of them counts with both, as cell by cell."""
    holes, others = invented(11, 500), invented(12, 500)
    densities = table_of(others).select("hole", "from_m", "to_m", "density_tpm3")
    fast = composite(
        table_of(holes, seed=2),
        of=AU,
        length=0.05,
        minimum_coverage=0.3,
        densities=densities,
        averaging=Averaging(weights="density", missing_density="drop"),
    ).table
    slow = []
    for hole, rows in holes.items():
        left = used(rows)
        if not left:
            continue
        weights = used([each._replace(value=each.density) for each in others[hole]])
        over = cells(weights)
        lying = cells(left)
        parts = {
            place: left[number]._replace(density=weights[over[place]].density if place in over else None)
            for place, number in lying.items()
        }
        for a, b, _ in steps(left[0].low // 50 * 50, left[-1].high, 50, "keep", 0):
            known = [parts[place] for place in range(a, b) if place in parts]
            assayed = [each for each in known if each.value is not None and each.density is not None]
            if assayed and len(assayed) >= 0.3 * (b - a):
                weight = sum(each.density or 0.0 for each in assayed)
                grade = sum((each.density or 0.0) * (each.value or 0.0) for each in assayed) / weight
                slow.append((hole, a, b, len(assayed), grade))
    ends = (pl.col("from_m", "to_m", "au_gpt_assayed_m") * 1000).round().cast(int)
    assert fast.select("hole", ends).rows() == [each[:4] for each in slow]
    assert all(close(mine, other[4]) for mine, other in zip(fast["au_gpt"], slow, strict=True))


@given(st.integers(0, 10**6), st.integers(1, 90), st.sampled_from(TAILS), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_law_metal_is_conserved_and_order_does_not_matter(seed: int, length: int, tail: Any, least: float) -> None:
    """In every hole kept and rejected metal is that of the samples; shuffled rows give the same to the last digit."""
    holes = invented(seed, 20)
    asked = {"of": AU, "length": length / 1000, "tail": tail, "minimum_coverage": least}
    found = composite(table_of(holes), **asked)
    other = composite(table_of(holes, seed=seed), **asked)
    assert found.table.equals(other.table)
    assert found.rejected.equals(other.rejected)
    for hole, rows in holes.items():
        held = sum((each.value or 0.0) * (each.high - each.low) for each in used(rows)) / 1000
        kept = metal(Composites(found.table.filter(hole=hole), found.rejected, found.dropped, found.cut))
        mine = found.rejected.filter(hole=hole)
        lost = float((mine["grade"] * mine["assayed_m"]).sum())
        assert kept + lost == pytest.approx(held, rel=1e-9, abs=1e-12)


def test_law_upside_down() -> None:
    """A hole and its mirror image have mirrored whole-hole and given-interval means: no direction is favoured."""
    holes = {
        hole: [each._replace(low=500 - each.high, high=500 - each.low) for each in used(rows)]
        for hole, rows in invented(3, 200).items()
    }
    intervals = pl.DataFrame({"hole": list(holes), "from_m": [0.1] * 200, "to_m": [0.25] * 200})
    turned = intervals.with_columns(from_m=0.5 - pl.col("to_m"), to_m=0.5 - pl.col("from_m"))
    upright = {hole: used(rows) for hole, rows in invented(3, 200).items()}
    one = told(interval_means(table_of(upright), intervals, of=AU).table)
    other = told(interval_means(table_of(holes), turned, of=AU).table)
    same(one, [(hole, each._replace(low=500 - each.high, high=500 - each.low)) for hole, each in other])


def test_the_best_partition_is_found() -> None:
    """No way to cut at sample ends is better than the one that is found, in five hundred short holes."""
    dice = random.Random(4)
    holes = {}
    for turn in range(500):
        place, rows = 0, []
        for _ in range(dice.randint(1, 9)):
            size = dice.choice([5, 8, 10, 10, 12, 15, 20, 45])
            rows.append(Sample(place, place + size, 1.0))
            place += size
        holes[f"H{turn:03d}"] = rows
    found = composite_optimal(table_of(holes), of=AU, target=0.02, shortest=0.015, longest=0.03)
    for hole, rows in holes.items():
        mine = found.table.filter(hole=hole).select((pl.col("from_m", "to_m") * 1000).round().cast(int)).rows()
        ends = [0, *(each.high for each in rows)]
        assert mine[0][0] == 0 and mine[-1][1] == ends[-1]
        assert all(a[1] == b[0] and a[1] in ends for a, b in pairwise(mine))
        lengths = [high - low for low, high in mine]
        key = [sum(not 15 <= each <= 30 for each in lengths), sum((each - 20) ** 2 for each in lengths), len(lengths)]
        assert key == best_partition(ends, 20, 15, 30)
        inside = found.table.filter(hole=hole)["within_limits"].to_list()
        assert inside == [15 <= each <= 30 for each in lengths]


def test_domain_tables_agree() -> None:
    """A table of domains with gaps and boundaries inside samples: runs and composites as cell by cell."""
    holes, others = invented(21, 500), invented(22, 500)
    domains = table_of(others).select("hole", "from_m", "to_m", "zone")
    asked: dict[str, Any] = {"of": AU, "length": 0.03, "minimum_coverage": 0.2, "tail": "keep"}
    fast = composite(table_of(holes, seed=2), domains=domains, **asked).table
    slow = []
    for hole, rows in holes.items():
        left = used(rows)
        if not left:
            continue
        zones = used([each._replace(value=0.0 if each.zone == "A" else 1.0) for each in others[hole]])
        over, lying = cells(zones), cells(left)
        codes = [zones[over[place]].zone if place in over else None for place in range(left[-1].high)]
        begin = 0
        for place in range(1, len(codes) + 1):
            if place == len(codes) or codes[place] != codes[begin]:
                for a, b, _ in steps(begin, place, 30, "keep", begin):
                    found = mean(left, lying, a, b)
                    if found.assayed and found.assayed >= 0.2 * (b - a):
                        slow.append((hole, codes[begin], found))
                begin = place
    same(told(fast), [(hole, each) for hole, _, each in slow])
    assert fast["zone"].to_list() == [zone for _, zone, _ in slow]


def test_merged_tables_agree() -> None:
    """Three tables merged: cell by cell every table says in the merged one what it says itself."""
    tables = {name: invented(seed, 150) for name, seed in (("assays", 31), ("lithology", 32), ("alteration", 33))}
    merged = merge_intervals(**{name: table_of(holes, seed=4) for name, holes in tables.items()})
    pieces = merged.table.with_columns((pl.col("from_m", "to_m") * 1000).round().cast(int))
    seen: dict[tuple[str, str, int], float | None] = {}
    for row in pieces.iter_rows(named=True):
        for name in tables:
            if row[f"{name}_row"] is not None:
                seen |= {
                    (name, row["hole"], place): row[f"{name}_au_gpt"] for place in range(row["from_m"], row["to_m"])
                }
    truth = {}
    for name, holes in tables.items():
        for hole, rows in holes.items():
            left = used(rows)
            truth |= {(name, hole, place): left[number].value for place, number in cells(left).items()}
    assert seen == truth
    for name, holes in tables.items():
        assert merged.dropped[name].height == sum(map(len, holes.values())) - sum(
            len(used(each)) for each in holes.values()
        )
    assert (pieces["to_m"] > pieces["from_m"]).all()
    follow = pieces.with_columns(pl.col("to_m").shift(1).over("hole").alias("end")).drop_nulls("end")
    assert (follow["from_m"] >= follow["end"]).all()


# What stands beside the grade


def test_censoring_stays_visible() -> None:
    """Samples below detection give a grade between nought and the limit; one over the range makes it a minimum."""
    table = samples(
        (0, 1, 0.5),
        (1, 2, 3.5),
        (2, 3, 0.5),
        (3, 4, 0.5),
        (4, 5, 10.0),
        (5, 6, 2.0),
        au_gpt_below=[True, False, True, True, None, None],
        au_gpt_above=[None, None, None, None, True, None],
    )
    found = composite(table, of=AU, length=2).table
    said = found.select("au_gpt", "au_gpt_lower", "au_gpt_upper", "au_gpt_below", "au_gpt_above").rows()
    assert said == [(2.0, 1.75, 2.0, False, False), (0.5, 0.0, 0.5, True, False), (6.0, 6.0, 6.0, False, True)]
    plain = composite(table.with_columns(au_gpt_below=False, au_gpt_above=False), of=AU, length=2).table
    assert not [name for name in plain.columns if name.endswith(("_below", "_above", "_lower"))]


def test_a_top_cut_is_reported() -> None:
    """A top-cut lowers values before they are averaged; the uncut grade stands beside, and what went is counted."""
    table = samples((0, 1.5, 50.0), (1.5, 2, 2.0), (2, 4, 30.0))
    found = composite(table, of=AU, length=2, averaging=Averaging(top_cut={"au_gpt": 30.0}))
    assert found.table.select("au_gpt", "au_gpt_uncut").rows() == [(23.0, 38.0), (30.0, 30.0)]
    assert found.cut.rows() == [("au_gpt", 30.0, 1, 1.5, 30.0, 30.0 / 136.0)]


def test_linear_grades() -> None:
    """Grade times assayed length is the metal along the hole."""
    found = composite(samples((0, 1, 4.0), (1, 2, None)), of=AU, length=2)
    assert with_metal(found.table, of=AU)["au_gpt_x_m"].to_list() == [4.0]


def test_each_analyte_has_its_own_coverage() -> None:
    """A composite stays for the analyte that has enough assays; the other grade is not given, and listed."""
    table = samples((0, 2, 1.0), (2, 4, 2.0), cu_pct=[None, 0.5]).with_columns(pl.col("cu_pct").cast(pl.Float64))
    found = composite(table, of=["au_gpt", "cu_pct"], length=3, minimum_coverage=0.5)
    assert found.table.select("au_gpt", "cu_pct", "cu_pct_coverage").rows() == [
        (pytest.approx(4 / 3), None, pytest.approx(1 / 3)),
        (2.0, 0.5, 1.0),
    ]
    assert found.rejected.select("from_m", "column", "grade", "reason").rows() == [
        (0.0, "cu_pct", 0.5, "coverage under the minimum")
    ]


def test_densities_are_assigned_by_domain_and_counted() -> None:
    """Where no density was measured that of the domain holds, and the share that was measured is told."""
    table = samples((0, 2, 1.0), (2, 4, 3.0), zone=["ore", "ore"])
    densities = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [1.0], "density_tpm3": [4.0]})
    weighing = Averaging(weights="density", missing_density="assign", assigned_density={"ore": 2.0})
    found = composite(table, of=AU, length=4, domains="zone", densities=densities, averaging=weighing)
    row = found.table.row(0, named=True)
    assert row["au_gpt"] == pytest.approx((1 * 4 + 1 * 2 + 2 * 3 * 2) / (4 + 2 + 4))
    assert (row["density_measured_share"], row["density_tpm3"]) == (0.25, 2.5)
    assert (row["samples"], row["au_gpt_samples"]) == (2, 2)
    with pytest.raises(MissingDensityError, match="the first A from 1 to 2 m"):
        composite(table, of=AU, length=4, densities=densities, averaging=Averaging(weights="density"))
    one = Averaging(weights="density", missing_density="assign", assigned_density={"waste": 2.0})
    with pytest.raises(MissingDensityError):
        composite(table, of=AU, length=4, domains="zone", densities=densities, averaging=one)


def test_dropped_rows_are_listed() -> None:
    """Every row that is not used is listed with its reason; one that only touches is used."""
    table = pl.concat(
        [
            samples((0, 2, 1.0), (1.995, 4, 2.0), (3.9, 5, 9.0), (5, 5, 9.0), (7, 6, 9.0), (8, 9, 1.0), (8, 9, 3.0)),
            samples((10, 11, 1.0), (11, 12, 1.0)).with_columns(
                hole=pl.Series(["A", None]), from_m=pl.Series([None, 11.0], dtype=pl.Float64)
            ),
        ]
    )
    found = composite(table, of=AU, length=2)
    assert sorted(found.dropped["reason"]) == [
        "ends above its beginning",
        "no hole",
        "no length",
        "no usable depths",
        "overlaps the row above",
        "repeats the interval of the row above",
    ]
    assert found.dropped.filter(reason="repeats the interval of the row above")["au_gpt"].to_list() == [3.0]
    assert grades(found) == [1.0, 2.0, 1.0]


def test_optimal_composites_keep_to_domains_and_gaps() -> None:
    """Composites of optimal length end at contacts and at gaps without samples."""
    table = samples((0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (4, 5, 1.0), (5, 6, 1.0), zone=["A", "B", "B", "B", "B"])
    found = composite_optimal(table, of=AU, target=2, shortest=1, longest=3, domains="zone")
    assert edges(found) == [(0, 1), (1, 3), (4, 6)]
    assert found.table["zone"].to_list() == ["A", "B", "B"]
    contact = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [0.4], "zone": ["A"]})
    assert edges(composite_optimal(table, of=AU, target=2, shortest=1, longest=3, domains=contact)) == [
        (0, 0.4),
        (0.4, 3),
        (4, 6),
    ]


# Benches and true thickness


def bend(table: pl.DataFrame) -> pl.DataFrame:
    """A hole on an arc of 200 m radius that goes down, levels out at 200 m depth and rises again."""
    turn = pl.col("depth_m") / 200.0
    return table.with_columns(easting_m=200 * (1 - turn.cos()), northing_m=0.0, elevation_m=-200 * turn.sin())


def test_benches_lie_where_the_path_crosses_them() -> None:
    """On an arc that sinks and rises each bench is met twice, at the depths of the formula, to a thousandth."""
    table = samples((0, 600, 1.0))
    found = bench_intervals(table, bend, height=30, datum=-5.0)
    levels = [-5.0 - 30 * number for number in range(7)]
    down = [200 * math.asin(-level / 200) for level in levels]
    up = [200 * (math.pi - math.asin(-level / 200)) for level in levels[:0:-1]]
    cuts = [0.0, *down, *up, 600.0]
    assert found.table["from_m"].to_list() == pytest.approx(cuts[:-1], abs=6e-4)
    assert found.table["to_m"].to_list() == pytest.approx(cuts[1:], abs=6e-4)
    assert found.table["bench_m"].to_list() == [-5.0, *(level - 30 for level in levels), *levels[:0:-1]]
    means = interval_means(table, found.table, of=AU).table
    assert means["au_gpt"].to_list() == [1.0] * 14


def test_a_turn_between_two_looks_is_not_missed() -> None:
    """A bench that the path only just dips under, between two looks, is crossed twice."""
    found = bench_intervals(samples((0, 600, 1.0)), bend, height=1000, datum=-199.99, spacing=7.0)
    half = 200 * math.acos(199.99 / 200)
    middle = 200 * math.pi / 2
    assert found.table["to_m"].to_list() == pytest.approx([middle - half, middle + half, 600], abs=2e-3)


def test_true_thickness_steps() -> None:
    """Steps of true thickness are equal distances from the plane: for a vertical zone, of easting."""
    found = thickness_intervals(samples((0, 200, 1.0)), bend, normal=(5.0, 0, 0), step=10.0)
    cuts = [200 * math.acos(1 - 10 * number / 200) for number in range(10)]
    assert found.table["from_m"].to_list() == pytest.approx(cuts, abs=6e-4)
    assert found.table["step"].to_list() == list(range(1, 11))


def test_benches_of_real_holes(babbitt: pl.DataFrame, shared: Path) -> None:
    """Babbitt in benches of 50 ft: every cut lies on a level to a thousandth, and the metal is that of the samples."""
    folder = shared / "data" / "drillholes" / "babbitt"
    text: Any = {"schema_overrides": {"BHID": pl.String}, "infer_schema_length": None}
    collars = pl.read_csv(folder / "collar.csv", **text).rename(
        {"BHID": "hole", "XCOLLAR": "easting_ft", "YCOLLAR": "northing_ft", "ZCOLLAR": "elevation_ft"}
    )
    surveys = pl.read_csv(folder / "survey.csv", **text).select(
        hole="BHID", depth_ft="AT", azimuth_deg="AZ", dip_deg=-pl.col("DIP")
    )
    paths = desurvey(collars, surveys)
    found = bench_intervals(babbitt, paths.at, height=50.0, datum=0.0)
    assert found.left_out.height == 0
    inner = found.table.filter(pl.col("hole") == pl.col("hole").shift(1)).rename({"from_ft": "depth_ft"})
    off = paths.at(inner.select("hole", "depth_ft"))["elevation_ft"] % 50.0
    assert off.is_between(0.002, 49.998).sum() == 0
    means = interval_means(babbitt, found.table, of=["cu_pct"])
    assert metal(means, "cu_pct", "ft") == pytest.approx(76_059.75992608, rel=1e-12)


def test_holes_without_a_path_are_listed() -> None:
    """A stretch that no path places is in no bench and is listed."""
    table = pl.concat([samples((0, 30, 1.0)), samples((0, 10, 1.0), hole="B")])
    half = lambda rows: bend(rows).with_columns(  # noqa: E731
        elevation_m=pl.when((pl.col("hole") == "A") & (pl.col("depth_m") <= 20.0)).then("elevation_m")
    )
    found = bench_intervals(table, half, height=100.0, datum=0.0)
    assert found.table.rows() == [("A", 0.0, 20.0, -100.0)]
    assert found.left_out.rows() == [("A", 20.0, 30.0, "no path"), ("B", 0.0, 10.0, "no path")]


def test_given_boundaries() -> None:
    """Depths that somebody gives become intervals, hole after hole."""
    cuts = pl.DataFrame({"hole": ["B", "A", "A", "A", "B"], "depth_m": [1.0, 4.0, 0.0, 1.0, 0.0]})
    assert intervals_between(cuts).rows() == [("A", 0, 1), ("A", 1, 4), ("B", 0, 1)]


# What cannot be


TABLE = samples((0, 2, 1.0))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"of": []}, "no column to average"),
        ({"of": ["cu_pct"]}, "no column cu_pct"),
        ({"of": ["hole"]}, "not numbers"),
        ({"of": ["au_gpt", "au_gpt"]}, "stands twice"),
        ({"length": 0}, "above nought"),
        ({"length": float("nan")}, "above nought"),
        ({"length": 0.3333333}, "finer than a thousandth; choose 0.333"),
        ({"tail": "cut"}, "tail is 'cut'; choose keep, full"),
        ({"origin": "collar"}, "origin is 'collar'; choose hole"),
        ({"origin": "domain"}, "needs domains"),
        ({"minimum_coverage": 50}, "no share"),
        ({"domains": "zone"}, "no column zone"),
        ({"domains": DOMAINS, "tail": "full"}, "across the contact"),
        ({"domains": DOMAINS.rename({"from_m": "from_ft", "to_m": "to_ft"})}, "domains in ft"),
        ({"domains": DOMAINS.with_columns(rock=1).rename({"zone": "code"})}, "call the column of the domains zone"),
        ({"densities": "sg"}, "not used"),
        ({"averaging": Averaging(weights="density")}, "need densities"),
        ({"averaging": Averaging(weights="density"), "densities": "sg"}, "no column sg"),
        ({"averaging": Averaging(top_cut={"cu_pct": 1.0})}, "not averaged"),
        ({"length": 0.001, "samples": samples((0, 5e5, 1.0))}, "choose a greater length"),
        ({"samples": TABLE.drop("hole")}, "no column hole"),
        ({"samples": TABLE.drop("to_m")}, "no column to_m"),
    ],
)
def test_what_the_caller_cannot_ask(asked: dict[str, Any], said: str) -> None:
    """What makes no sense is refused with what, where and what instead."""
    asked = {"samples": TABLE, "of": AU, "length": 2} | asked
    with pytest.raises(ValueError, match=said):
        composite(asked.pop("samples"), **asked)


def test_averaging_refuses_what_it_does_not_know() -> None:
    """Words and top-cuts that mean nothing are refused when they are said."""
    for wrong in ({"weights": "tonnes"}, {"missing": "nought"}, {"missing_density": "one"}, {"top_cut": {"au_gpt": 0}}):
        with pytest.raises(ValueError, match=r"choose|above nought"):
            Averaging(**wrong)  # type: ignore[arg-type]


def test_intervals_with_the_same_columns_are_refused() -> None:
    """Means are not written over columns that the intervals have already."""
    with pytest.raises(ValueError, match="have columns au_gpt already"):
        interval_means(TABLE, TABLE, of=AU)
    with pytest.raises(ValueError, match="intervals in ft"):
        interval_means(TABLE, TABLE.rename({"from_m": "from_ft", "to_m": "to_ft"}), of=AU)
    with pytest.raises(ValueError, match="two tables or more"):
        merge_intervals(assays=TABLE)


def test_no_samples_give_no_composites() -> None:
    """An empty table, or one of which no row can be used, gives empty tables of the same columns."""
    usual = composite(TABLE, of=AU, length=2)
    for table in (TABLE.clear(), samples((2, 2, 1.0)), TABLE.with_columns(hole=pl.lit(None, dtype=pl.String))):
        found = composite(table, of=AU, length=2)
        assert found.table.schema == usual.table.schema
        assert found.table.height == found.rejected.height == 0
        assert found.dropped.height == table.height
        assert composite_runs(table, of=AU).table.height == 0
        assert composite_optimal(table, of=AU, target=2, shortest=1, longest=3).table.height == 0
        assert composite(table, of=AU, length=2, domains=DOMAINS).table.height == 0
        assert bench_intervals(table, bend, height=10, datum=0).table.height == 0
        assert interval_means(table, samples((0, 1, 1.0)).drop("au_gpt"), of=AU).table["au_gpt"].to_list() == [None]
    assert composite(samples((0, 2, None)), of=AU, length=2).rejected["reason"].to_list() == ["not assayed"]
    assert interval_means(TABLE, TABLE.clear().drop("au_gpt"), of=AU).table.height == 0


def test_columns_of_any_kind_of_number() -> None:
    """Whole numbers, single precision and numbers without a row are read; hole names that are numbers too."""
    table = pl.DataFrame({"hole": [1, 1], "from_m": [0, 1], "to_m": [1, 2], "au_gpt": [3, 4], "cu_pct": [None, None]})
    found = composite(
        table.with_columns(ni_pct=pl.Series([1.5, 2.5], dtype=pl.Float32)), of=["au_gpt", "cu_pct", "ni_pct"], length=2
    )
    assert found.table.select("hole", "au_gpt", "cu_pct", "ni_pct").rows() == [("1", 3.5, None, 2.0)]
