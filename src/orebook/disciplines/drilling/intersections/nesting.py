"""Nesting: intersections within intersections ("including"), each level under its own rule set.

The first rule set is applied to whole holes, each after it within the intervals of the one before. An interval that is
its parent over again is not said twice, and its own children move up. What a higher level finds outside every parent
is an orphan, and listed.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats
from orebook.disciplines.drilling.intersections.interval_sums import LENGTH, METAL, WEIGHT
from orebook.disciplines.drilling.intersections.interval_table import (
    Carry,
    Held,
    Ruled,
    held,
    interval_columns,
    quotient,
    ruled,
)
from orebook.disciplines.drilling.intersections.pieces import STEPS
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.disciplines.drilling.intersections.sample_rows import SampleRows
from orebook.disciplines.drilling.intervals import residual_grade, residual_length
from orebook.maths.chains import Flags, Ints

TOP = -1
"""The parent of an interval that lies in no other."""

SAME, MOST = "equals its parent", "covers most of its parent"
"""Why an interval is not said."""


@dataclass(frozen=True, slots=True)
class Level:
    """What one rule set found: its intervals, and for each its parent in the level before."""

    ready: Ruled
    what: Held
    parent: Ints


@dataclass(frozen=True, slots=True)
class Nest:
    """Intervals in the order in which they are said, those that are left unsaid, and those outside every parent."""

    intervals: pl.DataFrame
    suppressed: pl.DataFrame
    orphans: pl.DataFrame
    levels: tuple[Level, ...]


def nested(rows: SampleRows, profile: tuple[RuleSet, ...], carry: Carry, most: float) -> Nest:
    """The intersections of all levels; a child over more than the share ``most`` of its parent is left unsaid."""
    levels: list[Level] = []
    orphans: list[pl.DataFrame] = []
    starts = rows.holes.starts
    for number, rule in enumerate(profile):
        ready = ruled(rows, rule)
        if not levels:
            _, first, last = ready.chosen(starts[:-1], starts[1:])
            levels.append(Level(ready, held(ready, first, last), np.full(len(first), TOP)))
            continue
        above = levels[-1].what
        parent, first, last = ready.chosen(above.first, above.last + 1)
        levels.append(Level(ready, held(ready, first, last), parent))
        begins, ends = _outside(starts, above)
        _, first, last = ready.chosen(begins, ends)
        found = interval_columns(rows, ready, held(ready, first, last), carry)
        orphans.append(_labelled(found, rule.name, number))
    tables = [interval_columns(rows, level.ready, level.what, carry) for level in levels]
    orphans.append(_labelled(tables[0].clear(), "", 0))
    intervals, suppressed = _said(rows.unit, levels, tables, _tree(levels, most))
    return Nest(intervals, suppressed, pl.concat(orphans, how="diagonal"), tuple(levels))


def _labelled(found: pl.DataFrame, name: str, level: int) -> pl.DataFrame:
    return found.select(
        pl.lit(level, dtype=pl.Int64).alias("level"), pl.lit(name).alias("rule"), pl.exclude("level", "rule")
    )


def _outside(starts: Ints, above: Held) -> tuple[Ints, Ints]:
    """The stretches of holes outside some intervals, in order."""
    begins = np.sort(np.concatenate([starts[:-1], above.last + 1]))
    ends = np.sort(np.concatenate([above.first, starts[1:]]))
    return begins[begins < ends], ends[begins < ends]


@dataclass(frozen=True, slots=True)
class _Tree:
    """All intervals of all levels one after another: level, parent that is said, depth in what is said, why unsaid."""

    level: Ints
    first: Ints
    last: Ints
    sums: Ints
    parent: Ints
    depth: Ints
    why: Ints


def _tree(levels: list[Level], most: float) -> _Tree:
    """Who is said under whom: from the top down, whoever is left unsaid hands its children to its own parent."""
    sizes = [len(level.parent) for level in levels]
    base = np.concatenate([[0], np.cumsum(sizes)])
    first = np.concatenate([level.what.first for level in levels])
    last = np.concatenate([level.what.last for level in levels])
    sums = np.concatenate([level.what.sums for level in levels], axis=1)
    parent, depth, why = np.full(base[-1], TOP), np.zeros(base[-1], dtype=np.int64), np.zeros(base[-1], dtype=np.int64)
    for number, level in enumerate(levels[1:], 1):
        here = np.arange(base[number], base[number + 1])
        above = base[number - 1] + level.parent
        above = np.where(why[above] > 0, parent[above], above)
        same = (first[here] == first[above]) & (last[here] == last[above])
        large = sums[LENGTH, here] > most * sums[LENGTH, above]
        parent[here], depth[here] = above, depth[above] + 1
        why[here] = np.where(same, 1, np.where(large, 2, 0))
    return _Tree(np.repeat(np.arange(len(levels)), sizes), first, last, sums, parent, depth, why)


_LAST = ("has_below", "has_above", "samples", "first_row", "last_row")
"""The columns that stand behind the residuals."""


def _said(unit: str, levels: list[Level], tables: list[pl.DataFrame], tree: _Tree) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table of intervals in the order in which they are said, and that of those left unsaid."""
    named = [
        table.insert_column(0, pl.Series("rule", [level.ready.rule.name]).new_from_index(0, table.height))
        for level, table in zip(levels, tables, strict=True)
    ]
    table = pl.concat(named, how="diagonal") if len(named) > 1 else named[0]
    said = tree.why == 0
    order = np.lexsort((tree.depth, -tree.last, tree.first)) if len(levels) > 1 else np.arange(len(said))
    order = order[said[order]]
    number = np.zeros(len(said), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    parent = np.where(tree.parent == TOP, 0, number[tree.parent]) if len(levels) > 1 else np.zeros_like(number)
    nobody = pl.Series("parent", [None], dtype=pl.Int64).new_from_index(0, len(said))
    front = [
        pl.Series("id", number),
        pl.Series("parent", parent).set(pl.Series(parent == 0), None) if parent.any() else nobody,
        pl.Series("level", tree.depth),
        _relations(parent, order),
    ]
    middle = [column for column in table.get_columns() if column.name not in _LAST]
    whole = pl.DataFrame([*front, *middle, *_residuals(unit, levels, tree, said), *(table[name] for name in _LAST)])
    if said.all():
        reason = pl.Series("reason", [], dtype=pl.String)
        unsaid = pl.DataFrame([front[1].clear(), reason, *table.clear().get_columns()])
        return whole if len(levels) == 1 else whole[order], unsaid
    reason = pl.Series("reason", ["", SAME, MOST]).gather(tree.why[~said])
    unsaid = table.filter(pl.Series(~said))
    return whole[order], pl.DataFrame([pl.Series("parent", parent[~said]), reason, *unsaid.get_columns()])


def _relations(parent: Ints, order: Ints) -> pl.Series:
    """What ties each interval to the one that holds it: nothing, ``including`` for a first part, then ``and``."""
    word = np.zeros(len(parent), dtype=np.int64)
    parts = order[parent[order] > 0]
    word[parts] = 2
    word[parts[np.unique(parent[parts], return_index=True)[1]]] = 1
    return pl.Series("relation", ["", "including", "and"]).gather(word)


def _residuals(unit: str, levels: list[Level], tree: _Tree, said: Flags) -> list[pl.Series]:
    """What is left of each interval outside its parts, and which share of its metal they hold."""
    child = np.flatnonzero(said & (tree.parent != TOP))
    above = tree.parent[child]
    names = f"residual_{unit}", f"residual_{levels[0].ready.rule.on}", "share_in_parts"
    if not len(child):
        none = [pl.Series(name, [None], dtype=pl.Float64).new_from_index(0, len(said)) for name in names]
        return [*none, pl.Series("smeared", [False]).new_from_index(0, len(said))]
    steps = np.array([level.ready.numbers.terms.dense * STEPS for level in levels])[tree.level]
    scale = np.array([level.ready.scale for level in levels])[tree.level]
    weight, metal = tree.sums[WEIGHT] / steps, tree.sums[METAL] / (scale * steps)
    inside = np.zeros((3, len(said)))
    for row, values in enumerate((tree.sums[LENGTH] / STEPS, weight, metal)):
        np.add.at(inside[row], above, values[child])
    has = np.isin(np.arange(len(said)), above)
    length, heavy, held_metal = inside[:, has]
    with np.errstate(divide="ignore", invalid="ignore"):
        left = residual_grade(weight[has], metal[has] / weight[has], [(heavy, held_metal / heavy)])
    cutoff = np.array([level.ready.rule.cutoff for level in levels])[tree.level[has]]
    columns = (
        residual_length(tree.sums[LENGTH, has] / STEPS, [length]),
        np.where(np.isfinite(left), left, np.nan),
        quotient(held_metal, metal[has]),
    )
    found = [_scattered(name, values, has) for name, values in zip(names, columns, strict=True)]
    smeared = np.zeros(len(said), dtype=np.bool_)
    smeared[has] = np.isfinite(left) & (left < cutoff)
    return [*found, pl.Series("smeared", smeared)]


def _scattered(name: str, values: Floats, where: Flags) -> pl.Series:
    """Values at some rows of a column that is otherwise empty."""
    whole = np.full(len(where), np.nan)
    whole[where] = values
    return pl.Series(name, whole, nan_to_null=True)
