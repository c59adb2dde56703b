"""Rows: what a row of a result says of itself, by which it is found again when others have come before it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

_COUNTED = ("level", "stage", "step", "from_m", "to_m", "from_ft", "to_ft")
"""What tells a row from others as a number; all other numbers of a row are what was measured."""

_TELLING = (
    *("hole", "rule", "level", "programme", "kind", "measure", "subject", "metal", "period", "basis", "version"),
    *("source", "property", "holder", "mine", "earn_in", "stage", "term", "step", "item", "title", "day", "from_day"),
    *("from_m", "to_m", "from_ft", "to_ft"),
)


def about(frame: pl.DataFrame, row: int) -> dict[str, Any]:
    """What tells a row from others, as words and numbers."""
    said = frame.row(row, named=True)
    kept = {key: said[key] for key in _TELLING if said.get(key) is not None}
    return {
        key: each if isinstance(each, int | float) else str(each)
        for key, each in kept.items()
        if key in _COUNTED or not isinstance(each, int | float)
    }


def found(frame: pl.DataFrame, row: int, told: Mapping[str, Any]) -> int | None:
    """The row that says this now: the same one, or another that alone does."""
    if row < frame.height and about(frame, row) == told:
        return row
    known = [key for key in told if key in frame.columns]
    if not told or len(known) < len(told):
        return row if not told and row < frame.height else None
    agrees = (
        pl.col(key) == each if isinstance(each, int | float) else pl.col(key).cast(pl.String) == each
        for key, each in told.items()
    )
    rows = frame.with_row_index("row of it").filter(*agrees)
    return int(rows["row of it"][0]) if rows.height == 1 else None
