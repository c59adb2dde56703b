"""Holes whose grades are of quite another size than those of the other holes."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_values import assayed, values
from orebook.checks.table_views import holes, name_of

_LEAST_ROWS, _LEAST_HOLES = 5, 3
"""A hole of fewer values, and a table of fewer holes, tell nothing."""

_TEN_THOUSAND, _NEAR = 10_000.0, 4.0
"""Per cent and parts per million lie so far apart; the middles of holes may differ by the second factor besides."""


@table_rule("T408", on="values", basis="one column has one unit")
def hole_in_other_unit(tables: Tables) -> Iterator[Faults]:
    """The grades of one hole are some ten thousand times those of the others, or a ten-thousandth.

    What it does:
    Compares the middle value of each hole with the middle of the holes, column by column: 2,500 to 40,000 times as much
    or as little, and no value of the hole among those of half of the others, looks like per cent in a column of parts
    per million, or the reverse.

    Why it matters:
    Certificates change their unit from one batch to the next, and a column cannot.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0
        CL20039,1100.0,2000.0
        CL20040,1150.0,2000.0

        assays
        hole,from_m,to_m,cu_ppm
        <6 rows>CL20037,{0},{1},1{010}
        <6 rows>CL20038,{0},{1},1{220}
        <6 rows>CL20039,{0},{1},1{540}
        <6 rows>CL20040,{0},{1},0.1{15}

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0
        CL20038,1050.0,2000.0
        CL20039,1100.0,2000.0
        CL20040,1150.0,2000.0

        assays
        hole,from_m,to_m,cu_ppm
        <6 rows>CL20037,{0},{1},1{010}
        <6 rows>CL20038,{0},{1},1{220}
        <6 rows>CL20039,{0},{1},1{540}
        <6 rows>CL20040,{0},{1},1{15}

    Help:
    Compare with the certificates of the hole.
    """
    for one in assayed(tables):
        odd, usual = _odd(tables, one.column)

        def say(row: Row, column: str = one.column, usual: float = usual) -> str:
            here, others = value(row["middle"]), value(usual)
            return (
                f"half of {row['hole']} lies below {here} in {column}, of the other holes below {others}: in one unit?"
            )

        yield Faults("warning", name_of(tables, odd), say, {"assays": "line"}, (one.column,))


def _odd(tables: Tables, column: str) -> tuple[pl.DataFrame, float]:
    """The holes that are so far from the others, and the middle of the holes."""
    found = pl.DataFrame([holes(tables, "assays"), values(tables, column).alias("value")])
    found = found.with_row_index("line", 2).filter((pl.col("value") > 0.0) & pl.col("at").is_not_null())
    by_hole = (
        found.group_by("at")
        .agg(pl.col("line").min(), rows=pl.len(), least=pl.col("value").min(), most=pl.col("value").max())
        .filter(pl.col("rows") >= _LEAST_ROWS)
    )
    above, under = pl.col("least") > pl.col("most").median(), pl.col("most") < pl.col("least").median()
    apart = by_hole.with_columns(above=above).filter(above | under)
    if by_hole.height <= _LEAST_HOLES or not apart.height:
        return apart.clear().with_columns(middle=pl.lit(0.0)), 0.0
    middles = found.group_by("at").agg(middle=pl.col("value").median()).join(by_hole.select("at"), on="at", how="semi")
    usual = float(middles["middle"].quantile(0.5) or 1.0)
    ratio = pl.col("middle") / usual
    times = pl.when("above").then(ratio).otherwise(1.0 / ratio)
    odd = apart.join(middles, on="at").filter(times.is_between(_TEN_THOUSAND / _NEAR, _TEN_THOUSAND * _NEAR))
    return odd.sort("line"), usual
