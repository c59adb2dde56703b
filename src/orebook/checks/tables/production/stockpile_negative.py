"""Stockpiles below nothing."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.disciplines.production.stockpile_balances import stockpile_balances


@table_rule("T608", on="records", basis="no more leaves a pile than lies on it")
def stockpile_negative(tables: Tables) -> Iterator[Faults]:
    """A move takes more from a stockpile than lies there.

    What it does:
    Keeps the balance of each pile: opening, what came in, what went out, in the order of days; on one day what came in
    comes first.

    Why it matters:
    Tonnes and grades of the pile, and of the feed that is said to come from it, mean nothing from then on.

    Flagged:

        stock_moves
        mine,stockpile,day,kind,tonnes_t
        Kestrel,low grade,2011-01-01,opening,1000
        Kestrel,low grade,2011-01-05,out,1400

    Fine:

        stock_moves
        mine,stockpile,day,kind,tonnes_t
        Kestrel,low grade,2011-01-01,opening,1000
        Kestrel,low grade,2011-01-05,in,600
        Kestrel,low grade,2011-01-05,out,1400

    Help:
    Look for a move that is missing, or tell the pile anew by an opening after a survey.
    """
    if not tables.has("stock_moves", "mine", "stockpile", "day", "kind", "tonnes_t"):
        return
    frame = tables.frame("stock_moves").drop("row", strict=False).with_row_index("row").cast({"row": pl.Int64})
    moves = stockpile_balances(frame.drop([name for name in frame.columns if name.endswith(("_pct", "_gpt"))])).moves
    below = moves.filter(pl.col("stock_t") < -1e-6, pl.col("kind") == "out").with_columns(line=pl.col("row") + 2)

    def say(row: Row) -> str:
        pile = f"{row['mine']} {row['stockpile']}"
        held = row["stock_t"] + row["tonnes_t"]
        return f"{pile}: {value(row['tonnes_t'])} t go out on {row['day']} of {value(held)} t that lie there"

    yield Faults("error", below.sort("line"), say, {"stock_moves": "line"})
