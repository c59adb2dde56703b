"""Thickness of zones where holes went through them: paths, planes and intervals brought together."""

import polars as pl

from orebook.disciplines.drilling.surveying.path import POSITION, Paths
from orebook.disciplines.drilling.zones.attitudes import Line, with_attitudes
from orebook.disciplines.drilling.zones.thickness import with_true_thickness
from orebook.disciplines.drilling.zones.zone_planes import with_planes
from orebook.ground.schema import length_unit


def with_zone_thickness(
    intervals: pl.DataFrame,
    paths: Paths,
    *,
    tolerance_deg: float,
    within: float,
    structures: pl.DataFrame | None = None,
    zones: pl.DataFrame | None = None,
    orientation_line: Line | None = None,
) -> pl.DataFrame:
    """Intervals with the plane each is measured against and their true thickness: ``with_planes`` and what follows.

    ``structures`` may give dip and dip direction, or alpha and beta; for these ``orientation_line`` says whether the
    line runs along the ``bottom`` or the ``top`` of the core, and the path gives the direction of the hole.

    >>> from orebook.disciplines.drilling.surveying.path import desurvey
    >>> collar = {"hole": "A", "easting_m": 0.0, "northing_m": 0.0, "elevation_m": 0.0}
    >>> stations = {"hole": ["A"], "depth_m": [0.0], "azimuth_deg": [90.0], "dip_deg": [-60.0]}
    >>> zones = pl.DataFrame({"zone": ["Z"], "dip_deg": [45.0], "dip_direction_deg": [270.0]})
    >>> table = pl.DataFrame({"hole": ["A"], "from_m": [10.0], "to_m": [20.0], "zone": ["Z"]})
    >>> paths = desurvey(pl.DataFrame([collar]), pl.DataFrame(stations))
    >>> found = with_zone_thickness(table, paths, tolerance_deg=5.0, within=0.0, zones=zones)
    >>> found.select("true_thickness_m", "core_angle_deg", "plane_basis").row(0)
    (9.6592..., 75.0..., 'zone')
    """
    if structures is not None and orientation_line is not None and "alpha_deg" in structures.columns:
        there = paths.at(structures, of=("azimuth", "dip"))
        structures = with_attitudes(
            structures, azimuth=there["azimuth_deg"], dip=there["dip_deg"], line=orientation_line
        )
    unit = length_unit(intervals.columns, "from", "to")
    names = [f"{axis}_{end}_{unit}" for end in ("from", "to") for axis in POSITION]
    placed = intervals.with_columns(paths.ends(intervals).select(names).get_columns())
    planes = with_planes(placed, within=within, structures=structures, zones=zones)
    return with_true_thickness(planes, tolerance_deg=tolerance_deg)
