"""Holes that nobody surveyed."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_views import collars, holes, holes_of, name_of, numbers

_NOT_YET = r"(?i)plan|progress|abandon|cancel|not drilled"
"""What the status of a hole says when it has no survey yet."""


@table_rule("T502", on="tables", basis="a path needs a direction")
def hole_without_survey(tables: Tables) -> Iterator[Faults]:
    """A hole has no survey.

    What it does:
    Looks for each collar among the surveys, where there is a table of surveys. A hole whose collar gives azimuth and
    dip, and one that is planned, in progress or abandoned, is a note; else a warning. Holes whose surveys are all
    unusable have a rule of their own.

    Why it matters:
    Without a direction nobody knows where its samples lie. Some programs take it to be vertical, without a word.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0

    Help:
    Add at least the direction at the collar, measured or planned, and say so in ``method``.
    """
    if not (tables.has("collars", "hole") and tables.has("surveys", "hole")):
        return
    bare = _bare(tables)
    sampled = {row[0]: row[1] for row in holes_of(tables, "assays").group_by("at").len().iter_rows()}

    def say(row: Row) -> str:
        rows = sampled.get(row["at"], 0)
        with_rows = f", and {many(rows, 'row')} of assays" if rows else ""
        if row["milder"] and not row["idle"]:
            return f"{row['hole']} has no survey{with_rows}; only its collar gives a direction"
        return f"{row['hole']} has no survey{with_rows}"

    yield Faults("warning", bare.filter(~pl.col("milder")), say, {"collars": "line"})
    yield Faults("note", bare.filter("milder"), say, {"collars": "line"})


def _bare(tables: Tables) -> pl.DataFrame:
    """The holes without a survey; ``milder`` where that is no wonder, or where the collar gives a direction."""
    frame = tables.frame("collars")
    directions = (
        numbers(tables, "collars", "azimuth_deg", "dip_deg").with_columns(holes(tables, "collars")).drop("line", "hole")
    )
    if "status" in frame.columns:
        directions = directions.with_columns(
            frame["status"].cast(pl.String).str.contains(_NOT_YET).fill_null(value=False).alias("idle")
        )
    else:
        directions = directions.with_columns(idle=pl.lit(value=False))
    bare = collars(tables).join(holes_of(tables, "surveys").select("at").unique(), on="at", how="anti")
    bare = bare.join(directions.unique("at", keep="first"), on="at", how="left").sort("line")
    return name_of(tables, bare).with_columns(
        milder=pl.col("idle") | (pl.col("azimuth_deg").is_not_null() & pl.col("dip_deg").is_not_null())
    )
