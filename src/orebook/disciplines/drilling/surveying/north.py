"""North: azimuths measured from true or magnetic north, turned to the north of the grid that the collars are in.

``true = magnetic + declination`` with the declination of the reference field at the collar on the day of the survey;
``grid = true − convergence`` with the convergence of the grid at the collar. What was applied stands beside each
result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import floats
from orebook.disciplines.drilling.surveying.collars import Collars, usable_collars
from orebook.ground.schema import length_unit
from orebook.maths import geodesy, geomagnetism

REFERENCES = ("grid", "true", "magnetic")
"""The norths that an azimuth may be counted from."""

APPLIED = ("azimuth_measured_deg", "azimuth_reference", "declination_deg", "convergence_deg")
"""The columns that say how an azimuth was turned."""

REACH = 3.0
"""Degrees that a collar may lie outside the area of its grid: zones are stretched, coordinates are exchanged."""


@dataclass(frozen=True, slots=True)
class GridAzimuths:
    """Surveys with azimuths from grid north, and the rows whose azimuth could not be turned.

    ``surveys`` has every row that came, with ``azimuth_deg`` from grid north and the columns ``APPLIED``; a row that
    could not be turned has no azimuth there and stands in ``unturned`` (row, hole, depth, reason).
    """

    surveys: pl.DataFrame
    unturned: pl.DataFrame


def to_grid_north(
    surveys: pl.DataFrame,
    collars: pl.DataFrame,
    *,
    reference: str | Mapping[str, str],
    crs: str | int,
    undated: date | None = None,
) -> GridAzimuths:
    """Surveys with their azimuths counted from grid north, whatever north they were measured from.

    ``reference`` is ``grid``, ``true`` or ``magnetic`` for all rows, or one of these for each method of survey, such as
    ``{"gyro": "true", "single-shot": "magnetic"}``. ``crs`` is the grid of the collars. Magnetic azimuths need the
    column ``date`` (ISO), or ``undated`` as the day of the rows without one. Raises ``ValueError`` for a reference that
    is none, for surveys that were turned before, and where the grid counts in another unit than the collars;
    ``geodesy.CrsError`` for a grid that is not known. Source: handbook 2.

    >>> collars = pl.DataFrame({"hole": ["CL20037"], "easting_m": [440870.0], "northing_m": [6133665.0]})
    >>> table = pl.DataFrame({"hole": ["CL20037"], "depth_m": [50.0], "azimuth_deg": [326.0], "dip_deg": [-60.0],
    ...     "date": ["2020-08-20"]})
    >>> turned = to_grid_north(table, collars, reference="magnetic", crs="EPSG:26920").surveys
    >>> turned.select(pl.col("azimuth_deg", "declination_deg", "convergence_deg").round(2)).row(0)
    (305.72, -21.05, -0.77)
    """
    if found := [column for column in APPLIED if column in surveys.columns]:
        raise ValueError(f"these surveys have {found[0]}: their azimuths were turned before")
    tops = usable_collars(collars)
    if (unit := geodesy.axis_unit(crs)) != tops.unit:
        raise ValueError(f"{geodesy.name(crs)} counts in {unit}, the collars in {tops.unit}")
    depth = f"depth_{length_unit(surveys.columns, 'depth')}"
    table = surveys.select(
        pl.int_range(pl.len()).alias("row"),
        pl.col("hole").cast(pl.String),
        depth,
        pl.col("azimuth_deg").cast(pl.Float64, strict=False).fill_nan(None).alias("azimuth"),
        _reference(reference, surveys.columns).alias("reference"),
        *_days(surveys.columns, undated),
    ).join(_places(tops, crs), on="hole", how="left", maintain_order="left")
    table = _declined(table.with_columns(_reason().alias("reason")))
    told = table.select(
        pl.col("azimuth").alias(APPLIED[0]),
        pl.col("reference").alias(APPLIED[1]),
        pl.col("declination").alias(APPLIED[2]),
        pl.when(pl.col("reference") != "grid", pl.col("reason").is_null()).then("convergence").alias(APPLIED[3]),
        _turned().alias("azimuth_deg"),
    )
    unturned = table.filter(pl.col("reason").is_not_null()).select("row", "hole", depth, "reason")
    return GridAzimuths(surveys.with_columns(told), unturned)


def _reference(reference: str | Mapping[str, str], columns: list[str]) -> pl.Expr:
    """The north of each row, or nothing where the method of a row has none."""
    if wrong := {*([reference] if isinstance(reference, str) else reference.values())} - {*REFERENCES}:
        raise ValueError(f"an azimuth is counted from grid, true or magnetic north, not from {min(wrong)!r}")
    if isinstance(reference, str):
        return pl.lit(reference)
    if "method" not in columns:
        raise ValueError("norths by method of survey need a column method; give one north for all rows")
    norths = {method.strip().casefold(): north for method, north in reference.items()}
    method = pl.col("method").cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    return method.replace_strict(norths, default=None, return_dtype=pl.String)


def _days(columns: list[str], undated: date | None) -> list[pl.Expr]:
    """The day of each row, and whether something stands for a date that is none."""
    otherwise = pl.lit(undated, dtype=pl.Date)
    if "date" not in columns:
        return [otherwise.alias("day"), pl.lit(value=False).alias("garbled")]
    said = pl.col("date").cast(pl.String).str.strip_chars().replace("", None)
    day = said.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return [
        pl.when(said.is_null()).then(otherwise).otherwise(day).alias("day"),
        (said.is_not_null() & day.is_null()).alias("garbled"),
    ]


def _places(tops: Collars, crs: str | int) -> pl.DataFrame:
    """Where each collar lies on the globe, the convergence of the grid there, and whether it is far off the grid."""
    longitude, latitude = geodesy.lonlat(crs, tops.origins[:, 0], tops.origins[:, 1])
    height = np.nan_to_num(tops.origins[:, 2]) * geodesy.metres(crs)
    table = {
        "hole": tops.names,
        "longitude": longitude,
        "latitude": latitude,
        "height": height,
        "convergence": geodesy.convergence(crs, tops.origins[:, 0], tops.origins[:, 1]),
        "astray": ~geodesy.area_of_use(crs).wider(REACH).holds(longitude, latitude),
    }
    return pl.DataFrame(table)


def _reason() -> pl.Expr:
    """Why the azimuth of a row cannot be turned, or nothing."""
    reference, day = pl.col("reference"), pl.col("day")
    elsewhere, magnetic = reference != "grid", reference == "magnetic"
    faults = [
        (reference.is_null(), "no reference for its method"),
        (~pl.col("azimuth").is_between(0, 360), "azimuth outside 0 to 360"),
        (elsewhere & pl.col("astray").is_null(), "no collar"),
        (elsewhere & pl.col("astray"), "collar far outside the area of the grid"),
        (magnetic & pl.col("garbled"), "a date that is none"),
        (magnetic & day.is_null(), "no date"),
        (magnetic & ~day.is_between(geomagnetism.FIRST, geomagnetism.LAST), f"date outside {geomagnetism.MODEL}"),
    ]
    return pl.coalesce([pl.when(fault).then(pl.lit(reason)) for fault, reason in faults])


def _declined(table: pl.DataFrame) -> pl.DataFrame:
    """The table with the declination of the rows that need one: each place and day is looked up once."""
    place = ["longitude", "latitude", "height", "day"]
    wanted = table.filter(pl.col("reference") == "magnetic", pl.col("reason").is_null()).select("row", *place)
    unique = wanted.select(place).unique(maintain_order=True)
    longitude, latitude, height = (floats(unique[name]) for name in place[:3])
    angles = geomagnetism.declination(longitude, latitude, height, unique["day"].to_numpy())
    wanted = wanted.join(unique.with_columns(pl.Series("declination", angles)), on=place, how="left")
    return table.join(wanted.select("row", "declination"), on="row", how="left", maintain_order="left")


def _turned() -> pl.Expr:
    """The azimuth from grid north; one that was counted from it stays as it is written."""
    azimuth = pl.col("azimuth")
    turned = (azimuth + pl.col("declination").fill_null(0.0) - pl.col("convergence")) % 360.0
    return pl.when(pl.col("reason").is_null()).then(
        pl.when(pl.col("reference") == "grid").then(azimuth).otherwise(turned)
    )
