"""Tasks of drilling: what is timed, by which ways, how near these have to be, and the bytes that have to move."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from bench_set import BenchSet, load

Arrays = Mapping[str, np.ndarray]

LENGTH = 2.0
ONE, THREE = ("au_gpt",), ("au_gpt", "cu_pct", "ag_gpt")
PLACE = ("easting_m", "northing_m", "elevation_m")
INTERSECTION = ("from_m", "to_m", "length_m", "metal")
LIBRARIES = ("polars", "pandas", "DuckDB")
SMALL = 50
"""Holes to warm up with."""

OURS, KERNEL = "orebook", "orebook, kernel alone"


class Task(NamedTuple):
    """A task: its ways by name, how near they have to be, and the bytes that have to move for ``n`` samples."""

    title: str
    ways: Mapping[str, Callable[[Path, int], Any]]
    within: float
    floor: Callable[[int, int, int], int]


# --- ours ---------------------------------------------------------------------------------------------------------


def our_desurvey(folder: Path, holes: int) -> Any:
    """Tables in, a table of places out."""
    from orebook.disciplines.drilling.surveying.path import POSITION, desurvey

    given = load(folder, holes)
    return lambda: desurvey(given.collars, given.surveys).middles(given.assays, of=POSITION), _columns(PLACE)


def our_desurvey_kernel(folder: Path, holes: int) -> Any:
    """Arrays in, arrays out: the places of depths on paths that are laid."""
    from orebook.disciplines.drilling import flat
    from orebook.disciplines.drilling.surveying.path import desurvey

    given = load(folder, holes)
    paths, runs = desurvey(given.collars, given.surveys), flat.holes(given.assays)
    start, end = (flat.floats(given.assays[name]) for name in ("from_m", "to_m"))
    return lambda: paths.sample(runs, (start + end) / 2.0), lambda found: dict(zip(PLACE, found.places, strict=True))


def our_composites(folder: Path, holes: int, of: tuple[str, ...], told: tuple[str, ...] = ()) -> Any:
    """Tables in, tables out, with all that belongs to composites."""
    from orebook.disciplines.drilling.compositing.composites import composite

    given = load(folder, holes)
    return lambda: composite(given.assays, of=of, length=LENGTH).table, _columns(told or _composited(of))


def our_composites_kernel(folder: Path, holes: int, of: tuple[str, ...]) -> Any:
    """Arrays in, arrays out: bins, and what they hold."""
    from orebook.disciplines.drilling.compositing import averaging
    from orebook.disciplines.drilling.compositing.composite_edges import runs_from
    from orebook.disciplines.drilling.compositing.weighing import weighed
    from orebook.maths import bins

    given, step = load(folder, holes), round(LENGTH * 1000)
    ready_made = weighed(given.assays, list(of), averaging.BY_LENGTH, None, None)
    kinds = averaging.variables(ready_made.line, of, averaging.BY_LENGTH)
    runs = runs_from(ready_made.line, None, step, "hole")

    def work() -> Any:
        into = bins.equal_bins(runs.starts, runs.low, runs.high, runs.anchor, length=step, tail=bins.KEEP)
        return averaging.summed(ready_made, kinds, into, asked=len(of), least=0.5, every=False)

    def told(found: Any) -> Arrays:
        grades = [each for pair in zip(found.mean, found.length, strict=True) for each in pair]
        return dict(zip(_composited(of), (found.low, found.high, *grades), strict=True))

    return work, told


def our_rules() -> Any:
    """The rule set: gold, 0.5 g/t, at least 2 m, waste of at most 3 m, the mean at the cut-off, missing as nought."""
    from orebook.disciplines.drilling.intersections.rule_sets import RuleSet

    return RuleSet(
        name="bench",
        on="au_gpt",
        cutoff=0.5,
        top_cut=None,
        min_length=2.0,
        max_waste_run=3.0,
        missing_sample="zero",
        gap="break",
    )


def our_intersections(folder: Path, holes: int, carry: tuple[str, ...] = ()) -> Any:
    """Tables in, all tables of a complete result out."""
    from orebook.disciplines.drilling.intersections.intercepts import significant_intercepts

    given, rules = load(folder, holes), our_rules()
    return (
        lambda: significant_intercepts(given.assays, [rules], carry=carry).intervals,
        lambda found: _columns(INTERSECTION)(found.sort("hole", "from_m")),
    )


def our_intersections_kernel(folder: Path, holes: int) -> Any:
    """Arrays in, arrays out: which samples make the intersections."""
    from orebook.disciplines.drilling.intersections.choosing import choose, numbers, scale_for
    from orebook.disciplines.drilling.intersections.sample_rows import arrays, sample_rows

    given, rules = load(folder, holes), our_rules()
    rows = sample_rows(given.assays, rules.on)
    samples, starts = arrays(rows, rules), rows.holes.starts
    numbered = numbers(rules, scale_for(samples, rules, float(rows.high.max())), dense=False)

    def told(found: Any) -> Arrays:
        low, high = samples.low[found.first] / 1000.0, samples.high[found.last] / 1000.0
        held = np.nan_to_num(samples.grade) * (samples.high - samples.low) / 1000.0
        sums = np.concatenate([[0.0], np.cumsum(held)])
        metal = sums[found.last + 1] - sums[found.first]
        return dict(zip(INTERSECTION, (low, high, high - low, metal), strict=True))

    return lambda: choose(starts[:-1], starts[1:], samples, numbered), told


# --- theirs -------------------------------------------------------------------------------------------------------


def polars_way(folder: Path, holes: int, *, does: str, told: Any, more: tuple[Any, ...] = ()) -> Any:
    """A polars way; its holes are an Enum, which is faster than text."""
    from peers import polars_way as way

    given = load(folder, holes)
    names = pl.Enum(given.collars["hole"])
    given = way.prepare(BenchSet(*(table.with_columns(pl.col("hole").cast(names)) for table in given)))
    return lambda: getattr(way, does)(given, *more), told


def pandas_way(folder: Path, holes: int, *, does: str, told: Any, more: tuple[Any, ...] = ()) -> Any:
    """A pandas way."""
    from peers import pandas_way as way

    given = way.prepare(load(folder, holes))
    return lambda: getattr(way, does)(given, *more), told


def numpy_way(folder: Path, holes: int, *, does: str, told: Any, more: tuple[Any, ...] = ()) -> Any:
    """A numpy way: not a library of tables, shown for what it is."""
    from peers import numpy_way as way

    given = way.prepare(load(folder, holes))
    names = told.keywords["names"]
    return (
        lambda: getattr(way, does)(given, *more),
        lambda found: dict(zip(names, found[-len(names) :], strict=True)),
    )


def duckdb_way(folder: Path, holes: int, *, does: str, told: Any, more: tuple[Any, ...] = ()) -> Any:
    """A DuckDB way; it leaves a table in the database."""
    from peers import duckdb_way as way

    base = way.prepare(folder, holes)

    def numbers(_: object) -> Arrays:
        found = base.execute("select * from found order by hole, from_m").fetchnumpy()
        return {name: np.ma.filled(found[name].astype(np.float64), np.nan) for name in told.keywords["names"]}

    return lambda: getattr(way, does)(base, *more), numbers


# --- tasks --------------------------------------------------------------------------------------------------------


def _columns(names: tuple[str, ...]) -> Callable[[Any], Arrays]:
    return partial(_as_arrays, names=names)


def _as_arrays(found: Any, names: tuple[str, ...]) -> Arrays:
    """Columns of a table of polars or pandas."""
    return {name: np.asarray(found[name], dtype=np.float64) for name in names}


def _composited(of: tuple[str, ...]) -> tuple[str, ...]:
    return ("from_m", "to_m", *(each for name in of for each in (name, f"{name}_assayed_m")))


def _peers(names: tuple[str, ...], more: tuple[Any, ...], **does: tuple[str, ...]) -> dict[str, Any]:
    """The ways of the libraries, by name; several of one library have their function's name behind it."""
    makers = {"polars": polars_way, "pandas": pandas_way, "DuckDB": duckdb_way, "numpy": numpy_way}
    told = _columns(names)
    found = {}
    for library, functions in does.items():
        for function in functions:
            name = library if len(functions) == 1 else f"{library}: {function}"
            found[name] = partial(makers[library], does=function, told=told, more=more)
    return found


def _composite_task(of: tuple[str, ...]) -> Task:
    return Task(
        f"composites of {LENGTH:g} m, {len(of)} variable{'s' if len(of) > 1 else ''}",
        {OURS: partial(our_composites, of=of), KERNEL: partial(our_composites_kernel, of=of)}
        | _peers(
            _composited(of),
            (of, LENGTH),
            polars=("composites", "composites_in_turns", "composites_by_differences"),
            pandas=("composites", "composites_grouped"),
            DuckDB=("composites", "composites_in_turns"),
            numpy=("composites",),
        ),
        1e-9,
        lambda samples, bins, _, of=of: samples * 8 * (2 + len(of)) + bins * 8 * (3 + 2 * len(of)),
    )


def _whole_composites(of: tuple[str, ...]) -> Task:
    bare = TASKS[f"composites-{len(of)}"]
    told = ("from_m", "to_m", "samples", *(f"{name}{end}" for name in of for end in ("", *_BESIDE)))
    return Task(
        f"{bare.title}, the whole table",
        {OURS: partial(our_composites, of=of, told=told)}
        | _peers(told, (of, LENGTH), polars=("whole_composites",), pandas=("whole_composites",)),
        1e-9,
        bare.floor,
    )


_BESIDE = ("_coverage", "_assayed_m", "_samples")

TASKS = {
    "desurvey": Task(
        "desurvey, middle of each sample",
        {OURS: our_desurvey, KERNEL: our_desurvey_kernel}
        | _peers(
            PLACE,
            (),
            polars=("desurvey", "desurvey_by_key"),
            pandas=("desurvey", "desurvey_asof"),
            DuckDB=("desurvey",),
            numpy=("desurvey",),
        ),
        1e-6,
        lambda samples, _, stations: samples * 8 * 5 + stations * 8 * 3,
    ),
    "composites-1": _composite_task(ONE),
    "composites-3": _composite_task(THREE),
    "intersections": Task(
        "significant intersections, exact; the others run lengths without dilution",
        {OURS: our_intersections, KERNEL: our_intersections_kernel}
        | _peers(
            INTERSECTION, (), polars=("runs",), pandas=("runs", "runs_grouped"), DuckDB=("runs",), numpy=("runs",)
        ),
        np.inf,
        lambda samples, _, __: samples * 8 * 3,
    ),
    "intersections-merged": Task(
        "significant intersections, exact; the others merge pairs greedily",
        {OURS: our_intersections, KERNEL: our_intersections_kernel}
        | _peers(INTERSECTION, (), polars=("merged",), pandas=("merged",), DuckDB=("merged",), numpy=("merged",)),
        np.inf,
        lambda samples, _, __: samples * 8 * 3,
    ),
}
WHOLE = {
    "desurvey": Task(
        "desurvey, the whole table",
        {OURS: our_desurvey, KERNEL: our_desurvey_kernel}
        | _peers(PLACE, (), polars=("whole_desurvey",), pandas=("whole_desurvey",)),
        1e-6,
        TASKS["desurvey"].floor,
    ),
    "composites-1": _whole_composites(ONE),
    "composites-3": _whole_composites(THREE),
    "intersections": Task(
        "significant intersections, the same: by a function for each hole, and the whole table by arrays in lock step",
        {OURS: our_intersections, KERNEL: our_intersections_kernel}
        | _peers(
            INTERSECTION,
            (),
            polars=("looped", "whole_intersections"),
            pandas=("looped", "whole_intersections"),
        ),
        1e-4,
        TASKS["intersections"].floor,
    ),
}
"""The tasks once more, by ways that give the same tables."""

TASKS |= {f"{name}, the same": task for name, task in WHOLE.items()}

TOGETHER = {
    "with run lengths": ("desurvey", "composites-1", "intersections"),
    "with greedy merging": ("desurvey", "composites-1", "intersections-merged"),
    "the same": ("desurvey, the same", "composites-1, the same", "intersections, the same"),
}
