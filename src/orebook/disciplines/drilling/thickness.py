"""True thickness: how much of an interval lies square to its zone.

A straight hole meets a plane at one angle, so the ratio of true thickness to core length is one number for all the
intervals of the hole through that plane: the sine of the angle between the core axis and the plane. A hole that bends
has no such number; the line from its one end to the other, taken square to the plane, is exact for any path.
"""

from math import radians

import polars as pl

from orebook.disciplines.drilling.intervals import interval_length
from orebook.ground.quantity import Q
from orebook.ground.schema import length_unit
from orebook.maths.angles import Angle, arcsine, cosine, sine

LOW_ANGLE = 30.0
"""Below this core angle in degrees a thickness carries a warning: one degree of doubt is three percent of it."""

ALONG_THE_ZONE = 10.0
"""Below this core angle the hole runs along its zone, and one number for the thickness would say nothing."""

_NEAR = 1e-9
"""Degrees that rounding may take from an angle that is just on a limit."""


def thickness_ratio(true_thickness: Q, length: Q) -> Q:
    """Sine of the angle between core axis and zone: true thickness by interval length; at most one.

    Source: geometry of a straight hole and a plane.

    >>> thickness_ratio(5.0, 10.0)
    0.5
    """
    return true_thickness / length


def core_angle(ratio: Angle) -> Angle:
    """Angle between the core axis and the zone in degrees, from the ratio of true thickness to length.

    A ratio above one is cut to one: the hole is square to the zone. Source: definition.

    >>> round(core_angle(0.5), 6)
    30.0
    """
    return arcsine(ratio)


def true_thickness(length: Q, ratio: Q) -> Q:
    """Thickness square to the zone, from the length along the hole and the sine of the core angle.

    >>> true_thickness(10.0, 0.5)
    5.0
    """
    return length * ratio


def crossing(azimuth: Angle, dip: Angle, plane_dip: Angle, plane_direction: Angle) -> Angle:
    """Sine of the angle between a straight hole and a plane, ``|cos δ · sin D · cos(α − A) + sin δ · cos D|``.

    Degrees: azimuth and dip of the hole (down is negative), dip of the plane (0 to 90) and the direction it dips to.
    Source: dot product of the hole's direction and the plane's normal.

    >>> round(crossing(90.0, -60.0, 30.0, 270.0), 6), round(crossing(90.0, -60.0, 30.0, 90.0), 6)
    (1.0, 0.5)
    """
    towards = cosine(azimuth - plane_direction)
    return abs(cosine(dip) * sine(plane_dip) * towards + sine(dip) * cosine(plane_dip))


def square_distance(east: Q, north: Q, up: Q, normal: tuple[Q, Q, Q]) -> Q:
    """How far one point lies from another square to a plane; ``normal`` is the plane's unit normal (east, north, up).

    Exact between the ends of an interval however the hole bends. Source: definition of a plane.

    >>> square_distance(3.0, 0.0, -4.0, (0.0, 0.0, 1.0))
    -4.0
    """
    return east * normal[0] + north * normal[1] + up * normal[2]


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
