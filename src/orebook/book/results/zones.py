"""Zones: how far each zone was drilled, its area in plan and in its plane, its packages and thicknesses."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import laid_paths
from orebook.book.results import intercepts
from orebook.disciplines.drilling.surveying.path import POSITION
from orebook.disciplines.drilling.zones.extents import area_in_plane, extent, packages, plan_area, thickness_ratios


def make(bench: Bench) -> Made:
    """The extent of every zone between the middles of its intersections, and how thick it is in each hole.

    Rests on the result ``intercepts`` with its thickness.
    """
    made = intercepts.make(bench)
    table = made.parts["intercepts"].filter(pl.col("level") == 0)
    if "zone" not in table.columns:
        raise bench.wrong("results.intercepts.thickness", "zones need it; write tolerance_deg and within under it")
    unit = bench.settings.length
    middles = laid_paths(bench).middles(table, of=POSITION)
    placed = table.with_columns(middles.select(f"{axis}_{unit}" for axis in POSITION).get_columns())
    rows = list(_extents(placed, unit))
    parts = {
        "zones_drilled": pl.DataFrame(rows) if rows else pl.DataFrame(schema={"zone": pl.String}),
        "zones_packages": packages(table),
        "zones_thickness": thickness_ratios(table),
    }
    return Made(parts, made.settings, made.remarks)


def _extents(placed: pl.DataFrame, unit: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each zone whose plane is known."""
    for (zone,), some in placed.sort("zone").group_by("zone", maintain_order=True):
        plane = _plane(some)
        points = some.drop_nulls([f"{axis}_{unit}" for axis in POSITION])
        if zone is None or plane is None or not points.height:
            continue
        found = extent(points, **plane)
        plan = plan_area(found.east_west, found.north_south)
        yield {
            "zone": zone,
            "intersections": some.height,
            "holes": some["hole"].n_unique(),
            **{f"plane_{key}_deg": value for key, value in plane.items()},
            f"east_west_{unit}": found.east_west,
            f"north_south_{unit}": found.north_south,
            f"vertical_{unit}": found.vertical,
            f"along_strike_{unit}": found.along_strike,
            f"down_dip_{unit}": found.down_dip,
            f"across_{unit}": found.across,
            f"plan_area_{unit}2": plan,
            f"area_in_plane_{unit}2": area_in_plane(plan, plane["dip"]),
        }


def _plane(some: pl.DataFrame) -> Mapping[str, float] | None:
    """The plane against which most of the intersections of a zone were measured."""
    known = some.filter(pl.col("plane_basis") != "structures").drop_nulls(["plane_dip_deg", "plane_dip_direction_deg"])
    if not known.height:
        return None
    counted = known.group_by("plane_dip_deg", "plane_dip_direction_deg").len().sort("len", descending=True)
    dip, towards, _ = counted.row(0)
    return {"dip": dip, "dip_direction": towards}
