"""Holes without a total depth."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_views import numbers


@table_rule("T116", on="collars", basis="a hole has an end")
def total_depth_missing(tables: Tables) -> Iterator[Remark | Faults]:
    """A collar has no total depth.

    What it does:
    Looks for collars whose depth is empty; where none has one, it says so once.

    Why it matters:
    Without the end of a hole nobody sees that its last samples are missing, or that samples lie below it.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.0
        CL20038,1050.0,2000.0,

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.0
        CL20038,1050.0,2000.0,80.5

    Help:
    Take the depth from the drill log; a planned hole has its planned depth.
    """
    key = tables.key("depth")
    if not tables.has("collars", "hole"):
        return
    lacking = numbers(tables, "collars", key).filter(pl.col(key).is_null())
    if lacking.height == tables.frame("collars").height:
        yield remark("warning", f"no collar has a total depth ({key})", [tables.source("collars", 1)])
    else:
        yield Faults("warning", lacking, lambda _: f"this collar has no {key}", {"collars": "line"})
