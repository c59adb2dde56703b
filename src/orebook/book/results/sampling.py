"""Sampling: how many samples of core were assayed in how many holes, and how many controls of each kind with them."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.rests import Rest, rests, rows_part
from orebook.disciplines.drilling.controls import CONTROLS, control_kind
from orebook.ground.schema import ORIGIN, grades

CORE = "core"
_COLUMNS = ("sample", "type", "certificate")


def make(bench: Bench) -> Made:
    """Samples with a value, counted by what they are: core, standards, blanks, duplicates."""
    assays = bench.need("assays", "sampling")
    kind = control_kind(pl.col("type")) if "type" in assays.columns else pl.lit(None, pl.String)
    values = [name for name in grades(assays.columns) if name not in ("recovery_pct", "rqd_pct")]
    valued = pl.any_horizontal(pl.col(name).is_not_null() for name in values) if values else pl.lit(value=True)
    known = assays.filter(valued).with_columns(kind=kind.fill_null(CORE)).drop(*ORIGIN, strict=False)
    certificates = pl.col("certificate").n_unique() if "certificate" in known.columns else pl.lit(None, pl.Int64)
    counted = known.group_by("kind").agg(
        samples=pl.len(), holes=pl.col("hole").n_unique(), certificates=certificates.cast(pl.UInt32)
    )
    order = pl.DataFrame({"kind": [CORE, *CONTROLS]})
    table = order.join(counted, on="kind", how="inner", maintain_order="left")
    table = table.with_columns(measure=pl.lit("sampling.") + pl.col("kind"))
    return Made({"sampling": table, "sampling_rows": _controls(known, table), "sampling_rests": rests(_REST)}, {})


_REST = Rest(f"sampling.{CORE}", "assays", _COLUMNS, words="every row with a value that is no control, counted")


def _controls(known: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """The rows of every control."""
    at = table.with_row_index("figure").select("figure", "kind")
    rows = known.filter(pl.col("kind") != CORE).join(at, on="kind", how="inner", maintain_order="left")
    columns = " ".join(name for name in _COLUMNS if name in known.columns)
    return rows_part(rows.select("figure", "row", table=pl.lit("assays"), columns=pl.lit(columns)))
