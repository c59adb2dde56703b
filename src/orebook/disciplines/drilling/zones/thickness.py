"""True thickness: how much of an interval lies square to its zone.

The line from one end of an interval to the other, taken square to the plane, is exact for any path of the hole.
"""

from math import radians

import polars as pl

from orebook.disciplines.drilling.intervals import interval_length
from orebook.disciplines.drilling.zones.core_angles import core_angle, square_distance, thickness_ratio
from orebook.ground.schema import length_unit
from orebook.maths.angles import cosine, sine

LOW_ANGLE = 30.0
"""Below this core angle in degrees a thickness carries a warning: one degree of doubt is three percent of it."""

ALONG_THE_ZONE = 10.0
"""Below this core angle the hole runs along its zone, and one number for the thickness would say nothing."""

_NEAR = 1e-9
"""Degrees that rounding may take from an angle that is just on a limit."""


def with_true_thickness(
    intervals: pl.DataFrame,
    *,
    tolerance_deg: float,
    hole_azimuth_error_deg: float = 0.0,
    hole_dip_error_deg: float = 0.0,
) -> pl.DataFrame:
    """Intervals with their true thickness, its doubt, and the angle at which the hole meets the zone.

    Needs ``from`` and ``to``, the positions of both ends (``easting_from_m`` and so on, as ``Paths.ends`` gives them)
    and the plane of each row (``plane_dip_deg``, ``plane_dip_direction_deg``), as ``with_planes`` gives it.
    ``tolerance_deg`` is the angle by which hole and plane together may be off: it makes ``true_thickness_low`` and
    ``_high``. Standard deviations of the plane (``plane_dip_error_deg``, ``plane_dip_direction_error_deg``) and of the
    hole make ``true_thickness_error``.

    ``true_thickness_status`` says what the number is: ``computed``, ``low angle`` (under 30 degrees),
    ``along the zone`` (under 10: no single number, only low and high), ``no plane``, ``no path``, ``no length``, or
    ``given``: a thickness that a geologist has written down stays as it is, with the status that stands beside it.

    >>> row = {"from_m": 0.0, "to_m": 10.0, "easting_from_m": 0.0, "northing_from_m": 0.0, "elevation_from_m": 0.0,
    ...        "easting_to_m": 5.0, "northing_to_m": 0.0, "elevation_to_m": -8.660254,
    ...        "plane_dip_deg": 45.0, "plane_dip_direction_deg": 270.0}
    >>> done = with_true_thickness(pl.DataFrame([row]), tolerance_deg=5.0)
    >>> done.select("true_thickness_m", "true_thickness_low_m", "core_angle_deg", "true_thickness_status").row(0)
    (9.6592..., 9.3969..., 75.0..., 'computed')
    """
    unit = length_unit(intervals.columns, "from", "to")
    work = _with_vectors(intervals, unit)
    work = _with_doubt(work, tolerance_deg, hole_azimuth_error_deg, hole_dip_error_deg)
    return _reported(intervals, work, unit)


_PLANE = ("plane_dip_deg", "plane_dip_direction_deg", "plane_dip_error_deg", "plane_dip_direction_error_deg")
_ENDS = ("easting", "northing", "elevation")


def _with_vectors(intervals: pl.DataFrame, unit: str) -> pl.DataFrame:
    """For each row the line between its ends, the plane, and how both meet; what is missing is null."""
    names = [*_PLANE, *(f"{axis}_{end}_{unit}" for end in ("from", "to") for axis in _ENDS)]
    known = {name: _number(intervals, name) for name in names}
    east, north, up = (known[f"{axis}_to_{unit}"] - known[f"{axis}_from_{unit}"] for axis in _ENDS)
    table = intervals.select(
        east=east,
        north=north,
        up=up,
        length=interval_length(_number(intervals, f"from_{unit}"), _number(intervals, f"to_{unit}")),
        dip=known[_PLANE[0]],
        towards=known[_PLANE[1]],
        dip_error=known[_PLANE[2]],
        towards_error=known[_PLANE[3]],
        given=_number(intervals, f"true_thickness_{unit}"),
        said=pl.col("true_thickness_status")
        if "true_thickness_status" in intervals.columns
        else pl.lit(None, pl.String),
    )
    dip, towards = pl.col("dip"), pl.col("towards")
    normal = (sine(dip) * sine(towards), sine(dip) * cosine(towards), cosine(dip))
    return table.with_columns(
        chord=(pl.col("east") ** 2 + pl.col("north") ** 2 + pl.col("up") ** 2).sqrt(),
        across=square_distance(pl.col("east"), pl.col("north"), pl.col("up"), normal),
        length=pl.when(pl.col("length") > 0.0).then("length"),
    ).with_columns(angle=core_angle(thickness_ratio(pl.col("across").abs(), pl.col("length"))))


def _with_doubt(table: pl.DataFrame, tolerance: float, azimuth_error: float, hole_error: float) -> pl.DataFrame:
    """The bounds of a cone of doubt, and the standard deviation to first order.

    ``t = v · N(D, A)``, so the derivatives by dip and direction are those of the normal; turning the hole is turning
    the plane the other way; and the derivative by the hole's dip tilts the line in its own vertical plane.
    """
    east, north, up, dip, towards, chord = map(pl.col, ("east", "north", "up", "dip", "towards", "chord"))
    steeper = square_distance(east, north, up, (cosine(dip) * sine(towards), cosine(dip) * cosine(towards), -sine(dip)))
    around = (east * cosine(towards) - north * sine(towards)) * sine(dip)
    flat = (east**2 + north**2).sqrt()
    along = pl.when(flat > 0.0).then((east * sine(towards) + north * cosine(towards)) / flat).otherwise(1.0)
    tilted = flat * cosine(dip) - up * sine(dip) * along
    turned = (pl.col("towards_error").radians() ** 2 + radians(azimuth_error) ** 2).sqrt()
    parts = (steeper * pl.col("dip_error").radians(), around * turned, tilted * radians(hole_error))
    off = (pl.col("across").abs() / chord).clip(0.0, 1.0).arccos().degrees()
    return table.with_columns(
        low=chord * cosine((off + tolerance).clip(upper_bound=90.0)).clip(lower_bound=0.0),
        high=chord * cosine((off - tolerance).clip(lower_bound=0.0)),
        error=(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2).sqrt(),
    )


def _reported(intervals: pl.DataFrame, work: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The columns of the result beside those that came, with what a geologist gave left alone."""
    given, angle = pl.col("given").is_not_null(), pl.col("angle")
    status = (
        pl.when(given)
        .then(pl.col("said").fill_null("given"))
        .when(pl.col("across").is_null())
        .then(
            pl.when(pl.col("dip").is_null() | pl.col("towards").is_null())
            .then(pl.lit("no plane"))
            .otherwise(pl.lit("no path"))
        )
        .when(angle.is_null())
        .then(pl.lit("no length"))
        .when(angle < ALONG_THE_ZONE - _NEAR)
        .then(pl.lit("along the zone"))
        .when(angle < LOW_ANGLE - _NEAR)
        .then(pl.lit("low angle"))
        .otherwise(pl.lit("computed"))
    )
    value = pl.when(given).then("given").when(angle >= ALONG_THE_ZONE - _NEAR).then(pl.col("across").abs())
    given_angle = core_angle(thickness_ratio(pl.col("given"), pl.col("length")))
    none = pl.lit(None, pl.Float64)
    columns = work.select(
        value.alias(f"true_thickness_{unit}"),
        pl.when(given).then(none).otherwise(pl.col("error").fill_nan(None)).alias(f"true_thickness_error_{unit}"),
        pl.when(given).then(none).otherwise(pl.col("low")).alias(f"true_thickness_low_{unit}"),
        pl.when(given).then(none).otherwise(pl.col("high")).alias(f"true_thickness_high_{unit}"),
        pl.when(given).then(given_angle).otherwise(angle).alias("core_angle_deg"),
        status.alias("true_thickness_status"),
    )
    return intervals.with_columns(columns.get_columns())


def _number(table: pl.DataFrame, name: str) -> pl.Expr:
    """A column of numbers in which NaN is missing too; all missing where the table has none."""
    return pl.col(name).cast(pl.Float64).fill_nan(None) if name in table.columns else pl.lit(None, pl.Float64)
