"""Collars without elevation."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_views import numbers


@table_rule("T109", on="collars", basis="geometry of a hole")
def elevation_missing(tables: Tables) -> Iterator[Remark | Faults]:
    """A collar has no elevation.

    What it does:
    Looks for collars whose elevation is empty; where none has one, it says so once.

    Why it matters:
    Without elevation the holes lie in a plane, and their intervals above or below where they are.

    Flagged:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,310.0
        CL20038,1050.0,2000.0,

    Fine:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,310.0
        CL20038,1050.0,2000.0,312.5

    Help:
    Take the elevation from the survey of the collars, or from a terrain model, and note which.
    """
    key = tables.key("elevation")
    if not tables.has("collars"):
        return
    lacking = numbers(tables, "collars", key).filter(pl.col(key).is_null())
    if lacking.height == tables.frame("collars").height:
        yield remark("warning", f"no collar has an elevation ({key})", [tables.source("collars", 1)])
    else:
        yield Faults("warning", lacking, lambda _: f"this collar has no {key}", {"collars": "line"})
