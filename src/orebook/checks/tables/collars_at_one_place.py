"""Holes that begin at one and the same place."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many, some
from orebook.checks.table_views import numbers

_WEDGE = r"^(.*?\d)(?:[-_ ]?(?:[WDNR]\d{1,2}|[A-Z]))+$"
"""The name of a hole that leaves another: what stands before the first letter behind its number is the other."""


@table_rule("T111", on="collars", basis="geometry of a hole")
def collars_at_one_place(tables: Tables) -> Iterator[Faults]:
    """Several holes have the same coordinates.

    What it does:
    Compares easting, northing and elevation of all collars. A note where the holes point in different directions, or
    are named as wedges of one another (``NMD182`` and ``NMD182W1``); a warning else.

    Why it matters:
    Two holes from one place in one direction are one hole under two names, or a row was copied and not finished.

    Flagged:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,310.0
        CL20038,1000.0,2000.0,310.0

    Fine:

        collars
        hole,easting_m,northing_m,elevation_m
        CL20037,1000.0,2000.0,310.0
        CL20038,1050.0,2000.0,310.0

    Help:
    Compare with the survey of the collars; a wedge or a fan from one pad may stay.
    """
    place = [tables.key(name) for name in ("easting", "northing", "elevation")]
    if not tables.has("collars", "hole", *place[:2]):
        return
    frame = numbers(tables, "collars", *place, "azimuth_deg", "dip_deg").drop_nulls(["hole", *place[:2]])
    parent = pl.col("hole").str.strip_chars().str.to_uppercase().str.replace(_WEDGE, "${1}")
    shared = frame.filter(pl.struct(place).is_duplicated()).with_columns(parent=parent)
    groups = (
        shared.group_by(place)
        .agg(
            pl.col("line").sort(),
            pl.col("hole").sort_by("line"),
            ways=pl.struct("azimuth_deg", "dip_deg").n_unique(),
            names=pl.col("hole").n_unique(),
            related=pl.col("parent").n_unique() == 1,
        )
        .filter(pl.col("names") > 1)
        .sort(pl.col("line").list.first())
    )
    known = pl.col("related") | (pl.col("ways") == pl.col("line").list.len())
    yield Faults("note", groups.filter(known), _say, {"collars": "line"})
    yield Faults("warning", groups.filter(~known), _say, {"collars": "line"})


def _say(row: Row) -> str:
    how = "one hole under two names, or a copied row?"
    if row["related"]:
        how = "wedges of one hole?"
    elif row["ways"] == len(row["line"]):
        how = "they point in different directions"
    return f"{many(len(row['line']), 'hole')} begin at one place: {some(row['hole'])}; {how}"
