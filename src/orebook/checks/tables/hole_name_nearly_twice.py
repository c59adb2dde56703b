"""Names of holes that are nearly the same."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ids import spelled_alike, spellings
from orebook.checks.table_rule import Faults, Tables, table_rule


@table_rule("T104", on="collars", basis="one hole has one name")
def hole_name_nearly_twice(tables: Tables) -> Iterator[Faults]:
    """Names of two collars differ only in hyphens, leading zeros, or a letter that looks like a digit.

    What it does:
    Compares what is left of each name without hyphens, blanks and leading zeros. O and I that stand before a digit and
    behind no letter, or behind the last digit, are read as 0 and 1. Two numbers that only a hyphen keeps apart stay
    apart: ``A1-23`` is not ``A12-3``.

    Why it matters:
    ``CL20037``, ``CL-20037`` and ``CL20O37`` are one hole typed three times; as three collars they count three times.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL-20037,1000.0,2050.0
        ----
        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20O37,1000.0,2050.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1000.0,2050.0
        A1-23,1000.0,2100.0
        A12-3,1000.0,2150.0

    Help:
    Compare both with the drill logs and keep the name that stands there.
    """
    spelled = spellings(tables).unique("folded", keep="first", maintain_order=True).filter(pl.col("bare") != "")
    yield spelled_alike(spelled, "bare", "differ only in hyphens, zeros or a letter like a digit")
