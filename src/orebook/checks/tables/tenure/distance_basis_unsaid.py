"""Distances of which nobody says along what."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import word


@table_rule("T923", on="records", basis="disclosure: straight or by road")
def distance_basis_unsaid(tables: Tables) -> Iterator[Faults]:
    """A distance from a town is not said to be straight or by road.

    What it does:
    Looks for distances whose basis is empty.

    Why it matters:
    The two differ by a third and more in mountains.

    Flagged:

        distances
        property,town,distance,direction
        Hob Lake,Elkton,155 km,northeast

    Fine:

        distances
        property,town,distance,direction,basis
        Hob Lake,Elkton,155 km,northeast,straight

    Help:
    Write straight or road into basis; orebook make tenure puts the straight distance beside it.
    """
    rows = records(tables, "distances", "property", "town", "distance", "basis").with_columns(word("basis"))

    def say(row: Row) -> str:
        return f"{row['property']}: {row['distance']} from {row['town']} is not said to be straight or by road"

    yield Faults(
        "note", rows.filter(pl.col("basis").is_null(), pl.col("distance").is_not_null()), say, {"distances": "line"}
    )
