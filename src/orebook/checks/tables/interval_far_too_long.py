"""Samples that are far longer than the others."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth
from orebook.checks.table_values import measured
from orebook.checks.table_views import name_of, rows

_TIMES = 10
"""So many times the usual length is too much."""


@table_rule("T308", on="intervals", basis="a sample fits a bag")
def interval_far_too_long(tables: Tables) -> Iterator[Faults]:
    """A sample is far longer than the others of its table.

    What it does:
    Looks, in assays, densities and recoveries, for intervals longer than 30 m (setting ``longest_sample_m``) and ten
    times as long as half of the others. With a value it is a warning; without, it is a note: a stretch that was not
    sampled.

    Why it matters:
    One grade for a hundred metres of core was not measured on it. In a composite it outweighs everything else.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,2.0,0.12
        CL20037,2.0,4.0,0.15
        CL20037,4.0,1067.0,0.20

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,0.0,2.0,0.12
        CL20037,2.0,4.0,0.15
        CL20037,4.0,6.0,0.20

    Help:
    Compare both depths with the sample sheet; cut unsampled stretches where the rock changes.
    """
    longest = tables.in_unit(tables.setting("longest_sample_m")) * 1000.0

    def say(row: Row) -> str:
        usual, long = depth(int(row["usual"]), tables.length), depth(row["length"], tables.length)
        return f"{row['hole']} has one interval of {long}; half of this table are {usual} or shorter"

    for table in ("assays", "densities", "recoveries"):
        view = rows(tables, table).with_columns(length=pl.col("to") - pl.col("from"))
        usual = float(view["length"].quantile(0.5) or 0.0)
        long = view.filter((pl.col("length") > longest) & (pl.col("length") > _TIMES * usual))
        long = name_of(tables, long.with_columns(usual=pl.lit(usual)))
        valued = measured(tables, table, long["line"])
        yield Faults("warning", long.filter(valued), say, {table: "line"})
        yield Faults("note", long.filter(~valued), say, {table: "line"})
