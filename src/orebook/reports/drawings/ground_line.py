"""Ground line: the height of the ground along a section, from points of the surface, else through the collars."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit

Floats = NDArray[np.float64]
Point = tuple[float, float]

_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class GroundLine:
    """Lines (along, height) of the ground on a section, broken where nothing is known, and their basis."""

    lines: Sequence[Sequence[Point]]
    basis: str


def ground_line(
    section: Section, low: float, high: float, *, topography: pl.DataFrame | None, collars: pl.DataFrame | None
) -> GroundLine | None:
    """The ground between two distances along a section, from the topography, else through the collars near it.

    Collars of holes that begin underground do not count: those with a ``station``, and those of level or rising holes.

    >>> line = Section("0N", easting=0.0, northing=0.0, azimuth=90.0, half_width=10.0)
    >>> points = {"easting_m": [0.0, 0.0, 9.0, 9.0], "northing_m": [-5.0, 5.0, -5.0, 5.0], "elevation_m": [7, 7, 9, 9]}
    >>> found = ground_line(line, 0.0, 9.0, topography=pl.DataFrame(points), collars=None)
    >>> found.basis, [round(each, 6) for each in (found.lines[0][0][1], found.lines[0][-1][1])]
    ('topography', [7.0, 9.0])
    """
    if topography is not None and topography.height and (lines := _through(topography, section, low, high)):
        return GroundLine(lines, "topography")
    if collars is None or f"elevation_{length_unit(collars.columns, 'easting', 'northing')}" not in collars.columns:
        return None
    surface = collars.filter(pl.col("station").is_null()) if "station" in collars.columns else collars
    surface = (
        surface.filter(~(pl.col("dip_deg") >= 0).fill_null(value=False)) if "dip_deg" in surface.columns else surface
    )
    unit = length_unit(surface.columns, "easting", "northing")
    columns = [f"easting_{unit}", f"northing_{unit}", f"elevation_{unit}"]
    placed = section.project(surface.drop_nulls(columns)).filter("on_section").sort(f"along_{unit}")
    line = list(placed.select(f"along_{unit}", f"elevation_{unit}").unique(f"along_{unit}", keep="first").iter_rows())
    return GroundLine([sorted(line)], "collars") if len(line) > 1 else None


def _through(table: pl.DataFrame, section: Section, low: float, high: float) -> list[list[Point]]:
    """The line through points of the surface: at each step a plane through those near by, the nearest counting most."""
    unit = length_unit(table.columns, "easting", "northing", "elevation")
    whole = table.select(f"{name}_{unit}" for name in ("easting", "northing", "elevation")).drop_nulls()
    east, north, up = (column.to_numpy() for column in whole.get_columns())
    if not len(east):
        return []
    spacing = _spacing(east, north)
    angle = np.radians(section.azimuth)
    to_east, to_north = east - section.easting, north - section.northing
    offset = to_east * np.cos(angle) - to_north * np.sin(angle)
    near = np.flatnonzero(np.abs(offset) <= 2.0 * spacing)
    along = to_east[near] * np.sin(angle) + to_north[near] * np.cos(angle)
    offset, up = offset[near], up[near]
    step = max(spacing / 2.0, (high - low) / 400.0)
    count = int((high - low) / step) + 1
    stations = low + np.arange(count + 1) * (high - low) / max(count, 1)
    heights = _planes(stations, along, offset, up, 2.0 * max(spacing, step))
    return _unbroken(stations, heights)


def _spacing(east: Floats, north: Floats) -> float:
    """About how far points of a surface lie apart."""
    area = max(float(np.ptp(east)), 1.0) * max(float(np.ptp(north)), 1.0)
    return max(float(np.sqrt(area / len(east))), 0.1)


def _planes(stations: Floats, along: Floats, offset: Floats, up: Floats, reach: float) -> Floats:
    """The height at each station of the plane that fits the points within a reach, weighed by nearness; NaN without."""
    step = float(stations[1] - stations[0]) if len(stations) > 1 else 1.0
    window = int(np.ceil(reach / step))
    first = np.round((along - stations[0]) / step).astype(np.int64)
    sums = np.zeros((9, len(stations)))
    for shift in range(-window, window + 1):
        at = first + shift
        inside = np.flatnonzero((at >= 0) & (at < len(stations)))
        where = at[inside]
        x, y, z = along[inside] - stations[where], offset[inside], up[inside]
        weight = np.clip(1.0 - (x * x + y * y) / reach**2, 0.0, None) ** 2
        for row, value in enumerate((np.ones_like(x), x, y, x * x, x * y, y * y, z, x * z, y * z)):
            sums[row] += np.bincount(where, weight * value, len(stations))
    return _solved(sums, reach)


def _solved(sums: Floats, reach: float) -> Floats:
    """The heights of planes at their stations, held a little to the mean where the points lie in a line."""
    heights = np.full(sums.shape[1], np.nan)
    known = sums[0] > _LEAST
    weight, x, y, xx, xy, yy, *right = sums[:, known]
    held = 1e-6 * weight * reach**2
    left = np.stack([weight, x, y, x, xx + held, xy, y, xy, yy + held], axis=1).reshape(-1, 3, 3)
    heights[known] = np.linalg.solve(left, np.stack(right, axis=1)[:, :, None])[:, 0, 0]
    return heights


def _unbroken(stations: Floats, heights: Floats) -> list[list[Point]]:
    """The stretches of a line without gaps."""
    lines: list[list[Point]] = [[]]
    for along, height in zip(stations.tolist(), heights.tolist(), strict=True):
        if height == height:
            lines[-1].append((along, height))
        elif lines[-1]:
            lines.append([])
    return [line for line in lines if len(line) > 1]
