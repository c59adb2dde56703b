"""Flat: the rows of a table hole after hole, as kernels want them: one array a column, and where each hole begins."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.views import changes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Holes:
    """The holes of a table in the order of its rows: hole ``k`` has the rows ``starts[k]`` to ``starts[k + 1]``."""

    names: pl.Series
    starts: Ints

    def __len__(self) -> int:
        return len(self.names)


def sorted_by_hole(table: pl.DataFrame, *depths: str) -> pl.DataFrame:
    """A table by hole and depth; one that is so already is given back as it is.

    >>> sorted_by_hole(pl.DataFrame({"hole": ["B", "A"], "from_m": [0.0, 3.0]}), "from_m")["hole"].to_list()
    ['A', 'B']
    """
    order = ["hole", *depths]
    return table if _in_order(table, order) else table.sort(order, maintain_order=True)


def _in_order(table: pl.DataFrame, order: list[str]) -> bool:
    """Whether the rows are sorted already: looking is an order of magnitude cheaper than sorting."""
    hole, *depths = order
    if table.height < 2 or table[hole].null_count():
        return table.height < 2
    found = holes(table)
    if not found.names.is_sorted():
        return False
    ties = np.ones(table.height - 1, dtype=np.bool_)
    ties[found.starts[1:-1] - 1] = False
    for depth in depths:
        step = np.diff(floats(table[depth]))
        if (ties & ~(step >= 0.0)).any():
            return False
        ties &= step == 0.0
    return True


def holes(table: pl.DataFrame) -> Holes:
    """The holes of a table whose rows stand together.

    >>> found = holes(pl.DataFrame({"hole": ["A", "A", "B"]}))
    >>> found.names.to_list(), found.starts.tolist()
    (['A', 'B'], [0, 2, 3])
    """
    column = table["hole"].rechunk()
    if not len(column):
        return Holes(column, np.zeros(1, dtype=np.int64))
    starts = np.concatenate([[0], changes(column), [len(column)]]).astype(np.int64)
    return Holes(column.gather(starts[:-1]), starts)


def floats(column: pl.Series) -> Floats:
    """A column of numbers as an array; what is missing is NaN there."""
    numbers = column if column.dtype == pl.Float64 else column.cast(pl.Float64)
    return (numbers.fill_null(float("nan")) if numbers.null_count() else numbers).to_numpy()


def thousandths(column: pl.Series) -> Ints:
    """Depths in whole thousandths of their unit, so that sums and comparisons are exact.

    >>> thousandths(pl.Series([2.6, 4.6])).tolist()
    [2600, 4600]
    """
    return np.rint(floats(column) * 1000.0).astype(np.int64)
