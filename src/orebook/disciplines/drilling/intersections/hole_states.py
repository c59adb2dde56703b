"""Hole states: what became of every hole, so that none is forgotten.

Each hole of the collars and of the samples is in exactly one state: it has significant intersections, it was assayed
and has none, its samples have no assays, or it awaits samples and results.
"""

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats
from orebook.disciplines.drilling.intersections.interval_sums import hole_lengths
from orebook.disciplines.drilling.intersections.sample_rows import SampleRows
from orebook.maths.bins import still
from orebook.maths.chains import Ints

INTERSECTIONS, NONE, NOT_ASSAYED, PENDING = "intersections", "no significant intersection", "not assayed", "pending"
"""The states of a hole."""


def hole_states(rows: SampleRows, grade: Floats, counts: Ints, collars: pl.DataFrame | None) -> pl.DataFrame:
    """One row for each hole: its state, how many intersections, how much of it was sampled and assayed.

    ``counts`` are the intersections of each hole with samples. ``reach`` is the depth of the hole where the collars
    tell it, or else the end of its last sample; ``assayed_share`` is the assayed part of it. ``collared`` says whether
    the table of collars has the hole, where there is one; ``status`` is what it says of the hole's progress.
    """
    unit = rows.unit
    known = _sampled(rows, grade, counts)
    names = [known.select("hole"), rows.given.alias("hole").to_frame()]
    depth, status = pl.lit(None, dtype=pl.Float64).alias("depth"), pl.lit(None, dtype=pl.String).alias("status")
    collar = pl.DataFrame(schema={"hole": pl.String, "depth": pl.Float64, "status": pl.String})
    if collars is not None:
        has = collars.filter(pl.col("hole").is_not_null())
        if f"depth_{unit}" in has.columns:
            depth = pl.col(f"depth_{unit}").cast(pl.Float64).fill_nan(None).alias("depth")
        if "status" in has.columns:
            status = pl.col("status").cast(pl.String)
        collar = has.select(pl.col("hole").cast(pl.String), depth, status).unique("hole", keep="first")
        names.append(collar.select("hole"))
    every = pl.concat(names).unique().sort("hole")
    joined = every.join(known, on="hole", how="left").join(
        collar.with_columns(pl.lit(value=True).alias("collared")), on="hole", how="left"
    )
    given = pl.col("hole").is_in(rows.given.implode())
    count, assayed = pl.col("intersections").fill_null(0), pl.col("assayed").fill_null(0.0)
    state = (
        pl.when(count > 0)
        .then(pl.lit(INTERSECTIONS))
        .when(assayed > 0)
        .then(pl.lit(NONE))
        .when(given)
        .then(pl.lit(NOT_ASSAYED))
        .otherwise(pl.lit(PENDING))
    )
    reach = pl.max_horizontal("depth", "end")
    return joined.select(
        "hole",
        state.alias("state"),
        count.alias("intersections"),
        pl.col("samples").fill_null(0),
        pl.col("sampled").fill_null(0.0).alias(f"sampled_{unit}"),
        assayed.alias(f"assayed_{unit}"),
        reach.alias(f"reach_{unit}"),
        (reach - assayed).alias(f"not_assayed_{unit}"),
        pl.when(reach > 0).then(assayed / reach).alias("assayed_share"),
        pl.col("collared").fill_null(value=False)
        if collars is not None
        else pl.lit(None, pl.Boolean).alias("collared"),
        "status",
    )


def _sampled(rows: SampleRows, grade: Floats, counts: Ints) -> pl.DataFrame:
    """How much of each hole with samples was sampled and assayed."""
    starts = rows.holes.starts
    sums = hole_lengths(still(starts), still(rows.low), still(rows.high), still(grade))
    return pl.DataFrame(
        {
            "hole": rows.holes.names.cast(pl.String),
            "intersections": counts,
            "samples": np.diff(starts),
            "sampled": sums[:, 0] / 1000.0,
            "assayed": sums[:, 1] / 1000.0,
            "end": rows.high[starts[1:] - 1] / 1000.0 if len(rows) else np.empty(0),
        },
        schema_overrides={"hole": pl.String, "intersections": pl.Int64},
    )


def best_samples(rows: SampleRows, on: str, holes: pl.Series) -> pl.DataFrame:
    """The richest sample of some holes, the upper of equal ones."""
    unit = rows.unit
    table = rows.table.select(
        pl.col("hole").cast(pl.String),
        pl.Series("best_from", rows.low / 1000.0).alias(f"best_from_{unit}"),
        pl.Series("best_to", rows.high / 1000.0).alias(f"best_to_{unit}"),
        pl.col(on).cast(pl.Float64).alias(f"best_{on}"),
    )
    valued = table.filter(pl.col("hole").is_in(holes.implode()) & (pl.col(f"best_{on}") >= 0))
    best = valued.sort(f"best_{on}", descending=True, maintain_order=True)
    return best.unique("hole", keep="first", maintain_order=True)
