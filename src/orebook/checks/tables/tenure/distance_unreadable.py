"""Distances that are no lengths."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.tenure.compass import azimuth
from orebook.disciplines.tenure.places import kilometres


@table_rule("T922", on="records", basis="units")
def distance_unreadable(tables: Tables) -> Iterator[Faults]:
    """A stated distance has no unit or is no length, or its direction is no point of the compass.

    What it does:
    Reads distances as they are printed and directions in letters or words.

    Why it matters:
    Two hundred and eighty of what? Metres and kilometres are both read by somebody.

    Flagged:

        distances
        property,town,distance,direction,basis
        Hob Lake,Elkton,280,northeast,road

    Fine:

        distances
        property,town,distance,direction,basis
        Hob Lake,Elkton,155 km,northeast,road

    Help:
    Write the number with its unit, as it is printed, and the direction from the town.
    """
    rows = records(tables, "distances", "property", "distance", "direction").with_columns(
        pl.col("distance", "direction").cast(pl.String)
    )
    lengths = [said is not None and kilometres(said) is None for said in rows["distance"]]
    turns = [said is not None and azimuth(said) is None for said in rows["direction"]]

    def far(row: Row) -> str:
        return f"{row['property']}: {row['distance']} is no length with its unit"

    def whither(row: Row) -> str:
        return f"{row['property']}: {row['direction']} is no point of the compass"

    yield Faults("warning", rows.filter(pl.Series(lengths, dtype=pl.Boolean)), far, {"distances": "line"})
    yield Faults("warning", rows.filter(pl.Series(turns, dtype=pl.Boolean)), whither, {"distances": "line"})
