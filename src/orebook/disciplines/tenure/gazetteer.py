"""A gazetteer that needs no network: towns of the world with their coordinates, beside those that a book keeps.

``towns.parquet`` is boiled down from GeoNames (CC BY 4.0) by ``tools/gazetteer.py``: whoever prints what rests on it
names GeoNames. It knows places from 500 people on, so that smaller ones belong into the book's own table of towns.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import BytesIO

import polars as pl

CREDIT = "GeoNames (CC BY 4.0)"
"""Whom to name beside a place that was looked up here."""

SMALLEST = (500, 1000, 5000, 15000)
"""From how many people on towns may be asked for."""

_DEGREES = 10_000.0
"""The file keeps coordinates in so many parts of a degree."""


@cache
def _towns() -> pl.DataFrame:
    """Every town: name, region, country, coordinates in degrees, people, and whom to name."""
    table = pl.read_parquet(BytesIO(files(__package__).joinpath("towns.parquet").read_bytes()))
    place = [(pl.col(name) / _DEGREES).alias(f"{name}_deg") for name in ("longitude", "latitude")]
    people = pl.col("people").cast(pl.Int64)
    return table.select("town", "region", "country", *place, people, pl.lit(CREDIT).alias("document"))


def towns_named(names: Iterable[str], *, country: str = "", smallest: int = 500) -> pl.DataFrame:
    """Every town of these names, the largest of each name first: region, country, coordinates in degrees, people.

    ``country`` is a code of two letters. A name that fits several towns gives several rows; which is meant is for a
    person to say. Raises ``ValueError`` for a size that is not there.

    >>> found = towns_named(["Kamloops"], country="CA", smallest=15000)
    >>> [(row["town"], round(row["latitude_deg"], 1), row["document"]) for row in found.to_dicts()]
    [('Kamloops', 50.7, 'GeoNames (CC BY 4.0)')]
    """
    if smallest not in SMALLEST:
        raise ValueError(f"towns are listed from {', '.join(map(str, SMALLEST))} people on, not from {smallest}")
    wanted = {name.casefold() for name in names}
    kept = _towns().filter(pl.col("people") >= smallest)
    kept = kept.filter(pl.col("country") == country) if country else kept
    known = [name for name in kept["town"].unique().to_list() if name.casefold() in wanted]
    return kept.filter(pl.col("town").is_in(known)).sort("town", "people", descending=[False, True])


def towns_near(longitude: float, latitude: float, *, degrees: float = 3.0, smallest: int = 5000) -> pl.DataFrame:
    """Towns within so many degrees of latitude and of longitude, for ``places.nearest_towns`` to choose from.

    Near the poles it finds fewer than there are.

    >>> towns_near(-120.3, 50.7, degrees=0.3, smallest=15000)["town"].to_list()
    ['Brocklehurst', 'Kamloops']
    """
    near = (pl.col("latitude_deg") - latitude).abs() <= degrees
    across = (pl.col("longitude_deg") - longitude).abs()
    near &= pl.min_horizontal(across, 360.0 - across) <= degrees
    return _towns().filter(near & (pl.col("people") >= smallest)).sort("town", "people", descending=[False, True])
