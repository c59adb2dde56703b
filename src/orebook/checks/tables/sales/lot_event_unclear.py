"""Events of lots that are not there, or of no known kind."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.disciplines.sales.assays import PARTIES

KINDS = ("provisional", "arrived", "weights", "assays", "price_fixed", "final")
"""What may happen to a lot."""


@table_rule("T712", on="records", basis="what happens to a lot")
def lot_event_unclear(tables: Tables) -> Iterator[Faults]:
    """An event is of a lot that the book does not have, of no known kind, or assays are of no known party.

    What it does:
    Compares the events with the lots by name, their kinds with provisional, arrived, weights, assays, price_fixed and
    final, and the parties of assays with seller, buyer, umpire and agreed.

    Why it matters:
    An event that belongs to nothing changes nothing: a lot stays provisional though it was settled.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        lot_events
        lot,day,kind
        L7,2011-08-20,provisional
        L1,2011-08-20,invoiced

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        lot_events
        lot,day,kind
        L1,2011-08-20,provisional

    Help:
    Mend the name of the lot, or the word.
    """
    if not tables.has("lot_events", "lot", "kind"):
        return
    rows = records(tables, "lot_events", "lot", "day", "kind", "party")
    lots = records(tables, "lots", "lot")["lot"].drop_nulls().unique().implode()

    def absent(row: Row) -> str:
        return f"{row['kind']} of {row['day']} is about {row['lot']}, which is not among the lots"

    def unknown(row: Row) -> str:
        return f"{row['lot']}: {row['kind']} is no event of a lot; write one of {', '.join(KINDS)}"

    def nobody(row: Row) -> str:
        return f"{row['lot']}: assays are of {row['party']}; write one of {', '.join(PARTIES)}"

    if tables.has("lots", "lot"):
        yield Faults("error", rows.filter(~pl.col("lot").is_in(lots)), absent, {"lot_events": "line"})
    yield Faults("error", rows.filter(~pl.col("kind").is_in(KINDS)), unknown, {"lot_events": "line"})
    other = (pl.col("kind") == "assays") & ~pl.col("party").is_in(PARTIES)
    yield Faults("error", rows.filter(other.fill_null(value=False)), nobody, {"lot_events": "line"})
