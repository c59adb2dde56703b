"""Sensitivity: how a headline interval moves when its rules are chosen a little differently.

The holes of the headlines are worked out again under every rule set of a small grid. An interval that stays where it is
stands on its samples; one that falls apart or doubles stands on the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from orebook.disciplines.drilling.intersections.intercepts import Intercepts
from orebook.disciplines.drilling.intersections.interval_sums import LENGTH, METAL, WEIGHT
from orebook.disciplines.drilling.intersections.interval_table import held, quotient, ruled
from orebook.disciplines.drilling.intersections.pieces import STEPS
from orebook.disciplines.drilling.intersections.rule_sets import MissingSample, Objective, RuleSet
from orebook.disciplines.drilling.intersections.sample_rows import SampleRows

VARIED = ("cutoff", "max_waste_run", "top_cut", "objective", "missing_sample")
"""The options that a grid varies."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Which rules to try: factors of the cut-off and of the longest waste, objectives, policies for missing samples.

    What the rule set itself says is always tried; a top-cut is tried with and without.
    """

    cutoff: tuple[float, ...] = (0.8, 1.0, 1.25)
    max_waste_run: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0)
    objective: tuple[Objective, ...] = ("metal", "excess")
    missing_sample: tuple[MissingSample, ...] = ("zero", "break")

    def rule_sets(self, rule: RuleSet) -> list[RuleSet]:
        """Every rule set of the grid around one.

        >>> rule = RuleSet(name="bulk", on="au_gpt", cutoff=0.3, top_cut=None, min_length=2, max_waste_run=3)
        >>> len(Grid().rule_sets(rule))
        48
        """
        values: tuple[Sequence[Any], ...] = (
            _each(rule.cutoff, [factor * rule.cutoff for factor in self.cutoff]),
            _each(rule.max_waste_run, [factor * rule.max_waste_run for factor in self.max_waste_run]),
            _each(rule.top_cut, [None]),
            _each(rule.objective, self.objective),
            _each(rule.missing_sample, self.missing_sample),
        )
        return [replace(rule, **dict(zip(VARIED, one, strict=True))) for one in product(*values)]


def _each(own: object, others: Sequence[object]) -> list[object]:
    """The values of an option, its own first, each once."""
    return list(dict.fromkeys([own, *others]))


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How headline intervals depend on their rules.

    ``headlines`` has a row for each: what it is, in how many ``runs`` it was sought, the share of them in which it is
    still one interval (``one_share``) and in which nothing is left of it (``lost_share``), the least and the greatest
    depths, length, grade and metal, and the option that moves it most (``moved_by``): its mean metal differs from one
    value of that option to another by ``moved_share`` of the metal of the headline. ``runs`` has a row for each
    headline and rule set: in how many intervals it lies, and what the one of them holds that has most of it.
    """

    headlines: pl.DataFrame
    runs: pl.DataFrame


def sensitivity(
    found: Intercepts, *, ids: Sequence[int] | None = None, richest: int = 10, grid: Grid | None = None
) -> Sensitivity:
    """How far headline intervals depend on their rules: those of some ``ids``, or the ``richest`` that lie in no other.

    A run has met a headline when its intervals share samples with it. Source: section 7.3 of the drilling handbook.
    Raises ``ValueError`` for an ``id`` that is no interval of the first rule set.

    >>> from orebook.disciplines.drilling.intersections.intercepts import significant_intercepts
    >>> samples = pl.DataFrame({"hole": ["A"] * 3, "from_m": [0.0, 1, 2], "to_m": [1.0, 2, 3], "au_gpt": [9.0, 0, 9]})
    >>> zone = RuleSet(name="zone", on="au_gpt", cutoff=2, top_cut=None, min_length=1, max_waste_run=1)
    >>> sensitivity(significant_intercepts(samples, zone)).headlines["one_share", "moved_by"].row(0)
    (0.25, 'max_waste_run')
    """
    unit = found.rows.unit
    top = found.intervals.filter(pl.col("level") == 0)
    if ids is None:
        chosen = top.sort("metal", descending=True, maintain_order=True).head(richest)
    else:
        strange = sorted(set(ids) - set(top["id"].to_list()))
        if strange:
            raise ValueError(f"no interval {strange[0]} that lies in no other; give ids of level 0")
        chosen = top.filter(pl.col("id").is_in(list(ids)))
    rule = found.profile[0]
    rows = found.rows.of_holes(chosen["hole"])
    first = _sample_at(rows, chosen, "first_row")
    last = _sample_at(rows, chosen, "last_row")
    rules = (grid or Grid()).rule_sets(rule)
    runs = pl.concat([_run(rows, each, chosen, first, last) for each in rules])
    return Sensitivity(_summary(chosen, runs, unit, rule), runs)


def _sample_at(rows: SampleRows, chosen: pl.DataFrame, column: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The place among some rows of the rows that a table names."""
    numbers = rows.numbered(np.arange(len(rows)))
    order = np.argsort(numbers, kind="stable")
    return order[np.searchsorted(numbers[order], chosen[column].to_numpy())]


def _run(
    rows: SampleRows,
    rule: RuleSet,
    chosen: pl.DataFrame,
    first: np.ndarray[tuple[int], np.dtype[np.int64]],
    last: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> pl.DataFrame:
    """What becomes of the headlines under one rule set."""
    ready = ruled(rows, rule)
    _, one, other = ready.chosen(rows.holes.starts[:-1], rows.holes.starts[1:])
    begin, end = np.searchsorted(other, first, side="left"), np.searchsorted(one, last, side="right")
    best = np.full(len(first), -1)
    for number, (low, high) in enumerate(zip(begin, end, strict=True)):
        if high > low:
            shared = np.minimum(rows.high[other[low:high]], rows.high[last[number]])
            shared = shared - np.maximum(rows.low[one[low:high]], rows.low[first[number]])
            best[number] = low + int(np.argmax(shared))
    met = best >= 0
    what = held(ready, one[best[met]], other[best[met]])
    metal = what.sums[METAL] / (ready.scale * STEPS * ready.numbers.terms.dense)
    values = np.full((5, len(first)), np.nan)
    values[:, met] = (
        rows.low[what.first] / STEPS,
        rows.high[what.last] / STEPS,
        what.sums[LENGTH] / STEPS,
        quotient(what.sums[METAL], what.sums[WEIGHT]) / ready.scale,
        metal,
    )
    said = {key: pl.lit(getattr(rule, key)).alias(key) for key in VARIED}
    said["top_cut"] = pl.lit(rule.top_cut, dtype=pl.Float64).alias("top_cut")
    measured = [pl.Series(name, row) for name, row in zip(_measures(rule, rows.unit), values, strict=True)]
    table = pl.DataFrame([chosen["id"], pl.Series("intervals", end - begin), *measured]).fill_nan(None)
    return table.select("id", *said.values(), pl.exclude("id"))


def _measures(rule: RuleSet, unit: str) -> tuple[str, ...]:
    return f"from_{unit}", f"to_{unit}", f"length_{unit}", rule.on, "metal"


def _summary(chosen: pl.DataFrame, runs: pl.DataFrame, unit: str, rule: RuleSet) -> pl.DataFrame:
    """A row for each headline: how often it is one, how far it reaches, and what moves it most."""
    measures = _measures(rule, unit)
    ranges = [(getattr(pl.col(name), how)()).alias(f"{label}_{name}") for name in measures for how, label in _ENDS]
    count = pl.col("intervals")
    each = runs.group_by("id", maintain_order=True).agg(
        pl.len().alias("runs"), (count == 1).mean().alias("one_share"), (count == 0).mean().alias("lost_share"), *ranges
    )
    return chosen.select("id", "hole", *measures).join(each, on="id", how="left").join(_moved(chosen, runs), on="id")


_ENDS = (("min", "least"), ("max", "most"))


def _moved(chosen: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """The option between whose values the mean metal differs most, as a share of the metal of each headline."""
    effects = []
    for number, key in enumerate(VARIED):
        means = runs.group_by("id", key).agg(pl.col("metal").fill_null(0.0).mean())
        spread = means.group_by("id").agg((pl.col("metal").max() - pl.col("metal").min()).alias("spread"))
        effects.append(spread.with_columns(pl.lit(key).alias("moved_by"), pl.lit(number).alias("place")))
    ranked = pl.concat(effects).sort("spread", "place", descending=[True, False])
    most = ranked.unique("id", keep="first", maintain_order=True).join(
        chosen.select("id", pl.col("metal").alias("own")), on="id"
    )
    moves = pl.col("spread") > 0
    return most.select(
        "id",
        pl.when(moves).then("moved_by").otherwise(pl.lit("")).alias("moved_by"),
        pl.when(pl.col("own") > 0).then(pl.col("spread") / pl.col("own")).alias("moved_share"),
    )
