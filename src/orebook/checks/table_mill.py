"""Mill: the mill sheet as rules look at it: laid along the calendar, with the digits that its columns show."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from orebook.checks.table_rule import Tables
from orebook.disciplines.production.mill_amounts import mill_amounts
from orebook.disciplines.production.sheet_metals import mass_ratio, sheet_metals
from orebook.disciplines.production.sheet_stretches import Laid, lay
from orebook.maths.printed import printed_step


def laid_mill(tables: Tables) -> Laid | None:
    """The mill sheet laid along the calendar, once for all rules; ``row`` counts from nought. Nothing without one."""
    if not tables.has("mill", "mine", "from_day", "to_day"):
        return None

    def make() -> Laid:
        frame = tables.frame("mill").drop("row", strict=False).with_row_index("row").cast({"row": pl.Int64})
        amounts = mill_amounts(frame)
        return lay(amounts.rows, amounts.columns)

    return tables.kept("laid mill", make)


def slack(frame: pl.DataFrame) -> dict[str, float]:
    """Half a printed digit of ore and of the metal made, by the name of the amount."""
    found = {"ore_t": _half(frame, "ore_t")}
    for metal in sheet_metals(frame.columns):
        halves = [_half(frame, one.column) * mass_ratio(one.unit, metal.unit) for one in metal.masses]
        found[f"{metal.symbol} made"] = max(halves, default=0.0)
    return found


def _half(frame: pl.DataFrame, name: str) -> float:
    if name not in frame.columns:
        return 0.0
    return printed_step(frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()) / 2.0


def half_steps(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Rows with half a printed digit of some columns beside them (``… half``), by the digits that each mine shows."""
    if not rows.height:
        return rows.with_columns(pl.lit(None, pl.Float64).alias(f"{name} half") for name in names)
    parts = [
        part.with_columns(pl.lit(_half(part, name)).alias(f"{name} half") for name in names)
        for part in rows.partition_by("mine", maintain_order=True)
    ]
    return pl.concat(parts).sort("line")
