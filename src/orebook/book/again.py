"""Again: a mean worked out once more from the rows behind it, the slow and obvious way, to be compared with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from orebook.disciplines.assaying.deriving import after_averaging
from orebook.disciplines.assaying.quotients import QUOTIENTS
from orebook.ground.schema import BELOW

_SHARE = {"zero": 0.0, "half": 0.5, "full": 1.0, "sqrt2": 0.5**0.5}
"""The share of a detection limit that counts, by its view."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How one column was averaged: the share of a limit, the top-cut, the density, what has no value as nought or not.

    ``gaps`` says that depth without a sample counts as nought too.
    """

    limit: float = 1.0
    top_cut: float | None = None
    density: str = ""
    zero: bool = False
    gaps: bool = False


def counting(settings: Mapping[str, Any], rule: object, column: str) -> Counting | None:
    """How a column was averaged, as the step of a result says; nothing where it says nothing that can be repeated."""
    for said in settings.get("rules", ()):
        if said.get("name") == rule:
            decides = column == said["on"]
            return Counting(
                limit=_SHARE[said["bdl_view"]],
                top_cut=said["top_cut"] if decides else None,
                density=said["density"] if said["weights"] == "length_density" else "",
                zero=decides and said["missing_sample"] == "zero",
                gaps=decides and said["gap"] == "zero",
            )
    said = settings.get("composites")
    if said is None or said.get("weights", "length") != "length":
        return None
    return Counting(top_cut=said.get("top_cut", {}).get(column), zero=said.get("missing") == "zero")


def mean_again(rows: pl.DataFrame, column: str, how: Counting) -> float | None:
    """The mean of a column over rows with their ``weight``, the length of each that lies inside; nothing without one.

    >>> rows = pl.DataFrame({"weight": [1.0, 3.0, 1.0], "au_gpt": [4.0, 0.5, None], "au_gpt_below": [0, 1, 0]})
    >>> mean_again(rows, "au_gpt", Counting(limit=0.5, zero=True))
    0.95
    """
    metal = whole = 0.0
    end, dense = None, 1.0
    for row in rows.iter_rows(named=True):
        value, before = row[column], dense
        dense = row[how.density] or 0.0 if how.density else 1.0
        top, bottom = (next((row[key] for key in row if key.startswith(name)), None) for name in ("from_", "to_"))
        if how.gaps and end is not None and top is not None and top > end:
            whole += (top - end) * (before + dense) / 2
        end = bottom
        if value is None or value < 0:
            whole += row["weight"] * dense if how.zero else 0.0
            continue
        value *= how.limit if row.get(column + BELOW) else 1.0
        metal += row["weight"] * dense * (value if how.top_cut is None else min(value, how.top_cut))
        whole += row["weight"] * dense
    return metal / whole if whole else None


def again(
    rows: pl.DataFrame, column: str, settings: Mapping[str, Any], rule: object, derive: Mapping[str, object]
) -> float | None:
    """The mean of a column, a share or a ratio worked out once more; nothing where nothing was averaged."""
    if "weight" not in rows.columns:
        return None
    said = derive.get(column)
    kind = next((kind for kind in QUOTIENTS if isinstance(said, Mapping) and kind in said), "")
    if kind and isinstance(said, Mapping):
        parts = {str(said[key]): again(rows, str(said[key]), settings, rule, derive) for key in (kind, "of")}
        if None in parts.values():
            return None
        found = after_averaging(pl.DataFrame({name: [value] for name, value in parts.items()}), {column: said})
        return float(found[column].item())
    how = counting(settings, rule, column)
    needed = {column, *([how.density] if how and how.density else [])}
    if how is None or not needed <= set(rows.columns) or not rows[column].dtype.is_numeric():
        return None  # the name of a hole has no mean
    return mean_again(rows, column, how)
