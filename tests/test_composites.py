"""Composites: metal is conserved, missing is not zero, and slow obvious ways give the same grades."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.averaging import Averaging
from orebook.disciplines.drilling.composites import (
    Composites,
    composite,
    composite_optimal,
    composite_runs,
    interval_means,
    with_metal,
)
from orebook.disciplines.drilling.weighing import MissingDensityError
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
            select hole, unnest(range(floor(from_ft / 20)::int, ceil(to_ft / 20)::int)) as number, from_ft, to_ft, cu_pct
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
    """Cell by cell, a thousand untidy holes give the same composites, and the same rejected ones for the same reasons."""
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
    """Intervals that overlap, repeat, lie outside or in unknown holes: each gets the mean of its cells, in its place."""
    holes, dice = invented(7, 600), random.Random(7)
    asked = []
    for _ in range(4000):
        low = dice.randint(-20, 300)
        asked.append((f"H{dice.randint(0, 620):05d}", low / 1000, (low + dice.randint(-1, 120)) / 1000))
    intervals = pl.DataFrame(asked, schema=["hole", "from_m", "to_m"], orient="row").with_columns(name=pl.int_range(4000))
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
@settings(max_examples=60, deadline=None)
def test_law_metal_is_conserved_and_order_does_not_matter(seed: int, length: int, tail: Any, least: float) -> None:
    """In every hole kept and rejected metal is the metal of the samples; shuffled rows give the same to the last digit."""
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
    """No way to cut at sample ends is better than the one that is found, in five hundred holes of up to nine samples."""
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
        assert all(a[1] == b[0] and a[1] in ends for a, b in zip(mine[:-1], mine[1:], strict=True))
        lengths = [high - low for low, high in mine]
        key = [sum(not 15 <= each <= 30 for each in lengths), sum((each - 20) ** 2 for each in lengths), len(lengths)]
        assert key == best_partition(ends, 20, 15, 30)
        inside = found.table.filter(hole=hole)["within_limits"].to_list()
        assert inside == [15 <= each <= 30 for each in lengths]
