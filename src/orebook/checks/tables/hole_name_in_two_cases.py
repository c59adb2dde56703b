"""Names of holes that differ in nothing but blanks and capitals."""

from collections.abc import Iterator

from orebook.checks.table_ids import spelled_alike, spellings
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T103", on="collars", basis="one hole has one name")
def hole_name_in_two_cases(tables: Tables) -> Iterator[Faults]:
    """Names of two collars differ only in capitals or in blanks at their ends.

    What it does:
    Compares the names of all collars without blanks at their ends and in small letters.

    Why it matters:
    ``cl20037`` and ``CL20037`` are one hole to everybody but a computer: half of its samples will miss their collar.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        cl20037,1000.0,2050.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1000.0,2050.0

    Help:
    Write each hole in one way in all tables.
    """
    yield spelled_alike(spellings(tables), "folded", "differ only in capitals or blanks")
