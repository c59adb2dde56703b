"""Survey quality: how sharply holes turn, and how far one way of desurveying lies from another."""

from collections.abc import Iterable
from typing import get_args

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import floats, holes
from orebook.disciplines.drilling.surveying.path import Method, NoSurvey, Paths, desurvey
from orebook.disciplines.drilling.surveying.stations import usable_stations
from orebook.maths.directions import angles_between

PER = {"m": 30.0, "ft": 100.0}
"""Length over which the trade states the severity of a dogleg, by the unit of the depths."""


def doglegs(surveys: pl.DataFrame) -> pl.DataFrame:
    """The dogleg between each two stations of a hole that follow one another: the angle, and its severity.

    Columns: hole, from, to, ``dogleg_deg``, and ``severity_deg_per_30m`` (or ``..._per_100ft``), the angle that the
    hole would turn over that length. Only usable stations count. Source: handbook 3.1 and 3.5.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0, 60], "azimuth_deg": [0, 0], "dip_deg": [-60, -50]})
    >>> doglegs(table).row(0)
    ('A', 0.0, 60.0, 10.0, 5.0)
    """
    stations = usable_stations(surveys)
    unit, per = stations.unit, PER[stations.unit]
    directions, depths = stations.directions(), stations.depths
    last = np.zeros(len(depths), dtype=np.bool_)
    last[stations.starts[1:] - 1] = True
    upper = np.flatnonzero(~last)
    angles = angles_between(directions[upper], directions[upper + 1])
    names = stations.names.gather(np.repeat(np.arange(len(stations.names)), np.diff(stations.starts))[upper])
    lengths = depths[upper + 1] - depths[upper]
    return pl.DataFrame(
        {
            "hole": names,
            f"from_{unit}": depths[upper],
            f"to_{unit}": depths[upper + 1],
            "dogleg_deg": angles,
            f"severity_deg_per_{per:.0f}{unit}": angles * per / lengths,
        }
    )


def sharp_doglegs(surveys: pl.DataFrame, *, limit: float) -> pl.DataFrame:
    """The doglegs whose severity is above a limit, in degrees per 30 m or per 100 ft, the sharpest first.

    A limit that many use is 10 degrees per 30 m. Source: handbook 3.5.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0, 30], "azimuth_deg": [0, 0], "dip_deg": [-60, -50]})
    >>> sharp_doglegs(table, limit=9.5).height, sharp_doglegs(table, limit=10.5).height
    (1, 0)
    """
    found = doglegs(surveys)
    return found.filter(pl.col(found.columns[-1]) > limit).sort(found.columns[-1], descending=True, maintain_order=True)


def compare_methods(
    collars: pl.DataFrame,
    surveys: pl.DataFrame | None,
    *,
    methods: Iterable[Method] = get_args(Method)[1:],
    no_survey: NoSurvey = "error",
) -> pl.DataFrame:
    """How far each hole lies from its minimum-curvature path when it is desurveyed by other methods.

    One row for each hole and method: the greatest distance (``greatest_m``) with the depth where it is met
    (``depth_m``), looked for at every station, half way between stations and at the end of the hole; and the distance
    at the deepest of these (``end_m``). Legacy positions were often made by another method. Source: handbook 3.4.

    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [0.0]})
    >>> table = pl.DataFrame({"hole": ["A", "A"], "depth_m": [0, 30], "azimuth_deg": [0, 0], "dip_deg": [-60, -50]})
    >>> found = compare_methods(collars, table)
    >>> [(row[1], round(row[2], 3)) for row in found.rows()]
    [('balanced_tangent', 0.655), ('raw_tangent', 2.616), ('midpoint_tangent', 0.654)]
    """
    true = desurvey(collars, surveys, no_survey=no_survey)
    points = _where_to_look(true)
    depths, runs = floats(points[f"depth_{true.unit}"]), holes(points)
    here, found = true.sample(runs, depths, outside="extend").places, []
    for method in methods:
        other = desurvey(collars, surveys, method=method, no_survey=no_survey)
        there = other.sample(runs, depths, outside="extend").places
        apart = points.with_columns(pl.Series("apart", np.sqrt(((here - there) ** 2).sum(axis=0))))
        found.append(_furthest(apart, method, true.unit))
    return pl.concat(found).sort("hole", maintain_order=True)


def _where_to_look(paths: Paths) -> pl.DataFrame:
    """Hole and depth of every knot, of the middles between knots, and of the end of the hole."""
    depth = f"depth_{paths.unit}"
    numbers = np.repeat(np.arange(len(paths)), np.diff(paths.starts))
    inner = np.ones(len(numbers), dtype=np.bool_)
    inner[paths.starts[1:] - 1] = False
    middles = ((paths.knots + np.roll(paths.knots, -1)) / 2.0)[inner]
    known = ~np.isnan(paths.lengths)
    number = np.concatenate([numbers, numbers[inner], np.flatnonzero(known)])
    depths = np.concatenate([paths.knots, middles, paths.lengths[known]])
    return pl.DataFrame({"hole": paths.names.gather(number), depth: depths}).unique().sort("hole", depth)


def _furthest(apart: pl.DataFrame, method: str, unit: str) -> pl.DataFrame:
    depth = f"depth_{unit}"
    return apart.group_by("hole", maintain_order=True).agg(
        pl.lit(method).alias("method"),
        pl.col("apart").max().alias(f"greatest_{unit}"),
        pl.col(depth).gather(pl.col("apart").arg_max()).first().alias(depth),
        pl.col("apart").last().alias(f"end_{unit}"),
    )
