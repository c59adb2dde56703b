"""Laws of significant intersections: the exact choice against every lawful set, from both ends, and against greed."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.intersections.choosing import choose, numbers
from orebook.disciplines.drilling.intersections.intercepts import significant_intercepts
from orebook.disciplines.drilling.intersections.pieces import Samples, fill, row_of_pieces
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.maths.chains import (
    ALLOW,
    EXCESS,
    FAR,
    FORBID,
    LENGTH,
    METAL,
    Law,
    Pieces,
    best_chains,
)

SCALE = 1e6
NONE = np.empty(0)


class Hole(NamedTuple):
    """One small hole: whole numbers only."""

    low: list[int]
    high: list[int]
    grade: list[float]
    below: list[bool]
    density: list[float]
    zone: list[int]
    near: list[float]
    far: list[float]


def any_rule(rng: np.random.Generator) -> RuleSet:
    """A rule set in which every option may be set."""

    def one(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    cutoff = one(1.0, 2.0, 3.0)
    return RuleSet(
        name="any",
        on="au_gpt",
        cutoff=cutoff,
        top_cut=one(None, None, cutoff, cutoff - 0.5, cutoff + 1),
        min_length=one(0.0, 1.0, 2.0, 3.0, 5.0),
        max_waste_run=one(0.0, 1.0, 2.0, 3.0, 9.0),
        cutoff_op=one("ge", "ge", "gt"),
        min_average=one("cutoff", "cutoff", "none", cutoff + 0.5, cutoff - 0.5),
        top_cut_stage=one("average_only", "before_classification"),
        max_waste_total=one(None, None, 2.0, 4.0),
        min_waste_grade=one(None, None, 0.5, 1.0),
        min_length_basis=one("downhole", "downhole", "true"),
        max_length=one(None, None, 6.0, 9.0),
        short_high_metal=one(None, None, 4.0, 9.0),
        missing_sample=one("zero", "break", "exclude"),
        gap=one("break", "zero", "exclude"),
        min_coverage=one(0.0, 0.5, 0.8),
        bdl_view=one("half", "zero", "full"),
        weights=one("length", "length", "length_density"),
        objective=one("metal", "excess", "length"),
        touching=one("forbid", "allow"),
        breaks=one((), ("zone",)),
    )


def any_hole(rng: np.random.Generator, samples: int) -> Hole:
    """A hole with missing values, gaps, values below detection, zones and uneven lengths."""
    odd, gappy = rng.random() < 0.5, rng.random() < 0.4
    length = rng.choice([500, 1000, 1500, 3000], samples) if odd else np.full(samples, 1000)
    gap = np.where(rng.random(samples) < (0.25 if gappy else 0), rng.choice([500, 1000, 4000], samples), 0)
    low = np.cumsum(length + gap) - length
    grade = rng.choice([0.0, 0.5, 1.0, 2.0, 3.0, 8.0], samples)
    grade[rng.random(samples) < (0.25 if rng.random() < 0.5 else 0)] = np.nan
    return Hole(
        low.tolist(),
        (low + length).tolist(),
        grade.tolist(),
        (rng.random(samples) < 0.1).tolist(),
        rng.choice([2.5, 3.0, 4.25], samples).tolist(),
        (np.cumsum(rng.random(samples) < 0.15)).tolist(),
        rng.integers(0, 8, samples).astype(float).tolist(),
        rng.integers(0, 8, samples).astype(float).tolist(),
    )


def samples_of(holes: list[Hole], rule: RuleSet) -> tuple[np.ndarray, np.ndarray, Samples]:
    """Holes as the arrays that a choice is made from."""
    ends = np.cumsum([len(hole.low) for hole in holes])
    begins = ends - [len(hole.low) for hole in holes]

    def column(name: str, kind: type) -> np.ndarray:
        return np.concatenate([np.array(getattr(hole, name), dtype=kind) for hole in holes])

    split = np.concatenate([np.diff(hole.zone, prepend=hole.zone[:1]) != 0 for hole in holes])
    projected = rule.min_length_basis != "downhole"
    return (
        begins,
        ends,
        Samples(
            column("low", np.int32),
            column("high", np.int32),
            column("grade", np.float64),
            column("below", np.bool_),
            column("density", np.float64) if rule.weights == "length_density" else NONE,
            split if rule.breaks else NONE > 0,
            column("near", np.float64) if projected else NONE,
            column("far", np.float64) if projected else NONE,
        ),
    )


class Piece(NamedTuple):
    """What the slow way knows of a sample, or of a gap."""

    row: int
    length: int
    known: int
    weight: int
    metal: int
    good: bool
    broken: bool


def slow_pieces(hole: Hole, rule: RuleSet) -> list[Piece]:
    """A hole as pieces, word by word from the handbook."""
    share = {"half": 0.5, "zero": 0.0, "full": 1.0}[rule.bdl_view]
    heavy = [round(d * 1000) if rule.weights == "length_density" else 1 for d in hole.density]
    pieces: list[Piece] = []
    for k, value in enumerate(hole.grade):
        broken = k == 0 or bool(rule.breaks and hole.zone[k] != hole.zone[k - 1])
        gap = hole.low[k] - hole.high[k - 1] if k else 0
        missing = np.isnan(value)
        if k and rule.missing_sample == "break" and (missing or np.isnan(hole.grade[k - 1])):
            broken = True
        if gap and rule.gap == "break":
            broken = True
        elif gap:
            counts = gap if rule.gap == "zero" else 0
            both = (heavy[k] + heavy[k - 1]) // 2
            after_break = rule.missing_sample == "break" and np.isnan(hole.grade[k - 1])
            pieces.append(Piece(-1, gap, counts, counts * both, 0, False, after_break))
        length = hole.high[k] - hole.low[k]
        known = 0 if missing and rule.missing_sample == "exclude" else length
        raw = 0 if missing else round((value * share if hole.below[k] else value) * SCALE)
        cut = raw if rule.top_cut is None else min(raw, round(rule.top_cut * SCALE))
        judged = cut if rule.top_cut_stage == "before_classification" else raw
        limit = round(rule.cutoff * SCALE)
        passes = judged >= limit if rule.cutoff_op == "ge" else judged > limit
        good = bool(passes and not missing and not hole.below[k])
        pieces.append(Piece(k, length, known, known * heavy[k], known * heavy[k] * cut, good, broken))
    return pieces


Interval = tuple[int, int]
Key = tuple[int, int, int, int]


def slow_lawful(hole: Hole, rule: RuleSet) -> dict[Interval, tuple[int, int, int, bool]]:
    """Every interval that obeys F1 to F8, by first and last sample: value, length, from, whether one may touch it."""
    pieces = slow_pieces(hole, rule)
    heavy = 1000 if rule.weights == "length_density" else 1
    found: dict[Interval, tuple[int, int, int, bool]] = {}
    for i, first in enumerate(pieces):
        for j in range(i, len(pieces)):
            inside = pieces[i : j + 1]
            if not (first.good and pieces[j].good) or any(piece.broken for piece in inside[1:]):
                continue
            runs: list[list[Piece]] = [[]]
            for piece in inside:
                runs[-1].append(piece) if not piece.good else runs.append([])
            runs = [run for run in runs if run]
            if any(sum(p.length for p in run) > rule.max_waste_run * 1000 for run in runs):
                continue
            waste = sum(p.length for run in runs for p in run)
            if rule.max_waste_total is not None and waste > rule.max_waste_total * 1000:
                continue
            least = round((rule.min_waste_grade or 0) * SCALE)
            if any(sum(p.metal for p in run) < least * sum(p.weight for p in run) for run in runs):
                continue
            metal, weight = sum(p.metal for p in inside), sum(p.weight for p in inside)
            length, known = sum(p.length for p in inside), sum(p.known for p in inside)
            if rule.least_average is not None and metal < round(rule.least_average * SCALE) * weight:
                continue
            measured = length
            if rule.min_length_basis == "true":
                measured = round(abs(hole.far[pieces[j].row] - hole.near[first.row]) * 1000)
            enough = rule.short_high_metal is not None and metal >= rule.short_high_metal * SCALE * 1000 * heavy
            if measured < rule.min_length * 1000 and not enough:
                continue
            if rule.max_length is not None and length > rule.max_length * 1000:
                continue
            left_out = "exclude" in (rule.missing_sample, rule.gap)
            if left_out and known * 1000 < round(rule.min_coverage * 1000) * length:
                continue
            excess = metal - round(rule.cutoff * SCALE) * weight
            value = {"metal": metal, "excess": excess, "length": length}[rule.objective]
            apart = first.broken or (i > 0 and not pieces[i - 1].good)
            found[first.row, pieces[j].row] = (value, length, hole.low[first.row], apart)
    return found


def slow_best(hole: Hole, rule: RuleSet) -> tuple[Key, list[tuple[Interval, ...]]]:
    """The best key of all lawful sets, and every set that has it."""
    lawful = slow_lawful(hole, rule)
    order = sorted(lawful)
    best: tuple[Key, list[tuple[Interval, ...]]] = ((0, 0, 0, 0), [()])

    def grow(at: int, end: int, key: Key, chosen: tuple[Interval, ...]) -> None:
        nonlocal best
        if key > best[0]:
            best = (key, [chosen])
        elif key == best[0] and chosen not in best[1]:
            best[1].append(chosen)
        for place in range(at, len(order)):
            one = order[place]
            value, length, start, apart = lawful[one]
            touches = rule.touching == "forbid" and one[0] == end + 1 and not apart
            if one[0] <= end or (chosen and touches):
                continue
            grown = (key[0] + value, key[1] - 1, key[2] - length, key[3] - start)
            grow(place + 1, one[1], grown, (*chosen, one))

    grow(0, -1, (0, 0, 0, 0), ())
    return best


def quick_sets(holes: list[Hole], rule: RuleSet) -> list[tuple[Interval, ...]]:
    """What the kernel chooses for each hole."""
    begins, ends, samples = samples_of(holes, rule)
    found = choose(begins, ends, samples, numbers(rule, SCALE, dense=rule.weights == "length_density"))
    sets: list[list[Interval]] = [[] for _ in holes]
    for row, first, last in zip(found.row, found.first, found.last, strict=True):
        sets[row].append((int(first - begins[row]), int(last - begins[row])))
    return [tuple(each) for each in sets]


@pytest.mark.parametrize("seed", range(8))
def test_no_lawful_set_is_better(seed: int) -> None:
    """Of all sets of lawful intervals of 8,000 small holes under 400 rule sets none is better than the chosen one."""
    rng = np.random.default_rng(seed)
    for _ in range(50):
        rule = any_rule(rng)
        holes = [any_hole(rng, int(rng.integers(1, 9))) for _ in range(20)]
        for hole, chosen in zip(holes, quick_sets(holes, rule), strict=True):
            _, best = slow_best(hole, rule)
            assert chosen in best, (rule, hole)


def flat_pieces(begins: np.ndarray, ends: np.ndarray, samples: Samples, rule: RuleSet) -> tuple[Any, Any, Pieces, Any]:
    """Holes as flat arrays of pieces, with the sample of each piece."""
    terms = numbers(rule, SCALE, dense=rule.weights == "length_density").terms
    parts, rows, sizes = [], [], []
    for begin, end in zip(begins, ends, strict=True):
        pieces, row = row_of_pieces(2 * (end - begin))
        m = fill(samples, begin, end, terms, pieces, row)
        parts.append([column[:m].copy() for column in pieces])
        rows.append(row[:m].copy())
        sizes.append(m)
    stop = np.cumsum(sizes)
    columns = (np.concatenate(each) for each in zip(*parts, strict=True))
    return stop - sizes, stop, Pieces(*columns), np.concatenate(rows)


def mirrored(begins: np.ndarray, ends: np.ndarray, pieces: Pieces) -> Pieces:
    """The same holes read from the bottom, with the mirrored fourth key: the greatest sum of mirrored ends."""
    order = np.concatenate([np.arange(end - 1, begin - 1, -1) for begin, end in zip(begins, ends, strict=True)])
    broken = np.zeros(len(order), dtype=np.bool_)
    for begin, end in zip(begins, ends, strict=True):
        broken[begin + 1 : end] = pieces.broken[begin + 1 : end][::-1]
    turned = pieces._replace(at=pieces.at + pieces.length, near=pieces.far, far=pieces.near)
    return Pieces(*(column[order] for column in turned))._replace(broken=broken)


def same_from_below(begins: np.ndarray, ends: np.ndarray, samples: Samples, rule: RuleSet) -> None:
    """Assert that every hole has the same intersections whichever end it is read from."""
    law = numbers(rule, SCALE, dense=rule.weights == "length_density").law
    starts, stops, pieces, _ = flat_pieces(begins, ends, samples, rule)
    row, first, last = best_chains(starts, stops, pieces, law)
    turned, bottom, top = best_chains(starts, stops, mirrored(starts, stops, pieces), law)
    back = starts[turned] + stops[turned] - 1
    found = sorted(zip(turned.tolist(), (back - top).tolist(), (back - bottom).tolist(), strict=True))
    assert found == list(zip(row.tolist(), first.tolist(), last.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_the_answer_is_the_same_from_below(seed: int) -> None:
    """10,000 holes of random options read from top and bottom: no difference (RG17)."""
    rng = np.random.default_rng(100 + seed)
    for _ in range(25):
        rule = any_rule(rng)
        holes = [any_hole(rng, int(rng.integers(1, 60))) for _ in range(100)]
        same_from_below(*samples_of(holes, rule), rule)


@pytest.mark.parametrize("objective", ["metal", "excess"])
def test_real_holes_are_the_same_from_below(shared: Any, objective: Any) -> None:
    """Babbitt and Forrestania have the same intersections from both ends."""
    for table, rule in ((babbitt(shared), COPPER), (forrestania(shared), NICKEL)):
        here = RuleSet(**{**plain(rule), "objective": objective})
        rows = significant_intercepts(table, here)
        starts = rows.rows.holes.starts
        same_from_below(starts[:-1], starts[1:], rows.levels[0].ready.samples, here)


def plain(rule: RuleSet) -> dict[str, Any]:
    """The options of a rule set."""
    return {name: getattr(rule, name) for name in RuleSet.__dataclass_fields__}


COPPER = RuleSet(name="copper", on="cu_pct", cutoff=0.3, top_cut=None, min_length=20, max_waste_run=20)
NICKEL = RuleSet(name="nickel", on="ni_ppm", cutoff=4000, top_cut=None, min_length=1, max_waste_run=2)


def babbitt(shared: Any) -> pl.DataFrame:
    """The samples of Babbitt, in feet."""
    table = pl.read_csv(
        shared / "data/drillholes/babbitt/assay.csv", schema_overrides={"BHID": pl.String}, infer_schema_length=None
    )
    return table.rename({"BHID": "hole", "FROM": "from_ft", "TO": "to_ft", "CU": "cu_pct", "NI": "ni_pct"})


def forrestania(shared: Any) -> pl.DataFrame:
    """The samples of Forrestania, in metres."""
    table = pl.read_csv(shared / "data/drillholes/forrestania/assay.csv", infer_schema_length=None)
    return table.select(
        pl.col("hole_ID").alias("hole"),
        pl.col("depth_from").alias("from_m"),
        pl.col("depth_to").alias("to_m"),
        pl.col("Ni_ppm").alias("ni_ppm"),
    )


@pytest.mark.parametrize("seed", range(3))
def test_greed_never_holds_more(seed: int) -> None:
    """In every hole the exact choice is worth at least what a greedy pass finds, downwards, upwards or the richer."""
    rng = np.random.default_rng(200 + seed)
    for _ in range(20):
        exact = RuleSet(**{**plain(any_rule(rng)), "objective": "metal"})
        holes = [any_hole(rng, int(rng.integers(1, 40))) for _ in range(50)]
        worth = [value(hole, exact, chosen) for hole, chosen in zip(holes, quick_sets(holes, exact), strict=True)]
        for direction in ("down", "up", "both_richer"):
            greedy = RuleSet(**{**plain(exact), "direction": direction})
            found = quick_sets(holes, greedy)
            for hole, chosen, most in zip(holes, found, worth, strict=True):
                assert value(hole, exact, chosen) <= most


def value(hole: Hole, rule: RuleSet, chosen: tuple[Interval, ...]) -> int:
    """What some intervals are worth; each must be lawful, none over another, none touching where that is forbidden."""
    lawful = slow_lawful(hole, rule)
    for (_, end), nxt in pairwise(chosen):
        assert nxt[0] > end
        assert rule.touching == "allow" or nxt[0] > end + 1 or lawful[nxt][3]
    return sum(lawful[one][0] for one in chosen)


@pytest.mark.parametrize("seed", range(4))
def test_islands_and_pieces_agree(seed: int) -> None:
    """The quick way over islands chooses what the search over all pieces of a hole chooses, in 4,000 long holes."""
    rng = np.random.default_rng(300 + seed)
    for _ in range(25):
        rule = any_rule(rng)
        holes = [any_hole(rng, int(rng.integers(1, 80))) for _ in range(40)]
        begins, ends, samples = samples_of(holes, rule)
        law = numbers(rule, SCALE, dense=rule.weights == "length_density").law
        starts, stops, pieces, rows = flat_pieces(begins, ends, samples, rule)
        row, first, last = best_chains(starts, stops, pieces, law)
        slow = list(zip(row.tolist(), rows[first].tolist(), rows[last].tolist(), strict=True))
        quick = choose(begins, ends, samples, numbers(rule, SCALE, dense=rule.weights == "length_density"))
        assert slow == list(zip(quick.row.tolist(), quick.first.tolist(), quick.last.tolist(), strict=True))


def reference(pieces: Pieces, begin: int, end: int, law: Law) -> list[Interval]:
    """The recurrence of the handbook over single pieces, written as plainly as it can be."""
    m = end - begin
    best: list[Key | None] = [(0, 0, 0, 0)] + [None] * m
    move: list[int | None] = [None] * (m + 1)

    def before(i: int) -> int:
        return i - 1 if law.touching == FORBID and i > 0 and not pieces.broken[begin + i] else i

    for i in range(m):
        here = best[i]
        assert here is not None
        if best[i + 1] is None or here > best[i + 1]:
            best[i + 1], move[i + 1] = here, None
        if not pieces.good[begin + i]:
            continue
        length = known = weight = metal = run = run_metal = run_weight = total = 0
        for j in range(i, m):
            k = begin + j
            if j > i and pieces.broken[k]:
                break
            length, known = length + int(pieces.length[k]), known + int(pieces.known[k])
            weight, metal = weight + int(pieces.weight[k]), metal + int(pieces.content[k])
            if length > law.max_length:
                break
            if not pieces.good[k]:
                run, total = run + int(pieces.length[k]), total + int(pieces.length[k])
                run_metal, run_weight = run_metal + int(pieces.content[k]), run_weight + int(pieces.weight[k])
                if run > law.max_run or total > law.max_total:
                    break
                continue
            if run and run_metal < law.min_run_average * run_weight:
                break
            run = run_metal = run_weight = 0
            measured = abs(int(pieces.far[k]) - int(pieces.near[begin + i])) if law.projected else length
            if metal < law.min_average * weight or 1000 * known < law.coverage * length:
                continue
            if measured < law.min_length and metal < law.enough:
                continue
            worth = {METAL: metal, EXCESS: metal - law.cut * weight, LENGTH: length}[law.objective]
            base = best[max(before(i), 0)]
            assert base is not None
            key = (base[0] + worth, base[1] - 1, base[2] - length, base[3] - int(pieces.at[begin + i]))
            there = best[j + 1]
            if there is None or key > there:
                best[j + 1], move[j + 1] = key, i
    out: list[Interval] = []
    k = m
    while k > 0:
        i = move[k]
        if i is None:
            k -= 1
            continue
        out.append((begin + i, begin + k - 1))
        k = max(before(i), 0)
    return out[::-1]


@pytest.mark.parametrize("seed", range(3))
def test_the_kernel_is_the_recurrence_of_the_handbook(seed: int) -> None:
    """Over flat whole numbers the kernel and the plain recurrence agree in key and set, islands or not."""
    rng = np.random.default_rng(400 + seed)
    for _ in range(60):
        m = int(rng.integers(1, 40))
        length, grade = rng.integers(1, 4, m), rng.integers(0, 8, m)
        missing = rng.random(m) < 0.1
        weight = np.where(missing & (rng.random() < 0.5), 0, length)
        good = (grade >= 3) & ~missing
        ends = np.cumsum(length)
        pieces = Pieces(
            ends - length,
            length,
            weight,
            weight,
            np.where(missing, 0, grade * weight),
            good,
            rng.random(m) < 0.1,
            ends,
            ends,
        )
        law = Law(
            objective=int(rng.choice([METAL, EXCESS, LENGTH])),
            touching=int(rng.choice([FORBID, ALLOW])),
            cut=3,
            min_average=int(rng.choice([-1, 2, 3, 4, 5])),
            min_length=int(rng.integers(0, 6)),
            enough=int(rng.choice([FAR, 12])),
            max_run=int(rng.integers(0, 7)),
            max_total=int(rng.choice([FAR, 4])),
            min_run_average=int(rng.choice([-1, 1])),
            max_length=int(rng.choice([FAR, FAR, 9])),
            coverage=int(rng.choice([0, 700])),
            projected=0,
        )
        _, first, last = best_chains(np.array([0]), np.array([m]), pieces, law)
        assert list(zip(first.tolist(), last.tolist(), strict=True)) == reference(pieces, 0, m, law)


@settings(max_examples=40, deadline=None)
@given(
    grades=st.lists(st.sampled_from([None, 0.0, 0.4, 1.0, 6.0]), min_size=0, max_size=25),
    holes=st.lists(st.sampled_from("ABCDE"), min_size=25, max_size=25),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_hole_is_forgotten_and_the_order_of_rows_does_not_matter(
    grades: list[float | None], holes: list[str], seed: int
) -> None:
    """Every hole of collars and samples is in exactly one state; shuffled rows give the same result."""
    names = holes[: len(grades)]
    depth = dict.fromkeys("ABCDE", 0.0)
    starts = []
    for name in names:
        starts.append(depth[name])
        depth[name] += 1.0
    table = pl.DataFrame(
        {"hole": names, "from_m": starts, "to_m": [start + 1.0 for start in starts], "au_gpt": grades},
        schema={"hole": pl.String, "from_m": pl.Float64, "to_m": pl.Float64, "au_gpt": pl.Float64},
    )
    collars = pl.DataFrame({"hole": ["A", "B", "C", "X"], "depth_m": [30.0, 30, 30, 30]})
    rule = RuleSet(name="zone", on="au_gpt", cutoff=1.0, top_cut=None, min_length=2, max_waste_run=1)
    found = significant_intercepts(table, rule, collars=collars)
    parts = [
        set(found.intervals["hole"]),
        *(set(part["hole"]) for part in (found.without, found.unassayed, found.pending)),
    ]
    assert sum(map(len, parts)) == len(set().union(*parts)) == found.holes.height
    assert set().union(*parts) == set(names) | {"A", "B", "C", "X"}
    shuffled = table.sample(fraction=1.0, shuffle=True, seed=seed)
    again = significant_intercepts(shuffled, rule, collars=collars)
    rows = ("first_row", "last_row")
    assert again.intervals.drop(rows).equals(found.intervals.drop(rows))
    assert again.holes.equals(found.holes)
