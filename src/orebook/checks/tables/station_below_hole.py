"""Stations that lie below the end of their hole."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_depths import beyond
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth, plain
from orebook.checks.table_views import collars, deepest, name_of, rows


@table_rule("T210", on="surveys", basis="geometry of a hole")
def station_below_hole(tables: Tables) -> Iterator[Faults]:
    """A station lies below the end of its hole.

    What it does:
    Compares each station with the total depth of its hole, allowing for what both may have been rounded by. By up to
    3 m or 1 % it is a warning, because instruments and rods are measured apart; by more it is an error. Where no total
    depth is known, a station five times as deep as the deepest interval, and 1,000 m below it, is a warning.

    Why it matters:
    A depth is mistyped, or the survey is of another hole.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,190.0,236.0,-61.0

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,120.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,120.0,236.0,-61.0

    Help:
    Compare both depths with the drill log; a hole that was deepened needs its new depth in the table of collars.
    """
    if not tables.has("surveys", "hole"):
        return
    below, unit = name_of(tables, beyond(tables, "surveys", "depth")), tables.length
    near = pl.max_horizontal(pl.lit(tables.in_unit(3.0) * 1000.0), pl.col("end") * 0.01)
    at = {"surveys": "line", "collars": "collar_line"}

    def say(row: Row) -> str:
        return f"station at {depth(row['depth'], unit)} lies below the end of {row['hole']}, {depth(row['end'], unit)}"

    yield Faults("error", below.filter(pl.col("depth") - pl.col("end") > near), say, at)
    yield Faults("warning", below.filter(pl.col("depth") - pl.col("end") <= near), say, at)
    yield Faults("warning", name_of(tables, _below_all(tables)), _say, {"surveys": "line"})


def _say(row: Row) -> str:
    deep, deepest_row = plain(row["depth"] / 1000), plain(row["deepest"] / 1000)
    return f"{row['hole']} has a station at {deep}; its deepest interval ends at {deepest_row}"


def _below_all(tables: Tables) -> pl.DataFrame:
    """Stations of holes without a total depth, far below all that is known of the hole."""
    ends = [deepest(tables, table).select("at", "deepest") for table in ("assays", "lithology")]
    known = pl.concat(ends).group_by("at").agg(pl.col("deepest").max())
    without = collars(tables).filter(pl.col("depth").is_null()).select("at")
    view = rows(tables, "surveys").join(known.join(without, on="at", how="semi"), on="at")
    far = pl.col("depth") - pl.col("deepest") > tables.in_unit(1000.0) * 1000.0
    return view.filter((pl.col("depth") > 5 * pl.col("deepest")) & far)
