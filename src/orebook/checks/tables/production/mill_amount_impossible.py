"""Tonnes, moistures and grades of production that cannot be."""

from collections.abc import Callable, Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.disciplines.production.sheet_metals import metal_factor
from orebook.ground.metals import metal_columns

_TABLES = {
    "mill": ("ore_t", "wet_t", "concentrate_t"),
    "mined": ("ore_t", "waste_t"),
    "stock_moves": ("tonnes_t",),
    "depletions": ("tonnes_t",),
    "stream_measures": ("mass_t", "wet_t"),
    "leach_lifts": ("tonnes_t", "tonnes_st"),
}
"""Tables of production with their columns of tonnes."""


@table_rule("T607", on="records", basis="a part is no more than the whole, and nothing weighs less than nothing")
def mill_amount_impossible(tables: Tables) -> Iterator[Faults]:
    """Tonnes or metal are below nought, a moisture is outside 0 to 100 %, or a grade is more than the rock.

    What it does:
    Looks at the tables of mills, mining, stockpiles, depletions, streams and leach pads.

    Why it matters:
    A sign or a unit that slipped once is in every sum of its month.

    Flagged:

        mill
        mine,from_day,to_day,wet_t,moisture_pct
        Kestrel,2011-01-01,2011-01-01,20100,108.5
        ----
        mined
        mine,from_day,to_day,ore_t,cu_pct
        Kestrel,2011-01-01,2011-01-31,620000,262

    Fine:

        mill
        mine,from_day,to_day,wet_t,moisture_pct,cu_pct
        Kestrel,2011-01-01,2011-01-01,20100,8.5,0.262

    Help:
    Compare with the scale and the certificate.
    """
    for table, masses in _TABLES.items():
        columns = tables.frame(table).columns
        metals = metal_columns(table, columns)
        weights = [*masses, *(one.column for one in metals if one.kind == "mass")]
        for name in (name for name in weights if name in columns):
            rows = records(tables, table, name)
            yield Faults("error", rows.filter(pl.col(name) < 0.0), _say(name, "is below nought"), {table: "line"})
        limits = {"moisture_pct": 100.0} if "moisture_pct" in columns else {}
        limits |= {one.column: 1e6 / metal_factor(one.unit, "g") for one in metals if one.kind == "grade"}
        for name, most in limits.items():
            rows = records(tables, table, name).drop_nulls()
            said = _say(name, f"is outside 0 to {value(most)}")
            yield Faults("error", rows.filter(~pl.col(name).is_between(0.0, most)), said, {table: "line"})


def _say(name: str, what: str) -> Callable[[Row], str]:
    def say(row: Row) -> str:
        return f"{name} {value(row[name])} {what}"

    return say
