"""Records that are told twice."""

from collections.abc import Callable, Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import some
from orebook.ground.schema import RECORD, schema
from orebook.ground.schema import tables as known_tables


@table_rule("T507", on="records", basis="schema of the table")
def record_twice(tables: Tables) -> Iterator[Faults]:
    """Two rows are told by the same words and days.

    What it does:
    Compares, in tables whose rows lie in no hole, what tells each row from every other: a property, its holder and the
    day; a mine and the days of a sheet. Rows that agree in all their values are warnings, others errors.

    Why it matters:
    Both rows count in every sum. Which of two that differ is meant nobody can tell from the table.

    Flagged:

        interests
        property,holder,from_day,interest_pct
        Heron,Alder Mines,2011-01-01,60
        Heron,Alder Mines,2011-01-01,65

    Fine:

        interests
        property,holder,from_day,interest_pct
        Heron,Alder Mines,2011-01-01,60
        Heron,Alder Mines,2012-01-01,55
        Heron,Birch Metals,2011-01-01,40

    Help:
    Take out one of the rows; add a file anew with --known replace where its rows came twice.
    """
    for table in known_tables():
        kind = schema(table)
        if kind.rows == RECORD and tables.frame(table).height > 1:
            rows = records(tables, table)
            by = [key for name in kind.order if (key := kind[name].key(tables.length)) in rows.columns]
            values = [name for name in rows.columns if name not in (*by, "line", "origin_step", "origin_row", "row")]
            yield from _twice(table, rows, by, values)


def _twice(table: str, rows: pl.DataFrame, by: list[str], values: list[str]) -> Iterator[Faults]:
    """The rows of one table that are told by the same, those that agree in all else apart."""
    if not by or not rows.select(by).is_duplicated().any():
        return
    several = rows.filter(pl.len().over(by) > 1)
    other = [pl.col(name).n_unique().alias(name) > 1 for name in values]
    found = several.group_by(by, maintain_order=True).agg(pl.col("line").alias("lines"), *other).sort("lines")
    unlike = pl.any_horizontal(values) if values else pl.lit(value=False)
    yield Faults("error", found.filter(unlike), _say(by, values), {table: "lines"}, tuple(values[:4]))
    yield Faults("warning", found.filter(~unlike), _say(by, []), {table: "lines"})


def _say(by: list[str], values: list[str]) -> Callable[[Row], str]:
    """What is said of rows that are told by the same."""

    def say(row: Row) -> str:
        about = ", ".join(f"{name} {row[name]}" for name in by if row[name] is not None)
        lines = some([f"line {line}" for line in row["lines"]])
        unlike = some([name for name in values if row[name]])
        return f"{about} is told {len(row['lines'])} times ({lines}), {f'with other {unlike}' if unlike else 'alike'}"

    return say
