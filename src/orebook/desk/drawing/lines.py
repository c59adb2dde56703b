"""Lines of sections: through a hole, along a named section, or where the person who draws says."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from orebook.book.problems import BookError
from orebook.disciplines.drilling.surveying.sections import Section, section_along
from orebook.ground.schema import length_unit
from orebook.reports.drawings.long_section import along_points

_VERTICAL = 1.0
"""A hole that ends less than this from its collar, in plan, has no course."""

ALL_HOLES = "all holes"
"""What a long section is of that shows every hole."""

_ALONG_GRID = 0.05
"""Degrees within which a section runs along an axis of the grid."""


def line_through(
    collars: pl.DataFrame, hole: str, *, azimuth: float | None = None, half_width: float, points: pl.DataFrame
) -> Section:
    """The section through the collar of a hole, along its course where no azimuth is said.

    Raises ``BookError`` for a hole that is not there, or has no direction.
    """
    unit = length_unit(collars.columns, "easting", "northing")
    row = collars.filter(pl.col("hole") == hole)
    if not row.height:
        raise BookError(f"there is no hole {hole!r}; the holes are {', '.join(collars['hole'].head(8).to_list())} …")
    if azimuth is None:
        azimuth = courses(points.filter(pl.col("hole") == hole)).get(hole)
    if azimuth is None:
        try:
            return section_along(hole, collars, hole, half_width=half_width)
        except ValueError:
            raise BookError(f"hole {hole} has no direction for a section to follow; say --azimuth") from None
    east, north = row.select(f"easting_{unit}", f"northing_{unit}").row(0)
    return Section(hole, float(east), float(north), azimuth, half_width)


def courses(points: pl.DataFrame) -> dict[str, float]:
    """The direction in plan from the beginning of each hole to its end; vertical holes have none.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0.0, 90.0], "easting_m": [5.0, 45.0],
    ...     "northing_m": [9.0, 9.0], "elevation_m": [0.0, -80.0]})
    >>> courses(table)
    {'A': 90.0}
    """
    unit = length_unit(points.columns, "easting", "northing")
    depth, axes = f"depth_{unit}", (f"easting_{unit}", f"northing_{unit}")
    ends = points.drop_nulls(list(axes)).group_by("hole", maintain_order=True)
    run = [(pl.col(axis).sort_by(depth).last() - pl.col(axis).sort_by(depth).first()).alias(axis) for axis in axes]
    found = ends.agg(run).filter((pl.col(axes[0]) ** 2 + pl.col(axes[1]) ** 2).sqrt() >= _VERTICAL)
    angles = np.degrees(np.arctan2(found[axes[0]].to_numpy(), found[axes[1]].to_numpy())) % 360.0
    return dict(zip(found["hole"].to_list(), angles.tolist(), strict=True))


def named_sections(collars: pl.DataFrame, points: pl.DataFrame, *, half_width: float) -> list[Section]:
    """The sections that the collars name, each through the middle of its collars and along their mean course."""
    unit = length_unit(collars.columns, "easting", "northing")
    if "section" not in collars.columns:
        return []
    found = []
    known = courses(points)
    named = collars.filter(pl.col("section").fill_null("") != "")
    for (name,), table in named.group_by("section", maintain_order=True):
        own = [known[hole] for hole in table["hole"] if hole in known]
        if (azimuth := mean_axis(own)) is not None:
            east, north = (float(table[f"{axis}_{unit}"].mean()) for axis in ("easting", "northing"))  # type: ignore[arg-type]
            found.append(Section(str(name), east, north, azimuth, half_width))
    return sorted(found, key=lambda each: each.name)


def along_strike(
    collars: pl.DataFrame,
    points: pl.DataFrame,
    *,
    half_width: float | None = None,
    azimuth: float | None = None,
    through: tuple[float, float] | None = None,
) -> Section:
    """The line of a long section of all holes: through the middle of the collars, square to their mean course.

    Vertical holes have no course; then it runs as the collars lie. Of the two directions the one below 180° is taken.
    It may run another way, or ``through`` another place. Without a half width it reaches as far as the holes. Raises
    ``BookError`` where no collar has coordinates.

    >>> table = pl.DataFrame({"hole": ["A", "B"], "easting_m": [5.0, 5.0], "northing_m": [900.0, 1000.0]})
    >>> points = table.with_columns(depth_m=pl.lit(0.0))
    >>> along_strike(table, points)
    Section(name='all holes', easting=5.0, northing=950.0, azimuth=0.0, half_width=1.0)
    """
    unit = length_unit(collars.columns, "easting", "northing")
    axes = [f"easting_{unit}", f"northing_{unit}"]
    placed = collars.drop_nulls(axes)
    if not placed.height:
        raise BookError("no collar of this book has coordinates, so no section runs along the holes")
    if azimuth is None:
        across = mean_axis(list(courses(points).values()))
        azimuth = None if across is None else (across + 90.0) % 180.0
    try:
        line = along_points(ALL_HOLES, placed, azimuth, half_width or 0.0)
    except ValueError:
        line = along_points(ALL_HOLES, placed, 90.0, half_width or 0.0)
    if through is not None:
        line = replace(line, easting=through[0], northing=through[1])
    if half_width is not None:
        return line
    far = line.project(points.drop_nulls(axes))[f"offset_{unit}"].abs().max()
    return replace(line, half_width=max(float(np.ceil(far)) if isinstance(far, float) else 0.0, 1.0))


def mean_axis(azimuths: Sequence[float]) -> float | None:
    """The mean direction of some azimuths, those against it taken the other way round; nothing where there is none.

    Source: the mean of axes, by the doubled angle.

    >>> round(mean_axis([350.0, 10.0])), round(mean_axis([90.0, 270.0, 90.0]))
    (0, 90)
    """
    if not azimuths:
        return None
    doubled = np.radians(np.asarray(azimuths) * 2.0)
    axis = np.degrees(np.arctan2(np.sin(doubled).sum(), np.cos(doubled).sum())) / 2.0 % 180.0
    along = np.cos(np.radians(np.asarray(azimuths) - axis)).sum()
    return float((axis if along >= 0 else axis + 180.0) % 360.0)


def sections_across(
    collars: pl.DataFrame, points: pl.DataFrame, *, half_width: float, azimuth: float | None = None
) -> list[Section]:
    """Sections side by side through all collars, square to their line, along the mean course of the holes or another.

    The first lies through the collar furthest to the left, each next one the width of a section further; sections
    without a collar are left out. Those along an axis of the grid are called by their coordinate, others by their
    distance from the first.

    >>> table = pl.DataFrame({"hole": ["A", "B"], "easting_m": [5.0, 5.0], "northing_m": [900.0, 1000.0]})
    >>> [each.name for each in sections_across(table, table.clear(), half_width=25.0, azimuth=90.0)]
    ['1,000 N', '900 N']
    """
    unit = length_unit(collars.columns, "easting", "northing")
    placed = collars.drop_nulls([f"easting_{unit}", f"northing_{unit}"])
    if azimuth is None:
        azimuth = mean_axis(list(courses(points).values()))
    if azimuth is None:
        azimuth = 90.0
    first = Section("", 0.0, 0.0, azimuth, half_width)
    at = first.project(placed)[f"offset_{unit}"].to_numpy()
    if not len(at):
        return []
    numbers = np.unique(np.round((at - at.min()) / (2 * half_width)).astype(np.int64))
    along = float(np.median(first.project(placed)[f"along_{unit}"].to_numpy()))
    (east, right_east), (north, right_north) = (
        (float(wave(np.radians(azimuth))), float(wave(np.radians(azimuth + 90.0)))) for wave in (np.sin, np.cos)
    )
    found = []
    for number in numbers.tolist():
        away = float(at.min() + number * 2 * half_width)
        place = along * east + away * right_east, along * north + away * right_north
        name = _called(azimuth, place, number * 2 * half_width, unit)
        found.append(Section(name, *place, azimuth, half_width))
    return found


def _called(azimuth: float, place: tuple[float, float], away: float, unit: str) -> str:
    """A section by the coordinate that all of it shares, or by its distance from the first."""
    turned = azimuth % 180.0
    if min(turned, 180.0 - turned) < _ALONG_GRID:
        return f"{place[0]:,.0f} E"
    if abs(turned - 90.0) < _ALONG_GRID:
        return f"{place[1]:,.0f} N"
    return f"+{away:,.0f} {unit}"
