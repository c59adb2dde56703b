"""Lines of sections: through a hole, along a named section, or where the person who draws says."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from orebook.book.problems import BookError
from orebook.disciplines.drilling.surveying.sections import Section, section_along
from orebook.ground.schema import length_unit


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
        azimuth = _course(points.filter(pl.col("hole") == hole), unit)
    if azimuth is None:
        try:
            return section_along(hole, collars, hole, half_width=half_width)
        except ValueError:
            raise BookError(f"hole {hole} has no direction for a section to follow; say --azimuth") from None
    east, north = row.select(f"easting_{unit}", f"northing_{unit}").row(0)
    return Section(hole, float(east), float(north), azimuth, half_width)


def _course(points: pl.DataFrame, unit: str) -> float | None:
    """The direction in plan from the beginning of a hole to its end; nothing for a vertical one."""
    if points.height < 2:
        return None
    ends = points.sort(f"depth_{unit}").select(f"easting_{unit}", f"northing_{unit}")
    (east, north), (to_east, to_north) = ends.row(0), ends.row(-1)
    if np.hypot(to_east - east, to_north - north) < 1.0:
        return None
    return float(np.degrees(np.arctan2(to_east - east, to_north - north)) % 360.0)


def named_sections(collars: pl.DataFrame, points: pl.DataFrame, *, half_width: float) -> list[Section]:
    """The sections that the collars name, each through the middle of its collars and along their mean course."""
    unit = length_unit(collars.columns, "easting", "northing")
    if "section" not in collars.columns:
        return []
    found = []
    named = collars.filter(pl.col("section").fill_null("") != "")
    for (name,), table in named.group_by("section", maintain_order=True):
        courses = [_course(points.filter(pl.col("hole") == hole), unit) for hole in table["hole"]]
        if (azimuth := mean_axis([each for each in courses if each is not None])) is not None:
            east, north = (float(table[f"{axis}_{unit}"].mean()) for axis in ("easting", "northing"))  # type: ignore[arg-type]
            found.append(Section(str(name), east, north, azimuth, half_width))
    return sorted(found, key=lambda each: each.name)


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


def sections_across(collars: pl.DataFrame, points: pl.DataFrame, *, half_width: float) -> list[Section]:
    """Sections side by side through all collars, square to their line, along the mean course of the holes.

    The first lies through the collar furthest to the left, each next one the width of a section further; sections
    without a collar are left out.
    """
    unit = length_unit(collars.columns, "easting", "northing")
    placed = collars.drop_nulls([f"easting_{unit}", f"northing_{unit}"])
    courses = [_course(table, unit) for _, table in points.group_by("hole")]
    azimuth = mean_axis([each for each in courses if each is not None])
    if azimuth is None or not placed.height:
        azimuth = 90.0
    first = Section("", 0.0, 0.0, azimuth, half_width)
    at = first.project(placed)[f"offset_{unit}"].to_numpy()
    if not len(at):
        return []
    numbers = np.unique(np.round((at - at.min()) / (2 * half_width)).astype(np.int64))
    right = np.radians(azimuth + 90.0)
    found = []
    for number in numbers.tolist():
        away = float(at.min() + number * 2 * half_width)
        found.append(
            Section(f"{away:,.0f}", away * float(np.sin(right)), away * float(np.cos(right)), azimuth, half_width)
        )
    return found
