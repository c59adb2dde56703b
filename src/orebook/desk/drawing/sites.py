"""Sites: where the properties of a book lie on the earth, and the towns around them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.disciplines.tenure.gazetteer import CREDIT, towns_near
from orebook.disciplines.tenure.places import way
from orebook.ground.needs import MissingError
from orebook.ground.schema import LENGTHS
from orebook.maths.geodesy import CrsError, is_projected, lonlat
from orebook.reports.drawings.locator import Locator, Place, Way
from orebook.reports.drawings.plan import INSET
from orebook.reports.drawings.svg import Drawing
from orebook.reports.drawings.world import Looking

_DEGREES = 9.0
"""So far to the north and south towns are looked for."""

_TOWN, _NEAR = 5_000, 60
"""All towns of so many people are looked at, and so many of the nearest smaller places."""

_INSET_KM = 900.0
"""So far reaches the small map in the corner of a plan."""

_KM = {"m": 0.001, "ft": 0.0003048}


class Sites(NamedTuple):
    """The property that is spoken of, and the others of the book whose place is known."""

    site: Place
    others: tuple[Place, ...]


def sites(seen: HolesInSpace, name: str = "") -> Sites:
    """Where the properties of a book lie: as book.toml says, else at the middle of the collars.

    Raises ``AskedWronglyError`` for a property that the book does not name, and ``BookError`` where nothing says where
    it lies.
    """
    known = seen.bench.settings.properties
    if name and name not in {each.name for each in known}:
        names = [each.name for each in known]
        instead = did_you_mean(name, names) or f"; book.toml names {', '.join(names) or 'none'}"
        raise AskedWronglyError(f"no property is called {name!r}{instead}")
    placed = [
        Place(each.name, each.longitude, each.latitude)
        for each in known
        if each.longitude is not None and each.latitude is not None
    ]
    first = next((each for each in placed if name in ("", each.name)), None)
    if first is None and len(known) < 2:
        called = known[0].name if known else f"Collars of {seen.bench.settings.issuer.rstrip('.')}"
        first = _by_collars(seen, called)
    if first is None:
        raise BookError(
            f"nothing says where {name or 'the property'} lies; write longitude and latitude under [[properties]], "
            "or the grid of its collars as space.crs"
        )
    return Sites(first, tuple(each for each in placed if each != first))


def _by_collars(seen: HolesInSpace, name: str) -> Place | None:
    """The middle of the collars in degrees; nothing without collars or a grid that a register knows."""
    table, crs = seen.bench.table("collars"), seen.bench.settings.crs
    if table is None or not table.height or not crs or crs == "local":
        return None
    unit = next((unit for unit in LENGTHS if f"easting_{unit}" in table.columns), "m")
    middle = table.select(pl.col(f"easting_{unit}", f"northing_{unit}").median()).row(0)
    try:
        if None in middle or not is_projected(crs):
            return None
        longitude, latitude = lonlat(crs, *middle)
    except CrsError:
        return None
    found = Place(name, float(longitude), float(latitude))
    return found if np.isfinite([found.longitude, found.latitude]).all() else None


def located(seen: HolesInSpace, name: str, half: float, width: float, height: float) -> Locator:
    """The locator map of a property; ``half`` is how far it reaches, in the unit of the book, nought for as it fits."""
    found = sites(seen, name)
    towns = towns_around(found.site, _own_towns(seen))
    return Locator(
        found.site,
        towns,
        nearest(found.site, towns),
        found.others,
        half * _KM[seen.unit],
        width,
        height,
        f"Towns: {CREDIT}.",
        seen.source,
    )


def small_map(site: Place, width: float, height: float) -> Drawing:
    """A small map of where a place lies: land, borders, and the place in its middle."""
    locator = Locator(site, half_km=_INSET_KM, width=width, height=height)
    body = f'<g transform="translate(1 1)">{locator.inset()}</g>'  # the frame is a line, half of it outside
    return Drawing(f"Where {site.name} lies", width + 2.0, height + 2.0, body)


def inset_of(seen: HolesInSpace) -> str:
    """A small map of where the collars lie, for the corner of a plan; nothing where their place is not known."""
    try:
        found = _by_collars(seen, "")
    except MissingError:
        return ""
    return "" if found is None else _inset(round(found.longitude, 3), round(found.latitude, 3))


@lru_cache(maxsize=8)
def _inset(longitude: float, latitude: float) -> str:
    return Locator(Place("", longitude, latitude), half_km=_INSET_KM, width=INSET[0], height=INSET[1]).inset()


def _own_towns(seen: HolesInSpace) -> list[Place]:
    """The towns that the book itself has."""
    table = seen.bench.table("towns")
    if table is None:
        return []
    rows = table.select("town", "longitude_deg", "latitude_deg").drop_nulls().iter_rows()
    return [Place(str(town), float(longitude), float(latitude)) for town, longitude, latitude in rows]


def towns_around(site: Place, own: Sequence[Place] = ()) -> list[Place]:
    """The larger towns around a place, and the nearest small ones; those of the book before all others."""
    table = towns_near(site.longitude, site.latitude, degrees=_DEGREES, smallest=500)
    east, north = Looking(site.longitude, site.latitude).km(
        table["longitude_deg"].to_numpy(), table["latitude_deg"].to_numpy()
    )
    near = table.with_columns(away=np.hypot(east, north)).sort("away")
    kept = pl.concat([near.head(_NEAR), near.slice(_NEAR).filter(pl.col("people") >= _TOWN)])
    names = {each.name.casefold() for each in own}
    rows = kept.select("town", "longitude_deg", "latitude_deg", "people").iter_rows()
    return [*own, *(Place(*row) for row in rows if row[0].casefold() not in names)]


def nearest(site: Place, towns: Sequence[Place]) -> Way | None:
    """The straight way from the nearest town, as it is said."""
    return next(iter(ways(site, towns, 1)), None)


def ways(site: Place, towns: Sequence[Place], most: int) -> list[Way]:
    """The straight ways from the nearest towns, as they are said, the nearest first.

    >>> towns = [Place("Normétal", -79.3735, 49.0014), Place("Matheson", -80.4667, 48.5333)]
    >>> [found.said for found in ways(Place("Harrow Lake", -79.4544, 49.4623), towns, 2)]
    ['52 km N of', '127 km NE of']
    """
    if not towns:
        return []
    looking = Looking(site.longitude, site.latitude)
    away = [float(np.hypot(*looking.km(each.longitude, each.latitude))) for each in towns]
    return [_way(towns[at], site) for at in np.argsort(away, kind="stable")[:most].tolist()]


def _way(town: Place, site: Place) -> Way:
    found = way(town.longitude, town.latitude, site.longitude, site.latitude)
    said = f"{found.km:,.0f}" if found.km >= 10 else f"{found.km:.1f}"
    return Way(town, f"{said} km {found.point} of")
