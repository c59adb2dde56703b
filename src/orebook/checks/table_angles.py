"""Directions in tables: which angles cannot be, which dips point against the others, how far two directions differ."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables
from orebook.checks.table_saying import angle, some
from orebook.checks.table_views import number, numbers
from orebook.maths.directions import angles_between, unit_vectors

ENDS = {"azimuth_deg": (0.0, 360.0), "dip_deg": (-90.0, 90.0)}
"""What an azimuth and a dip can be."""


def possible(azimuth: str = "azimuth_deg", dip: str = "dip_deg") -> pl.Expr:
    """Whether both angles of a row are known and can be."""
    return pl.all_horizontal(
        number(column).is_between(*ENDS[name]) for name, column in (("azimuth_deg", azimuth), ("dip_deg", dip))
    ).fill_null(value=False)


def impossible(tables: Tables, table: str) -> Iterator[Faults]:
    """The rows of a table with an angle that cannot be."""
    if not tables.has(table):
        return
    frame = numbers(tables, table, *ENDS)
    beyond = {name: ~pl.col(name).is_between(*ends) for name, ends in ENDS.items()}
    rows = frame.filter(pl.any_horizontal(beyond.values()))

    def say(row: Row) -> str:
        said = [
            f"{name} {angle(row[name])} is outside {angle(low)} to {angle(high)}"
            for name, (low, high) in ENDS.items()
            if row[name] is not None and not low <= row[name] <= high
        ]
        return some(said)

    yield Faults("error", rows, say, {table: "line"})


def turn(frame: pl.DataFrame, azimuth: str, dip: str, other_azimuth: str, other_dip: str) -> pl.Series:
    """The angle between two directions of each row in degrees, missing where one of the four angles is."""
    columns = (azimuth, dip, other_azimuth, other_dip)
    known = frame.select(pl.all_horizontal(pl.col(columns).is_not_null()))[columns[0]]
    values = [frame[column].fill_null(0.0).to_numpy() for column in columns]
    turned = angles_between(unit_vectors(*values[:2]), unit_vectors(*values[2:]))
    return pl.Series("turn", np.asarray(turned)).set(~known, None)
