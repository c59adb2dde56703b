"""Signs of dips: in a book down is negative, and genuine up-holes exist."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables
from orebook.checks.table_saying import many
from orebook.checks.table_views import numbers

_FEW = 0.25
"""Where more than this share of the dips points up, up-holes are usual and no longer worth a note."""


LEVEL = 10.0
"""A hole nearer to level than this goes neither up nor down, in degrees."""


def upwards(dips: pl.DataFrame) -> float:
    """The share of dips that point up, among those that are not level."""
    slanted = dips.filter(pl.col("dip") != 0.0)
    return slanted.filter(pl.col("dip") > 0.0).height / slanted.height if slanted.height else 0.0


def all_upwards(tables: Tables, table: str, dips: pl.DataFrame) -> Iterator[Remark]:
    """One remark where most dips of a table point up."""
    if upwards(dips) > 0.5:
        up = dips.filter(pl.col("dip") > 0.0)
        text = (
            f"{many(up.height, 'dip')} of {dips.height:,} point up; down is negative in a book:"
            " was the table written the other way round?"
        )
        yield remark("warning", text, [tables.source(table, line, "dip_deg") for line in up["line"].head(3)])


def against_majority(dips: pl.DataFrame) -> pl.DataFrame:
    """The dips that point up where few do."""
    if upwards(dips) > _FEW:
        return dips.clear()
    return dips.filter(pl.col("dip") > 0.0)


def collar_dips(tables: Tables) -> pl.DataFrame:
    """The dips of the collars: ``line`` and ``dip``."""
    found = numbers(tables, "collars", "dip_deg").rename({"dip_deg": "dip"}).drop_nulls("dip")
    return found.filter(pl.col("dip").is_between(-90.0, 90.0))
