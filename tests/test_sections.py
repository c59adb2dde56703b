"""Sections: how the holes of a release lie to one another, against what it says, and the geometry of a section line."""

from math import atan2, degrees, hypot
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.path import desurvey
from orebook.disciplines.drilling.surveying.sections import (
    Section,
    apart,
    collar_distances,
    elevation_at,
    implied_collar,
    moved_along,
    section_along,
    section_offset,
    vertical_depth,
    vertical_depths,
)
from orebook.ground.range import Range
from orebook.maths.angles import cosine, sine

COLUMNS = ["hole", "easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg", "depth_m"]


@pytest.fixture(scope="module")
def crater_lake(shared: Path) -> pl.DataFrame:
    """The collars of the Crater Lake release, read from its Table 2."""
    text = (shared / "releases/seeds/imperial-mining-2020-crater-lake-drilling.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.startswith("CL200") and line.count("\t") == 6]
    table = [(hole, *map(float, numbers)) for hole, *numbers in rows if len(numbers[0]) == 6 and "." not in numbers[0]]
    return pl.DataFrame(table, schema=COLUMNS, orient="row")


def test_two_sections_of_a_release(crater_lake: pl.DataFrame) -> None:
    """Sections 450N and 100N are 349.4 m apart, square to the azimuth in which both holes were drilled (C-SECTION)."""
    found = apart(crater_lake, "CL20037", "CL20038", azimuth=305.0)
    assert (round(found.offset, 3), round(found.along, 3)) == (349.376, 189.701)
    assert round(found.distance, 3) == 397.555
    line = section_along("100N", crater_lake, "CL20038", half_width=25.0)
    projected = line.project(crater_lake).filter(hole="CL20037")
    assert projected.select("along_m", "offset_m", "on_section").row(0) == (found.along, found.offset, False)


def test_distances_between_collars(crater_lake: pl.DataFrame) -> None:
    """The six distances between four collars are those of the catalogue (C-DIST)."""
    found = collar_distances(crater_lake)
    expected = {
        ("CL20036", "CL20037"): 2062.0,
        ("CL20036", "CL20038"): 1673.71,
        ("CL20036", "CL20039"): 3681.06,
        ("CL20037", "CL20038"): 397.555,
        ("CL20037", "CL20039"): 1771.39,
        ("CL20038", "CL20039"): 2077.24,
    }
    assert {(one, other): distance for one, other, distance, *_ in found.iter_rows()} == {
        pair: pytest.approx(value, abs=6e-3) for pair, value in expected.items()
    }
    assert collar_distances(crater_lake, within=400.0)["other"].to_list() == ["CL20038"]
    assert found.filter(hole="CL20037", other="CL20038")["rise_m"].item() == -18.0


def test_ends_of_holes(crater_lake: pl.DataFrame) -> None:
    """The four holes end at 386, 320, 412 and 444 m above the sea, by formula and by path (C-EOH)."""
    ends = desurvey(crater_lake, None).end_of_hole()["elevation_m"].to_list()
    assert ends == pytest.approx([385.707, 319.986, 412.394, 444.269], abs=6e-4)
    formula = elevation_at(pl.col("elevation_m"), pl.col("depth_m"), pl.col("dip_deg"))
    assert crater_lake.select(end=formula)["end"].to_list() == pytest.approx(ends)


def test_ends_of_holes_as_ranges() -> None:
    """From rounded elevation, depth and dip the end of CL20036 lies between 384.4 and 387.0 m (C-EOH-CL20036)."""
    found = elevation_at(
        Range("517.5", "518.5", "m"), Range("161.495", "161.505", "m"), Range("-55.5", "-54.5", "degree")
    )
    assert (float(found.low), float(found.high)) == pytest.approx((384.399, 387.024), abs=6e-4)


def test_vertical_depth_of_an_interval(crater_lake: pl.DataFrame) -> None:
    """The base of the last interval of CL20037 lies 214.5 m below its collar, between 213.4 and 215.6 (C-VDEPTH)."""
    paths = desurvey(crater_lake, None)
    rows = pl.DataFrame({"hole": ["CL20037", "CL20037", "X"], "depth_m": [247.66, 254.2, 1.0]})
    found = vertical_depths(paths, rows)
    assert found["vertical_depth_m"].to_list() == [pytest.approx(214.480, abs=6e-4), None, None]
    assert found["remark"].to_list() == [None, "beyond the end of the hole", "no path"]
    box = vertical_depth(Range("247.655", "247.665", "m"), Range("-60.5", "-59.5", "degree"))
    assert (float(box.low), float(box.high)) == pytest.approx((213.387, 215.557), abs=6e-4)


def test_the_collar_of_a_neighbour(crater_lake: pl.DataFrame) -> None:
    """CL20038 was drilled 90 m behind CL19034, so that hole began at 440,751 E and 6,133,322 N (C-19034)."""
    east, north = implied_collar(crater_lake, "CL20038", distance=90.0, azimuth=305.0)
    assert (round(east, 1), round(north, 1)) == (440751.3, 6133321.6)
    around = moved_along(Range(440820, 440830, "m"), Range(85, 95, "m"), sine(Range("304.5", "305.5", "degree")))
    assert float(around.low) < 440746.7 < east < 440755.9 < float(around.high)


def test_a_hole_that_is_not_there_is_refused(crater_lake: pl.DataFrame) -> None:
    """Asking for the section of a hole without a collar, or without a direction, says so."""
    with pytest.raises(ValueError, match="no collar of a hole 'CL19034'"):
        apart(crater_lake, "CL20038", "CL19034", azimuth=305.0)
    with pytest.raises(ValueError, match="has no azimuth at its collar"):
        section_along("450N", crater_lake.drop("azimuth_deg"), "CL20037", half_width=25.0)


number = st.floats(-1e5, 1e5)


@given(number, number, st.floats(0, 360), number, number)
def test_a_projection_keeps_distances(east: float, north: float, azimuth: float, x: float, y: float) -> None:
    """Along and offset are the same point in turned axes: as far from the origin, and turned by the azimuth."""
    line = Section("S", easting=east, northing=north, azimuth=azimuth, half_width=10.0)
    points = pl.DataFrame({"easting_m": [x], "northing_m": [y]})
    along, offset = line.project(points).select("along_m", "offset_m").row(0)
    assert hypot(along, offset) == pytest.approx(hypot(x - east, y - north), abs=1e-8)
    back = (
        east + along * sine(azimuth) + offset * cosine(azimuth),
        north + along * cosine(azimuth) - offset * sine(azimuth),
    )
    assert back == pytest.approx((x, y), abs=1e-8)


def test_right_of_the_line_is_positive() -> None:
    """On a line to the north, what lies east has a positive offset and what lies ahead a positive distance along."""
    line = Section("S", easting=0.0, northing=0.0, azimuth=0.0, half_width=30.0)
    found = line.project(pl.DataFrame({"easting_ft": [30.0, -31.0], "northing_ft": [5.0, -5.0]}))
    assert found.rows() == [(30.0, 5.0, 5.0, 30.0, True), (-31.0, -5.0, -5.0, -31.0, False)]


@given(number, number, st.floats(0, 359))
def test_offset_is_the_distance_to_the_line(east: float, north: float, azimuth: float) -> None:
    """The offset of a point is how far it is, times the sine of the angle at which it is seen from the line."""
    seen = atan2(east, north)
    across = section_offset(east, north, sine(azimuth + 90), cosine(azimuth + 90))
    assert across == pytest.approx(hypot(east, north) * sine(degrees(seen) - azimuth), abs=1e-7)
