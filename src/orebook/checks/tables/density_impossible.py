"""Densities that no rock has."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_views import numbers

_DENSEST = 22.6
"""Osmium, the densest there is, in tonnes per cubic metre."""


@table_rule("T413", on="values", basis="densities of rocks")
def density_impossible(tables: Tables) -> Iterator[Faults]:
    """A density lies outside what rocks have.

    What it does:
    Densities must lie from 0.5 to 12 t/m3 (settings ``lightest_tpm3`` and ``heaviest_tpm3``): outside is a warning;
    nought, less, or more than the densest metal is an error.

    Why it matters:
    Tonnes are volume times density. A density of 27 for 2.7 makes ten mines of one.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        densities
        hole,from_m,to_m,density_tpm3
        CL20037,10.0,10.2,2710.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        densities
        hole,from_m,to_m,density_tpm3
        CL20037,10.0,10.2,2.71

    Help:
    Compare with the log of weights; kilograms per cubic metre are a thousand times as many.
    """
    column = "density_tpm3"
    if not tables.has("densities", column):
        return
    low, high = tables.setting("lightest_tpm3"), tables.setting("heaviest_tpm3")
    frame = numbers(tables, "densities", column)
    never = (pl.col(column) <= 0.0) | (pl.col(column) > _DENSEST)
    odd = ~pl.col(column).is_between(low, high)

    def say(row: Row) -> str:
        scaled = row[column] / 1000.0
        in_kilograms = f"; in kg/m3 it would be {value(scaled)} t/m3" if low <= scaled <= high else ""
        return f"density {value(row[column])} t/m3 is outside {value(low)} to {value(high)}{in_kilograms}"

    yield Faults("error", frame.filter(never), say, {"densities": "line"}, (column,))
    yield Faults("warning", frame.filter(odd & ~never), say, {"densities": "line"}, (column,))
