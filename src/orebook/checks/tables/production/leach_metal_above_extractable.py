"""Leach pads that gave more than they can."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.disciplines.production.heap_leach import pad_inventory


@table_rule("T610", on="records", basis="metal that comes out was placed and can be leached")
def leach_metal_above_extractable(tables: Tables) -> Iterator[Faults]:
    """More metal was recovered from a leach pad than was placed times its ultimate recovery.

    What it does:
    Adds the metal of all lifts placed by the day of each count, each times its ultimate recovery.

    Why it matters:
    The ultimate recovery or the grade of a lift is too low, and with it the inventory that the accounts carry.

    Flagged:

        leach_lifts
        pad,lift,placed_day,tonnes_st,au_ozpst,ultimate_recovery_pct
        North,1,2011-10-01,28000,0.1,70

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,2100

    Fine:

        leach_lifts
        pad,lift,placed_day,tonnes_st,au_ozpst,ultimate_recovery_pct
        North,1,2011-10-01,28000,0.1,70

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,1900

    Help:
    Compare with the tests that the ultimate recovery rests on; a change of estimate works forward only.
    """
    if not tables.has("leach_lifts", "pad", "lift", "placed_day"):
        return
    if not tables.has("leach_metal", "pad", "day", "state"):
        return
    metal = tables.frame("leach_metal").with_row_index("line", 2).filter(pl.col("state") == "recovered")
    lifts = tables.frame("leach_lifts").drop(
        [name for name in ("curve", "row") if name in tables.frame("leach_lifts").columns]
    )
    days = metal["day"].drop_nulls().unique().sort().to_list()
    pads = pad_inventory(lifts, days, metal=tables.frame("leach_metal"))
    over = pads.filter(pl.col("recovered") > pl.col("extractable") * (1.0 + 1e-9), pl.col("counted") == pl.col("day"))
    met = over.join(metal.select("pad", "day", "line"), on=["pad", "day"])

    def say(row: Row) -> str:
        said = f"{value(row['recovered'])} {row['unit']} of {row['metal']} were recovered from {row['pad']}"
        return f"{said} by {row['day']}, where {value(row['extractable'])} can come out"

    yield Faults("error", met.sort("line"), say, {"leach_metal": "line"})
