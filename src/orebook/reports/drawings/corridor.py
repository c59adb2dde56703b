"""Corridor: what of holes, samples, blocks and ground lies within a section, in distances along it and heights."""

from itertools import pairwise
from math import cos, radians, sin
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit

Point = tuple[float, float]
Floats = NDArray[np.float64]


class Cut(NamedTuple):
    """A piece of a trace within a section: its hole, and its points (along, height)."""

    hole: str
    line: list[Point]


def cut_traces(points: pl.DataFrame, section: Section) -> list[Cut]:
    """The pieces of traces within a section, in the order in which they begin along it.

    A trace that leaves the section is cut where it leaves; one that enters twice has two pieces.

    >>> line = Section("0N", easting=0.0, northing=0.0, azimuth=90.0, half_width=10.0)
    >>> hole = pl.DataFrame({"hole": ["K-1"] * 2, "depth_m": [0.0, 40.0], "easting_m": [0.0, 0.0],
    ...     "northing_m": [0.0, 20.0], "elevation_m": [100.0, 80.0]})
    >>> cut_traces(hole, line)
    [Cut(hole='K-1', line=[(0.0, 100.0), (0.0, 90.0)])]
    """
    unit = length_unit(points.columns, "easting", "northing")
    whole = points.drop_nulls([f"easting_{unit}", f"northing_{unit}", f"elevation_{unit}"])
    placed = section.project(whole)
    offset = pl.col(f"offset_{unit}")
    reached = placed.group_by("hole").agg(low=offset.min(), high=offset.max())
    near = reached.filter(pl.col("low") <= section.half_width, pl.col("high") >= -section.half_width)
    kept = placed.filter(pl.col("hole").is_in(near["hole"].implode())).sort(
        "hole", f"depth_{unit}", maintain_order=True
    )
    at = kept.select(f"along_{unit}", f"elevation_{unit}", f"offset_{unit}").to_numpy()
    low, high = _within(at[:-1, 2], at[1:, 2], section.half_width)
    holes = kept["hole"].rle_id().to_numpy()
    inside = np.flatnonzero((holes[1:] == holes[:-1]) & (low < high))
    first, last = (_between(at[:, :2], inside, share[inside]) for share in (low, high))
    on = (holes[inside][1:] == holes[inside][:-1]) & (last[:-1] == first[1:]).all(axis=1)
    begins = np.flatnonzero(np.concatenate(([True], ~on))[: len(inside)]).tolist()
    firsts, lasts = ([(x, y) for x, y in each.tolist()] for each in (first, last))
    names = kept["hole"].gather(inside[begins]).to_list()
    pieces = [[firsts[begin], *lasts[begin:end]] for begin, end in pairwise([*begins, len(inside)])]
    found = [Cut(str(hole), piece) for hole, piece in zip(names, pieces, strict=True)]
    return sorted(found, key=lambda each: each.line[0][0])


def _within(start: Floats, end: Floats, half: float) -> tuple[Floats, Floats]:
    """The shares of straight pieces, from their starts, at which they enter and leave the section; both 0 for never."""
    level = start == end
    run = np.where(level, 1.0, end - start)
    one, other = (-half - start) / run, (half - start) / run
    low, high = np.maximum(np.minimum(one, other), 0.0), np.minimum(np.maximum(one, other), 1.0)
    through = np.where(level, np.abs(start) <= half, low < high)
    return np.where(level | ~through, 0.0, low), np.where(through, np.where(level, 1.0, high), 0.0)


def _between(points: Floats, begins: NDArray[np.int64], share: Floats) -> Floats:
    """The points at a share of the way from some points to the next ones; at the ends those points themselves."""
    start, end, part = points[begins], points[begins + 1], share[:, None]
    return np.where(part == 1.0, end, start + (end - start) * part)


def cut_samples(table: pl.DataFrame, section: Section, grade: str) -> pl.DataFrame:
    """The intervals whose middle lies in a section: hole, from, to, ``grade``, and both ends along it and in height.

    The table has the positions of both ends (``from_easting_m`` …). Intervals without a position or a grade are left
    out.
    """
    unit = length_unit(table.columns, "from_easting", "to_easting")
    depth = length_unit(table.columns, "from", "to")
    ends = {end: [f"{end}_{axis}_{unit}" for axis in ("easting", "northing", "elevation")] for end in ("from", "to")}
    own = [pl.col(f"from_{depth}").alias("from"), pl.col(f"to_{depth}").alias("to"), pl.col(grade).alias("grade")]
    needed = table.select("hole", *own, *ends["from"], *ends["to"])  # a table may have a hundred grades
    kept = needed[np.flatnonzero(np.abs(_middle(needed, section, ends)) <= section.half_width)].drop_nulls()
    for end, (east, north, height) in ends.items():
        here = kept.select(pl.col(east).alias(f"easting_{unit}"), pl.col(north).alias(f"northing_{unit}"))
        at = section.project(here)
        kept = kept.with_columns(at[f"along_{unit}"].alias(f"along_{end}"), kept[height].alias(f"up_{end}"))
    return kept.select("hole", "from", "to", "grade", "along_from", "up_from", "along_to", "up_to")


def _middle(table: pl.DataFrame, section: Section, ends: dict[str, list[str]]) -> Floats:
    """How far the middle of each interval lies from a section, positive to the right; NaN where it has no place."""
    east, north = ((table[ends["from"][at]].to_numpy() + table[ends["to"][at]].to_numpy()) / 2 for at in (0, 1))
    right = radians(section.azimuth + 90.0)
    return np.asarray((east - section.easting) * sin(right) + (north - section.northing) * cos(right))
