"""Elevations far above or below all others."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_grid import crowd_ends
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import plain
from orebook.checks.table_views import numbers

_LEAST = 5
"""So many collars make a crowd."""

_WIDTHS, _ROOM_M = 3.0, 200.0
"""So many widths of the middle eight tenths, and at least so much room, are left above and below."""


@table_rule("T122", on="collars", basis="a project has an extent")
def elevation_far_from_others(tables: Tables) -> Iterator[Faults]:
    """The elevation of a collar is far above or below the others.

    What it does:
    Takes the middle eight tenths of five or more elevations, leaves three times their spread and 200 m of room above
    and below, and names the collars outside.

    Why it matters:
    A digit was mistyped or lost, or feet stand among metres. The hole hangs in the air, or lies under the others.

    Flagged:

        collars
        hole,easting_m,northing_m,elevation_m
        <6 rows>CL2003{1},43200{0}.0,6132000.0,31{0}.0
        CL20040,432007.0,6132000.0,3110.0

    Fine:

        collars
        hole,easting_m,northing_m,elevation_m
        <6 rows>CL2003{1},43200{0}.0,6132000.0,31{0}.0
        CL20040,432007.0,6132000.0,311.0

    Help:
    Compare with the survey of the collars; underground collars may stay.
    """
    key = tables.key("elevation")
    if not tables.has("collars", "hole", key):
        return
    view = numbers(tables, "collars", key).drop_nulls(key)
    if view.height < _LEAST:
        return
    (low, high), middle = crowd_ends(view[key]), float(view[key].quantile(0.5) or 0.0)
    room = _WIDTHS * (high - low) + tables.in_unit(_ROOM_M)

    def say(row: Row) -> str:
        way = "above" if row[key] > middle else "below"
        return (
            f"{row['hole']} lies at {plain(row[key])} {tables.length}, {plain(abs(row[key] - middle))} {way} the middle"
        )

    far = view.filter(~pl.col(key).is_between(low - room, high + room))
    yield Faults("warning", far, say, {"collars": "line"}, (key,))
