"""Steps: intervals of a hole between levels that its path crosses: benches, and equal steps of true thickness.

They are given to ``interval_means`` like any other intervals. A path is any function that places rows of hole and
depth, such as the ``at`` of the paths of the holes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log2

import numpy as np
import polars as pl

from orebook.disciplines.drilling.compositing.composite_edges import thousandths_of
from orebook.disciplines.drilling.flat import Floats, floats
from orebook.disciplines.drilling.lines import SCALE, laid
from orebook.ground.schema import length_unit
from orebook.maths import bins
from orebook.maths.bins import Ints, Places

NO_PATH = "no path"

Place = Callable[[pl.DataFrame], pl.DataFrame]
"""Gives a table of hole and depth back with easting, northing and elevation, row by row."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Intervals between levels, each with the number of its step, and the holes that have no path where there are
    samples."""

    table: pl.DataFrame
    left_out: pl.DataFrame


def bench_intervals(samples: pl.DataFrame, place: Place, *, height: float, datum: float, spacing: float = 1.0) -> Steps:
    """Intervals of each hole between bench levels, from its first sample to its last.

    Levels are ``datum`` plus whole numbers of ``height``; ``bench_m`` is the elevation of the lower one. Found on the
    path itself to half a thousandth, a hole that rises again through a level crosses it again. ``spacing`` is how
    closely the path is looked at first: a rise and fall within it may be missed.

    >>> samples = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [25.0], "au_gpt": [1.0]})
    >>> straight = lambda table: table.with_columns(elevation_m=95.0 - pl.col("depth_m") * 0.5)
    >>> bench_intervals(samples, straight, height=10.0, datum=0.0).table.rows()
    [('A', 0.0, 10.0, 90.0), ('A', 10.0, 25.0, 80.0)]
    """
    unit = laid(samples).unit
    found = _steps(samples, lambda table: floats(place(table)[f"elevation_{unit}"]), height, datum, spacing)
    level = (pl.col("step") * height + datum).alias(f"bench_{unit}")
    return Steps(found.table.with_columns(level).drop("step"), found.left_out)


def thickness_intervals(
    samples: pl.DataFrame, place: Place, *, normal: tuple[float, float, float], step: float, spacing: float = 1.0
) -> Steps:
    """Intervals of each hole over equal steps of true thickness, ``|(P(d) − P(0))·N|``, from first sample to last.

    ``normal`` is the direction square to the zone (east, north, up), of any length; distances are measured from the
    collar. Raises ``ValueError`` for a normal without length.

    >>> samples = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [4.0], "au_gpt": [1.0]})
    >>> down = lambda table: table.with_columns(easting_m=0.0, northing_m=0.0, elevation_m=-pl.col("depth_m"))
    >>> thickness_intervals(samples, down, normal=(3.0, 0.0, 4.0), step=1.6).table.rows()
    [('A', 0.0, 2.0, 1), ('A', 2.0, 4.0, 2)]
    """
    size = float(np.linalg.norm(normal))
    if not 0.0 < size < bins.MOST:
        raise ValueError(f"a normal of {normal} has no direction; give east, north and up of the pole of the zone")
    unit = laid(samples).unit
    parts = [f"{part}_{unit}" for part in ("easting", "northing", "elevation")]

    def distance(table: pl.DataFrame) -> Floats:
        collars = table.with_columns(pl.lit(0.0).alias(f"depth_{unit}"))
        here, top = place(table), place(collars)
        away = np.stack([floats(here[part]) - floats(top[part]) for part in parts])
        return np.asarray(normal, dtype=np.float64) / size @ away

    found = _steps(samples, distance, step, 0.0, spacing)
    number = pl.when(pl.col("step") < 0).then(-pl.col("step")).otherwise(pl.col("step") + 1)
    return Steps(found.table.with_columns(number.alias("step")), found.left_out)


def intervals_between(cuts: pl.DataFrame) -> pl.DataFrame:
    """Intervals between depths that follow one another down each hole.

    >>> intervals_between(pl.DataFrame({"hole": ["A"] * 3, "depth_m": [0.0, 2.5, 4.0]})).rows()
    [('A', 0.0, 2.5), ('A', 2.5, 4.0)]
    """
    unit = length_unit(cuts.columns, "depth")
    depth = pl.col(f"depth_{unit}")
    ordered = cuts.select("hole", depth).drop_nulls().unique().sort("hole", f"depth_{unit}")
    ends = ordered.select("hole", depth.alias(f"from_{unit}"), depth.shift(-1).over("hole").alias(f"to_{unit}"))
    return ends.drop_nulls()


def _steps(
    samples: pl.DataFrame, along: Callable[[pl.DataFrame], Floats], height: float, datum: float, spacing: float
) -> Steps:
    """Intervals between the levels of any function of hole and depth, each with the number of the level below it."""
    if not 0.0 < height < bins.MOST:
        raise ValueError(f"steps of {height}; they have to be above nought")
    line = laid(samples)
    names, starts = line.holes.names, line.holes.starts
    start, end = line.low[starts[:-1]], line.high[starts[1:] - 1]

    def value(hole: Ints, depth: Floats) -> Floats:
        return along(pl.DataFrame({"hole": names.gather(hole), f"depth_{line.unit}": depth}))

    def level(values: Floats) -> Floats:
        return np.floor((values - datum) / height)

    hole, depth = _knots(start, end, thousandths_of("spacing", spacing))
    hole, depth, values = _with_turns(hole, depth, value(hole, depth), value)
    crossings = _crossings(hole, depth, values, level(values), lambda number: number * height + datum, value)
    edge = np.flatnonzero((hole[1:] == hole[:-1]) & (np.isnan(values[1:]) != np.isnan(values[:-1])))
    ends = [(np.arange(len(names)), place / float(SCALE)) for place in (start, end)]
    sides = [(hole[edge], depth[np.where(np.isnan(values[edge]), edge + 1, edge)])]
    holes, places = (np.concatenate(each) for each in zip(crossings, *ends, *sides, strict=True))
    cuts = np.unique(np.stack([holes, np.rint(places * SCALE).astype(np.int64)]), axis=1)
    same = np.flatnonzero(cuts[0, 1:] == cuts[0, :-1])
    low, high = cuts[1, same], cuts[1, same + 1]
    number = level(value(cuts[0, same], (low + high) / 2.0 / SCALE))
    table = pl.DataFrame(
        {
            "hole": names.gather(cuts[0, same]),
            line.depths[0]: low / float(SCALE),
            line.depths[1]: high / float(SCALE),
            "step": pl.Series(number).fill_nan(None).cast(pl.Int64),
        }
    )
    known = pl.col("step").is_not_null()
    return Steps(table.filter(known), table.filter(~known).drop("step").with_columns(pl.lit(NO_PATH).alias("reason")))


def _knots(start: Places, end: Places, spacing: int) -> tuple[Ints, Floats]:
    """Depths at which each hole is looked at first: every ``spacing``, and its end."""
    pieces = bins.equal_bins(np.arange(len(start) + 1), start, end, start, length=spacing, tail=bins.KEEP)
    hole = np.concatenate([np.repeat(np.arange(len(start)), pieces.many), np.arange(len(start))])
    depth = np.concatenate([pieces.low, end])
    order = np.lexsort((depth, hole))
    return hole[order], depth[order] / float(SCALE)


def _with_turns(
    hole: Ints, depth: Floats, values: Floats, value: Callable[[Ints, Floats], Floats]
) -> tuple[Ints, Floats, Floats]:
    """The knots, and the places where the values turn: the vertex of the parabola through three knots."""
    before, after = np.diff(values)[:-1], np.diff(values)[1:]
    middle = np.flatnonzero((before * after < 0.0) & (hole[2:] == hole[:-2])) + 1
    if not len(middle):
        return hole, depth, values
    left, right = depth[middle] - depth[middle - 1], depth[middle + 1] - depth[middle]
    slope_left, slope_right = before[middle - 1] / left, after[middle - 1] / right
    bend = (slope_right - slope_left) / (left + right)
    turn = depth[middle] - (slope_left + bend * left) / (2.0 * bend)
    hole, depth = np.append(hole, hole[middle]), np.append(depth, turn)
    values = np.append(values, value(hole[-len(turn) :], turn))
    order = np.lexsort((depth, hole))
    return hole[order], depth[order], values[order]


def _crossings(
    hole: Ints,
    depth: Floats,
    values: Floats,
    number: Floats,
    level: Callable[[Floats], Floats],
    value: Callable[[Ints, Floats], Floats],
) -> tuple[Ints, Floats]:
    """Where each hole crosses levels, by halving the stretch between two knots, over which the values rise or fall."""
    inside = (hole[1:] == hole[:-1]) & np.isfinite(values[1:]) & np.isfinite(values[:-1])
    many = np.where(inside, np.abs(np.diff(np.where(np.isfinite(number), number, 0.0))), 0.0).astype(np.int64)
    piece = np.repeat(np.arange(len(many)), many)
    turn = np.arange(len(piece)) - np.repeat(np.cumsum(many) - many, many)
    target = level(np.minimum(number[piece], number[piece + 1]) + 1.0 + turn)
    low, high, rising = depth[piece], depth[piece + 1], values[piece + 1] > values[piece]
    widest = float((high - low).max(initial=0.0))
    for _ in range(ceil(log2(max(2.0, widest * 4 * SCALE)))):
        middle = (low + high) / 2.0
        before = (value(hole[piece], middle) < target) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return hole[piece], (low + high) / 2.0
