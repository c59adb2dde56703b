"""Pad figures: the metal of leach pads at the end of each day as figures of the vocabulary."""

import polars as pl

from orebook.disciplines.production.sheet_metals import metal_factor
from orebook.disciplines.production.tidy_figures import FIGURES, WHOLE

_MEASURES = {
    "placed": "metal_placed",
    "extractable": "metal_extractable",
    "extracted": "metal_extracted",
    "recovered": "metal_recovered",
    "recoverable": "metal_recoverable",
    "solution": "metal_in_solution",
    "carbon": "metal_on_carbon",
    "bullion": "metal_in_bullion",
}
"""The measure of each column of an inventory."""


def pad_figures(pads: pl.DataFrame) -> pl.DataFrame:
    """The inventories of ``pad_inventory`` as figures; the subject is the pad, the period the day."""
    found = [_figures(pads, measure, pl.col(name), pl.col("unit")) for name, measure in _MEASURES.items()]
    found.append(_figures(pads, "tonnes_placed", pl.col("tonnes_t"), pl.lit("t")))
    precious = pl.col("unit") == "oz"
    grade_unit = pl.when(precious).then(pl.lit("g/t")).otherwise(pl.lit("%"))
    factor = pl.when(precious).then(metal_factor("g/t", "oz")).otherwise(metal_factor("%", "lb"))
    found.append(_figures(pads, "grade_placed", pl.col("placed") / pl.col("tonnes_t") / factor, grade_unit))
    return pl.concat(found).sort("subject", "measure", "metal", "to_day")


def _figures(pads: pl.DataFrame, measure: str, value: pl.Expr, unit: pl.Expr) -> pl.DataFrame:
    said = {
        "measure": pl.lit(f"leaching.{measure}"),
        "subject": pl.col("pad"),
        "metal": pl.col("metal"),
        "kind": pl.lit("day"),
        "period": pl.col("day").dt.to_string("%Y-%m-%d"),
        "from_day": pl.col("day"),
        "to_day": pl.col("day"),
        "basis": pl.lit(WHOLE),
        "value": value,
        "unit": unit,
        "coverage": pl.lit(1.0),
        "year": pl.col("day").dt.year(),
        "number": pl.lit(1),
    }
    made = pads.select(said.get(name, pl.lit(None, kind)).cast(kind).alias(name) for name, kind in FIGURES.items())
    return made.filter(pl.col("value").is_not_null())
