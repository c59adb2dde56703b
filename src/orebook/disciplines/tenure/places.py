"""Places: how far and in which direction a property lies from a town, straight over the earth or by road.

A straight distance is the geodesic over WGS 84; by road only somebody who measured it can say. So a stated distance is
put beside the straight one with its basis, and a road can be longer than the straight line but never shorter.
"""

from decimal import Decimal
from typing import NamedTuple

import numpy as np
import polars as pl

from orebook.disciplines.tenure.columns import Types, shaped
from orebook.disciplines.tenure.compass import azimuth, direction, point, points_apart
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.maths.geodesy import geodesic

TOWN: Types = {
    "town": pl.String,
    "region": pl.String,
    "country": pl.String,
    "longitude_deg": pl.Float64,
    "latitude_deg": pl.Float64,
    "document": pl.String,
}
"""The columns of ``towns``, the gazetteer of the book; degrees on WGS 84, east and north positive."""

SITE: Types = {
    "property": pl.String,
    "longitude_deg": pl.Float64,
    "latitude_deg": pl.Float64,
    "extent_km": pl.Float64,
}
"""Where properties lie: a point in degrees on WGS 84, and how far the ground reaches from it."""

DISTANCE: Types = {
    "property": pl.String,
    "town": pl.String,
    "region": pl.String,
    "distance": pl.String,
    "direction": pl.String,
    "basis": pl.String,
    "said_on": pl.Date,
    "document": pl.String,
}
"""The columns of ``distances``: what documents say, the distance as it is printed (``155 km``)."""

STRAIGHT, ROAD = "straight", "road"
BASES = (STRAIGHT, ROAD)
"""What a distance may be measured along; where nobody says it, nothing is chosen."""

_METRES = 1000.0


class Way(NamedTuple):
    """The straight way from a town to a property: kilometres, azimuth at the town in degrees, and its point."""

    km: float
    azimuth: float
    point: str

    def words(self, of: int = 8) -> str:
        """The direction in words of a compass of so many points."""
        return direction(self.azimuth, of)


def way(longitude: float, latitude: float, to_longitude: float, to_latitude: float) -> Way:
    """The straight way between two points in degrees on WGS 84; an azimuth of NaN where they are one.

    >>> found = way(-120.341, 50.676, -118.9011, 51.7764)  # Kamloops to Ruddock Creek
    >>> round(found.km, 1), found.point, found.words()
    (158.5, 'NE', 'northeast')
    """
    turned, length = geodesic(longitude, latitude, to_longitude, to_latitude)
    angle = float(turned)
    return Way(float(length) / _METRES, angle, "" if np.isnan(angle) else point(angle))


def nearest_towns(sites: pl.DataFrame, towns: pl.DataFrame, most: int = 3) -> pl.DataFrame:
    """For each property the nearest towns: kilometres straight, azimuth from the town in degrees, point and words.

    Properties and towns without coordinates are left out.
    """
    pairs = shaped(sites, SITE).drop("extent_km").drop_nulls().join(shaped(towns, TOWN), how="cross", suffix="_town")
    pairs = pairs.drop_nulls(["longitude_deg_town", "latitude_deg_town"])
    found = _with_ways(pairs.drop("document"))
    order = found.sort("property", "straight_km", "town", "region")
    return order.group_by("property", maintain_order=True).head(most)


def _with_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a property and a town with the straight way from the town to the property."""
    if not pairs.height:
        return pairs.select(
            *[name for name in pairs.columns if not name.startswith(("longitude", "latitude"))],
            *(pl.lit(None, kind).alias(name) for name, kind in _WAY.items()),
        )
    names = ("longitude_deg_town", "latitude_deg_town", "longitude_deg", "latitude_deg")
    turned, length = geodesic(*(pairs[name].to_numpy() for name in names))
    made = pairs.with_columns(
        pl.Series("straight_km", length / _METRES), pl.Series("azimuth_deg", turned, nan_to_null=True)
    )
    words = [(None, None) if angle is None else (point(angle), direction(angle)) for angle in made["azimuth_deg"]]
    made = made.with_columns(
        pl.Series("point", [each[0] for each in words], dtype=pl.String),
        pl.Series("words", [each[1] for each in words], dtype=pl.String),
    )
    return made.drop(names)


_WAY = {"straight_km": pl.Float64, "azimuth_deg": pl.Float64, "point": pl.String, "words": pl.String}


def distances(said: pl.DataFrame, sites: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    """Stated distances beside the straight ones, with what they can be.

    ``fits`` is ``straight`` where the printed digits hold the straight distance to some ground of the property,
    ``longer`` where what is stated is more (a road can be), ``shorter`` where it is less (no road can be, so two points
    were meant otherwise), and missing without coordinates. ``off_km`` is what is stated less the straight distance to
    the point of the property, ``points_off`` by how many of sixteen points the stated direction is off.
    """
    rows = shaped(said, DISTANCE).drop_nulls(["property", "town"])
    towns_ = (
        shaped(towns, TOWN).drop("document", "country").unique(["town", "region"], keep="first", maintain_order=True)
    )
    known = _placed(rows, towns_)
    joined = known.join(shaped(sites, SITE).unique("property", keep="first"), on="property", how="left")
    made = _with_ways(joined)
    verdicts = [_verdict(*row) for row in made.select(*_JUDGED).rows()]
    columns = {"stated_km": pl.Float64, "fits": pl.String, "off_km": pl.Float64, "points_off": pl.Float64}
    return pl.concat([made.drop("extent_km"), pl.DataFrame(verdicts, columns, orient="row")], how="horizontal")


_JUDGED = ("distance", "direction", "straight_km", "azimuth_deg", "extent_km")


def _placed(rows: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    """Rows with the coordinates of their towns: of that region, or where none is said of the one town of that name."""
    coordinates = {"longitude_deg": "longitude_deg_town", "latitude_deg": "latitude_deg_town"}
    single = towns.filter(pl.len().over("town") == 1).drop("region").rename(coordinates)
    named = rows.filter(pl.col("region").is_not_null()).join(
        towns.rename(coordinates), on=["town", "region"], how="left"
    )
    alone = rows.filter(pl.col("region").is_null()).join(single, on="town", how="left")
    return pl.concat([named, alone.select(named.columns)]).sort("property", "town", "said_on")


def _verdict(
    distance: str | None, towards: str | None, straight: float | None, angle: float | None, extent: float | None
) -> tuple[float | None, str | None, float | None, float | None]:
    turned = azimuth(towards) if towards else None
    off = points_apart(turned, angle) if turned is not None and angle is not None else None
    stated = kilometres(distance)
    if stated is None or distance is None:
        return None, None, None, off
    km = float(printed(distance) or 0)
    if straight is None or np.isnan(straight):
        return km, None, None, off
    near, far = straight - (extent or 0.0), straight + (extent or 0.0)
    fits = "longer" if far < stated.low else "shorter" if near > stated.high else "straight"
    return km, fits, km - straight, off


def kilometres(said: str | None) -> Range | None:
    """All distances in kilometres that a printed one may stand for; nothing for what is no length.

    >>> kilometres("~80 km"), kilometres("80"), kilometres("soon")
    (Range(75, 85, 'km'), None, None)
    """
    figure = _figure(said)
    return None if figure is None else figure.range().to("km")


def printed(said: str | None) -> Decimal | None:
    """The printed distance in kilometres, without its doubt.

    >>> printed("up to 120 km"), printed("80 miles")
    (Decimal('120'), Decimal('128.74752'))
    """
    figure = _figure(said)
    return None if figure is None else Range.exact(figure.value, figure.unit).to("km").low


def _figure(said: str | None) -> Figure | None:
    try:
        figure = Figure.parse(said or "")
    except ValueError:
        return None
    return figure if figure.unit and unit(figure.unit).dimension == unit("km").dimension else None
