"""One analyte in two columns that say different things of one sample."""

from collections.abc import Callable, Iterator
from itertools import combinations

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many, value
from orebook.checks.table_values import Analyte, assayed, below, values

_NEAR = 0.1
"""So closely must a ratio keep to a power of ten."""

_TWICE = 2.0
_CLEAR = 10.0
"""Two methods may differ by this factor, at grades so many times the smallest of each column."""

_MOST, _LEAST = 0.9, 5
"""Where the share of rows with one factor is so great, and there are so many, the whole column is meant."""


@table_rule("T407", on="values", basis="one sample has one grade")
def units_disagree(tables: Tables) -> Iterator[Remark | Faults]:
    """Two columns of one analyte do not agree on the same row.

    What it does:
    Turns both columns into one unit and compares them, row by row. Where they differ by a factor of 100, 1,000 or
    10,000, one of them is not in the unit that it says: an error, and one for the whole column where nearly all rows
    do. Where two methods differ by more than a factor of two, well above what either can detect, it is a note.

    Why it matters:
    Whoever takes the one column gets a mine, whoever takes the other gets nothing.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct,cu_ppm
        CL20037,10.0,12.0,1.21,1.21
        CL20037,12.0,14.0,0.85,8500

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct,cu_ppm
        CL20037,10.0,12.0,1.21,12100
        CL20037,12.0,14.0,0.85,8420

    Help:
    Compare both columns with the certificate.
    """
    columns = assayed(tables)
    for one, other in combinations([each for each in columns if not each.is_sum], 2):
        if one.name == other.name:
            yield from _compared(tables, one, other)


def _compared(tables: Tables, one: Analyte, other: Analyte) -> Iterator[Remark | Faults]:
    view = pl.DataFrame(
        {
            "one": values(tables, one.column),
            "other": values(tables, other.column),
            "limit": below(tables, one.column) | below(tables, other.column),
        }
    ).with_row_index("line", 2)
    both = view.filter((pl.col("one") > 0.0) & (pl.col("other") > 0.0) & ~pl.col("limit"))
    ratio = pl.col("one") * one.percent / (pl.col("other") * other.percent)
    both = both.with_columns(ratio=ratio, power=ratio.log(10.0).round())
    factor = pl.lit(10.0).pow(pl.col("power"))
    tens = (pl.col("power").abs() >= 2.0) & ((pl.col("ratio") / factor - 1.0).abs() < _NEAR)
    off = both.filter(tens)
    at, quoted = {"assays": "line"}, (one.column, other.column)

    def say(row: Row) -> str:
        times = value(10.0 ** abs(row["power"]))
        return (
            f"{one.column} {value(row['one'])} and {other.column} {value(row['other'])} differ by a factor of {times}"
        )

    if off.height >= _LEAST and off.height >= _MOST * both.height and off["power"].n_unique() == 1:
        row = off.row(0, named=True)
        text = f"{say(row)}; so do {off.height:,} of {many(both.height, 'row')}: one column is in another unit"
        yield remark("error", text, [tables.source("assays", row["line"], *quoted)])
    else:
        yield Faults("error", off, say, at, quoted)
    yield Faults("note", _apart(both.filter(~tens)), _say_apart(one, other), at, quoted)


def _apart(both: pl.DataFrame) -> pl.DataFrame:
    """Rows on which two methods differ by more than a factor of two, well above what either detects."""
    clear = (pl.col("one") > _CLEAR * pl.col("one").min()) & (pl.col("other") > _CLEAR * pl.col("other").min())
    return both.filter(clear & ~pl.col("ratio").is_between(1.0 / _TWICE, _TWICE))


def _say_apart(one: Analyte, other: Analyte) -> Callable[[Row], str]:
    """What is said of two methods that differ."""

    def say(row: Row) -> str:
        said = f"{one.column} {value(row['one'])} and {other.column} {value(row['other'])}"
        return f"{said} differ by more than a factor of two"

    return say
