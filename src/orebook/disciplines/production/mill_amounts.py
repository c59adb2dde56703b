"""Mill amounts: every row of a mill sheet as amounts that can be added: ore, hours, metal in the feed, metal made.

What a row does not say is solved from what it says: metal from grade and recovery, grade from metal and recovery.
Amounts of a metal stand in columns named after it: ``Cu fed``, ``Cu made`` and so on.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from orebook.disciplines.production.metal import head_grade, metal_produced
from orebook.disciplines.production.sheet_metals import SheetMetal, mass_ratio, metal_factor, sheet_metals
from orebook.ground.metals import MetalColumn

KEYS = ("mine", "source", "from_day", "to_day")
PLAIN = ("ore_t", "operating_h", "available_h", "concentrate_t")
"""Amounts of a row that belong to no metal."""

OF_METAL = ("fed", "fed ore", "made", "fed known", "made known", "head", "conc", "conc t", "tails", "tails t", "test t")
"""Amounts of a metal: in the feed, and the ore in which that is known; made; both where both are known; grade times
tonnes of feed, concentrate and tailings with the tonnes for which they are known."""


class Amounts(NamedTuple):
    """Rows of a sheet as amounts, and the metals that they are about."""

    rows: pl.DataFrame
    metals: tuple[SheetMetal, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that hold amounts."""
        return [each for each in self.rows.columns if each in PLAIN or each.partition(" ")[2] in OF_METAL]


def mill_amounts(mill: pl.DataFrame, counted_in: Mapping[str, str] | None = None) -> Amounts:
    """The rows of a mill sheet as amounts, with ``row``, ``mine``, ``source``, ``from_day``, ``to_day`` and ``days``.

    Ore is dry: wet tonnes lose their moisture. Rows without a mine or with a day that is missing or before the first
    are left out. Raises ``ValueError`` for a unit that is no mass. Source: definitions.

    >>> from datetime import date
    >>> sheet = pl.DataFrame({"mine": ["A"], "from_day": [date(2011, 1, 1)], "to_day": [date(2011, 1, 1)],
    ...     "wet_t": [1000.0], "moisture_pct": [5.0], "cu_pct": [1.0], "cu_recovery_pct": [90.0]})
    >>> mill_amounts(sheet).rows.select("ore_t", "Cu fed", "Cu made").rows()
    [(950.0, 9.5, 8.55)]
    """
    metals = sheet_metals(mill.columns, counted_in)
    frame = _filled_up(mill).select(
        *KEYS, "row", *(pl.col(name) for name in PLAIN), *(each.column for each in _all_columns(metals))
    )
    frame = frame.filter(pl.col("mine").is_not_null() & (pl.col("from_day") <= pl.col("to_day")))
    days = (pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1
    frame = frame.with_columns(days=days.cast(pl.Float64))
    made = frame.with_columns(each for metal in metals for each in _of_metal(metal))
    kept = made.with_columns(each for metal in metals for each in _where_known(metal.symbol))
    wanted = [f"{metal.symbol} {name}" for metal in metals for name in OF_METAL]
    return Amounts(kept.select(*KEYS, "row", "days", *PLAIN, *wanted), tuple(metals))


def _all_columns(metals: Sequence[SheetMetal]) -> list[MetalColumn]:
    parts = ((*each.head, *each.recovery, *each.masses, *each.concentrate, *each.tailings) for each in metals)
    return [column for part in parts for column in part]


def _filled_up(mill: pl.DataFrame) -> pl.DataFrame:
    """A sheet with all columns that a sheet may have, and dry ore in each row that can have it."""
    empty: dict[str, pl.Expr] = {
        name: pl.lit(None, pl.Float64).alias(name) for name in (*PLAIN, "wet_t", "moisture_pct")
    }
    empty |= {"source": pl.lit(None, pl.String).alias("source"), "row": pl.int_range(pl.len(), dtype=pl.Int64)}
    frame = mill.with_columns(each.alias(name) for name, each in empty.items() if name not in mill.columns)
    return frame.with_columns(ore_t=pl.coalesce("ore_t", dry_tonnes(pl.col("wet_t"), pl.col("moisture_pct"))))


def dry_tonnes(wet: pl.Expr, moisture_pct: pl.Expr) -> pl.Expr:
    """Dry tonnes: wet tonnes less their water.

    Source: definition.

    >>> pl.DataFrame({"w": [1000.0], "m": [8.5]}).select(dry_tonnes(pl.col("w"), pl.col("m"))).item()
    915.0
    """
    return wet * (1.0 - moisture_pct / 100.0)


def _of_metal(metal: SheetMetal) -> Iterable[pl.Expr]:
    """Metal in the feed and metal made, each as said or else solved; grades of products by tonnes."""
    ore = pl.col("ore_t")
    factor = metal_factor(metal.grade_unit, metal.unit)
    still = pl.when(ore == 0.0).then(0.0)  # a mill that stands has no grade and makes nothing
    head = _grade(metal.head, metal.grade_unit)
    recovery = pl.coalesce(*(pl.col(each.column) / 100.0 for each in metal.recovery), pl.lit(None, pl.Float64))
    said = pl.coalesce(
        *(pl.col(each.column) * mass_ratio(each.unit, metal.unit) for each in metal.masses), pl.lit(None, pl.Float64)
    )
    conc, tails = _grade(metal.concentrate, metal.grade_unit), _grade(metal.tailings, metal.grade_unit)
    pulled = pl.coalesce(pl.col("concentrate_t"), ore * mass_pull(head, conc, tails))
    made = pl.coalesce(
        said,
        metal_produced(ore * factor, head, recovery),
        pl.col("concentrate_t") * conc * factor,
        ore * factor * head * two_product_recovery(head, conc, tails),
        still,
    )
    solved = head_grade(made, ore * factor, recovery)
    name = metal.symbol
    yield made.alias(f"{name} made")
    yield (ore * pl.coalesce(head, pl.when(ore > 0.0).then(solved), still) * factor).alias(f"{name} fed")
    tested = head.is_not_null() & conc.is_not_null() & tails.is_not_null()
    yield pl.when(tested).then(ore).alias(f"{name} test t")
    yield pl.when(tested).then(ore * head).alias(f"{name} head")
    yield pl.when(conc.is_not_null()).then(pulled).alias(f"{name} conc t")
    yield (pulled * conc).alias(f"{name} conc")
    yield pl.when(tails.is_not_null()).then(ore - pulled).alias(f"{name} tails t")
    yield ((ore - pulled) * tails).alias(f"{name} tails")


def _where_known(name: str) -> Iterable[pl.Expr]:
    """Amounts only where those that they are compared with are known, too."""
    fed, made = pl.col(f"{name} fed"), pl.col(f"{name} made")
    yield pl.when(fed.is_not_null()).then(pl.col("ore_t")).alias(f"{name} fed ore")
    yield pl.when(made.is_not_null()).then(fed).alias(f"{name} fed known")
    yield pl.when(fed.is_not_null()).then(made).alias(f"{name} made known")


def _grade(columns: Sequence[MetalColumn], unit: str) -> pl.Expr:
    """The grade of a row in one unit, from the first column that says it."""
    ratios = (pl.col(each.column) * (metal_factor(each.unit, "g") / metal_factor(unit, "g")) for each in columns)
    return pl.coalesce(*ratios, pl.lit(None, pl.Float64))


def two_product_recovery(head: pl.Expr, concentrate: pl.Expr, tailings: pl.Expr) -> pl.Expr:
    """Recovery by assays alone: ``R = c(f − t) / [f(c − t)]``, as a fraction of one.

    Nothing where feed or difference is nought. Source: the two-product formula, B. A. Wills and J. A. Finch, Wills'
    Mineral Processing Technology, eighth edition (2016), chapter 3.

    >>> row = pl.DataFrame({"f": [0.28], "c": [24.0], "t": [0.052]})
    >>> round(row.select(two_product_recovery(pl.col("f"), pl.col("c"), pl.col("t"))).item(), 4)
    0.8161
    """
    below = head * (concentrate - tailings)
    return pl.when(below != 0.0).then(concentrate * (head - tailings) / below)


def mass_pull(head: pl.Expr, concentrate: pl.Expr, tailings: pl.Expr) -> pl.Expr:
    """Concentrate made of a tonne of ore by assays alone: ``(f − t) / (c − t)``.

    >>> row = pl.DataFrame({"f": [2.0], "c": [20.0], "t": [0.2]})
    >>> round(row.select(mass_pull(pl.col("f"), pl.col("c"), pl.col("t"))).item(), 4)
    0.0909
    """
    below = concentrate - tailings
    return pl.when(below != 0.0).then((head - tailings) / below)
