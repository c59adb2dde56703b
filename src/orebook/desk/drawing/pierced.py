"""Pierced: where holes went through a zone, with the grade and the thickness of what they cut."""

from dataclasses import dataclass

import polars as pl

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.disciplines.drilling.compositing.composites import composite_runs
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.disciplines.drilling.zones.zone_thickness import with_zone_thickness
from orebook.reports.drawings.grade_classes import spoken
from orebook.reports.drawings.long_section import along_points

_TOLERANCE = "tolerance_deg"


@dataclass(frozen=True, slots=True)
class Pierced:
    """Intersections of a zone: hole, depths, place of the middle, ``value`` and ``label``; what the value is.

    ``strike`` is that of the zone's plane where the table of zones knows it; ``true`` says that the thickness ``thick``
    is the true one.
    """

    zone: str
    table: pl.DataFrame
    measured: str
    label: str
    unit: str
    strike: float | None
    true: bool


def pierced(seen: HolesInSpace, zone: str, grade: str, *, product: bool) -> Pierced:
    """The intersections of a zone with a grade, or with grade times thickness where ``product`` is asked for.

    The thickness is the true one where ``[results.intercepts.thickness]`` of book.toml says how far planes may be off
    and a plane of the zone is known, else the length along the hole; which of the two stands in what is said.
    """
    unit = seen.unit
    domains = seen.bench.need("domains", "long sections")
    known = [str(each) for each in domains["zone"].drop_nulls().unique().sort().to_list()]
    if not zone and len(known) == 1:
        zone = known[0]
    if zone not in known:
        instead = did_you_mean(zone, known) if zone else ""
        raise AskedWronglyError(f"say --name ZONE, one of {', '.join(known[:8])}{instead}")
    own = domains.filter(pl.col("zone") == zone).select("hole", f"from_{unit}", f"to_{unit}", "zone")
    table = own
    if grade and seen.core is not None:
        found = composite_runs(seen.core, of=[grade], domains=own, minimum_coverage=0.0).table
        means = found.filter(pl.col("zone") == zone).select("hole", f"from_{unit}", f"to_{unit}", grade)
        table = own.join(means, on=["hole", f"from_{unit}", f"to_{unit}"], how="left", maintain_order="left")
    if grade not in table.columns:
        table = table.with_columns(pl.lit(None, pl.Float64).alias(grade or "grade"))
    return _valued(seen, zone, grade or "grade", table, product=product)


def plane_along(seen: HolesInSpace, found: Pierced, azimuth: float | None, within: float) -> Section:
    """The vertical plane of a long section: through the middle of the intersections, along the strike or another way.

    ``within`` is how far from it traces are drawn. Raises ``BookError`` where no intersection has a place, and
    ``AskedWronglyError`` where nothing says which way the plane runs.
    """
    unit = seen.unit
    whole = found.table.drop_nulls([f"easting_{unit}", f"northing_{unit}", f"elevation_{unit}"])
    if not whole.height:
        raise BookError(f"no intersection of {found.zone} has a place; its holes have no course")
    try:
        return along_points(found.zone, whole, found.strike if azimuth is None else azimuth, within)
    except ValueError as problem:
        raise AskedWronglyError(f"{problem}; say --azimuth") from None


def _valued(seen: HolesInSpace, zone: str, grade: str, table: pl.DataFrame, *, product: bool) -> Pierced:
    """The intersections with their places, thickness, value and label."""
    unit = seen.unit
    placed = table.with_columns(
        seen.paths.middles(table, of=("easting", "northing", "elevation"))
        .drop("hole", f"from_{unit}", f"to_{unit}", f"depth_{unit}", "remark")
        .get_columns()
    )
    thick, true = _thick(seen, placed)
    placed = placed.with_columns(thick.alias("thick"))
    name, grade_unit = spoken(grade)
    value = pl.col(grade) * pl.col("thick") if product else pl.col(grade)
    placed = placed.with_columns(value.alias("value"))
    labels = [
        f"{row['thick']:.1f} {unit}" + (f" @ {row[grade]:.2f} {grade_unit} {name}" if row[grade] is not None else "")
        for row in placed.iter_rows(named=True)
    ]
    kind = "true thickness" if true else "length along the hole"
    said = (
        f"{name} in {grade_unit} times {kind} in {unit}" if product else f"mean {name} in {grade_unit} over the {kind}"
    )
    return Pierced(
        zone,
        placed.with_columns(label=pl.Series(labels, dtype=pl.String)),
        said,
        f"{name} × {unit}" if product else name,
        grade_unit,
        _strike(seen, zone),
        true,
    )


def _thick(seen: HolesInSpace, table: pl.DataFrame) -> tuple[pl.Series, bool]:
    """How thick each intersection is, and whether all of it is the true thickness."""
    unit = seen.unit
    length = (table[f"to_{unit}"] - table[f"from_{unit}"]).rename("thick")
    said = seen.bench.settings.result("intercepts").get("thickness")
    if not isinstance(said, dict) or _TOLERANCE not in said:
        return length, False
    own = table.select("hole", f"from_{unit}", f"to_{unit}", "zone")
    try:
        found = with_zone_thickness(
            own, seen.paths, tolerance_deg=float(said[_TOLERANCE]), within=0.0, zones=seen.bench.table("zones")
        )
    except (ValueError, TypeError) as problem:
        raise BookError(f"thickness of the zone: {problem}") from None
    true = found[f"true_thickness_{unit}"]
    return (length, False) if true.null_count() else (true, True)


def _strike(seen: HolesInSpace, zone: str) -> float | None:
    """The strike of a zone that the table of zones knows, as the direction that has its right to the east or south."""
    zones = seen.bench.table("zones")
    if zones is None or "dip_direction_deg" not in zones.columns:
        return None
    known = zones.filter(pl.col("zone") == zone)["dip_direction_deg"].drop_nulls()
    return float((known[0] - 90.0) % 180.0) if len(known) else None
