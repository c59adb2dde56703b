"""Zones: how far they reach, how large they are, how thick their packages, and whether printed thicknesses fit them.

Lengths keep the unit of their table or figure. Formulas take numbers, columns and ranges.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.flat import thousandths
from orebook.disciplines.drilling.intervals import interval_length, metal_length
from orebook.disciplines.drilling.zones.core_angles import core_angle, thickness_ratio
from orebook.ground.figure import Figure
from orebook.ground.quantity import Q
from orebook.ground.range import Range
from orebook.ground.schema import length_unit
from orebook.ground.units import unit
from orebook.maths.angles import Angle, cosine, sine
from orebook.maths.directions import unit_vectors

Floats = NDArray[np.float64]


def plan_area(along: Q, across: Q) -> Q:
    """Area of a zone in plan, from how far it reaches in two directions at right angles.

    >>> plan_area(450.0, 500.0)
    225000.0
    """
    return along * across


def area_in_plane(plan: Angle, dip: Angle) -> Angle:
    """Area of a zone in its own plane, from its area in plan and its dip in degrees: ``A ÷ cos D``.

    >>> round(area_in_plane(225000.0, 28.5))
    256026
    """
    return plan / cosine(dip)


def vertical_drop(length: Angle, plunge: Angle) -> Angle:
    """How far down a length along the plunge leads; the plunge in degrees from horizontal.

    >>> round(vertical_drop(1000.0, 28.5))
    477
    """
    return length * sine(plunge)


def stated_length(said: Figure) -> Range:
    """All lengths that a figure may stand for, in metres; one without a unit is refused.

    >>> stated_length(Figure.parse("350 m"))
    Range(349.5, 350.5, 'm')
    >>> stated_length(Figure.parse("280"))
    Traceback (most recent call last):
        ...
    ValueError: the length 280 has no unit; say '280 m' or '280 ft'
    """
    if not said.unit:
        raise ValueError(f"the length {said.digits} has no unit; say '{said.digits} m' or '{said.digits} ft'")
    if unit(said.unit).dimension != unit("m").dimension:
        raise ValueError(f"{said} is no length; say it in m, km or ft")
    return said.range().to("m")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a zone reaches between its outermost points, in the unit of the points.

    ``along_strike``, ``down_dip`` and ``across`` are measured in the zone's plane and square to it.
    """

    east_west: float
    north_south: float
    vertical: float
    along_strike: float
    down_dip: float
    across: float


def reach(points: pl.DataFrame, *, azimuth: float, dip: float = 0.0) -> float:
    """How far points lie apart along a direction, in the unit of their coordinates.

    >>> corners = pl.DataFrame({"easting_m": [0.0, 450.0], "northing_m": [0.0, 500.0], "elevation_m": [0.0, 0.0]})
    >>> reach(corners, azimuth=90.0), reach(corners, azimuth=0.0)
    (450.0, 500.0)
    """
    along = _places(points) @ unit_vectors(azimuth, dip)
    return float(along.max() - along.min())


def extent(points: pl.DataFrame, *, dip: float, dip_direction: float) -> Extent:
    """How far the points of a zone reach towards east and north, and along, down and across its plane.

    Points are rows with an easting, a northing and an elevation, such as the middles of its intercepts.

    >>> corners = pl.DataFrame({"easting_m": [0.0, 30.0], "northing_m": [0.0, 40.0], "elevation_m": [0.0, -30.0]})
    >>> found = extent(corners, dip=45.0, dip_direction=90.0)
    >>> found.along_strike, round(found.down_dip, 3), round(found.across, 3)
    (40.0, 42.426, 0.0)
    """
    return Extent(
        east_west=reach(points, azimuth=90.0),
        north_south=reach(points, azimuth=0.0),
        vertical=reach(points, azimuth=0.0, dip=90.0),
        along_strike=reach(points, azimuth=dip_direction - 90.0),
        down_dip=reach(points, azimuth=dip_direction, dip=-dip),
        across=reach(points, azimuth=dip_direction, dip=90.0 - dip),
    )


def _places(points: pl.DataFrame) -> Floats:
    unit_name = length_unit(points.columns, "easting", "northing", "elevation")
    names = [f"{axis}_{unit_name}" for axis in ("easting", "northing", "elevation")]
    places = points.select(pl.col(names).cast(pl.Float64).fill_nan(None)).drop_nulls().to_numpy()
    if not len(places):
        raise ValueError("no point with all three coordinates; a zone reaches from point to point")
    return places


def packages(intervals: pl.DataFrame) -> pl.DataFrame:
    """The mineralized package of each hole and zone: from its first interval to its last, and what lies between them.

    One row for each ``hole`` (and ``zone``, where there is one): ``from`` and ``to`` of the package, its ``length``,
    the ``mineralized`` length (intervals within others count once) and the ``between`` length, in the table's unit.
    Rows without a length, and those that end where or before they begin, take no part.

    >>> found = packages(pl.DataFrame({"hole": ["A", "A"], "from_m": [10.0, 30.0], "to_m": [20.0, 36.0]}))
    >>> found.select("from_m", "to_m", "package_m", "mineralized_m", "between_m", "intervals").row(0)
    (10.0, 36.0, 26.0, 16.0, 10.0, 2)
    """
    name = length_unit(intervals.columns, "from", "to")
    start, end = f"from_{name}", f"to_{name}"
    keys = [key for key in ("hole", "zone") if key in intervals.columns]
    intervals = intervals.filter(pl.col(end) > pl.col(start))
    covered = intervals.select(*keys, start=thousandths(intervals[start]), end=thousandths(intervals[end])).sort(
        *keys, "start", "end"
    )
    reached = pl.col("end").cum_max().shift(1).over(keys).fill_null(pl.col("start"))
    own = (pl.col("end") - pl.max_horizontal("start", reached)).clip(lower_bound=0)
    found = covered.with_columns(own=own).group_by(keys, maintain_order=True)
    rows = found.agg(pl.col("start").min(), pl.col("end").max(), pl.col("own").sum(), intervals=pl.len())
    lengths = {
        start: pl.col("start"),
        end: pl.col("end"),
        f"package_{name}": interval_length(pl.col("start"), pl.col("end")),
    }
    lengths |= {
        f"mineralized_{name}": pl.col("own"),
        f"between_{name}": pl.col("end") - pl.col("start") - pl.col("own"),
    }
    return rows.select(*keys, *((each / 1000.0).alias(key) for key, each in lengths.items()), "intervals")


def thickness_ratios(intervals: pl.DataFrame) -> pl.DataFrame:
    """True thickness against length, hole after hole: the ratio over all its intervals, the lowest and the highest.

    Rows without a true thickness are counted under ``without`` and take no part.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 50.0], "to_m": [10.0, 60.0],
    ...                       "true_thickness_m": [5.0, 7.0]})
    >>> thickness_ratios(table).select("hole", "intervals", "ratio", "ratio_low", "ratio_high").row(0)
    ('A', 2, 0.6, 0.5, 0.7)
    """
    name = length_unit(intervals.columns, "from", "to")
    thickness = pl.col(f"true_thickness_{name}").cast(pl.Float64).fill_nan(None)
    length = interval_length(pl.col(f"from_{name}"), pl.col(f"to_{name}"))
    work = intervals.select("hole", thickness=thickness, length=length).with_columns(
        length=pl.when(pl.col("thickness").is_not_null()).then("length"),
        ratio=thickness_ratio(pl.col("thickness"), pl.col("length")),
    )
    return (
        work.group_by("hole", maintain_order=True)
        .agg(
            pl.col("length").sum().alias(f"length_{name}"),
            pl.col("thickness").sum().alias(f"true_thickness_{name}"),
            ratio=thickness_ratio(pl.col("thickness").sum(), pl.col("length").sum()).fill_nan(None),
            ratio_low=pl.col("ratio").min(),
            ratio_high=pl.col("ratio").max(),
            intervals=pl.col("thickness").count(),
            without=pl.col("thickness").null_count(),
        )
        .with_columns(core_angle_deg=core_angle(pl.col("ratio")))
    )


def ranked(intervals: pl.DataFrame, grade: str, *, by: Literal["true_thickness", "length"]) -> pl.DataFrame:
    """Intervals by grade times true thickness or length, the largest first, with ``grade_thickness`` and ``rank``.

    The product is in the units of its parts, such as metre-percent. Intervals that lack one of them come last, without
    a rank.

    >>> table = pl.DataFrame({"from_m": [0.0, 9.0], "to_m": [2.0, 10.0], "zn_pct": [5.0, 20.0]})
    >>> ranked(table, "zn_pct", by="length").select("grade_thickness", "rank", "zn_pct").rows()
    [(20.0, 1, 20.0), (10.0, 2, 5.0)]
    """
    name = length_unit(intervals.columns, "from", "to")
    length = interval_length(pl.col(f"from_{name}"), pl.col(f"to_{name}"))
    thickness = length if by == "length" else pl.col(f"true_thickness_{name}")
    product = metal_length(thickness.cast(pl.Float64), pl.col(grade).cast(pl.Float64)).fill_nan(None)
    made = intervals.with_columns(grade_thickness=product)
    made = made.with_columns(rank=pl.col("grade_thickness").rank("min", descending=True))
    return made.sort("grade_thickness", descending=True, nulls_last=True, maintain_order=True)


@dataclass(frozen=True, slots=True)
class Crossing:
    """The angles at which a hole meets a zone, interval after interval, as printed digits allow; in degrees.

    ``common`` are the angles that all of them allow, or nothing: then no one plane and straight hole fit.
    """

    hole: str
    angles: tuple[Range, ...]
    common: Range | None


def crossings(rows: Iterable[tuple[str, Figure, Figure]]) -> list[Crossing]:
    """Whether the printed intervals of each hole fit one plane and a straight hole.

    A row is hole, true thickness and length. Every interval allows a range of angles between core and zone; one plane
    asks for an angle that lies in all of them. Source: geometry of a straight hole and a plane.

    >>> row = [("H", Figure.parse("3.8 m"), Figure.parse("6.1 m")), ("H", Figure.parse("3.5 m"), Figure.parse("3.8 m"))]
    >>> crossings(row)[0].common is None
    True
    """
    found: dict[str, list[Range]] = defaultdict(list)
    for hole, thickness, length in rows:
        found[hole].append(core_angle(thickness_ratio(stated_length(thickness), stated_length(length))))
    return [Crossing(hole, tuple(angles), _common(angles)) for hole, angles in found.items()]


def _common(angles: list[Range]) -> Range | None:
    common: Range | None = angles[0]
    for angle in angles:
        common = common.intersect(angle) if common else None
    return common


def printed_crossings(intervals: pl.DataFrame, *, decimals: int) -> list[Crossing]:
    """``crossings`` of a table whose lengths and true thicknesses are printed with so many decimals."""
    name = length_unit(intervals.columns, "from", "to")
    length = interval_length(pl.col(f"from_{name}"), pl.col(f"to_{name}"))
    rows = intervals.select("hole", pl.col(f"true_thickness_{name}"), length=length).drop_nulls()
    step = Decimal(1).scaleb(-decimals)
    return crossings(
        (hole, *(Figure(Decimal(repr(value)).quantize(step), name) for value in values))
        for hole, *values in rows.rows()
    )
