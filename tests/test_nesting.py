"""Intersections within intersections: levels, what is left unsaid, orphans, and what is left outside the parts."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from orebook.disciplines.drilling.intersections.intercepts import significant_intercepts
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from test_intercept_laws import COPPER, babbitt
from test_intercepts import hole, rule

LEVELS = (
    rule(name="bulk", cutoff=1, max_waste_run=2),
    rule(name="zone", cutoff=5, max_waste_run=2),
    rule(name="shoot", cutoff=10, max_waste_run=2),
)


def test_three_levels() -> None:
    """NE1: parts within parts, each under its own rule set; a level that repeats the one above is left unsaid."""
    result = significant_intercepts(hole(1, 2, 12, 9, 1, 0, 1, 15, 1), LEVELS)
    table = result.intervals
    assert table.select("id", "parent", "level", "relation", "rule", "from_m", "to_m").rows() == [
        (1, None, 0, "", "bulk", 0, 9),
        (2, 1, 1, "including", "zone", 2, 4),
        (3, 2, 2, "including", "shoot", 2, 3),
        (4, 1, 1, "and", "zone", 7, 8),
    ]
    assert table["au_gpt"].to_list() == pytest.approx([42 / 9, 10.5, 12, 15])
    row = table.row(0, named=True)
    assert (row["residual_m"], row["residual_au_gpt"], row["smeared"]) == (6, 1.0, False)
    assert row["share_in_parts"] == pytest.approx(36 / 42)
    unsaid = result.suppressed.select("parent", "reason", "rule", "from_m", "to_m").rows()
    assert unsaid == [(4, "equals its parent", "shoot", 7, 8)]


def test_babbitts_best_hole(shared: Any) -> None:
    """NE2: B1-116 of Babbitt, copper from 0.3 % and within it from 1.0 %, and the grade outside."""
    zone = RuleSet(name="zone", on="cu_pct", cutoff=1.0, top_cut=None, min_length=10, max_waste_run=0)
    table = significant_intercepts(babbitt(shared).filter(pl.col("hole") == "B1-116"), (COPPER, zone)).intervals
    parent = table.filter(pl.col("from_ft") == 1645.0).row(0, named=True)
    part = table.filter(pl.col("parent") == parent["id"]).row(0, named=True)
    assert (parent["to_ft"], parent["length_ft"], round(parent["cu_pct"], 5)) == (1711.8, 66.8, 8.14945)
    assert (part["from_ft"], part["to_ft"], part["length_ft"]) == (1660.0, 1698.3, 38.3)
    assert (round(part["cu_pct"], 4), round(parent["residual_cu_pct"], 5)) == (13.2971, 1.23168)


def test_children_of_the_unsaid_move_up() -> None:
    """Where the middle level equals its parent, the level below it belongs to the parent, one level higher."""
    table = significant_intercepts(hole(6, 6, 30, 6, 6), LEVELS).intervals
    assert table.select("parent", "level", "relation", "rule").rows() == [
        (None, 0, "", "bulk"),
        (1, 1, "including", "shoot"),
    ]


@pytest.mark.parametrize(("largest", "lines"), [(0.9, 1), (1.0, 2)])
def test_a_part_that_is_nearly_all_is_left_unsaid(largest: float, lines: int) -> None:
    """A part over more than the share asked for is left unsaid and listed; with 1 only what is equal."""
    samples = hole(*[2.0], *[8.0] * 19)
    result = significant_intercepts(samples, LEVELS[:2], largest_part=largest)
    assert result.intervals.height == lines
    assert result.suppressed["reason"].to_list() == ["covers most of its parent"] * (2 - lines)


def test_orphans_are_listed() -> None:
    """What a higher level finds outside every parent, such as a short rich sample, is listed and not lost."""
    bulk = rule(name="bulk", cutoff=1, min_length=2, max_waste_run=1)
    result = significant_intercepts(hole(0, 30, 0, 0, 2, 2, 2), (bulk, LEVELS[1]))
    assert result.intervals.select("from_m", "to_m").rows() == [(4, 7)]
    assert result.orphans.select("level", "rule", "from_m", "to_m").rows() == [(1, "zone", 1, 2)]


def test_smearing_is_marked() -> None:
    """Rich parts that carry a poor rest over the cut-off are marked: what is left is below it."""
    row = significant_intercepts(hole(1, 0, 20, 0, 1), LEVELS[:2]).intervals.row(0, named=True)
    assert (row["residual_au_gpt"], row["smeared"]) == (0.5, True)


def test_residual_by_hand(shared: Any) -> None:
    """On Babbitt the residual is what the samples outside the parts hold, by a second way over the samples."""
    zone = RuleSet(name="zone", on="cu_pct", cutoff=1.0, top_cut=None, min_length=10, max_waste_run=10)
    result = significant_intercepts(babbitt(shared), (COPPER, zone))
    samples = result.rows.table
    length = (result.rows.high - result.rows.low) / 1000.0
    grade = samples["cu_pct"].fill_null(0.0).to_numpy().round(6)
    checked = 0
    for row in result.intervals.filter(pl.col("residual_ft") > 0).iter_rows(named=True):
        outside = np.zeros(len(grade), dtype=bool)
        outside[row["first_row"] : row["last_row"] + 1] = True
        for one, two in result.intervals.filter(parent=row["id"]).select("first_row", "last_row").iter_rows():
            outside[one : two + 1] = False
        assert length[outside].sum() == pytest.approx(row["residual_ft"])
        assert (length * grade)[outside].sum() / length[outside].sum() == pytest.approx(row["residual_cu_pct"])
        checked += 1
    assert checked > 50


def test_parts_lie_in_their_parents(shared: Any) -> None:
    """Every part lies in its parent, siblings do not meet, and the parts hold at most the metal of the parent."""
    shoot = RuleSet(name="shoot", on="cu_pct", cutoff=1.0, top_cut=None, min_length=10, max_waste_run=10)
    zone = RuleSet(name="zone", on="cu_pct", cutoff=0.6, top_cut=None, min_length=10, max_waste_run=10)
    table = significant_intercepts(babbitt(shared), (COPPER, zone, shoot)).intervals
    assert table["id"].to_list() == list(range(1, table.height + 1))
    parts = table.filter(pl.col("parent").is_not_null()).join(table, left_on="parent", right_on="id", suffix="_of")
    assert (parts["first_row"] >= parts["first_row_of"]).all() and (parts["last_row"] <= parts["last_row_of"]).all()
    assert (parts["level"] == parts["level_of"] + 1).all()
    siblings = parts.sort("parent", "first_row").with_columns(before=pl.col("last_row").shift().over("parent"))
    assert (siblings["first_row"] > siblings["before"]).all()
    sums = parts.group_by("parent").agg(pl.col("metal").sum(), pl.col("metal_of").first())
    assert (sums["metal"] <= sums["metal_of"] + 1e-9).all()
