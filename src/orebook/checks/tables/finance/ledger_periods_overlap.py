"""Periods of a ledger that share days without one holding the other."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.disciplines.finance.ledger.postings import day_column


@table_rule("T804", on="records", basis="order of days")
def ledger_periods_overlap(tables: Tables) -> Iterator[Faults]:
    """Two periods of the books share days, and neither is the beginning or the end of the other.

    What it does:
    Compares the periods over which the books of an entity were posted. Cumulative periods begin on one day, parts lie
    inside a whole; two that cross each other are neither.

    Why it matters:
    Amounts of such periods can neither be added nor taken from each other.

    Flagged:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-01-01,2011-03-31,500.00,CAD
        4000,2011-01-01,2011-03-31,-500.00,CAD
        1000,2011-03-01,2011-06-30,900.00,CAD
        4000,2011-03-01,2011-06-30,-900.00,CAD

    Fine:

        accounts
        account,kind,line
        1000,asset,cash
        4000,income,revenues

        ledger
        account,from_day,to_day,amount,currency
        1000,2011-01-01,2011-03-31,500.00,CAD
        4000,2011-01-01,2011-03-31,-500.00,CAD
        1000,2011-01-01,2011-06-30,900.00,CAD
        4000,2011-01-01,2011-06-30,-900.00,CAD

    Help:
    Mend the days; a quarter ends the day before the next begins.
    """
    if tables.has("ledger", "account", "from_day", "to_day"):
        yield Faults(
            "error",
            _crossing(tables.frame("ledger")),
            lambda row: f"{row['from_day']} to {row['to_day']} crosses {row['start']} to {row['end']}",
            {"ledger": "lines"},
        )


def _crossing(frame: pl.DataFrame) -> pl.DataFrame:
    """Periods of an entity that share days with an earlier one, which ends inside them."""
    entity = pl.col("entity").fill_null("") if "entity" in frame.columns else pl.lit("").alias("entity")
    days = [day_column(name, frame) for name in ("from_day", "to_day")]
    stretches = (
        frame.select(pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("line"), entity, *days)
        .drop_nulls()
        .filter(pl.col("from_day") < pl.col("to_day"))
        .group_by("entity", "from_day", "to_day")
        .agg(pl.col("line").min())
    )
    both = stretches.join(stretches.rename({"from_day": "start", "to_day": "end", "line": "first"}), on="entity")
    crossing = (
        (pl.col("start") < pl.col("from_day"))
        & (pl.col("from_day") <= pl.col("end"))
        & (pl.col("end") < pl.col("to_day"))
    )
    return both.filter(crossing).sort("line", "first").with_columns(lines=pl.concat_list("line", "first"))
