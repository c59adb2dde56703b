"""Blocks in space: a block model held so that a section or a level through it is found at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import grades, length_unit
from orebook.reports.drawings.grade_classes import GradeClasses

Floats = NDArray[np.float64]
Rows = NDArray[np.int64] | slice

_TOGETHER = 256
"""So many blocks that follow one another in the table are looked at as one first: they mostly lie side by side."""

_APART = 1e-3
"""Edges that are nearer to one another than this, in the unit of the book, are one."""


@dataclass(frozen=True, slots=True, eq=False)
class BlocksInSpace:
    """A block model as flat arrays: middles and sizes along the axes of the grid, and grades by their columns.

    Blocks without a place or a size are left out; a grade that is missing is NaN. ``alike`` says along which axes all
    sizes are the same. ``low`` and ``high`` are the edges that neighbours in the table reach to together, so that a
    cut needs to look at few of them.
    """

    middles: tuple[Floats, Floats, Floats]
    halves: tuple[Floats, Floats, Floats]
    grades: Mapping[str, Floats]
    unit: str
    alike: tuple[bool, ...]
    low: tuple[Floats, Floats, Floats]
    high: tuple[Floats, Floats, Floats]

    @classmethod
    def of(cls, blocks: pl.DataFrame) -> "BlocksInSpace":
        """A table of blocks put in order.

        Raises ``MissingColumnError`` for a table without middles or sizes.

        >>> one = {"easting_m": [5.0], "northing_m": [4.0], "elevation_m": [50.0], "dx_m": [10.0], "dy_m": [10.0],
        ...     "dz_m": [4.0], "au_gpt": [1.2]}
        >>> len(BlocksInSpace.of(pl.DataFrame(one)))
        1
        """
        unit = length_unit(blocks.columns, "easting", "northing", "elevation", "dx", "dy", "dz")
        places = [f"{name}_{unit}" for name in ("easting", "northing", "elevation")]
        sizes = [f"{name}_{unit}" for name in ("dx", "dy", "dz")]
        whole = blocks.drop_nulls([*places, *sizes])
        east, north, up = middles = tuple(_floats(whole[name]) for name in places)
        dx, dy, dz = halves = tuple(_floats(whole[name]) / 2.0 for name in sizes)
        held = {name: _floats(whole[name]) for name in grades(whole.columns)}
        alike = tuple(bool(len(each)) and bool((each == each[0]).all()) for each in halves)
        both = list(zip(middles, halves, strict=True))
        low = tuple(_edges(np.minimum, middle, half, -1.0) for middle, half in both)
        high = tuple(_edges(np.maximum, middle, half, 1.0) for middle, half in both)
        return cls((east, north, up), (dx, dy, dz), held, unit, alike, low, high)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.middles[0])

    def section(self, section: Section, grade: str, at_least: float | None = None) -> "Slice":
        """The blocks that the plane of a section cuts, as wide as it cuts them.

        Across is the distance along the section, up the height. ``at_least`` leaves out poorer blocks.
        """
        (east, north, up), (dx, dy, dz) = self.middles, self.halves
        to_east, to_north = sin(radians(section.azimuth)), cos(radians(section.azimuth))
        origin = section.easting * to_north - section.northing * to_east
        ends = [np.sort([self.low[0] * to_north, self.high[0] * to_north], axis=0)]
        ends.append(np.sort([self.low[1] * -to_east, self.high[1] * -to_east], axis=0))
        near = self._rows((ends[0][0] + ends[1][0] <= origin + _APART) & (ends[0][1] + ends[1][1] >= origin - _APART))
        offset = east[near] * to_north
        offset -= north[near] * to_east
        offset -= origin
        reach = _of(self._half(0), near) * abs(to_north) + _of(self._half(1), near) * abs(to_east)
        at = _at(near, (offset >= -reach) & (offset < reach))
        at = at[_shown(self.grades[grade][at], at_least)]
        low, high = np.full(len(at), -np.inf), np.full(len(at), np.inf)
        for middle, begins, half, towards in (
            (east, section.easting, dx, to_east),
            (north, section.northing, dy, to_north),
        ):
            if abs(towards) > 1e-9:
                begin = (middle[at] - half[at] - begins) / towards
                end = (middle[at] + half[at] - begins) / towards
                low, high = np.maximum(low, np.minimum(begin, end)), np.minimum(high, np.maximum(begin, end))
        cut = high > low
        at, low, high = at[cut], low[cut], high[cut]
        return Slice(low, high, up[at] - dz[at], up[at] + dz[at], self.grades[grade][at])

    def _half(self, axis: int) -> Floats | float:
        """Half the sizes along an axis, as one number where all blocks have the same, which is far quicker."""
        sizes = self.halves[axis]
        return float(sizes[0]) if len(sizes) and self.alike[axis] else sizes

    def _rows(self, groups: NDArray[np.bool_]) -> Rows:
        """The blocks of some groups of neighbours: their numbers, or all where most are asked for."""
        found = np.flatnonzero(groups)
        if 2 * len(found) > len(groups):
            return slice(None)
        rows = (found[:, None] * _TOGETHER + np.arange(_TOGETHER)).ravel()
        return rows[: int(np.searchsorted(rows, len(self)))]

    def level(self, elevation: float, grade: str, at_least: float | None = None) -> "Slice":
        """The blocks that lie at an elevation, seen from above: across is the easting, up the northing."""
        (east, north, up), (dx, dy, _) = self.middles, self.halves
        near = self._rows((self.low[2] <= elevation) & (self.high[2] >= elevation))
        middle, high = up[near], _of(self._half(2), near)
        at = _at(near, (elevation >= middle - high) & (elevation < middle + high))
        at = at[_shown(self.grades[grade][at], at_least)]
        east, north, dx, dy = east[at], north[at], dx[at], dy[at]
        return Slice(east - dx, east + dx, north - dy, north + dy, self.grades[grade][at])


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """Rectangles of a cut through blocks: their edges to the left, right, below and above, and their grades."""

    left: Floats
    right: Floats
    below: Floats
    above: Floats
    grade: Floats

    def __len__(self) -> int:
        return len(self.grade)

    def within(self, left: float, right: float, below: float, above: float) -> "Slice":
        """The rectangles that some part of a frame holds."""
        held = (self.right > left) & (self.left < right) & (self.above > below) & (self.below < above)
        return Slice(*(each[held] for each in (self.left, self.right, self.below, self.above, self.grade)))

    def by_class(self, classes: GradeClasses) -> list[NDArray[np.float64]]:
        """For each class the corners (left, right, below, above) of its rectangles, neighbours in a row joined.

        >>> edges = (np.array([0.0, 5.0]), np.array([5.0, 10.0]), np.zeros(2), np.full(2, 4.0))
        >>> [each.tolist() for each in Slice(*edges, np.array([2.0, 3.0])).by_class(GradeClasses((1.0,)))]
        [[], [[0.0, 10.0, 0.0, 4.0]]]
        """
        which = classes.of(self.grade)
        found = []
        for number in range(len(classes.bounds) + 1):
            own = np.flatnonzero(which == number)
            order = own[np.lexsort((self.left[own], self.below[own]))]
            left, right, below, above = (each[order] for each in (self.left, self.right, self.below, self.above))
            joins = (np.abs(left[1:] - right[:-1]) < _APART) & (np.abs(below[1:] - below[:-1]) < _APART)
            joins &= np.abs(above[1:] - above[:-1]) < _APART
            first = np.flatnonzero(np.concatenate(([True], ~joins))[: len(order)])
            last = np.concatenate((first[1:] - 1, [len(order) - 1])) if len(first) else first
            found.append(np.column_stack([left[first], right[last], below[first], above[first]]))
        return found


def _edges(least: np.ufunc, middles: Floats, halves: Floats, side: float) -> Floats:
    """The edge of each group of neighbours towards one side."""
    starts = np.arange(0, len(middles), _TOGETHER)
    return np.asarray(least.reduceat(middles + side * halves, starts)) if len(middles) else np.empty(0)


def _of(sizes: Floats | float, rows: Rows) -> Floats | float:
    """The sizes of some blocks; a number stands for all."""
    return sizes if isinstance(sizes, float) else sizes[rows]


def _at(rows: Rows, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The numbers of the blocks that are kept of some."""
    return np.flatnonzero(kept) if isinstance(rows, slice) else rows[kept]


def _shown(grades: Floats, at_least: float | None) -> NDArray[np.bool_]:
    """Which grades are shown: all that are there, or those from a cut-off on."""
    return ~np.isnan(grades) if at_least is None else grades >= at_least


def _floats(column: pl.Series) -> Floats:
    """A column as numbers, NaN where it is empty."""
    return np.ascontiguousarray(column.cast(pl.Float64).fill_null(float("nan")).to_numpy())
