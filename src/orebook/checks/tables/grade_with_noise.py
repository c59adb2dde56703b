"""Grades with digits that no laboratory prints."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import some
from orebook.checks.table_values import assayed, values

_SHARE = 0.05
"""Such a share of a column makes it remarkable: a mean of two assays may have many digits, too."""


@table_rule("T410", on="values", basis="decimal digits")
def grade_with_noise(tables: Tables) -> Iterator[Remark]:
    """Grades carry the noise of single precision.

    What it does:
    Counts the values that are a short number after rounding to six digits and not before, such as 0.0299999993. One
    note for the whole table.

    Why it matters:
    The values went through a number of single precision. 0.0299999993 is below a cut-off of 0.03, although the
    laboratory printed 0.03.

    Flagged:

        collars
        hole,easting_m,northing_m
        34873B,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        34873B,2515.0,2517.4,0.0299999993
        34873B,2517.4,2518.9,0.0399999991

    Fine:

        collars
        hole,easting_m,northing_m
        34873B,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        34873B,2515.0,2517.4,0.03
        34873B,2517.4,2518.9,0.04

    Help:
    Round to the digits of the certificate when the table is imported.
    """
    noisy: list[tuple[str, int, int, float]] = []
    for one in assayed(tables):
        column = values(tables, one.column)
        off = _noisy(column)
        if len(off) and len(off) >= _SHARE * (column.len() - column.null_count()):
            noisy.append((one.column, len(off), off[0], float(column[off[0]])))
    if noisy:
        column_name, _, place, shown = noisy[0]
        said = some([f"{name} {count:,}" for name, count, *_ in noisy], most=60)
        text = f"values with the noise of single precision, such as {shown}: {said}"
        yield remark("note", text, [tables.source("assays", place + 2, column_name)])


def _noisy(column: pl.Series) -> list[int]:
    """The places of values that six digits say more simply, and single precision takes for the same."""
    scaled = column * 1e4
    suspects = ((scaled - scaled.round()).abs() > 1e-9 * scaled.abs() + 1e-6).arg_true()
    if not len(suspects):
        return []
    long = column.gather(suspects)
    short = long.round_sig_figs(6)
    apart = (long - short).abs() / long.abs()
    same = (long.cast(pl.Float32) == short.cast(pl.Float32)) & (apart > 1e-12) & (apart < 1e-7)
    return suspects.filter(same.fill_null(value=False)).to_list()
