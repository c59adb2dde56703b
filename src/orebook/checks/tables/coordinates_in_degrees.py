"""Coordinates in degrees where lengths belong."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_grid import all_degrees, grid, places
from orebook.checks.table_rule import Faults, Row, Tables, table_rule


@table_rule("T114", on="collars", basis="a coordinate belongs to a grid")
def coordinates_in_degrees(tables: Tables) -> Iterator[Remark | Faults]:
    """Coordinates of collars are longitude and latitude, not lengths.

    What it does:
    Looks for coordinates that fit into 180 and 90 and have more than three decimals, and for a declared grid that
    counts in degrees. Said once where the whole table is so.

    Why it matters:
    A degree is a hundred kilometres in one direction and less in the other: distances, sections and areas come out as
    nothing.

    Flagged:

        collars
        hole,easting_m,northing_m
        FSRC044,119.6338226,-32.3637564
        FSRC045,119.6379703,-32.3517470

    Fine:

        collars
        hole,easting_m,northing_m
        FSRC044,747785.4,6416272.1
        FSRC045,748206.5,6417594.2

    Help:
    Project them to a grid, such as the UTM zone of the project, when the table is imported.
    """
    if not tables.has("collars", "hole", tables.key("easting"), tables.key("northing")):
        return
    view, declared = places(tables), grid(tables)
    quoted = (tables.key("easting"), tables.key("northing"))
    if declared.unit == "degree":
        text = f"{tables.crs} counts in degrees; coordinates of a book are lengths in {tables.length}"
        yield remark("error", text, [tables.source("collars", 1)])
    elif all_degrees(view):
        lowest, highest = (
            view.select(end).row(0) for end in (pl.col("east", "north").min(), pl.col("east", "north").max())
        )
        (west, south), (east, north) = lowest, highest
        text = (
            f"all coordinates lie from {west:.4f} to {east:.4f} and from {south:.4f} to {north:.4f}:"
            f" longitude and latitude in degrees, not {tables.length}"
        )
        grade = "error" if declared.known else "warning"
        yield remark(grade, text, [tables.source("collars", int(view["line"][0]), *quoted)])
    else:

        def say(row: Row) -> str:
            return f"{row['east']:.4f}, {row['north']:.4f} look like longitude and latitude; the others are lengths"

        yield Faults("warning", view.filter("degrees"), say, {"collars": "line"}, quoted)
