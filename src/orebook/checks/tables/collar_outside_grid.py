"""Collars outside the area in which their grid holds."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_grid import grid, places
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.maths.geodesy import area_of_use


@table_rule("T115", on="collars", basis="area of use in the register of grids")
def collar_outside_grid(tables: Tables) -> Iterator[Remark | Faults]:
    """A collar lies outside the area of use of its grid.

    What it does:
    Turns each collar into longitude and latitude and compares them with the area for which the register gives the grid.
    Up to 3 degrees beyond it is a warning, because projects cross the edge of a zone; further away is an error. A grid
    that no register knows, and one that counts in another unit than the book, are errors. Where the library that knows
    grids is missing, a note says that nothing was compared.

    Why it matters:
    The grid is another one than declared (a neighbouring zone, another country), or a coordinate lost a digit.

    Flagged:

        crs: EPSG:26920

        collars
        hole,easting_m,northing_m
        CL20037,432000.0,6132000.0
        CL20038,432010.0,613205.0

    Fine:

        crs: EPSG:26920

        collars
        hole,easting_m,northing_m
        CL20037,432000.0,6132000.0
        CL20038,432010.0,6132050.0

    Help:
    Compare the declared grid with the survey report of the collars.
    """
    if not tables.has("collars", "hole", tables.key("easting"), tables.key("northing")):
        return
    declared, head = grid(tables), [tables.source("collars", 1)]
    if declared.note:
        yield remark("note", f"collars were not compared with the area of {tables.crs}: {declared.note}", head)
    if declared.trouble:
        yield remark("error", declared.trouble, head)
    if not (declared.known and declared.projected):
        return
    if declared.unit != tables.length:
        yield remark("error", f"{tables.crs} counts in {declared.unit}, the book in {tables.length}", head)
        return
    area = area_of_use(tables.crs.strip())

    def say(row: Row) -> str:
        nowhere = row["longitude"] is None or row["longitude"] != row["longitude"]
        where = "nowhere on earth" if nowhere else f"at {row['longitude']:.2f}, {row['latitude']:.2f} degrees"
        ends = f"{area.west:.2f} to {area.east:.2f} and {area.south:.2f} to {area.north:.2f}"
        return f"lies {where}; {tables.crs} holds from {ends}"

    quoted = (tables.key("easting"), tables.key("northing"))
    outside = places(tables).filter("outside")
    yield Faults("error", outside.filter(~pl.col("near")), say, {"collars": "line"}, quoted)
    yield Faults("warning", outside.filter(pl.col("near")), say, {"collars": "line"}, quoted)
