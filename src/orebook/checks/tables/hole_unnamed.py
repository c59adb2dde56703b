"""Rows that name no hole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_views import ALONG, holes


@table_rule("T101", on="tables", basis="a row belongs to a hole")
def hole_unnamed(tables: Tables) -> Iterator[Faults]:
    """A row names no hole.

    What it does:
    Looks for rows of collars, surveys and intervals in which the name of the hole is empty or blank.

    Why it matters:
    Nobody can say where such a row belongs; every step after this one leaves it out.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        ,1050.0,2000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0

    Help:
    Write the name of the hole into each row; a sheet that names it once above its rows needs it in all of them.
    """
    for table in ("collars", *ALONG):
        if tables.has(table, "hole"):
            unnamed = holes(tables, table).is_null()
            rows = pl.DataFrame({"line": unnamed.arg_true() + 2})
            yield Faults("error", rows, lambda _: "this row names no hole", {table: "line"}, _lead(tables, table))


def _lead(tables: Tables, table: str) -> tuple[str, ...]:
    """The first columns of a table, by which one finds the row again."""
    return tuple(tables.frame(table).columns[:4])
