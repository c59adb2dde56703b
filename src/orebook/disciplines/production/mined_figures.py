"""Mined figures: ore and waste that left a mine by period, and the strip ratio with what it counts as waste."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from orebook.disciplines.production.period_sums import by_stretch, in_months, periods_of, sums_by_period
from orebook.disciplines.production.rates import strip_ratio
from orebook.disciplines.production.sheet_metals import metal_factor
from orebook.disciplines.production.sheet_stretches import SPREAD, lay
from orebook.disciplines.production.tidy_figures import WHOLE, Measured, figures
from orebook.ground.metals import MetalColumn, metal_column

ROCK = "waste"
"""What waste is called whose kind is not said."""
OF_KIND = "waste: "
"""What stands before the kind in the name of a column of waste."""


class MinedFigures(NamedTuple):
    """Figures of mining by period, and rows that were left out."""

    figures: pl.DataFrame
    left_out: pl.DataFrame


def mined_figures(mined: pl.DataFrame, *, year_end: str = "12-31", waste: Sequence[str] | None = None) -> MinedFigures:
    """Ore, waste by kind, total, grades and strip ratio of each mine and period.

    ``waste`` are the kinds that the strip ratio counts; without it all. The figure says which. Raises ``ValueError``
    for a fiscal year that does not end with a month. Source: catalogue code PR1009.

    >>> from datetime import date
    >>> pit = pl.DataFrame({"mine": "A", "from_day": [date(2011, 1, 1)] * 2, "to_day": [date(2011, 1, 31)] * 2,
    ...     "ore_t": [100.0, None], "waste_t": [110.0, 41.0], "waste_kind": ["rock", "old tailings"]})
    >>> made = mined_figures(pit).figures.filter(period="2011-01", measure="milling.strip_ratio")
    >>> made.select("value", "how").row(0)
    (1.51, 'waste counts old tailings and rock')
    """
    grades = [one for one in filter(None, map(metal_column, mined.columns)) if one.kind == "grade" and not one.part]
    rows, kinds = _amounts(mined, grades)
    counted = [kind for kind in kinds if waste is None or kind in waste]
    names = [name for name in rows.columns if name == "ore_t" or name.startswith((OF_KIND, "metal ", "graded "))]
    laid = lay(rows, names, ("mine", "source", "waste_kind"))
    rows = _kinds_together(laid.rows, names)
    by_mine = in_months(by_stretch(rows, names, ["mine"]), names, ["mine"])
    sums = sums_by_period(by_mine, periods_of(laid.rows, year_end), names, ["mine"])
    named = sums.with_columns(subject=pl.col("mine"), source=pl.lit(None, pl.String), basis=pl.lit(WHOLE))
    return MinedFigures(figures(named, _measures(kinds, counted, grades)), laid.left_out)


def _kinds_together(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Rows of one source and stretch added up: ore stands in one of them, each kind of waste in another."""
    spreads = [name for name in rows.columns if name.endswith(SPREAD)]
    sums = (pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name) for name in names)
    first = pl.col("days", "derived", *spreads).drop_nulls().first()
    return rows.group_by("mine", "source", "from_day", "to_day").agg(*sums, first)


def _amounts(mined: pl.DataFrame, grades: Sequence[MetalColumn]) -> tuple[pl.DataFrame, list[str]]:
    lacking = {"source": pl.String, "waste_kind": pl.String, "ore_t": pl.Float64, "waste_t": pl.Float64}
    empty = [pl.lit(None, kind).alias(name) for name, kind in lacking.items() if name not in mined.columns]
    frame = mined.with_columns(empty)
    if "row" not in frame.columns:
        frame = frame.with_row_index("row")
    frame = frame.filter(pl.col("mine").is_not_null() & (pl.col("from_day") <= pl.col("to_day")))
    kind = pl.when(pl.col("waste_t").is_not_null()).then(pl.col("waste_kind").fill_null(ROCK))
    kinds = sorted(frame.select(kind.drop_nulls().unique()).to_series().to_list())
    days = ((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1).cast(pl.Float64)
    made = frame.with_columns(
        *(pl.when(kind == each).then(pl.col("waste_t")).alias(f"{OF_KIND}{each}") for each in kinds),
        *((pl.col("ore_t") * pl.col(each.column)).alias(f"metal {each.symbol}") for each in grades),
        *(
            pl.when(pl.col(each.column).is_not_null()).then(pl.col("ore_t")).alias(f"graded {each.symbol}")
            for each in grades
        ),
        days=days,
    )
    return made, kinds


def _measures(kinds: Sequence[str], counted: Sequence[str], grades: Sequence[MetalColumn]) -> Iterator[Measured]:
    """What a mine moved; the days of waste are those of any kind."""
    ore = pl.col("ore_t")
    yield Measured("milling.ore_mined", ore, "t", ("ore_t",), spread="ore_t")
    for kind in kinds:
        name = f"{OF_KIND}{kind}"
        yield Measured(
            "milling.waste_mined", pl.col(name), "t", (name,), how=f"of it {kind}" if len(kinds) > 1 else kind
        )
    if kinds:
        every = [f"{OF_KIND}{kind}" for kind in kinds]
        if len(kinds) > 1:
            said = f"waste counts {' and '.join(kinds)}"
            yield Measured("milling.waste_mined", pl.sum_horizontal(every), "t", ("ore_t",), how=said)
        yield Measured("milling.total_mined", ore + pl.sum_horizontal(every), "t", ("ore_t",))
    if counted:
        some = [f"{OF_KIND}{kind}" for kind in counted]
        ratio = pl.when(ore > 0.0).then(strip_ratio(pl.sum_horizontal(some), ore))
        yield Measured("milling.strip_ratio", ratio, "1", ("ore_t",), how=f"waste counts {' and '.join(counted)}")
    for one in grades:
        rich = pl.col(f"metal {one.symbol}") / pl.col(f"graded {one.symbol}")
        yield Measured("milling.mined_grade", rich, one.unit, (f"metal {one.symbol}",), one.symbol, ratio=True)
        mass = "oz" if one.unit in ("g/t", "oz/ton", "oz/t") else "t"
        contained = pl.col(f"metal {one.symbol}") * metal_factor(one.unit, mass)
        yield Measured("milling.metal_mined", contained, mass, (f"metal {one.symbol}",), one.symbol)
