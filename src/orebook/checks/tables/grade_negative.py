"""Grades below nought."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, many, value
from orebook.checks.table_values import assayed, values

_CODES = {-5555.0, -1111.0, -9.0, -99.0, -999.0, -9999.0, -99999.0}
"""Numbers by which people say that there is none."""

_KINDS = 4
"""So many different negative values of a column are told one by one."""


@table_rule("T403", on="values", basis="a part is no less than nothing")
def grade_negative(tables: Tables) -> Iterator[Remark]:
    """A grade is negative.

    What it does:
    Counts, in each column of grades, the rows with each negative value.

    Why it matters:
    A minus sign stands for "below detection" with some, for "not measured" with others. In an average it takes metal
    away that another sample has.

    Flagged:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,au_ppm
        BD048,141.0,142.0,-0.01

    Fine:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,au_ppm,au_ppm_below
        BD048,141.0,142.0,0.01,true

    Help:
    Declare at the import what a negative number means; -0.01 becomes "below 0.01", -999 becomes empty.
    """
    for one in assayed(tables):
        column = values(tables, one.column)
        negative = (column < 0.0).arg_true()
        if not len(negative):
            continue
        kinds = pl.DataFrame({"line": negative + 2, "value": column[negative]}).group_by("value").agg(pl.col("line"))
        kinds = kinds.sort(pl.col("line").list.len(), "value", descending=[True, True])
        for said, lines in kinds.head(_KINDS).iter_rows():
            how = "a code for missing" if said in _CODES else f"below {value(-said)}, or a code for missing"
            text = f"{many(len(lines), 'row')} of {one.column} {do(len(lines), 'is', 'are')} {value(said)}: {how}"
            yield remark("error", text, [tables.source("assays", line, one.column) for line in sorted(lines)[:6]])
        more = kinds.tail(max(kinds.height - _KINDS, 0))["line"].explode() if kinds.height > _KINDS else pl.Series()
        if len(more):
            least = min(kinds["value"].to_list())
            count = f"{many(len(more), 'more row')} of {one.column} {do(len(more), 'is', 'are')}"
            text = f"{count} negative, down to {value(least)}"
            yield remark("error", text, [tables.source("assays", line, one.column) for line in more.sort()[:6]])
