"""Metal of a mill that ore, grade and recovery do not make."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_mill import half_steps
from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.disciplines.production.metal import metal_produced
from orebook.disciplines.production.sheet_metals import metal_factor, sheet_metals


@table_rule("T605", on="records", basis="metal is ore times grade times recovery (catalogue code PR1002)")
def metal_off_product(tables: Tables) -> Iterator[Faults]:
    """A row tells metal that its ore, grade and recovery cannot make within their printed digits.

    What it does:
    Multiplies the ends of what each figure may have been rounded from, by the digits that its column shows for the
    mine, and compares with the metal that the row tells.

    Why it matters:
    One of four figures was copied from another row, or is in another unit.

    Flagged:

        mill
        mine,from_day,to_day,ore_t,cu_pct,cu_recovery_pct,cu_lb
        Kestrel,2011-01-01,2011-09-30,5742244,0.262,57.16,18299711

    Fine:

        mill
        mine,from_day,to_day,ore_t,cu_pct,cu_recovery_pct,cu_lb
        Kestrel,2011-01-01,2011-09-30,5742244,0.262,57.16,18939711

    Help:
    Compare all four with the log of the mill.
    """
    frame = tables.frame("mill")
    if not tables.has("mill", "mine", "from_day", "to_day", "ore_t"):
        return
    for metal in sheet_metals(frame.columns):
        for mass in metal.masses:
            if not metal.head or not metal.recovery:
                continue
            names = ("ore_t", metal.head[0].column, metal.recovery[0].column, mass.column)
            rows = records(tables, "mill", "mine", "from_day", "to_day", *names).drop_nulls(names)
            rows = half_steps(rows, names)
            factor = metal_factor(metal.head[0].unit, mass.unit) / 100.0
            low, high = (
                metal_produced(*(pl.col(name) + sign * pl.col(f"{name} half") for name in names[:3])) * factor
                for sign in (-1.0, 1.0)
            )
            made, half = pl.col(mass.column), pl.col(f"{mass.column} half")
            off = rows.with_columns(low=low, high=high).filter(
                (made + half < pl.col("low") * _DOWN) | (made - half > pl.col("high") * _UP)
            )

            def say(row: Row, name: str = mass.column, unit: str = mass.unit) -> str:
                said = f"{row['mine']} {row['from_day']} to {row['to_day']}: {name} {value(row[name])}"
                return f"{said}, where ore, grade and recovery make {value(row['low'])} to {value(row['high'])} {unit}"

            yield Faults("error", off, say, {"mill": "line"}, names)


_DOWN, _UP = 1.0 - 1e-12, 1.0 + 1e-12
