"""Samples whose elements and oxides add up to more than the sample."""

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import some, value
from orebook.checks.table_values import Analyte, assayed, below, values

_HARD_PCT = 5.0
"""No laboratory is so far off in a whole."""

_LOST = {"S", "C", "H"}
"""What a loss on ignition holds already."""


@table_rule("T402", on="values", basis="parts add up to the whole")
def grades_above_hundred(tables: Tables) -> Iterator[Faults]:
    """The elements and oxides of a sample add up to more than 100 %.

    What it does:
    Adds up all columns that are an element or an oxide. Of several columns of one element (Fe and Fe2O3, two methods)
    the smallest counts, values below detection count as nought, and beside a loss on ignition neither sulphur nor
    carbon counts. More than 2 % too much (setting ``sum_over_pct``) is a warning, more than 5 % an error. A grade that
    is more than the whole by itself has a rule of its own.

    Why it matters:
    A column is in another unit than it says, or an element was typed into the column of its neighbour.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,sio2_pct,al2o3_pct,fe2o3_pct
        CL20037,10.0,12.0,62.1,35.2,44.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,sio2_pct,al2o3_pct,fe2o3_pct,fe_pct
        CL20037,10.0,12.0,48.1,15.2,35.0,24.5

    Help:
    Compare units with the certificate, column by column.
    """
    parts: dict[str, list[Analyte]] = defaultdict(list)
    for one in assayed(tables):
        if one.element or one.name == "loi":
            parts[one.element or "LOI"].append(one)
    if "LOI" in parts:
        parts = {element: columns for element, columns in parts.items() if element not in _LOST}
    if not parts:
        return
    total, single = _sums(tables, list(parts.values()))
    over, frame = tables.setting("sum_over_pct"), tables.frame("assays")
    for grade, least, most in (("error", _HARD_PCT, float("inf")), ("warning", over, _HARD_PCT)):
        found = (total > 100.0 + max(least, over)) & (total <= 100.0 + most) & (single <= 100.0 + 1e-7)
        rows = pl.DataFrame({"line": found.arg_true() + 2, "total": total.filter(found)})

        def say(row: Row) -> str:
            held = frame.row(row["line"] - 2, named=True)
            listed = [one.column for columns in parts.values() for one in columns if held[one.column] is not None]
            return f"{some(listed)} add up to {value(round(row['total'], 2))} %, more than the whole"

        yield Faults(grade, rows, say, {"assays": "line"})


def _sums(tables: Tables, parts: list[list[Analyte]]) -> tuple[pl.Series, pl.Series]:
    """The total of each sample in per cent, and its largest single value."""
    height = tables.frame("assays").height
    total = single = pl.Series([0.0]).new_from_index(0, height)
    for columns in parts:
        shares = [_share(tables, one) for one in columns]
        least = shares[0] if len(shares) == 1 else pl.DataFrame(shares).min_horizontal()
        most = shares[0] if len(shares) == 1 else pl.DataFrame(shares).max_horizontal()
        total = total + least.fill_null(0.0)
        single = pl.DataFrame([single.alias("a"), most.fill_null(0.0).alias("b")]).max_horizontal()
    return total, single


def _share(tables: Tables, one: Analyte) -> pl.Series:
    """A column in per cent; nought below detection and where it is negative."""
    share = (values(tables, one.column) * one.percent).clip(lower_bound=0.0).alias(one.column)
    return share.set(below(tables, one.column), 0.0) if below(tables, one.column).any() else share
