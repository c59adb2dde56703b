"""Intervals of rock without the rock."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import stretch
from orebook.checks.table_views import name_of, rows


@table_rule("T311", on="intervals", basis="a log says what there is")
def rock_missing(tables: Tables) -> Iterator[Faults]:
    """A logged interval names no rock, or an interval of a domain no zone.

    What it does:
    Looks for rows of lithology without a rock and rows of domains without a zone.

    Why it matters:
    The interval belongs to no unit: it drops out of every section and every average by rock.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        lithology
        hole,from_m,to_m,rock
        CL20037,0.0,4.5,overburden
        CL20037,4.5,88.0,

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        lithology
        hole,from_m,to_m,rock
        CL20037,0.0,4.5,overburden
        CL20037,4.5,88.0,gabbro

    Help:
    Fill it in from the log; core loss has a code of its own.
    """
    for table, column in (("lithology", "rock"), ("domains", "zone")):
        if tables.has(table, column):
            view, said = rows(tables, table), tables.frame(table)[column].cast(pl.String)
            empty = (said[view["line"] - 2].str.strip_chars().fill_null("") == "") if view.height else view["line"] > 0

            def say(row: Row, column: str = column) -> str:
                return f"{row['hole']} {stretch(row['from'], row['to'], tables.length)} names no {column}"

            yield Faults("warning", name_of(tables, view.filter(empty)), say, {table: "line"})
