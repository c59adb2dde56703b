"""Tidy stocks: closing tonnes, grades and metal of each stockpile as figures of the vocabulary."""

import polars as pl

from orebook.disciplines.production.sheet_metals import metal_factor
from orebook.disciplines.production.tidy_figures import FIGURES, WHOLE
from orebook.ground.metals import metal_column


def stock_figures(periods: pl.DataFrame) -> pl.DataFrame:
    """The stockpiles at the end of every period as figures; the pile is the ``source``.

    ``periods`` are those of ``stockpile_periods``.
    """
    found = [_figures(periods, "stockpiles.tonnes", pl.col("closing_t"), "t", "")]
    for name in periods.columns:
        one = metal_column(name)
        if one is None or one.kind != "grade":
            continue
        mass = "oz" if one.unit in ("g/t", "oz/ton", "oz/t") else "t"
        metal = pl.col("closing_t") * pl.col(name) * metal_factor(one.unit, mass)
        found.append(_figures(periods, "stockpiles.grade", pl.col(name), one.unit, one.symbol))
        found.append(_figures(periods, "stockpiles.metal", metal, mass, one.symbol))
    return pl.concat(found).sort("subject", "source", "measure", "metal", "from_day", "to_day")


def _figures(periods: pl.DataFrame, measure: str, value: pl.Expr, unit: str, metal: str) -> pl.DataFrame:
    said = {
        "measure": pl.lit(measure),
        "subject": pl.col("mine"),
        "source": pl.col("stockpile"),
        "metal": pl.lit(metal or None, pl.String),
        "basis": pl.lit(WHOLE),
        "value": value,
        "unit": pl.lit(unit),
        "coverage": pl.lit(1.0),
        "year": pl.col("to_day").dt.year(),
    }
    own = ("kind", "period", "from_day", "to_day")
    made = periods.select(
        said.get(name, pl.col(name) if name in own else pl.lit(None, kind)).cast(kind).alias(name)
        for name, kind in FIGURES.items()
    )
    return made.filter(pl.col("value").is_not_null())
