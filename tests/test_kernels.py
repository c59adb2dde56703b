"""Kernels: whole holes told apart by the views of their names, and bins that are summed in two ways."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from orebook.disciplines.drilling import views
from orebook.disciplines.drilling.flat import holes
from orebook.maths import bin_sums
from orebook.maths.bins import Bins, plain_bins
from orebook.maths.compiled import compiled

NAMES = {
    "short": ["KR-1", "KR-1", "KR-2", "KR-1", "KR-1"],
    "twelve letters": ["KESTREL-0001"] * 3 + ["KESTREL-0002"] * 2,
    "long": ["KESTREL-RIDGE-NORTH-1"] * 2 + ["KESTREL-RIDGE-NORTH-2"] * 3,
    "gaps": ["KR-1", None, None, "", "KR-1"],
    "none": [],
    "one": ["KR-1"],
}


@pytest.mark.parametrize("times", [1, 60])
@pytest.mark.parametrize("name", NAMES)
def test_rows_that_begin_a_hole(name: str, times: int) -> None:
    """Rows whose name is not that of the row above are found for short names, long ones, gaps, parts and pieces."""
    said = [each for each in NAMES[name] for _ in range(times)]
    for column in (
        pl.Series("hole", said, dtype=pl.String),
        pl.Series("hole", ["x", *said, "y"], dtype=pl.String).slice(1, len(said)),
        pl.Series("hole", [each and each + "." for each in said], dtype=pl.String).str.strip_chars("."),
        pl.Series("hole", said, dtype=pl.String).append(pl.Series(said, dtype=pl.String)).rechunk(),
    ):
        cells = column.to_list()
        expected = [row for row in range(1, len(cells)) if cells[row] != cells[row - 1]]
        assert views.changes(column).tolist() == expected
        found = holes(column.to_frame("hole"))
        assert found.starts.tolist() == ([0, *expected, len(cells)] if cells else [0])


def test_two_ways_to_sum_bins_are_one() -> None:
    """Equal bins that no stretch reaches over are summed quickly; what they hold is the same to the last bit."""
    rng = np.random.default_rng(3)
    no, none = np.empty(0), np.empty(0, dtype=np.int64)
    for _ in range(300):
        lengths = rng.integers(1, 40, rng.integers(1, 30))
        gaps = rng.integers(0, 3, len(lengths)) * rng.integers(0, 30, len(lengths))
        high = np.cumsum(lengths + gaps) + rng.integers(-20, 20)
        low = high - lengths
        values = np.where(rng.random((2, len(low))) < 0.2, np.nan, rng.normal(1.0, 1.0, (2, len(low))))
        step, many, cut = int(rng.integers(15, 60)), int(rng.integers(3, 20)), int(rng.integers(0, 10))
        a = np.arange(many) * step
        b = a + step
        a[0], b[-1] = cut, b[-1] - int(rng.integers(0, 10))
        lines = np.array([0, len(low)])
        kinds = bin_sums.Kinds(values, np.array([2.0, np.inf]), np.array([False, False]), np.array([0, 1]))
        plain = bin_sums.Stretches(lines, low.astype(np.int32), high.astype(np.int32), none, no)
        named = plain._replace(rows=np.arange(len(low)))  # rows that are named are summed pair by pair
        into: Bins = plain_bins(np.array([0, many]), a, b, np.array([many]))
        quick, slow = (
            bin_sums.held(each, kinds, into, asked=2, least=0.4, every=False, scale=10.0) for each in (plain, named)
        )
        for one, other in zip(quick, slow, strict=True):
            np.testing.assert_array_equal(one, other)


def test_no_number_is_too_large_without_compiling(tmp_path: Path) -> None:
    """A length times a grade passes 32 bits: the lines as plain Python give what the compiled ones give."""
    script = tmp_path / "script.py"
    script.write_text(
        "import polars as pl\n"
        "from orebook.disciplines.drilling.intersections.intercepts import significant_intercepts\n"
        "from orebook.disciplines.drilling.intersections.rule_sets import RuleSet\n"
        "depths = [float(depth) for depth in range(0, 2000, 40)]\n"
        "table = pl.DataFrame({'hole': ['A'] * 50, 'from_m': depths, 'to_m': [depth + 40.0 for depth in depths],\n"
        "    'ag_gpt': [900.0 if number % 7 else 3.0 for number in range(50)]})\n"
        "rules = RuleSet(name='zone', on='ag_gpt', cutoff=50, top_cut=None, min_length=1, max_waste_run=50)\n"
        "found = significant_intercepts(table, rules)\n"
        "print(found.intervals.rows(), found.holes.rows())\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-W", "error:overflow:RuntimeWarning", str(script)]
    told = [
        subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **more}).stdout
        for more in ({}, {"NUMBA_DISABLE_JIT": "1"})
    ]
    assert told[0] == told[1] != ""


def twice(value: float) -> float:
    """A kernel that nobody has compiled before."""
    return value + value


def test_a_full_disk_stops_no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled and cannot be kept runs all the same."""
    caching = pytest.importorskip("numba.core.caching")
    tried = []

    def full(*_: object) -> None:
        tried.append(True)
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(caching.IndexDataCacheFile, "save", full)
    assert compiled(twice)(2.5) == 5.0
    assert tried or os.environ.get("NUMBA_DISABLE_JIT")
