"""Sections: how holes lie to a section line, to one another and to the surface.

A section is a vertical plane over a line on the map. *Along* counts from its origin in the direction of the line,
*offset* square to it, positive to the right. Distances are in the unit of the coordinates, and in plan unless they say
otherwise; azimuths in degrees clockwise from grid north, dips negative down.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import floats, holes
from orebook.disciplines.drilling.surveying.collars import usable_collars
from orebook.disciplines.drilling.surveying.path import Outside, Paths
from orebook.ground.quantity import Q
from orebook.ground.schema import length_unit
from orebook.maths.angles import Angle, sine
from orebook.maths.directions import sine_cosine


def section_offset(east: Q, north: Q, towards_east: Q, towards_north: Q) -> Q:
    """Distance between two points along a direction, such as the normal of a drill section.

    ``east`` and ``north`` are the differences of the coordinates in metres; the direction is given by its parts towards
    east and north, ``sin(azimuth)`` and ``cos(azimuth)``.

    >>> section_offset(-45.0, -395.0, 0.6, 0.8)
    -343.0
    """
    return east * towards_east + north * towards_north


def vertical_depth(depth: Angle, dip: Angle) -> Angle:
    """How far a depth along a straight hole lies below its collar, from the depth and the dip in degrees.

    Source: geometry of a straight hole; for a surveyed one see ``vertical_depths``.

    >>> round(vertical_depth(247.66, -60.0), 2)
    214.48
    """
    return depth * sine(-dip)


def elevation_at(elevation: Angle, depth: Angle, dip: Angle) -> Angle:
    """Elevation at a depth along a straight hole, such as its end, from the elevation of its collar and its dip.

    >>> round(elevation_at(518.0, 161.5, -55.0), 1)
    385.7
    """
    return elevation - vertical_depth(depth, dip)


def moved_along(coordinate: Q, distance: Q, towards: Q) -> Q:
    """A coordinate after going a distance in a direction, given by its part towards the axis of the coordinate.

    >>> moved_along(440825.0, 90.0, -0.8)
    440753.0
    """
    return coordinate + distance * towards


@dataclass(frozen=True, slots=True)
class Section:
    """A vertical section: a line on the map through an origin, and how far to either side it reaches.

    ``azimuth`` is the direction of the line, in which *along* counts.
    """

    name: str
    easting: float
    northing: float
    azimuth: float
    half_width: float

    def project(self, points: pl.DataFrame) -> pl.DataFrame:
        """A table of points with ``along``, ``offset`` and ``on_section`` for each; elevations stay what they are.

        Points within the half width, its edges included, are on the section. Raises ``MissingColumnError`` without
        easting and northing.

        >>> line = Section("450N", easting=1000.0, northing=500.0, azimuth=90.0, half_width=25.0)
        >>> line.project(pl.DataFrame({"easting_m": [1040.0], "northing_m": [470.0]})).row(0)[2:]
        (40.0, 30.0, False)
        """
        unit = length_unit(points.columns, "easting", "northing")
        (east, right_east), (north, right_north) = sine_cosine([self.azimuth, self.azimuth + 90.0])
        to_east, to_north = pl.col(f"easting_{unit}") - self.easting, pl.col(f"northing_{unit}") - self.northing
        along = section_offset(to_east, to_north, pl.lit(east), pl.lit(north)).alias(f"along_{unit}")
        offset = section_offset(to_east, to_north, pl.lit(right_east), pl.lit(right_north)).alias(f"offset_{unit}")
        inside = (pl.col(f"offset_{unit}").abs() <= self.half_width).alias("on_section")
        return points.with_columns(along, offset).with_columns(inside)


def section_along(name: str, collars: pl.DataFrame, hole: str, *, half_width: float) -> Section:
    """The section through the collar of a hole in the direction in which it was drilled.

    Raises ``ValueError`` for a hole that has no collar, or no azimuth there.

    >>> table = pl.DataFrame({"hole": ["A"], "easting_m": [5.0], "northing_m": [9.0], "azimuth_deg": [305.0],
    ...     "dip_deg": [-60.0]})
    >>> section_along("450N", table, "A", half_width=25.0).azimuth
    305.0
    """
    found = usable_collars(collars)
    place = _place(found.names, hole)
    if np.isnan(found.azimuths[place]):
        raise ValueError(f"hole {hole} has no azimuth at its collar; give the azimuth of the section")
    east, north, _ = found.origins[place]
    return Section(name, float(east), float(north), float(found.azimuths[place]), half_width)


def collar_distances(collars: pl.DataFrame, *, within: float | None = None) -> pl.DataFrame:
    """How far the collars of each two holes lie apart.

    Columns: hole, other, distance in plan, ``azimuth_deg`` from the hole to the other, and rise (elevation of the other
    less that of the hole). ``within`` leaves out pairs that are further apart: a thousand holes have half a million.

    >>> table = pl.DataFrame({"hole": ["A", "B"], "easting_m": [0.0, 30.0], "northing_m": [0.0, 40.0]})
    >>> collar_distances(table).row(0)
    ('A', 'B', 50.0, 36.86..., None)
    """
    found = usable_collars(collars)
    pieces = []
    for place in range(len(found) - 1):
        apart = found.origins[place + 1 :] - found.origins[place]
        distance = np.hypot(apart[:, 0], apart[:, 1])
        near = np.flatnonzero(distance <= (np.inf if within is None else within))
        pieces.append((np.full(len(near), place), near + place + 1, distance[near], apart[near]))
    if not pieces:
        pieces = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty((0, 3)))]
    one, other, distance, apart = (np.concatenate(part) for part in zip(*pieces, strict=True))
    table = {
        "hole": found.names.gather(one),
        "other": found.names.gather(other),
        f"distance_{found.unit}": distance,
        "azimuth_deg": np.mod(np.degrees(np.arctan2(apart[:, 0], apart[:, 1])), 360.0),
        f"rise_{found.unit}": apart[:, 2],
    }
    return pl.DataFrame(table).with_columns(pl.col(f"rise_{found.unit}").fill_nan(None))


@dataclass(frozen=True, slots=True)
class Apart:
    """How one point lies to another: along a direction, to the right of it, and in all, in plan."""

    along: float
    offset: float
    distance: float


def apart(collars: pl.DataFrame, hole: str, other: str, *, azimuth: float) -> Apart:
    """How the collar of a hole lies to the collar of another, along an azimuth and to the right of it.

    With the azimuth in which both were drilled, ``offset`` is the distance between their sections. Raises
    ``ValueError`` for a hole that has no collar.

    >>> table = pl.DataFrame({"hole": ["A", "B"], "easting_m": [0.0, 30.0], "northing_m": [0.0, 40.0]})
    >>> apart(table, "B", "A", azimuth=0.0)
    Apart(along=40.0, offset=30.0, distance=50.0)
    """
    found = usable_collars(collars)
    east, north, _ = (found.origins[_place(found.names, hole)] - found.origins[_place(found.names, other)]).tolist()
    (towards_east, right_east), (towards_north, right_north) = (
        each.tolist() for each in sine_cosine([azimuth, azimuth + 90.0])
    )
    along = section_offset(east, north, towards_east, towards_north)
    return Apart(along, section_offset(east, north, right_east, right_north), float(np.hypot(east, north)))


def implied_collar(collars: pl.DataFrame, hole: str, *, distance: float, azimuth: float) -> tuple[float, float]:
    """Easting and northing of a neighbour that is said to lie so far from a hole in a direction.

    "Drilled 90 m behind" a hole of azimuth 305 puts the hole in front of it 90 m along 305. Raises ``ValueError`` for
    a hole that has no collar.

    >>> table = pl.DataFrame({"hole": ["CL20038"], "easting_m": [440825.0], "northing_m": [6133270.0]})
    >>> [round(value, 1) for value in implied_collar(table, "CL20038", distance=90.0, azimuth=305.0)]
    [440751.3, 6133321.6]
    """
    found = usable_collars(collars)
    east, north, _ = found.origins[_place(found.names, hole)].tolist()
    towards_east, towards_north = (float(each) for each in sine_cosine(azimuth))
    return moved_along(east, distance, towards_east), moved_along(north, distance, towards_north)


def vertical_depths(paths: Paths, table: pl.DataFrame, *, outside: Outside = "missing") -> pl.DataFrame:
    """How far each row of a table with hole and depth lies below its collar, along the surveyed path.

    Columns: hole, depth, ``vertical_depth``, remark. A hole without an elevation has none of these either.

    >>> from orebook.disciplines.drilling.surveying.path import desurvey
    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [540.0],
    ...     "azimuth_deg": [305.0], "dip_deg": [-60.0]})
    >>> found = vertical_depths(desurvey(collars, None), pl.DataFrame({"hole": ["A"], "depth_m": [247.66]}))
    >>> round(found["vertical_depth_m"][0], 2)
    214.48
    """
    unit, depth = paths.unit, f"depth_{paths.unit}"
    placed, runs = paths.at(table, of=("elevation",), outside=outside), holes(table)
    tops = np.append(paths.positions[paths.starts[:-1], 2], np.nan)
    numbers = np.repeat(paths.numbers(runs.names), np.diff(runs.starts))
    below = pl.Series(f"vertical_depth_{unit}", tops[numbers] - floats(placed[f"elevation_{unit}"])).fill_nan(None)
    return placed.select("hole", depth, below, "remark")


def _place(names: pl.Series, hole: str) -> int:
    """Where a hole stands among names in order."""
    place = names.index_of(hole)
    if place is None:
        raise ValueError(
            f"no collar of a hole {hole!r}; there are {', '.join(names.head(5))}{' ...' if len(names) > 5 else ''}"
        )
    return place
