"""Metal of a leach pad that was recovered and then was not."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_leach import metal_by_state
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.disciplines.production.heap_leach import BULLION, RECOVERED


@table_rule("T612", on="records", basis="what was recovered until a day was recovered until every later one")
def leach_metal_falls(tables: Tables) -> Iterator[Faults]:
    """What was recovered from a leach pad, or poured, is less at a later day.

    What it does:
    Compares each count with the greatest before it. Both are told from the beginning on, so neither can fall.

    Why it matters:
    The metal of one month stands where that of all months belongs, or a day or a count is wrong.

    Flagged:

        leach_metal
        pad,day,state,au_oz
        North,2012-02-29,recovered,1200
        North,2012-03-31,recovered,700

    Fine:

        leach_metal
        pad,day,state,au_oz
        North,2012-02-29,recovered,1200
        North,2012-03-31,recovered,1900

    Help:
    Write what was recovered since the pad began, not what came in the month.
    """
    counts = metal_by_state(tables)
    if counts is None:
        return
    for state in (RECOVERED, BULLION):
        told = counts.filter(pl.col(state).is_not_null()).sort("pad", "metal", "day")
        before = pl.col(state).cum_max().shift(1).over("pad", "metal")
        fell = told.with_columns(before=before).filter(pl.col(state) < pl.col("before"))

        def say(row: Row, state: str = state) -> str:
            said = f"{row['pad']}: {value(row[state])} {row['unit']} of {row['metal']} {_WORDS[state]}"
            return f"{said} until {row['day']}, but {value(row['before'])} until an earlier day"

        yield Faults("error", fell.sort("lines"), say, {"leach_metal": "lines"})


_WORDS = {RECOVERED: "recovered", BULLION: "poured"}
