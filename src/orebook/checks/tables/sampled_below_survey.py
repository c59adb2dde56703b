"""Holes that are sampled below their last survey."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import depth, do, many
from orebook.checks.table_stations import stations
from orebook.checks.table_views import deepest, name_of

_LONG_M = 30.0
"""A stretch below the last survey that matters."""


@table_rule("T506", on="tables", basis="geometry of a hole")
def sampled_below_survey(tables: Tables) -> Iterator[Remark]:
    """Holes are sampled below their last survey.

    What it does:
    Compares the deepest sample of each hole with its last usable station. Where it lies more than 30 m deeper in any
    hole, one note counts these holes and all in which it lies deeper at all, and tells the longest stretch.

    Why it matters:
    Below its last station the hole is taken to run straight on. Holes do not.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,180.0,182.0,0.12

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,190.0,236.0,-61.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,180.0,182.0,0.12

    Help:
    Survey to the end of the hole; say how the direction below was taken.
    """
    last = stations(tables).group_by("at").agg(pl.col("depth").max(), pl.col("line").last().alias("station"))
    both = deepest(tables, "assays").join(last, on="at").with_columns(below=pl.col("deepest") - pl.col("depth"))
    both = both.filter(pl.col("below") > 0).sort("below", "at", descending=[True, False])
    far = both.filter(pl.col("below") > tables.in_unit(_LONG_M) * 1000.0).height
    if far:
        most = name_of(tables, both.head(3)).row(0, named=True)
        limit = depth(round(tables.in_unit(_LONG_M) * 1000.0), tables.length)
        text = (
            f"{many(both.height, 'hole')} {do(both.height, 'is', 'are')} sampled below the last survey,"
            f" {far:,} of them by more than {limit}, {most['hole']} by {depth(most['below'], tables.length)}"
        )
        sources = [tables.source("assays", line) for line in both["line"].head(6)]
        yield remark("note", text, sources)
