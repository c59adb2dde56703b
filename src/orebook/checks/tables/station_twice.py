"""Several surveys at one depth of a hole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth, many
from orebook.checks.table_stations import stations
from orebook.checks.table_views import name_of


@table_rule("T204", on="surveys", basis="one depth has one direction")
def station_twice(tables: Tables) -> Iterator[Faults]:
    """A hole has several surveys at one depth.

    What it does:
    Compares the depths of the stations of each hole. Surveys by different methods, or of different days, are no
    repetition. Where the directions are alike it is a warning, where they differ nobody can say which holds: an error.

    Why it matters:
    A path cannot have two directions at one depth; programs take the first, the last, or stop.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,0.0,235.0,-60.0
        ----
        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,30.0,235.0,-60.0
        CL20037,30.0,55.0,-60.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg,method
        CL20037,30.0,235.0,-60.0,gyro
        CL20037,30.0,236.0,-60.5,single-shot

    Help:
    Keep one row; where two instruments were used, name them in ``method``.
    """

    def say(row: Row) -> str:
        where = f"{many(len(row['line']), 'station')} of {row['hole']} lie at {depth(row['depth'], tables.length)}"
        return f"{where} and are alike: keep one" if row["ways"] == 1 else f"{where} with {row['ways']} directions"

    named = name_of(tables, _groups(tables))
    quoted = ("azimuth_deg", "dip_deg")
    yield Faults("error", named.filter(pl.col("ways") > 1), say, {"surveys": "line"}, quoted)
    yield Faults("warning", named.filter(pl.col("ways") == 1), say, {"surveys": "line"}, quoted)


def _groups(tables: Tables) -> pl.DataFrame:
    """Depths with several stations by one method of one day: their lines, and how many ``ways`` they point."""
    key = ["at", "depth", "method", "date"]
    view = stations(tables)
    again = view.filter(pl.len().over(key) > 1) if view.height else view
    return (
        again.group_by(key)
        .agg(pl.col("line").sort(), ways=pl.struct("azimuth", "dip").n_unique())
        .sort(pl.col("line").list.first())
    )
