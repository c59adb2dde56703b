"""North: reference systems, declination and convergence, each against another way, and what cannot be turned."""

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.north import APPLIED, to_grid_north
from orebook.maths import geodesy, geomagnetism

ppigrf = pytest.importorskip("ppigrf")

GRIDS = ["EPSG:26920", "EPSG:28350", "EPSG:2193", "EPSG:26851", "EPSG:3978", "EPSG:22234"]
"""Two UTM zones (north and south), a transverse Mercator, a conic in feet, a conic of a country, an African zone."""


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(GRIDS), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_convergence_is_how_a_meridian_lies_in_the_grid(crs: str, across: float, up: float) -> None:
    """A step towards true north has the azimuth of minus the convergence in the grid, wherever the grid holds."""
    area = geodesy.area_of_use(crs)
    longitude = area.west + across * (area.east - area.west)
    latitude = area.south + up * (min(area.north, 80.0) - area.south)
    (east, east2), (north, north2) = geodesy.projected(crs, [longitude, longitude], [latitude, latitude + 1e-4])
    bearing = np.degrees(np.arctan2(east2 - east, north2 - north))
    assert float(geodesy.convergence(crs, east, north)) == pytest.approx(-bearing, abs=2e-4)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(GRIDS), st.floats(0, 1), st.floats(0, 1))
def test_there_and_back(crs: str, across: float, up: float) -> None:
    """Longitude and latitude survive the way into the grid and back, and stay in its area."""
    area = geodesy.area_of_use(crs)
    longitude = area.west + across * (area.east - area.west)
    latitude = area.south + up * (min(area.north, 80.0) - area.south)
    place = geodesy.projected(crs, longitude, latitude)
    assert [float(angle) for angle in geodesy.lonlat(crs, *place)] == pytest.approx([longitude, latitude], abs=1e-7)
    grown = area.wider(1e-6)
    assert grown.holds(*geodesy.lonlat(crs, *place))


def test_exchanged_and_impossible_coordinates_are_outside() -> None:
    """Northing for easting, nothing, and the far end of space lie outside the area of a grid; nothing is thrown."""
    found = geodesy.inside("EPSG:26920", [440870, 6133665, np.nan, 1e12], [6133665, 440870, 0, 1e12])
    assert found.tolist() == [True, False, False, False]
    assert np.isnan(geodesy.convergence("EPSG:26920", [np.nan, 1e12], [0, 1e12])).all()


@pytest.mark.parametrize("crs", ["", "EPSG:", "EPSG:999999", "local grid", "26920x"])
def test_an_unknown_grid_is_refused_in_one_line(crs: str) -> None:
    """A reference system that is not known is named, with an example of one that is."""
    with pytest.raises(geodesy.CrsError, match=r"is known; name one .* EPSG:26920") as told:
        geodesy.name(crs)
    assert "\n" not in str(told.value)


def test_degrees_have_no_convergence() -> None:
    """Asking a system in degrees for its grid north says what to name instead."""
    with pytest.raises(geodesy.CrsError, match="WGS 84 counts in degrees; name a grid"):
        geodesy.convergence("EPSG:4326", 0.0, 0.0)


def test_feet_and_metres_of_grids() -> None:
    """A grid says what it counts in: metres, international feet or the feet of its survey."""
    assert [geodesy.axis_unit(crs) for crs in ("EPSG:26920", "EPSG:26851", "EPSG:2868", "EPSG:4326")] == [
        "m",
        "ft",
        "ft",
        "degree",
    ]
    assert geodesy.metres("EPSG:2868") == pytest.approx(0.3048, abs=0)
    assert geodesy.metres("EPSG:26851") / 0.3048 - 1 == pytest.approx(2e-6, rel=1e-3)


WORLD_MODEL = [(0.0, 80.0, -1.28), (120.0, 0.0, 0.16), (240.0, -80.0, 69.36)]
"""Declinations that the world magnetic model prints for its own test, at sea level on 2020-01-01."""


@pytest.mark.parametrize(("longitude", "latitude", "expected"), WORLD_MODEL)
def test_two_models_of_the_field_agree(longitude: float, latitude: float, expected: float) -> None:
    """The reference field and the world magnetic model of another agency agree to a twentieth of a degree."""
    found = geomagnetism.declination(longitude, latitude, 0.0, date(2020, 1, 1))
    assert float(found) == pytest.approx(expected, abs=0.05)


@settings(deadline=None, max_examples=25)
@given(st.floats(-180, 180), st.floats(-75, 75), st.floats(0, 4000), st.dates(geomagnetism.FIRST, geomagnetism.LAST))
def test_the_field_between_epochs_is_the_librarys(longitude: float, latitude: float, height: float, day: date) -> None:
    """Looking up two epochs and going between them gives what the library gives for the day itself."""
    east, north, _ = ppigrf.igrf(longitude, latitude, height / 1000, datetime(day.year, day.month, day.day))
    apart = (
        float(geomagnetism.declination(longitude, latitude, height, day)) - np.degrees(np.arctan2(east, north)).item()
    )
    assert (apart + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


def test_a_day_outside_the_field_is_refused() -> None:
    """The field holds from 1900 to 2030; a missing day is refused like one outside."""
    for day in (date(1899, 12, 31), date(2030, 1, 2), np.datetime64("NaT")):
        with pytest.raises(ValueError, match="IGRF-14 holds from 1900-01-01 to 2030-01-01"):
            geomagnetism.declination(0.0, 0.0, 0.0, day)


COLLARS = pl.DataFrame(
    {
        "hole": ["A", "B", "C"],
        "easting_m": [440870.0, 440825.0, 6133270.0],
        "northing_m": [6133665.0, 6133270.0, 440825.0],
    }
)

ROWS = [
    ("A", 0.0, 326.0, -60.0, "gyro", "2020-08-20", None),
    ("A", 30.0, 326.0, -60.0, "Single-shot ", "2020-08-20", None),
    ("A", 60.0, 5.0, -60.0, "grid", None, None),
    ("A", 90.0, 326.0, -60.0, "single-shot", None, "no date"),
    ("A", 120.0, 326.0, -60.0, "single-shot", "20 August", "a date that is none"),
    ("A", 150.0, 326.0, -60.0, "single-shot", "1880-08-20", "date outside IGRF-14"),
    ("A", 180.0, 326.0, -60.0, "acid", "2020-08-20", "no reference for its method"),
    ("A", 210.0, 400.0, -60.0, "gyro", "2020-08-20", "azimuth outside 0 to 360"),
    ("X", 0.0, 326.0, -60.0, "gyro", "2020-08-20", "no collar"),
    ("C", 0.0, 326.0, -60.0, "gyro", "2020-08-20", "collar far outside the area of the grid"),
    ("B", 0.0, None, -90.0, "gyro", "2020-08-20", None),
]
NORTHS = {"gyro": "true", "single-shot": "magnetic", "grid": "grid"}


def surveys() -> pl.DataFrame:
    """Surveys by several methods, with what can be wrong with them."""
    names = ["hole", "depth_m", "azimuth_deg", "dip_deg", "method", "date"]
    return pl.DataFrame([row[:6] for row in ROWS], schema=names, orient="row")


def test_azimuths_are_turned_and_say_how() -> None:
    """Grid is magnetic plus declination less convergence; measured value, reference and both angles stand beside it."""
    found = to_grid_north(surveys(), COLLARS, reference=NORTHS, crs="EPSG:26920").surveys
    gyro, compass, grid = found.select("azimuth_deg", *APPLIED).rows()[:3]
    convergence = float(geodesy.convergence("EPSG:26920", 440870.0, 6133665.0))
    declination = float(
        geomagnetism.declination(*geodesy.lonlat("EPSG:26920", 440870.0, 6133665.0), 0.0, date(2020, 8, 20))
    )
    assert gyro == (pytest.approx(326.0 - convergence), 326.0, "true", None, convergence)
    assert compass == (pytest.approx(326.0 + declination - convergence), 326.0, "magnetic", declination, convergence)
    assert grid == (5.0, 5.0, "grid", None, None)
    assert round(compass[0], 2) == 305.72  # the release drilled this hole towards 305


def test_what_cannot_be_turned_is_listed() -> None:
    """Every row is kept; one that cannot be turned has no azimuth, and stands in the list with its reason."""
    found = to_grid_north(surveys(), COLLARS, reference=NORTHS, crs="EPSG:26920")
    assert dict(found.unturned.select("row", "reason").rows()) == {
        row: said[6] for row, said in enumerate(ROWS) if said[6]
    }
    assert found.surveys.height == len(ROWS)
    assert found.surveys["azimuth_deg"].is_null().to_list() == [said[6] is not None or said[2] is None for said in ROWS]
    assert found.surveys.select(surveys().columns).drop("azimuth_deg").equals(surveys().drop("azimuth_deg"))


def test_a_day_for_rows_without_one() -> None:
    """A day given for undated rows serves those, and only those."""
    found = to_grid_north(surveys(), COLLARS, reference=NORTHS, crs="EPSG:26920", undated=date(2020, 8, 20))
    assert found.surveys["azimuth_deg"][3] == found.surveys["azimuth_deg"][1]
    assert "no date" not in found.unturned["reason"].to_list()


def test_what_the_caller_does_wrong_is_refused() -> None:
    """Turning twice, an unknown north, norths by method without methods, and feet in a grid of metres are refused."""
    turned = to_grid_north(surveys(), COLLARS, reference="true", crs="EPSG:26920").surveys
    with pytest.raises(ValueError, match="were turned before"):
        to_grid_north(turned, COLLARS, reference="true", crs="EPSG:26920")
    with pytest.raises(ValueError, match="not from 'mine'"):
        to_grid_north(surveys(), COLLARS, reference="mine", crs="EPSG:26920")
    with pytest.raises(ValueError, match="need a column method"):
        to_grid_north(surveys().drop("method"), COLLARS, reference=NORTHS, crs="EPSG:26920")
    with pytest.raises(ValueError, match="counts in ft, the collars in m"):
        to_grid_north(surveys(), COLLARS, reference="true", crs="EPSG:26851")
