"""Stretches of a hole between two intervals that no interval covers."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import depth, stretch
from orebook.checks.table_views import name_of, rows


@table_rule("T306", on="intervals", basis="geometry of a hole")
def interval_gap(tables: Tables) -> Iterator[Faults]:
    """Between two intervals of a hole a stretch is missing.

    What it does:
    Compares, in assays, lithology and recoveries, the beginning of each interval with the deepest end above it. More
    than 0.01 m between them is a gap (setting ``touching_m``).

    Why it matters:
    A gap breaks an intersection. Core was lost, not sampled, or a row is missing; each is dealt with in another way.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12
        CL20037,13.0,15.0,0.20

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,0.12
        CL20037,12.0,14.0,0.20

    Help:
    Give lost or unsampled core a row without grades, or a token such as NS, so that everybody sees that it is known.
    """
    touch = round(tables.in_unit(tables.setting("touching_m")) * 1000.0)

    def say(row: Row) -> str:
        missing = stretch(row["above"], row["from"], tables.length)
        return f"{row['hole']} has nothing from {missing}: {depth(row['from'] - row['above'], tables.length)}"

    for table in ("assays", "lithology", "recoveries"):
        view = rows(tables, table)
        before = view.with_columns(
            above=pl.col("to").shift(1), line_above=pl.col("line").shift(1), same=pl.col("at") == pl.col("at").shift(1)
        )
        gaps = before.filter(pl.col("same") & (pl.col("from") > pl.col("above") + touch))
        yield Faults("note", name_of(tables, _truly(view, gaps, touch)), say, {table: "lines"})


def _truly(view: pl.DataFrame, gaps: pl.DataFrame, touch: int) -> pl.DataFrame:
    """Gaps that no longer interval from further up covers: only in their holes the deepest end above is worked out."""
    inside = view.join(gaps.select("at").unique(), on="at", how="semi", maintain_order="left")
    reach = inside.select("line", reach=pl.col("to").cum_max().shift(1).over("at"))
    known = gaps.join(reach, on="line", maintain_order="left").filter(pl.col("from") > pl.col("reach") + touch)
    return known.with_columns(above=pl.col("reach"), lines=pl.concat_list("line", "line_above"))
