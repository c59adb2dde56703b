"""Guidance whose ends are exchanged."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value


@table_rule("T609", on="records", basis="a range runs from its lower end to its upper")
def guidance_backwards(tables: Tables) -> Iterator[Faults]:
    """The lower end of guidance lies above the upper one.

    What it does:
    Compares both ends of each line.

    Why it matters:
    Nothing lies in such a range, so every result would miss it.

    Flagged:

        guidance
        mine,measure,metal,period,low,high,unit
        Kestrel,milling.metal_produced,Cu,2011,46,44,Mlb

    Fine:

        guidance
        mine,measure,metal,period,low,high,unit
        Kestrel,milling.metal_produced,Cu,2011,44,46,Mlb

    Help:
    Exchange them, or compare with the release.
    """
    rows = records(tables, "guidance", "measure", "period", "low", "high") if tables.has("guidance", "low") else None
    if rows is None:
        return

    def say(row: Row) -> str:
        return f"{row['measure']} of {row['period']}: low {value(row['low'])} is above high {value(row['high'])}"

    yield Faults("error", rows.filter(pl.col("low") > pl.col("high")), say, {"guidance": "line"}, ("low", "high"))
