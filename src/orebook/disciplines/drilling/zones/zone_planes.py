"""The plane that each interval is measured against: from structures in the hole, from its zone, or through its fellows.

What was measured where the hole went through comes first, what the geologist holds for the zone comes next, and a plane
through the intercepts of three holes or more comes last. Which one was taken stands beside each interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import nan, radians, sin, sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.flat import floats
from orebook.ground.schema import MissingColumnError, length_unit
from orebook.maths.planes import NoPlaneError, fitted, mean_plane

Floats = NDArray[np.float64]

FEWEST_HOLES = 3
"""A plane is fitted through the intercepts of no fewer holes."""


@dataclass(frozen=True, slots=True)
class ChosenPlane:
    """A plane, how well it is known (standard deviations in degrees, NaN when nobody said), and where it comes from."""

    dip: float
    direction: float
    dip_error: float
    direction_error: float
    basis: str
    remark: str


def _none(why: str) -> ChosenPlane:
    return ChosenPlane(nan, nan, nan, nan, "none", why)


def with_planes(
    intervals: pl.DataFrame,
    *,
    within: float,
    structures: pl.DataFrame | None = None,
    zones: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Intervals with the plane that each is measured against, and where that plane comes from.

    ``structures`` are planes measured in the holes (``depth_m``, ``dip_deg``, ``dip_direction_deg``; see
    ``with_attitudes``): give those that lie as the zone does, such as contacts and veins, and leave faults out. Those
    inside the interval are taken together; else the nearest that is no farther than ``within``, in the table's unit of
    length. ``zones`` is the table of zones; an interval is of the zone that its ``zone`` names, by name or alias. With
    the positions of both ends (``easting_from_m`` and so on) a plane is fitted through the middles of the intervals of
    a zone: give intervals without those that lie inside others.

    New columns: ``plane_dip_deg``, ``plane_dip_direction_deg``, their ``_error_deg``, ``plane_basis``
    (``structures``, ``nearest structure``, ``zone``, ``fitted`` or ``none``) and ``plane_remark``: which, or why none.

    >>> table = pl.DataFrame({"hole": ["A"], "from_m": [10.0], "to_m": [20.0], "zone": ["TGZ"]})
    >>> zone = {"zone": "TG Zone", "aliases": "TGZ|TG", "dip_deg": 60.0, "dip_direction_deg": 125.0}
    >>> zones = pl.DataFrame([zone])
    >>> with_planes(table, within=0.0, zones=zones).select("plane_dip_deg", "plane_basis", "plane_remark").row(0)
    (60.0, 'zone', 'TG Zone')
    """
    unit = length_unit(intervals.columns, "from", "to")
    first = _first_names(zones)
    names = _zone_names(intervals, first)
    known = _zone_planes(zones)
    through = _fitted_planes(intervals, names, unit, {name for name, plane in known.items() if plane.basis == "zone"})
    measured = _measured_planes(intervals, names, structures, first, within)
    chosen = [_first_choice(one, _of_zone(name, known, through)) for one, name in zip(measured, names, strict=True)]
    return intervals.with_columns(
        *(
            pl.Series(column, [getattr(plane, part) for plane in chosen], dtype=pl.Float64).fill_nan(None)
            for column, part in (
                ("plane_dip_deg", "dip"),
                ("plane_dip_direction_deg", "direction"),
                ("plane_dip_error_deg", "dip_error"),
                ("plane_dip_direction_error_deg", "direction_error"),
            )
        ),
        pl.Series("plane_basis", [plane.basis for plane in chosen], dtype=pl.String),
        pl.Series("plane_remark", [plane.remark for plane in chosen], dtype=pl.String),
    )


def _first_choice(measured: ChosenPlane, of_zone: ChosenPlane) -> ChosenPlane:
    """The plane measured in the hole, else that of the zone; what stood in the way of the first is said beside it."""
    if measured.basis != "none":
        return measured
    return replace(of_zone, remark="; ".join(filter(None, (of_zone.remark, measured.remark))))


def _of_zone(name: str, known: Mapping[str, ChosenPlane], through: Mapping[str, ChosenPlane]) -> ChosenPlane:
    if not name:
        return _none("the interval names no zone")
    if name in known and known[name].basis == "zone":
        return known[name]
    return through.get(name) or _none(f"no plane is known for {name}")


def _plain(name: object) -> str:
    return " ".join(str(name or "").split()).casefold()


def _first_names(zones: pl.DataFrame | None) -> dict[str, str]:
    """The name of a zone by each of its names and aliases, in small letters."""
    first: dict[str, str] = {}
    for row in zones.iter_rows(named=True) if zones is not None else ():
        for alias in (row["zone"], *str(row.get("aliases") or "").split("|")):
            first.setdefault(_plain(alias), str(row["zone"]))
    return first


def _zone_names(table: pl.DataFrame, first: Mapping[str, str]) -> list[str]:
    """The zone of each row under its first name; nothing where none is named."""
    if "zone" not in table.columns:
        return [""] * table.height
    return [first.get(_plain(name), " ".join(str(name or "").split())) for name in table["zone"]]


def _zone_planes(zones: pl.DataFrame | None) -> dict[str, ChosenPlane]:
    """The planes that the table of zones states."""
    found: dict[str, ChosenPlane] = {}
    for row in zones.iter_rows(named=True) if zones is not None else ():
        dip, direction = (_value(row.get(name)) for name in ("dip_deg", "dip_direction_deg"))
        dip_error, direction_error = (_value(row.get(name)) for name in ("dip_error_deg", "dip_direction_error_deg"))
        direction = 0.0 if dip == 0.0 and np.isnan(direction) else direction
        there = not (np.isnan(dip) or np.isnan(direction))
        said = f"{row['zone']}, {row['basis']}" if row.get("basis") else str(row["zone"])
        basis = "zone" if there else "none"
        found[str(row["zone"])] = ChosenPlane(dip, direction, dip_error, direction_error, basis, said)
    return found


def _value(value: object) -> float:
    return float(value) if isinstance(value, int | float) else nan


def _fitted_planes(intervals: pl.DataFrame, names: list[str], unit: str, known: set[str]) -> dict[str, ChosenPlane]:
    """A plane through the middles of the intervals of each zone, one middle a hole, weighted by length."""
    try:
        middles = _middles(intervals, unit)
    except MissingColumnError:
        return {}
    table = middles.with_columns(zone=pl.Series(names, dtype=pl.String), hole=intervals["hole"])
    table = table.drop_nulls().filter(~pl.col("zone").is_in([*known, ""]) & (pl.col("length") > 0))
    weighted = (pl.col("east", "north", "up") * pl.col("length")).sum() / pl.col("length").sum()
    by_hole = table.group_by("zone", "hole", maintain_order=True).agg(weighted)
    return {str(zone): _through(rows) for (zone,), rows in by_hole.group_by("zone", maintain_order=True)}


def _through(points: pl.DataFrame) -> ChosenPlane:
    if points.height < FEWEST_HOLES:
        return _none(f"{points.height} of the {FEWEST_HOLES} holes that a plane needs")
    try:
        plane = fitted(points.select("east", "north", "up").to_numpy())
    except NoPlaneError as problem:
        return _none(str(problem))
    remark = f"through {plane.points} holes, {plane.spread[2]:.2f} out of the plane"
    return ChosenPlane(plane.dip, plane.direction, plane.dip_error, plane.direction_error, "fitted", remark)


def _middles(intervals: pl.DataFrame, unit: str) -> pl.DataFrame:
    axes = {"east": "easting", "north": "northing", "up": "elevation"}
    wanted = [f"{axis}_{end}_{unit}" for axis in axes.values() for end in ("from", "to")]
    if missing := [name for name in wanted if name not in intervals.columns]:
        raise MissingColumnError(f"no column {missing[0]}")
    number = {name: pl.col(name).cast(pl.Float64).fill_nan(None) for name in wanted}
    middles = {key: (number[f"{axis}_from_{unit}"] + number[f"{axis}_to_{unit}"]) / 2 for key, axis in axes.items()}
    return intervals.select(length=pl.col(f"to_{unit}") - pl.col(f"from_{unit}"), **middles)


def _measured_planes(
    intervals: pl.DataFrame,
    names: list[str],
    structures: pl.DataFrame | None,
    first: Mapping[str, str],
    within: float,
) -> list[ChosenPlane]:
    """The plane that structures in the hole give to each interval."""
    if structures is None:
        return [_none("")] * intervals.height
    unit = length_unit(intervals.columns, "from", "to")
    if f"depth_{unit}" not in structures.columns:
        raise MissingColumnError(f"structures have no column depth_{unit}, as the intervals count; convert one of them")
    if not {"dip_deg", "dip_direction_deg"} <= set(structures.columns):
        raise MissingColumnError("structures have no dip_deg and dip_direction_deg; with_attitudes makes them of alpha")
    usable = structures.with_columns(zone=pl.Series(_zone_names(structures, first), dtype=pl.String))
    usable = usable.drop_nulls([f"depth_{unit}", "dip_deg", "dip_direction_deg"])
    by_hole = {str(hole): rows.sort(f"depth_{unit}") for (hole,), rows in usable.group_by("hole")}
    ends = zip(floats(intervals[f"from_{unit}"]), floats(intervals[f"to_{unit}"]), strict=True)
    return [
        _measured(by_hole[hole], zone, (start, end), within, unit) if hole in by_hole else _none("")
        for hole, zone, (start, end) in zip(intervals["hole"], names, ends, strict=True)
    ]


def _measured(rows: pl.DataFrame, zone: str, ends: tuple[float, float], within: float, unit: str) -> ChosenPlane:
    """The mean of the structures inside an interval, else the nearest one."""
    depths = floats(rows[f"depth_{unit}"])
    away = np.round(np.maximum(np.maximum(ends[0] - depths, depths - ends[1]), 0.0), 3)
    if zone:
        fits = np.array([_plain(name) in ("", _plain(zone)) for name in rows["zone"]])
        away = np.where(fits, away, np.inf)
    nearest = float(away.min())
    if not nearest <= within:
        return _none("")
    take = np.flatnonzero(away == nearest)
    try:
        dip, direction, scatter = mean_plane(floats(rows["dip_deg"])[take], floats(rows["dip_direction_deg"])[take])
    except NoPlaneError as problem:
        return _none(str(problem))
    dip_error, direction_error = _scatter(len(take), scatter, dip)
    where = ", ".join(f"{depths[place]:g} {unit}" for place in take[:5]) + (", ..." if len(take) > 5 else "")
    basis, remark = "structures", f"{len(take)} in the interval, at {where}"
    if nearest > 0.0:
        basis, remark = "nearest structure", f"at {where}, {nearest:g} {unit} away"
    return ChosenPlane(dip, direction, dip_error, direction_error, basis, remark)


def _scatter(count: int, scatter: float, dip: float) -> tuple[float, float]:
    """Standard deviations of dip and direction from the scatter of several planes; of one nobody knows."""
    if count < 2:
        return nan, nan
    one_way = scatter * sqrt(count / (count - 1) / 2.0)
    return one_way, min(one_way / max(sin(radians(dip)), 1e-9), 180.0)
