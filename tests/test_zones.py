"""Zones: acceptance figures of two releases, printed digits as ranges, packages, extents and areas."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.drilling.intervals import interval_length
from orebook.disciplines.drilling.zones.core_angles import core_angle, crossing, thickness_ratio, true_thickness
from orebook.disciplines.drilling.zones.extents import (
    area_in_plane,
    crossings,
    extent,
    packages,
    plan_area,
    printed_crossings,
    ranked,
    reach,
    stated_length,
    thickness_ratios,
    vertical_drop,
)
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.maths.planes import normals

# Ruddock Creek, 2011: hole, from, to, interval, estimated true thickness, Zn+Pb as printed.
RUDDOCK = """
EUG-10-033 69.8 78.3 8.5 6.8 12.83
EUG-10-033 136.2 142.6 6.4 5.2 13.09
EUG-11-038 55.0 61.1 6.1 3.8 20.57
EUG-11-038 144.9 148.7 3.8 3.5 11.05
EUG-11-055 77.4 80.6 3.2 2.3 23.97
EUG-11-057 121.8 132.5 10.7 6.2 14.48
EUG-11-057 134.5 135.5 1.0 0.6 17.38
EUG-11-058 40.3 48.4 8.1 4.2 18.50
EUG-11-059 93.7 100.5 6.8 5.8 19.47
EUG-11-059 160.8 163.5 2.7 2.0 17.07
EUG-11-061 109.9 117.3 7.4 4.8 15.47
EUG-11-065 32.4 39.8 7.4 6.8 18.09
EUG-11-071 42.0 46.0 4.0 3.6 13.18
EUG-11-071 48.0 49.6 1.6 1.5 17.23
EUG-11-083 55.1 66.6 11.5 5.9 13.99
EUG-11-083 84.2 100.8 16.6 8.4 16.70
EUG-11-089 78.9 86.6 7.7 4.8 14.04
EUG-11-092 50.9 53.8 2.9 2.4 19.06
EUG-11-099 6.1 8.5 2.4 2.3 17.57
EUG-11-100 220.7 226.0 5.3 2.5 22.40
EUG-11-109 248.8 258.0 9.2 4.0 13.82
"""
ROWS = [line.split() for line in RUDDOCK.strip().splitlines()]


def metres(said: str) -> Figure:
    """A printed length."""
    return Figure.parse(f"{said} m")


def intervals() -> pl.DataFrame:
    """The intersections of Ruddock Creek as a table."""
    table = pl.DataFrame(
        ROWS, schema=["hole", "from_m", "to_m", "length_m", "true_thickness_m", "znpb_pct"], orient="row"
    )
    return table.with_columns(pl.all().exclude("hole").cast(pl.Float64))


def test_no_true_thickness_exceeds_its_interval() -> None:
    """D-TT: true thickness is at most the interval in all 21 rows, and D-LEN: every interval is to less from."""
    assert sum(float(row[4]) <= float(row[3]) for row in ROWS) == 21
    for _, start, end, length, *_ in ROWS:
        assert interval_length(metres(start).range(), metres(end).range()).meets(metres(length).range())
        assert f"{interval_length(float(start), float(end)):.1f}" == length


@pytest.mark.parametrize(
    ("hole", "angles"),
    {
        "EUG-10-033": ["53.1 [52.1, 54.2]", "54.3 [53.0, 55.8]"],
        "EUG-11-038": ["38.5 [37.6, 39.5]", "67.1 [63.7, 71.2]"],
        "EUG-11-057": ["35.4 [34.9, 35.9]", "36.9 [31.6, 43.2]"],
        "EUG-11-059": ["58.5 [57.1, 60.1]", "47.8 [45.2, 50.7]"],
        "EUG-11-071": ["64.2 [61.2, 67.5]", "69.6 [61.5, 90.0]"],
        "EUG-11-083": ["30.9 [30.4, 31.3]", "30.4 [30.1, 30.7]"],
    }.items(),
)
def test_one_plane_and_a_straight_hole(hole: str, angles: list[str]) -> None:
    """D-PLANE and D-ANG: four of the six holes with two intervals fit one plane, EUG-11-038 and -059 do not."""
    rows = [(name, metres(thickness), metres(length)) for name, _, _, length, thickness, _ in ROWS if name == hole]
    (found,) = crossings(rows)
    middles = [core_angle(thickness_ratio(float(thick.value), float(length.value))) for _, thick, length in rows]
    said = [
        f"{middle:.1f} [{angle.low:.1f}, {angle.high:.1f}]" for middle, angle in zip(middles, found.angles, strict=True)
    ]
    assert said == angles
    assert (found.common is None) == (hole in ("EUG-11-038", "EUG-11-059"))


def test_the_table_says_the_same_of_planes() -> None:
    """A table printed with one decimal has the same two holes that no plane fits; fifteen holes in all."""
    found = printed_crossings(intervals(), decimals=1)
    assert len(found) == 15
    assert [one.hole for one in found if one.common is None] == ["EUG-11-038", "EUG-11-059"]


def test_thickness_by_length_hole_after_hole() -> None:
    """The ratio of a hole lies between those of its intervals, and is that of its sums."""
    found = thickness_ratios(intervals()).rows_by_key("hole", named=True, unique=True)
    one = found["EUG-11-083"]
    assert one["ratio"] == pytest.approx((5.9 + 8.4) / (11.5 + 16.6))
    assert (one["intervals"], one["without"]) == (2, 0)
    assert one["ratio_low"] == pytest.approx(8.4 / 16.6) and one["ratio_high"] == pytest.approx(5.9 / 11.5)
    partly = intervals().with_columns(true_thickness_m=pl.when(pl.col("from_m") < 60).then("true_thickness_m"))
    rest = thickness_ratios(partly).rows_by_key("hole", named=True, unique=True)
    assert (rest["EUG-11-083"]["length_m"], rest["EUG-11-083"]["without"]) == (pytest.approx(11.5), 1)
    assert rest["EUG-11-100"]["ratio"] is None


def test_the_largest_grade_times_thickness() -> None:
    """T-HI-MAX: the second interval of EUG-11-083 is the largest, 140.3 m.%, before 123.0, 112.9, 89.8 and 87.2."""
    found = ranked(intervals(), "znpb_pct", by="true_thickness")
    assert found.select("hole", "from_m", "rank").row(0) == ("EUG-11-083", 84.2, 1)
    assert [f"{value:.1f}" for value in found["grade_thickness"].head(5)] == ["140.3", "123.0", "112.9", "89.8", "87.2"]


def test_the_package_of_crater_lake() -> None:
    """W-ANG: 110 m true of 119.85 m is 66.6 degrees [61.2, 73.7]; W-VERT: an upright zone would be 59.9 m."""
    core = Range("119.84", "119.86", "m")
    width = Figure.parse("110E+0 m")
    ratio = thickness_ratio(Range("105", "115", "m"), core)
    angle = core_angle(ratio)
    assert width.value == 110
    assert (
        f"{core_angle(thickness_ratio(110.0, 119.85)):.1f} [{angle.low:.1f}, {angle.high:.1f}]" == "66.6 [61.2, 73.7]"
    )
    upright = true_thickness(119.85, crossing(305.0, -60.0, 90.0, 305.0))
    assert f"{upright:.3f}" == "59.925"


def test_packages_count_every_metre_once() -> None:
    """S-SPAN and S-SUMLEN: Table 1 of CL20037 spans 119.85 m, holds 79.18 m; includes lie within and add nothing."""
    table = pl.DataFrame(
        {
            "hole": ["CL20037"] * 7,
            "from_m": [127.81, 127.81, 136.31, 173.05, 207.82, 225.97, 238.50],
            "to_m": [156.95, 134.11, 145.61, 190.70, 218.52, 247.66, 247.66],
        }
    )
    (found,) = packages(table).rows(named=True)
    assert (found["package_m"], found["mineralized_m"], found["between_m"]) == (119.85, 79.18, 40.67)
    assert (found["from_m"], found["to_m"], found["intervals"]) == (127.81, 247.66, 7)
    backwards = pl.DataFrame({"hole": ["B", "B"], "from_m": [5.0, None], "to_m": [4.0, 9.0]})
    assert packages(backwards).height == 0
    by_zone = packages(table.with_columns(zone=pl.Series(["A"] * 4 + ["B"] * 3)))
    assert by_zone["package_m"].to_list() == [62.89, 39.84]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 900)), min_size=1, max_size=12))
def test_packages_against_counting(pieces: list[tuple[int, int]]) -> None:
    """The covered length is the number of thousandths that lie in some interval, counted one by one."""
    table = pl.DataFrame(
        {
            "hole": ["A"] * len(pieces),
            "from_m": [start / 1000 for start, _ in pieces],
            "to_m": [(start + size) / 1000 for start, size in pieces],
        }
    )
    covered = set().union(*(range(start, start + size) for start, size in pieces))
    assert packages(table)["mineralized_m"].to_list() == [len(covered) / 1000]


def test_areas_of_the_lower_e_zone() -> None:
    """T-AREA 225,000, T-AREA-DIP 256,026 and T-PLUNGE 477, with their ranges; the dip is read to the half degree."""
    east, north = Range("445", "455"), Range("495", "505")
    dip = Range("28.25", "28.75", "degree")
    plan = plan_area(east, north)
    assert (plan.low, plan.high) == (220275, 229775)
    assert plan_area(450.0, 500.0) == 225000
    assert round(area_in_plane(225000.0, 28.5)) == 256026
    sloping = area_in_plane(plan, dip)
    assert (f"{sloping.low:.1f}", f"{sloping.high:.1f}") == ("250059.4", "262082.8")
    assert round(vertical_drop(1000.0, 28.5)) == 477
    drop = vertical_drop(Range("1000", "1000", "m"), dip)
    assert (f"{drop.low:.2f}", f"{drop.high:.3f}") == ("473.32", "480.989")
    table = pl.DataFrame({"plan": [225000.0], "dip": [28.5]})
    assert round(table.select(area_in_plane(pl.col("plan"), pl.col("dip"))).item()) == 256026


def test_a_length_without_a_unit_is_refused() -> None:
    """A7: "280 east of the STG Zone" is no length; 280 m is, and a kilometre is a thousand metres."""
    with pytest.raises(ValueError, match="280 has no unit; say '280 m'"):
        stated_length(Figure.parse("280"))
    with pytest.raises(ValueError, match="is no length"):
        stated_length(Figure.parse("280 g/t"))
    assert stated_length(Figure.parse("280 m")) == Range("279.5", "280.5", "m")
    assert stated_length(Figure.parse("1.0 km")) == Range("950", "1050", "m")
    with pytest.raises(ValueError, match="has no unit"):
        crossings([("H", Figure.parse("3.8"), Figure.parse("6.1 m"))])


@given(st.floats(1, 89), st.floats(0, 359.9))
def test_extents_in_the_plane(steep: float, direction: float) -> None:
    """A rectangle made in a plane is as long along strike and down dip as it was made, and has no thickness."""
    towards = np.radians(direction)
    strike = np.array([np.cos(towards), -np.sin(towards), 0.0])
    down = np.cross(normals(steep, direction), strike)
    corners = np.array([a * strike + b * down for a, b in ((0, 0), (450, 0), (0, 500), (450, 500))])
    points = pl.DataFrame(corners, schema=["easting_m", "northing_m", "elevation_m"])
    found = extent(points, dip=steep, dip_direction=direction)
    assert (found.along_strike, found.down_dip) == (pytest.approx(450), pytest.approx(500))
    assert found.across == pytest.approx(0, abs=1e-9)
    assert found.vertical == pytest.approx(500 * np.sin(np.radians(steep)))


def test_points_without_coordinates_take_no_part() -> None:
    """A point that lacks a coordinate is left out; none at all is refused."""
    points = pl.DataFrame({"easting_m": [0.0, 450.0, 9e9], "northing_m": [0.0, 0.0, None], "elevation_m": [0.0] * 3})
    assert reach(points, azimuth=90.0) == 450.0
    with pytest.raises(ValueError, match="no point with all three"):
        reach(points.tail(1), azimuth=90.0)
