"""Comparing: figures beside those of the year before, and a change split into tonnes, grade and recovery."""

import polars as pl

_SAME = ("measure", "subject", "source", "metal", "kind", "number", "basis", "unit")
_OF = {"ore": "milling.ore_milled", "grade": "milling.head_grade", "recovery": "milling.recovery"}
_METAL = "milling.metal_produced"
_PERIOD = ("subject", "source", "metal", "kind", "number", "basis", "year", "period", "from_day", "to_day")


def compared(figures: pl.DataFrame) -> pl.DataFrame:
    """Each figure beside that of the same period of the fiscal year before: ``before``, ``change``, ``change_pct``.

    A figure without one before it is not listed, nor what runs since the start. Source: catalogue code PR1008.
    """
    own = figures.filter(pl.col("kind") != "since start")
    past = own.select(
        *_SAME,
        year=pl.col("year") + 1,
        before=pl.col("value"),
        before_period=pl.col("period"),
        before_coverage=pl.col("coverage"),
    )
    met = own.join(past, on=[*_SAME, "year"], nulls_equal=True, maintain_order="left")
    change = pl.col("value") - pl.col("before")
    return met.with_columns(
        change=change, change_pct=pl.when(pl.col("before") != 0.0).then(100.0 * change / pl.col("before").abs())
    )


def factors(figures: pl.DataFrame) -> pl.DataFrame:
    """The change of metal from year to year as a product of ratios, and as a sum of what each of them did.

    ``metal_ratio`` is exactly ``ore_ratio`` times ``grade_ratio`` times ``recovery_ratio``; ``by_ore``, ``by_grade``
    and ``by_recovery`` add up exactly to ``change``, in the unit of the metal. A ratio whose parts are not told for all
    of both periods is not made. Sources: definition; the split by logarithmic means, B. W. Ang, Energy Policy 33 (2005)
    867–871.

    >>> from datetime import date
    >>> from orebook.disciplines.production.mill_figures import mill_figures
    >>> sheet = pl.DataFrame({"mine": "A", "from_day": [date(2010, 1, 1), date(2011, 1, 1)],
    ...     "to_day": [date(2010, 12, 31), date(2011, 12, 31)], "ore_t": [1000.0, 1100.0], "cu_pct": [1.0, 0.9],
    ...     "cu_recovery_pct": [80.0, 90.0]})
    >>> row = factors(mill_figures(sheet, company="C").figures).filter(subject="A", period="2011").row(0, named=True)
    >>> round(row["metal_ratio"], 5), round(row["by_ore"] + row["by_grade"] + row["by_recovery"], 5)
    (1.11375, 0.91)
    """
    whole = figures.filter(pl.col("coverage") > 1.0 - 1e-9, pl.col("kind") != "since start")
    wide = _measure(whole, _METAL, "metal_produced").with_columns(unit=pl.col("unit"))
    for name, measure in _OF.items():
        keys = [key for key in _PERIOD if key != "metal" or name != "ore"]
        one = _measure(whole, measure, name).drop("unit")
        one = one.drop("metal") if name == "ore" else one
        wide = wide.join(one, on=keys, nulls_equal=True)
    past = wide.select(
        "subject", "source", "metal", "kind", "number", "basis", "unit",
        year=pl.col("year") + 1,
        before_period=pl.col("period"),
        **{f"{name} before": pl.col(name) for name in ("metal_produced", *_OF)},
    )  # fmt: skip
    both = wide.join(
        past, on=["subject", "source", "metal", "kind", "number", "basis", "unit", "year"], nulls_equal=True
    )
    ratios = {name: pl.col(name) / pl.col(f"{name} before") for name in _OF}
    now, then = pl.col("metal_produced"), pl.col("metal_produced before")
    told = both.filter(pl.all_horizontal((ratio.is_finite() & (ratio > 0.0)) for ratio in ratios.values()), then > 0.0)
    told = told.with_columns(
        metal_ratio=now / then,
        change=now - then,
        mean=pl.when(now == then).then(now).otherwise((now - then) / (now / then).log()),
        **{f"{name}_ratio": ratio for name, ratio in ratios.items()},
    )
    parts = {f"by_{name}": pl.col("mean") * pl.col(f"{name}_ratio").log() for name in _OF}
    kept = (*_PERIOD, "before_period", "unit", "change", "metal_ratio", *(f"{name}_ratio" for name in _OF))
    return told.select(*kept, **parts).sort("subject", "basis", "source", "metal", "from_day", "to_day")


def _measure(figures: pl.DataFrame, measure: str, name: str) -> pl.DataFrame:
    return figures.filter(pl.col("measure") == measure).select(*_PERIOD, "unit", pl.col("value").alias(name))
