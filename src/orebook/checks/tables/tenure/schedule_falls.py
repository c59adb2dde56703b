"""Schedules of an earn-in that fall."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_tenure import figure


@table_rule("T906", on="records", basis="order of days")
def schedule_falls(tables: Tables) -> Iterator[Faults]:
    """The amounts of a cumulative schedule fall as its days go on, or a later stage ends before an earlier one.

    What it does:
    Puts terms of one kind that count from the start by their days and looks at their amounts, and the deadlines of
    stages.

    Why it matters:
    What is to be spent in each year was written where all of it up to that year belongs, or a year slipped.

    Flagged:

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted,binding
        Hob,1,first,spending,6,2020-06-01,start,option
        Hob,1,second,spending,3,2021-06-01,start,option

    Fine:

        earn_in_terms
        earn_in,stage,term,kind,amount,by_day,counted,binding
        Hob,1,first,spending,3,2020-06-01,start,option
        Hob,1,second,spending,6,2021-06-01,start,option

    Help:
    Of a schedule write all that is to be reached by each day; where each year counts by itself, write counted =
    year.
    """
    names = ("earn_in", "stage", "term", "kind", "amount", "by_day", "months", "counted")
    rows = records(tables, "earn_in_terms", *names)
    since = rows.filter(pl.col("counted") == "start").drop_nulls("amount")
    for column in ("by_day", "months"):
        some = since.drop_nulls(column).sort("earn_in", "kind", column, "line")
        before = [pl.col(name).shift(1).over("earn_in", "kind").alias(f"{name}_before") for name in ("amount", "term")]
        falls = some.with_columns(*before).filter(pl.col("amount") < pl.col("amount_before"))
        yield Faults("warning", falls, _falls, {"earn_in_terms": "line"})
    last = rows.group_by("earn_in", "stage").agg(pl.col("by_day").max(), pl.col("line").last()).drop_nulls()
    last = last.sort("earn_in", "stage").with_columns(pl.col("by_day").shift(1).over("earn_in").alias("before"))
    yield Faults("warning", last.filter(pl.col("by_day") < pl.col("before")), _ends_before, {"earn_in_terms": "line"})


def _falls(row: Row) -> str:
    less, more = figure(row["amount"]), figure(row["amount_before"])
    return f"{row['earn_in']}: {row['term']} asks for {less} in all, {row['term_before']} before it for {more}"


def _ends_before(row: Row) -> str:
    return (
        f"{row['earn_in']}: stage {figure(row['stage'])} ends by {row['by_day']}, the one before it by {row['before']}"
    )
