"""Position errors: how far a sample may lie from where its path puts it, from the errors of the survey.

Errors of the stations are of two kinds: each station has its own (*random*), and all the stations of a hole share some
(*systematic*: a wrong declination, a tool that sits askew). Both are given as standard deviations; what comes out is
the one-sigma ellipsoid around each position.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats, floats, holes
from orebook.disciplines.drilling.surveying.path import POSITION, Outside, Paths
from orebook.ground.schema import length_unit
from orebook.maths import arc_errors
from orebook.maths.directions import azimuth_and_dip

AXES = ("long", "middle", "short")
"""The half axes of an ellipsoid."""


@dataclass(frozen=True, slots=True)
class AngleErrors:
    """Standard deviations of a measured direction in degrees.

    ``azimuth`` and ``dip`` as they are measured. ``sideways`` is an angle across the vertical plane of the hole: in a
    steep hole an error of the azimuth moves nothing, yet the tool can lean to either side.
    """

    azimuth: float
    dip: float
    sideways: float = 0.0

    def radians(self) -> Floats:
        """The three in radians: azimuth, dip, sideways."""
        return np.radians([self.azimuth, self.dip, self.sideways])


@dataclass(frozen=True, slots=True)
class SurveyErrors:
    """How well the holes of a programme were measured, as standard deviations.

    ``random`` is what each station has for itself, ``systematic`` what all the stations of a hole share. ``depth`` is
    the error of measured depths as a share of the depth; ``plan`` and ``height`` are the errors of the collar, in the
    unit of the coordinates: east and north each, and up.
    """

    random: AngleErrors
    systematic: AngleErrors
    depth: float = 0.0
    plan: float = 0.0
    height: float = 0.0


def position_errors(
    paths: Paths, table: pl.DataFrame, errors: SurveyErrors, *, outside: Outside = "missing"
) -> pl.DataFrame:
    """The one-sigma ellipsoid around each row of a table with hole and depth.

    Columns: hole, depth, easting, northing, elevation; ``sigma_easting``, ``sigma_northing``, ``sigma_elevation``; the
    half axes ``long_axis``, ``middle_axis`` and ``short_axis``; azimuth and dip of the long axis, pointing down;
    remark. The error along a straight hole comes from the depth alone. Source: handbook 3.5.

    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [0.0],
    ...     "azimuth_deg": [0.0], "dip_deg": [-60.0]})
    >>> from orebook.disciplines.drilling.surveying.path import desurvey
    >>> wrong = SurveyErrors(random=AngleErrors(0.0, 0.0), systematic=AngleErrors(azimuth=2.0, dip=1.0))
    >>> found = position_errors(desurvey(collars, None), pl.DataFrame({"hole": ["A"], "depth_m": [100.0]}), wrong)
    >>> found.select(pl.col("long_axis_m", "middle_axis_m", "short_axis_m").round(3)).row(0)
    (1.745, 1.745, 0.0)
    """
    unit, placed = paths.unit, paths.at(table, of=POSITION, outside=outside)
    spread = covariances(paths, table, errors)
    spread[placed[f"easting_{unit}"].is_null().to_numpy()] = np.nan
    there = np.isfinite(spread).all(axis=(1, 2))
    squares, vectors = np.full((len(spread), 3), np.nan), np.full((len(spread), 3, 3), np.nan)
    squares[there], vectors[there] = np.linalg.eigh(spread[there])
    axes = np.sqrt(np.maximum(squares, 0.0))
    longest = vectors[:, :, 2] * np.where(vectors[:, 2:3, 2] > 0.0, -1.0, 1.0)
    azimuth, dip = azimuth_and_dip(longest)
    sigmas = np.sqrt(np.diagonal(spread, axis1=1, axis2=2))
    columns = {f"sigma_{name}_{unit}": sigmas[:, place] for place, name in enumerate(POSITION)}
    columns |= {f"{name}_axis_{unit}": axes[:, 2 - place] for place, name in enumerate(AXES)}
    columns |= {"long_axis_azimuth_deg": azimuth, "long_axis_dip_deg": dip}
    added = pl.DataFrame(columns).with_columns(pl.all().fill_nan(None))
    return pl.concat([placed.drop("remark"), added, placed.select("remark")], how="horizontal")


def covariances(paths: Paths, table: pl.DataFrame, errors: SurveyErrors) -> Floats:
    """Covariance matrices (n, 3, 3) of easting, northing and elevation for each row of a table with hole and depth.

    NaN for a hole without a path and for a depth above its collar. The variance across a plane with the unit normal
    ``n`` is ``n @ covariance @ n``. Raises ``ValueError`` for paths that are not of minimum curvature.
    """
    if paths.method != "minimum_curvature":
        raise ValueError(f"errors are worked out for minimum curvature, not for {paths.method}; desurvey again")
    depth = f"depth_{length_unit(table.columns, 'depth')}"
    rows = table.select("hole", depth, pl.int_range(pl.len()).alias("row")).sort("hole", depth, nulls_last=True)
    runs, order = holes(rows), rows["row"].to_numpy()
    azimuth, dip = azimuth_and_dip(paths.tangents)
    first = paths.basis.select(pl.col(f"first_{paths.unit}").fill_null(0.0) > 0.0).to_series()
    found = np.empty((table.height, 3, 3))
    found[order] = arc_errors.covariances(
        runs.starts,
        paths.numbers(runs.names),
        floats(rows[depth]),
        paths.starts,
        paths.knots,
        paths.tangents,
        _ways(np.radians(azimuth), np.radians(dip)),
        first.to_numpy(),
        errors.random.radians(),
        errors.systematic.radians(),
    )
    offsets = _offsets(paths, table)
    found += errors.depth**2 * offsets[:, :, None] * offsets[:, None, :]
    return found + np.diag([errors.plan**2, errors.plan**2, errors.height**2])


def _ways(azimuth: Floats, dip: Floats) -> Floats:
    """What a radian of azimuth, of dip and of leaning sideways does to a direction: (n, 3, 3)."""
    (sa, ca), (sd, cd), nothing = (np.sin(azimuth), np.cos(azimuth)), (np.sin(dip), np.cos(dip)), np.zeros_like(dip)
    turns = [cd * ca, -cd * sa, nothing], [-sd * sa, -sd * ca, cd], [ca, -sa, nothing]
    return np.stack([np.stack(turn, axis=-1) for turn in turns], axis=1)


def _offsets(paths: Paths, table: pl.DataFrame) -> Floats:
    """From the collar to each row: (n, 3)."""
    runs = holes(table)
    depth = f"depth_{length_unit(table.columns, 'depth')}"
    places = paths.sample(runs, floats(table[depth]), outside="extend").places.T
    numbers = np.repeat(paths.numbers(runs.names), np.diff(runs.starts))
    origins = np.vstack([paths.positions[paths.starts[:-1]], np.full((1, 3), np.nan)])
    return np.asarray(places - origins[numbers])
