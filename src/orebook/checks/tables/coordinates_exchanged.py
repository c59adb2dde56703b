"""Eastings that are northings."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_grid import places
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many, plain

_ALL = 0.9
"""Where this share of the collars is exchanged, the columns are."""


@table_rule("T113", on="collars", basis="a coordinate belongs to a grid")
def coordinates_exchanged(tables: Tables) -> Iterator[Remark | Faults]:
    """Easting and northing of a collar are exchanged.

    What it does:
    Looks for collars that lie outside the area of their grid and inside when both are exchanged (an error), or away
    from all other collars and among them when exchanged (a warning).

    Why it matters:
    The hole lies in another country, and its distance to all others is hundreds of kilometres.

    Flagged:

        crs: EPSG:26920

        collars
        hole,easting_m,northing_m
        CL20037,432000.0,6132000.0
        CL20038,6132050.0,432010.0

    Fine:

        crs: EPSG:26920

        collars
        hole,easting_m,northing_m
        CL20037,432000.0,6132000.0
        CL20038,432010.0,6132050.0

    Help:
    Exchange the two, or declare which column is which when the table is imported.
    """
    if not tables.has("collars", "hole", tables.key("easting"), tables.key("northing")):
        return
    view = places(tables)
    found = view.filter("exchanged")
    if found.height > 2 and found.height >= _ALL * view.height:
        count = f"{many(found.height, 'collar')} of {view.height:,}"
        text = f"easting and northing of {count} lie in their grid only when exchanged"
        yield remark("error", text, [tables.source("collars", line) for line in found["line"].head(3)])
        return

    def say(row: Row) -> str:
        where = "in its grid" if not row["inside"] else "among the other collars"
        return f"easting {plain(row['east'])} and northing {plain(row['north'])} lie {where} only when exchanged"

    sure = found.select(~pl.col("inside"))[:, 0]
    quoted = (tables.key("easting"), tables.key("northing"))
    yield Faults("error", found.filter(sure), say, {"collars": "line"}, quoted)
    yield Faults("warning", found.filter(~sure), say, {"collars": "line"}, quoted)
