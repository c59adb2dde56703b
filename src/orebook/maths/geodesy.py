"""Geodesy: reference systems of coordinates, what they count in, where they hold, how their north lies.

The one door to pyproj. A reference system is named as people name it: ``EPSG:26920``, ``26920``, ``NAD83 / UTM zone
20N`` or a WKT text. Coordinates are always easting before northing and longitude before latitude, whatever order the
register prints.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from orebook.ground.needs import need

Floats = NDArray[np.float64]

AXIS_UNITS = {"metre": "m", "foot": "ft", "US survey foot": "ft", "degree": "degree"}
"""The unit of a book for what a reference system counts in; two parts in a million lie between the two feet."""


class CrsError(ValueError):
    """A reference system that is not known, or that cannot do what is asked of it; the message says what instead."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a reference system may be used: a name, and bounds in degrees; a west above the east crosses 180."""

    name: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.bool_]:
        """Whether points lie in the area; a point that is not finite does not.

        >>> Area("Fiji", 176.8, -20.8, -178.2, -12.4).holds([178.0, -179.0, 0.0], -15.0).tolist()
        [True, True, False]
        """
        east, north = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
        if self.west <= self.east:
            across = (east >= self.west) & (east <= self.east)
        else:
            across = (east >= self.west) | (east <= self.east)
        return across & (north >= self.south) & (north <= self.north)

    def wider(self, degrees: float) -> "Area":
        """The area with so many degrees more on every side.

        >>> area_of_use("EPSG:26920").wider(3.0).west
        -69.0
        """
        return Area(self.name, self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees)


@lru_cache(maxsize=64)
def _crs(crs: str | int) -> Any:
    pyproj = need("pyproj", extra="geo")
    try:
        return pyproj.CRS.from_user_input(int(crs) if str(crs).strip().isdigit() else crs)
    except pyproj.exceptions.CRSError:
        raise CrsError(
            f"no coordinate reference system {str(crs)[:80]!r} is known; name one by its register and number, "
            "such as EPSG:26920 (NAD83 / UTM zone 20N)"
        ) from None


@lru_cache(maxsize=64)
def _transformer(source: str | int, target: str | int) -> Any:
    """What turns coordinates of one system into another; an empty target is the source's own degrees."""
    pyproj = need("pyproj", extra="geo")
    there = _crs(target) if target else _crs(source).geodetic_crs
    if there is None:
        raise CrsError(f"{name(source)} is tied to no datum, so its points have no longitude and latitude")
    return pyproj.Transformer.from_crs(_crs(source), there, always_xy=True)


def name(crs: str | int) -> str:
    """The name of a reference system in its register. Raises ``CrsError`` for one that is not known.

    >>> name("EPSG:26920")
    'NAD83 / UTM zone 20N'
    >>> name("EPSG:999999")
    Traceback (most recent call last):
        ...
    orebook.maths.geodesy.CrsError: no coordinate reference system 'EPSG:999999' is known; name one by its register ...
    """
    return str(_crs(crs).name)


def code(crs: str | int) -> str:
    """Register and number of a reference system, or nothing if the register holds none that is the same.

    >>> code("NAD83 / UTM zone 20N")
    'EPSG:26920'
    """
    found = _crs(crs).to_authority()
    return ":".join(found) if found else ""


def is_projected(crs: str | int) -> bool:
    """Whether a reference system counts in lengths on a plane, not in degrees.

    >>> is_projected("EPSG:26920"), is_projected("EPSG:4326")
    (True, False)
    """
    return bool(_crs(crs).is_projected)


def axis_unit(crs: str | int) -> str:
    """What the coordinates of a reference system count in: ``m``, ``ft`` or ``degree``, or the register's own word.

    >>> axis_unit("EPSG:26920"), axis_unit("EPSG:26851"), axis_unit("EPSG:4326")
    ('m', 'ft', 'degree')
    """
    unit = str(_crs(crs).axis_info[0].unit_name)
    return AXIS_UNITS.get(unit, unit)


def metres(crs: str | int) -> float:
    """Metres in one unit of the coordinates of a projected reference system. Raises ``CrsError`` for degrees.

    >>> metres("EPSG:26851")
    0.304800...
    """
    _projected(crs)
    return float(_crs(crs).axis_info[0].unit_conversion_factor)


def area_of_use(crs: str | int) -> Area:
    """Where a reference system may be used: all the world where its register does not say.

    >>> area_of_use("EPSG:26920").west, area_of_use("EPSG:26920").east
    (-66.0, -60.0)
    """
    area = _crs(crs).area_of_use
    if area is None:
        return Area("World", -180.0, -90.0, 180.0, 90.0)
    return Area(area.name, area.west, area.south, area.east, area.north)


def lonlat(crs: str | int, easting: ArrayLike, northing: ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude, in degrees of the system's own datum, of points given by easting and northing.

    A point that the projection cannot hold is NaN.

    >>> [round(float(angle), 6) for angle in lonlat("EPSG:26920", 440870.0, 6133665.0)]
    [-63.932411, 55.345768]
    """
    return _moved(crs, "", easting, northing)


def projected(crs: str | int, longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """Easting and northing of points given by longitude and latitude in degrees of the system's own datum.

    >>> [round(float(length), 3) for length in projected("EPSG:26920", -63.0, 55.0)]
    [500000.0, 6094791.421]
    """
    _projected(crs)
    own = _transformer(crs, "")
    found = own.transform(*_pair(longitude, latitude), direction="INVERSE")
    return _finite(found)


def moved(source: str | int, target: str | int, easting: ArrayLike, northing: ArrayLike) -> tuple[Floats, Floats]:
    """Points of one reference system in another, such as a grid on another datum; degrees count as easting, northing.

    >>> [round(float(length)) for length in moved("EPSG:26920", "EPSG:26919", 440870.0, 6133665.0)]
    [821224, 6144967]
    """
    return _moved(source, target, easting, northing)


def inside(crs: str | int, easting: ArrayLike, northing: ArrayLike) -> NDArray[np.bool_]:
    """Whether points lie where their reference system may be used.

    >>> inside("EPSG:26920", [440870.0, 6133665.0], [6133665.0, 440870.0]).tolist()
    [True, False]
    """
    return area_of_use(crs).holds(*lonlat(crs, easting, northing))


def convergence(crs: str | int, easting: ArrayLike, northing: ArrayLike) -> Floats:
    """Angle from true north to the north of a grid at points, in degrees, clockwise positive.

    An azimuth from grid north is the one from true north less the convergence. Raises ``CrsError`` for a system in
    degrees, whose north is true north. Source: handbook 2.

    >>> round(float(convergence("EPSG:26920", 440870.0, 6133665.0)), 4)
    -0.767
    """
    _projected(crs)
    pyproj = need("pyproj", extra="geo")
    east, north = lonlat(crs, easting, northing)
    there = np.isfinite(east) & np.isfinite(north)
    factors = pyproj.Proj(_crs(crs)).get_factors(np.where(there, east, 0.0), np.where(there, north, 0.0))
    angle = np.where(there, np.asarray(factors.meridian_convergence, dtype=np.float64), np.nan)
    return np.where(np.isfinite(angle), angle, np.nan)


def geodesic(
    longitude: ArrayLike, latitude: ArrayLike, to_longitude: ArrayLike, to_latitude: ArrayLike
) -> tuple[Floats, Floats]:
    """The straight way over the ellipsoid WGS 84 from points to others: azimuth at the start, and length in metres.

    Azimuths are in degrees clockwise from true north, from nought up to 360; a point has none to itself. What is no
    point on the earth gives NaN. Source: the inverse geodesic problem, C. F. F. Karney, J. Geod. 87 (2013), 43–55, as
    PROJ solves it.

    >>> [float(each.round(2)) for each in geodesic(0.0, 0.0, 1.0, 0.0)]
    [90.0, 111319.49]
    """
    said = (longitude, latitude, to_longitude, to_latitude)
    points = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in said))
    there = np.isfinite(points).all(axis=0) & (np.abs(points[1]) <= 90.0) & (np.abs(points[3]) <= 90.0)
    pyproj = need("pyproj", extra="geo")
    found = pyproj.Geod(ellps="WGS84").inv(*(np.where(there, each, 0.0) for each in points))
    azimuth, length = (np.asarray(found[place], dtype=np.float64) for place in (0, 2))
    azimuth = np.where(there & (length > 0.0), azimuth % 360.0, np.nan)
    return azimuth, np.where(there, length, np.nan)


def _projected(crs: str | int) -> None:
    if not is_projected(crs):
        raise CrsError(f"{name(crs)} counts in degrees; name a grid, such as EPSG:26920 (NAD83 / UTM zone 20N)")


def _moved(source: str | int, target: str | int, easting: ArrayLike, northing: ArrayLike) -> tuple[Floats, Floats]:
    return _finite(_transformer(source, target).transform(*_pair(easting, northing)))


def _pair(one: ArrayLike, other: ArrayLike) -> tuple[Floats, Floats]:
    first, second = np.broadcast_arrays(np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64))
    return first.copy(), second.copy()


def _finite(pair: tuple[Any, Any]) -> tuple[Floats, Floats]:
    first, second = (np.asarray(each, dtype=np.float64) for each in pair)
    there = np.isfinite(first) & np.isfinite(second)
    return np.where(there, first, np.nan), np.where(there, second, np.nan)
