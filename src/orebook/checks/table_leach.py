"""Leach: counts of the metal of leach pads as rules look at them, by pad, metal and day, the states side by side."""

import numpy as np
import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Tables
from orebook.disciplines.production.heap_leach import STATES
from orebook.ground.metals import metal_columns
from orebook.maths.printed import printed_step


def metal_by_state(tables: Tables) -> pl.DataFrame | None:
    """A row for each pad, metal and day with a column for each state; nothing where no metal is counted.

    ``lines`` are the rows that it is made of, ``half`` is half a printed digit: of whole numbers half of one.
    """
    if not tables.has("leach_metal", "pad", "day", "state"):
        return None
    rows = records(tables, "leach_metal").drop_nulls(["pad", "day", "state"])
    parts = []
    for one in metal_columns("leach_metal", rows.columns, "mass"):
        half = min(printed_step(rows[one.column].cast(pl.Float64).fill_null(np.nan).to_numpy()), 1.0) / 2.0
        parts.append(
            rows.drop_nulls(one.column)
            .group_by("pad", "day", maintain_order=True)
            .agg(
                *(pl.col(one.column).filter(pl.col("state") == state).last().alias(state) for state in STATES),
                lines=pl.col("line"),
            )
            .with_columns(metal=pl.lit(one.symbol), unit=pl.lit(one.unit), half=pl.lit(half))
        )
    return pl.concat(parts) if parts else None
