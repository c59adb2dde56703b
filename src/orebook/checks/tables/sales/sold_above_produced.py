"""Metal sold that was never produced."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_records import records
from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_sales import amount, grade_columns, lot_lines
from orebook.ground import units
from orebook.ground.metals import metal_columns

BEYOND = 1.02
"""Assays of mill and shipment differ by chance; two percent are more than that over all lots."""


@table_rule("T715", on="records", basis="what is sold was produced")
def sold_above_produced(tables: Tables) -> Iterator[Faults]:
    """A mine has shipped more of a metal than its mill has made.

    What it does:
    Adds up the metal in the lots of each mine, from the first day of its mill sheet on, and compares it with what the
    mill made until the day of each shipment. More than two percent above is a warning: there may have been a stock of
    concentrate before the first sheet.

    Why it matters:
    A lot that is told twice under two names, or that belongs to another mine, shows here.

    Flagged:

        mill
        mine,from_day,to_day,ore_t,cu_t
        North,2011-07-01,2011-07-31,600000,1000

        lots
        lot,mine,contract,shipped_day,wet_t,moisture_pct,cu_pct
        L1,North,K,2011-08-10,10000,0,24

    Fine:

        mill
        mine,from_day,to_day,ore_t,cu_t
        North,2011-07-01,2011-07-31,600000,3000

        lots
        lot,mine,contract,shipped_day,wet_t,moisture_pct,cu_pct
        L1,North,K,2011-08-10,10000,0,24

    Help:
    Compare lots and mill sheets of the mine; add the stock of concentrate at the beginning.
    """
    lots = lot_lines(tables)
    if not (lots.height and tables.has("mill", "mine", "from_day", "to_day")):
        return
    made = _made(tables)
    begun = made.group_by("mine").agg(pl.col("begins").min())
    for each in grade_columns(tables, "lots"):
        graded = lots.join(records(tables, "lots", each.column).rename({each.column: "grade"}), on="line")
        sold = graded.join(begun, on="mine").filter(pl.col("shipped_day") >= pl.col("begins"))
        sold = sold.with_columns(metal_t=pl.col("mass_t") * pl.col("grade") * each.fraction).drop_nulls("metal_t")
        sold = sold.sort("shipped_day", "line").with_columns(pl.col("metal_t").cum_sum().over("mine").alias("sold_t"))
        produced = made.filter(pl.col("metal") == each.metal).sort("to_day")
        placed = sold.join_asof(
            produced.select("mine", "to_day", "made_t"),
            left_on="shipped_day",
            right_on="to_day",
            by="mine",
            check_sortedness=False,
        )
        above = placed.filter(pl.col("sold_t") > pl.col("made_t") * BEYOND)
        first = above.group_by("mine", maintain_order=True).first().with_columns(metal=pl.lit(each.metal))
        yield Faults("warning", first.sort("line"), _say, {"lots": "line"}, ("mine",))


def _say(row: Row) -> str:
    sold, made = amount(round(row["sold_t"], 1)), amount(round(row["made_t"], 1))
    return f"with {row['lot']} {row['mine']} has shipped {sold} t of {row['metal']}; its mill made {made} t until then"


def _made(tables: Tables) -> pl.DataFrame:
    """The metal that each mill has made up to each day of its sheets, in tonnes."""
    frame = tables.frame("mill")
    columns = [each for each in metal_columns("mill", frame.columns, "mass") if not each.part]
    rows = records(tables, "mill", "mine", "from_day", "to_day", *(each.column for each in columns))
    parts = [
        pl.DataFrame(
            schema={"mine": pl.String, "begins": pl.Date, "to_day": pl.Date, "metal": pl.String, "t": pl.Float64}
        )
    ]
    for each in columns:
        tonnes = pl.col(each.column) * float(units.unit(each.unit).ratio(units.unit("t")))
        parts.append(
            rows.select("mine", "to_day", begins="from_day", metal=pl.lit(each.symbol), t=tonnes).select(
                parts[0].columns
            )
        )
    whole = pl.concat(parts).drop_nulls().sort("to_day")
    return whole.with_columns(made_t=pl.col("t").cum_sum().over("mine", "metal"))
