"""Events of a lot that do not follow one another."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import lot_lines


@table_rule("T706", on="records", basis="shipped, invoiced provisionally, settled finally")
def lot_events_out_of_order(tables: Tables) -> Iterator[Faults]:
    """A final settlement comes before the provisional invoice, or something happens before the lot was shipped.

    What it does:
    Compares the days of the events of each lot with one another and with its shipment. A price may be fixed before.

    Why it matters:
    Each event counts from its day: a final invoice that is dated a year early ends the lot in the wrong quarter.

    Flagged:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        lot_events
        lot,day,kind
        L1,2011-08-20,provisional
        L1,2011-08-15,final

    Fine:

        lots
        lot,mine,contract,shipped_day,wet_t
        L1,North,K,2011-08-10,10000

        lot_events
        lot,day,kind
        L1,2011-08-20,provisional
        L1,2011-12-05,final

    Help:
    Look at the year of both days.
    """
    if not tables.has("lot_events", "lot", "day", "kind"):
        return
    events = records(tables, "lot_events", "lot", "day", "kind").drop_nulls(["lot", "day"])
    first = events.filter(pl.col("kind") == "provisional").group_by("lot").agg(pl.col("day").min().alias("invoiced"))
    final = events.filter(pl.col("kind") == "final").join(first, on="lot").filter(pl.col("day") < pl.col("invoiced"))

    def early(row: Row) -> str:
        return f"{row['lot']} is settled finally on {row['day']}, before its provisional invoice of {row['invoiced']}"

    yield Faults("error", final.sort("line"), early, {"lot_events": "line"})
    shipped = lot_lines(tables)
    if not shipped.height:
        return
    shipped = shipped.select("lot", "shipped_day", at="line")
    before = events.filter(pl.col("kind") != "price_fixed").join(shipped, on="lot")

    def unshipped(row: Row) -> str:
        return f"{row['lot']}: {row['kind']} on {row['day']}, before it was shipped on {row['shipped_day']}"

    late = before.filter(pl.col("day") < pl.col("shipped_day")).sort("line")
    yield Faults("error", late, unshipped, {"lot_events": "line", "lots": "at"})
