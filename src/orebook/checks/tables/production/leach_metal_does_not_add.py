"""Metal of a leach pad whose parts do not make what was recovered."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_leach import metal_by_state
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import some, value
from orebook.disciplines.production.heap_leach import BULLION, CARBON, RECOVERED, SOLUTION

_PARTS = (BULLION, CARBON, SOLUTION)


@table_rule("T611", on="records", basis="metal that left the pad was poured, or is on carbon, or in solution")
def leach_metal_does_not_add(tables: Tables) -> Iterator[Faults]:
    """Bullion, metal on carbon and metal in solution do not add up to what was recovered from a leach pad.

    What it does:
    Adds, for each pad, metal and day, what was poured until then, what is on carbon and what is in solution, and
    compares the sum with all that left the pad until then. Where one of the three was not counted, the others must not
    be more than the whole. So much as the digits of the counts leave open is no difference.

    Why it matters:
    Either a count is wrong or metal is lost that nobody looks for.

    Flagged:

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,1900
        North,2012-03-31,bullion,1500
        North,2012-03-31,carbon,210
        North,2012-03-31,solution,150

    Flagged:

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,1900
        North,2012-03-31,bullion,1960

    Fine:

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,1900
        North,2012-03-31,bullion,1500
        North,2012-03-31,carbon,240
        North,2012-03-31,solution,160

    Fine:

        leach_metal
        pad,day,state,au_oz
        North,2012-03-31,recovered,1900
        North,2012-03-31,bullion,1500

    Help:
    Compare with the weights of pours and the stocktake; what was poured before the first count belongs to both sides.
    """
    counts = metal_by_state(tables)
    if counts is not None:
        yield Faults("error", _off(counts), _say, {"leach_metal": "lines"})


def _off(counts: pl.DataFrame) -> pl.DataFrame:
    """Counts whose parts are not the whole, or more than it where not all parts are told."""
    told = pl.sum_horizontal(pl.col(part).is_not_null().cast(pl.Int64) for part in _PARTS)
    sums = counts.with_columns(told=told, sum=pl.sum_horizontal(_PARTS)).filter(pl.col(RECOVERED).is_not_null())
    off, slack = pl.col("sum") - pl.col(RECOVERED), pl.col("half") * (pl.col("told") + 1) + 1e-6
    whole = pl.col("told") == len(_PARTS)
    return sums.filter((whole & (off.abs() > slack)) | ((pl.col("told") > 0) & (off > slack))).sort("lines")


def _say(row: Row) -> str:
    parts = some([f"{part} {value(row[part])}" for part in _PARTS if row[part] is not None])
    off = row["sum"] - row[RECOVERED]
    said = f"{row['pad']} at {row['day']}: {parts} make {value(row['sum'])} {row['unit']} of {row['metal']}"
    return f"{said}, {value(abs(off))} {'more' if off > 0 else 'less'} than {value(row[RECOVERED])} recovered"
