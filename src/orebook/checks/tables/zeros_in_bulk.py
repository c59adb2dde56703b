"""Columns of grades with many noughts."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_values import assayed, values

_LEAST, _SHARE = 5, 0.01
"""So many noughts, and such a share of the values, are many."""


@table_rule("T404", on="values", basis="no method measures nought")
def zeros_in_bulk(tables: Tables) -> Iterator[Remark]:
    """A column of grades holds many noughts.

    What it does:
    Counts the values of each column that are exactly nought: five or more, and 1 % or more of the values.

    Why it matters:
    A laboratory says "below 0.005", never nought. A nought may be that, or a sample that was not analysed at all; in an
    average the second one is a loss.

    Flagged:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,au_ppm
        BD048,141.0,142.0,0
        BD048,142.0,143.0,0
        BD048,143.0,144.0,0
        BD048,144.0,145.0,0
        BD048,145.0,146.0,0
        BD048,146.0,147.0,1.52

    Fine:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,au_ppm,au_ppm_below
        BD048,141.0,142.0,0.005,true
        BD048,142.0,143.0,0.005,true
        BD048,143.0,144.0,1.52,

    Help:
    Take the values from the certificate, with their detection limits.
    """
    for one in assayed(tables):
        column = values(tables, one.column)
        zeros = (column == 0.0).arg_true()
        known = column.len() - column.null_count()
        if len(zeros) >= _LEAST and len(zeros) >= _SHARE * known:
            share = value(round(100 * len(zeros) / known, 1))
            text = f"{len(zeros):,} of {known:,} values of {one.column} are nought ({share} %)"
            yield remark("note", text, [tables.source("assays", int(zeros[0]) + 2, one.column)])
