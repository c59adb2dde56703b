"""Coordinates without a grid."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule


@table_rule("T112", on="collars", basis="a coordinate belongs to a grid")
def grid_undeclared(tables: Tables) -> Iterator[Remark]:
    """Nobody says to which grid the coordinates belong.

    What it does:
    Looks whether the book declares a coordinate reference system for its collars.

    Why it matters:
    Easting and northing without a grid fit many places on earth. They lie on no map, true north cannot be had from grid
    north, and nobody notices when a second table comes in another zone.

    Flagged:

        crs:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

    Fine:

        crs: EPSG:26920

        collars
        hole,easting_m,northing_m
        CL20037,432000.0,6132000.0

    Help:
    Declare it as an EPSG code such as EPSG:26920, or as ``local`` where the grid is the mine's own.
    """
    if tables.has("collars") and not tables.crs.strip():
        text = "no grid is declared: write an EPSG code, or the word local, under space.crs of book.toml"
        yield remark("warning", text, [tables.source("collars", 1)])
