"""Corridor: what of holes, samples, blocks and ground lies within a section, in distances along it and heights."""

from itertools import pairwise
from math import cos, radians, sin
from typing import NamedTuple

import polars as pl

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.reports.drawings.holes import by_hole

Point = tuple[float, float]


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
    columns = [f"along_{unit}", f"elevation_{unit}", f"offset_{unit}"]
    whole = points.drop_nulls([f"easting_{unit}", f"northing_{unit}", f"elevation_{unit}"])
    placed = section.project(whole)
    near = placed.filter(pl.col("on_section") | _crosses(f"offset_{unit}", section.half_width).over("hole"))
    kept = placed.filter(pl.col("hole").is_in(near["hole"].unique().implode()))
    found = []
    for hole, table in by_hole(kept, f"depth_{unit}"):
        found += [Cut(hole, piece) for piece in _pieces(list(table.select(columns).iter_rows()), section.half_width)]
    return sorted(found, key=lambda each: each.line[0][0])


def _crosses(offset: str, half: float) -> pl.Expr:
    """Whether the trace jumps from one side of the section to the other between two points."""
    before = pl.col(offset).shift()
    return ((pl.col(offset) > half) & (before < -half)) | ((pl.col(offset) < -half) & (before > half))


def _pieces(points: list[tuple[float, float, float]], half: float) -> list[list[Point]]:
    """The stretches of a line whose offsets stay within the half width."""
    pieces: list[list[Point]] = []
    for start, end in pairwise(points):
        inside = _within(start[2], end[2], half)
        if inside is None:
            continue
        first, last = (_between(start, end, share) for share in inside)
        if pieces and pieces[-1][-1] == first:
            pieces[-1].append(last)
        else:
            pieces.append([first, last])
    return pieces


def _within(start: float, end: float, half: float) -> tuple[float, float] | None:
    """The share of a straight piece, from its start, at which it enters and leaves the section; nothing when never."""
    if start == end:
        return (0.0, 1.0) if abs(start) <= half else None
    shares = sorted(((side * half - start) / (end - start)) for side in (-1, 1))
    low, high = max(shares[0], 0.0), min(shares[1], 1.0)
    return (low, high) if low < high else None


def _between(start: tuple[float, float, float], end: tuple[float, float, float], share: float) -> Point:
    if share in (0.0, 1.0):
        point = end if share else start
        return point[0], point[1]
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


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
    kept = needed.filter(_middle(section, ends).abs() <= section.half_width).drop_nulls()
    for end, (east, north, height) in ends.items():
        here = kept.select(pl.col(east).alias(f"easting_{unit}"), pl.col(north).alias(f"northing_{unit}"))
        at = section.project(here)
        kept = kept.with_columns(at[f"along_{unit}"].alias(f"along_{end}"), kept[height].alias(f"up_{end}"))
    return kept.select("hole", "from", "to", "grade", "along_from", "up_from", "along_to", "up_to")


def _middle(section: Section, ends: dict[str, list[str]]) -> pl.Expr:
    """How far the middle of an interval lies from a section, positive to the right."""
    east, north = ((pl.col(ends["from"][at]) + pl.col(ends["to"][at])) / 2 for at in (0, 1))
    right = radians(section.azimuth + 90.0)
    return (east - section.easting) * sin(right) + (north - section.northing) * cos(right)
