"""Values that occur more often than a measurement can."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_repeats import repeats
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import value


@table_rule("T405", on="values", basis="measurements scatter")
def value_repeated(tables: Tables) -> Iterator[Remark]:
    """One value of a column occurs implausibly often.

    What it does:
    Looks, in each column of grades, for the value that occurs most often, where it has three digits or lies above most
    others. Thirty rows and a fifth of the values, for a value with three digits a twentieth, are too many. Noughts,
    values below detection and the smallest value of a column have rules of their own.

    Why it matters:
    The value was filled in, copied down, or it is an upper limit written as if it were measured.

    Flagged:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,500.0

        assays
        hole,from_m,to_m,cu_ppm
        <40 rows>CL20037,{0},{1},10000
        <60 rows>CL20037,{40},{41},{37}

    Fine:

        collars
        hole,easting_m,northing_m,depth_m
        CL20037,1000.0,2000.0,500.0

        assays
        hole,from_m,to_m,cu_ppm
        <90 rows>CL20037,{0},{1},{137}

    Help:
    Compare with the certificate; an upper limit is written as >10000.
    """
    for one in repeats(tables):
        if one.kind == "plain":
            count = f"{one.rows:,} of {one.known:,} values of {one.column} are {value(one.value)}"
            text = f"{count}, more than measurements repeat"
            yield remark("warning", text, [tables.source("assays", one.line, one.column)])
